"""The hidden course of one leg: healing day by day, what it can take, what it shows, what too much does to it."""

import math
from dataclasses import dataclass
from typing import Literal

from herstel_simulation import assumptions as numbers
from herstel_simulation.assumptions import GATES, READY, GateName
from herstel_simulation.person import Person

Setback = Literal["flare_up", "relapse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The heaviest thing of a day: the healed fraction it asks, and whether it was a run. None: nothing was done."""

    asks: float
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """The luck of one day: uniform numbers from 0 to 1."""

    flare_up: float
    relapse: float
    keeps: float


class Body:
    """One leg on one day. ``day`` counts from the start of the plan; ``live`` goes one day on."""

    def __init__(self, person: Person) -> None:
        self.truth = person.truth
        self.day = 0
        self.fraction = person.healed_at_start
        self.flare_pain = 0.0
        self.setbacks: list[tuple[int, Setback]] = []
        self.ready_on: dict[GateName, int] = {}
        """For every gate, the day from which the leg has been ready without a break."""
        self._pace = numbers.PACE_LOW + numbers.PACE_BY_ADHERENCE * person.habits.adherence
        self._note_readiness()

    # --- what it can take -------------------------------------------------------------------------------------------

    def excess(self, load: Load) -> float:
        """How much more a load asks than the leg can take, in healed fraction; negative when it can."""
        warp = self.truth.running_warp if load.running else self.truth.strength_warp
        return load.asks - _warped(self.fraction, warp)

    def unready(self, gate: GateName) -> bool:
        """Truly not ready to leave the phase."""
        return self.fraction < READY[gate] - numbers.TOLERANCE

    @property
    def fit(self) -> bool:
        """Truly fit for the sport."""
        return self.fraction >= 1

    # --- going on ---------------------------------------------------------------------------------------------------

    def live(self, load: Load | None, chance: Chance) -> Setback | None:
        """One day: healing, and what came of the load."""
        setback = self._setback(load, chance)
        self.flare_pain *= numbers.FLARE_UP_FADES
        if setback == "relapse":
            low, high = numbers.RELAPSE_KEEPS
            self.fraction *= low + (high - low) * chance.keeps
        elif setback == "flare_up":
            self.flare_pain += numbers.FLARE_UP_PAIN
            self.fraction -= min(numbers.FLARE_UP_COSTS_DAYS / self.truth.days, self.fraction)
        else:
            self.fraction += self._pace / self.truth.days
        if setback:
            self.setbacks.append((self.day, setback))
        self.day += 1
        self._note_readiness()
        return setback

    def tear_again(self, keeps: float) -> None:
        """A recurrence after return."""
        low, high = numbers.RELAPSE_KEEPS
        self.fraction = min(self.fraction, 1.0) * (low + (high - low) * keeps)
        self.setbacks.append((self.day, "relapse"))
        self._note_readiness()

    def days_to_fit(self) -> float:
        """Days from now until truly fit, when nothing comes in between."""
        return max(1 - self.fraction, 0) * self.truth.days / self._pace

    def _setback(self, load: Load | None, chance: Chance) -> Setback | None:
        if load is None:
            return None
        excess = self.excess(load)
        if chance.relapse < numbers.RELAPSE_PER_EXCESS * (excess - numbers.RELAPSE_FROM_EXCESS):
            return "relapse"
        if chance.flare_up < max(numbers.FLARE_UP_ANYHOW, numbers.FLARE_UP_PER_EXCESS * excess):
            return "flare_up"
        return None

    def _note_readiness(self) -> None:
        for gate in GATES:
            if self.fraction < READY[gate]:
                self.ready_on.pop(gate, None)
            else:
                self.ready_on.setdefault(gate, self.day)

    # --- what it shows ----------------------------------------------------------------------------------------------

    @property
    def worst_pain(self) -> float:
        """Worst pain of the day without training, 0-10, before it is told."""
        left = max(1 - _warped(self.fraction, self.truth.pain_warp), 0.0)
        return float(min(self.truth.pain_nrs * left**numbers.PAIN_POWER + self.flare_pain, 10.0))

    @property
    def walks_at(self) -> float:
        """Healed fraction as it shows in walking."""
        return _warped(self.fraction, self.truth.running_warp)

    @property
    def strength(self) -> float:
        """Outer-range strength over the other side."""
        return self._strength(_warped(self.fraction, self.truth.strength_warp), numbers.STRENGTH_POWER, 0.0)

    @property
    def isometric(self) -> float:
        """Isometric strength over the other side, which is back sooner."""
        fraction = _warped(self.fraction, self.truth.strength_warp)
        return self._strength(fraction, numbers.ISOMETRIC_POWER, numbers.ISOMETRIC_HEAD_START)

    @property
    def stiff_deg(self) -> float:
        """How much less the knee straightens than the other one."""
        left = max(1 - _warped(self.fraction, self.truth.range_warp), 0.0)
        return float(self.truth.stiff_deg * left**numbers.STIFF_POWER)

    def shows(self, sign: str) -> bool:
        """Whether a sign of ``SIGNS_GONE`` is still there."""
        return self.fraction < self.truth.signs_gone[sign]

    def _strength(self, fraction: float, power: float, head_start: float) -> float:
        first = min(self.truth.strength_first + head_start, 0.95)
        at_return = max(self.truth.strength_at_return, first)
        if fraction < 1:
            return float(first + (at_return - first) * (1 - (1 - fraction) ** power))
        return at_return + (1 - at_return) * (1 - math.exp(-(fraction - 1) / 0.5))


def _warped(fraction: float, exponent: float) -> float:
    return float(fraction**exponent) if fraction < 1 else fraction
