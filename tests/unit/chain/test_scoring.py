"""The sprint score by its twelve points."""

from dataclasses import replace

import pytest

from herstel.chain.scoring import score
from herstel.errors import InputError
from herstel.knowledge.model import Knowledge


def points(knowledge: Knowledge) -> list[str]:
    return [item.id for item in knowledge.chain.items_of("s_mas")]


def test_twelve_points_without_a_fault_are_the_best_score(knowledge: Knowledge) -> None:
    scored = score(knowledge.chain, "s_mas", dict.fromkeys(points(knowledge), False))
    assert (scored.points, scored.least, scored.most) == (0, 0, 0)


def test_each_fault_is_one_point(knowledge: Knowledge) -> None:
    names = points(knowledge)
    assert len(names) == 12
    for faults in range(13):
        answers = {name: number < faults for number, name in enumerate(names)}
        assert score(knowledge.chain, "s_mas", answers).points == faults


def test_what_was_not_seen_is_not_good(knowledge: Knowledge) -> None:
    answers: dict[str, bool | None] = {**dict.fromkeys(points(knowledge), False), "back_kick": True, "sinking": None}
    del answers["far_landing"]
    scored = score(knowledge.chain, "s_mas", answers)
    assert scored.points is None
    assert (scored.least, scored.most) == (1, 3)
    assert set(scored.not_seen) == {"sinking", "far_landing"}


def test_an_answer_to_something_else_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match=r"jumping: This is no point of the test"):
        score(knowledge.chain, "s_mas", {"jumping": True})


def test_a_test_without_points_cannot_be_scored(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="nordic_force: This is no point"):
        score(knowledge.chain, "nordic_force", {})


def test_the_points_say_that_they_are_our_own(knowledge: Knowledge) -> None:
    assert {item.basis for item in knowledge.chain.items_of("s_mas")} == {"elicited"}
    assert len({item.fault.nl for item in knowledge.chain.items_of("s_mas")}) == 12


def test_points_that_do_not_add_up_to_the_test_are_a_fault_of_the_knowledge(knowledge: Knowledge) -> None:
    kept = {name: item for name, item in knowledge.chain.items.items() if name != "sinking"}
    faults = list(replace(knowledge.chain, items=kept).faults(knowledge))
    assert faults == [("tests/items.yaml", "the test 's_mas' has 11 points to score and can be at most 12")]
    strange = {**knowledge.chain.items, "sinking": replace(knowledge.chain.items["sinking"], test="jump")}
    told = [reason for _, reason in replace(knowledge.chain, items=strange).faults(knowledge)]
    assert "the test 'jump' does not exist" in told
