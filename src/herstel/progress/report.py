"""Progress in words: first what changes and what to do, then why, then everything it was judged on."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from herstel.assessment.report_parts import Line, Report, Section, Tone
from herstel.errors import marked
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.model import Knowledge
from herstel.progress import report_grounds as grounds
from herstel.progress.function_picture import function_picture
from herstel.progress.model import Decision, Progress
from herstel.progress.picture import progress_picture
from herstel.progress.words import ACTIONS, ProgressTelling
from herstel.text import Language

_ON = (marked("1 thing goes a step on"), marked("{n} things go a step on"))
_BACK = (marked("1 thing goes a step back"), marked("{n} things go a step back"))
FIRST = ("refer", "stop", "step_back", "review", "advance", "hold")
"""The order in which decisions are told: what keeps somebody safe first."""
MOST_EARLIER = 40


def write_progress(
    progress: Progress, knowledge: Knowledge, language: Language, *, since: date | None = None
) -> Report:
    """Say in one language what follows from the check-ins.

    Parameters
    ----------
    progress : Progress
    knowledge : Knowledge
        Of the version it was judged with.
    language : {"nl", "en"}
    since : date, optional
        The first day of the pictures; without it they show everything.

    Returns
    -------
    Report
        While somebody must look first, only what to do about that; else what changes today, the criteria, and the rest.
    """
    t = ProgressTelling(progress=progress, knowledge=knowledge, language=language, since=since)
    sections = [write(t) for write in (_HELD if progress.position.on_hold else _WRITERS)]
    return Report(
        language=language,
        urgency=_urgency(progress),
        headline=_headline(t),
        tone=_tone(progress),
        sections=tuple(section for section in sections if section is not None),
    )


def _urgency(progress: Progress) -> Urgency:
    if progress.referral is not None:
        return progress.referral.urgency.level
    return (progress.reassessment or progress.plan.assessment).urgency.level


def _tone(progress: Progress) -> Tone:
    stopped = any(one.action == "stop" for one in _todays(progress))
    return "act" if progress.position.on_hold or stopped else "plain"


def _todays(progress: Progress) -> tuple[Decision, ...]:
    """The decisions of today; none when nothing was told today."""
    return tuple(one for one in progress.latest if one.date == progress.today)


# --- what changes ---------------------------------------------------------------------------------------------------


def _headline(t: ProgressTelling) -> str:
    progress = t.progress
    if progress.position.on_hold:
        return _seen_first(t)
    if not progress.check_ins:
        return t.tell("Nothing was filled in yet. Fill in your first day, then it can be said how it goes.")
    told = _latest(progress)
    first = next((one for one in told if one.action == "stop" or one.subject in ("phase", "person")), None)
    if first is not None and (first.rule == "released" or first.action not in ("hold", "review")):
        rule = t.rule(first.rule)
        return t.filled(rule.text, rule)
    if progress.plan.track == "prevention":
        return t.tell("Keep the prevention programme going and tell how it goes.")
    if progress.position.discharged:
        return t.tell("You are back. Keep the prevention programme going and tell how it goes.")
    return t.tell("Stay in phase {phase}. {changes}", phase=progress.phase, changes=_changes(t))


def _latest(progress: Progress) -> list[Decision]:
    """The last decisions as they stand, those that keep somebody safe first; of who was released nobody must look."""
    stands = (one for one in progress.latest if progress.position.on_hold or one.action != "refer")
    return sorted(stands, key=lambda one: FIRST.index(one.action))


def _seen_first(t: ProgressTelling) -> str:
    """The act that a referral asks for, else that everything waits."""
    referral = t.progress.referral
    if referral is None:
        rule = t.rule("on_hold")
        return t.filled(rule.text, rule)
    level = next(one for one in t.knowledge.advice.urgency if one.id == referral.urgency.level)
    until = t.tell("Do no exercises until then.")
    return f"{t.of(level.call)} {until}"


def _changes(t: ProgressTelling) -> str:
    """How many things go on and back after the last check-in."""
    actions = Counter(one.action for one in t.progress.latest)
    parts = []
    for count, (one, several) in ((actions["step_back"], _BACK), (actions["advance"], _ON)):
        if count:
            parts.append(t.tell(one) if count == 1 else t.tell(several, n=count))
    if not parts:
        return t.tell("Nothing changes: go on with your exercises as they are.")
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def _act(t: ProgressTelling) -> Section:
    """Every warning sign with its action."""
    lines = []
    referral = t.progress.referral
    for name in referral.red_flags if referral is not None else ():
        flag = t.knowledge.red_flags[name]
        text = f"{t.of(flag.title)}. {t.of(flag.action)}"
        lines.append(Line(mark=t.tell("Warning sign"), text=text, detail=t.of(flag.why), sources=t.cite(flag.source)))
    rule = t.rule("on_hold")
    lines.append(Line(text=t.filled(rule.text, rule), detail=t.filled(rule.why, rule), sources=t.cite(rule.source)))
    return Section(id="act", title=t.tell("What to do now"), lines=tuple(lines))


def _now(t: ProgressTelling) -> Section | None:
    """The decisions of the last day that had any, those that keep somebody safe first."""
    decisions = _latest(t.progress)
    if not decisions:
        return None
    lines = [] if _todays(t.progress) else [_not_today(t, decisions[0])]
    lines.extend(decision_line(t, one) for one in decisions)
    return Section(id="now", title=t.tell("What changes now"), lines=tuple(lines))


def _not_today(t: ProgressTelling, last: Decision) -> Line:
    return Line(text=t.tell("Nothing was filled in today. The last decisions are of {day}.", day=t.date(last.date)))


def decision_line(t: ProgressTelling, decision: Decision) -> Line:
    """A decision: what to do, by which rule, on which numbers, from which source."""
    rule = t.rule(decision.rule)
    subject, numbers = t.subject(decision), t.numbers(decision)
    text = t.filled(rule.text, rule)
    reason = t.tell("Rule: {rule}.", rule=t.of(rule.name))
    if numbers:
        reason += " " + t.tell("Decided on: {numbers}.", numbers=numbers)
    return Line(
        mark=t.tell(ACTIONS[decision.action]),
        text=f"{subject}: {text}" if subject else text,
        detail=f"{t.filled(rule.why, rule)} {reason}",
        sources=t.cite(rule.source),
    )


# --- over time ------------------------------------------------------------------------------------------------------


def _over_time(t: ProgressTelling) -> Section | None:
    if not t.progress.check_ins:
        return None
    drawings = tuple(
        draw(t.progress, t.knowledge, t.language, since=t.since) for draw in (progress_picture, function_picture)
    )
    return Section(id="over_time", title=t.tell("How it went"), lines=tuple(_milestones(t)), drawings=drawings)


def _milestones(t: ProgressTelling) -> Iterator[Line]:
    for milestone, day in t.progress.milestones.items():
        name = t.of(t.knowledge.forecast.milestones[milestone].name)
        yield Line(mark=t.tell("Reached"), text=t.tell("{what} ({day})", what=name, day=t.date(day)))


def _earlier(t: ProgressTelling) -> Section | None:
    """What was decided before, the last days first; all that only said "stay" is left out."""
    latest = {id(one) for one in _latest(t.progress)}
    before = [one for one in t.progress.decisions if id(one) not in latest and one.action != "hold"]
    if not before:
        return None
    lines = [_short(t, one) for one in reversed(before[-MOST_EARLIER:])]
    return Section(id="earlier", title=t.tell("Earlier decisions"), lines=tuple(lines), folded=True)


def _short(t: ProgressTelling, decision: Decision) -> Line:
    subject, numbers = t.subject(decision), t.numbers(decision)
    name = t.of(t.rule(decision.rule).name)
    text = f"{subject}: {name}" if subject else name[:1].upper() + name[1:]
    return Line(mark=t.date(decision.date), text=text + (f" ({numbers})" if numbers else ""))


_WRITERS: tuple[Callable[[ProgressTelling], Section | None], ...] = (
    _now,
    grounds.contacts,
    _over_time,
    grounds.gate,
    grounds.running,
    grounds.load,
    grounds.adherence,
    grounds.watch,
    grounds.missing,
    grounds.return_table,
    _earlier,
    grounds.corrected,
    grounds.about,
)
_HELD = (_act, grounds.contacts, _over_time, grounds.missing, grounds.corrected, grounds.about)
