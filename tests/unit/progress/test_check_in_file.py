"""Check-ins from outside: every problem at once, nothing guessed, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest

from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.progress.check_in_file import FIELDS, read_check_ins, read_confirmations
from herstel.progress.model import Confirmation, Done, Run
from tests.unit.progress.roads import START, on

TODAY = on(10)
DAY = "2026-03-04"
WHOLE: dict[str, Any] = {
    "date": DAY, "pain_now": 1, "pain_worst": 3, "pain_during": 2, "pain_next_morning": 1, "stiffness_min": 10,
    "walking": "some_pain", "sleep_h": 7.5,
    "done": [{"exercise": "glute_bridge", "sets": 3, "amount": 12, "rpe": 6, "pain": 1}], "could_not": ["nordic_curl"],
    "runs": [{"step": 3, "metres": {"jog": 800}, "pain": 1, "limp": False, "in_fatigue": True}],
    "session_min": 45, "session_rpe": 6, "sport_share": 0.5, "confidence": 7, "fear_of_movement": "some",
    "sharp_stab": False, "gave_way": False, "new_bruise": False, "symptoms": {"fever_or_unwell": False},
    "answers": {"walking": "normal"}, "predicted_days": 20, "note": "went well", "correction": "", "recorded": 7,
}  # fmt: skip


def problems(knowledge: Knowledge, *raw: Any, **how: Any) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_check_ins(list(raw), knowledge, TODAY, **how)
    return [str(problem) for problem in caught.value.problems]


def test_a_whole_check_in_is_read(knowledge: Knowledge) -> None:
    assert set(WHOLE) == set(FIELDS)
    (read,) = read_check_ins([WHOLE], knowledge, TODAY)
    assert read.date == on(2)
    assert read.done == (Done(exercise="glute_bridge", sets=3, amount=12, rpe=6, pain=1),)
    assert read.runs == (Run(step=3, metres={"jog": 800}, pain=1, limp=False, in_fatigue=True),)
    assert read.could_not == {"nordic_curl"}
    assert read.symptoms == {"fever_or_unwell": False}
    assert read.answers == {"walking": "normal"}
    assert read.walking == "some_pain"
    assert read.recorded == 7


def test_what_is_left_out_is_unknown(knowledge: Knowledge) -> None:
    (read,) = read_check_ins([{"date": DAY}], knowledge, TODAY)
    assert read.pain_now is read.walking is read.sharp_stab is read.session_min is None
    assert read.done == read.runs == ()
    assert read_check_ins(None, knowledge, TODAY) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("pain_now", 11), ("pain_worst", -1), ("pain_next_morning", "much"), ("stiffness_min", 2000), ("sleep_h", 30),
        ("walking", "flying"), ("session_min", 5000), ("session_rpe", 12), ("sport_share", 2), ("confidence", 11),
        ("fear_of_movement", "huge"), ("sharp_stab", "maybe"), ("predicted_days", 9999), ("note", 7),
        ("done", "all of it"), ("date", "yesterday"), ("pain_tomorrow", 3), ("recorded", 1.5),
    ],
)  # fmt: skip
def test_an_impossible_value_is_named_with_its_place(knowledge: Knowledge, field: str, value: Any) -> None:
    (told,) = problems(knowledge, {"date": DAY, field: value})
    assert told.startswith(f"check_ins.1.{field}")


def test_all_problems_of_all_check_ins_are_told_at_once(knowledge: Knowledge) -> None:
    told = problems(knowledge, {"date": DAY, "pain_now": 11, "walking": "flying"}, {"pain_worst": 99})
    assert [one.partition(":")[0] for one in told] == [
        "check_ins.1.pain_now", "check_ins.1.walking", "check_ins.2.date", "check_ins.2.pain_worst",
    ]  # fmt: skip


def test_no_check_in_lies_in_the_future_or_before_the_injury(knowledge: Knowledge) -> None:
    late = (TODAY + timedelta(days=1)).isoformat()
    assert "too late" in problems(knowledge, {"date": late})[0]
    assert "too early" in problems(knowledge, {"date": DAY}, earliest=on(5))[0]


def test_an_unknown_exercise_is_told_with_the_nearest_names(knowledge: Knowledge) -> None:
    told = problems(knowledge, {"date": DAY, "done": [{"exercise": "glute_brige"}], "could_not": ["sleeping_in"]})
    assert told[0].startswith(
        "check_ins.1.done.1.exercise: 'glute_brige' is not an exercise. Did you mean glute_bridge"
    )
    assert told[1].startswith("check_ins.1.could_not.1")


def test_an_exercise_that_is_missing_or_no_name_is_told(knowledge: Knowledge) -> None:
    assert "missing" in problems(knowledge, {"date": DAY, "done": [{"sets": 3}]})[0]
    assert "'7'" in problems(knowledge, {"date": DAY, "done": [{"exercise": 7}]})[0]


def test_an_exercise_of_the_therapists_own_is_known_when_named(knowledge: Knowledge) -> None:
    raw = [{"date": DAY, "done": [{"exercise": "own_wall_push", "sets": 2}]}]
    (read,) = read_check_ins(raw, knowledge, TODAY, own=("own_wall_push",))
    assert read.done[0].exercise == "own_wall_push"


def test_an_unknown_sign_is_told_with_the_nearest_names(knowledge: Knowledge) -> None:
    (told,) = problems(knowledge, {"date": DAY, "symptoms": {"calf_sweling": True}})
    assert told.startswith("check_ins.1.symptoms: 'calf_sweling' is not a sign that Herstel knows.")
    assert "calf_swelling" in told
    assert "true or false" in problems(knowledge, {"date": DAY, "symptoms": {"calf_swelling": "yes"}})[0]


def test_a_wrong_answer_is_told_with_its_question(knowledge: Knowledge) -> None:
    (told,) = problems(knowledge, {"date": DAY, "answers": {"walking": "flying"}})
    assert told.startswith("check_ins.1.answers.walking")


@pytest.mark.parametrize(
    "run", [{"step": 13}, {"step": 1.5}, {"metres": {"warp": 5}}, {"metres": {"jog": -1}}, {"pain": 11}]
)
def test_an_impossible_run_is_told(knowledge: Knowledge, run: dict[str, Any]) -> None:
    assert problems(knowledge, {"date": DAY, "runs": [run]})[0].startswith("check_ins.1.runs.1")


def test_a_second_check_in_of_a_date_needs_a_reason(knowledge: Knowledge) -> None:
    (told,) = problems(knowledge, {"date": DAY, "pain_now": 1}, {"date": DAY, "pain_now": 2})
    assert told.startswith("check_ins.2.date: there is another check-in of 2026-03-04.")
    both = read_check_ins(
        [{"date": DAY, "pain_now": 1}, {"date": DAY, "pain_now": 2, "correction": "mixed up"}], knowledge, TODAY
    )
    assert [one.pain_now for one in both] == [1, 2], "nothing is lost"


def test_what_is_not_a_list_is_told(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="not a list"):
        read_check_ins("today", knowledge, TODAY)


def test_confirmations_are_read(knowledge: Knowledge) -> None:
    raw = [{"role": "therapist", "agrees": True, "date": DAY, "note": "all well", "recorded": 8}]
    expected = Confirmation(role="therapist", agrees=True, date=on(2), note="all well", recorded=8)
    assert read_confirmations(raw, knowledge, TODAY) == (expected,)
    assert read_confirmations(None, knowledge, TODAY) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [("role", "neighbour"), ("agrees", "sure"), ("date", "2026-05-01"), ("mood", "good"), ("recorded", 0)],
)
def test_a_wrong_confirmation_is_told(knowledge: Knowledge, field: str, value: Any) -> None:
    raw = {"role": "person", "agrees": True, "date": START.isoformat(), field: value}
    with pytest.raises(InputError, match=f"confirmations.1.{field}"):
        read_confirmations([raw], knowledge, TODAY)
