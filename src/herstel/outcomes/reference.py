"""What the knowledge calls usual, for people with the same mix of complaints: a range to stand beside what happened."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from herstel.forecast.baseline import usual_time
from herstel.forecast.recurrence import hazard_of
from herstel.forecast.survival import LogNormalMixture
from herstel.knowledge.entry import source_ids
from herstel.knowledge.forecast_entries import MILESTONES, ForecastKnowledge, MilestoneTime
from herstel.outcomes.model import FULL_SESSION, CaseOutcome, Counted
from herstel.quantities import Interval

RECURRENCE_SOURCES = ("zein-2024", "recurrence-dossier")
_RANGE = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualDays:
    """Days since day 0: the median, and from where to where 80 in 100 people are; with ids of the sources."""

    median: float
    range80: Interval
    sources: tuple[str, ...]
    mixture: LogNormalMixture


def usual_days(cases: Sequence[CaseOutcome], knowledge: ForecastKnowledge) -> Mapping[Counted, UsualDays]:
    """What is usual for people with these grades and settings, for each milestone; of nobody nothing.

    The times to return are those of ``recovery/times.yaml`` and ``settings.yaml``, each as often as it occurs; a
    milestone lies at its share of them (``milestones.yaml``). Nothing else of the persons counts. They count to full
    training or play: of the return by the table, which asks more, nothing usual is known.
    """
    kinds = Counter((one.component, one.setting) for one in cases)
    if not kinds:
        return {}
    parts = [usual_time(knowledge.times[component], knowledge.settings[name], knowledge) for component, name in kinds]
    whole = LogNormalMixture(
        weights=np.array(list(kinds.values())) / len(cases),
        means=np.array([mean for mean, _ in parts]),
        sds=np.array([sd for _, sd in parts]),
    )
    told = [source for component, _ in kinds for source in source_ids(knowledge.times[component].source)]
    found = {one: _of(knowledge.milestones[one], whole, told) for one in MILESTONES}
    return {FULL_SESSION if one == "return" else one: days for one, days in found.items()}


def _of(share: MilestoneTime, whole: LogNormalMixture, told: Iterable[str]) -> UsualDays:
    mixture = LogNormalMixture(
        weights=whole.weights,
        means=whole.means + np.log(share.fraction),
        sds=np.sqrt(whole.sds**2 + share.log_sd**2),
    )
    low, median, high = (float(one) for one in mixture.quantile(_RANGE))
    sources = tuple(dict.fromkeys([*told, *source_ids(share.source)]))
    return UsualDays(median=median, range80=Interval(low=low, high=high), sources=sources, mixture=mixture)


def usual_recurrence(day: float, knowledge: ForecastKnowledge) -> float:
    """Share of the average person of the follow-up study to whom it came back by a day after return (zein-2024)."""
    return 1 - float(hazard_of(1.0, knowledge.constants).survival(day))
