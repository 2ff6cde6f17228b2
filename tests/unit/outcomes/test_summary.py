from datetime import date, timedelta

import pytest

from herstel.outcomes.following import adherences, dropped_out, quality
from herstel.outcomes.model import AfterReturn
from herstel.outcomes.summary import (
    days_to_the_table,
    enough,
    forecast_scores,
    milestone_times,
    persons_in,
    recurrences,
    spread_of,
    with_new_complaints,
)
from tests.unit.outcomes.cases import case, judged, phase, returned

TODAY = date(2026, 6, 1)


def test_persons_count_once_whatever_the_number_of_their_cases() -> None:
    assert persons_in([case("a"), case("a"), case("b")]) == 2
    assert not enough(4)
    assert enough(5)


def test_a_spread_is_the_middle_one_and_the_middle_half() -> None:
    found = spread_of([("a", 1.0), ("b", 2.0), ("b", 3.0), ("c", 4.0), ("d", 10.0)])
    assert found is not None
    assert (found.persons, found.count) == (4, 5)
    assert (found.low_quarter, found.median, found.high_quarter) == (2, 3, 4)
    assert spread_of([]) is None


# --- forecasts ---


def test_of_each_case_one_forecast_counts_in_a_group() -> None:
    cases = [
        case("a", forecasts=(judged(True, day=2), judged(False, day=9))),
        case("b", forecasts=(judged(False, day=8, error=-4),)),
        case("c", forecasts=(judged(None, day=30, reached=False, error=0),)),
        case("d", forecasts=(judged(None, day=1, reached=None),)),
        case("e"),
    ]
    scores = forecast_scores(cases)
    assert {name: (one.persons, one.tally.forecasts) for name, one in scores.items()} == {
        "all": (4, 4),
        "0-6": (2, 2),
        "7-20": (2, 2),
        "21+": (1, 1),
    }
    every = scores["all"].tally
    assert (every.reached, every.waiting, every.unreported) == (2, 1, 1)
    assert (every.coverage[80].inside, every.coverage[80].outside, every.coverage[80].undecided) == (1, 1, 1)
    assert every.error_days == pytest.approx((2 + 4 + 0) / 3)
    assert every.bias_days == pytest.approx((2 - 4 + 0) / 3)


# --- milestones ---


def test_days_to_a_milestone_count_who_got_there_and_who_is_under_way() -> None:
    cases = [
        *(case(name, milestones={"jog": day}) for name, day in zip("abcdef", (10.0, 12, 14, 16, 18, 20), strict=True)),
        case("g", last_day=15.0),
        case("h", milestones={"jog": 1.0}, already=frozenset({"jog"})),
        case("i", began=None),
        case("j", last_day=None),
        case("k", milestones={"jog": 5.0}, followed_from_day=9.0),
    ]
    jog = next(one for one in milestone_times(cases) if one.milestone == "jog")
    assert (jog.persons, jog.reached, jog.waiting, jog.already, jog.unknown) == (7, 6, 1, 1, 3)
    assert jog.days is not None
    assert (jog.days.low_quarter, jog.days.median, jog.days.high_quarter) == (12.5, 15.0, 17.5)
    # at risk: 7 on day 10, 6 on 12, 5 on 14; on day 15 one is lost, after that too few are followed
    assert [one.share for one in jog.estimate.steps] == pytest.approx([6 / 7, 5 / 7, 4 / 7])
    assert jog.estimate.median is None


def test_days_to_a_whole_training_are_told_of_who_has_a_sport() -> None:
    cases = [
        case("a", full_session_day=20.0, milestones={"return": 27.0}),
        case("b", full_session_day=24.0),
        case("c", full_session_day=1.0),
        case("d", sport=False, milestones={"return": 22.0}),
        case("e", last_day=28.0),
    ]
    (whole,) = [one for one in milestone_times(cases) if one.milestone == "full_session"]
    assert (whole.persons, whole.reached, whole.waiting, whole.already) == (3, 2, 1, 1)
    later = days_to_the_table(cases)
    assert later is not None
    assert (later.persons, later.median) == (1, 7.0)


def test_milestones_come_in_the_order_in_which_they_are_reached() -> None:
    found = milestone_times([])
    assert [one.milestone for one in found][-3:] == ["full_training", "full_session", "return"]
    assert all(one.days is None and one.persons == 0 for one in found)


# --- recurrence ---


def test_what_came_back_is_counted_by_the_time_after_return() -> None:
    cases = [
        returned("a", followed=100, stop_sign_days=5),
        returned("b", followed=100, stop_sign_days=14),
        returned("c", followed=200, new_complaint_days=50, stop_sign_days=60),
        returned("d", followed=500, new_complaint_days=400),
        returned("e", followed=90, overload_days=3),
        returned("f", followed=90),
        returned("g", followed=0),
        case("h"),
        case("i", component="0", after_return=AfterReturn(followed_days=30.0, stop_sign_days=2.0)),
    ]
    found = recurrences(cases)
    assert (found.persons, found.followed, found.silent) == (6, 6, 1)
    assert (found.stop_signs, found.new_complaints, found.overloads) == (3, 2, 1)
    assert found.by_time == {14: 2, 42: 0, 84: 1, 365: 0}
    assert (found.later, found.came_back) == (1, 4)
    assert [found.still_followed(day) for day in (14, 42, 84, 365)] == [5, 4, 3, 1]
    # at risk: 6 on day 5, 5 on day 14; on day 50 there are 4, too few
    assert [(one.day, one.share) for one in found.estimate.steps] == [
        (5, pytest.approx(5 / 6)),
        (14, pytest.approx(5 / 6 * 4 / 5)),
    ]


def test_a_new_tear_on_the_same_side_shows_that_the_first_came_back() -> None:
    first = returned("a", followed=10)
    again = case("a", opened=date(2026, 6, 2), began=date(2026, 5, 31))
    found = with_new_complaints([first, again])
    assert found[0].after_return == AfterReturn(followed_days=30.0, new_complaint_days=30.0)
    assert found[1] is again


def test_a_new_complaint_of_unknown_day_counts_from_when_it_was_told() -> None:
    again = case("a", opened=date(2026, 6, 2), began=None)
    after = with_new_complaints([returned("a", followed=50), again])[0].after_return
    assert after is not None
    assert (after.new_complaint_days, after.followed_days) == (32.0, 50.0)


@pytest.mark.parametrize(
    "other",
    [
        {"sides": ("right",)},
        {"component": "0"},
        {"opened": date(2026, 4, 1)},
        {"person": "b"},
    ],
)
def test_another_side_soreness_an_earlier_case_and_another_person_show_nothing(other: dict[str, object]) -> None:
    first = returned("a", followed=10)
    later = case(**{"person": "a", "opened": date(2026, 6, 2), "began": date(2026, 5, 31), **other})  # type: ignore[arg-type]
    assert with_new_complaints([first, later])[0] is first


# --- adherence ---


def test_adherence_is_a_number_of_each_person_in_a_phase_of_a_week_or_longer() -> None:
    cases = [
        case("a", phases=(phase(1, days=14, told=7, trained=3, planned=4.0, as_planned=8, fewer=2),)),
        case("b", phases=(phase(1, days=7, told=7, trained=5, planned=4.0),)),
        case("c", phases=(phase(1, days=6, told=6), phase(2, days=10, told=0))),
    ]
    first, second, *others = adherences(cases, date(2026, 4, 2)).phases
    assert first.check_ins is not None
    assert first.trained is not None
    assert first.as_planned is not None
    assert (first.check_ins.persons, first.check_ins.median) == (2, 5.25)  # 3.5 and 7
    assert first.trained.median == 0.875  # 3 of 4, and 5 of 4, which is all
    assert (first.as_planned.count, first.as_planned.median) == (1, 0.8)
    assert second.check_ins is not None
    assert second.check_ins.median == 0
    assert second.trained is None
    assert all(one.check_ins is None for one in others)


def test_who_tells_nothing_for_two_weeks_may_have_dropped_out() -> None:
    silent = case("a", last_check_in=TODAY - timedelta(days=15))
    never = case("b", last_check_in=None, phase=1)
    told = case("c", last_check_in=TODAY - timedelta(days=14))
    shut = case("d", closed=True)
    back = returned("e", followed=1)
    assert [dropped_out(one, TODAY) for one in (silent, never, told, shut, back)] == [True, True, False, False, False]
    found = adherences([silent, never, told, shut, back], TODAY)
    assert (found.dropped_out.persons, found.dropped_out.counted.k, found.dropped_out.counted.n) == (5, 2, 5)
    assert found.closed_before.counted.k == 1
    assert [one.stopped for one in found.phases] == [1, 1, 0, 0]


# --- quality ---


def test_quality_counts_how_complete_the_facts_are() -> None:
    cases = [
        case("a", gates={"1": True, "2": False}),
        case("a", own_goal=False, gates={"1": False}),
        case("b", began=None, measured=False, asked_fields=0, told_fields=0),
    ]
    found = quality(cases)
    assert [(one.counted.k, one.counted.n) for one in (found.own_goal, found.day_known, found.measured)] == [(2, 3)] * 3
    assert (found.fields.persons, found.fields.counted.k, found.fields.counted.n) == (1, 18, 20)
    shown = {gate: (one.persons, one.counted.k, one.counted.n) for gate, one in found.gates.items()}
    assert shown == {"1": (1, 1, 2), "2": (1, 0, 1), "3": (0, 0, 0), "return": (0, 0, 0)}
