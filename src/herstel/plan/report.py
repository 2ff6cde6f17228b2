"""A plan in words: first where you are and what to do today, then the week, and why. No markup, no framework."""

from collections.abc import Callable, Iterator

from herstel.assessment.report_parts import Line, Report, Section, Tone
from herstel.errors import marked
from herstel.knowledge.entry import source_ids
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Day, Edit, Plan
from herstel.plan.report_words import ANSWERS, PlanTelling, amount_in_words
from herstel.text import Language

MOST_MISSING = 12
"""At most so many things are named in one line."""
EDITS = {
    "lock": marked("kept in"),
    "remove": marked("taken out"),
    "replace": marked("replaced"),
    "dose": marked("dose changed"),
    "add": marked("added"),
    "own": marked("added, the therapist's own"),
}


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
        return t.say("Stop for now: somebody has to look first. Nothing is loaded until then.")
    level = next(one for one in t.knowledge.advice.urgency if one.id == t.plan.assessment.urgency.level)
    return f"{t.of(level.call)} {t.say('The plan begins after that.')}"


def _first_today(t: PlanTelling) -> str:
    sessions = [one for one in t.plan.week.days[0].sessions if one.kind not in ("morning", "advice", "warm_up")]
    if not sessions:
        return t.say("Today is a day without training.")
    return t.say("Today first: {exercise}.", exercise=t.name(sessions[0].exercises[0]))


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
    return Section(id="phase", title=t.say("Where you are"), lines=tuple(lines))


def _today(t: PlanTelling) -> Section:
    day = t.plan.week.days[0]
    lines = [*_sessions(t, day), *(Line(text=text) for text in _events(t, day))]
    if not lines:
        lines = [Line(text=t.say("No exercises today. Gentle movement is always fine."))]
    return Section(id="today", title=t.say("Today: {day}", day=t.weekday(day.date)), lines=tuple(lines))


def _sessions(t: PlanTelling, day: Day) -> Iterator[Line]:
    """Each session with its exercises below it."""
    planned = t.planned
    for session in day.sessions:
        title = t.session(session).partition(":")[0]
        minutes = t.say("about {minutes} minutes", minutes=f"{session.minutes:g}") if session.minutes else ""
        yield Line(mark=title, text=minutes, heading=True)
        for exercise in session.exercises:
            amount = amount_in_words(planned[exercise], t.language) if exercise in planned else ""
            yield Line(text=f"{t.name(exercise)}{': ' if amount else ''}{amount}")


def _events(t: PlanTelling, day: Day) -> Iterator[str]:
    names = {"match": t.say("match"), "training": t.say("team training")}
    for event in day.events:
        yield t.say("In your calendar: {event}, {minutes} minutes.", event=names[event.kind], minutes=event.minutes)


def _week(t: PlanTelling) -> Section:
    lines = []
    for day in t.plan.week.days:
        parts = [t.session(one) for one in day.sessions if one.kind not in ("morning", "advice")]
        minutes = sum(one.minutes for one in day.sessions if one.kind not in ("morning", "advice"))
        text = ". ".join([*parts, *_events(t, day)]) or t.say("rest")
        if minutes:
            text = f"{text} ({t.say('about {minutes} minutes', minutes=f'{minutes:g}')})"
        lines.append(Line(mark=f"{t.weekday(day.date)} {day.date.day}-{day.date.month}", text=text))
    return Section(id="week", title=t.say("This week"), lines=(*lines, *_about_schedule(t)))


def _about_schedule(t: PlanTelling) -> Iterator[Line]:
    if any(one.kind == "morning" for one in t.plan.week.days[0].sessions):
        yield Line(text=t.say("Every morning your morning routine of 5 to 10 minutes; it takes no training time."))
    solution = t.plan.week.solution
    if solution.status == "optimal" and t.plan.exercises:
        yield Line(text=t.say("With your days and minutes no better week is possible; that was worked out."))
    elif solution.status == "feasible" and solution.gap < 1:
        gap = round(100 * solution.gap)
        yield Line(text=t.say("A slightly better week may exist (at most {gap} percent better).", gap=gap))


def _exercises(t: PlanTelling) -> Section | None:
    """Each exercise: how much, how often, and why it is there."""
    if not t.plan.exercises:
        return None
    lines = tuple(
        Line(
            mark=t.name(one.exercise),
            text=t.say(
                "{amount}. {times} times a week.",
                amount=amount_in_words(one, t.language),
                times=one.times_per_week,
            )
            + (f" {t.say('Heavy: {hours} hours of rest after it.', hours=f'{one.rest_h:g}')}" if one.heavy else ""),
            detail=t.why(one),
            sources=t.cite(one.why.sources),
        )
        for one in t.plan.exercises
    )
    return Section(id="exercises", title=t.say("Your exercises, and why each is there"), lines=lines)


def _activities(t: PlanTelling) -> Section | None:
    """What may go on, today first; then what is different on other days of the week."""
    today = t.plan.week.days[0].activities
    if not today:
        return None
    lines = [_activity(t, one, "") for one in today]
    said = set(today)
    for day in t.plan.week.days[1:]:
        for one in day.activities:
            if one not in said:
                said.add(one)
                lines.append(_activity(t, one, t.weekday(day.date)))
    return Section(id="activities", title=t.say("What may you do, and what not yet?"), lines=tuple(lines))


def _activity(t: PlanTelling, rule: str, day: str) -> Line:
    entry = t.activity(rule)
    name = f"{t.of(entry.activity)} ({day})" if day else t.of(entry.activity)
    answer = t.say(ANSWERS[entry.answer])
    text = t.of(entry.text)
    told = text if text.startswith(answer) else f"{answer}. {text}"
    return Line(mark=name, text=told, detail=t.of(entry.why), sources=t.cite(source_ids(entry.source)))


# --- what it costs and where it goes ---------------------------------------------------------------------------------


def _given_up(t: PlanTelling) -> Section | None:
    if not t.plan.given_up:
        return None
    lines = tuple(Line(text=t.of(wish.text)) for wish in t.plan.given_up)
    return Section(id="given_up", title=t.say("What does not fit this week"), lines=lines)


def _left_out(t: PlanTelling) -> Section | None:
    """Exercises that would have been chosen, and why they were not."""
    if not t.plan.left_out:
        return None
    by_reason: dict[str, list[str]] = {}
    for exercise, reason in t.plan.left_out.items():
        by_reason.setdefault(t.left_out(reason), []).append(t.name(exercise))
    lines = tuple(Line(mark=reason, text="; ".join(names)) for reason, names in by_reason.items())
    return Section(id="left_out", title=t.say("What was left out, and why"), lines=lines, folded=True)


def _gate(t: PlanTelling) -> Section | None:
    """What opens the next phase."""
    gate = str(t.plan.week.phase) if t.plan.week.phase < max(t.knowledge.plan.phases) else "return"
    if t.plan.track in ("see_first", "prevention"):
        return None
    criteria = [one for one in t.knowledge.progress.gates if one.gate == gate]
    lines = [
        Line(text=t.of(one.text), sources=t.cite(source_ids(one.source)))
        for one in criteria
        if not one.tracks or t.plan.track in one.tracks
    ]
    if not lines:
        return None
    note = Line(text=t.say("All of these, and not before the shortest stay in the phase. The calendar opens nothing."))
    title = t.say("When the next phase may begin") if gate != "return" else t.say("When you may return to sport")
    return Section(id="gate", title=title, lines=(*lines, note))


def _road(t: PlanTelling) -> Section | None:
    """Twelve weeks: the earliest phase of each, weeks of the same phase together."""
    if not t.plan.road or t.plan.track in ("see_first", "prevention"):
        return None
    lines = []
    for phase in dict.fromkeys(week.earliest_phase for week in t.plan.road):
        weeks = [week for week in t.plan.road if week.earliest_phase == phase]
        first, last = weeks[0].number, weeks[-1].number
        mark = (
            t.say("Week {first}", first=first)
            if first == last
            else t.say("Week {first}-{last}", first=first, last=last)
        )
        names = ", ".join(t.name(one) for one in weeks[0].exercises[:MOST_MISSING])
        lines.append(
            Line(
                mark=mark,
                text=t.of(t.knowledge.plan.phases[phase].name),
                detail=f"{names}{_steps(t, weeks[0].running_steps)}",
            )
        )
    note = Line(
        text=t.say("This is the fastest that is safe, not a promise. What you can do decides, not the calendar.")
    )
    return Section(id="road", title=t.say("The road of the next 12 weeks"), lines=(note, *lines))


def _steps(t: PlanTelling, steps: tuple[int, ...]) -> str:
    if not steps:
        return "."
    return ". " + t.say("Running ladder: step {first} to {last}.", first=steps[0], last=steps[-1])


def _edits(t: PlanTelling) -> Section | None:
    """What the therapist changed by hand."""
    if not t.plan.edits:
        return None
    lines = tuple(
        Line(
            mark=_edited_name(t, edit.exercise),
            text=f"{t.say(EDITS[edit.kind])}{_other(t, edit)}, {edit.date.isoformat()}",
            detail=edit.reason,
        )
        for edit in t.plan.edits
    )
    return Section(id="edits", title=t.say("What your therapist changed"), lines=lines)


def _other(t: PlanTelling, edit: Edit) -> str:
    return f" ({_edited_name(t, edit.other)})" if edit.other else ""


def _edited_name(t: PlanTelling, exercise: str) -> str:
    known = exercise in t.plan.own or exercise in t.knowledge.exercises.exercises
    return t.name(exercise) if known else exercise


def _not_measured(t: PlanTelling) -> Section | None:
    """What of the chain was not measured: that is not the same as normal."""
    links = t.knowledge.chain.links
    missing = [name for name, state in t.plan.chain.links.items() if state.worst == "not_measured"] or (
        [] if t.plan.chain.links else list(links)
    )
    if t.plan.chain.results and not missing:
        return None
    names = ", ".join(t.of(links[name].name) for name in missing if name in links)
    text = (
        t.say("Not measured: {links}. Not measured is not the same as normal.", links=names)
        if names
        else t.say("Nothing of your movement chain was measured. Not measured is not the same as normal.")
    )
    usual = t.say("So the plan uses the ordinary doses. A measurement can make it more personal.")
    return Section(id="not_measured", title=t.say("What we do not know"), lines=(Line(text=text), Line(text=usual)))


def _about(t: PlanTelling) -> Section:
    version = t.knowledge.version
    held = [t.of(t.knowledge.exercises.contraindications[one].name) for one in t.plan.contraindications]
    lines = [Line(text=t.of(version.review_text))]
    if held:
        lines.append(Line(text=t.say("Taken into account: {codes}.", codes="; ".join(held))))
    lines.append(
        Line(text=t.say("Stop and call when something new appears: numbness, a weak foot, fever, a swollen calf."))
    )
    lines.append(Line(text=t.say("Knowledge version {version} of {date}.", version=version.version, date=version.date)))
    return Section(id="about", title=t.say("About this plan"), lines=tuple(lines))


_WRITERS: tuple[Callable[[PlanTelling], Section | None], ...] = (
    _today, _week, _about_you, _activities, _exercises, _given_up, _gate, _road, _edits, _not_measured, _left_out,
    _about,
)  # fmt: skip
