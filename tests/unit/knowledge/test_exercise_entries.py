"""What an exercise may say, what is said of exercises that do not fit together, and what all shipped ones keep to."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from herstel.complaint.model import Complaint, Place
from herstel.knowledge.criterion import Truth
from herstel.knowledge.exercise_entries import HEAVY_REST_H, Dose, Exercise, ExerciseKnowledge, read_exercises
from herstel.knowledge.load import DATA_FOLDER
from herstel.knowledge.model import Knowledge
from herstel.knowledge.reader import Reader
from herstel.text import LANGUAGES, Text

NO_MORE_KNOWLEDGE = cast("Knowledge", None)
"""Whether exercises fit together can be said without the rest of the knowledge."""
HAMSTRING_TARGETS = {"hamstring_isometric", "hamstring_strength", "hamstring_long", "hamstring_tendon"}
RUNNING_TARGETS = {"running", "sprint_technique", "agility"}
HEAVY_FROM_LOAD = 6
LEADS_TO = {"nl": "zodat ", "en": "so that "}


def text(words: str) -> Text:
    return Text(nl=words, en=words)


def dose(**changes: Any) -> Dose:
    usual: dict[str, Any] = {"sets_low": 2, "sets_high": 3, "amount_low": 8, "amount_high": 12, "unit": "reps"}
    return Dose(**{**usual, **changes})


def exercise(name: str = "bridge", **changes: Any) -> Exercise:
    usual: dict[str, Any] = {
        "id": name,
        "code": name.upper(),
        "name": text(name),
        "kind": "strength",
        "target": "glute_max",
        "contraction": "isometric",
        "hamstring_length": "short",
        "phase_low": 1,
        "phase_high": 4,
        "load": 2,
        "dose": dose(),
        "per_week_low": 2,
        "per_week_high": 3,
        "rest_h": 24,
        "minutes": 5,
        "cues": (text("up"), text("down")),
        "start": text("on your back"),
        "mistakes": (text("too fast"),),
        "leads_to": text("so that you can walk"),
        "evidence": text("none"),
        "basis": "elicited",
        "source": "elicited-rule",
    }
    return Exercise(**{**usual, **changes})


@pytest.fixture(scope="module")
def shipped() -> ExerciseKnowledge:
    reader = Reader(DATA_FOLDER)
    exercises = read_exercises(reader)
    assert reader.problems == []
    return exercises


def faults(shipped: ExerciseKnowledge, *changed: Exercise) -> list[tuple[str, str]]:
    """What is said of the shipped exercises with these in the place of, or beside, their namesakes."""
    exercises = {**shipped.exercises, **{one.id: one for one in changed}}
    return list(replace(shipped, exercises=exercises).faults(NO_MORE_KNOWLEDGE))


# ------------------------------------------------------------------ one dose, one exercise


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sets_low": 0}, "sets and amounts"),
        ({"sets_low": 4}, "sets and amounts"),
        ({"amount_low": 0}, "sets and amounts"),
        ({"amount_low": 13}, "sets and amounts"),
        ({"hold_s": 0}, "a hold lasts"),
        ({"tempo": "slow"}, "three numbers of seconds"),
        ({"tempo": "2-0"}, "three numbers of seconds"),
    ],
)
def test_a_dose_that_makes_no_sense_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        dose(**changes)


def test_a_dose_may_have_a_hold_and_a_tempo() -> None:
    assert dose(hold_s=5, tempo="2-0-3").hold_s == 5


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"phase_low": 0}, "phases run from 1 to 4"),
        ({"phase_high": 5}, "phases run from 1 to 4"),
        ({"phase_low": 3, "phase_high": 2}, "phases run from 1 to 4"),
        ({"load": 0}, "load runs from 1 to 10"),
        ({"load": 11}, "load runs from 1 to 10"),
        ({"per_week_low": 0}, "times a week"),
        ({"per_week_low": 4}, "times a week"),
        ({"per_week_high": 15}, "times a week"),
        ({"rest_h": -1}, "rest_h is not below zero"),
        ({"minutes": 0}, "minutes is above zero"),
        ({"heavy": True, "rest_h": 24}, "heavy work needs at least 48 hours"),
        ({"cues": (text("up"),)}, "2 to 4 cues"),
        ({"cues": (text("up"),) * 5}, "2 to 4 cues"),
        ({"mistakes": ()}, "1 to 3 mistakes"),
        ({"mistakes": (text("too fast"),) * 4}, "1 to 3 mistakes"),
    ],
)
def test_an_exercise_that_makes_no_sense_is_refused(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        exercise(**changes)


# ------------------------------------------------------------------ exercises together


def test_the_shipped_exercises_fit_together(shipped: ExerciseKnowledge) -> None:
    assert faults(shipped) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"target": "elbow"}, "the target 'elbow' does not exist"),
        ({"secondary": ("elbow",)}, "the target 'elbow' does not exist"),
        ({"equipment": (("wall",), ("mat", "rope"))}, "the equipment 'rope' does not exist"),
        ({"contraindications": ("gout",)}, "the contraindication 'gout' does not exist"),
        ({"suits": ("gout",)}, "the contraindication 'gout' does not exist"),
        ({"easier": ("nap",)}, "the exercise 'nap' does not exist"),
        ({"harder": ("moon_walk",)}, "the exercise 'moon_walk' does not exist"),
    ],
)
def test_an_unknown_id_is_named(shipped: ExerciseKnowledge, changes: dict[str, Any], reason: str) -> None:
    assert faults(shipped, exercise(**changes)) == [("exercises, bridge", reason)]


def test_a_step_up_that_the_harder_one_does_not_know_is_named(shipped: ExerciseKnowledge) -> None:
    low, high = exercise("low", harder=("high",)), exercise("high")
    assert faults(shipped, low, high) == [("exercises, high.easier", "should name 'low', which names it as harder")]


def test_a_step_down_that_the_easier_one_does_not_know_is_named(shipped: ExerciseKnowledge) -> None:
    low, high = exercise("low"), exercise("high", easier=("low",))
    assert faults(shipped, low, high) == [("exercises, low.harder", "should name 'high', which names it as easier")]


def test_a_ladder_in_a_circle_is_named(shipped: ExerciseKnowledge) -> None:
    one = exercise("one", easier=("two",), harder=("two",))
    two = exercise("two", easier=("one",), harder=("one",))
    ((thing, reason),) = faults(shipped, one, two)
    assert thing == "exercises"
    assert reason.startswith("the ladder runs in a circle: ")
    assert {"one", "two"} <= set(re.findall(r"\w+", reason))


def test_what_an_injury_forbids_of_the_easier_exercise_it_forbids_of_the_harder_one(shipped: ExerciseKnowledge) -> None:
    low = exercise("low", harder=("high",), contraindications=("avulsion", "wrist"))
    high = exercise("high", easier=("low",))
    reason = "should hold 'avulsion', which forbids the easier 'low'"
    assert faults(shipped, low, high) == [("exercises, high.contraindications", reason)]


def test_a_target_without_an_exercise_is_named(shipped: ExerciseKnowledge) -> None:
    fewer = {name: one for name, one in shipped.exercises.items() if one.target != "balance"}
    fewer = {name: replace(one, easier=(), harder=()) for name, one in fewer.items()}
    without = replace(shipped, exercises=fewer)
    assert list(without.faults(NO_MORE_KNOWLEDGE)) == [
        ("exercises/targets.yaml, balance", "no exercise has this target")
    ]


def test_a_code_that_two_exercises_share_is_named(shipped: ExerciseKnowledge) -> None:
    reason = "the code 'ECC-03' is used more than once"
    found = faults(shipped, exercise(code="ECC-03"))
    assert found == [("exercises, nordic_curl", reason), ("exercises, bridge", reason)]


def test_every_entry_says_where_it_stands(shipped: ExerciseKnowledge) -> None:
    things = [thing for thing, _ in shipped.entries()]
    assert len(set(things)) == len(things)
    assert {"exercises, nordic_curl", "exercises/targets.yaml, core", "exercises/equipment.yaml, band"} <= set(things)
    assert "exercises/contraindications.yaml, avulsion" in things
    assert shipped["nordic_curl"].code == "ECC-03"


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    assert read_exercises(reader).exercises == {}
    assert any("exercises/glutes.yaml" in str(problem) for problem in reader.problems)


# ------------------------------------------------------------------ the shipped exercises


def test_heavy_is_what_loads_the_hamstring_or_the_run_with_six_or_more(shipped: ExerciseKnowledge) -> None:
    loaded = HAMSTRING_TARGETS | RUNNING_TARGETS
    expected = {name for name, one in shipped.exercises.items() if one.target in loaded and one.load >= HEAVY_FROM_LOAD}
    assert {name for name, one in shipped.exercises.items() if one.heavy} == expected
    assert {
        "nordic_curl",
        "single_leg_rdl_loaded",
        "flywheel_rdl",
        "glider",
        "high_speed_run",
        "max_sprint",
    } <= expected
    assert all(shipped[name].rest_h >= HEAVY_REST_H for name in expected)


def test_a_harder_exercise_is_never_lighter_or_earlier(shipped: ExerciseKnowledge) -> None:
    for one in shipped.exercises.values():
        for name in one.harder:
            other = shipped[name]
            assert other.load >= one.load, f"{name} is lighter than {one.id}"
            assert other.phase_low >= one.phase_low, f"{name} comes before {one.id}"


@pytest.mark.parametrize("phase", [1, 2, 3, 4])
@pytest.mark.parametrize("target", ["hamstring", "glute_max", "glute_med", "core", "running"])
def test_every_phase_has_something_without_equipment(shipped: ExerciseKnowledge, phase: int, target: str) -> None:
    targets = HAMSTRING_TARGETS if target == "hamstring" else {target}
    assert [one.id for one in at_home(shipped) if one.target in targets and one.phase_low <= phase <= one.phase_high]


def at_home(shipped: ExerciseKnowledge) -> Iterator[Exercise]:
    """Exercises for which nothing has to be named."""
    for one in shipped.exercises.values():
        household = [all(shipped.equipment[name].household for name in needed) for needed in one.equipment]
        if any(household) or not household:
            yield one


def test_nobody_with_an_irritated_tendon_bends_the_hip_far(shipped: ExerciseKnowledge) -> None:
    long = [one for one in shipped.exercises.values() if one.target == "hamstring_long"]
    assert len(long) >= 10
    assert all("tendon_irritable" in one.contraindications for one in long)


def test_nothing_that_loads_or_stretches_the_hamstring_is_allowed_with_a_suspected_avulsion(
    shipped: ExerciseKnowledge,
) -> None:
    loaded = HAMSTRING_TARGETS | RUNNING_TARGETS | {"hamstring_flexibility"}
    allowed = {
        one.id for one in shipped.exercises.values() if one.target in loaded and "avulsion" not in one.contraindications
    }
    assert allowed == {"walk_long_strides"}


# ------------------------------------------------------------------ the texts


def test_every_text_of_an_exercise_stands_there_once(shipped: ExerciseKnowledge) -> None:
    exercises = shipped.exercises.values()
    for language in LANGUAGES:
        for part in ("name", "start", "leads_to", "evidence"):
            said = Counter(getattr(one, part)[language] for one in exercises)
            assert [words for words, times in said.items() if times > 1] == [], part
        cues = Counter(cue[language] for one in exercises for cue in (*one.cues, *one.mistakes))
        assert [words for words, times in cues.items() if times > 1] == []


def test_no_text_was_left_in_the_other_language(shipped: ExerciseKnowledge) -> None:
    for one in shipped.exercises.values():
        for said in (one.start, one.leads_to, one.evidence, *one.cues, *one.mistakes):
            assert said.nl != said.en, one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_it_leads_to_goes_on_from_another_sentence(shipped: ExerciseKnowledge, language: Any) -> None:
    for one in shipped.exercises.values():
        assert one.leads_to[language].startswith(LEADS_TO[language]), one.id
        assert not one.leads_to[language].endswith("."), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_steps_and_mistakes_are_whole_short_sentences(shipped: ExerciseKnowledge, language: Any) -> None:
    for one in shipped.exercises.values():
        for said in (one.start, *one.cues, *one.mistakes):
            assert said[language].endswith("."), f"{one.id}: {said[language]}"
            assert max(map(len, re.split(r"[.?!:] ", said[language]))) <= 130, f"{one.id}: {said[language]}"


# ------------------------------------------------------------------ when a reason holds


def holds(shipped: ExerciseKnowledge, code: str, complaint: Complaint) -> Truth:
    when = shipped.contraindications[code].when
    assert when is not None
    return when.holds(complaint.facts())


@pytest.mark.parametrize("code", ["growth_plate", "anticoagulants", "clot_risk"])
def test_where_leaving_out_costs_little_the_unknown_counts_as_a_reason(shipped: ExerciseKnowledge, code: str) -> None:
    assert holds(shipped, code, Complaint()) is True
    findings = dict.fromkeys(
        (
            "blood_thinner_or_bleeding_disorder",
            "calf_swelling",
            "whole_leg_swelling",
            "leg_warm_red",
            "previous_dvt_pe",
        ),
        False,
    )
    assert holds(shipped, code, Complaint(age_years=30, findings=findings)) is not True


@pytest.mark.parametrize("code", ["avulsion", "tendon_irritable", "post_operative", "acute_72h", "knee", "fall_risk"])
def test_somebody_who_told_nothing_keeps_the_ordinary_exercises(shipped: ExerciseKnowledge, code: str) -> None:
    assert holds(shipped, code, Complaint()) is None


@pytest.mark.parametrize(
    "complaint",
    [
        Complaint(findings={"palpable_gap": True}),
        Complaint(ladder={"heel_pull": 3}),
        Complaint(age_years=14, places=frozenset({Place("left", "sit_bone")})),
        Complaint(
            findings={"onset_sudden": True, "mech_overstretch_slip_waterski": True},
            places=frozenset({Place("right", "buttock")}),
        ),
        Complaint(findings={"bruise_large_spreading": True}, places=frozenset({Place("left", "thigh_upper")})),
    ],
)
def test_one_clear_sign_of_an_avulsion_is_enough(shipped: ExerciseKnowledge, complaint: Complaint) -> None:
    assert holds(shipped, "avulsion", complaint) is True


def test_pain_on_sitting_is_the_tendon_until_the_body_map_says_otherwise(shipped: ExerciseKnowledge) -> None:
    sitting = {"sitting_pain_sit_bone": True}
    belly = frozenset({Place("left", "thigh_middle")})
    assert holds(shipped, "tendon_irritable", Complaint(findings=sitting)) is True
    assert holds(shipped, "tendon_irritable", Complaint(findings=sitting, places=belly)) is not True


def test_back_pain_counts_as_painful_on_bending_until_it_is_known_not_to_be(shipped: ExerciseKnowledge) -> None:
    back = {"low_back_pain_now": True}
    assert holds(shipped, "back_flexion", Complaint(findings=back)) is True
    assert holds(shipped, "back_flexion", Complaint(findings={**back, "pain_bending_forward": False})) is not True


def test_the_first_three_days_end(shipped: ExerciseKnowledge) -> None:
    assert holds(shipped, "acute_72h", Complaint(days_since_onset=3)) is True
    assert holds(shipped, "acute_72h", Complaint(days_since_onset=4)) is False
