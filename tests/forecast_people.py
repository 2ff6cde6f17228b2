"""People of whom a forecast is made in the tests: as little as a forecast needs, no other step computed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from herstel.assessment.result import Assessment, Referral
from herstel.chain.model import BodySide, Chain, Index, Measurement
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.progress_entries import Milestone
from herstel.plan.model import Goal, Plan, Position, Solution, Week
from herstel.progress.model import Adherence, CheckIn, Gate, Load, Progress

INJURY = date(2026, 3, 2)
SPRINT = Complaint(
    age_years=24,
    days_since_onset=1,
    pain_nrs=8,
    level="recreational",
    sport="sprint_ball",
    places=frozenset({Place("left", "thigh_middle")}),
    findings={
        "onset_sudden": True,
        "mech_sprint": True,
        "mech_overstretch_slip_waterski": False,
        "forced_to_stop_within_5min": True,
        "pain_walking": True,
        "limp": True,
        "loc_middle_third": True,
        "pain_pulling_heel_back": True,
        "tender_one_spot": True,
    },
    ladder={"walking": 2, "straighten": 2, "moment": 1, "heel_pull": 1},
)
"""Sudden pain in a sprint, one day ago: most likely a grade 2."""
NOTHING = Index(value=None, parts={}, missing=())


def on(day: int) -> date:
    """The date so many days after the injury."""
    return INJURY + timedelta(days=day)


def chain_of(
    assessment: Assessment | Referral, measurements: Sequence[Measurement] = (), side: BodySide | None = "left"
) -> Chain:
    """A chain of which only the measurements are known."""
    referral = assessment if isinstance(assessment, Referral) else None
    return Chain(
        assessment=assessment.assessment if isinstance(assessment, Referral) else assessment,
        referral=referral,
        measurements=tuple(measurements),
        injured_side=side,
        results=(),
        links={},
        contributors=(),
        hamstring_index=NOTHING,
        chain_index=NOTHING,
        next_tests=(),
        implications=(),
    )


def progress_of(
    chain: Chain,
    check_ins: Sequence[CheckIn] = (),
    milestones: Mapping[Milestone, int] | None = None,
    *,
    today: int,
    goal: Goal | None = None,
    running_step: int = 1,
) -> Progress:
    """Progress with these check-ins and milestones (days after the injury), and nothing decided."""
    goal = goal or Goal(kind="sport", start=on(1), minutes={0: 30}, injury_date=INJURY)
    week = Week(start=goal.start, phase=1, days=(), solution=Solution(status="optimal", gap=0, penalty=0))
    plan = Plan(
        assessment=chain.assessment,
        chain=chain,
        goal=goal,
        track="strain",
        position=Position(since=goal.start, running_step=running_step),
        injured_sides=("left",),
        exercises=(),
        week=week,
        road=(),
        contraindications={},
        left_out={},
        given_up=(),
        edits=(),
    )
    return Progress(
        plan=plan,
        today=on(today),
        position=plan.position,
        decisions=(),
        gate=None,
        return_table=Gate(name="return", items=(), minimum_days_left=0),
        load=Load(
            session=None, session_limit=None, high_speed_m=None, high_speed_limit_m=None, days_known=0, alerts=()
        ),
        adherence=Adherence(days_known=0, days_missing=0, share=None, longest_gap_days=0),
        milestones={name: on(day) for name, day in (milestones or {}).items()},
        contacts=(),
        referral=None,
        reassessment=None,
        confirmations=(),
        check_ins=tuple(check_ins),
        baseline_pain=None,
        watch_until=None,
    )


def measured(test: str, value: float, day: int, side: BodySide | None = "left", unit: str = "deg") -> Measurement:
    return Measurement(
        test=test,
        side=side,
        value=value,
        unit=unit,  # type: ignore[arg-type]
        method="inclinometer",
        tester="therapist",
        date=on(day),
    )


def extension_deficit(deficit_deg: float, day: int) -> tuple[Measurement, Measurement]:
    """Active knee extension of both legs, the left one this much further from straight."""
    return (
        measured("active_knee_extension", 20 + deficit_deg, day),
        measured("active_knee_extension", 20, day, side="right"),
    )


def raise_deficit(deficit_deg: float, day: int) -> tuple[Measurement, Measurement]:
    """Straight leg raise of both legs, the left one this much less high."""
    return (
        measured("straight_leg_raise", 80 - deficit_deg, day),
        measured("straight_leg_raise", 80, day, side="right"),
    )


def outer_range(ratio: float, day: int) -> Measurement:
    return measured("outer_range_ratio", ratio, day, side=None, unit="ratio")


def mirrored(complaint: Complaint) -> Complaint:
    """The same complaint on the other leg."""
    other = {"left": "right", "right": "left", "middle": "middle"}
    places = frozenset(Place(other[place.side], place.place) for place in complaint.places)  # type: ignore[arg-type]
    return replace(complaint, places=places)
