"""Looking at the whole: how much of the plan is done, whether it helps, and when somebody should look along."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property
from statistics import median

from herstel.assessment.assess import facts_of
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import ProgressKnowledge
from herstel.plan.model import Plan
from herstel.progress.diary import Diary, number_told
from herstel.progress.model import Adherence, CheckIn
from herstel.progress.screening import Screening
from herstel.progress.today import Today

WEEK_DAYS = 7
PERSON = "person"
TRAINING = ("main", "running", "conditioning")
TREND = ("pain_worst", "walking", "stiffness_min")
REPEATED_AFTER_DAYS = 7


def adherence(plan: Plan, diary: Diary, today: date, knowledge: ProgressKnowledge) -> Adherence:
    """How much of the planned training was told to be done in the last two weeks.

    Parameters
    ----------
    plan : Plan
        How many days a week hold training.
    diary : Diary
    today : date
    knowledge : ProgressKnowledge

    Returns
    -------
    Adherence
        A day without a check-in is missing: neither done nor left out.
    """
    days = int(knowledge.limit("low_adherence", "days"))
    begun = min(days, (today - plan.goal.start).days + 1)
    told = list(diary.lately(today, begun)) if begun > 0 else []
    expected = len(told) * training_days(plan) / WEEK_DAYS
    trained = sum(1 for one in told if one.done or one.runs)
    return Adherence(
        days_known=len(told),
        days_missing=max(0, begun) - len(told),
        share=min(1.0, trained / expected) if expected else None,
        longest_gap_days=_longest_gap({one.date for one in told}, today, begun),
    )


def training_days(plan: Plan) -> int:
    """On how many days of the week the plan holds training."""
    scheduled = sum(any(one.kind in TRAINING for one in day.sessions) for day in plan.week.days)
    return scheduled or sum(1 for minutes in plan.goal.minutes.values() if minutes > 0)


def _longest_gap(known: set[date], today: date, days: int) -> int:
    longest = gap = 0
    for n in range(days):
        gap = 0 if today - timedelta(days=n) in known else gap + 1
        longest = max(longest, gap)
    return longest


class Reviews:
    """Asks for somebody to look along; it never moves anything forward or back."""

    def __init__(self, plan: Plan, knowledge: Knowledge, diary: Diary, screening: Screening) -> None:
        self._plan, self._knowledge, self._rules = plan, knowledge, knowledge.progress
        self._diary, self._screening = diary, screening
        self._told_on: dict[tuple[str, float], date] = {}
        self._moved_on = plan.goal.start
        """When a phase or running step was last gained."""

    def moved_on(self, day: date) -> None:
        """A phase or a running step was gained: that is improvement."""
        self._moved_on = day

    def day(self, today: Today, returned_on: date | None) -> None:
        """What should be looked at today; the same is not asked again within a week."""
        for rule, numbers in (*self._recheck(today.day), *self._after_return(today.day, returned_on),
                              *self._going_well(today.day)):  # fmt: skip
            key = (rule, numbers.get("moment", 0.0))
            last = self._told_on.get(key)
            if last is None or (today.day - last).days >= REPEATED_AFTER_DAYS:
                self._told_on[key] = today.day
                today.decide(PERSON, rule, numbers)

    @cached_property
    def _recheck_days(self) -> tuple[int, ...]:
        """The days since the injury on which the assessment planned to look again, the first ones."""
        facts = facts_of(self._plan.assessment, self._knowledge)
        last = self._rules.limit("recheck_due", "last_day")
        planned = (one.day for one in self._knowledge.advice.rechecks if one.day <= last and one.when.holds(facts))
        return tuple(sorted(planned))

    def _recheck(self, day: date) -> Iterator[tuple[str, dict[str, float]]]:
        since = self._screening.days_since_injury(day)
        if since is None or since > self._rules.limit("recheck_due", "last_day"):
            return
        due = max((one for one in self._recheck_days if one <= since), default=None)
        last = self._screening.rechecked_on
        if due is not None and (last is None or (day - last).days > since - due):
            yield "recheck_due", {"moment": float(due)}

    def _after_return(self, day: date, returned_on: date | None) -> Iterator[tuple[str, dict[str, float]]]:
        """The checks some weeks after the return (source: rehabilitation-dossier)."""
        if returned_on is None:
            return
        weeks = (day - returned_on).days / WEEK_DAYS
        for moment in self._rules.rules["watch_check"].limits.values():
            if 0 <= weeks - moment < 1:
                yield "watch_check", {"moment": moment}

    def _going_well(self, day: date) -> Iterator[tuple[str, dict[str, float]]]:
        begun = (day - self._plan.goal.start).days
        limits = self._rules.rules["low_adherence"].limits
        if begun + 1 < limits["days"]:
            return
        done = adherence(self._plan, self._diary, day, self._rules)
        if done.share is None or done.days_known < limits["days_known"]:
            return
        if done.share < limits["share_percent"] / 100:
            yield "low_adherence", {"share_percent": round(100 * done.share)}
        elif begun >= self._rules.limit("no_improvement", "days"):
            change = self._no_improvement(day)
            if change is not None:
                imaging = begun >= self._rules.limit("no_improvement_imaging", "days")
                yield "no_improvement_imaging" if imaging else "no_improvement", change

    def _no_improvement(self, day: date) -> dict[str, float] | None:
        """How the last week compares with the one two weeks before it; None when it improved or is not known."""
        limits = self._rules.rules["no_improvement"].limits
        if (day - self._moved_on).days < limits["days"]:
            return None
        window = int(limits["window_days"])
        first = max(self._plan.goal.start, day - timedelta(days=int(limits["days"]) + window - 1))
        before, now = (list(self._diary.lately(end, window)) for end in (first + timedelta(days=window - 1), day))
        if min(len(before), len(now)) < limits["known"]:
            return None
        pain, walking, stiffness = ((_middle(before, field), _middle(now, field)) for field in TREND)
        if pain[0] is None or pain[1] is None or pain[1] <= limits["calm"]:
            return None
        better = (pain, limits["pain"]), (walking, 1.0), (stiffness, limits["stiffness_min"])
        if any(_fell(*one) for one in better):
            return None
        return {"pain_before": pain[0], "pain_now": pain[1], "days": limits["days"]}


def _middle(told: Iterable[CheckIn], field: str) -> float | None:
    known = [number for one in told if (number := number_told(one, field)) is not None]
    return median(known) if known else None


def _fell(pair: tuple[float | None, float | None], by: float) -> bool:
    before, now = pair
    return before is not None and now is not None and before - now >= by
