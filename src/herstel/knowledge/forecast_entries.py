"""The knowledge of the forecast: log-normal times by grade and setting, covariates, measures, recurrence."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, get_args

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.progress_entries import Milestone
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

Component = Literal["soreness", "0", "1", "2", "3", "tendon", "avulsion", "apophysis", "tendinopathy"]
COMPONENTS: tuple[Component, ...] = get_args(Component)
CountedFrom = Literal["injury", "programme"]
"""What day 0 is: an overload has no moment, its time counts from the first day of the programme."""
MILESTONES: tuple[Milestone, ...] = get_args(Milestone)
"""In the order in which they are reached."""
UNKNOWN_SETTING = "unknown"
PerUnit = Literal[
    "pain_above_7", "age_decades_above_25", "slr_deficit_deg", "ake_deficit_deg", "tenderness_cm",
    "days_before_rehabilitation",
]  # fmt: skip
Counted = Literal[
    "knee_extension_discomfort", "slr_below_other_leg", "earlier_injuries", "fast_return", "strength_below_85_percent",
    "nordic_below_norm", "sprint_mechanics_score", "chain_links", "nordic_weekly", "sprint_weekly",
]  # fmt: skip
"""What a recurrence factor counts in measurements and check-ins, where no criterion on the complaint can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToReturn(Entry):
    """ln T ~ Normal(log_mean, log_sd), T in days from injury to full return, professional setting.

    Attributes
    ----------
    grade : str
        The grade of the assessment whose probability it takes a share of; "" for a branch beside the grades.
    conditions : tuple of str
        The conditions of the differential it stands for; they divide the probability of the grade.
    image_first : tuple of str
        Imaging rules that must be answered before the time of any other component may be told.
    """

    id: Component
    name: Text
    log_mean: float
    log_sd: float
    setting_share: float
    """How much of the setting effect counts (grade 3 uses half)."""
    founding_low_days: float | None
    founding_high_days: float | None
    grade: Literal["0", "1", "2", "3", "tendon", ""]
    conditions: tuple[str, ...]
    image_first: tuple[str, ...] = ()
    counted_from: CountedFrom = "injury"
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if self.log_sd <= 0 or not 0 <= self.setting_share <= 1:
            raise ValueError("log_sd is above 0, and setting_share a share from 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting(Entry):
    """Shift on ln T for the setting; ``levels`` are the levels of the question bank it stands for."""

    id: str
    name: Text
    shift: float
    shift_sd: float
    levels: tuple[str, ...]
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Covariate(Entry):
    """Shift on ln T: per unit of a number, or when a criterion holds.

    Attributes
    ----------
    usual : float
        Value (or share of the people in whom the criterion holds) in the cohorts behind the times. The shift counts
        from there, so that the average person keeps the cohort's median and an unknown value moves nothing.
    usual_sd : float or None
        Standard deviation of the value there; None for a criterion, whose share tells it.
    told_when : Criterion or None
        Only then do the answers say anything about it.
    low, high : float or None
        Values are not counted beyond these.
    replaced_by : tuple of str
        Measures that say the same better; with one of them the covariate is not used.
    """

    id: str
    name: Text
    shift: float
    usual: float
    usual_sd: float | None = None
    per_unit_of: PerUnit | None = None
    low: float | None = None
    high: float | None = None
    when: Criterion | None = None
    told_when: Criterion | None = None
    components: tuple[Component, ...] = ()
    """Only for these; empty: 1, 2 and 3."""
    replaced_by: tuple[str, ...] = ()
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if (self.per_unit_of is None) is (self.when is None):
            raise ValueError("needs either per_unit_of or when")
        if (self.per_unit_of is None) is not (self.usual_sd is None):
            raise ValueError("a number has a usual_sd, a criterion has none")

    @property
    def variance(self) -> float:
        """How much of the variance of ln T between people it makes up, when it is not known."""
        sd = math.sqrt(self.usual * (1 - self.usual)) if self.usual_sd is None else self.usual_sd
        return (self.shift * sd) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneTime(Entry):
    """A milestone as a share of T, with the noise on ln T of seeing it reached (0 for the return itself)."""

    id: Milestone
    name: Text
    fraction: float
    log_sd: float
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if not 0 < self.fraction <= 1 or (self.log_sd > 0) is not (self.id != "return"):
            raise ValueError("fraction is a share of T up to 1; every milestone but the return has noise above 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryMeasure(Entry):
    """A deficit that shrinks as first x exp(-rate t / T), so that what is left of it tells T.

    Attributes
    ----------
    full : float or None
        What the deficit is counted from: full - value (1 for a ratio); None where the value itself is the deficit.
    rate : float
        Per T.
    first : float or None
        Usual deficit on day 0, used where the person's own first is not known; None: only with an own first.
    first_relative_sd : float
        Its standard deviation as a share of it.
    least_first : float
        An own first deficit smaller than this says nothing.
    test_error : float
        Standard deviation of one result, in the unit of the deficit.
    noise_early, noise_middle, noise_late : float
        Standard deviation on ln T of what the measure tells, by how far along the recovery is.
    only_lengthens : bool
        A small deficit is no reason to expect less time (pain eases with rest).
    """

    id: Literal["outer_range_ratio", "active_knee_extension", "pain"]
    name: Text
    full: float | None
    rate: float
    first: float | None
    first_relative_sd: float
    own_first: bool
    least_first: float
    test_error: float
    noise_early: float
    noise_middle: float
    noise_late: float
    only_lengthens: bool = False
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceFactor(Entry):
    """A hazard ratio for recurrence, whether it can be changed, and the one action it is linked to.

    A factor that counts several (earlier injuries, links) multiplies per one, up to ``cap``.
    """

    id: str
    name: Text
    hazard_ratio: float
    cap: float | None = None
    modifiable: bool
    action: Text | None = None
    when: Criterion | None = None
    counts: Counted | None = None
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if (self.when is None) is (self.counts is None):
            raise ValueError("needs either counts or when")
        if self.modifiable is (self.action is None):
            raise ValueError("a factor that can be changed has an action, and no other has one")


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Entry):
    """A number of the model that belongs to nothing else."""

    id: str
    value: float
    unit: str
    meaning: str
    basis: Basis
    source: Sources


CONSTANTS = (
    "between_cohort_sd", "covariate_cap", "elicited_terms_free", "elicited_widening", "week_one_days",
    "residual_floor", "overlap_weight", "not_reached_weight", "self_prediction_sd",
    "self_prediction_least_ahead", "first_gap_days", "early_share",
    "late_share", "furthest_share", "least_share", "pain_window_days", "baseline_days", "covered_share",
    "unusual_share", "no_ground_share", "explained_low", "explained_high", "weibull_scale_days", "weibull_shape",
    "ratio_low", "ratio_high", "ratio_log_sd", "base_hazard_per_day", "floor_ratio", "watch_days", "band_low",
    "band_high", "fast_return_quantile", "recent_days",
)  # fmt: skip
"""The ids that ``constants.yaml`` must hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastKnowledge:
    times: Mapping[str, TimeToReturn]
    settings: Mapping[str, Setting]
    covariates: Mapping[str, Covariate]
    milestones: Mapping[str, MilestoneTime]
    measures: Mapping[str, RecoveryMeasure]
    recurrence: Mapping[str, RecurrenceFactor]
    constants: Mapping[str, float]
    """Named numbers of ``recovery/constants.yaml`` (caps, spreads, Weibull), each with its source there."""
    numbers: Mapping[str, Constant]
    """The same with unit, meaning, basis and source."""

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        for field in fields(self):
            if field.name != "constants":
                file = "constants" if field.name == "numbers" else field.name
                for name, entry in getattr(self, field.name).items():
                    yield f"recovery/{file}.yaml, {name}", entry

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together."""
        yield from self._missing()
        yield from self._unknown_ids(knowledge)
        levels = {o.facts["level"] for q in knowledge.questions.values() for o in q.options if "level" in o.facts}
        named = [level for setting in self.settings.values() for level in setting.levels]
        for level in sorted(levels ^ set(named) | {one for one in named if named.count(one) > 1}):
            yield "recovery/settings.yaml", f"the level {level!r} should belong to exactly one setting"
        shares = [self.milestones[one].fraction for one in MILESTONES if one in self.milestones]
        if shares != sorted(shares):
            yield "recovery/milestones.yaml", "the fractions should rise in the order of the milestones"

    def _missing(self) -> Iterator[tuple[str, str]]:
        wanted = {
            "times": (COMPONENTS, self.times),
            "milestones": (MILESTONES, self.milestones),
            "measures": (("outer_range_ratio", "active_knee_extension", "pain"), self.measures),
            "settings": ((UNKNOWN_SETTING,), self.settings),
            "constants": (CONSTANTS, self.constants),
        }
        for file, (ids, entries) in wanted.items():
            for missing in sorted(set(ids) - set(entries)):
                yield f"recovery/{file}.yaml, {missing}", "the entry is missing"
        for extra in sorted(set(self.constants) - set(CONSTANTS)):
            yield f"recovery/constants.yaml, {extra}", "nothing uses this number"

    def _unknown_ids(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        rules = {rule.id for rule in knowledge.advice.imaging}
        for time in self.times.values():
            for condition in time.conditions:
                if condition not in knowledge.conditions:
                    yield f"recovery/times.yaml, {time.id}", f"the condition {condition!r} does not exist"
            for rule in time.image_first:
                if rule not in rules:
                    yield f"recovery/times.yaml, {time.id}", f"the imaging rule {rule!r} does not exist"
        graded = [one for time in self.times.values() if time.grade for one in time.conditions]
        wanted = [one.id for one in knowledge.conditions.values() if one.severity != "none"]
        for condition in sorted(set(graded) ^ set(wanted)):
            yield "recovery/times.yaml", f"the graded condition {condition!r} should belong to a time, and no other"


def read_forecast(read: Reader) -> ForecastKnowledge:
    """Read ``recovery/``."""
    numbers = read.by_id("recovery/constants.yaml", Constant)
    return ForecastKnowledge(
        times=read.by_id("recovery/times.yaml", TimeToReturn),
        settings=read.by_id("recovery/settings.yaml", Setting),
        covariates=read.by_id("recovery/covariates.yaml", Covariate),
        milestones=read.by_id("recovery/milestones.yaml", MilestoneTime),
        measures=read.by_id("recovery/measures.yaml", RecoveryMeasure),
        recurrence=read.by_id("recovery/recurrence.yaml", RecurrenceFactor),
        constants={name: number.value for name, number in numbers.items()},
        numbers=numbers,
    )
