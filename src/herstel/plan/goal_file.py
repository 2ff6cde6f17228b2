"""A goal and the therapist's changes from outside, checked as a whole: every problem at once, nothing guessed."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta

from herstel.complaint.answers import unknown_id
from herstel.errors import Problem, marked
from herstel.fields import Fields
from herstel.knowledge.exercise_entries import Dose, DoseUnit
from herstel.knowledge.model import Knowledge
from herstel.plan.model import (
    EDIT_KINDS,
    EVENT_KINDS,
    FEARS,
    GOAL_KINDS,
    MANAGED,
    SPORT_KINDS,
    SPORT_LEVELS,
    Edit,
    Goal,
    OwnExercise,
    SportEvent,
)
from herstel.text import LANGUAGES, Text

GOAL_FIELDS = (
    "kind", "start", "sport", "level", "target_date", "injury_date", "days", "equipment", "contraindications",
    "events", "fear_of_movement", "morning_routine", "managed",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
EVENT_FIELDS = ("kind", "day", "minutes")
EDIT_FIELDS = ("kind", "exercise", "reason", "date", "other", "dose", "times_per_week", "days", "own")
DOSE_FIELDS = ("sets", "amount", "unit", "per_side", "hold_s", "tempo")
OWN_FIELDS = ("name", "target", "dose", "minutes", "cues", "heavy", "rest_h", "times_per_week", "contraindications")
UNITS: tuple[DoseUnit, ...] = ("reps", "seconds", "minutes", "metres")
LONGEST_NAME = 120
MOST_MINUTES_A_DAY, MOST_SETS, MOST_AMOUNT, MOST_TIMES = 240, 10, 2_000, 7
YEARS_BACK, YEARS_AHEAD = timedelta(days=3650), timedelta(days=1096)
"""A start or injury longer ago, or a goal further ahead, is a typing error."""


def read_goal(raw: object, knowledge: Knowledge, today: date, *, path: str = "goal") -> Goal:
    """Read a goal.

    Parameters
    ----------
    raw : object
        What the file holds: a mapping with any of ``GOAL_FIELDS``; ``kind`` and ``days`` must be there.
    knowledge : Knowledge
    today : date
        The first day when ``start`` is missing.
    path : str
        Where it stands in the file.

    Raises
    ------
    InputError
        With every problem found.
    """
    fields = Fields(raw, GOAL_FIELDS, path)
    fields.required("kind", "days")
    start = fields.day("start", today - YEARS_BACK, today + YEARS_AHEAD) or today
    goal = Goal(
        kind=fields.choice("kind", GOAL_KINDS) or "daily_life",
        start=start,
        minutes=_minutes(fields),
        sport=fields.choice("sport", SPORT_KINDS),
        level=fields.choice("level", SPORT_LEVELS),
        target_date=fields.day("target_date", start, today + YEARS_AHEAD),
        injury_date=fields.day("injury_date", today - YEARS_BACK, min(today, start)),
        equipment=frozenset(fields.words("equipment", tuple(knowledge.exercises.equipment))),
        contraindications=frozenset(fields.words("contraindications", tuple(knowledge.exercises.contraindications))),
        events=_events(fields),
        fear_of_movement=fields.choice("fear_of_movement", FEARS),
        managed=fields.choice("managed", MANAGED),
    )
    morning = fields.flag("morning_routine")
    fields.stop_if_wrong()
    return goal if morning is None else replace(goal, morning_routine=morning)


def _minutes(fields: Fields) -> dict[int, int]:
    """Minutes by day of the week, 0 is Monday."""
    days = Fields(dict(fields.mapping("days")), WEEKDAYS, fields.at("days"), fields.problems)
    read = {number: days.whole(day, 0, MOST_MINUTES_A_DAY) for number, day in enumerate(WEEKDAYS)}
    return {number: minutes for number, minutes in read.items() if minutes}


def _events(fields: Fields) -> tuple[SportEvent, ...]:
    events = []
    for path, item in fields.listed("events"):
        event = Fields(item, EVENT_FIELDS, path, fields.problems)
        event.required(*EVENT_FIELDS)
        kind, day = event.choice("kind", EVENT_KINDS), event.choice("day", WEEKDAYS)
        minutes = event.whole("minutes", 1, MOST_MINUTES_A_DAY * 2)
        if day is not None and minutes is not None and kind is not None:
            events.append(SportEvent(kind=kind, weekday=WEEKDAYS.index(day), minutes=minutes))
    return tuple(events)


def read_edits(
    raw: object, knowledge: Knowledge, today: date, *, path: str = "edits", own: Collection[str] = ()
) -> tuple[Edit, ...]:
    """Read what the therapist changed by hand.

    Parameters
    ----------
    raw : object
        A list of mappings with any of ``EDIT_FIELDS``; None is an empty list.
    knowledge : Knowledge
    today : date
        No change lies in the future.
    path : str
        Where it stands in the file.
    own : collection of str
        Exercises of the therapist's own that were added before, beside those that these changes add.

    Raises
    ------
    InputError
        With every problem found.
    """
    problems: list[Problem] = []
    listed = Fields({path: raw}, (path,), "", problems)
    added = {
        str(item["exercise"])
        for _, item in listed.listed(path)
        if isinstance(item, Mapping) and item.get("kind") == "own" and "exercise" in item
    }
    problems.clear()
    known: dict[str, object] = {**knowledge.exercises.exercises, **dict.fromkeys([*own, *added])}
    read = [_edit(Fields(item, EDIT_FIELDS, at, problems), known, knowledge, today) for at, item in listed.listed(path)]
    listed.stop_if_wrong()
    return tuple(edit for edit in read if edit is not None)


def _edit(fields: Fields, known: Mapping[str, object], knowledge: Knowledge, today: date) -> Edit | None:
    fields.required("kind", "exercise", "reason", "date")
    kind = fields.choice("kind", EDIT_KINDS)
    needed = {"replace": ("other",), "own": ("own",), "day": ("days",)}.get(str(kind), ())
    fields.required(*needed)
    exercise = _exercise("exercise", fields, known)
    other = _exercise("other", fields, knowledge.exercises.exercises)
    dose = (
        _dose(Fields(fields.get("dose"), DOSE_FIELDS, fields.at("dose"), fields.problems)) if "dose" in fields else None
    )
    times = fields.whole("times_per_week", 1, MOST_TIMES)
    if kind == "dose" and dose is None and times is None and "dose" not in fields:
        fields.wrong("dose", marked("neither a dose nor times a week is given."), marked("Give one of the two."))
    days = _days(fields) if kind == "day" else frozenset()
    own = _own(exercise, fields, knowledge) if kind == "own" and exercise and "own" in fields else None
    when, reason = fields.day("date", today - YEARS_BACK, today), fields.text("reason")
    if kind is None or exercise is None or when is None:
        return None
    return Edit(
        kind=kind,
        exercise=exercise,
        reason=reason,
        date=when,
        other=other,
        dose=dose,
        times_per_week=times,
        days=days,
        own=own,
    )


def _days(fields: Fields) -> frozenset[int]:
    if fields.get("days") in ([], ()):
        fields.wrong("days", marked("no day is given."), marked("Choose at least one day of the week."))
    return frozenset(WEEKDAYS.index(day) for day in fields.words("days", WEEKDAYS))


def _exercise(field: str, fields: Fields, known: Mapping[str, object]) -> str | None:
    name = fields.text(field)
    if not name:
        return None
    if name not in known:
        problem = unknown_id(name, marked("is not an exercise."), known)
        fields.problems.append(replace(problem, thing=f"{fields.at(field)}.{problem.thing}"))
        return None
    return name


def _dose(fields: Fields) -> Dose | None:
    fields.required("sets", "amount", "unit")
    sets, amount = fields.whole("sets", 1, MOST_SETS), fields.number("amount", 1, MOST_AMOUNT)
    unit = fields.choice("unit", UNITS)
    per_side, hold_s = fields.flag("per_side"), fields.number("hold_s", 1, MOST_AMOUNT)
    tempo = fields.text("tempo", 20)
    if sets is None or amount is None or unit is None:
        return None
    return Dose(
        sets_low=sets,
        sets_high=sets,
        amount_low=amount,
        amount_high=amount,
        unit=unit,
        per_side=per_side is True,
        hold_s=hold_s,
        tempo=tempo or None,
    )


def _own(name: str, fields: Fields, knowledge: Knowledge) -> OwnExercise | None:
    own = Fields(fields.get("own"), OWN_FIELDS, fields.at("own"), fields.problems)
    own.required("name", "target", "dose", "minutes")
    title = _in_both("name", own, LONGEST_NAME)
    target = own.choice("target", tuple(knowledge.exercises.targets))
    minutes = own.number("minutes", 1, MOST_MINUTES_A_DAY)
    dose = _dose(Fields(own.get("dose"), DOSE_FIELDS, own.at("dose"), own.problems)) if "dose" in own else None
    cues = [text for _, text in own.listed("cues") if isinstance(text, str) and text.strip()]
    heavy, rest_h = own.flag("heavy"), own.number("rest_h", 0, 168)
    times = own.whole("times_per_week", 1, MOST_TIMES)
    codes = own.words("contraindications", tuple(knowledge.exercises.contraindications))
    if title is None or target is None or minutes is None or dose is None:
        return None
    return OwnExercise(
        id=name,
        name=title,
        target=target,
        dose=dose,
        minutes=minutes,
        cues=tuple(Text(nl=cue, en=cue) for cue in cues),
        heavy=heavy is True,
        rest_h=24 if rest_h is None else rest_h,
        times_per_week=times or 2,
        contraindications=frozenset(codes),
    )


def _in_both(field: str, fields: Fields, longest: int) -> Text | None:
    """A text in both languages, or one text for both."""
    told = fields.get(field)
    in_each = told if isinstance(told, Mapping) else dict.fromkeys(LANGUAGES, told)
    both = Fields(in_each, LANGUAGES, fields.at(field), fields.problems)
    both.required(*(LANGUAGES if field in fields else ()))
    nl, en = (both.text(language, longest) for language in LANGUAGES)
    return Text(nl=nl, en=en) if nl and en else None
