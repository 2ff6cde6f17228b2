"""How long a week takes to schedule, how often it is proven to be the best one, and how often a wish is given up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from time import process_time

import numpy as np

from benchmarks.figures import Figure
from benchmarks.simulated_complaints import simulated
from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, Referral
from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Chain
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import PhaseNumber
from herstel.plan.generator import make_plan
from herstel.plan.model import Goal, Plan, Position, SportEvent
from herstel.plan.schedule import skip_schedule
from herstel.quantities import Proportion

PEOPLE, SEED = 200, 11
START = date(2026, 3, 2)
MOST_MS, LEAST_OPTIMAL = 300.0, 0.95
WEEK_WISHES = ("target:", "edit:", "minutes")


@dataclass(frozen=True, slots=True)
class Person:
    """Everything a plan follows from."""

    assessment: Assessment | Referral
    chain: Chain
    goal: Goal
    position: Position


def figures(knowledge: Knowledge, people: int = PEOPLE) -> Iterator[Figure]:
    """Every figure about the schedule."""
    everybody = varied_people(knowledge, people)
    _plan(everybody[0], knowledge)  # loads the solver
    timed = [_timed(person, knowledge) for person in everybody]
    plans = [plan for plan, _ in timed]
    taken = np.array([milliseconds for _, milliseconds in timed])
    p50, p95 = np.percentile(taken, [50, 95])
    yield Figure(
        name=f"a plan with its week, {people} varied people",
        value=f"median {p50:.1f} ms, 95th percentile {p95:.1f} ms, longest {taken.max():.1f} ms",
        aim=f"95th percentile at most {MOST_MS:g} ms",
        met=bool(p95 <= MOST_MS),
    )
    optimal = Proportion(k=sum(plan.week.solution.status == "optimal" for plan in plans), n=people)
    assert optimal.value is not None
    yield Figure(
        name="weeks proven to be the best possible",
        value=f"{optimal.value:.1%} ({optimal.k} of {optimal.n})",
        aim=f"at least {LEAST_OPTIMAL:.0%}",
        met=optimal.value >= LEAST_OPTIMAL,
    )
    given_up = sum(any(wish.id.startswith(WEEK_WISHES) for wish in plan.given_up) for plan in plans)
    yield Figure(name="weeks in which a wish is given up", value=f"{given_up / people:.1%} ({given_up} of {people})")
    exercises = np.percentile([len(plan.exercises) for plan in plans], [10, 50, 90])
    yield Figure(name="exercises in a plan, 10-50-90 %", value="-".join(f"{count:.0f}" for count in exercises))
    bare = [_milliseconds(lambda person=person: _plan(person, knowledge, bare=True)) for person in everybody]
    yield Figure(name="the same plan without a schedule", value=f"median {np.median(bare):.1f} ms")


def _plan(person: Person, knowledge: Knowledge, *, bare: bool = False) -> Plan:
    options = {"scheduler": skip_schedule} if bare else {}
    return make_plan(person.assessment, person.chain, person.goal, knowledge, position=person.position, **options)


def _timed(person: Person, knowledge: Knowledge) -> tuple[Plan, float]:
    start = process_time()
    plan = _plan(person, knowledge)
    return plan, 1000 * (process_time() - start)


def _milliseconds(work) -> float:
    start = process_time()
    work()
    return 1000 * (process_time() - start)


def varied_people(knowledge: Knowledge, count: int) -> list[Person]:
    """People who differ in complaint, phase, days, minutes, equipment, contraindications and sport calendar."""
    rng = np.random.default_rng(SEED)
    return [_person(complaint, rng, knowledge) for complaint in simulated(count, knowledge)]


def _person(complaint, rng: np.random.Generator, knowledge: Knowledge) -> Person:
    assessment = assess(complaint, knowledge)
    goal = _goal(rng, knowledge)
    return Person(
        assessment=assessment,
        chain=analyse_chain(assessment, (), knowledge),
        goal=goal,
        position=_position(rng, goal),
    )


def _goal(rng: np.random.Generator, knowledge: Knowledge) -> Goal:
    days = rng.choice(7, size=rng.integers(2, 8), replace=False)
    equipment = [one for one in knowledge.exercises.equipment if rng.random() < 0.3]
    codes = [one for one in knowledge.exercises.contraindications if rng.random() < 0.04]
    return Goal(
        kind=str(rng.choice(["sport", "sport", "daily_life", "work", "prevention"])),
        start=START,
        minutes={int(day): int(rng.choice([15, 20, 30, 45, 60, 90])) for day in days},
        equipment=frozenset(equipment),
        contraindications=frozenset(codes),
        events=_events(rng),
        fear_of_movement=[None, "low", "some", "high"][rng.integers(4)],
        injury_date=START - timedelta(days=int(rng.integers(0, 60))),
        managed=[None, "loading_cleared", "loading_cleared", "conservative_avulsion"][rng.integers(4)],
    )


def _events(rng: np.random.Generator) -> tuple[SportEvent, ...]:
    trainings = rng.choice(7, size=rng.integers(0, 4), replace=False)
    matches = rng.choice(7, size=rng.integers(0, 3), replace=False)
    return (
        *(SportEvent(kind="training", weekday=int(day), minutes=90) for day in trainings),
        *(SportEvent(kind="match", weekday=int(day), minutes=90) for day in matches),
    )


def _position(rng: np.random.Generator, goal: Goal) -> Position:
    phase: PhaseNumber = (1, 2, 3, 4)[rng.integers(4)]
    steps = {1: (1, 2), 2: (2, 6), 3: (4, 9), 4: (8, 13)}[phase]
    weeks = int(rng.integers(0, 12))
    return Position(
        phase=phase,
        since=goal.start + timedelta(days=7 * weeks),
        running_step=int(rng.integers(*steps)),
        discharged=bool(phase == 4 and rng.random() < 0.3),
    )
