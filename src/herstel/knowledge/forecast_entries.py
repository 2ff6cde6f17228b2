"""The knowledge of the forecast: log-normal times by grade and setting, covariates, measures, recurrence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from herstel.knowledge.criterion import Criterion
from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.progress_entries import Milestone
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

Component = Literal["0", "1", "2", "3", "tendon", "avulsion", "apophysis"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeToReturn(Entry):
    """ln T ~ Normal(log_mean, log_sd), T in days from injury to full return, professional setting."""

    id: Component
    name: Text
    log_mean: float
    log_sd: float
    setting_share: float
    """How much of the setting effect counts (grade 3 uses half)."""
    founding_low_days: float | None
    founding_high_days: float | None
    basis: Basis
    source: Sources


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
    """Shift on ln T: per unit of a number, or when a criterion holds."""

    id: str
    name: Text
    shift: float
    per_unit_of: Literal["pain_above_7", "age_decades_above_25", "slr_deficit_deg", "ake_deficit_deg",
                         "tenderness_cm", "days_before_rehabilitation"] | None = None  # fmt: skip
    when: Criterion | None = None
    components: tuple[Component, ...] = ()
    """Only for these; empty: 1, 2 and 3."""
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneTime(Entry):
    """A milestone as a share of T, with the noise on ln T of seeing it reached."""

    id: Milestone
    name: Text
    fraction: float
    log_sd: float
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurrenceFactor(Entry):
    """A hazard ratio for recurrence, whether it can be changed, and the one action it is linked to."""

    id: str
    name: Text
    hazard_ratio: float
    cap: float | None = None
    modifiable: bool
    action: Text | None = None
    when: Criterion | None = None
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastKnowledge:
    times: Mapping[str, TimeToReturn]
    settings: Mapping[str, Setting]
    covariates: Mapping[str, Covariate]
    milestones: Mapping[str, MilestoneTime]
    recurrence: Mapping[str, RecurrenceFactor]
    constants: Mapping[str, float]
    """Named numbers of ``recovery/constants.yaml`` (caps, between-cohort spread, Weibull), each with its source there."""

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        yield from ()

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together."""
        yield from ()


def read_forecast(read: Reader) -> ForecastKnowledge:
    """Read ``recovery/``."""
    return ForecastKnowledge(times={}, settings={}, covariates={}, milestones={}, recurrence={}, constants={})
