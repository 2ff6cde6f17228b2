from datetime import date, timedelta

import pytest
import yaml

from herstel.case_file import read_case
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Position
from herstel_simulation import assumptions as numbers
from herstel_simulation.case import case_text
from herstel_simulation.cohort import simulate
from herstel_simulation.course import gates_passed, moved_forward, recurrence_chance
from herstel_simulation.figures import Outcome, figures
from herstel_simulation.person import START

SEED, PEOPLE, DAYS = 5, 60, 90


@pytest.fixture(scope="module")
def outcomes(knowledge: Knowledge) -> list[Outcome]:
    return list(simulate(PEOPLE, SEED, knowledge, days=DAYS))


def test_the_same_seed_gives_the_same_outcomes(knowledge: Knowledge, outcomes: list[Outcome]) -> None:
    assert list(simulate(12, SEED, knowledge, days=DAYS)) == outcomes[:12]


def test_how_many_workers_makes_no_difference(knowledge: Knowledge, outcomes: list[Outcome]) -> None:
    assert list(simulate(12, SEED, knowledge, days=DAYS, workers=2)) == outcomes[:12]


def test_another_seed_gives_other_people(knowledge: Knowledge, outcomes: list[Outcome]) -> None:
    assert list(simulate(3, SEED + 1, knowledge, days=DAYS)) != outcomes[:3]


def test_nobody_with_a_warning_sign_is_moved_forward(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "RED_FLAG_SHARE", 1.0)
    flagged = list(simulate(25, SEED, knowledge, days=DAYS))
    assert sum(one.red_flag_told is not None for one in flagged) > 10
    assert not any(one.red_flag_advanced for one in flagged)


def test_people_do_recover_under_the_plan(outcomes: list[Outcome]) -> None:
    assert sum(bool(one.passed) for one in outcomes) > PEOPLE / 2
    assert any(one.returned_on is not None for one in outcomes)


def test_gates_are_passed_in_order(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        first = {gate.gate: gate.day for gate in reversed(one.passed)}
        days = [first[gate] for gate in ("1", "2", "3", "return") if gate in first]
        assert days == sorted(days)


def test_forecasts_are_of_legs_that_are_not_fit_yet(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        assert all(made.truly > made.day for made in one.forecasts)
        assert all(made.low <= made.median <= made.high for made in one.forecasts)


def test_figures_are_shares(outcomes: list[Outcome]) -> None:
    found = figures(outcomes)
    assert found["people"] == PEOPLE
    share = found["unready_advanced_share"]
    assert isinstance(share, float)
    assert 0 <= share <= 1


def test_returning_too_early_raises_the_chance_of_tearing_it_again() -> None:
    assert recurrence_chance(0, 0.8) > recurrence_chance(0, 1.0) > recurrence_chance(60, 1.0)


def test_a_year_after_a_timely_return_one_in_six_has_torn_it_again() -> None:
    still = 1.0
    for day in range(365):
        still *= 1 - recurrence_chance(day, 1.0)
    assert 1 - still == pytest.approx(0.17, abs=0.005)  # Zein 2024


def test_phases_running_exercises_and_discharge_all_count_as_forward() -> None:
    day = date(2026, 1, 5)
    start = Position(since=day)
    assert not moved_forward(start, start)
    assert moved_forward(start, Position(since=day, phase=2))
    assert moved_forward(start, Position(since=day, running_step=2))
    assert moved_forward(start, Position(since=day, steps={"glute_bridge": 1}))
    assert moved_forward(start, Position(since=day, discharged=True))
    assert not moved_forward(Position(since=day, phase=2), start)
    assert gates_passed(start, Position(since=day, phase=3)) == ("1", "2")
    assert gates_passed(start, Position(since=day, discharged=True)) == ("return",)


def test_a_simulated_person_is_a_case_that_says_it_is_simulated(knowledge: Knowledge) -> None:
    text = case_text(3, SEED, 30, knowledge)
    case = read_case(yaml.safe_load(text), knowledge, date(2026, 12, 31))
    assert "imulated" in text.splitlines()[0]
    assert case.simulated
    assert case.check_ins
    assert case.measurements
    assert case.as_of == START + timedelta(days=29)
