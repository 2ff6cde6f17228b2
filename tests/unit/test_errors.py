import pytest

from herstel.errors import HerstelError, InputError, KnowledgeError, Problem, marked


def test_a_problem_says_the_thing_the_reason_and_the_remedy() -> None:
    problem = Problem(
        thing="age",
        reason="{answer!r} is not a number from {low} to {high}.",
        remedy="Give a number up to {high}.",
        values={"answer": "old", "low": 10, "high": 110},
    )
    assert str(problem) == "age: 'old' is not a number from 10 to 110. Give a number up to 110."


def test_what_was_typed_is_shown_as_it_is_even_with_braces_in_it() -> None:
    problem = Problem(thing="pop", reason="{answer!r} is unknown.", remedy="Choose.", values={"answer": "{remedy}"})
    assert str(problem) == "pop: '{remedy}' is unknown. Choose."


@pytest.mark.parametrize("kind", [InputError, KnowledgeError])
def test_an_error_carries_every_problem_not_only_the_first(kind: type[HerstelError]) -> None:
    problems = [Problem(thing=name, reason="is wrong.", remedy="Mend it.") for name in ("one", "two")]
    error = kind(problems)
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == ["one: is wrong. Mend it.", "two: is wrong. Mend it."]


def test_marking_a_message_for_translation_leaves_it_as_it_is() -> None:
    assert marked("Choose from: {allowed}.") == "Choose from: {allowed}."
