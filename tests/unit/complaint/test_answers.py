from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.complaint.answers import allowed_choices, check_answer, check_answers, unknown_id
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge

QUESTIONS = load_knowledge().questions


def accepted(question: str, raw: object) -> object:
    answer, problem = check_answer(QUESTIONS[question], raw)
    assert problem is None
    return answer


def refused(question: str, raw: object) -> str:
    answer, problem = check_answer(QUESTIONS[question], raw)
    assert answer is None
    assert problem is not None
    return str(problem)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("raw", ["unknown", None])
def test_i_do_not_know_is_an_answer_to_every_question(question: str, raw: object) -> None:
    assert accepted(question, raw) == "unknown"


# ------------------------------------------------------------------ numbers


@pytest.mark.parametrize(
    ("raw", "number"),
    [(34, 34), ("34", 34), (" 34 ", 34), ("34,5", 34.5), ("34.5", 34.5), (34.0, 34), (10, 10), (110, 110)],
    ids=repr,
)
def test_a_number_may_be_typed_the_dutch_or_the_english_way(raw: object, number: float) -> None:
    answer = accepted("age", raw)
    assert answer == number
    assert isinstance(answer, int) is (number == int(number))


@pytest.mark.parametrize(
    "raw", [9, 111, -1, "", "old", "3 4", "3_4", "nan", "inf", True, [34], {"age": 34}, 10**400, float("nan")], ids=repr
)
def test_what_is_no_number_in_range_is_refused_with_the_range(raw: object) -> None:
    problem = refused("age", raw)
    assert problem.startswith("age: ")
    assert "is not a number from 10 to 110. Give a number in that range, or say that you don't know." in problem


# ------------------------------------------------------------------ one answer


def test_an_option_is_given_by_its_id() -> None:
    assert accepted("walking", "limping") == "limping"


def test_yes_and_no_of_a_file_are_yes_and_no() -> None:
    assert accepted("pop", True) == "yes"
    assert accepted("pop", False) == "no"


@pytest.mark.parametrize("raw", ["hopping", True, 3, ["limping"], {"limping": 1}, ""], ids=repr)
def test_what_is_no_option_is_refused_with_the_options(raw: object) -> None:
    problem = refused("walking", raw)
    assert problem.startswith(f"walking: {raw!r} is not one of the answers. Choose from: normal, painful, ")
    assert problem.endswith("cannot, or unknown.")


# ------------------------------------------------------------------ tick lists


@pytest.mark.parametrize(
    ("raw", "ticked"),
    [
        ("fever", ("fever",)),
        (["fever"], ("fever",)),
        (["very_ill", "fever", "fever"], ("fever", "very_ill")),
        (("none",), ("none",)),
        (["fever", "unsure"], ("fever", "unsure")),
        (["none", "none"], ("none",)),
    ],
    ids=repr,
)
def test_ticks_are_kept_once_each_and_in_one_order(raw: object, ticked: tuple[str, ...]) -> None:
    assert accepted("rf_ill", raw) == ticked


@pytest.mark.parametrize("raw", [["flu"], ["fever", "flu"], [["fever"]], [3], [None], b"fever"], ids=repr)
def test_a_tick_that_is_not_in_the_list_is_refused(raw: object) -> None:
    assert "is not one of the answers. Choose from: very_ill, fever, " in refused("rf_ill", raw)


@pytest.mark.parametrize("raw", [[], 3, {"fever": True}, True], ids=repr)
def test_an_empty_list_or_no_list_is_refused(raw: object) -> None:
    assert f"{raw!r} is not one of the answers." in refused("rf_ill", raw)


@pytest.mark.parametrize("raw", [["none", "fever"], ["unsure", "none"]], ids=repr)
def test_none_of_these_cannot_be_ticked_together_with_something_else(raw: list[str]) -> None:
    assert refused("rf_ill", raw) == (
        "rf_ill: 'none of these' is ticked together with something else. "
        "Tick either 'none of these' or the things that apply."
    )


def test_a_place_is_a_side_and_a_place() -> None:
    assert accepted("places", ["right.calf", "left.sit_bone"]) == ("left.sit_bone", "right.calf")
    assert "left.sit_bone" in allowed_choices(QUESTIONS["places"])
    assert "none" not in allowed_choices(QUESTIONS["places"])


@pytest.mark.parametrize("raw", ["calf", "left.elbow", "behind.calf", "left", "left.calf.calf"])
def test_a_place_without_a_side_or_unknown_is_refused(raw: str) -> None:
    assert f"places: {raw!r} is not one of the answers. Choose from: left.low_back, " in refused("places", [raw])


# ------------------------------------------------------------------ a set of answers


def test_every_refused_answer_is_reported_and_the_good_ones_are_kept(knowledge: Knowledge) -> None:
    answers, problems = check_answers({"age": 34, "pop": "perhaps", "walking": "limping", "rf_ill": []}, knowledge)
    assert answers == {"age": 34, "walking": "limping"}
    assert [problem.thing for problem in problems] == ["pop", "rf_ill"]


def test_a_question_that_does_not_exist_is_named_with_the_nearest_ones(knowledge: Knowledge) -> None:
    answers, problems = check_answers({"walkin": "limping"}, knowledge)
    assert answers == {}
    (problem,) = problems
    assert str(problem).startswith("walkin: is not a question of the intake. Did you mean walking")


def test_a_name_that_is_near_nothing_may_be_left_out() -> None:
    problem = unknown_id("xyzzy", "is unknown.", {"walking": 1, "pop": 2})
    assert str(problem) == "xyzzy: is unknown. Leave it out, or see 'herstel knowledge show'."


def test_a_name_that_is_no_text_is_reported_too(knowledge: Knowledge) -> None:
    raw: dict[Any, object] = {3: "limping"}
    _, problems = check_answers(raw, knowledge)
    assert [problem.thing for problem in problems] == ["3"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=5,
)


@given(st.sampled_from(list(QUESTIONS)), JSON)
def test_whatever_is_typed_gives_an_answer_or_a_problem_never_both(question: str, raw: object) -> None:
    answer, problem = check_answer(QUESTIONS[question], raw)
    assert (answer is None) is not (problem is None)
    if problem is not None:
        assert problem.thing == question
        assert str(problem)


@given(st.sampled_from(list(QUESTIONS)), st.data())
def test_an_accepted_answer_is_accepted_again_as_it_is(question: str, data: st.DataObject) -> None:
    asked = QUESTIONS[question]
    raw = data.draw(
        st.integers(asked.min or 0, asked.max or 0)
        if asked.kind == "number"
        else st.sampled_from([option.id for option in asked.options])
        if asked.kind == "single"
        else st.lists(st.sampled_from(allowed_choices(asked)), min_size=1).filter(lambda ticks: "none" not in ticks)
    )
    once = accepted(question, raw)
    assert accepted(question, once) == once
