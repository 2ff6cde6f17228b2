"""Many simulated people, on one core or several; who works on whom makes no difference to what comes out."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, repeat
from multiprocessing import get_context

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel_simulation.course import run_course
from herstel_simulation.figures import Outcome
from herstel_simulation.person import draw_person, random_of

HORIZON_DAYS = 120
CHUNK = 25
"""People a worker takes at a time."""


def simulate(
    people: int, seed: int, knowledge: Knowledge, *, days: int = HORIZON_DAYS, workers: int = 1
) -> Iterator[Outcome]:
    """Simulate a cohort.

    Parameters
    ----------
    people : int
    seed : int
        The same seed gives the same people, however many workers there are.
    knowledge : Knowledge
        With more than one worker each loads its own copy of the knowledge that comes with Herstel.
    days : int
        How long everybody is followed, from the first day of the plan.
    workers : int

    Yields
    ------
    Outcome
        In the order of the people.
    """
    if workers <= 1:
        yield from (simulate_one(number, seed, days, knowledge) for number in range(people))
        return
    chunks = [range(first, min(first + CHUNK, people)) for first in range(0, people, CHUNK)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_load) as pool:
        yield from chain.from_iterable(pool.map(_simulate_chunk, chunks, repeat(seed), repeat(days)))


def simulate_one(number: int, seed: int, days: int, knowledge: Knowledge) -> Outcome:
    """One person of a cohort."""
    random = random_of(seed, number)
    return run_course(draw_person(number, random, knowledge), random, days, knowledge).outcome


_loaded: list[Knowledge] = []


def _load() -> None:
    _loaded[:] = [load_knowledge()]


def _simulate_chunk(numbers: Sequence[int], seed: int, days: int) -> list[Outcome]:
    return [simulate_one(number, seed, days, _loaded[0]) for number in numbers]
