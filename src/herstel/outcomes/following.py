"""How much was told and done, and how complete the facts are: figures of many cases about following them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from herstel.knowledge.plan_entries import PhaseNumber
from herstel.outcomes.model import CaseOutcome
from herstel.outcomes.summary import Cases, Share, Spread, persons_in, spread_of
from herstel.progress.model import GateName
from herstel.progress.review import WEEK_DAYS
from herstel.quantities import Proportion

DROPPED_AFTER = timedelta(days=14)
"""Without a check-in for longer than this, not back and not closed: the person may have dropped out."""
SHORTEST_DAYS = WEEK_DAYS
"""A phase shorter than this says nothing of a week."""
PHASES: tuple[PhaseNumber, ...] = (1, 2, 3, 4)
GATES: tuple[GateName, ...] = ("1", "2", "3", "return")


# --- adherence --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseAdherence:
    """What was done in one phase by the people who were in it for a week or longer.

    ``check_ins`` are days a week; ``trained`` is the share of the planned training days, of the days that were told;
    ``as_planned`` the share of exercises that were done with the planned amount.
    """

    phase: PhaseNumber
    check_ins: Spread | None
    trained: Spread | None
    as_planned: Spread | None
    stopped: int
    """Who may have dropped out in this phase."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adherences:
    phases: tuple[PhaseAdherence, ...]
    dropped_out: Share
    """Of all cases."""
    closed_before: Share
    """Closed without the return; not counted as dropped out."""


def adherences(cases: Cases, today: date) -> Adherences:
    """How much was told and done, and who stopped telling."""
    dropped = [one for one in cases if dropped_out(one, today)]
    persons, count = persons_in(cases), len(cases)
    closed = sum(one.closed and one.returned_on is None for one in cases)
    return Adherences(
        phases=tuple(_adherence(phase, cases, dropped) for phase in PHASES),
        dropped_out=Share(persons=persons, counted=Proportion(k=len(dropped), n=count)),
        closed_before=Share(persons=persons, counted=Proportion(k=closed, n=count)),
    )


def dropped_out(one: CaseOutcome, today: date) -> bool:
    """Whether nothing was told for longer than two weeks by somebody who is not back and whose case is open."""
    if one.closed or one.returned_on is not None:
        return False
    return today - (one.last_check_in or one.opened) > DROPPED_AFTER


def _adherence(phase: PhaseNumber, cases: Cases, dropped: Cases) -> PhaseAdherence:
    told = [
        (one.person, each) for one in cases for each in one.phases if each.phase == phase and each.days >= SHORTEST_DAYS
    ]
    return PhaseAdherence(
        phase=phase,
        check_ins=spread_of([(person, WEEK_DAYS * one.told_days / one.days) for person, one in told]),
        trained=spread_of(
            [(person, min(one.trained_days / one.planned_days, 1.0)) for person, one in told if one.planned_days]
        ),
        as_planned=spread_of(
            [
                (person, one.as_planned / (one.as_planned + one.fewer))
                for person, one in told
                if one.as_planned + one.fewer
            ]
        ),
        stopped=sum(one.phase == phase for one in dropped),
    )


# --- quality ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How complete the facts are that all this rests on."""

    own_goal: Share
    day_known: Share
    measured: Share
    gates: Mapping[GateName, Share]
    """Cases that passed the gate: of how many strength was measured in the weeks before."""
    fields: Share
    """Core questions of the check-ins: how many were answered."""


def quality(cases: Cases) -> Quality:
    """How complete the facts are."""

    def share(holds: Callable[[CaseOutcome], bool]) -> Share:
        return Share(persons=persons_in(cases), counted=Proportion(k=sum(map(holds, cases)), n=len(cases)))

    return Quality(
        own_goal=share(lambda one: one.own_goal),
        day_known=share(lambda one: one.began is not None),
        measured=share(lambda one: one.measured),
        gates={gate: _gate(gate, cases) for gate in GATES},
        fields=Share(
            persons=persons_in(one for one in cases if one.asked_fields),
            counted=Proportion(k=sum(one.told_fields for one in cases), n=sum(one.asked_fields for one in cases)),
        ),
    )


def _gate(gate: GateName, cases: Cases) -> Share:
    passed = [one for one in cases if gate in one.gates]
    return Share(
        persons=persons_in(passed), counted=Proportion(k=sum(one.gates[gate] for one in passed), n=len(passed))
    )
