"""The knowledge of measuring movement: as it ships, and what is said when somebody breaks it."""

from dataclasses import replace

import pytest

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.movement_entries import LIMITS, MOVEMENT_TESTS, MovementKnowledge, MovementMeasure
from herstel.movement.measuring import WAYS
from herstel.text import Text

KNOWLEDGE = load_knowledge()
MOVEMENT = KNOWLEDGE.movement


def said(movement: MovementKnowledge) -> list[str]:
    return [f"{where}: {reason}" for where, reason in movement.faults(KNOWLEDGE)]


def test_every_test_can_be_read_and_every_number_has_its_error() -> None:
    assert set(WAYS) == set(MOVEMENT.tests) == set(MOVEMENT_TESTS)
    assert {one.test for one in MOVEMENT.measures.values()} == set(MOVEMENT_TESTS)
    assert said(MOVEMENT) == []


def test_a_number_for_the_chain_has_the_unit_of_its_test() -> None:
    units = {"deg": "deg", "reps": "count"}
    for one in MOVEMENT.measures.values():
        if one.chain_test is not None:
            assert one.unit == units[KNOWLEDGE.chain.tests[one.chain_test].unit]


def test_only_tests_that_allow_the_far_leg_have_its_error() -> None:
    for one in MOVEMENT.measures.values():
        assert (one.far_error is not None) == MOVEMENT.tests[one.test].far_side, one.id


def test_what_is_missing_or_unknown_is_named() -> None:
    number = replace(MOVEMENT.numbers["gap_s"], id="other")
    wrong = replace(next(iter(MOVEMENT.measures.values())), id="hopping/height")
    nameless = replace(wrong, id="jurdan")
    unknown = replace(wrong, id="jurdan/other", chain_test="hopping")
    broken = replace(
        MOVEMENT,
        tests={name: one for name, one in MOVEMENT.tests.items() if name != "nordic"},
        numbers={**{name: one for name, one in MOVEMENT.numbers.items() if name != LIMITS[0]}, "other": number},
        measures={one.id: one for one in (wrong, nameless, unknown)},
    )
    assert [where.partition(":")[0] for where in said(broken)] == [
        "movement/tests.yaml, nordic", "movement/limits.yaml, gap_s", "movement/limits.yaml, other",
        "movement/measures.yaml, hopping/height", "movement/measures.yaml, jurdan",
        "movement/measures.yaml, jurdan/other",
    ]  # fmt: skip


def test_an_error_is_more_than_nothing_and_not_smaller_far_away() -> None:
    for near, far in ((0.0, None), (3.0, 2.0)):
        with pytest.raises(ValueError, match="an error is more than 0"):
            MovementMeasure(
                id="jurdan/x", unit="deg", text=Text(nl="x", en="x"), near_error=near, far_error=far,
                basis="elicited", source="movement-elicited",
            )  # fmt: skip


def test_what_cannot_be_measured_is_said_for_the_test_that_it_is_about() -> None:
    assert "hip_share" in {one.id for one in MOVEMENT.cannot("forward_bend")}
    assert "hip_share" not in {one.id for one in MOVEMENT.cannot("nordic")}
