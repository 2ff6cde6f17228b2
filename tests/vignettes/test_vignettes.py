"""Golden stories: what a clinician would make of them, as data.

Each holds answers to the intake, the levels of urgency that are acceptable, and, where the story is clear, a class of
condition that must be among the first three. Written by the authors; not yet reviewed by a clinician.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import pytest

from herstel.assessment.result import Assessment, Referral
from herstel.flow import recognise
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.model import Knowledge, urgency_rank

NO_DANGER: Mapping[str, object] = {
    "rf_now": ["none"],
    "rf_ill": ["none"],
    "rf_leg": ["none"],
    "rf_history": ["none"],
    "medicines": ["none"],
}


@dataclass(frozen=True, kw_only=True)
class Vignette:
    story: str
    answers: Mapping[str, object]
    urgency: tuple[Urgency, ...]
    case_class: str | None = None
    grades: tuple[str, ...] = ()
    red_flags: frozenset[str] = field(default_factory=frozenset)

    @property
    def told(self) -> dict[str, object]:
        """The answers; what the story does not say about danger signs was denied."""
        return {**NO_DANGER, **self.answers}


VIGNETTES: Mapping[str, Vignette] = {
    "ordinary_soreness": Vignette(
        story="A woman of 31 did squats for the first time in a year; a day later the back of both thighs is sore.",
        answers={
            "age": 31,
            "walking": "painful",
            "places": ["left.thigh_middle", "right.thigh_middle"],
            "both_legs": "both_same",
            "days_since_onset": 2,
            "onset": "delayed",
            "mechanism": "unaccustomed",
            "effort": "ordinary",
            "pain_at_worst": 4,
            "quality": ["dull", "tight"],
            "look_and_feel": ["none"],
            "straighten": "tight",
            "heel_pull": "strong_painful",
            "at_rest": ["none"],
            "stiffness": "yes",
            "worried": "no",
        },
        urgency=("self_care",),
        case_class="doms",
        grades=("0",),
    ),
    "tightness": Vignette(
        story="A runner of 28 has felt one hamstring tighten up at the end of hard weeks; no moment it began.",
        answers={
            "age": 28,
            "walking": "normal",
            "places": ["right.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 6,
            "onset": "gradual",
            "mechanism": "load_increase",
            "pain_at_worst": 3,
            "quality": ["tight", "cramp"],
            "only_fast_running": "yes",
            "look_and_feel": ["none"],
            "bruise": "no",
            "straighten": "tight",
            "heel_pull": "strong_painless",
            "at_rest": ["none"],
            "nerve": ["none"],
            "back_pain": "no",
            "relief": ["stretching"],
            "course_72h": "same",
            "worried": "no",
        },
        urgency=("self_care", "physio"),
        case_class="functional_tightness",
        grades=("0", "1"),
    ),
    "strain_grade_1": Vignette(
        story="A hockey player of 24 felt a twinge in a sprint, finished the match and walks almost normally next day.",
        answers={
            "age": 24,
            "walking": "painful",
            "places": ["left.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 1,
            "onset": "sudden",
            "mechanism": "sprint",
            "moment": "carried_on",
            "pop": "no",
            "pain_at_worst": 4,
            "quality": ["sharp"],
            "look_and_feel": ["one_spot"],
            "straighten": "tight",
            "heel_pull": "strong_painful",
            "at_rest": ["none"],
            "nerve": ["none"],
            "worried": "no",
        },
        urgency=("self_care", "physio"),
        case_class="strain_grade_1",
        grades=("1",),
    ),
    "strain_grade_2": Vignette(
        story="A winger of 26 grabbed his hamstring in a sprint, had to stop, limps and cannot straighten his knee.",
        answers={
            "age": 26,
            "walking": "limping",
            "places": ["right.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 2,
            "onset": "sudden",
            "mechanism": "sprint",
            "moment": "stopped",
            "pop": "no",
            "pain_at_worst": 7,
            "quality": ["sharp", "stabbing"],
            "look_and_feel": ["one_spot"],
            "bruise": "small",
            "straighten": "limited",
            "heel_pull": "weak_painful",
            "at_rest": ["none"],
            "nerve": ["none"],
            "worried": "no",
        },
        urgency=("physio", "gp_week"),
        case_class="strain_grade_2",
        grades=("2",),
    ),
    "strain_grade_3": Vignette(
        story="A sprinter of 23 collapsed with a pop; a dent in mid thigh, a wide bruise and no strength after 4 days.",
        answers={
            "age": 23,
            "walking": "limping",
            "places": ["left.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 4,
            "onset": "sudden",
            "mechanism": "sprint",
            "moment": "fell",
            "pop": "yes",
            "pain_at_worst": 9,
            "quality": ["sharp"],
            "look_and_feel": ["one_spot", "swelling", "gap"],
            "bruise": "spreading",
            "straighten": "not_at_all",
            "heel_pull": "impossible",
            "at_rest": ["rest"],
            "nerve": ["none"],
            "worried": "no",
        },
        urgency=("gp_week", "same_day"),
        case_class="strain_grade_3",
        grades=("3",),
        red_flags=frozenset({"muscle_gap"}),
    ),
    "suspected_avulsion": Vignette(
        story="A woman of 51 slipped into a split with a pop at the sit bone; a wide bruise and pain when sitting.",
        answers={
            "age": 51,
            "walking": "limping",
            "places": ["left.sit_bone", "left.thigh_upper"],
            "worst_place": "sit_bone",
            "both_legs": "one",
            "days_since_onset": 5,
            "onset": "sudden",
            "mechanism": "overstretch",
            "moment": "stopped",
            "pop": "yes",
            "pain_at_worst": 8,
            "worse_with": ["sitting", "bending"],
            "look_and_feel": ["one_spot"],
            "bruise": "spreading",
            "straighten": "limited",
            "heel_pull": "weak_painful",
            "nerve": ["none"],
            "course_72h": "improving",
            "worried": "no",
        },
        urgency=("gp_week",),
        case_class="proximal_avulsion",
        grades=("tendon",),
        red_flags=frozenset({"avulsion_bruise", "avulsion_forced_stretch"}),
    ),
    "adolescent_sit_bone": Vignette(
        story="A footballer of 15 felt a sudden pain at the sit bone while sprinting and limps off.",
        answers={
            "age": 15,
            "walking": "limping",
            "places": ["right.sit_bone"],
            "both_legs": "one",
            "days_since_onset": 0,
            "onset": "sudden",
            "mechanism": "sprint",
            "moment": "stopped",
            "pop": "yes",
            "pain_at_worst": 7,
            "worse_with": ["sitting"],
            "worried": "no",
        },
        urgency=("gp_week", "same_day"),
        case_class="apophyseal_avulsion",
        red_flags=frozenset({"growing_skeleton_sudden"}),
    ),
    "proximal_tendinopathy": Vignette(
        story="A distance runner of 44 has had deep pain at the sit bone for four months, worse on long drives.",
        answers={
            "age": 44,
            "walking": "normal",
            "places": ["left.sit_bone"],
            "both_legs": "one",
            "days_since_onset": 120,
            "onset": "gradual",
            "mechanism": "load_increase",
            "pain_at_worst": 5,
            "quality": ["dull"],
            "worse_with": ["sitting", "bending", "sprinting"],
            "look_and_feel": ["one_spot"],
            "bruise": "no",
            "straighten": "tight",
            "heel_pull": "strong_painful",
            "at_rest": ["none"],
            "stiffness": "yes",
            "nerve": ["none"],
            "back_pain": "no",
            "course_72h": "same",
            "treatment": "not_yet",
            "inflammatory": "neither",
            "sport": "endurance_running",
            "worried": "no",
        },
        urgency=("physio",),
        case_class="proximal_tendinopathy",
    ),
    "radiculopathy": Vignette(
        story="A man of 47 has back pain shooting below the knee with tingling, worse on coughing, after lifting.",
        answers={
            "age": 47,
            "walking": "painful",
            "places": ["right.low_back", "right.buttock", "right.thigh_middle", "right.calf"],
            "worst_place": "thigh_middle",
            "both_legs": "one",
            "days_since_onset": 10,
            "onset": "gradual",
            "mechanism": "lift_bend_twist",
            "pain_at_worst": 7,
            "quality": ["burning", "stabbing"],
            "worse_with": ["sitting", "bending"],
            "nerve": ["tingling", "below_knee", "cough"],
            "heel_pull": "strong_painless",
            "at_rest": ["none"],
            "course_72h": "same",
            "inflammatory": "neither",
            "worried": "no",
        },
        urgency=("physio", "gp_week"),
        case_class="radiculopathy",
    ),
    "dvt_after_flight": Vignette(
        story="A woman of 58 home from a long flight has a swollen, warm calf and pain behind the knee.",
        answers={
            "age": 58,
            "rf_ill": ["red_warm"],
            "rf_leg": ["calf"],
            "rf_history": ["lying_still"],
            "walking": "painful",
            "places": ["left.calf", "left.thigh_lower"],
            "worst_place": "calf",
            "both_legs": "one",
            "days_since_onset": 2,
            "onset": "gradual",
            "mechanism": "nothing",
        },
        urgency=("same_day",),
        case_class="dvt",
        red_flags=frozenset({"swollen_leg", "clot_risk"}),
    ),
    "cauda_equina": Vignette(
        story="A man of 42 with back pain has numbness between his legs and has not passed urine since morning.",
        answers={
            "age": 42,
            "rf_now": ["bladder_bowel", "both_legs"],
            "walking": "painful",
            "places": ["middle.low_back", "left.thigh_middle", "right.thigh_middle"],
            "both_legs": "both_same",
            "days_since_onset": 1,
            "onset": "gradual",
        },
        urgency=("emergency",),
        case_class="cauda_equina",
        red_flags=frozenset({"cauda_equina"}),
    ),
    "compartment_syndrome": Vignette(
        story="A rugby player of 22 was kneed in the thigh; hours later it is rock hard, numb and unbearable.",
        answers={
            "age": 22,
            "rf_now": ["tense", "worse_by_the_hour", "severe_pain"],
            "walking": "cannot",
            "places": ["right.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 0,
            "onset": "sudden",
            "mechanism": "blow",
            "look_and_feel": ["swelling"],
            "nerve": ["tingling"],
        },
        urgency=("emergency",),
        case_class="compartment_syndrome",
        red_flags=frozenset({"compartment_tense"}),
    ),
    "rhabdomyolysis": Vignette(
        story="A recruit of 20 has swollen, very painful thighs and cola-coloured urine two days after a march.",
        answers={
            "age": 20,
            "rf_now": ["dark_urine", "severe_pain"],
            "walking": "limping",
            "places": ["left.thigh_middle", "right.thigh_middle"],
            "both_legs": "both_same",
            "days_since_onset": 2,
            "onset": "delayed",
            "mechanism": "unaccustomed",
            "effort": "extreme",
            "look_and_feel": ["swelling"],
        },
        urgency=("emergency",),
        case_class="rhabdomyolysis",
        red_flags=frozenset({"dark_urine"}),
    ),
    "infection": Vignette(
        story="A woman of 63 with diabetic wounds has fever, shivering and a red, warm, throbbing thigh.",
        answers={
            "age": 63,
            "rf_ill": ["very_ill", "fever", "red_warm"],
            "rf_history": ["low_immunity"],
            "walking": "limping",
            "places": ["left.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 3,
            "onset": "gradual",
            "mechanism": "nothing",
            "look_and_feel": ["swelling"],
            "at_rest": ["rest", "night", "no_pattern"],
        },
        urgency=("emergency",),
        case_class="infection",
        red_flags=frozenset({"serious_infection"}),
    ),
    "contusion": Vignette(
        story="A footballer of 21 took a knee against the back of the thigh, played on and has a small bruise.",
        answers={
            "age": 21,
            "walking": "painful",
            "places": ["left.thigh_middle"],
            "both_legs": "one",
            "days_since_onset": 2,
            "onset": "sudden",
            "mechanism": "blow",
            "moment": "carried_on",
            "pop": "no",
            "pain_at_worst": 5,
            "quality": ["dull"],
            "look_and_feel": ["one_spot"],
            "bruise": "small",
            "straighten": "tight",
            "heel_pull": "strong_painful",
            "at_rest": ["none"],
            "nerve": ["none"],
            "worried": "no",
        },
        urgency=("self_care", "physio"),
        case_class="contusion",
    ),
    "vague": Vignette(
        story="A man of 50 has a nagging pain somewhere between buttock and thigh and can say little more about it.",
        answers={
            "age": 50,
            "walking": "normal",
            "places": ["left.buttock", "left.thigh_middle"],
            "worst_place": "unknown",
            "days_since_onset": 14,
            "onset": "unknown",
            "mechanism": "unknown",
            "quality": ["dull"],
            "stiffness": "unknown",
        },
        urgency=("self_care", "physio", "gp_week"),
    ),
}
every_vignette = pytest.mark.parametrize("name", VIGNETTES)


@cache
def recognised(name: str, knowledge: Knowledge) -> Assessment | Referral:
    return recognise(VIGNETTES[name].told, knowledge)


def judged(name: str, knowledge: Knowledge) -> Assessment:
    result = recognised(name, knowledge)
    return result.assessment if isinstance(result, Referral) else result


def first_classes(assessment: Assessment, knowledge: Knowledge) -> list[str]:
    """The first three different classes to think of."""
    classes = dict.fromkeys(knowledge.conditions[condition].case_class for condition in assessment.ranking)
    return list(classes)[:3]


@every_vignette
def test_no_vignette_is_judged_less_urgent_than_it_should_be(knowledge: Knowledge, name: str) -> None:
    least = min(map(urgency_rank, VIGNETTES[name].urgency))
    assert urgency_rank(judged(name, knowledge).urgency.level) >= least


@every_vignette
def test_no_vignette_is_judged_more_urgent_than_it_needs_to_be(knowledge: Knowledge, name: str) -> None:
    most = max(map(urgency_rank, VIGNETTES[name].urgency))
    assert urgency_rank(judged(name, knowledge).urgency.level) <= most


@pytest.mark.parametrize("name", [name for name, one in VIGNETTES.items() if one.case_class])
def test_the_right_class_is_among_the_first_three(knowledge: Knowledge, name: str) -> None:
    assert VIGNETTES[name].case_class in first_classes(judged(name, knowledge), knowledge)


@pytest.mark.parametrize("name", [name for name, one in VIGNETTES.items() if one.grades])
def test_a_clear_story_gets_its_grade(knowledge: Knowledge, name: str) -> None:
    assert judged(name, knowledge).grade.most_likely in VIGNETTES[name].grades


@every_vignette
def test_the_red_flags_of_a_story_fire(knowledge: Knowledge, name: str) -> None:
    assert VIGNETTES[name].red_flags <= set(judged(name, knowledge).red_flags)


@every_vignette
def test_help_today_is_a_referral_that_names_what_to_rule_out(knowledge: Knowledge, name: str) -> None:
    result = recognised(name, knowledge)
    if urgency_rank(VIGNETTES[name].urgency[0]) < urgency_rank("same_day"):
        return
    assert isinstance(result, Referral)
    assert knowledge.conditions[result.suspected[0]].case_class == VIGNETTES[name].case_class


def test_ordinary_soreness(knowledge: Knowledge) -> None:
    result = recognised("ordinary_soreness", knowledge)
    assert isinstance(result, Assessment)
    assert result.likely.condition == "doms"
    assert result.nature.verdict == "soreness"
    assert (result.urgency.level, result.urgency.see) == ("self_care", "niemand")
    assert result.urgency.robust
    assert result.imaging.modality == "none"
    assert result.red_flags == ()


def test_grade_two_sprint_strain(knowledge: Knowledge) -> None:
    result = recognised("strain_grade_2", knowledge)
    assert isinstance(result, Assessment)
    assert result.likely.condition == "strain_grade2"
    assert result.nature.verdict == "injury"
    assert result.injury_type == "sprint"
    assert result.urgency.see == "fysiotherapeut"
    assert result.imaging.modality == "none"


def test_suspected_avulsion(knowledge: Knowledge) -> None:
    result = recognised("suspected_avulsion", knowledge)
    assert isinstance(result, Assessment)
    assert result.ranking[0] == "proximal_avulsion"
    assert result.urgency.level == "gp_week"
    assert result.imaging.modality == "mri"
    assert result.imaging.by_days is not None
    assert result.imaging.by_days <= 7
    assert result.injury_type == "stretch"


def test_a_vague_complaint_gets_cannot_tell(knowledge: Knowledge) -> None:
    result = recognised("vague", knowledge)
    assert isinstance(result, Assessment)
    assert result.cannot_tell
    assert result.nature.verdict is None
    assert result.imaging.modality == "none"
