from dataclasses import replace
from itertools import product

import pytest

from herstel.plan import schedule
from herstel.plan.schedule import DAYS, Item, Placed, WeekRequest, skip_schedule, solve_week

EVERY_DAY = (True,) * DAYS


def item(name: str = "curl", **changes: object) -> Item:
    usual = Item(
        id=name, minutes=10, least=2, best=2, weight=300, gap_days=1, heavy=False, warm_up=False, after=False,
        days=EVERY_DAY,
    )  # fmt: skip
    return replace(usual, **changes)


def request(*items: Item, minutes: tuple[float, ...] = (30,) * DAYS, **changes: object) -> WeekRequest:
    usual = WeekRequest(
        minutes=minutes, items=items, warm_up_minutes=(10.0,) * DAYS, heavy_a_day=2, trainings=(False,) * DAYS
    )
    return replace(usual, **changes)


def days_of(placed: Placed, name: str) -> list[int]:
    return [day for day, names in enumerate(placed.days) if name in names]


def test_everything_is_placed_as_often_as_is_best() -> None:
    placed = solve_week(request(item(least=2, best=3), item("bridge", least=1, best=1)))
    assert placed.times("curl") == 3
    assert placed.times("bridge") == 1
    assert placed.solution.status == "optimal"
    assert placed.solution.gap == 0


def test_the_minutes_of_a_day_are_kept_with_the_warm_up() -> None:
    placed = solve_week(request(item(warm_up=True, least=7, best=7), minutes=(20, 19.5, 20, 0, 20, 20, 20)))
    assert days_of(placed, "curl") == [0, 2, 4, 5, 6]


def test_rest_counts_round_the_end_of_the_week() -> None:
    placed = solve_week(request(item(gap_days=3, least=3, best=3)))
    days = days_of(placed, "curl")
    assert len(days) == 2
    assert all((later - day) % DAYS >= 3 for day, later in product(days, days) if day != later)


def test_heavy_work_rests_after_other_heavy_work() -> None:
    placed = solve_week(
        request(item("nordic", heavy=True, gap_days=3), item("sprint", heavy=True, gap_days=2, least=2, best=2))
    )
    nordic, sprint = days_of(placed, "nordic"), days_of(placed, "sprint")
    assert all((day - done) % DAYS >= 3 or day == done for done in nordic for day in sprint)
    assert placed.solution.status == "optimal"


def test_no_more_heavy_work_on_a_day_than_allowed() -> None:
    heavy = [item(name, heavy=True, gap_days=2, least=3, best=3) for name in ("one", "two", "three")]
    placed = solve_week(request(*heavy, minutes=(90,) * DAYS))
    assert max(len(names) for names in placed.days) == 2


def test_what_is_not_allowed_on_a_day_is_not_placed_there() -> None:
    placed = solve_week(request(item(least=7, best=7, days=(False, True, False, True, False, True, False))))
    assert days_of(placed, "curl") == [1, 3, 5]


def test_what_weighs_less_is_given_up_first() -> None:
    important, other = item("important", weight=10_000, least=3, best=3), item("other", weight=300, least=3, best=3)
    placed = solve_week(request(other, important, minutes=(10, 0, 10, 0, 10, 0, 0)))
    assert placed.times("important") == 3
    assert placed.times("other") == 0


def test_two_equal_wishes_each_get_something() -> None:
    placed = solve_week(request(item("one"), item("two"), minutes=(10, 0, 10, 0, 0, 0, 0)))
    assert placed.times("one") == placed.times("two") == 1


def test_the_same_exercise_is_not_placed_on_consecutive_days_without_need() -> None:
    placed = solve_week(request(item(least=3, best=3)))
    days = days_of(placed, "curl")
    assert all((later - day) % DAYS > 1 for day, later in product(days, days) if day != later)


def test_a_stretch_comes_after_other_work_where_it_can() -> None:
    stretch = item("stretch", after=True, minutes=5)
    placed = solve_week(request(item(least=2, best=2, days=(True, False, False, True, False, False, False)), stretch))
    assert days_of(placed, "stretch") == [0, 3]


def test_heavy_work_is_rather_on_a_training_day_than_beside_it() -> None:
    trainings = (False, True, False, False, False, False, False)
    heavy = item(heavy=True, gap_days=2, least=1, best=1, days=(True, True, True, False, False, False, False))
    assert days_of(solve_week(request(heavy, trainings=trainings)), "curl") == [1]


def test_a_week_without_time_is_empty_and_says_what_it_costs() -> None:
    placed = solve_week(request(item(), minutes=(0,) * DAYS))
    assert placed.days == ((),) * DAYS
    assert placed.solution.penalty > 0


def test_nothing_to_place_needs_no_solver() -> None:
    placed = solve_week(request())
    assert placed.days == ((),) * DAYS
    assert placed.solution.status == "optimal"


def test_the_same_request_gets_the_same_week() -> None:
    asked = request(*(item(name, least=2, best=3) for name in "abcdefgh"), minutes=(30, 0, 45, 0, 30, 0, 20))
    assert solve_week(asked) == solve_week(asked)


def test_the_week_is_as_good_as_the_best_of_all_weeks() -> None:
    """Against trying every week: two exercises that share short days."""
    days = (True, True, True, True, False, False, False)
    asked = request(
        item("one", gap_days=2, least=2, best=2, weight=1000, days=days),
        item("two", gap_days=3, least=2, best=2, weight=100, days=days),
        minutes=(10, 10, 10, 10, 0, 0, 0),
    )
    placed = solve_week(asked)
    assert placed.solution.penalty == _cheapest(asked)


def _cheapest(asked: WeekRequest) -> float:
    """The lowest penalty of all weeks in which no day holds two exercises."""

    def penalty(name: Item, on: list[int]) -> float:
        missing = max(0, name.least - len(on))
        never = name.weight * (not on)
        return name.weight * missing + never + schedule.BELOW_BEST * max(0, name.best - len(on))

    def rests(name: Item, on: list[int]) -> bool:
        return all((later - day) % DAYS >= name.gap_days for day in on for later in on if later != day)

    best = float("inf")
    for week in product(range(3), repeat=4):
        placed = [[day for day, one in enumerate(week) if one == number] for number in (1, 2)]
        pairs = list(zip(asked.items, placed, strict=True))
        if all(rests(name, on) and len(on) <= name.best for name, on in pairs):
            best = min(best, sum(penalty(name, on) for name, on in pairs))
    return best


def test_a_week_that_is_not_proven_says_how_far_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "MOST_EFFORT", 0.0005)
    items = [item(f"i{n}", least=4, best=5, minutes=7 + n % 5, gap_days=1 + n % 3, heavy=n % 3 == 0) for n in range(24)]
    placed = solve_week(request(*items, minutes=(50, 40, 30, 20, 35, 45, 25)))
    assert placed.solution.status in ("feasible", "impossible")
    assert placed.solution.gap > 0


def test_no_effort_at_all_gives_no_week(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "MOST_EFFORT", 0.0)
    placed = solve_week(request(*(item(f"i{n}", least=4, best=5) for n in range(24))))
    assert placed.solution.status == "impossible"
    assert placed.days == ((),) * DAYS


def test_skipping_the_schedule_leaves_the_days_empty() -> None:
    assert skip_schedule(request(item())).days == ((),) * DAYS
