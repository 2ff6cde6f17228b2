"""What to do: today, sport, routines, imaging, how long it usually takes, and when to look again."""

from collections.abc import Iterator, Mapping

from herstel.assessment.report_parts import Line, Section
from herstel.assessment.report_sections.telling import Telling
from herstel.errors import marked
from herstel.knowledge.model import AdviceItem, ImagingRule, Modality, RecoveryRange, Routine
from herstel.text import say

MODALITIES: Mapping[Modality, str] = {
    "none": marked("no image"),
    "xray": marked("X-ray"),
    "ultrasound": marked("ultrasound"),
    "mri": marked("MRI"),
}
_SPORT: Mapping[str, str] = {"yes": marked("Yes"), "adapted": marked("Adapted"), "no": marked("No")}


def today(t: Telling) -> Section | None:
    """What to do and what to avoid in the first days."""
    holding = [item for item in t.knowledge.advice.first_days if item.when.holds(t.facts)]
    ordered = sorted(holding, key=lambda item: item.kind == "avoid")
    if not ordered:
        return None
    lines = tuple(_advice(t, item) for item in ordered)
    return Section(id="today", title=say(t.language, "What to do now, and what to leave"), lines=lines)


def _advice(t: Telling, item: AdviceItem) -> Line:
    mark = say(t.language, "Do") if item.kind == "do" else say(t.language, "Avoid")
    return Line(mark=mark, text=t.of(item.text), detail=t.of(item.why), sources=t.cite(item.source))


def sport(t: Telling) -> Section | None:
    """May I go on with my sport: the first item that holds."""
    item = next((one for one in t.knowledge.advice.sport if one.when.holds(t.facts)), None)
    if item is None:
        return None
    text, answer = t.of(item.text), say(t.language, _SPORT[item.answer])
    mark = "" if text.startswith(answer) else answer
    line = Line(mark=mark, text=text, detail=t.of(item.why), sources=t.cite(item.source))
    return Section(id="sport", title=say(t.language, "May I go on with my sport?"), lines=(line,))


def routines(t: Telling) -> Section | None:
    """The short routines that suit this complaint."""
    holding = [one for one in t.knowledge.advice.routines if one.when.holds(t.facts)]
    lines = tuple(line for one in holding for line in _routine(t, one))
    if not lines:
        return None
    return Section(
        id="routines", title=say(t.language, "What you can do yourself, step by step"), lines=lines, folded=True
    )


def _routine(t: Telling, routine: Routine) -> Iterator[Line]:
    minutes = ""
    if routine.minutes_low is not None:
        low, high = routine.minutes_low, routine.minutes_high or routine.minutes_low
        minutes = say(t.language, " ({low} to {high} minutes)", low=low, high=high)
    title, sources = t.of(routine.title) + minutes, t.cite(routine.source)
    yield Line(mark=title, text=t.of(routine.intro), sources=sources, heading=True)
    for number, step in enumerate(routine.steps, start=1):
        yield Line(mark=f"{number}.", text=t.of(step))
    if routine.caveat:
        yield Line(mark=say(t.language, "Good to know"), text=t.of(routine.caveat))


def imaging(t: Telling) -> Section:
    """Which image, by when, and which rules say so; or why none."""
    advice = t.assessment.imaging
    rules = {rule.id: rule for rule in t.knowledge.advice.imaging}
    if advice.modality == "none":
        reasons = [rule for rule in rules.values() if rule.modality == "none" and rule.when.holds(t.facts)]
        text = say(t.language, "On these answers an X-ray or scan is not needed now.")
        lines = [Line(text=text), *(_rule(t, rule) for rule in reasons)]
    else:
        kind, when = say(t.language, MODALITIES[advice.modality]), within(t, advice.by_days or 0)
        text = say(t.language, "Ask the person who examines you about: {kind}, {when}.", kind=kind, when=when)
        detail = say(
            t.language, "You cannot order it yourself: your GP, sports physician or the hospital decides with you."
        )
        lines = [Line(text=text, detail=detail), *(_rule(t, rules[rule]) for rule in advice.rules)]
    return Section(id="imaging", title=say(t.language, "X-ray, ultrasound or MRI?"), lines=tuple(lines))


def within(t: Telling, days: int) -> str:
    """By when, in words."""
    if days == 0:
        return say(t.language, "today")
    if days <= 10:
        return say(t.language, "within {days} days", days=days)
    return say(t.language, "within {weeks} weeks", weeks=round(days / 7))


def _rule(t: Telling, rule: ImagingRule) -> Line:
    origin = (
        say(t.language, "Rule from practice") if rule.origin == "founding" else say(t.language, "Rule from research")
    )
    text = t.of(rule.title)
    if rule.modality != "none" and rule.by_days > 0:
        text += f" ({within(t, rule.by_days)})"
    return Line(mark=origin, text=text + ".", detail=t.of(rule.why), sources=t.cite(rule.source))


def recovery(t: Telling) -> Section | None:
    """How long it usually takes: the familiar ranges and those of studies, told apart."""
    holding = [one for one in t.knowledge.advice.recovery if one.when.holds(t.facts)]
    ordered = sorted(holding, key=lambda one: one.origin == "evidence")
    if not ordered:
        return None
    lines = [_range(t, one) for one in ordered]
    note = say(t.language, "Nobody can promise a time. What you can do again says more than the calendar.")
    return Section(
        id="recovery", title=say(t.language, "How long does it usually take?"), lines=(*lines, Line(text=note))
    )


def _range(t: Telling, one: RecoveryRange) -> Line:
    mark = say(t.language, "From practice") if one.origin == "founding" else say(t.language, "From research")
    return Line(mark=mark, text=t.of(one.text), sources=t.cite(one.source))


def recheck(t: Telling) -> Section | None:
    """When to look again, and which questions to answer again then."""
    holding = sorted((one for one in t.knowledge.advice.rechecks if one.when.holds(t.facts)), key=lambda one: one.day)
    if not holding:
        return None
    lines = [
        Line(
            mark=say(t.language, "Day {day}", day=one.day),
            text=t.of(one.text),
            detail=" ".join((t.of(one.why), _again(t, one.questions))),
            sources=t.cite(one.source),
        )
        for one in holding
    ]
    count = say(t.language, "Days are counted from the day it began.")
    return Section(id="recheck", title=say(t.language, "When to look again"), lines=(Line(text=count), *lines))


def _again(t: Telling, questions: tuple[str, ...]) -> str:
    named = ", ".join(t.of(t.knowledge.questions[question].summary) for question in questions)
    return say(t.language, "Answer again then: {named}.", named=named)
