"""A plan in words: first where you are and what to do today, then the week, and why. No markup, no framework."""

from collections.abc import Callable, Iterator

from herstel.assessment.report_parts import Line, Report, Section, Tone
from herstel.knowledge.entry import source_ids
from herstel.knowledge.model import Knowledge
from herstel.plan import report_grounds as grounds
from herstel.plan.model import Day, Plan
from herstel.plan.report_words import PlanTelling, amount_in_words
from herstel.text import Language, say


def write_plan(plan: Plan, knowledge: Knowledge, language: Language) -> Report:
    """Say a plan in one language.

    Parameters
    ----------
    plan : Plan
    knowledge : Knowledge
        Of the version the plan was made with.
    language : {"nl", "en"}

    Returns
    -------
    Report
        What to do first, today and this week; then why, what may go on, what had to be given up, and the road ahead.
    """
    telling = PlanTelling(language=language, plan=plan, knowledge=knowledge)
    sections = [write(telling) for write in _WRITERS]
    return Report(
        language=language,
        urgency=plan.assessment.urgency.level,
        headline=_headline(telling),
        tone=_tone(plan),
        sections=tuple(section for section in sections if section is not None),
    )


def _tone(plan: Plan) -> Tone:
    urgent = plan.assessment.urgency.level in ("same_day", "emergency") or plan.position.on_hold
    return "act" if plan.track == "see_first" and urgent else "plain"


def _headline(t: PlanTelling) -> str:
    if t.plan.track == "see_first":
        return _first_be_seen(t)
    step = t.track.name if t.plan.track == "prevention" else t.knowledge.plan.phases[t.plan.week.phase].name
    first = _first_today(t)
    return f"{t.of(step)}. {first}"


def _first_be_seen(t: PlanTelling) -> str:
    if t.plan.position.on_hold:
        return say(
            t.language,
            "Stop for now: somebody has to look first. Nothing is loaded until then. In an emergency phone 112.",
        )
    level = next(one for one in t.knowledge.advice.urgency if one.id == t.plan.assessment.urgency.level)
    return " ".join([t.of(level.call), say(t.language, "The plan begins after that.")])


def _first_today(t: PlanTelling) -> str:
    sessions = [one for one in t.plan.week.days[0].sessions if one.kind not in ("morning", "advice", "warm_up")]
    if not sessions:
        return say(t.language, "Today is a day without training.")
    return say(t.language, "Today first: {exercise}.", exercise=t.name(sessions[0].exercises[0]))


# --- doing ----------------------------------------------------------------------------------------------------------


def _about_you(t: PlanTelling) -> Section:
    """Which track and phase, and why."""
    lines = [Line(mark=t.of(t.track.name), text=t.of(t.track.text), sources=t.cite(source_ids(t.track.source)))]
    if t.plan.track not in ("see_first", "prevention"):
        phase = t.knowledge.plan.phases[t.plan.week.phase]
        lines.append(Line(mark=t.of(phase.name), text=t.of(phase.aim), detail=t.of(phase.content)))
    lines += [Line(text=t.of(advice)) for advice in t.track.advice]
    if t.plan.goal.fear_of_movement in ("some", "high") and t.plan.exercises:
        lines.append(Line(text=t.of(t.knowledge.plan.rules["fear"].text)))
    return Section(id="phase", title=say(t.language, "Where you are"), lines=tuple(lines))


def _today(t: PlanTelling) -> Section:
    day = t.plan.week.days[0]
    lines = [*_sessions(t, day), *(Line(text=t.event(event)) for event in day.events)]
    if not lines:
        waiting = t.plan.track == "see_first" and not t.plan.exercises
        none = say(t.language, "No exercises until somebody has looked.") if waiting else ""
        lines = [Line(text=none or say(t.language, "No exercises today."))]
    return Section(id="today", title=say(t.language, "Today: {day}", day=t.weekday(day.date)), lines=tuple(lines))


def _sessions(t: PlanTelling, day: Day) -> Iterator[Line]:
    """Each session with its exercises below it."""
    planned = t.planned
    for session in day.sessions:
        yield Line(mark=t.kind(session), text=t.minutes(session.minutes) if session.minutes else "", heading=True)
        for exercise in session.exercises:
            amount = amount_in_words(planned[exercise], t.language) if exercise in planned else ""
            yield Line(text=f"{t.name(exercise)}{': ' if amount else ''}{amount}")


def _week(t: PlanTelling) -> Section:
    lines = []
    for day in t.plan.week.days:
        parts = [t.session(one) for one in day.sessions if one.kind not in ("morning", "advice")]
        minutes = sum(one.minutes for one in day.sessions if one.kind not in ("morning", "advice"))
        text = ". ".join([*parts, *map(t.event, day.events)]) or say(t.language, "rest")
        if minutes:
            text = f"{text} ({t.minutes(minutes)})"
        lines.append(Line(mark=f"{t.weekday(day.date)} {day.date.day}-{day.date.month}", text=text))
    return Section(id="week", title=say(t.language, "This week"), lines=(*lines, *_about_schedule(t)))


def _about_schedule(t: PlanTelling) -> Iterator[Line]:
    if any(one.kind == "morning" for one in t.plan.week.days[0].sessions):
        yield Line(
            text=say(t.language, "Every morning your morning routine of 5 to 10 minutes; it takes no training time.")
        )
    solution = t.plan.week.solution
    if solution.status == "optimal" and t.plan.exercises and t.plan.track != "see_first":
        yield Line(text=say(t.language, "With your days and minutes no better week is possible; that was worked out."))
    elif solution.status == "feasible" and solution.gap < 1:
        gap = round(100 * solution.gap)
        yield Line(text=say(t.language, "A slightly better week may exist (at most {gap} percent better).", gap=gap))


_WRITERS: tuple[Callable[[PlanTelling], Section | None], ...] = (
    _today,
    _week,
    _about_you,
    grounds.activities,
    grounds.exercises,
    grounds.given_up,
    grounds.gate,
    grounds.road,
    grounds.edits,
    grounds.not_measured,
    grounds.left_out,
    grounds.about,
)
