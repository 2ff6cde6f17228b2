"""People on their road: a plan, calm days, runs and measurements to make check-ins of."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from herstel.assessment.result import Assessment
from herstel.chain.analysis import analyse_chain
from herstel.chain.model import BodySide, Measurement
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Plan, Position
from herstel.plan.schedule import skip_schedule
from herstel.progress.model import CheckIn, Confirmation, Decision, Done, Run, SpeedBand
from herstel.progress.replay import Replay
from tests.unit.plan import people

START = people.START
STRENGTH = "supine_heel_dig_90"
HEAVY = "nordic_curl"
SIDED: Mapping[str, tuple[float, float]] = {
    "isometric_90": (200, 220), "isometric_30": (200, 215), "isometric_15": (3.2, 3.3),
    "outer_range_strength": (210, 220), "active_knee_extension": (14, 12), "straight_leg_raise": (74, 76),
    "single_leg_bridge": (24, 25), "nordic_force": (4.4, 4.5), "h_test": (90, 92), "h_test_insecurity": (0, 0),
    "single_leg_squat_pain": (0, 0), "bridge_pain": (0, 0), "palpation_pain": (0, 0),
    "knee_extension_discomfort": (0, 0),
}  # fmt: skip
"""A leg that is fit again: the injured left side and the other."""


def on(day: int) -> date:
    """So many days after the start of the plan."""
    return START + timedelta(days=day)


@cache
def _story(name: str) -> Any:
    return people.assessed_as(getattr(people, name), load_knowledge())


def a_plan(
    knowledge: Knowledge,
    *,
    measurements: Iterable[Measurement] = (),
    position: Position | None = None,
    assessment: Any = None,
    edits: tuple[Any, ...] = (),
    **goal: Any,
) -> Plan:
    """The plan of a footballer with a sprint strain in the left leg, four days old."""
    found = assessment or _story("SPRINT_STRAIN")
    chain = analyse_chain(found, tuple(measurements), knowledge)
    return make_plan(
        found, chain, people.a_goal(**goal), knowledge, position=position, edits=edits, scheduler=skip_schedule
    )


def sore(knowledge: Knowledge) -> Any:
    """The assessment of somebody with sore muscles in both legs."""
    return _story("SORENESS")


def strain() -> Assessment:
    found: Assessment = _story("SPRINT_STRAIN")
    return found


def told(day: int, **changes: Any) -> CheckIn:
    """A calm day."""
    usual: dict[str, Any] = {
        "pain_now": 0, "pain_worst": 1, "pain_next_morning": 1, "stiffness_min": 5, "walking": "pain_free",
    }  # fmt: skip
    return CheckIn(date=on(day), **{**usual, **changes})


def did(exercise: str = STRENGTH, **changes: Any) -> Done:
    """An exercise as planned (or more), with little pain."""
    usual: dict[str, Any] = {"sets": 8, "amount": 60.0, "pain": 1.0}
    return Done(exercise=exercise, **{**usual, **changes})


def ran(step: int | None, **changes: Any) -> Run:
    """A run without symptoms."""
    band: SpeedBand = "jog" if (step or 0) < 4 else "50-70" if (step or 0) < 6 else "80-90"
    usual: dict[str, Any] = {"metres": {band: 300.0}, "pain": 0.0, "limp": False}
    return Run(step=step, **{**usual, **changes})


def measured(test: str, value: float, *, day: int = 0, side: BodySide | None = "left") -> Measurement:
    """One measurement of a therapist."""
    unit = load_knowledge().chain.tests[test].unit
    return Measurement(test=test, side=side, value=value, unit=unit, method="device", tester="therapist", date=on(day))


def fit(day: int, *, without: Iterable[str] = (), **values: float) -> tuple[Measurement, ...]:
    """Everything measured on a day, of a leg that is fit again; ``values`` change the injured side."""
    sides = {**SIDED, **{test: (value, SIDED[test][1]) for test, value in values.items()}}
    return tuple(
        measured(test, value, day=day, side=side)
        for test, pair in sides.items()
        if test not in without
        for side, value in zip(("left", "right"), pair, strict=True)
    )


def play(
    plan: Plan,
    check_ins: Iterable[CheckIn],
    knowledge: Knowledge,
    *,
    until: int | None = None,
    measurements: Iterable[Measurement] = (),
    confirmations: Iterable[Confirmation] = (),
) -> Replay:
    """Replay check-ins up to the last of them, or up to a day."""
    by_date = {one.date: one for one in check_ins}
    taken: dict[date, list[Measurement]] = {}
    for one in measurements:
        taken.setdefault(one.date, []).append(one)
    replay = Replay(plan, knowledge, confirmations=tuple(confirmations))
    last = max(by_date, default=START) if until is None else on(until)
    day = min([START, *by_date])
    while day <= last:
        replay.day(day, by_date.get(day), taken.get(day, ()))
        day += timedelta(days=1)
    return replay


def decided(replay: Replay, rule: str) -> list[Decision]:
    """The decisions of one rule."""
    progress = replay.progress(replay.position.on or START)
    return [one for one in progress.decisions if one.rule == rule]


def rules_on(replay: Replay, day: int, subject: str | None = None) -> list[str]:
    """The rules that decided on a day, about one subject or all."""
    progress = replay.progress(replay.position.on or START)
    return [one.rule for one in progress.decisions if one.date == on(day) and subject in (None, one.subject)]


def agreed(day: int) -> tuple[Confirmation, ...]:
    """Everybody agrees to the return."""
    return tuple(
        Confirmation(role=role, agrees=True, date=on(day))  # type: ignore[arg-type]
        for role in ("person", "therapist", "coach")
    )


def road(days: int) -> Iterator[CheckIn]:
    """A calm road: strength every third day, and a run on every other day, as the ladder of a grade 2 goes."""
    ladder = [step for step in range(2, 10) for _ in range(2)] + [9] + [10, 10, 11, 11, 12, 12, 12]
    runs: dict[int, int] = {}
    day = 4
    for step in ladder:
        runs[day] = step
        day += 2
    for n in range(days):
        step = runs.get(n)
        changes: dict[str, Any] = {"confidence": 9.0, "fear_of_movement": "low", "session_min": 0.0}
        if step is not None:
            changes["runs"] = (ran(step, in_fatigue=step == 9),)
            changes.update(session_min=40.0, session_rpe=5.0)
        if step == 12:
            changes["sport_share"] = 1.0
        if n % 3 == 0:
            changes["done"] = (did(),)
        yield told(n, **changes)
