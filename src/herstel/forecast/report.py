"""A forecast in words. Never a date without its range, never a promise; what is not known is said."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from herstel.assessment.report_parts import Line, Report, Section
from herstel.errors import marked
from herstel.forecast.baseline import SETTING
from herstel.forecast.forecast import INJURY_DATE, NOT_REACHED
from herstel.forecast.model import Effect, Forecast, MilestoneForecast, NoForecast
from herstel.forecast.picture import forecast_picture
from herstel.forecast.recurrence_report import recurrence_section
from herstel.forecast.signals import SELF_PREDICTION
from herstel.forecast.words import date_after, duration, in_100, long_date, since, span
from herstel.knowledge.model import Knowledge
from herstel.knowledge.telling import InLanguage
from herstel.text import Language, say

LARGEST_EFFECTS = 2
HARDLY = 0.05
"""A shift on ln(days) below this is not worth a word."""
_HEADLINES: dict[NoForecast, str] = {
    "referral": marked("No time can be given now: let somebody look at it first."),
    "returned": marked("You are back. What counts now is keeping it that way."),
    "elsewhere": marked("No time can be given: it is not clear enough that this comes from the hamstring."),
    "image_first": marked("No time can be given before an X-ray: first rule out a piece of bone pulled loose."),
    "too_long": marked("No time can be given: this takes longer than what studies followed. Let somebody look again."),
}
_REASONS: dict[NoForecast, str] = {
    "referral": marked("A time for a muscle injury could reassure you while something else needs care today."),
    "returned": marked("A return is not the end: the risk that it comes back is highest in the first weeks."),
    "elsewhere": marked(
        "The times that are known are those of hamstring injuries. Other causes have a course of their own."
    ),
    "image_first": marked(
        "While you grow, a torn muscle and a piece of bone pulled loose feel alike. Their times differ by months."
    ),
    "too_long": marked(
        "Hardly anybody with this complaint takes so long. Then the first idea of what it is deserves a second look."
    ),
}
_MORE_NAMES = {
    SETTING: marked("your level of sport"),
    SELF_PREDICTION: marked("what you expect yourself"),
    NOT_REACHED: marked("the next milestone that is not reached yet"),
    INJURY_DATE: marked("the day it began"),
    "level": marked("your level of sport"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling(InLanguage):
    """One forecast being told in one language."""

    forecast: Forecast

    @property
    def since(self) -> str:
        return since(self.language, self.forecast.counted_from)

    def name(self, name: str) -> str:
        """What moved the forecast, in words."""
        known = self.knowledge.forecast
        for entries in (known.covariates, known.milestones, known.measures):
            if name in entries:
                return entries[name].name[self.language]
        return say(self.language, _MORE_NAMES[name])

    def sources(self, name: str) -> tuple[str, ...]:
        known = self.knowledge.forecast
        for entries in (known.covariates, known.milestones, known.measures):
            if name in entries:
                return self.cite(entries[name].source)
        return self.cite("prognosis-dossier")


def write_forecast(forecast: Forecast, knowledge: Knowledge, language: Language) -> Report:
    """Say a forecast in one language.

    Parameters
    ----------
    forecast : Forecast
    knowledge : Knowledge
        Of the version the forecast was made with.
    language : {"nl", "en"}
    """
    t = _Telling(forecast=forecast, knowledge=knowledge, language=language)
    reason = forecast.no_forecast
    sections = [_time(t), _milestones(t), _moved(t)] if reason is None else [_why_not(t, reason)]
    if reason != "referral":
        sections.append(recurrence_section(forecast, knowledge, language))
    return Report(
        language=language,
        urgency=forecast.urgency,
        headline=_headline(t),
        tone="act" if reason == "referral" else "plain",
        sections=(*sections, _about(t)),
    )


def _headline(t: _Telling) -> str:
    if t.forecast.no_forecast is not None:
        return say(t.language, _HEADLINES[t.forecast.no_forecast])
    back = t.forecast.milestones["return"]
    return say(
        t.language,
        "Probably fully back {low_to_high} {since}; half of the people like you after about {median}.",
        low_to_high=span(t.language, back.intervals[80].low, back.intervals[80].high),
        since=t.since,
        median=duration(t.language, back.median_days),
    )


def _why_not(t: _Telling, reason: NoForecast) -> Section:
    lines = [Line(text=say(t.language, _REASONS[reason]), sources=t.cite("prognosis-dossier"))]
    back = t.forecast.milestones.get("return")
    if back is not None and back.reached is not None:
        text = say(
            t.language,
            "Back on {date}, {days} {since}.",
            date=long_date(t.language, back.reached),
            days=duration(t.language, back.median_days),
            since=t.since,
        )
        lines.insert(0, Line(text=text))
    return Section(id="time", title=say(t.language, "How long it may take"), lines=tuple(lines))


def _time(t: _Telling) -> Section:
    """The range first, then how sure it is, then the familiar range beside it."""
    lines = [*_ranges(t), *_how_sure(t), *_founding(t)]
    return Section(
        id="time",
        title=say(t.language, "How long it may take"),
        lines=tuple(lines),
        drawings=(forecast_picture(t.forecast, t.knowledge, t.language),),
    )


def _ranges(t: _Telling) -> Iterator[Line]:
    back = t.forecast.milestones["return"]
    wide, narrow, most = back.intervals[80], back.intervals[50], back.intervals[95]
    yield Line(
        text=say(
            t.language,
            "Of 100 people like you about 80 are fully back {span} {since}.",
            span=span(t.language, wide.low, wide.high),
            since=t.since,
        ),
        detail=say(
            t.language,
            "Half: {half}. Nearly all (95 in 100): {most}.",
            half=span(t.language, narrow.low, narrow.high),
            most=span(t.language, most.low, most.high),
        ),
        sources=t.cite("prognosis-dossier"),
    )
    start = t.forecast.injury_date
    if start is not None:
        yield Line(
            text=say(
                t.language,
                "On the calendar: most likely between {early} and {late}. No single day in between is promised.",
                early=date_after(t.language, start, wide.low),
                late=date_after(t.language, start, wide.high),
            )
        )


def _how_sure(t: _Telling) -> Iterator[Line]:
    numbers = t.knowledge.forecast.constants
    if t.forecast.too_early:
        yield Line(
            mark=say(t.language, "Too early to know"),
            text=say(
                t.language, "In the first week nobody can know this well. Look again after a week: then it says more."
            ),
            sources=t.cite(("whiteley-2016", "prognosis-dossier")),
        )
    if t.forecast.longer_than_usual:
        yield Line(
            mark=say(t.language, "Look again"),
            text=say(
                t.language,
                "This already takes longer than in most people. Have your physiotherapist or doctor look again.",
            ),
            sources=t.cite("elicited-rule"),
        )
    yield Line(
        text=say(
            t.language,
            "What can be asked and tested at the start explained only {low} to {high} per cent of the differences in "
            "time. What you can do again says more than the calendar.",
            low=round(100 * numbers["explained_low"]),
            high=round(100 * numbers["explained_high"]),
        ),
        sources=t.cite(("wangensteen-2015", "whiteley-2016")),
    )


def _founding(t: _Telling) -> Iterator[Line]:
    founding = t.forecast.founding
    if founding is None or t.forecast.by_founding_upper is None:
        return
    grade = t.knowledge.forecast.times[t.forecast.likeliest].name[t.language]
    yield Line(
        mark=say(t.language, "The familiar range"),
        text=say(
            t.language,
            "For {grade} the rule of thumb says {span}. Your chance to be back by the end of that: about {n} in 100.",
            grade=grade,
            span=span(t.language, founding.low, founding.high),
            n=in_100(t.forecast.by_founding_upper),
        ),
        detail=say(
            t.language,
            "The rule of thumb is alike for everybody; your own range looks at grade, level and what you can do.",
        ),
        sources=t.cite("founding-document"),
    )


def _milestones(t: _Telling) -> Section:
    lines = [_milestone(t, one) for one in t.forecast.milestones.values()]
    return Section(id="milestones", title=say(t.language, "Milestones on the way"), lines=tuple(lines))


def _milestone(t: _Telling, one: MilestoneForecast) -> Line:
    name = t.name(one.milestone)
    if one.reached is not None:
        return Line(mark=name, text=say(t.language, "reached on {date}", date=long_date(t.language, one.reached)))
    wide = one.intervals[80]
    text = say(t.language, "after about {median} (80 in 100: {span})", median=duration(t.language, one.median_days),
                 span=span(t.language, wide.low, wide.high))  # fmt: skip
    return Line(mark=name, text=text, sources=t.sources(one.milestone))


def _moved(t: _Telling) -> Section:
    """The two largest effects in sight, the others as detail; then what is not known."""
    worth = [one for one in t.forecast.effects if abs(one.shift) >= HARDLY]
    lines = [_effect(t, one) for one in worth[:LARGEST_EFFECTS]]
    if not lines:
        lines = [Line(text=say(t.language, "Nothing that is known makes it clearly longer or shorter than usual."))]
    others = worth[LARGEST_EFFECTS:]
    if others:
        names = "; ".join(f"{_named(t, one)} ({_direction(t, one)})" for one in others)
        lines.append(Line(mark=say(t.language, "Smaller"), text=names + "."))
    if t.forecast.unknown:
        names = "; ".join(dict.fromkeys(t.name(one) for one in t.forecast.unknown))
        text = say(t.language, "{names}. What is not known does not move the forecast.", names=names)
        lines.append(Line(mark=say(t.language, "Not known"), text=text))
    return Section(id="moved", title=say(t.language, "What makes it longer or shorter for you"), lines=tuple(lines))


def _effect(t: _Telling, effect: Effect) -> Line:
    detail = (
        say(t.language, "Compared with professional footballers, who have care every day.")
        if effect.id == SETTING
        else ""
    )
    text = _direction(t, effect) + "."
    return Line(mark=_named(t, effect), text=text, detail=detail, sources=t.sources(effect.id))


def _named(t: _Telling, effect: Effect) -> str:
    """The name of an effect; of a finding that is absent it is said to be so."""
    covariate = t.knowledge.forecast.covariates.get(effect.id)
    if covariate is not None and covariate.when is not None and not effect.value:
        return say(t.language, "not: {name}", name=t.name(effect.id))
    return t.name(effect.id)


def _direction(t: _Telling, effect: Effect) -> str:
    times = math.exp(effect.shift)
    percent = 5 * max(round(20 * abs(times - 1)), 1)
    if times > 1:
        return say(t.language, "about {percent} per cent longer", percent=percent)
    return say(t.language, "about {percent} per cent shorter", percent=percent)


def _about(t: _Telling) -> Section:
    lines = (
        Line(text=say(t.language, "This is an estimate from studies of groups, not a promise about you.")),
        Line(
            text=say(
                t.language,
                "It mixes the possible grades, shifts the time for level and findings, takes into account that you are "
                "not back yet, and follows what you can do again. Many of its numbers are estimates made for Herstel.",
            ),
            sources=t.cite(("prognosis-dossier", "recurrence-dossier")),
        ),
        Line(text=t.knowledge.version.review_text[t.language]),
    )
    return Section(id="about", title=say(t.language, "About this forecast"), lines=lines, folded=True)
