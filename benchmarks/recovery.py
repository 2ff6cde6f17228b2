"""How fast: a whole case through all five steps, ninety check-ins replayed, the forecast renewed.

The case is a person with measurements and ninety days of check-ins, on one core. Reading the knowledge and loading the
libraries happens before: a program does that once.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import yaml

from benchmarks.figures import Figure, milliseconds
from herstel.case_file import Case, read_case
from herstel.flow import recover
from herstel.forecast.forecast import forecast_recovery
from herstel.knowledge.model import Knowledge
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn, Done

CASE_MS, REPLAY_MS, FORECAST_MS = 1500, 50, 5
DAYS = 90
EXAMPLE = Path(__file__).parents[1] / "examples" / "cases" / "whole-person.yaml"


def figures(knowledge: Knowledge) -> Iterator[Figure]:
    """Every figure about the speed of steps 2 to 5."""
    case = ninety_days(knowledge)
    today = case.check_ins[-1].date
    recovery = recover(case, today, knowledge)
    whole = milliseconds(partial(recover, case, today, knowledge), 5)
    yield timed(f"a whole case: assessment, chain, plan, {DAYS} check-ins, forecast, plan of today", whole, CASE_MS)
    replay = milliseconds(partial(judge_progress, recovery.plan, case.check_ins, today, knowledge), 10)
    yield timed(f"{DAYS} check-ins replayed", replay, REPLAY_MS)
    again = partial(forecast_recovery, recovery.assessment, recovery.chain, recovery.progress, today, knowledge)
    yield timed("the forecast renewed", milliseconds(again), FORECAST_MS)


def timed(name: str, taken_ms: float, most_ms: float) -> Figure:
    """A duration with the most it may take."""
    return Figure(name=name, value=f"{taken_ms:.1f} ms", aim=f"at most {most_ms:g} ms", met=taken_ms <= most_ms)


def ninety_days(knowledge: Knowledge) -> Case:
    """The example person, with a check-in on each of ninety days: slowly better, with ups and downs."""
    day = date(2026, 12, 31)
    case = read_case(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")), knowledge, day)
    rng = np.random.default_rng(90)
    start = case.goal.start
    return replace(case, check_ins=tuple(check_in(start + timedelta(days=n), n, rng) for n in range(DAYS)))


def check_in(day: date, number: int, rng: np.random.Generator) -> CheckIn:
    """One made-up day."""
    pain = float(np.clip(round(5 * np.exp(-number / 20) + rng.normal(0, 0.5)), 0, 10))
    return CheckIn(
        date=day,
        pain_now=pain,
        pain_worst=min(pain + 1, 10),
        pain_during=pain,
        pain_next_morning=pain,
        stiffness_min=float(max(0, round(20 - number / 2))),
        walking="pain_free" if pain <= 1 else "some_pain",
        done=tuple(Done(exercise=one, sets=3, amount=10, rpe=6, pain=pain) for one in ("glute_bridge", "front_plank")),
        session_min=30,
        session_rpe=6,
        confidence=7,
    )
