"""The week as a small puzzle for CP-SAT: which exercise on which day. It knows days, minutes and rest, nothing more.

Rest, days on which something is not allowed, and the minutes of a day are never given up. How often something comes
back is, in the order of the weights.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from herstel.plan.model import Solution

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, CpSolver, IntVar, LinearExprT

DAYS = 7
HALF = 2
"""Minutes are counted in halves, so that all numbers are whole."""
BELOW_BEST, NEXT_DAY, WITHOUT_WORK, BESIDE_TRAINING, MOVED = 40, 3, 2, 12, 6
"""Small penalties: less often than best, two days running, a stretch on a day without work, heavy beside a training,
not on a usual day."""
MOST_EFFORT = 2.0
"""Deterministic time of the solver, so that a slow machine finds the same week as a fast one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something to be placed on days.

    Attributes
    ----------
    least, best : int
        Times a week.
    weight : int
        Penalty for every time below ``least``.
    gap_days : int
        From one time to the next, and for heavy work to any other heavy work; 1 is every day.
    days : sequence of bool
        On which of the seven days it is allowed.
    """

    id: str
    minutes: float
    least: int
    best: int
    weight: int
    gap_days: int
    heavy: bool
    warm_up: bool
    after: bool
    days: tuple[bool, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRequest:
    """A week to be filled; the weeks before and after look the same, so rest counts around the end.

    ``trainings`` are days on which heavy work beside them is better avoided; ``usual`` are the items of each day that
    had better stay there, empty when nothing was placed yet.
    """

    minutes: tuple[float, ...]
    items: tuple[Item, ...]
    warm_up_minutes: tuple[float, ...]
    heavy_a_day: int
    trainings: tuple[bool, ...]
    usual: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The items of each day, and how good the week is."""

    days: tuple[tuple[str, ...], ...]
    solution: Solution

    def times(self, item: str) -> int:
        """How often an item was placed."""
        return sum(item in day for day in self.days)


Scheduler = Callable[[WeekRequest], Placed]


def skip_schedule(_: WeekRequest) -> Placed:
    """No schedule: empty days, for whoever needs the exercises only."""
    return Placed(days=((),) * DAYS, solution=Solution(status="feasible", gap=1.0, penalty=0.0))


def solve_week(request: WeekRequest) -> Placed:
    """Place the items of a week.

    Parameters
    ----------
    request : WeekRequest

    Returns
    -------
    Placed
        The same for the same request on every machine. ``solution.gap`` is the share by which the penalty could still
        be lower; 0 when the week is proven to be the best one.
    """
    if not request.items:
        return Placed(days=((),) * DAYS, solution=Solution(status="optimal", gap=0.0, penalty=0.0))
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    placed = [[model.new_bool_var("") for _ in range(DAYS)] for _ in request.items]
    _forbid(model, placed, request)
    _keep_rest(model, placed, request)
    _keep_time(model, placed, request)
    model.minimize(cp_model.LinearExpr.weighted_sum(*_penalties(model, placed, request)))
    solver = cp_model.CpSolver()
    solver.parameters.num_search_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = MOST_EFFORT
    solver.parameters.symmetry_level = 0
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):  # an empty week is always a week
        return Placed(days=((),) * DAYS, solution=Solution(status="impossible", gap=1.0, penalty=0.0))
    return Placed(days=_read(solver, placed, request), solution=_judged(solver, status == cp_model.OPTIMAL))


def _judged(solver: "CpSolver", optimal: bool) -> Solution:
    penalty = solver.objective_value
    gap = 0.0 if optimal else (penalty - solver.best_objective_bound) / max(penalty, 1.0)
    return Solution(status="optimal" if optimal else "feasible", gap=gap, penalty=penalty)


def _read(
    solver: "CpSolver", placed: Sequence[Sequence["IntVar"]], request: WeekRequest
) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(item.id for item, row in zip(request.items, placed, strict=True) if solver.value(row[day]))
        for day in range(DAYS)
    )


def _forbid(model: "CpModel", placed: Sequence[Sequence["IntVar"]], request: WeekRequest) -> None:
    for item, row in zip(request.items, placed, strict=True):
        for day in range(DAYS):
            if not item.days[day] or request.minutes[day] < item.minutes:
                model.add(row[day] == 0)
        model.add(sum(row) <= item.best)


def _keep_rest(model: "CpModel", placed: Sequence[Sequence["IntVar"]], request: WeekRequest) -> None:
    """After an item its own rest, and after a heavy one no other heavy one either."""
    heavy = [row for item, row in zip(request.items, placed, strict=True) if item.heavy]
    hard_day = [model.new_bool_var("") for _ in range(DAYS)] if heavy else []
    for day in range(len(hard_day)):
        for row in heavy:
            model.add_implication(row[day], hard_day[day])
        model.add(sum(row[day] for row in heavy) <= request.heavy_a_day)
    for item, row in zip(request.items, placed, strict=True):
        later = hard_day if item.heavy else row
        for day in range(DAYS):
            for passed in range(1, min(item.gap_days, DAYS)):
                model.add_at_most_one(row[day], later[(day + passed) % DAYS])


def _keep_time(model: "CpModel", placed: Sequence[Sequence["IntVar"]], request: WeekRequest) -> None:
    """The exercises of a day and their warm-up fit the minutes of the day."""
    for day in range(DAYS):
        warm = model.new_bool_var("")
        for item, row in zip(request.items, placed, strict=True):
            if item.warm_up:
                model.add_implication(row[day], warm)
        work = [math.ceil(HALF * item.minutes) for item in request.items]
        warming = math.ceil(HALF * request.warm_up_minutes[day])
        used = sum(half * row[day] for half, row in zip(work, placed, strict=True)) + warming * warm
        model.add(used <= int(HALF * request.minutes[day]))


def _penalties(
    model: "CpModel", placed: Sequence[Sequence["IntVar"]], request: WeekRequest
) -> tuple[list["LinearExprT"], list[int]]:
    """What to keep low, with its weights."""
    terms: list[tuple[LinearExprT, int]] = []
    work = _days_with_work(model, placed, request)
    for item, row in zip(request.items, placed, strict=True):
        missing = model.new_int_var(0, item.least, "")
        model.add(missing >= item.least - sum(row))
        short = model.new_int_var(0, item.best, "")
        model.add(short >= item.best - sum(row))
        never = model.new_bool_var("")
        model.add(never + sum(row) >= 1)
        terms += [(missing, item.weight), (never, item.weight), (short, BELOW_BEST)]
        if item.gap_days == 1 and item.best <= DAYS // 2:
            terms += [(_both(model, row[day], row[(day + 1) % DAYS]), NEXT_DAY) for day in range(DAYS)]
        if item.after:
            terms += [(_without(model, row[day], work[day]), WITHOUT_WORK) for day in range(DAYS)]
        if item.heavy:
            terms += [(row[day], BESIDE_TRAINING) for day in range(DAYS) if _beside(request.trainings, day)]
        terms += [(row[day].negated(), MOVED) for day, usual in enumerate(request.usual) if item.id in usual]
    return [term for term, _ in terms], [weight for _, weight in terms]


def _days_with_work(model: "CpModel", placed: Sequence[Sequence["IntVar"]], request: WeekRequest) -> list["IntVar"]:
    """Days with something other than what comes after."""
    rows = [row for item, row in zip(request.items, placed, strict=True) if not item.after]
    days = [model.new_bool_var("") for _ in range(DAYS)]
    for day, worked in enumerate(days):
        model.add(sum(row[day] for row in rows) >= worked)
    return days


def _both(model: "CpModel", one: "IntVar", other: "IntVar") -> "IntVar":
    both = model.new_bool_var("")
    model.add_bool_or(one.negated(), other.negated(), both)
    return both


def _without(model: "CpModel", one: "IntVar", other: "IntVar") -> "IntVar":
    alone = model.new_bool_var("")
    model.add_bool_or(one.negated(), other, alone)
    return alone


def _beside(trainings: Sequence[bool], day: int) -> bool:
    """The day before or after a training, and not on one."""
    return not trainings[day] and (trainings[(day - 1) % DAYS] or trainings[(day + 1) % DAYS])
