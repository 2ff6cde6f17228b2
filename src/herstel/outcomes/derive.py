"""From everything concluded about one case to what came of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import cast

from herstel.assessment.result import assessment_of
from herstel.case_file import default_goal
from herstel.flow import Recovery
from herstel.forecast.baseline import component_weights, setting_of
from herstel.forecast.known import Known, gather
from herstel.forecast.score import DAY_BANDS, Issued, Judged, Outcome, in_band, judge
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import PhaseNumber
from herstel.knowledge.progress_entries import Milestone
from herstel.outcomes.model import AfterReturn, CaseOutcome, PhaseTime
from herstel.progress.diary import has_stop_sign
from herstel.progress.gates import GATES
from herstel.progress.model import CheckIn, Decision, GateName, Progress
from herstel.progress.replay import OFF_THE_ROAD
from herstel.progress.review import WEEK_DAYS, training_days
from herstel.progress.running import ALL_OF_TRAINING
from herstel.progress.strength import TESTS
from herstel.progress.time_chart import phase_bands

CORE = ("pain_now", "pain_worst", "pain_next_morning", "stiffness_min", "walking")
"""The questions of a check-in on which the decisions rest most."""
STRENGTH = (*TESTS, "outer_range_ratio", "nordic_force")
MEASURED_WITHIN = timedelta(days=28)
"""A strength test counts for a gate when it was done at most this long before."""
STOPPED, OVERLOADED = "stop_sign", "two_flare_ups"
FEWER = "less_done"
NOT_COMPARED = ("pain_during", "not_told", "superseded", "resting")
"""Rules of progress that say of an exercise that its amount was not held against the plan, or was not to be."""
STOOD_STILL = ("red_flag", "on_hold")
"""On such a day nothing is judged."""


def outcome_of(
    recovery: Recovery, issued: Sequence[Issued], *, person: str, opened: date, knowledge: Knowledge
) -> CaseOutcome:
    """What came of a case so far.

    Parameters
    ----------
    recovery : Recovery
        With every check-in and decision.
    issued : sequence of Issued
        Forecasts of the return as they were told, oldest first; of each band the first one is scored.
    person : str
        A label that tells persons apart; never a name.
    opened : date
        When the case was opened; earlier check-ins were told afterwards.
    knowledge : Knowledge
    """
    known, progress, goal = _known(recovery, knowledge), recovery.progress, recovery.plan.goal
    reached = {one: known.day_of(day) for one, day in known.reached.items()}
    opened_day, back = known.day_of(opened), back_in_sport(recovery)
    last = max((one.date for one in progress.check_ins), default=None)
    asked, told = _fields(progress.check_ins)
    return CaseOutcome(
        person=person,
        opened=opened,
        of_hamstring=_of_hamstring(recovery, known),
        track=recovery.plan.track,
        sides=recovery.plan.injured_sides,
        component=recovery.forecast.likeliest,
        setting=setting_of(known.level, knowledge.forecast).id,
        began=known.injury_date,
        followed_from_day=opened_day,
        last_day=None if last is None else known.day_of(last),
        last_check_in=last,
        milestones=reached,
        sport=goal.kind == "sport",
        full_session_day=None if back is None else known.day_of(back),
        already=frozenset(one for one, day in reached.items() if day <= opened_day or not known.was_lost(one)),
        returned_on=progress.milestones.get("return"),
        after_return=_after_return(progress, last),
        phase=progress.phase,
        phases=tuple(_phases(progress, last, knowledge)),
        gates=_gates(recovery),
        own_goal=goal != default_goal(assessment_of(recovery.assessment).complaint, goal.start),
        measured=bool(known.measurements),
        asked_fields=asked,
        told_fields=told,
        forecasts=tuple(_judged(issued, back, last)) if goal.kind == "sport" else (),
    )


def back_in_sport(recovery: Recovery) -> date | None:
    """The day that published times to return count to: the first whole training or match; None when none was told.

    The return by the table asks more (every criterion, and that everybody agrees) and is later; it takes the place only
    where it came first, because soreness is let go without a training that was told. Who has no sport tells none.

    Parameters
    ----------
    recovery : Recovery
        With every check-in.
    """
    progress = recovery.progress
    if recovery.plan.goal.kind != "sport":
        return None
    whole = (one.date for one in progress.check_ins if _is_whole(one) and not has_stop_sign(one))
    return min((*whole, *filter(None, [progress.milestones.get("return")])), default=None)


def _is_whole(told: CheckIn) -> bool:
    """Whether all of a training or match was joined at full strength."""
    return (told.sport_share or 0) >= 1 or any(run.step == ALL_OF_TRAINING for run in told.runs)


def _known(recovery: Recovery, knowledge: Knowledge) -> Known:
    """As the forecast knows it, with the same day 0."""
    known = gather(recovery.assessment, recovery.chain, recovery.progress, recovery.progress.today, knowledge)
    return known.from_programme() if recovery.forecast.counted_from == "programme" else known


def _of_hamstring(recovery: Recovery, known: Known) -> bool:
    """Whether there is a complaint, a plan for it, and enough ground to hold it for one of the hamstring."""
    numbers = known.knowledge.forecast
    _, covered = component_weights(known, tuple(numbers.times.values()))
    return recovery.plan.track not in OFF_THE_ROAD and covered >= numbers.constants["covered_share"]


def _fields(check_ins: Iterable[CheckIn]) -> tuple[int, int]:
    """How many core questions were put, and how many were answered."""
    answers = [getattr(one, field) for one in check_ins for field in CORE]
    return len(answers), sum(one is not None for one in answers)


def _after_return(progress: Progress, last: date | None) -> AfterReturn | None:
    back = progress.milestones.get("return")
    if back is None or last is None:
        return None

    def first(rule: str) -> float | None:
        days = [(one.date - back).days for one in progress.decisions if one.rule == rule and one.date > back]
        return float(min(days)) if days else None

    return AfterReturn(
        followed_days=float((last - back).days), stop_sign_days=first(STOPPED), overload_days=first(OVERLOADED)
    )


def _phases(progress: Progress, last: date | None, knowledge: Knowledge) -> Iterator[PhaseTime]:
    """What was told in each phase; a phase that was done twice counts once, with all its days."""
    end = min(last or date.min, progress.milestones.get("return", date.max))
    spans: dict[int, list[tuple[date, date]]] = {}
    for phase, start, until in phase_bands(progress):
        if start <= end:
            spans.setdefault(phase, []).append((start, min(until, end)))
    week = training_days(progress.plan) / WEEK_DAYS
    amounts = _amounts(progress, knowledge)
    for phase, parts in sorted(spans.items()):
        told = [one for one in progress.check_ins if any(start <= one.date <= until for start, until in parts)]
        yield PhaseTime(
            phase=cast("PhaseNumber", phase),
            days=sum((until - start).days + 1 for start, until in parts),
            told_days=len(told),
            trained_days=sum(bool(one.done or one.runs) for one in told),
            planned_days=len(told) * week,
            as_planned=sum(amounts[one.date][0] for one in told),
            fewer=sum(amounts[one.date][1] for one in told),
        )


def _amounts(progress: Progress, knowledge: Knowledge) -> Mapping[date, tuple[int, int]]:
    """For each day, how many exercises were done with the planned amount, and how many with less."""
    rules: dict[date, list[Decision]] = {one.date: [] for one in progress.check_ins}
    for decision in progress.decisions:
        if decision.date in rules and decision.rule in (FEWER, *NOT_COMPARED, *STOOD_STILL):
            rules[decision.date].append(decision)
    return {one.date: _amount(one, rules[one.date], progress, knowledge) for one in progress.check_ins}


def _amount(told: CheckIn, decisions: Iterable[Decision], progress: Progress, knowledge: Knowledge) -> tuple[int, int]:
    if any(one.rule in STOOD_STILL for one in decisions):
        return 0, 0
    fewer = {one.subject for one in decisions if one.rule == FEWER}
    left_out = {one.subject for one in decisions if one.rule in NOT_COMPARED}
    library = knowledge.exercises.exercises
    compared = {
        one.exercise
        for one in told.done
        if one.exercise in progress.plan.own or (one.exercise in library and library[one.exercise].kind != "running")
    }
    return len(compared - fewer - left_out), len(fewer)


def _gates(recovery: Recovery) -> dict[GateName, bool]:
    """The gates that were passed, the first time of each, and whether strength was measured in the weeks before."""
    measured = [one.date for one in recovery.chain.measurements if one.test in STRENGTH]
    passed: dict[GateName, date] = {}
    for one in recovery.progress.decisions:
        if one.rule == "gate_open":
            passed.setdefault(GATES[int(one.numbers["phase"]) - 2], one.date)
    back = recovery.progress.milestones.get("return")
    if back is not None:
        passed["return"] = back
    return {gate: any(day - MEASURED_WITHIN <= one <= day for one in measured) for gate, day in passed.items()}


def _judged(issued: Sequence[Issued], back: date | None, last: date | None) -> Iterator[Judged]:
    """Of each band of days the first forecast, held against the whole training or match, or against the last word."""
    for band in DAY_BANDS:
        one = next((each for each in issued if in_band(each.day, band)), None)
        if one is not None and (back is None or back > one.issued):
            yield judge(one, _outcome(one, back, last))


def _outcome(issued: Issued, back: date | None, last: date | None) -> Outcome | None:
    """Days count as they did in the forecast; whoever told nothing after it has no outcome yet."""
    day = back if back is not None else last
    if day is None or day <= issued.issued:
        return None
    milestone: Milestone = issued.milestone
    return Outcome(
        forecast=issued.id,
        milestone=milestone,
        day=issued.day + (day - issued.issued).days,
        reached=back is not None,
    )
