"""Numbers that are never bare: a value with its range, its basis and its sources."""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal, get_args

Basis = Literal["published", "background", "elicited"]
BASES: tuple[Basis, ...] = get_args(Basis)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A closed interval; the unit is that of the quantity it belongs to."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise ValueError(f"the range runs backwards: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probability:
    """A probability with the range it plausibly lies in, and where it comes from."""

    value: float
    low: float
    high: float
    basis: Basis
    sources: tuple[str, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.low <= self.value <= self.high < 1:
            raise ValueError(f"needs 0 < low <= value <= high < 1, got {self.low}, {self.value}, {self.high}")
        if not self.sources:
            raise ValueError("has no source; name at least one id of sources.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proportion:
    """``k`` of ``n`` with its Wilson score interval."""

    k: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.k <= self.n:
            raise ValueError(f"needs 0 <= k <= n, got {self.k} of {self.n}")

    @property
    def value(self) -> float | None:
        return self.k / self.n if self.n else None

    def wilson(self, confidence: float = 0.95) -> Interval | None:
        """Wilson score interval of the proportion; None when nothing was counted.

        Source: Wilson EB. J Am Stat Assoc 1927;22:209.
        """
        if not self.n:
            return None
        z = NormalDist().inv_cdf(0.5 + confidence / 2)
        share = self.k / self.n
        centre = (share + z * z / (2 * self.n)) / (1 + z * z / self.n)
        half = z / (1 + z * z / self.n) * math.sqrt(share * (1 - share) / self.n + z * z / (4 * self.n * self.n))
        return Interval(low=max(0.0, centre - half), high=min(1.0, centre + half))
