"""The agenda of a practice as a table: a column for each practitioner or day, a row for each quarter of an hour."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from herstel_web.accounts.models import User
from herstel_web.booking.availability import practitioners, spans_of, zone
from herstel_web.booking.models import Absence, Appointment, OccupiedSlot, SlotOffer, WorkingHours
from herstel_web.booking.queries import AT
from herstel_web.booking.times import STEP, Span, moment, without
from herstel_web.practice.models import Practice

ROW_MIN = 15
EARLIEST, LATEST = 8 * 60, 18 * 60
DAY_MIN = 24 * 60
FRIDAY = 4
Status = Appointment.Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that stands in the agenda; minutes count from midnight on the clock of the day."""

    first_min: int
    last_min: int
    begin: datetime
    end: datetime
    appointment: Appointment | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One practitioner on one day; ``practitioner`` is None for appointments of somebody who left."""

    title: str
    day: date
    practitioner: User | None
    is_today: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell over one or more rows: what stands there, or (``at``) that it can be booked from that moment."""

    rows: int
    items: tuple[Item, ...] = ()
    at: str = ""
    clock: str = ""
    column: Column
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    clock: str
    whole_hour: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """The table, and beside it what was cancelled in these days."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    cancelled: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A column with what stands in it and when it is open, in minutes of the day."""

    column: Column
    items: Sequence[Item]
    open: Sequence[tuple[int, int]]
    occupied: frozenset[int]


def of_day(practice: Practice, day: date, today: date) -> Agenda:
    """Everybody on one day."""
    columns = [
        Column(title=one.shown_name, day=day, practitioner=one, is_today=day == today)
        for one in practitioners(practice)
    ]
    return _agenda(practice, columns, day, day)


def of_week(practice: Practice, who: User, monday: date, today: date) -> Agenda:
    """One practitioner from Monday to Sunday; a weekend without anything is left out."""
    days = [monday + timedelta(days=n) for n in range(7)]
    columns = [Column(title="", day=day, practitioner=who, is_today=day == today) for day in days]
    return _agenda(practice, columns, days[0], days[-1])


def _agenda(practice: Practice, columns: Sequence[Column], first: date, last: date) -> Agenda:
    span = Span.of_days(first, last, zone())
    items, cancelled = _items(practice, columns, span)
    hours, occupied = _open(practice, columns, first, last), _occupied(columns, span)
    filled = [
        _Filled(column=one, items=items[_key(one)], open=hours[_key(one)], occupied=frozenset(occupied[_key(one)]))
        for one in [*columns, *_of_who_left(items, columns, first)]
    ]
    shown = _shown(filled, by_day=first == last)
    begin, end = _shown_hours(shown)
    return Agenda(
        columns=tuple(one.column for one in shown), rows=tuple(_rows(shown, begin, end)), cancelled=tuple(cancelled)
    )


def _shown(filled: Sequence[_Filled], *, by_day: bool) -> Sequence[_Filled]:
    """Of a day who works then or has something in it, of a week the working days: everything when that is nothing."""
    busy = [one for one in filled if one.open or one.items or (not by_day and one.column.day.weekday() <= FRIDAY)]
    return busy or filled


Key = tuple[int | None, date]


def _key(column: Column) -> Key:
    return (column.practitioner.pk if column.practitioner else None, column.day)


def _of_who_left(items: Mapping[Key, object], columns: Sequence[Column], first: date) -> Iterator[Column]:
    """A column for appointments whose practitioner has no account any more: somebody must take them over."""
    known = {_key(one) for one in columns}
    for who, day in list(items):
        if who is None and (who, day) not in known and day == first:
            yield Column(title=gettext("Nobody any more"), day=day, practitioner=None)


# --- what stands there -----------------------------------------------------------------------------------------------


def _items(
    practice: Practice, columns: Sequence[Column], span: Span
) -> tuple[dict[Key, list[Item]], list[Appointment]]:
    found: dict[Key, list[Item]] = defaultdict(list)
    ids = [one.practitioner.pk for one in columns if one.practitioner]
    cancelled = []
    for one in _appointments(practice, ids, span):
        if one.stands:
            _put(found, one.practitioner_id, Span(begin=one.start, end=one.end), one, "")
        else:
            cancelled.append(one)
    for who, taken, label in [*_held(practice, ids, span), *_away(practice, ids, span)]:
        _put(found, who, taken, None, label)
    return found, cancelled


def _put(
    found: dict[Key, list[Item]], who: int | None, span: Span, appointment: Appointment | None, label: str
) -> None:
    """On each day that it touches."""
    begin, end = span.begin.astimezone(zone()), span.end.astimezone(zone())
    day = begin.date()
    while day <= end.date() and (day < end.date() or end.time() > time.min):
        first = begin.hour * 60 + begin.minute if day == begin.date() else 0
        last = end.hour * 60 + end.minute if day == end.date() else DAY_MIN
        found[who, day].append(
            Item(
                first_min=first,
                last_min=max(last, first + 1),
                begin=span.begin,
                end=span.end,
                appointment=appointment,
                label=label,
            )
        )
        day += timedelta(days=1)


def _appointments(practice: Practice, ids: Sequence[int], span: Span) -> "QuerySet[Appointment]":
    found = Appointment.objects.filter(practice=practice, start__lt=span.end, end__gt=span.begin)
    found = found.filter(Q(practitioner__in=ids) | Q(practitioner=None))
    return found.select_related("person", "kind", "practitioner").order_by("start")


def _held(practice: Practice, ids: Sequence[int], span: Span) -> Iterator[tuple[int, Span, str]]:
    offers = SlotOffer.objects.filter(entry__practice=practice, practitioner__in=ids, state=SlotOffer.State.OPEN)
    for one in offers.filter(start__lt=span.end, end__gt=span.begin):
        yield one.practitioner_id, Span(begin=one.start, end=one.end), gettext("Held for the waiting list")


def _away(practice: Practice, ids: Sequence[int], span: Span) -> Iterator[tuple[int, Span, str]]:
    who = Q(practice=practice, practitioner=None) | Q(practitioner__in=ids)
    for one in Absence.objects.filter(who, begins__lt=span.end, ends__gt=span.begin):
        within = Span(begin=max(one.begins, span.begin), end=min(one.ends, span.end))
        said = one.label if one.practice_id == practice.pk else ""
        for practitioner in [one.practitioner_id] if one.practitioner_id else ids:
            yield practitioner, within, said or (gettext("Away") if one.practitioner_id else gettext("Closed"))


def _open(
    practice: Practice, columns: Sequence[Column], first: date, last: date
) -> Mapping[Key, list[tuple[int, int]]]:
    found: dict[Key, list[tuple[int, int]]] = defaultdict(list)
    ids = {one.practitioner.pk for one in columns if one.practitioner}
    hours = WorkingHours.objects.filter(practice=practice, practitioner__in=ids, valid_from__lte=last)
    for one in hours.filter(Q(valid_until=None) | Q(valid_until__gte=first)):
        for span in spans_of(one, first, last):
            day = span.begin.astimezone(zone()).date()
            found[one.practitioner_id, day].append((_minutes(one.begins), _minutes(one.ends)))
    return found


def _occupied(columns: Sequence[Column], span: Span) -> Mapping[Key, set[int]]:
    found: dict[Key, set[int]] = defaultdict(set)
    ids = {one.practitioner.pk for one in columns if one.practitioner}
    slots = OccupiedSlot.objects.filter(practitioner__in=ids, at__gte=span.begin, at__lt=span.end)
    for who, at in slots.values_list("practitioner_id", "at"):
        there = at.astimezone(zone())
        found[who, there.date()].add(_minutes(there.time()))
    return found


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


# --- the table -------------------------------------------------------------------------------------------------------


def _shown_hours(filled: Sequence[_Filled]) -> tuple[int, int]:
    """From which to which minute of the day there is something to show; what lasts all day asks for no more."""
    times = [span for one in filled for span in one.open]
    times += [(item.first_min, item.last_min) for one in filled for item in one.items if item.appointment]
    begin = min((first for first, _ in times), default=EARLIEST)
    end = max((last for _, last in times), default=LATEST)
    return begin - begin % ROW_MIN, end + -end % ROW_MIN


def _rows(filled: Sequence[_Filled], begin: int, end: int) -> Iterator[Row]:
    cells: list[Mapping[int, Cell]] = [_cells(one, begin, end) for one in filled]
    for at in range(begin, end, ROW_MIN):
        row = tuple(column[at] for column in cells if at in column)
        yield Row(clock=_clock(at), whole_hour=at % 60 == 0, cells=row)


def _cells(filled: _Filled, begin: int, end: int) -> Mapping[int, Cell]:
    """The cells of a column by the minute at which they begin; a row that a cell above covers has none."""
    found: dict[int, Cell] = {}
    waiting = sorted((one for one in filled.items if one.last_min > begin), key=lambda one: one.first_min)
    at = begin
    while at < end:
        here = [one for one in waiting if one.first_min < at + ROW_MIN]
        if not here:
            found[at] = _free(filled, at)
            at += ROW_MIN
            continue
        until, items = at + ROW_MIN, []
        while waiting and waiting[0].first_min < until:
            items.append(waiting.pop(0))
            until = min(end, max(until, items[-1].last_min + -(items[-1].last_min - begin) % ROW_MIN))
        state = "booked" if any(one.appointment for one in items) else "away"
        found[at] = Cell(rows=(until - at) // ROW_MIN, items=tuple(items), column=filled.column, state=state)
        at = until
    return found


def _free(filled: _Filled, at: int) -> Cell:
    """A quarter of an hour with nothing in it: open to book, kept free after an appointment, or outside the hours."""
    is_open = any(first <= at and at + ROW_MIN <= last for first, last in filled.open)
    taken = any(step in filled.occupied for step in range(at, at + ROW_MIN, STEP.seconds // 60))
    start = moment(filled.column.day, time(at // 60, at % 60), zone())
    return Cell(
        rows=1,
        at=start.strftime(AT) if is_open and not taken and filled.column.practitioner else "",
        clock=_clock(at),
        column=filled.column,
        state="taken" if taken else "open" if is_open else "closed",
    )


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


# --- within the hours? -----------------------------------------------------------------------------------------------


def is_within_hours(practice: Practice, practitioner_id: int, span: Span) -> bool:
    """Whether somebody works then and is not away; whether the time is free is another question."""
    day = span.begin.astimezone(zone()).date()
    hours = WorkingHours.objects.filter(practice=practice, practitioner=practitioner_id)
    spans = [one for of_one in hours for one in spans_of(of_one, day, day)]
    who = Q(practice=practice, practitioner=None) | Q(practitioner=practitioner_id)
    away = Absence.objects.filter(who, begins__lt=span.end, ends__gt=span.begin)
    left = without(spans, [Span(begin=one.begins, end=one.ends) for one in away])
    return any(one.begin <= span.begin and span.end <= one.end for one in left)


def place_then(practice: Practice, practitioner_id: int, at: datetime) -> int | None:
    """Where somebody works at a moment, by their hours."""
    day = at.astimezone(zone()).date()
    for one in WorkingHours.objects.filter(practice=practice, practitioner=practitioner_id).exclude(location=None):
        if any(span.begin <= at < span.end for span in spans_of(one, day, day)):
            return one.location_id
    return None
