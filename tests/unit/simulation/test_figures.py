import pytest

from herstel_simulation.figures import Outcome, Passed, Scored, Waiting, by, figures, held_back

KEYS = {
    "people", "red_flag_advanced", "unready_advanced_share", "ready_held_back_median_days", "coverage80",
    "median_width_days", "recurrence_share",
}  # fmt: skip


def outcome(**changes: object) -> Outcome:
    facts: dict[str, object] = {
        "number": 0,
        "grade": "1",
        "assessed_grade": "1",
        "track": "strain",
        "level": "recreational",
        "passed": (),
        "waiting": (),
        "forecasts": (),
        "red_flag_told": None,
        "red_flag_advanced": False,
        "returned_on": None,
        "recurrence_on": None,
        "flare_ups": 0,
        "relapses": 0,
    }
    return Outcome(**{**facts, **changes})  # type: ignore[arg-type]


def passed(days: float, *, unready: bool = False) -> Passed:
    return Passed(gate="2", day=20, fraction=0.6, unready=unready, held_back_days=days)


def test_nothing_to_count_is_none_and_never_zero() -> None:
    found = figures([outcome()])
    assert set(found) == KEYS
    assert found["unready_advanced_share"] is None
    assert found["ready_held_back_median_days"] is None
    assert found["recurrence_share"] is None
    assert found["coverage80"] == {"day1": None, "day7": None, "day21": None}


def test_unready_gates_are_a_share_of_all_gates_passed() -> None:
    found = figures([outcome(passed=(passed(3), passed(0, unready=True))), outcome(passed=(passed(5), passed(5)))])
    assert found["unready_advanced_share"] == pytest.approx(0.25)


def test_gates_still_shut_count_with_the_days_so_far() -> None:
    people = [outcome(passed=(passed(2),)), outcome(waiting=(Waiting(gate="2", held_back_days=30),))]
    assert held_back(people, "2") == [2, 30]
    assert held_back(people, "1") == []
    assert figures(people)["ready_held_back_median_days"] == 16


def test_who_was_not_ready_was_not_held_back() -> None:
    assert held_back([outcome(passed=(passed(0, unready=True),))]) == []


def test_coverage_is_told_by_day() -> None:
    inside = Scored(day=7, low=10, median=20, high=40, truly=25)
    outside = Scored(day=7, low=10, median=20, high=30, truly=45)
    found = figures([outcome(forecasts=(inside,)), outcome(forecasts=(outside,))])
    assert found["coverage80"] == {"day1": None, "day7": 0.5, "day21": None}


def test_widths_compare_the_same_people_on_every_day() -> None:
    days = (1, 7, 21)
    all_days = tuple(Scored(day=day, low=10, median=20, high=60 - day, truly=40) for day in days)  # type: ignore[arg-type]
    only_late = (Scored(day=21, low=10, median=100, high=200, truly=120),)
    found = figures([outcome(forecasts=all_days), outcome(forecasts=only_late)])
    assert found["median_width_days"] == {"day1": 49, "day7": 43, "day21": 29}


def test_recurrence_is_a_share_of_who_returned() -> None:
    found = figures([outcome(returned_on=40, recurrence_on=50), outcome(returned_on=40), outcome()])
    assert found["recurrence_share"] == 0.5


def test_outcomes_are_grouped_in_order() -> None:
    groups = by([outcome(grade="2"), outcome(grade="0"), outcome(grade="2")], "grade")
    assert [(grade, len(these)) for grade, these in groups.items()] == [("0", 1), ("2", 2)]
