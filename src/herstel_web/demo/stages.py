"""Which simulated people the demonstration needs: one at every stage that a therapist meets, the others under way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from herstel.case_file import Case as CaseFile
from herstel.case_writing import told_on
from herstel.flow import Recovery, recover
from herstel.knowledge.model import Knowledge
from herstel_simulation.case import simulated_case

FOLLOWED_DAYS = 120
MOST_TRIED = 400
STOP_SIGNS = ("sharp_stab", "gave_way", "new_bruise")


@dataclass(frozen=True, kw_only=True)
class Road:
    """The whole road of a simulated person, as facts and as what Herstel decided along it."""

    case: CaseFile
    knowledge: Knowledge

    @cached_property
    def recovery(self) -> Recovery:
        """Worked out only when a stage asks for it: for most people their facts tell enough."""
        return recover(self.case, self.case.as_of or self.case.goal.start, self.knowledge)

    @property
    def first(self) -> date:
        """The day on which the complaint was told."""
        return told_on(self.case)

    def days_with(self, *, rule: str = "", action: str = "") -> list[date]:
        """The days on which something was decided by this rule or of this kind."""
        decisions = self.recovery.progress.decisions
        return [
            one.date for one in decisions if (not rule or one.rule == rule) and (not action or one.action == action)
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The day of the road that is today; the other days leave out what was told or measured after them."""

    today: date
    last_measurement: date
    last_check_in: date
    last_confirmation: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage: how many people are wanted at it, and on which day of a road somebody is there; None when never."""

    id: str
    people: int
    day: Callable[[Road], Cut | None]
    treated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Somebody for the demonstration: the facts until today, with dates that count from the real today."""

    number: int
    stage: str
    treated: bool
    road: Road
    cut: Cut


def _on(day: date, quiet_days: int = 0) -> Cut:
    """Today is that day; the last check-in was some days before."""
    told = day - timedelta(days=quiet_days)
    return Cut(today=day, last_measurement=told, last_check_in=told, last_confirmation=day)


def _first(days: list[date], road: Road, later_days: int = 0) -> Cut | None:
    """Some days after the first of these, when the person had begun by then and the road goes on that far."""
    last = road.first + timedelta(days=FOLLOWED_DAYS - 1)
    found = next((day for day in days if day > road.first + timedelta(days=2)), None)
    return (
        None if found is None or found + timedelta(days=later_days) > last else _on(found + timedelta(days=later_days))
    )


def _warning_sign(road: Road) -> Cut | None:
    return _first([one.date for one in road.case.check_ins if any(one.symptoms.values())], road)


def _stop_sign(road: Road) -> Cut | None:
    told = [one.date for one in road.case.check_ins if any(getattr(one, sign) for sign in STOP_SIGNS)]
    return _first(told, road, later_days=1)


def _stalled(road: Road) -> Cut | None:
    """Three weeks and more without a step forward, though the person keeps telling."""
    forward = sorted(road.days_with(action="advance"))
    for one, following in pairwise(forward):
        if (following - one).days > STALLED_DAYS and one > road.first + timedelta(days=7):
            return _on(one + timedelta(days=STALLED_DAYS))
    return None


STALLED_DAYS = 23


def _gate_ready(road: Road) -> Cut | None:
    """Everything for the return is met but the word of the three who decide it together."""
    agreed = [one.date for one in road.case.confirmations if one.role == "coach"]
    if not agreed:
        return None
    return replace(_on(agreed[0]), last_confirmation=agreed[0] - timedelta(days=1))


def _dropped_out(road: Road) -> Cut | None:
    day = road.first + timedelta(days=38)
    busy = road.recovery.plan.track != "see_first" and not road.days_with(rule="return", action="advance")
    return _on(day, quiet_days=12) if busy else None


def _new(road: Road) -> Cut | None:
    """Somebody who did the self-check today, and whom nobody has seen yet."""
    before = road.first - timedelta(days=1)
    strain = road.recovery.plan.track == "strain"
    return replace(_on(road.first), last_measurement=before, last_check_in=before) if strain else None


def _under_way(road: Road) -> Cut | None:
    """One to fourteen weeks under way; who it is decides how long."""
    return _on(road.first + timedelta(days=7 + (37 * len(road.case.check_ins)) % 91))


STAGES = (
    Stage(id="warning_sign", people=2, day=_warning_sign),
    Stage(id="gate_ready", people=2, day=_gate_ready),
    Stage(id="flare_up", people=2, day=lambda road: _first(road.days_with(rule="flare_up"), road, later_days=1)),
    Stage(id="stop_sign", people=1, day=_stop_sign),
    Stage(id="stalled", people=2, day=_stalled),
    Stage(id="returned", people=2, day=lambda road: _first(road.days_with(rule="return"), road, later_days=20)),
    Stage(id="dropped_out", people=2, day=_dropped_out),
    Stage(id="new", people=2, day=_new, treated=False),
)
"""Each person takes the first of these that fits and is still wanted; who fits none is simply under way."""


def choose(people: int, seed: int, knowledge: Knowledge) -> Iterator[Chosen]:
    """People for the demonstration, the same ones for the same seed.

    Parameters
    ----------
    people : int
        How many; with few of them not every stage is there.
    seed : int
    knowledge : Knowledge
    """
    wanted = {stage.id: stage.people for stage in STAGES}
    under_way = people - sum(wanted.values())
    count = 0
    for number in range(MOST_TRIED):
        if count == people:
            return
        road = road_of(number, seed, knowledge)
        found = next(((stage, cut) for stage in STAGES if wanted[stage.id] and (cut := stage.day(road))), None)
        if found is not None:
            stage, cut = found
            wanted[stage.id] -= 1
            yield Chosen(number=number, stage=stage.id, treated=stage.treated, road=road, cut=cut)
        elif under_way > 0 and (day := _under_way(road)):
            under_way -= 1
            yield Chosen(number=number, stage="under_way", treated=True, road=road, cut=day)
        else:
            continue
        count += 1


def road_of(number: int, seed: int, knowledge: Knowledge, days: int = FOLLOWED_DAYS) -> Road:
    """The whole road of one person."""
    return Road(case=simulated_case(number, seed, days, knowledge), knowledge=knowledge)
