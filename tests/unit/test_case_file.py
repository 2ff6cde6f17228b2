from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.case_file import FIELDS, PARTS, about_case, default_goal, read_case
from herstel.complaint.complaint_file import complaint_from_mapping
from herstel.complaint.model import Complaint
from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.text import LANGUAGES, say_problem

TODAY = date(2026, 9, 21)
START = date(2026, 9, 7)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))
COMPLAINT = {
    "age_years": 30,
    "sport": "sprint_ball",
    "level": "competitive",
    "days_since_onset": 3,
    "places": ["left.thigh_middle"],
    "answers": {"onset": "sudden", "mechanism": "sprint"},
}
GOAL = {"kind": "sport", "sport": "sprint_ball", "start": START, "days": {"monday": 30, "thursday": 30}}
MEASURED = {
    "date": START,
    "test": "active_knee_extension",
    "side": "left",
    "value": 30,
    "unit": "deg",
    "method": "inclinometer",
    "tester": "therapist",
}
WHOLE: dict[str, Any] = {
    "name": "Somebody",
    "source": "A book, page 3.",
    "simulated": ["goal", "check_ins"],
    "complaint": COMPLAINT,
    "measurements": [MEASURED],
    "judgements": [
        {"contributor": "ankle_foot", "verdict": "rejected", "reason": "It moves well.", "date": START},
    ],
    "goal": GOAL,
    "edits": [{"kind": "remove", "exercise": "good_morning", "reason": "Sore back.", "date": START}],
    "check_ins": [{"date": START, "pain_now": 3}, {"date": START + timedelta(days=1), "pain_now": 2}],
    "confirmations": [{"role": "coach", "agrees": True, "date": TODAY}],
}


def problems(raw: object, knowledge: Knowledge, today: date = TODAY) -> dict[str, str]:
    """Each thing that is wrong, with what is said of it."""
    with pytest.raises(InputError) as refused:
        read_case(raw, knowledge, today)
    return {problem.thing: str(problem) for problem in refused.value.problems}


def test_every_part_of_a_file_is_read(knowledge: Knowledge) -> None:
    case = read_case(WHOLE, knowledge, TODAY)
    assert (case.name, case.source) == ("Somebody", "A book, page 3.")
    assert case.complaint == complaint_from_mapping(COMPLAINT, knowledge, START)
    assert [one.test for one in case.measurements] == ["active_knee_extension"]
    assert [one.contributor for one in case.judgements] == ["ankle_foot"]
    assert case.goal.sport == "sprint_ball"
    assert [one.exercise for one in case.edits] == ["good_morning"]
    assert [one.pain_now for one in case.check_ins] == [3, 2]
    assert [one.role for one in case.confirmations] == ["coach"]
    assert not case.default_goal


def test_a_complaint_is_enough(knowledge: Knowledge) -> None:
    case = read_case({"complaint": COMPLAINT}, knowledge, TODAY)
    assert case.measurements == case.check_ins == case.edits == case.judgements == case.confirmations == ()
    assert case.default_goal
    assert not case.simulated


def test_a_case_without_a_complaint_is_refused(knowledge: Knowledge) -> None:
    assert "missing" in problems({"goal": GOAL}, knowledge)["complaint"]


@pytest.mark.parametrize("raw", [None, [], "words", 3])
def test_what_is_no_case_is_refused(knowledge: Knowledge, raw: object) -> None:
    said = problems(raw, knowledge)
    assert list(said) == ["file"]
    assert all(field in said["file"] for field in FIELDS)


# ------------------------------------------------------------------ problems


def test_the_problems_of_every_part_are_told_at_once_by_their_path(knowledge: Knowledge) -> None:
    wrong = {
        "name": 7,
        "simulated": ["weather"],
        "complaint": {**COMPLAINT, "age_years": 300, "answers": {"onset": "sudden", "mechanism": "aliens"}},
        "measurements": [MEASURED, {**MEASURED, "value": 400}],
        "judgements": [{"contributor": "moon", "verdict": "rejected", "reason": "x", "date": START}],
        "goal": {**GOAL, "kind": "fame"},
        "edits": [{"kind": "remove", "exercise": "sleeping", "reason": "x", "date": START}],
        "check_ins": [{"date": START, "pain_now": 30}],
        "confirmations": [{"role": "neighbour", "agrees": True, "date": START}],
        "weather": "fine",
    }
    said = problems(wrong, knowledge)
    for path in (
        "name",
        "simulated.1",
        "complaint.age_years",
        "complaint.answers.mechanism",
        "measurements.2.value",
        "judgements.1.contributor",
        "goal.kind",
        "edits.1.exercise",
        "check_ins.1.pain_now",
        "confirmations.1.role",
        "weather",
    ):
        assert any(thing.startswith(path) for thing in said), sorted(said)


@pytest.mark.parametrize("complaint", ["it hurts", "", [], 7])
def test_a_complaint_that_is_no_mapping_is_named(knowledge: Knowledge, complaint: object) -> None:
    assert "complaint" in problems({"complaint": complaint}, knowledge)


def test_nothing_that_was_observed_may_lie_in_the_future(knowledge: Knowledge) -> None:
    tomorrow = TODAY + timedelta(days=1)
    wrong = {
        **WHOLE,
        "measurements": [{**MEASURED, "date": tomorrow}],
        "check_ins": [{"date": tomorrow, "pain_now": 1}],
    }
    assert {"measurements.1.date", "check_ins.1.date"} <= problems(wrong, knowledge).keys()


def test_a_file_of_a_day_may_hold_nothing_after_that_day(knowledge: Knowledge) -> None:
    assert read_case({**WHOLE, "as_of": TODAY}, knowledge, TODAY + timedelta(days=90)).as_of == TODAY
    early = {**WHOLE, "as_of": START, "confirmations": []}
    assert "check_ins.2.date" in problems(early, knowledge, TODAY + timedelta(days=90))
    assert "as_of" in problems({**WHOLE, "as_of": TODAY + timedelta(days=1)}, knowledge)


def test_two_different_days_of_the_injury_are_told(knowledge: Knowledge) -> None:
    contradicting = {**WHOLE, "goal": {**GOAL, "injury_date": START - timedelta(days=30)}}
    assert "2026-09-04" in problems(contradicting, knowledge)["goal.injury_date"]


@pytest.mark.parametrize(
    "raw",
    [
        [[[[[[[[[[[[1]]]]]]]]]]]],
        {"complaint": {}, "check_ins": [0] * 100_001},
    ],
    ids=["deep", "long"],
)
def test_what_is_larger_than_any_case_is_refused_before_it_is_read(knowledge: Knowledge, raw: object) -> None:
    assert list(problems(raw, knowledge)) == ["file"]


def test_a_check_in_before_the_injury_is_refused(knowledge: Knowledge) -> None:
    early = {**WHOLE, "check_ins": [{"date": START - timedelta(days=10), "pain_now": 1}]}
    assert "check_ins.1.date" in problems(early, knowledge)


def test_a_check_in_may_tell_of_an_exercise_of_the_therapists_own(knowledge: Knowledge) -> None:
    own = {"name": "Bridge on the sofa", "target": "glute_max", "minutes": 5}
    dose = {"sets": 3, "amount": 10, "unit": "reps"}
    edit = {"kind": "own", "exercise": "sofa_bridge", "reason": "Fun.", "date": START, "own": {**own, "dose": dose}}
    check_in = {"date": START, "done": [{"exercise": "sofa_bridge", "sets": 3}]}
    case = read_case({**WHOLE, "edits": [edit], "check_ins": [check_in]}, knowledge, TODAY)
    assert case.check_ins[0].done[0].exercise == "sofa_bridge"


# ------------------------------------------------------------------ days and goals


def test_the_days_since_onset_count_up_to_the_start_of_the_plan(knowledge: Knowledge) -> None:
    onset = START - timedelta(days=3)
    told = {**COMPLAINT, "onset_date": onset}
    del told["days_since_onset"]
    case = read_case({**WHOLE, "complaint": told}, knowledge, TODAY)
    assert case.complaint.days_since_onset == 3
    assert case.goal.injury_date == onset


def test_the_day_of_the_injury_follows_from_the_days_of_the_complaint(knowledge: Knowledge) -> None:
    assert read_case(WHOLE, knowledge, TODAY).goal.injury_date == START - timedelta(days=3)


@pytest.mark.parametrize("answers", [{}, {"onset": "sudden"}])
def test_the_days_of_the_complaint_follow_from_the_day_of_the_injury(
    knowledge: Knowledge, answers: dict[str, str]
) -> None:
    goal = {**GOAL, "injury_date": START - timedelta(days=5)}
    case = read_case({"complaint": {"age_years": 30, "answers": answers}, "goal": goal}, knowledge, TODAY)
    assert case.complaint.days_since_onset == 5


def test_days_that_were_answered_are_not_told_twice(knowledge: Knowledge) -> None:
    goal = {**GOAL, "injury_date": START - timedelta(days=5)}
    case = read_case({"complaint": {"answers": {"days_since_onset": 5}}, "goal": goal}, knowledge, TODAY)
    assert case.goal.injury_date == START - timedelta(days=5)


def test_without_any_day_the_day_of_the_injury_stays_unknown(knowledge: Knowledge) -> None:
    case = read_case({"complaint": {"age_years": 30}, "goal": GOAL}, knowledge, TODAY)
    assert case.goal.injury_date is None
    assert case.complaint.days_since_onset is None


@pytest.mark.parametrize(
    ("sport", "kind", "asks"),
    [
        ("sprint_ball", "sport", "sprint_ball"),
        ("endurance_running", "sport", "running"),
        ("dance_gymnastics_martial", "sport", "stretch"),
        ("none", "daily_life", None),
        (None, "daily_life", None),
    ],
)
def test_the_default_goal_is_the_sport_of_the_complaint_or_daily_life(
    sport: str | None, kind: str, asks: str | None
) -> None:
    goal = default_goal(Complaint(sport=sport, level="competitive"), START)
    assert (goal.kind, goal.sport, goal.level, goal.start) == (kind, asks, "competitive", START)
    assert sorted(goal.minutes.values()) == [25, 25, 25]


def test_every_sport_that_can_be_answered_has_a_default(knowledge: Knowledge) -> None:
    sports = {option.facts["sport"] for option in knowledge.questions["sport"].options} - {"none"}
    assert all(default_goal(Complaint(sport=sport), START).sport for sport in sports)


def test_a_plan_without_a_goal_starts_at_the_first_check_in_or_today(knowledge: Knowledge) -> None:
    told = {"complaint": COMPLAINT, "check_ins": [{"date": START, "pain_now": 2}]}
    assert read_case(told, knowledge, TODAY).goal.start == START
    assert read_case({"complaint": COMPLAINT}, knowledge, TODAY).goal.start == TODAY
    assert "check_ins" in problems({"complaint": COMPLAINT, "check_ins": "none"}, knowledge)


def test_a_plan_may_start_later_and_the_complaint_is_still_told_today(knowledge: Knowledge) -> None:
    later = TODAY + timedelta(days=2)
    case = read_case({"complaint": COMPLAINT, "goal": {**GOAL, "start": later}}, knowledge, TODAY)
    assert case.goal.start == later
    assert case.goal.injury_date == TODAY - timedelta(days=3)


# ------------------------------------------------------------------ what is made up


def test_true_says_that_everything_told_is_made_up(knowledge: Knowledge) -> None:
    case = read_case({"simulated": True, "complaint": COMPLAINT, "goal": GOAL}, knowledge, TODAY)
    assert case.simulated_parts == ("complaint", "goal")
    assert not read_case({"simulated": False, "complaint": COMPLAINT}, knowledge, TODAY).simulated
    assert read_case(WHOLE, knowledge, TODAY).simulated_parts == ("goal", "check_ins")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_where_the_facts_come_from_and_what_is_made_up(knowledge: Knowledge, language: Any) -> None:
    section = about_case(read_case(WHOLE, knowledge, TODAY), language)
    assert section is not None
    source, simulated = section.lines
    assert source.text == "A book, page 3."
    assert simulated.text.partition(": ")[2].count(",") == 1


def test_a_default_goal_is_said_to_be_one(knowledge: Knowledge) -> None:
    section = about_case(read_case({"complaint": COMPLAINT}, knowledge, TODAY), "en")
    assert section is not None
    assert [line.mark for line in section.lines] == ["No goal was told"]
    assert "back to your sport" in section.lines[0].text
    daily = about_case(read_case({"complaint": {"age_years": 70}}, knowledge, TODAY), "en")
    assert daily is not None
    assert "daily life" in daily.lines[0].text


def test_nothing_is_said_of_a_case_that_speaks_for_itself(knowledge: Knowledge) -> None:
    assert about_case(read_case({"complaint": COMPLAINT, "goal": GOAL}, knowledge, TODAY), "en") is None


# ------------------------------------------------------------------ the examples


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_right_and_says_what_is_made_up(knowledge: Knowledge, file: Path) -> None:
    case = read_case(yaml.safe_load(file.read_text(encoding="utf-8")), knowledge, date(2026, 12, 31))
    assert case.simulated
    assert case.as_of is not None
    assert case.source or case.simulated_parts == tuple(
        part for part in PARTS if part in yaml.safe_load(file.read_text(encoding="utf-8"))
    )


def test_a_published_complaint_is_not_called_made_up(knowledge: Knowledge) -> None:
    cases = [read_case(yaml.safe_load(file.read_text()), knowledge, date(2026, 12, 31)) for file in EXAMPLES]
    published = [case for case in cases if case.source]
    assert len(published) == 3
    assert not any("complaint" in case.simulated_parts for case in published)


# ------------------------------------------------------------------ anything at all

WORDS = st.sampled_from(["left", "mondays", "", "2026-09-08", "active_knee_extension", "glute_bridge", "sport", "lock"])
VALUES = st.none() | st.booleans() | st.integers(-400, 400) | st.floats(allow_nan=True) | WORDS | st.dates()
NAMES = st.sampled_from(
    ["date", "test", "side", "value", "unit", "kind", "days", "exercise", "pain_now", "done", "runs", "role", "own"]
)
ANYTHING = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


@settings(max_examples=200)
@given(part=st.sampled_from([*PARTS, "simulated", "as_of", "name"]), content=ANYTHING)
def test_anything_in_a_part_gives_a_case_or_problems_that_can_be_said(
    knowledge: Knowledge, part: str, content: object
) -> None:
    try:
        case = read_case({"complaint": COMPLAINT, part: content}, knowledge, TODAY)
    except InputError as refused:
        for problem in refused.problems:
            assert problem.thing.split(".")[0] in (part, "goal")
            assert all(say_problem(language, problem) for language in LANGUAGES)
    else:
        assert case.goal.start is not None


def test_a_plan_may_start_days_after_the_complaint_was_told(knowledge: Knowledge) -> None:
    told_on = START - timedelta(days=4)
    case = read_case({"complaint": COMPLAINT, "goal": GOAL, "told_on": told_on}, knowledge, TODAY)
    assert case.complaint.days_since_onset == 3
    assert case.goal.start == START
    assert case.goal.injury_date == told_on - timedelta(days=3)


def test_without_a_goal_the_plan_starts_on_the_day_the_complaint_was_told(knowledge: Knowledge) -> None:
    told = {"complaint": COMPLAINT, "told_on": START, "check_ins": [{"date": TODAY, "pain_now": 2}]}
    assert read_case(told, knowledge, TODAY).goal.start == START


def test_a_complaint_cannot_be_told_tomorrow(knowledge: Knowledge) -> None:
    assert "told_on" in problems({"complaint": COMPLAINT, "told_on": TODAY + timedelta(days=1)}, knowledge)
