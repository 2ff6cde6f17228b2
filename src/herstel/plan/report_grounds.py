"""Why the plan is as it is: each exercise, what may go on, what was given up, the gate, the road, what is unknown."""

from herstel.assessment.report_parts import Line, Section
from herstel.errors import marked
from herstel.knowledge.entry import source_ids
from herstel.knowledge.progress_entries import GateCriterion
from herstel.plan.model import Edit, EditKind
from herstel.plan.report_words import ANSWERS, WEEKDAYS, PlanTelling
from herstel.text import say

MOST_NAMED = 12
"""At most so many exercises are named in one line."""
EDITS: dict[EditKind, str] = {
    "lock": marked("kept in"),
    "remove": marked("taken out"),
    "replace": marked("replaced"),
    "dose": marked("dose changed"),
    "day": marked("on days chosen by the therapist"),
    "add": marked("added"),
    "own": marked("added, the therapist's own"),
}
_OFF_THE_ROAD = ("see_first", "prevention")


def exercises(t: PlanTelling) -> Section | None:
    """Each exercise: how much, how often, and why it is there."""
    if not t.plan.exercises:
        return None
    lines = tuple(
        Line(
            mark=t.name(one.exercise),
            text=t.often(one),
            detail=t.why(one),
            sources=t.cite(one.why.sources),
        )
        for one in t.plan.exercises
    )
    return Section(id="exercises", title=say(t.language, "Your exercises, and why each is there"), lines=lines)


def activities(t: PlanTelling) -> Section | None:
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
    return Section(id="activities", title=say(t.language, "What may you do, and what not yet?"), lines=tuple(lines))


def _activity(t: PlanTelling, rule: str, day: str) -> Line:
    entry = t.activity(rule)
    name = f"{t.of(entry.activity)} ({day})" if day else t.of(entry.activity)
    answer = say(t.language, ANSWERS[entry.answer])
    text = t.of(entry.text)
    told = text if text.startswith(answer) else f"{answer}. {text}"
    return Line(mark=name, text=told, detail=t.of(entry.why), sources=t.cite(source_ids(entry.source)))


def given_up(t: PlanTelling) -> Section | None:
    """The wishes that the week cannot hold."""
    if not t.plan.given_up:
        return None
    lines = tuple(Line(text=t.of(wish.text)) for wish in t.plan.given_up)
    return Section(id="given_up", title=say(t.language, "What does not fit this week"), lines=lines)


def left_out(t: PlanTelling) -> Section | None:
    """Exercises that would have been chosen, and why they were not."""
    if not t.plan.left_out:
        return None
    by_reason: dict[str, list[str]] = {}
    for exercise, reason in t.plan.left_out.items():
        by_reason.setdefault(t.left_out(reason), []).append(t.name(exercise))
    lines = tuple(Line(mark=reason, text="; ".join(names)) for reason, names in by_reason.items())
    return Section(id="left_out", title=say(t.language, "What was left out, and why"), lines=lines, folded=True)


def gate(t: PlanTelling) -> Section | None:
    """What opens the next phase."""
    gate = str(t.plan.week.phase) if t.plan.week.phase < max(t.knowledge.plan.phases) else "return"
    if t.plan.track in _OFF_THE_ROAD:
        return None
    criteria = [one for one in t.knowledge.progress.gates if one.gate == gate and _is_asked(one, t)]
    lines = [Line(text=t.of(one.text), sources=t.cite(source_ids(one.source))) for one in criteria]
    if not lines:
        return None
    note = Line(
        text=say(t.language, "All of these, and not before the shortest stay in the phase. The calendar opens nothing.")
    )
    title = (
        say(t.language, "When the next phase may begin")
        if gate != "return"
        else say(t.language, "When you may return to sport")
    )
    return Section(id="gate", title=title, lines=(*lines, note))


def _is_asked(one: GateCriterion, t: PlanTelling) -> bool:
    """Whether a criterion is for this track, goal and level."""
    fits_track = (not one.tracks or t.plan.track in one.tracks) and t.plan.track not in one.not_tracks
    goal = t.plan.goal
    return fits_track and (not one.goals or goal.kind in one.goals) and (not one.levels or goal.level in one.levels)


def road(t: PlanTelling) -> Section | None:
    """Twelve weeks: the earliest phase of each, weeks of the same phase together."""
    if not t.plan.road or t.plan.track in _OFF_THE_ROAD:
        return None
    lines = []
    for phase in dict.fromkeys(week.earliest_phase for week in t.plan.road):
        weeks = [week for week in t.plan.road if week.earliest_phase == phase]
        first, last = weeks[0].number, weeks[-1].number
        mark = (
            say(t.language, "Week {first}", first=first)
            if first == last
            else say(t.language, "Week {first}-{last}", first=first, last=last)
        )
        names = ", ".join(t.name(one) for one in weeks[0].exercises[:MOST_NAMED])
        lines.append(
            Line(
                mark=mark,
                text=t.of(t.knowledge.plan.phases[phase].name),
                detail=f"{names}{_steps(t, weeks[0].running_steps)}",
            )
        )
    note = Line(
        text=say(
            t.language, "This is the fastest that is safe, not a promise. What you can do decides, not the calendar."
        )
    )
    return Section(id="road", title=say(t.language, "The road of the next 12 weeks"), lines=(note, *lines))


def _steps(t: PlanTelling, steps: tuple[int, ...]) -> str:
    if not steps:
        return "."
    if len(steps) == 1:
        return ". " + say(t.language, "Running ladder: step {first}.", first=steps[0])
    return ". " + say(t.language, "Running ladder: step {first} to {last}.", first=steps[0], last=steps[-1])


def edits(t: PlanTelling) -> Section | None:
    """What the therapist changed by hand."""
    if not t.plan.edits:
        return None
    lines = tuple(edit_line(t, edit) for edit in t.plan.edits)
    return Section(id="edits", title=say(t.language, "What your therapist changed"), lines=lines)


def edit_line(t: PlanTelling, edit: Edit) -> Line:
    """One change: the exercise, what was done and when, and the reason."""
    return Line(
        mark=t.of(edit.own.name) if edit.own is not None else _edited_name(t, edit.exercise),
        text=", ".join([say(t.language, EDITS[edit.kind]) + _other(t, edit), edit.date.isoformat()]),
        detail=edit.reason,
    )


def _other(t: PlanTelling, edit: Edit) -> str:
    if edit.days:
        return f" ({', '.join(say(t.language, WEEKDAYS[day]) for day in sorted(edit.days))})"
    return f" ({_edited_name(t, edit.other)})" if edit.other else ""


def _edited_name(t: PlanTelling, exercise: str) -> str:
    """Its name, also of one of the therapist's own that was taken out or that only comes later."""
    own = {edit.exercise: edit.own.name for edit in t.plan.edits if edit.own is not None}
    library = t.knowledge.exercises.exercises
    return t.of(own.get(exercise) or library[exercise].name)


def not_measured(t: PlanTelling) -> Section | None:
    """What of the chain was not measured: that is not the same as normal."""
    links = t.knowledge.chain.links
    missing = [name for name, state in t.plan.chain.links.items() if state.worst == "not_measured"] or (
        [] if t.plan.chain.links else list(links)
    )
    if t.plan.chain.results and not missing:
        return None
    names = ", ".join(t.of(links[name].name) for name in missing if name in links)
    text = (
        say(t.language, "Not measured: {links}. Not measured is not the same as normal.", links=names)
        if names
        else say(t.language, "Nothing of your movement chain was measured. Not measured is not the same as normal.")
    )
    usual = say(t.language, "So the plan uses the ordinary doses. A measurement can make it more personal.")
    return Section(
        id="not_measured", title=say(t.language, "What we do not know"), lines=(Line(text=text), Line(text=usual))
    )


def about(t: PlanTelling) -> Section:
    """What this is: review state, what was taken into account, when to stop, the version."""
    version = t.knowledge.version
    held = [t.of(t.knowledge.exercises.contraindications[one].name) for one in t.plan.contraindications]
    lines = [Line(text=t.of(version.review_text))]
    if held:
        lines.append(Line(text=say(t.language, "Taken into account: {codes}.", codes="; ".join(held))))
    lines.append(
        Line(
            text=say(
                t.language, "Stop and call when something new appears: numbness, a weak foot, fever, a swollen calf."
            )
        )
    )
    lines.append(
        Line(text=say(t.language, "Knowledge version {version} of {date}.", version=version.version, date=version.date))
    )
    return Section(id="about", title=say(t.language, "About this plan"), lines=tuple(lines))
