"""The score of earlier forecasts in words."""

from collections.abc import Iterator, Sequence

from herstel.assessment.report_parts import Line, Report, Section
from herstel.errors import marked
from herstel.forecast.score import Coverage, Score, Tally
from herstel.knowledge.model import Knowledge
from herstel.text import Language, say

BANDS = {
    "0-6": marked("Made in the first week"),
    "7-20": marked("Made in the second or third week"),
    "21+": marked("Made after three weeks"),
}


def write_scores(scores: Sequence[Score], knowledge: Knowledge, language: Language) -> Report:
    """Say how right forecasts were, one section for each milestone."""
    sections = tuple(_section(one, knowledge, language) for one in scores)
    headline = say(language, "How right the forecasts were")
    return Report(language=language, urgency="self_care", headline=headline, tone="plain", sections=sections)


def _section(score: Score, knowledge: Knowledge, language: Language) -> Section:
    lines = list(_lines(say(language, "All"), score.all, language))
    for band, name in BANDS.items():
        if score.by_day[band].forecasts:
            lines += _lines(say(language, name), score.by_day[band], language)
    title = knowledge.forecast.milestones[score.milestone].name[language]
    return Section(id=f"score-{score.milestone}", title=title, lines=tuple(lines))


def _lines(name: str, tally: Tally, language: Language) -> Iterator[Line]:
    yield Line(
        heading=True,
        mark=name,
        text=say(
            language,
            "{forecasts} forecasts: {reached} reached, {waiting} not there yet, {unreported} without any word.",
            forecasts=tally.forecasts,
            reached=tally.reached,
            waiting=tally.waiting,
            unreported=tally.unreported,
        ),
    )
    if tally.crps_days is None or tally.error_days is None or tally.bias_days is None:
        return
    for level, coverage in tally.coverage.items():
        yield Line(text=_inside(level, coverage, language))
    least = say(language, "at least") + " " if tally.lower_bound else ""
    yield Line(
        text=say(
            language,
            "The middle of the forecast missed by {least}{error:.1f} days on average; on average it came {bias:+.1f} "
            "days from the day told, plus is later (CRPS {least}{crps:.1f} days).",
            least=least,
            error=tally.error_days,
            bias=tally.bias_days,
            crps=tally.crps_days,
        )
    )


def _inside(level: int, coverage: Coverage, language: Language) -> str:
    told = coverage.inside + coverage.outside
    text = say(
        language,
        "Inside the {level} % interval: {inside} of {told}.",
        level=level,
        inside=coverage.inside,
        told=told,
    )
    bounds = coverage.bounds
    if not coverage.undecided or bounds is None:
        return text
    low, high = round(100 * bounds.low), round(100 * bounds.high)
    more = say(
        language,
        "{undecided} cannot be told yet: in the end {low} to {high} per cent.",
        undecided=coverage.undecided,
        low=low,
        high=high,
    )
    return f"{text} {more}"
