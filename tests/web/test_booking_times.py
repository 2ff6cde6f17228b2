"""When somebody is free, also on the days on which the clock changes."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from herstel_web.booking.times import Span, begins_in, exists, joined, moment, part_of_day, whole_step, without

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MARCH, OCTOBER = date(2026, 3, 29), date(2026, 10, 25)
"""The Sundays on which summer time begins and ends."""
HALF_HOUR = timedelta(minutes=30)
EARLY = datetime(2020, 1, 1, tzinfo=UTC)


def utc(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, 2, hour, minute, tzinfo=UTC)


def span(first: int, last: int) -> Span:
    return Span(begin=utc(first), end=utc(last))


def clocks(day: date, begins: time, ends: time) -> list[str]:
    """The beginnings of half hours on the clock of the place."""
    found = begins_in(Span.on(day, begins, ends, AMSTERDAM), HALF_HOUR, EARLY)
    return [at.astimezone(AMSTERDAM).strftime("%H:%M") for at in found]


@pytest.mark.parametrize("day", [MARCH - timedelta(days=1), MARCH, MARCH + timedelta(days=1), OCTOBER])
def test_nine_o_clock_stays_nine_o_clock_when_the_clock_changes(day: date) -> None:
    assert clocks(day, time(9), time(10, 30)) == ["09:00", "09:30", "10:00"]


def test_the_hour_that_is_skipped_in_march_cannot_be_booked() -> None:
    assert clocks(MARCH, time(1), time(4)) == ["01:00", "01:30", "03:00", "03:30"]
    assert not exists(MARCH, time(2, 30), AMSTERDAM)
    assert exists(MARCH, time(3), AMSTERDAM)


def test_the_hour_that_comes_twice_in_october_can_be_booked_twice() -> None:
    assert clocks(OCTOBER, time(1), time(4)) == ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]
    found = list(begins_in(Span.on(OCTOBER, time(1), time(4), AMSTERDAM), HALF_HOUR, EARLY))
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(("day", "hours"), [(MARCH, 23), (OCTOBER, 25), (date(2026, 6, 1), 24)])
def test_a_day_lasts_as_long_as_it_lasts(day: date, hours: int) -> None:
    whole = Span.of_days(day, day, AMSTERDAM)
    assert whole.end - whole.begin == timedelta(hours=hours)


def test_an_hour_that_comes_twice_counts_as_the_first() -> None:
    assert moment(OCTOBER, time(2, 30), AMSTERDAM) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_is_busy_is_taken_out_wherever_it_lies() -> None:
    day = [span(9, 17)]
    assert without(day, [span(12, 13)]) == [span(9, 12), span(13, 17)]
    assert without(day, [span(8, 10), span(16, 18)]) == [span(10, 16)]
    assert without(day, [span(9, 17)]) == []
    assert without(day, [span(6, 9), span(17, 20)]) == day


def test_working_hours_that_overlap_count_once_where_they_are_the_same() -> None:
    assert without([span(9, 12), span(9, 12)], []) == [span(9, 12)]


def test_times_are_offered_one_behind_the_other_and_not_before_it_is_allowed() -> None:
    free = Span(begin=utc(9), end=utc(10, 40))
    assert list(begins_in(free, HALF_HOUR, EARLY)) == [utc(9), utc(9, 30), utc(10)]
    assert list(begins_in(free, HALF_HOUR, utc(9, 31))) == [utc(9, 35), utc(10, 5)]


def test_a_moment_is_rounded_up_to_a_whole_step() -> None:
    assert whole_step(utc(9, 31)) == utc(9, 35)
    assert whole_step(utc(9, 35)) == utc(9, 35)
    assert whole_step(utc(9, 55).replace(second=1)) == utc(10)


def test_steps_that_touch_are_one_span() -> None:
    steps = [*span(9, 10).steps(), *span(10, 11).steps(), *span(12, 13).steps()]
    assert joined(steps) == [span(9, 11), span(12, 13)]


@pytest.mark.parametrize(("hour", "part"), [(8, "m"), (12, "a"), (17, "a"), (18, "e")])
def test_parts_of_the_day_are_those_of_the_clock(hour: int, part: str) -> None:
    assert part_of_day(moment(MARCH, time(hour), AMSTERDAM), AMSTERDAM) == part
