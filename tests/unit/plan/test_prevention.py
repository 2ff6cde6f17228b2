from datetime import timedelta

import pytest

from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import PlannedExercise, Position, SportEvent
from herstel.plan.prevention import prevention_programme
from tests.unit.plan.people import SPRINT_STRAIN, START, a_chain, a_goal, assessed_as


def by_id(programme: tuple[PlannedExercise, ...]) -> dict[str, PlannedExercise]:
    return {planned.exercise: planned for planned in programme}


@pytest.mark.parametrize(
    ("week", "repetitions", "times"),
    [(0, 10, 1), (1, 10, 1), (2, 12, 2), (3, 21, 3), (4, 27, 3), (5, 30, 3), (10, 30, 3), (11, 30, 1), (60, 30, 1)],
)
def test_the_nordic_weeks_are_those_of_the_trials(
    week: int, repetitions: int, times: int, knowledge: Knowledge
) -> None:
    nordic = by_id(prevention_programme(a_goal(), knowledge, week=week))["nordic_curl"]
    assert nordic.dose.sets_high * nordic.dose.amount_high == repetitions
    assert nordic.times_per_week == times


def test_the_exercises_of_the_practice_are_in_it_three_times_a_week(knowledge: Knowledge) -> None:
    programme = by_id(prevention_programme(a_goal(equipment=frozenset({"foam_roller"})), knowledge, week=1))
    named = {
        "glute_bridge", "clamshell", "front_plank", "dead_bug", "hip_flexor_stretch", "foam_roll_glutes_calf",
        "big_toe_mobility",
    }  # fmt: skip
    assert named <= set(programme)
    assert all(3 <= programme[name].times_per_week <= 4 for name in named)
    assert programme["clamshell"].sides == ("left", "right")


def test_an_easier_exercise_takes_the_place_of_one_that_is_not_possible(knowledge: Knowledge) -> None:
    goal = a_goal(equipment=frozenset({"band", "partner"}))
    hard = by_id(prevention_programme(goal, knowledge, week=1))
    easier = by_id(prevention_programme(goal, knowledge, week=1, contraindications=["growth_plate"]))
    bare = by_id(prevention_programme(a_goal(equipment=frozenset()), knowledge, week=1, contraindications=["knee"]))
    assert {"nordic_curl"} == {"nordic_curl", "nordic_assisted", "slider_curl_eccentric"} & set(hard)
    assert {"nordic_assisted"} == {"nordic_curl", "nordic_assisted", "slider_curl_eccentric"} & set(easier)
    assert not {"nordic_curl", "nordic_assisted"} & set(bare)


def test_the_programme_respects_what_the_goal_says(knowledge: Knowledge) -> None:
    goal = a_goal(contraindications=frozenset({"shoulder", "wrist"}))
    for planned in prevention_programme(goal, knowledge, week=1):
        assert not {"shoulder", "wrist"} & set(knowledge.exercises[planned.exercise].contraindications)


def test_the_programme_has_its_weeks_from_discharge_on(knowledge: Knowledge) -> None:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    for weeks, reps in ((0, 5), (4, 10)):
        position = Position(phase=4, since=START, on=START + timedelta(days=7 * weeks), discharged=True)
        plan = make_plan(assessment, a_chain(assessment), a_goal(), knowledge, position=position)
        assert by_id(plan.exercises)["nordic_curl"].dose.amount_high == reps


def test_the_programme_keeps_away_from_matches(knowledge: Knowledge) -> None:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    events = (SportEvent(kind="match", weekday=2, minutes=90), SportEvent(kind="match", weekday=6, minutes=90))
    goal = a_goal(minutes=dict.fromkeys(range(7), 45), events=events)
    position = Position(phase=4, since=START, on=START + timedelta(days=35), discharged=True)
    plan = make_plan(assessment, a_chain(assessment), goal, knowledge, position=position)
    days = [day.date.weekday() for day in plan.week.days if any("nordic_curl" in one.exercises for one in day.sessions)]
    assert set(days) <= {4}
    assert any(wish.id == "target:hamstring_strength" for wish in plan.given_up)
