"""What the week cannot hold: which wish was given up, how much of it is left, and why."""

from collections.abc import Iterator, Sequence

from herstel.knowledge.plan_entries import WeeklyDose
from herstel.plan.activities import takes_part
from herstel.plan.choose import Choice
from herstel.plan.circumstances import Circumstances
from herstel.plan.model import Edit, Wish
from herstel.plan.road import days_until
from herstel.plan.schedule import DAYS, Item
from herstel.plan.week import Scheduled
from herstel.text import LANGUAGES, Language, Text


def wishes_of_week(choices: Sequence[Choice], scheduled: Scheduled, now: Circumstances) -> Iterator[Wish]:
    """The exercises that come back less often than they should, most important first."""
    if not any(scheduled.request.minutes):
        if choices:
            yield _wish(now, "minutes", "no_days", 1, 0)
        return
    items = {item.id: item for item in scheduled.request.items}
    for choice in choices:
        times = scheduled.placed.times(choice.id)
        if choice.id in items and choice.rank != "optional" and times < choice.least:
            reason = _reason(items[choice.id], scheduled, now)
            name = "edit_times" if choice.planned.edited and reason != "paused" else f"sessions_{reason}"
            about = f"edit:{choice.id}" if choice.planned.edited else f"target:{choice.planned.why.target}"
            yield _wish(now, about, name, choice.least, times, _target_name(choice.planned.why.target, now))


def _reason(item: Item, scheduled: Scheduled, now: Circumstances) -> str:
    """The first thing that alone makes so many times impossible; the minutes when nothing alone does."""
    trainable = [minutes > 0 for minutes in scheduled.request.minutes]
    matches = {event.weekday for event in now.goal.events if event.kind == "match"}
    if sum(trainable) < item.least:
        return "days"
    paused = now.position.paused_until.get(item.id, now.day) > now.day
    if paused and _most_times(trainable, item.gap_days) >= item.least:
        return "paused"
    if _most_times(trainable, item.gap_days) < item.least:
        return "rest"
    allowed = [day and open_day for day, open_day in zip(trainable, item.days, strict=True)]
    if matches and _most_times(allowed, item.gap_days) < item.least:
        return "match"
    first = scheduled.request.warm_up_minutes if item.warm_up else (0.0,) * DAYS
    room = zip(allowed, scheduled.request.minutes, first, strict=True)
    long_enough = [day and minutes >= item.minutes + before for day, minutes, before in room]
    if not item.heavy or _most_times(long_enough, item.gap_days) < item.least:
        return "minutes"
    return "match" if trainable != allowed and matches else "rest"


def _most_times(days: Sequence[bool], gap_days: int) -> int:
    """How often something fits in a week that repeats, with so many days from one time to the next."""
    best = 0
    for chosen in range(1 << DAYS):
        on = [day for day in range(DAYS) if chosen >> day & 1]
        apart = all((later - day) % DAYS >= gap_days for day in on for later in on if later != day)
        if apart and all(days[day] for day in on):
            best = max(best, len(on))
    return best


def wishes_without_exercise(empty: Sequence[WeeklyDose], now: Circumstances) -> Iterator[Wish]:
    """Required targets for which no exercise is possible."""
    for dose in empty:
        if dose.required:
            name = _target_name(dose.target, now)
            yield _wish(now, f"target:{dose.target}", "nothing_fits", dose.sessions_low, 0, name)


def wishes_of_goal(now: Circumstances) -> Iterator[Wish]:
    """Trainings and matches that have to wait, and a date that comes too soon."""
    for kind in ("match", "training"):
        events = [event for event in now.goal.events if event.kind == kind]
        if events and not takes_part(kind, now):
            yield _wish(now, kind, kind, len(events), 0)
    if now.goal.target_date is not None and now.track.id not in ("prevention", "see_first"):
        wanted, least = (now.goal.target_date - now.day).days, days_until(max(now.knowledge.plan.phases), now)
        if wanted < least:
            yield _wish(now, "target_date", "target_date", wanted, least)


def wishes_of_edits(set_aside: Sequence[Edit], now: Circumstances) -> Iterator[Wish]:
    """Changes by the therapist that do not fit now; they are kept."""
    for edit in set_aside:
        yield _wish(now, f"edit:{edit.exercise}", "edit", 1, 0, _exercise_name(edit, now))


def _exercise_name(edit: Edit, now: Circumstances) -> Text:
    if edit.own is not None:
        return edit.own.name
    return now.knowledge.exercises.exercises[edit.other or edit.exercise].name


def _target_name(target: str, now: Circumstances) -> Text:
    entry = now.knowledge.exercises.targets.get(target)
    return entry.name if entry is not None else Text(nl=target, en=target)


def _wish(now: Circumstances, about: str, name: str, wanted: float, possible: float, what: Text | None = None) -> Wish:  # noqa: PLR0913 - a wish has so many parts
    template = now.knowledge.plan.wishes[name].text

    def filled(language: Language) -> str:
        said = what[language] if what is not None else ""
        text = template[language].format(wanted=f"{wanted:g}", possible=f"{possible:g}", what=said)
        return text[:1].upper() + text[1:]

    nl, en = (filled(language) for language in LANGUAGES)
    return Wish(id=about, wanted=wanted, possible=possible, text=Text(nl=nl, en=en))
