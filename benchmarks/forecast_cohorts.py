"""Does the forecast agree with the published cohorts it claims to cover? All of them, and the others with the reason.

The shift of the setting of each cohort was chosen after seeing the cohorts (``cohorts.csv``), so this checks the form
of the model (log-normal times, steps between grades) and is no validation on people it has not seen.
"""

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from herstel.forecast.survival import LogNormalMixture
from herstel.knowledge.model import Knowledge

COHORTS = Path(__file__).with_name("cohorts.csv")
WITHIN, OVERLAP = 0.20, 0.5
_Z_90 = 1.2816


def figures(knowledge: Knowledge) -> Iterator[Figure]:
    """One figure for each cohort: first those claimed, then the others."""
    with COHORTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    claimed = [compared(row, knowledge) for row in rows if row["claimed"] == "yes"]
    yield Figure(name="cohorts", value="their settings were chosen after seeing them: a check of form, no validation")
    yield from claimed
    agreeing = sum(figure.met is True for figure in claimed)
    yield Figure(
        name="published cohorts that the model claims to cover",
        value=f"{agreeing} of {len(claimed)} agree",
        aim=f"all within {WITHIN:.0%}, and at least {OVERLAP:.0%} of the observed 10-90 range inside the model's",
        met=agreeing == len(claimed),
    )
    yield from (not_claimed(row, knowledge) for row in rows if row["claimed"] == "no")


def compared(row: Mapping[str, str], knowledge: Knowledge) -> Figure:
    """A claimed cohort: the model's mean or median against the observed one, and both 10-90 ranges."""
    mixture = people_of(row, knowledge)
    model, observed = central(mixture, row), float(row["observed"])
    low, high = (float(day) for day in mixture.quantile([0.1, 0.9]))
    seen = observed_range(row)
    inside = None if seen is None else max(min(high, seen[1]) - max(low, seen[0]), 0.0) / (seen[1] - seen[0])
    ratio = model / observed
    value = f"{row['statistic']} {model:.0f} days against {observed:g} ({ratio - 1:+.0%}); 10-90 {low:.0f}-{high:.0f}"
    if seen is not None and inside is not None:
        value += f" against {seen[0]:.0f}-{seen[1]:.0f} ({inside:.0%} inside)"
    return Figure(
        name=f"{named(row)} [{row['basis']}; {row['note']}]",
        value=value,
        aim=f"within {WITHIN:.0%}",
        met=abs(ratio - 1) <= WITHIN and (inside is None or inside >= OVERLAP),
    )


def not_claimed(row: Mapping[str, str], knowledge: Knowledge) -> Figure:
    """A cohort the model does not claim, with the reason and what it would have said."""
    value = f"not claimed: {row['note']}"
    if row["statistic"] != "none":
        model = central(people_of(row, knowledge), row)
        value += f"; the model would say {model:.0f} days, observed {row['observed']} [{row['basis']}]"
    return Figure(name=named(row), value=value)


def named(row: Mapping[str, str]) -> str:
    """Study, group and number of people."""
    return f"{row['study']}, {row['group']}" + (f" (n {row['n']})" if row["n"] else "")


def people_of(row: Mapping[str, str], knowledge: Knowledge) -> LogNormalMixture:
    """The people of one cohort by the model: without the spread between cohorts, for this is one of them."""
    shares = {name: float(share) for name, share in (part.split(":") for part in row["weights"].split())}
    times = [knowledge.forecast.times[name] for name in shares]
    shift, extra = float(row["setting_shift"]), float(row["extra_shift"])
    return LogNormalMixture(
        weights=np.array(list(shares.values())),
        means=np.array([time.log_mean + time.setting_share * shift + extra for time in times]),
        sds=np.array([time.log_sd for time in times]),
    )


def central(mixture: LogNormalMixture, row: Mapping[str, str]) -> float:
    """The statistic that the study gives: mean or median, in days."""
    return mixture.mean_days if row["statistic"] == "mean" else float(mixture.quantile(0.5))


def observed_range(row: Mapping[str, str]) -> tuple[float, float] | None:
    """The observed 10-90 range: of a log-normal with the mean and standard deviation, or else the range given."""
    if row["sd"]:
        mean, sd = float(row["observed"]), float(row["sd"])
        log_sd = math.sqrt(math.log(1 + (sd / mean) ** 2))
        log_mean = math.log(mean) - log_sd**2 / 2
        return math.exp(log_mean - _Z_90 * log_sd), math.exp(log_mean + _Z_90 * log_sd)
    return (float(row["low"]), float(row["high"])) if row["low"] else None


if __name__ == "__main__":
    from herstel.knowledge.load import load_knowledge

    for one in figures(load_knowledge()):
        print(f"{one.name}: {one.value}" + ("" if one.met is None else f" [{'met' if one.met else 'NOT MET'}]"))
