"""The same figures as a table for a spreadsheet. What is not shown on the page is not in it either."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from herstel.forecast.model import INTERVAL_LEVELS
from herstel.outcomes.summary import ForecastScore, MilestoneTimes, Share, Spread, enough
from herstel.quantities import Proportion
from herstel.text import Language
from herstel_web.outcomes import bridge
from herstel_web.outcomes.bridge import Figures
from herstel_web.outcomes.words import too_few

HEAD = ("section", "about", "figure", "persons", "n", "value", "low", "high")
"""Names of the columns: the same in both languages, for programs that read it. ``low`` and ``high`` are the 95 %
interval, of spreads the middle half, of what is usual 80 in 100 people."""
WITH_MARK = "\ufeff"
"""At the start: spreadsheets then read letters with accents."""


class Line(NamedTuple):
    section: str
    about: str
    figure: str
    persons: int
    n: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None


def as_csv(figures: Figures, language: Language) -> str:
    """Every figure on a line; of fewer than five persons only that."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(HEAD)
    for line in _lines(figures, language):
        if enough(line.persons):
            writer.writerow([_cell(one) for one in line])
        else:
            writer.writerow([line.section, line.about, line.figure, too_few(), "", "", "", ""])
    return WITH_MARK + written.getvalue()


def _cell(value: object) -> object:
    return "" if value is None else round(value, 4) if isinstance(value, float) else value


def _lines(figures: Figures, language: Language) -> Iterator[Line]:
    for group, score in figures.forecasts.items():
        yield from _forecast(group, score)
    for one in figures.milestones:
        yield from _milestone(one, bridge.milestone_name(one.milestone, language), figures)
    yield _spread("forecasts", "", "days_from_whole_training_to_table", figures.to_the_table)
    yield from _recurrence(figures)
    for phase in figures.adherences.phases:
        name = bridge.phase_name(phase.phase, language)
        yield _spread("adherence", name, "check_in_days_a_week", phase.check_ins)
        yield _spread("adherence", name, "training_days_done", phase.trained)
        yield _spread("adherence", name, "exercises_as_planned", phase.as_planned)
    yield _share("adherence", "", "may_have_dropped_out", figures.adherences.dropped_out)
    yield _share("adherence", "", "closed_before_return", figures.adherences.closed_before)
    quality = figures.quality
    yield _share("quality", "", "own_goal", quality.own_goal)
    yield _share("quality", "", "day_known", quality.day_known)
    yield _share("quality", "", "chain_measured", quality.measured)
    for gate, share in quality.gates.items():
        yield _share("quality", f"gate {gate}", "strength_measured", share)
    yield _share("quality", "", "core_questions_answered", quality.fields)


def _forecast(group: str, score: ForecastScore) -> Iterator[Line]:
    tally = score.tally
    for level in INTERVAL_LEVELS:
        coverage = tally.coverage[level]
        told = coverage.inside + coverage.outside
        counted = Proportion(k=coverage.inside, n=told)
        share = Share(persons=min(score.persons, told), counted=counted)
        yield _share("forecasts", group, f"inside_{level}", share)
    for figure, count in (("back", tally.reached), ("waiting", tally.waiting), ("no_word", tally.unreported)):
        yield Line("forecasts", group, figure, score.persons, n=count)
    for figure, value in (
        ("error_days", tally.error_days),
        ("bias_days", tally.bias_days),
        ("crps_days", tally.crps_days),
    ):
        persons = min(score.persons, tally.reached + tally.waiting)
        yield Line("forecasts", group, figure, persons, n=tally.reached + tally.waiting, value=value)


def _milestone(one: MilestoneTimes, name: str, figures: Figures) -> Iterator[Line]:
    yield _spread("milestones", name, "days_of_who_got_there", one.days)
    low, high = one.estimate.median_interval
    n = one.reached + one.waiting
    yield Line("milestones", name, "median_with_those_under_way", one.persons, n, one.estimate.median, low, high)
    usual = figures.usual.get(one.milestone)
    if usual is not None:
        low, high, persons = usual.range80.low, usual.range80.high, figures.persons
        yield Line("milestones", name, "usual_median_and_80_in_100", persons, None, usual.median, low, high)


def _recurrence(figures: Figures) -> Iterator[Line]:
    found = figures.recurrences
    for day, usual in figures.usual_recurrence.items():
        step, about = found.estimate.at(day), f"day {day}"
        followed = found.still_followed(day)
        yield Line("recurrence", about, "still_followed", min(found.persons, followed), n=followed)
        yield Line("recurrence", about, "came_back_in_this_time", found.persons, n=found.by_time[day])
        if step is None:
            yield Line("recurrence", about, "came_back_up_to_here", found.persons)
        else:
            low, high = 1 - step.interval.high, 1 - step.interval.low
            yield Line("recurrence", about, "came_back_up_to_here", found.persons, None, 1 - step.share, low, high)
        yield Line("recurrence", about, "usual_up_to_here", figures.persons, value=usual)
    for figure, count in (
        ("by_stop_sign", found.stop_signs),
        ("by_new_complaint", found.new_complaints),
        ("overload_not_counted", found.overloads),
    ):
        yield Line("recurrence", "", figure, found.persons, n=count)


def _share(section: str, about: str, figure: str, one: Share) -> Line:
    interval = one.counted.wilson()
    if interval is None:
        return Line(section, about, figure, one.persons, n=0)
    return Line(section, about, figure, one.persons, one.counted.n, one.counted.value, interval.low, interval.high)


def _spread(section: str, about: str, figure: str, one: Spread | None) -> Line:
    if one is None:
        return Line(section, about, figure, 0)
    return Line(section, about, figure, one.persons, one.count, one.median, one.low_quarter, one.high_quarter)
