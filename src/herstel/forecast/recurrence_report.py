"""The risk of recurrence in words: as a band with its range, what one can do about it, and when to check."""

from collections.abc import Iterator
from typing import Literal

from herstel.assessment.report_parts import Line, Section
from herstel.errors import marked
from herstel.forecast.model import Forecast, RecurrenceForecast
from herstel.forecast.words import chance_range, date_after, duration, in_100
from herstel.knowledge.entry import source_ids
from herstel.knowledge.forecast_entries import RecurrenceFactor
from herstel.knowledge.model import Knowledge
from herstel.text import Language, say

BANDS: dict[Literal["low", "middle", "high"], str] = {
    "low": marked("lower than usual"),
    "middle": marked("about as usual"),
    "high": marked("higher than usual"),
}


def recurrence_section(forecast: Forecast, knowledge: Knowledge, language: Language) -> Section:
    """How likely it comes back after return, what raises and lowers that, and the watch."""
    risk = forecast.recurrence
    lines = [
        _band(risk, knowledge, language),
        *_factors(risk, knowledge, language),
        _not_known(risk, knowledge, language),
        _watch(forecast, knowledge, language),
    ]
    title = say(language, "The chance that it comes back")
    return Section(id="recurrence", title=title, lines=tuple(line for line in lines if line is not None))


def _band(risk: RecurrenceForecast, knowledge: Knowledge, language: Language) -> Line:
    text = say(
        language,
        "Your chance of a new injury in the year after return is {band}: {range}.",
        band=say(language, BANDS[risk.band]),
        range=chance_range(language, risk.year.low, risk.year.high),
    )
    detail = say(
        language,
        "On average about {n} in 100 get it back within a year, most of them in the first weeks.",
        n=in_100(risk.usual_year),
    )
    cited = tuple(knowledge.sources[one].cited(language) for one in ("zein-2024", "recurrence-dossier"))
    return Line(text=text, detail=detail, sources=cited)


def _factors(risk: RecurrenceForecast, knowledge: Knowledge, language: Language) -> Iterator[Line]:
    """What counts now with its action, then what could still lower it."""
    factors = knowledge.forecast.recurrence
    for name in risk.raises:
        yield _factor(factors[name], say(language, "Raises it"), knowledge, language)
    for name in risk.lowers:
        yield _factor(factors[name], say(language, "Lowers it"), knowledge, language)
    for factor in factors.values():
        if factor.hazard_ratio < 1 and factor.id not in risk.lowers:
            yield _factor(factor, say(language, "Can lower it"), knowledge, language)


def _factor(factor: RecurrenceFactor, mark: str, knowledge: Knowledge, language: Language) -> Line:
    cited = tuple(knowledge.sources[one].cited(language) for one in source_ids(factor.source))
    action = say(language, "You cannot change this.") if factor.action is None else factor.action[language]
    return Line(mark=mark, text=factor.name[language] + ".", detail=action, sources=cited)


def _not_known(risk: RecurrenceForecast, knowledge: Knowledge, language: Language) -> Line | None:
    factors = knowledge.forecast.recurrence
    names = "; ".join(factors[name].name[language] for name in risk.unknown if factors[name].hazard_ratio > 1)
    if not names:
        return None
    text = say(language, "{names}. That makes the range wider.", names=names)
    return Line(mark=say(language, "Not known"), text=text)


def _watch(forecast: Forecast, knowledge: Knowledge, language: Language) -> Line:
    risk = forecast.recurrence
    back = forecast.milestones.get("return")
    cited = tuple(knowledge.sources[one].cited(language) for one in ("orchard-2020", "recurrence-dossier"))
    if back is not None and back.reached is not None:
        dates = ", ".join(date_after(language, back.reached, days) for days in risk.checks_days)
        until = date_after(language, back.reached, risk.watch_days)
        text = say(language, "Keep watching until {until}. Check on: {dates}.", until=until, dates=dates)
    else:
        checks = ", ".join(duration(language, days) for days in risk.checks_days)
        text = say(
            language,
            "Keep watching for {weeks} after return, and check after {checks}.",
            weeks=duration(language, risk.watch_days),
            checks=checks,
        )
    detail = say(
        language, "Each week: pain on sprinting, stiffness the next day, sessions done. No single test makes it safe."
    )
    return Line(text=text, detail=detail, sources=cited)
