"""What is known of a person on the day of the forecast, gathered from the earlier steps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.chain.measures import latest, side_difference, side_ratio
from herstel.chain.model import BodySide, Chain, Measurement
from herstel.complaint.model import ReportedFacts
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.forecast_entries import MILESTONES, CountedFrom
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn, Progress

PAIRED_WITHIN_DAYS = 7
"""The two sides of one comparison are measured at most this far apart."""
STRENGTH_TESTS = ("outer_range_ratio", "outer_range_strength")
"""Where the strength ratio at long muscle length comes from, the first that was measured."""
Dated = tuple[float, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The person of a forecast.

    Attributes
    ----------
    referred : bool
        Somebody must look first: the assessment or a check-in is a referral, or everything is on hold.
    counted_from : {"injury", "programme"}
        What day 0 is.
    injury_date : date or None
        Of day 0. None when neither the goal nor the complaint tells it; then day 0 is the day of the complaint.
    day : float
        Days since day 0, today.
    check_ins : tuple of CheckIn
        Up to today, oldest first.
    reached : mapping of milestone to date
    """

    assessment: Assessment
    referred: bool
    facts: ReportedFacts
    chain: Chain
    progress: Progress | None
    knowledge: Knowledge
    today: date
    injury_date: date | None
    day: float
    counted_from: CountedFrom = "injury"
    level: str | None
    measurements: tuple[Measurement, ...]
    check_ins: tuple[CheckIn, ...]
    reached: Mapping[Milestone, date]

    def from_programme(self) -> "Known":
        """The same person with the days counted from the start of the programme, or from today without one."""
        start = self.today if self.progress is None else min(self.progress.plan.goal.start, self.today)
        return replace(self, injury_date=start, day=float((self.today - start).days), counted_from="programme")

    @property
    def urgency(self) -> Urgency:
        """How urgent it is, by the referral of a check-in where there is one."""
        referral = None if self.progress is None else self.progress.referral
        return (self.assessment if referral is None else referral).urgency.level

    @property
    def side(self) -> BodySide | None:
        return self.chain.injured_side

    @property
    def furthest(self) -> Milestone | None:
        """The furthest milestone that was reached."""
        return next((one for one in reversed(MILESTONES) if one in self.reached), None)

    def was_lost(self, milestone: Milestone) -> bool:
        """Whether a milestone that was reached had been lost; one that never was says nothing of the pace.

        Who walked without pain from the first day did not get that back on a certain day. Running is lost by everybody:
        the plan stops it. Tendon pain is counted from the programme, and walking mostly never hurt.
        """
        if milestone != "walk_pain_free":
            return True
        if self.counted_from == "programme":
            return False
        hurt = (one.walking not in (None, "pain_free") for one in self.check_ins if one.date < self.reached[milestone])
        return any(hurt) or True in (self.facts.finding("pain_walking"), self.facts.finding("limp"))

    def day_of(self, when: date) -> float:
        """Days since the injury on another date."""
        return self.day - (self.today - when).days

    def dates_of(self, *tests: str) -> tuple[date, ...]:
        """The dates on which any of these tests was done, oldest first."""
        return tuple(sorted({one.date for one in self.measurements if one.test in tests}))

    def difference(self, test: str, on: date) -> Dated | None:
        """How much worse the injured side was, in the unit of the test."""
        return side_difference(self.measurements, test, self.side, on, PAIRED_WITHIN_DAYS, self.knowledge)

    def strength_ratio(self, on: date, tests: tuple[str, ...] = STRENGTH_TESTS) -> Dated | None:
        """Strength of the injured side over the other, by the first of these tests that was done."""
        ratios = (side_ratio(self.measurements, test, self.side, on, PAIRED_WITHIN_DAYS) for test in tests)
        return next((ratio for ratio in ratios if ratio is not None), None)

    def at_start(self, test: str) -> float | None:
        """The injured side's first value, when it was measured near the injury."""
        limit = self.knowledge.forecast.constants["baseline_days"]
        for when in self.dates_of(test):
            one = latest(self.measurements, test, self.side, when, 0) or latest(self.measurements, test, None, when, 0)
            if one is not None and self.day_of(when) <= limit:
                return one.value
        return None

    def difference_at_start(self, test: str) -> float | None:
        """How much worse the injured side was at first, when it was measured near the injury."""
        limit = self.knowledge.forecast.constants["baseline_days"]
        for when in self.dates_of(test):
            difference = self.difference(test, when)
            if difference is not None and self.day_of(when) <= limit:
                return difference[0]
        return None


def gather(
    assessment: Assessment | Referral, chain: Chain, progress: Progress | None, today: date, knowledge: Knowledge
) -> Known:
    """Gather what the forecast uses; a re-check's assessment takes the place of the first."""
    first = assessment_of(assessment)
    revised = first if progress is None or progress.reassessment is None else progress.reassessment
    referred = isinstance(assessment, Referral) or (
        progress is not None and (progress.referral is not None or progress.position.on_hold)
    )
    injury_date, day = _injury(first, progress, today)
    goal = None if progress is None else progress.plan.goal
    return Known(
        assessment=revised,
        referred=referred,
        facts=facts_of(revised, knowledge),
        chain=chain,
        progress=progress,
        knowledge=knowledge,
        today=today,
        injury_date=injury_date,
        day=day,
        level=(goal.level if goal is not None else None) or revised.complaint.level,
        measurements=tuple(one for one in chain.measurements if one.date <= today),
        check_ins=() if progress is None else tuple(one for one in progress.check_ins if one.date <= today),
        reached={} if progress is None else {k: day for k, day in progress.milestones.items() if day <= today},
    )


def _injury(assessment: Assessment, progress: Progress | None, today: date) -> tuple[date | None, float]:
    """The day of the injury and the days since; the complaint counts its days up to the start of the plan."""
    days = assessment.complaint.days_since_onset
    start = today if progress is None else min(progress.plan.goal.start, today)
    injury = None if progress is None else progress.plan.goal.injury_date
    if injury is None and days is not None:
        injury = start - timedelta(days=round(days))
    if injury is None or injury > today:
        return None, float((today - start).days)
    return injury, float((today - injury).days)
