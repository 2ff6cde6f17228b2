"""The sections of the page about time: how right forecasts were, how long milestones took, what came back."""

from collections.abc import Iterator

from django.utils.translation import gettext

from herstel.forecast.model import INTERVAL_LEVELS
from herstel.forecast.score import Coverage, Tally
from herstel.outcomes.kaplan_meier import KaplanMeier, Step
from herstel.outcomes.picture import GROUPS
from herstel.outcomes.reference import UsualDays
from herstel.outcomes.summary import ForecastScore, MilestoneTimes, Recurrences, enough
from herstel.quantities import Interval, Proportion
from herstel.text import Language, say
from herstel_web.outcomes import bridge
from herstel_web.outcomes.bridge import Figures
from herstel_web.outcomes.pages_following import adherence_section, quality_section
from herstel_web.outcomes.shown import Cell, Row, Section
from herstel_web.outcomes.words import NONE, days, number, percent, percents, proportion, spread, too_few
from herstel_web.reporting import picture


def outcomes_page(figures: Figures, language: Language) -> tuple[Section, ...]:
    """All sections; none when there are too few persons for any figure."""
    if not enough(figures.persons):
        return ()
    return (
        forecast_section(figures, language),
        milestone_section(figures, language),
        recurrence_section(figures, language),
        adherence_section(figures, language),
        quality_section(figures),
    )


# --- forecasts --------------------------------------------------------------------------------------------------------


def forecast_section(figures: Figures, language: Language) -> Section:
    chart = bridge.promise_chart(figures, language)
    return Section(
        id="forecasts",
        title=gettext("What our forecasts promised, and what happened"),
        intro=gettext(
            "Everybody was told when they may be fully back, with intervals. This is how often the day of the first "
            "whole training or match lay inside: the studies behind the forecasts count to that."
        ),
        head=(
            gettext("Forecast"),
            gettext("Persons"),
            *(gettext("Inside the {level} interval").format(level=percent(level / 100)) for level in INTERVAL_LEVELS),
            gettext("The middle missed by"),
        ),
        rows=tuple(_forecast_row(say(language, GROUPS[group]), one) for group, one in figures.forecasts.items()),
        facts=tuple(_forecast_facts(figures)),
        chart=None if chart is None else picture(chart),
        limits=(
            gettext(
                "Of each person one forecast counts in a row, the first: otherwise whoever looked often would count "
                "often."
            ),
            gettext(
                "An interval of 80 % is right when about 80 in 100 days lie inside. More means too wide, fewer too "
                "narrow. It says how honest the forecasts are, not how good the care is."
            ),
            gettext(
                "Who is not back yet is outside once the interval has passed, and before that cannot be told. Among "
                "those who can be told the quick ones come first, so read what may still follow as well."
            ),
            *_what_is_compared(),
        ),
    )


def _what_is_compared() -> tuple[str, ...]:
    """Which day a forecast is held against, and why it may lie after its interval."""
    return (
        gettext(
            "The day is that of the first check-in that tells a whole training or match at full strength, without a "
            "sharp stab, giving way or a new bruise. Where everything the return-to-sport table asks was met before "
            "that, it is the day of the table."
        ),
        gettext(
            "The return by the table is another day: it asks every criterion, and that everybody agrees. It is not "
            "held against a forecast."
        ),
        gettext(
            "In the studies people went back by other criteria than those of Herstel. Who follows the plan joins a "
            "whole training only when the running ladder and its criteria are met. Where that takes longer, the day "
            "lies after the interval."
        ),
        gettext(
            "Who joined without telling it counts as waiting. Before phase 3 the check-in asks for it only when a "
            "match or event stands in the goal. Who has no sport in the goal is left out."
        ),
    )


def _forecast_facts(figures: Figures) -> Iterator[str]:
    later = figures.to_the_table
    if later is not None and enough(later.persons):
        yield gettext(
            "From the first whole training or match to the return by the table: {days} days, median (middle half), of "
            "{persons} persons."
        ).format(days=spread(later).text, persons=later.persons)
    if figures.without_sport:
        yield gettext("Left out, because the goal is no sport: {n}.").format(n=figures.without_sport)


def _forecast_row(name: str, score: ForecastScore) -> Row:
    tally = score.tally
    if not enough(score.persons):
        return Row(name=name, persons=too_few(), cells=(Cell(NONE),) * (len(INTERVAL_LEVELS) + 1))
    return Row(
        name=name,
        persons=str(score.persons),
        cells=(*(_coverage(tally.coverage[level]) for level in INTERVAL_LEVELS), _missed(tally)),
        note=gettext("{reached} back, {waiting} not back yet, {unreported} without any word after it.").format(
            reached=tally.reached, waiting=tally.waiting, unreported=tally.unreported
        ),
    )


def _coverage(coverage: Coverage) -> Cell:
    """The share inside so far; below it where it may end when everybody is back."""
    told = coverage.inside + coverage.outside
    found = proportion(Proportion(k=coverage.inside, n=told)) if enough(told) else Cell(too_few())
    if not coverage.undecided or coverage.bounds is None:
        return found
    end = gettext("in the end {bounds}").format(bounds=percents(coverage.bounds))
    return Cell(found.text, "; ".join(part for part in (found.small, end) if part))


def _missed(tally: Tally) -> Cell:
    if tally.error_days is None or tally.bias_days is None or not enough(tally.reached + tally.waiting):
        return Cell(NONE)
    missed = gettext("at least {days}") if tally.lower_bound else "{days}"
    late = gettext("{days} later than told") if tally.bias_days >= 0 else gettext("{days} earlier than told")
    return Cell(missed.format(days=days(tally.error_days)), late.format(days=days(abs(tally.bias_days))))


# --- milestones -------------------------------------------------------------------------------------------------------


def milestone_section(figures: Figures, language: Language) -> Section:
    chart = bridge.return_chart(figures, language)
    rows = (
        _milestone_row(bridge.milestone_name(one.milestone, language), one, figures.usual.get(one.milestone))
        for one in figures.milestones
    )
    return Section(
        id="milestones",
        title=gettext("Days to milestones"),
        intro=gettext(
            "Counted from day 0: the injury, or for an overload the first day of the programme. Beside it what is "
            "usual for people with the same complaints and level of sport."
        ),
        head=(
            gettext("Milestone"),
            gettext("Persons"),
            gettext("Who got there: median (middle half)"),
            gettext("With those under way: median (95 %)"),
            gettext("Usual: median (80 in 100)"),
        ),
        rows=tuple(rows),
        chart=None if chart is None else picture(chart),
        limits=(
            gettext(
                "Who got there is quicker than everybody: the slow ones are still under way. The median with those "
                "under way (Kaplan-Meier) counts them too, and stays open until half of them got there while at least "
                "five were followed."
            ),
            gettext("Who came to you later counts from that day on, because they cannot have been quicker."),
            gettext(
                "The usual days come from studies of athletes and, for other levels of sport and for every milestone "
                "but the first whole training or match, from estimates. No clinician reviewed them yet."
            ),
            gettext(
                "Fully back is the return by Herstel's table. No study counts to that day, so nothing usual stands "
                "beside it."
            ),
            gettext(
                "A difference from what is usual does not say why. It may lie in who comes, how soon, and what is told."
            ),
        ),
        sources=bridge.usual_sources(figures, language),
    )


def _milestone_row(name: str, one: MilestoneTimes, usual: UsualDays | None) -> Row:
    usual_days = Cell(NONE if usual is None else f"{number(usual.median)} ({_days(usual.range80)})")
    if not enough(one.persons):
        return Row(name=name, persons=too_few(), cells=(Cell(NONE), Cell(NONE), usual_days))
    return Row(
        name=name,
        persons=str(one.persons),
        cells=(Cell(_reached(one)), Cell(_median(one.estimate)), usual_days),
        note=" ".join(_milestone_note(one)),
    )


def _reached(one: MilestoneTimes) -> str:
    if one.days is None:
        return NONE
    if not enough(one.days.persons):
        return too_few()
    return spread(one.days).text


def _median(estimate: KaplanMeier) -> str:
    if estimate.median is None:
        return gettext("not known yet")
    low, high = estimate.median_interval
    ends = ("?" if end is None else number(end) for end in (low, high))
    return f"{number(estimate.median)} ({'–'.join(ends)})"


def _milestone_note(one: MilestoneTimes) -> Iterator[str]:
    yield gettext("{reached} got there, {waiting} under way.").format(reached=one.reached, waiting=one.waiting)
    if one.already:
        yield gettext("{n} left out: there from the start.").format(n=one.already)
    if one.unknown:
        yield gettext("{n} left out: day 0 or what came after is not known.").format(n=one.unknown)


def _days(interval: Interval) -> str:
    return f"{number(interval.low)}–{number(interval.high)}"


# --- recurrence -------------------------------------------------------------------------------------------------------


def recurrence_section(figures: Figures, language: Language) -> Section:
    found = figures.recurrences
    rows = tuple(_recurrence_row(day, figures) for day in found.by_time) if enough(found.persons) else ()
    return Section(
        id="recurrence",
        title=gettext("What came back after the return"),
        intro=_recurrence_intro(found),
        head=(
            gettext("After return"),
            gettext("Still followed"),
            gettext("Came back in this time"),
            gettext("Came back up to here (95 %)"),
            gettext("Usual up to here"),
        ),
        rows=rows,
        facts=tuple(_recurrence_facts(found)) if rows else (),
        limits=(
            gettext(
                "Came back means: after the return a check-in told a sharp stab, giving way or a new bruise, or the "
                "same person has a new complaint with a tear on the same side in your practice. No scan confirms it: "
                "some will have been something else."
            ),
            gettext(
                "A step back for two flare-ups in a week is told apart and does not count: it is overload, not a new "
                "injury. A new injury that nobody told Herstel or your practice is not seen at all."
            ),
            gettext("Only complaints with a tear count, and only while check-ins are told after the return."),
            gettext("The usual share is that of the average person of one follow-up study of athletes."),
            gettext("Few people come back and fewer are followed for a year: the intervals are wide. Compare nobody."),
        ),
        sources=bridge.recurrence_sources(language),
    )


def _recurrence_intro(found: Recurrences) -> str:
    if not enough(found.persons):
        return gettext("Not shown: of fewer than five persons anything was told after the return.")
    return gettext("{persons} persons were followed after their return; it came back in {n} of {cases} cases.").format(
        persons=found.persons, n=found.came_back, cases=found.followed
    )


def _recurrence_row(day: int, figures: Figures) -> Row:
    found = figures.recurrences
    weeks = {14: gettext("2 weeks"), 42: gettext("6 weeks"), 84: gettext("12 weeks"), 365: gettext("12 months")}
    step, followed = found.estimate.at(day), found.still_followed(day)
    return Row(
        name=weeks[day],
        persons=str(followed) if enough(followed) else too_few(),
        cells=(
            Cell(str(found.by_time[day])),
            Cell(gettext("not known yet") if step is None else _came_back(step)),
            Cell(percent(figures.usual_recurrence[day])),
        ),
    )


def _came_back(step: Step) -> str:
    return f"{percent(1 - step.share)} ({percents(Interval(low=1 - step.interval.high, high=1 - step.interval.low))})"


def _recurrence_facts(found: Recurrences) -> Iterator[str]:
    yield gettext("By a sharp stab, giving way or a new bruise: {n}.").format(n=found.stop_signs)
    yield gettext("By a new complaint on the same side: {n}.").format(n=found.new_complaints)
    yield gettext("A step back for flare-ups, not counted: {n}.").format(n=found.overloads)
    if found.later:
        yield gettext("Later than 12 months: {n}.").format(n=found.later)
    if found.silent:
        yield gettext("Back, and told nothing since: {n}.").format(n=found.silent)
