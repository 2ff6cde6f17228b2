"""What a therapist measures at a visit: the true state with the error of each test."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from herstel.chain.model import BODY_SIDES, BodySide, Measurement, Method
from herstel.knowledge.model import Knowledge
from herstel_simulation.body import Body

WRONG_SIGN = 0.03
"""A yes/no test gives the other answer so often (elicited)."""
INSECURITY_AT_FIRST, INSECURITY_STEP = 60.0, 5.0


@dataclass(frozen=True, slots=True)
class Test:
    """How a test follows the hidden state.

    Attributes
    ----------
    error : float
        Standard error of one reading, in the unit of the test: the minimal detectable change over 2.77 where the chain
        dossier has one (published for range of motion and H-test, background or elicited for strength).
    injured : function
        From the body and the other leg's value to the injured leg's.
    """

    __test__ = False  # not a test case, whatever its name says

    method: Method
    error: float
    injured: Callable[[Body, float], float]


TESTS: Mapping[str, Test] = {
    "active_knee_extension": Test("inclinometer", 2.75, lambda body, other: other + body.stiff_deg),
    "straight_leg_raise": Test("inclinometer", 2.4, lambda body, other: other - 0.7 * body.stiff_deg),
    "h_test": Test("device", 1.2, lambda body, other: other * (1 - 0.008 * body.stiff_deg)),
    "isometric_90": Test("dynamometer", 9.0, lambda body, other: other * body.isometric),
    "isometric_30": Test("dynamometer", 9.0, lambda body, other: other * body.isometric),
    "isometric_15": Test("dynamometer", 0.11, lambda body, other: other * body.strength),
    "outer_range_strength": Test("dynamometer", 6.0, lambda body, other: other * body.strength),
    "nordic_force": Test("device", 0.14, lambda body, other: other * body.strength),
    "single_leg_bridge": Test("count", 1.8, lambda body, other: other * body.isometric),
}
"""Tests of both legs; the other leg's values stand in the truth."""
SIGNS = ("single_leg_squat_pain", "bridge_pain", "knee_extension_discomfort", "palpation_pain")
"""Yes or no, on both legs; the other one shows nothing."""
HEAVY = {"h_test": 3, "h_test_insecurity": 3, "nordic_force": 4}
"""Not before this phase, when the knowledge does not say later."""


class Therapist:
    """Measures one person; ``visit`` gives everything measured that day."""

    def __init__(self, body: Body, random: np.random.Generator, knowledge: Knowledge) -> None:
        self._body, self._random = body, random
        known = knowledge.chain.tests
        self._from_phase = {
            test: max(known[test].earliest_phase, HEAVY.get(test, 1))
            for test in (*TESTS, *SIGNS, "h_test_insecurity")
            if test in known
        }
        self._units = {test: known[test].unit for test in self._from_phase}
        self._limits = {test: (known[test].possible_low, known[test].possible_high) for test in self._from_phase}

    def visit(self, day: date, phase: int) -> tuple[Measurement, ...]:
        """Every test that may be done in this phase, on both legs where there are two to compare."""
        return tuple(
            Measurement(
                test=test,
                side=side,
                value=value,
                unit=self._units[test],
                method=TESTS[test].method if test in TESTS else "observation",
                tester="therapist",
                date=day,
                note="simulated",
            )
            for test, side, value in self._results(phase)
        )

    def _results(self, phase: int) -> Iterator[tuple[str, BodySide, float]]:
        injured = self._body.truth.side
        other = next(side for side in BODY_SIDES if side != injured)
        noise = iter(self._random.standard_normal(2 * len(TESTS) + 1).tolist())
        luck = iter(self._random.random(2 * len(SIGNS)).tolist())
        for test, how in TESTS.items():
            sound = self._body.truth.other_leg[test]
            readings = ((other, sound), (injured, how.injured(self._body, sound)))
            for (side, value), error in zip(readings, (next(noise), next(noise)), strict=True):
                if self._may(test, phase):
                    yield test, side, self._possible(test, round(value + how.error * error, 2))
        for sign in SIGNS:
            for side, shown in ((injured, self._body.shows(sign)), (other, False)):
                read = shown != (next(luck) < WRONG_SIGN)
                if self._may(sign, phase):
                    yield sign, side, float(read)
        if self._may("h_test_insecurity", phase):
            yield "h_test_insecurity", injured, self._insecurity(next(noise))

    def _may(self, test: str, phase: int) -> bool:
        return phase >= self._from_phase.get(test, 99)

    def _possible(self, test: str, value: float) -> float:
        low, high = self._limits[test]
        value = float(round(value)) if self._units[test] == "reps" else value
        return min(max(value, low), high)

    def _insecurity(self, noise: float) -> float:
        """Falls in a straight line to none at the person's own moment; told in steps of five."""
        left = 1 - self._body.fraction / self._body.truth.signs_gone["h_test_insecurity"]
        value = INSECURITY_AT_FIRST * left + 3 * noise
        return min(max(INSECURITY_STEP * round(value / INSECURITY_STEP), 0.0), 100.0) if left > 0 else 0.0
