"""How it goes: the check-ins, the phase and its gate, what was decided by which rule, and what may be expected."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from herstel.errors import marked
from herstel.forecast.model import Forecast, NoForecast
from herstel.forecast.words import span
from herstel.knowledge.forecast_entries import CountedFrom
from herstel.knowledge.plan_entries import TrackId
from herstel.progress.model import Decision, Gate, GateItem
from herstel.progress.words import ProgressTelling
from herstel_letters.model import LetterSection
from herstel_letters.words import LetterTelling, bullet, section, sentence

WEEK_DAYS = 7
MOST_DECISIONS = 8
TOLD_DECISIONS = ("refer", "stop", "step_back", "advance")
"""What a colleague wants to know was decided, of the person, the phase and the running."""
ABOUT = ("phase", "running", "person")
TRACKS: dict[TrackId, str] = {
    "see_first": marked("no loading until examined"),
    "avulsion": marked("conservatively managed avulsion"),
    "growth_plate": marked("growing skeleton"),
    "tendinopathy": marked("tendinopathy, progressive tendon loading"),
    "soreness": marked("muscle soreness"),
    "older": marked("older or deconditioned person"),
    "recurrence": marked("recurrent injury"),
    "stretch": marked("stretching-type injury"),
    "elite": marked("elite sport with staff"),
    "prevention": marked("prevention programme"),
    "strain": marked("muscle strain"),
}
_TRENDS = (
    (marked("worst pain of the day (NRS)"), "pain_worst"),
    (marked("morning stiffness (min)"), "stiffness_min"),
    (marked("confidence (0–10)"), "confidence"),
)
SINCE: dict[CountedFrom, str] = {
    "injury": marked("after the injury"),
    "programme": marked("after the start of the treatment"),
}
_NO_TIME: dict[NoForecast, str] = {
    "referral": marked("no time is given until somebody has examined this."),
    "returned": marked("returned."),
    "elsewhere": marked("no time is given: it is not clear enough that the hamstring is the source."),
    "image_first": marked("no time is given before an X-ray has ruled out an apophyseal avulsion."),
    "too_long": marked("no time is given: longer than what studies followed; the diagnosis deserves a second look."),
}


# --- the check-ins ----------------------------------------------------------------------------------------------------


def course(t: LetterTelling) -> LetterSection | None:
    """Treatment so far and the response to it."""
    return section("course", t.tell("Treatment so far and response"), [*_treatment(t), *_trends(t)])


def _treatment(t: LetterTelling) -> Iterator[str]:
    progress, plan = t.recovery.progress, t.recovery.plan_now
    start = t.recovery.plan.goal.start
    if not progress.check_ins and start >= progress.today:
        return
    if not progress.check_ins:
        yield t.tell("No check-ins yet since the start on {day}.", day=t.day(start))
        return
    if progress.position.on_hold or plan.track == "see_first":
        yield t.tell("Since {day}: loading is on hold until examined and released.", day=t.day(start))
    else:
        text = t.tell("Since {day} exercise therapy by phases", day=t.day(start))
        yield f"{text} ({t.tell(TRACKS[plan.track])}); {_phase(t)}"
    share = progress.adherence.share
    if share is not None:
        told = t.tell("about {percent}% of the planned training of the last 14 days", percent=round(100 * share))
        text = t.tell("Adherence: {told} ({known} days told, {missing} not known).", told=told,
                      known=progress.adherence.days_known, missing=progress.adherence.days_missing)  # fmt: skip
        yield text


def _phase(t: LetterTelling) -> str:
    position = t.recovery.progress.position
    if position.discharged:
        return t.tell("discharged, prevention programme since {day}.", day=t.day(position.since))
    phase = t.term("phases", str(position.phase))
    return t.tell("now {phase} since {day}, running step {step}.", phase=phase, day=t.day(position.since),
                  step=position.running_step)  # fmt: skip


def _trends(t: LetterTelling) -> Iterator[str]:
    """The first seven days against the last seven, as mean and range of the days that were told."""
    for name, field in _TRENDS:
        told = [
            (one.date, value) for one in t.recovery.progress.check_ins if (value := getattr(one, field)) is not None
        ]
        if not told:
            continue
        first_day, today = told[0][0], t.recovery.progress.today
        first = [value for day, value in told if day < first_day + timedelta(days=WEEK_DAYS)]
        last = [value for day, value in told if day > today - timedelta(days=WEEK_DAYS)]
        latest = _mean(t, last) if last else t.tell("not known")
        yield bullet(f"{t.tell(name)}: {_mean(t, first)} → {latest}")


def _mean(t: LetterTelling, values: Sequence[float]) -> str:
    low, high = t.number(min(values)), t.number(max(values))
    mean = t.number(round(sum(values) / len(values), 1))
    if len(values) == 1:
        return t.tell("{value} (1 day)", value=mean)
    return t.tell("mean {mean} (range {low}–{high}, {n} days)", mean=mean, low=low, high=high, n=len(values))


def status(t: LetterTelling) -> LetterSection | None:
    """The same as the state of a progress report."""
    lines = [*_treatment(t), *_trends(t), *_milestones(t)]
    return section("status", t.tell("Course"), lines)


def _milestones(t: LetterTelling) -> Iterator[str]:
    reached = t.recovery.progress.milestones
    if reached:
        names = "; ".join(
            f"{t.of(t.knowledge.forecast.milestones[one].name)} ({t.day(on)})" for one, on in reached.items()
        )
        yield t.tell("Milestones reached: {names}.", names=names)


def milestones(t: LetterTelling) -> LetterSection | None:
    """What was reached when, for the discharge."""
    lines = list(_milestones(t)) or [t.tell("No milestone was recorded.")]
    return section("milestones", t.tell("Course and milestones"), [*_treatment(t), *_trends(t), *lines])


# --- gates ------------------------------------------------------------------------------------------------------------


def gate(t: LetterTelling) -> LetterSection | None:
    """What the next phase, or the return, asks: met, not met and not known apart."""
    present = t.recovery.progress.gate
    if present is None:
        return None
    title = t.tell("Criteria for the return") if present.name == "return" else t.tell("Criteria for the next phase")
    return section("gate", title, _gate(t, present))


def return_table(t: LetterTelling) -> LetterSection | None:
    """The criteria of the return at discharge, so that what is not met is not left unsaid."""
    lines = list(_gate(t, t.recovery.progress.return_table))
    if not t.recovery.progress.position.discharged:
        lines.insert(0, t.tell("Not all criteria for the return are met: this treatment ends before a full return."))
    return section("return", t.tell("Criteria for the return"), lines)


def _gate(t: LetterTelling, present: Gate) -> Iterator[str]:
    met = [one for one in present.items if one.met is True]
    yield t.tell("{met} of {of} criteria met.", met=len(met), of=len(present.items))
    for word, items in (
        (marked("Not met"), [one for one in present.items if one.met is False]),
        (marked("Not known"), [one for one in present.items if one.met is None]),
        (marked("Met"), met),
    ):
        if items:
            yield bullet(f"{t.tell(word)}: {'; '.join(_criterion(t, one) for one in items)}.")
    if present.minimum_days_left > 0:
        yield t.tell("Minimum stay in this phase: {days} more days.", days=t.number(present.minimum_days_left))


def _criterion(t: LetterTelling, item: GateItem) -> str:
    found = progress_words(t).found(item)
    name = t.term("gates", item.criterion)
    return f"{name} [{found}]" if found else name


def progress_words(t: LetterTelling) -> ProgressTelling:
    """The domain's words of progress, for numbers of rules and criteria."""
    return ProgressTelling(language=t.language, knowledge=t.knowledge, progress=t.recovery.progress)


# --- decisions --------------------------------------------------------------------------------------------------------


def decisions(t: LetterTelling) -> LetterSection | None:
    """The last decisions that moved something, each with its rule and numbers."""
    told = [one for one in t.recovery.progress.decisions if one.action in TOLD_DECISIONS and one.subject in ABOUT]
    lines = [bullet(_decision(t, one)) for one in told[-MOST_DECISIONS:]]
    return section("decisions", t.tell("Decisions and the rule behind each"), lines)


def _decision(t: LetterTelling, one: Decision) -> str:
    rule = t.of(t.knowledge.progress.rules[one.rule].name)
    numbers = progress_words(t).numbers(one)
    return sentence(f"{t.day(one.date)}: {rule}{f' ({numbers})' if numbers else ''}")


# --- what may be expected ---------------------------------------------------------------------------------------------


def prognosis(t: LetterTelling) -> LetterSection | None:
    """How long it may take, in a section of its own."""
    return section("prognosis", t.tell("Prognosis"), prognosis_lines(t))


def prognosis_lines(t: LetterTelling) -> Iterator[str]:
    """The time to return with its 80 % interval, the familiar range beside it, the risk of recurrence."""
    forecast = t.recovery.forecast
    if forecast.no_forecast is not None:
        yield t.tell("Return: {reason}", reason=t.tell(_NO_TIME[forecast.no_forecast]))
        return
    back = forecast.milestones["return"].intervals[80]
    text = t.tell("Return to full activity: 80% interval {span} {since}", span=span(t.language, back.low, back.high),
                  since=t.tell(SINCE[forecast.counted_from]))  # fmt: skip
    yield sentence(text + _calendar(t, forecast) + _familiar(t, forecast))
    if forecast.too_early:
        yield t.tell("In the first week this cannot be told reliably.")
    if forecast.longer_than_usual:
        yield t.tell("This already takes longer than in most people: the diagnosis deserves a second look.")


def _calendar(t: LetterTelling, forecast: Forecast) -> str:
    start, back = forecast.injury_date, forecast.milestones["return"].intervals[80]
    if start is None:
        return ""
    early, late = (t.day(start + timedelta(days=round(days))) for days in (back.low, back.high))
    span_of_days = t.tell("{early} to {late}", early=early, late=late)
    return f" ({span_of_days})"


def _familiar(t: LetterTelling, forecast: Forecast) -> str:
    if forecast.founding is None:
        return ""
    familiar = span(t.language, forecast.founding.low, forecast.founding.high)
    return "; " + t.tell("rule of thumb for this grade {span}", span=familiar)
