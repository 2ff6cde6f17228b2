"""The one place where the plan editor reaches the domain: changes in, plans and what may be chosen out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from herstel.assessment.report_parts import Line, Section
from herstel.figures.figure import figure_drawing, load_figures
from herstel.flow import Recovery
from herstel.plan import report_grounds as grounds
from herstel.plan.generator import make_plan
from herstel.plan.goal_file import WEEKDAYS, read_edits
from herstel.plan.model import Day, Plan, PlannedExercise, Session
from herstel.plan.options import Option, equivalents, library, open_days
from herstel.plan.report import write_plan
from herstel.plan.report_changes import changes_section
from herstel.plan.report_words import WEEKDAYS as WEEKDAY_NAMES
from herstel.plan.report_words import PlanTelling, amount_in_words, sets_in_words, times_in_words
from herstel.plan.schedule import skip_schedule
from herstel.text import Language, say
from herstel_web.knowledge import knowledge
from herstel_web.planning.values import (
    Card,
    DayChoice,
    DayColumn,
    ExercisePage,
    ExerciseRow,
    OptionRow,
    SessionBox,
    SheetRow,
)
from herstel_web.reporting import picture

BESIDE = ("morning", "warm_up", "advice")
"""Sessions that follow from the others or belong to every day: nothing in them is moved."""
AS_PARTS = ("today", "week", "exercises", "edits", "activities")
"""Sections that the editor shows in a form of its own, or that are for the person."""


def telling(plan: Plan, language: Language) -> PlanTelling:
    return PlanTelling(language=language, plan=plan, knowledge=knowledge())


# --- plans ------------------------------------------------------------------------------------------------------------


def plan_with(recovery: Recovery, edits: Sequence[Mapping[str, Any]], today: date) -> Plan:
    """The plan of now with other changes; one that is no longer safe is set aside and told.

    Raises
    ------
    InputError
        When a change cannot be read.
    """
    now = recovery.plan_now
    read = read_edits(list(edits), knowledge(), today)
    return make_plan(
        recovery.assessment, now.chain, now.goal, knowledge(), position=now.position, edits=read, refuse_edits=False
    )


def refuse_unsafe(recovery: Recovery, edits: Sequence[Mapping[str, Any]], today: date) -> None:
    """Say whether the last change is safe for this person now.

    Raises
    ------
    InputError
        When it cannot be read or is not safe, with the reason.
    """
    now, read = recovery.plan_now, read_edits(list(edits), knowledge(), today)
    *before, new = read
    added = [one for one in before if one.kind == "own" and one.exercise == new.exercise]
    make_plan(
        recovery.assessment, now.chain, now.goal, knowledge(),
        position=now.position, edits=(*added, new), scheduler=skip_schedule,
    )  # fmt: skip


def check_edit(edit: Mapping[str, Any], own: Sequence[str], today: date) -> None:
    """Say whether a change can be read by itself.

    Raises
    ------
    InputError
        With every problem, each named by its field.
    """
    read_edits([edit], knowledge(), today, own=own)


def changes(before: Plan, after: Plan, language: Language) -> tuple[Line, ...]:
    """What differs between two plans, and what the second cannot hold that the first could."""
    lines = changes_section(before, after, knowledge(), language).lines
    told = {wish.id for wish in before.given_up}
    more = tuple(Line(text=one.text[language]) for one in after.given_up if one.id not in told)
    return (*lines, *more)


def edit_in_words(edit: Mapping[str, Any], plan: Plan, language: Language, today: date) -> Line:
    """A change: the exercise as mark, what was done to it as text."""
    own = [one.exercise for one in plan.edits if one.kind == "own"]
    (read,) = read_edits([edit], knowledge(), today, own=own)
    return grounds.edit_line(telling(plan, language), read)


# --- the week ---------------------------------------------------------------------------------------------------------


def day_columns(plan: Plan, language: Language) -> tuple[DayColumn, ...]:
    """The seven days of the plan, from today on."""
    t, movable = telling(plan, language), open_days(plan, knowledge())
    return tuple(_column(t, day, movable) for day in plan.week.days)


def _column(t: PlanTelling, day: Day, movable: Mapping[str, Mapping[int, Any]]) -> DayColumn:
    sessions = tuple(
        SessionBox(kind=t.kind(one), minutes=one.minutes, cards=tuple(_cards(t, one, day, movable)))
        for one in day.sessions
    )
    weekday = day.date.weekday()
    return DayColumn(
        date=day.date,
        weekday=weekday,
        name=t.weekday(day.date),
        given=t.plan.goal.minutes.get(weekday, 0),
        used=sum(one.minutes for one in day.sessions if one.kind not in ("morning", "advice")),
        events=tuple(t.event(event) for event in day.events),
        sessions=sessions,
    )


def _cards(t: PlanTelling, session: Session, day: Day, movable: Mapping[str, Mapping[int, Any]]) -> Iterator[Card]:
    planned = t.planned
    for exercise in session.exercises:
        it = planned.get(exercise)
        days = movable.get(exercise, {}) if session.kind not in BESIDE and it is not None else {}
        free = _free(t.plan, exercise, days)
        earlier, later = _nearest(t.plan, day, free)
        yield Card(
            exercise=exercise,
            name=t.name(exercise),
            amount=sets_in_words(it.dose, t.language) if it else "",
            locked=bool(it and it.locked),
            edited=bool(it and it.edited),
            movable=bool(days),
            earlier=earlier,
            earlier_name=_weekday(earlier, t.language),
            later=later,
            later_name=_weekday(later, t.language),
            open_days=" ".join(str(one) for one in sorted(free)),
        )


def _free(plan: Plan, exercise: str, days: Mapping[int, Any]) -> set[int]:
    """The days an exercise may go to: open, and without it now."""
    return {one for one, reason in days.items() if reason is None} - weekdays_of(plan, exercise)


def weekdays_of(plan: Plan, exercise: str) -> set[int]:
    """The days of the week with an exercise, 0 is Monday."""
    return {day.date.weekday() for day in plan.week.days for session in day.sessions if exercise in session.exercises}


def _nearest(plan: Plan, day: Day, free: set[int]) -> tuple[int | None, int | None]:
    """The nearest free day before and after a day, within the seven days shown."""
    order = [one.date.weekday() for one in plan.week.days]
    here = order.index(day.date.weekday())
    before = next((one for one in reversed(order[:here]) if one in free), None)
    return before, next((one for one in order[here + 1 :] if one in free), None)


def _weekday(number: int | None, language: Language) -> str:
    return "" if number is None else say(language, WEEKDAY_NAMES[number])


def moved(plan: Plan, exercise: str, start: int, end: int) -> dict[str, Any]:
    """The change that puts an exercise on another day of the week."""
    days = sorted((weekdays_of(plan, exercise) - {start}) | {end})
    return {"kind": "day", "exercise": exercise, "days": [WEEKDAYS[one] for one in days]}


def may_move(plan: Plan, exercise: str, start: int, end: int) -> bool:
    days = open_days(plan, knowledge()).get(exercise, {})
    return start in weekdays_of(plan, exercise) and end in _free(plan, exercise, days)


def day_choices(plan: Plan, exercise: str, language: Language) -> tuple[DayChoice, ...]:
    """The days of the week to choose from for an exercise; empty for one that belongs to every day."""
    days, now = open_days(plan, knowledge()).get(exercise, {}), weekdays_of(plan, exercise)
    return tuple(
        DayChoice(weekday=number, name=_weekday(number, language), chosen=number in now, reason=reason or "")
        for number, reason in days.items()
    )


# --- the exercises ----------------------------------------------------------------------------------------------------


def exercise_rows(plan: Plan, language: Language) -> tuple[ExerciseRow, ...]:
    """Every exercise of the plan, and why it is there."""
    t = telling(plan, language)
    return tuple(_row(t, one) for one in plan.exercises)


def _row(t: PlanTelling, one: PlannedExercise) -> ExerciseRow:
    days = sorted(weekdays_of(t.plan, one.exercise))
    return ExerciseRow(
        exercise=one.exercise,
        name=t.name(one.exercise),
        often=t.often(one),
        why=t.why(one),
        sources=t.cite(one.why.sources),
        days=", ".join(_weekday(day, t.language) for day in days),
        locked=one.locked,
        edited=one.edited,
        own=one.exercise in t.plan.own,
    )


def planned(plan: Plan, exercise: str) -> PlannedExercise | None:
    return next((one for one in plan.exercises if one.exercise == exercise), None)


def is_known(exercise: str, plan: Plan) -> bool:
    """Whether it is an exercise of the library or of the therapist's own in this plan."""
    return exercise in knowledge().exercises.exercises or exercise in plan.own


def exercise_page(plan: Plan, exercise: str, language: Language) -> ExercisePage:
    """An exercise with what the forms about it start from."""
    t, it = telling(plan, language), planned(plan, exercise)
    usual = plan.own.get(exercise) or knowledge().exercises[exercise]
    dose = it.dose if it else usual.dose
    drawn = exercise in load_figures().figures
    return ExercisePage(
        id=exercise,
        name=t.name(exercise),
        row=_row(t, it) if it else None,
        sets=dose.sets_high,
        amount=f"{dose.amount_high:g}",
        unit=dose.unit,
        times=it.times_per_week if it else 0,
        own=exercise in plan.own,
        steps=tuple(t.of(cue) for cue in usual.cues),
        figure=picture(figure_drawing(exercise, None, knowledge(), language)) if drawn else "",
    )


def equivalent_rows(plan: Plan, exercise: str, language: Language) -> tuple[OptionRow, ...]:
    """What trains the same; with a reason where it may not be chosen now."""
    return tuple(_option(one, plan, language) for one in equivalents(exercise, plan, knowledge()))


def library_rows(plan: Plan, language: Language, search: str) -> tuple[OptionRow, ...]:
    """The exercises of the library whose name, target or code holds what is searched."""
    rows = (_option(one, plan, language) for one in library(plan, knowledge()))
    wanted = search.casefold()
    return tuple(one for one in rows if wanted in f"{one.name} {one.target} {one.exercise}".casefold())


def _option(option: Option, plan: Plan, language: Language) -> OptionRow:
    t, exercise = telling(plan, language), knowledge().exercises[option.exercise]
    return OptionRow(
        exercise=option.exercise,
        name=t.of(exercise.name),
        target=t.of(knowledge().exercises.targets[exercise.target].name),
        load=exercise.load,
        amount=sets_in_words(exercise.dose, language),
        reason=t.left_out(option.reason) if option.reason else "",
        lacks_equipment=option.lacks_equipment,
        planned=option.planned,
    )


def targets(language: Language) -> list[tuple[str, str]]:
    return [(one.id, one.name[language]) for one in knowledge().exercises.targets.values()]


def contraindications(language: Language) -> list[tuple[str, str]]:
    return [(one.id, one.name[language]) for one in knowledge().exercises.contraindications.values()]


# --- the report and the sheet -----------------------------------------------------------------------------------------


def headline_and_sections(plan: Plan, language: Language) -> tuple[str, tuple[Section, ...]]:
    """The report without what the editor shows in a form of its own."""
    report = write_plan(plan, knowledge(), language)
    return report.headline, tuple(one for one in report.sections if one.id not in AS_PARTS)


def sheet_rows(plan: Plan, language: Language) -> tuple[SheetRow, ...]:
    """Every exercise as the person gets it on paper, with its figure."""
    t = telling(plan, language)
    return tuple(_sheet_row(t, one) for one in plan.exercises)


def _sheet_row(t: PlanTelling, one: PlannedExercise) -> SheetRow:
    exercise, own = knowledge().exercises.exercises.get(one.exercise), t.plan.own.get(one.exercise)
    drawn = one.exercise in load_figures().figures
    cues = exercise.cues if exercise else own.cues if own else ()
    return SheetRow(
        name=t.name(one.exercise),
        figure=picture(figure_drawing(one.exercise, None, knowledge(), t.language)) if drawn else "",
        amount=amount_in_words(one, t.language),
        often=times_in_words(one.times_per_week, t.language),
        days=_row(t, one).days,
        start=t.of(exercise.start) if exercise else "",
        cues=tuple(t.of(cue) for cue in cues),
        mistakes=tuple(t.of(mistake) for mistake in exercise.mistakes) if exercise else (),
        leads_to=t.of(one.why.leads_to) if exercise else "",
    )


def stop_text(language: Language) -> str:
    """When to stop and call, as it stands under every plan."""
    return say(language, "Stop and call when something new appears: numbness, a weak foot, fever, a swollen calf.")


def own_names(edits: Sequence[Mapping[str, Any]]) -> list[str]:
    return [str(one["exercise"]) for one in edits if one.get("kind") == "own"]
