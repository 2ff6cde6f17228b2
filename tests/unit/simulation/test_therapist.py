from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from herstel.knowledge.model import Knowledge
from herstel_simulation.body import Body, Chance
from herstel_simulation.person import Person, draw_person, random_of
from herstel_simulation.therapist import SIGNS, TESTS, Therapist

TODAY = date(2026, 1, 12)


@pytest.fixture
def person(knowledge: Knowledge) -> Person:
    drawn = draw_person(1, random_of(1, 1), knowledge)
    truth = replace(drawn.truth, days=40.0, grade="2", stiff_deg=15.0, strength_first=0.5, strength_at_return=0.95)
    return replace(drawn, truth=truth, injury_date=drawn.start)


def therapist_of(person: Person, fraction: float, knowledge: Knowledge) -> Therapist:
    body = Body(person)
    body.fraction = fraction
    return Therapist(body, np.random.default_rng(3), knowledge)


def test_every_test_that_a_gate_asks_for_is_measured(person: Person, knowledge: Knowledge) -> None:
    measured = {one.test for one in therapist_of(person, 0.9, knowledge).visit(TODAY, 4)}
    asked = {
        one.subject for one in knowledge.progress.gates if one.measure in ("side_ratio", "side_difference", "value")
    }
    substitutes = {"outer_range_ratio"}
    assert asked - substitutes <= measured


def test_heavy_tests_wait_for_a_later_phase(person: Person, knowledge: Knowledge) -> None:
    early = {one.test for one in therapist_of(person, 0.1, knowledge).visit(TODAY, 1)}
    assert not early & {"h_test", "h_test_insecurity", "nordic_force"}
    assert "active_knee_extension" in early


def test_results_carry_the_unit_of_their_test_and_lie_in_its_range(person: Person, knowledge: Knowledge) -> None:
    for one in therapist_of(person, 0.3, knowledge).visit(TODAY, 4):
        test = knowledge.chain.tests[one.test]
        assert one.unit == test.unit
        assert test.possible_low <= one.value <= test.possible_high
        assert one.note == "simulated"


def test_a_test_read_often_scatters_around_the_truth(person: Person, knowledge: Knowledge) -> None:
    body = Body(person)
    body.fraction = 0.5
    therapist = Therapist(body, np.random.default_rng(3), knowledge)
    visits = [therapist.visit(TODAY, 4) for _ in range(300)]
    side = person.truth.side
    read = [one.value for visit in visits for one in visit if one.test == "active_knee_extension" and one.side == side]
    assert np.mean(read) == pytest.approx(person.truth.other_leg["active_knee_extension"] + body.stiff_deg, abs=0.6)
    assert np.std(read) == pytest.approx(TESTS["active_knee_extension"].error, rel=0.2)


def test_signs_are_gone_in_a_healed_leg(person: Person, knowledge: Knowledge) -> None:
    body = Body(person)
    for _ in range(60):
        body.live(None, Chance(flare_up=0.99, relapse=0.99, keeps=0.5))
    therapist = Therapist(body, np.random.default_rng(3), knowledge)
    visits = [therapist.visit(TODAY, 4) for _ in range(200)]
    shown = [one.value for visit in visits for one in visit if one.test in SIGNS]
    assert np.mean(shown) < 0.08
    assert all(one.value == 0 for visit in visits for one in visit if one.test == "h_test_insecurity")
