"""People to make plans for: complaints with their assessments, goals, chains and positions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.assessment.uncertainty import Draws
from herstel.chain.model import BodySide, Chain, Contributor, Index, Measurement, SideDifference, TestResult
from herstel.complaint.complaint_file import complaint_from_mapping
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Goal, Position

START = date(2026, 3, 2)
"""A Monday."""
WEEK = {0: 45, 2: 45, 4: 45, 6: 45}
NO_INDEX = Index(value=None, parts={}, missing=())
EVERYTHING = (
    "band", "mini_band", "strap", "sliders", "foam_roller", "box", "step", "dumbbell", "gym", "bench", "barbell",
    "leg_curl_machine", "bike", "partner", "track",
)  # fmt: skip
SAFE = {
    "rf_now": ["none"], "rf_ill": ["none"], "rf_leg": ["none"], "rf_history": ["none"], "medicines": ["none"],
    "nerve": ["none"],
}  # fmt: skip
SPRINT_STRAIN: Mapping[str, Any] = {
    "age_years": 26,
    "days_since_onset": 4,
    "sport": "sprint_ball",
    "level": "recreational",
    "places": ["left.thigh_middle"],
    "answers": {
        **SAFE, "walking": "painful", "onset": "sudden", "mechanism": "sprint", "moment": "stopped", "pop": "no",
        "bruise": "small", "straighten": "limited", "heel_pull": "weak_painful", "look_and_feel": ["one_spot"],
        "both_legs": "one",
    },
}  # fmt: skip
SORENESS: Mapping[str, Any] = {
    "age_years": 31,
    "days_since_onset": 2,
    "sport": "gym_strength",
    "level": "recreational",
    "places": ["left.thigh_middle", "right.thigh_middle"],
    "answers": {
        **SAFE, "walking": "painful", "both_legs": "both_same", "onset": "delayed", "mechanism": "unaccustomed",
        "effort": "ordinary", "quality": ["tight", "dull"], "stiffness": "yes", "relief": ["stretching"],
        "heel_pull": "strong_painful",
    },
}  # fmt: skip
SUSPECTED_AVULSION: Mapping[str, Any] = {
    "age_years": 52,
    "days_since_onset": 3,
    "sport": "none",
    "places": ["right.sit_bone", "right.thigh_upper"],
    "answers": {
        **SAFE, "walking": "limping", "worst_place": "sit_bone", "onset": "sudden", "mechanism": "overstretch",
        "moment": "stopped", "pop": "yes", "bruise": "spreading", "straighten": "limited",
        "heel_pull": "weak_painful",
    },
}  # fmt: skip
CAUDA: Mapping[str, Any] = {"findings": {"bladder_bowel_saddle_change": True}, "places": ["left.thigh_middle"]}


def assessed_as(raw: Mapping[str, Any], knowledge: Knowledge) -> Assessment | Referral:
    """The assessment of a complaint as it stands in a file."""
    return assess(complaint_from_mapping(raw, knowledge, START), knowledge, draws=_few(knowledge))


def _few(knowledge: Knowledge) -> Draws:
    from herstel.assessment.matrix import compiled

    return Draws(compiled(knowledge), count=20)


def with_probability(assessment: Assessment, **probabilities: float) -> Assessment:
    """The same assessment with other estimates of some conditions; the others share what is left."""
    left = 1 - sum(probabilities.values())
    others = sum(one.probability for one in assessment.differential if one.condition not in probabilities)
    differential = tuple(
        replace(one, probability=probabilities.get(one.condition, one.probability * left / others))
        for one in assessment.differential
    )
    return replace(assessment, differential=tuple(sorted(differential, key=lambda one: -one.probability)))


def with_complaint(assessment: Assessment, **changes: Any) -> Assessment:
    return replace(assessment, complaint=replace(assessment.complaint, **changes))


def mirrored(complaint: Complaint) -> Complaint:
    """The mirror image of a complaint."""
    other = {"left": "right", "right": "left", "middle": "middle"}
    places = frozenset(Place(side=other[one.side], place=one.place) for one in complaint.places)
    return replace(complaint, places=places, answers={})


def a_chain(
    assessment: Assessment | Referral,
    contributors: tuple[Contributor, ...] = (),
    results: tuple[TestResult, ...] = (),
) -> Chain:
    """A chain with nothing measured but what is given."""
    return Chain(
        assessment=assessment_of(assessment),
        referral=assessment if isinstance(assessment, Referral) else None,
        measurements=tuple(result.measurement for result in results),
        injured_side=None,
        results=results,
        links={},
        contributors=contributors,
        hamstring_index=NO_INDEX,
        chain_index=NO_INDEX,
        next_tests=(),
        implications=(),
    )


def contributor(name: str, *targets: str, judgement: Any = None) -> Contributor:
    """A link that was found to deviate."""
    return Contributor(
        id=name,
        link=name,  # type: ignore[arg-type]
        side=None,
        weight=0.5,
        grade="weak",
        results=(),
        targets=targets,
        sources=("elicited-rule",),
        modifiable=True,
        judgement=judgement,
    )


def result(test: str, difference: float, *, percent: float | None = None, day: date = START) -> TestResult:
    """The injured side is worse by this much."""
    side: BodySide = "left"
    return TestResult(
        test=test,
        link="hamstring",
        side=side,
        measurement=Measurement(
            test=test, side=side, value=40, unit="deg", method="goniometer", tester="therapist", date=day
        ),
        verdict="not_judged",
        z=None,
        population=None,
        threshold=None,
        error=None,
        beyond_threshold=None,
        beyond_error=None,
        difference=SideDifference(
            difference=difference, percent=percent, threshold=None, error=None, verdict="not_judged"
        ),
    )


def a_goal(**changes: Any) -> Goal:
    """A footballer with four days of three quarters of an hour, at home with everything."""
    usual: dict[str, Any] = {
        "kind": "sport", "start": START, "minutes": WEEK, "sport": "sprint_ball", "level": "recreational",
        "equipment": frozenset(EVERYTHING), "injury_date": START - timedelta(days=4),
    }  # fmt: skip
    return Goal(**{**usual, **changes})


def at_phase(phase: int, *, days: int = 20, **changes: Any) -> Position:
    """Somewhere on the road, so many days after the start."""
    step = {1: 1, 2: 3, 3: 7, 4: 9}[phase]
    usual: dict[str, Any] = {"phase": phase, "since": START + timedelta(days=days), "running_step": step}
    return Position(**{**usual, **changes})
