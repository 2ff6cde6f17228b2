"""Everything that decides which exercises a person may do now, gathered once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.chain.model import BODY_SIDES, BodySide, Chain, TestResult
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import PhaseNumber, Track, TrackId
from herstel.plan.model import Goal, Position
from herstel.plan.tracks import injury_day

ACUTE, GIVEN = "acute_72h", "goal"
FIXED_PHASES: Mapping[TrackId, PhaseNumber] = {"see_first": 1, "prevention": 4}
"""Tracks off the road, with the phase whose exercises they may use."""
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """One person on one day: phase, track, what is contraindicated and why, what is there, what was measured.

    Attributes
    ----------
    day : date
        The first day of the week that is planned.
    injured_on : date or None
    contraindications : mapping of code to where it comes from
        "complaint", "goal" or "track".
    household : frozenset of str
        What the person has, with what nearly every home has.
    removed : frozenset of str
        Exercises the therapist took out.
    """

    assessment: Assessment
    chain: Chain
    goal: Goal
    track: Track
    phase: PhaseNumber
    position: Position
    day: date
    injured_on: date | None
    injured_sides: tuple[BodySide, ...]
    contraindications: Mapping[str, str]
    household: frozenset[str]
    knowledge: Knowledge
    removed: frozenset[str] = field(default=frozenset())

    @property
    def weeks_since_injury(self) -> float:
        """Counted from the start of the plan when the day is unknown: rather too long careful than too short."""
        return (self.day - (self.injured_on or self.goal.start)).days / 7

    @property
    def call_today(self) -> bool:
        """Somebody has to be called today before anything else."""
        urgent = URGENCY_LEVELS.index(self.assessment.urgency.level) >= URGENCY_LEVELS.index("same_day")
        return urgent and self.track.id == "see_first"

    @property
    def week_number(self) -> int:
        """0 for the first week of the plan."""
        return max(0, (self.day - self.goal.start).days // 7)


def circumstances(  # noqa: PLR0913 - it gathers what all others then take as one
    assessment: Assessment | Referral,
    chain: Chain,
    goal: Goal,
    track: TrackId,
    position: Position,
    knowledge: Knowledge,
) -> Circumstances:
    """Gather what decides about the exercises of a person in the week of a position."""
    found, entry = assessment_of(assessment), knowledge.plan.tracks[track]
    owned = {one.id for one in knowledge.exercises.equipment.values() if one.household}
    injured_on = injury_day(assessment, goal)
    return Circumstances(
        assessment=found,
        chain=chain,
        goal=goal,
        track=entry,
        phase=FIXED_PHASES.get(track, position.phase),
        position=position,
        day=position.day,
        injured_on=injured_on,
        injured_sides=tuple(side for side in BODY_SIDES if side in found.complaint.sides),
        contraindications=active_contraindications(found, goal, entry, position, knowledge),
        household=frozenset(owned) | goal.equipment,
        knowledge=knowledge,
    )


def active_contraindications(
    assessment: Assessment, goal: Goal, track: Track, position: Position, knowledge: Knowledge
) -> dict[str, str]:
    """The codes that hold for a person now, each with where it comes from.

    What the person or therapist named always holds. What was found in the complaint or belongs to the track ends with
    the phase the track names, and a suspicion that a clinician cleared no longer counts.
    """
    used = {code for one in knowledge.exercises.exercises.values() for code in one.contraindications}
    facts = facts_of(assessment, knowledge)
    entries = knowledge.exercises.contraindications.values()
    found = {one.id for one in entries if one.id in used and one.when is not None and one.when.holds(facts)} - {ACUTE}
    if goal.managed is not None:
        found -= set(knowledge.plan.rules["cleared"].names)
    if _is_fresh(assessment, goal, position, knowledge):
        found.add(ACUTE)
    ended = {code for code, phase in track.lifted_from_phase.items() if position.phase >= phase}
    return {
        **dict.fromkeys(sorted(found - ended), "complaint"),
        **dict.fromkeys(sorted(set(track.contraindications) - ended), "track"),
        **dict.fromkeys(sorted(goal.contraindications), GIVEN),
    }


def _is_fresh(assessment: Assessment, goal: Goal, position: Position, knowledge: Knowledge) -> bool:
    """Whether the week starts within the first days of the injury; when the day is unknown, as long as in phase 1."""
    injured_on = injury_day(assessment, goal)
    if injured_on is None:
        return position.phase == 1
    days = knowledge.plan.limit("first_days", "hours") / HOURS_A_DAY
    return position.day < injured_on + timedelta(days=days)


def measured(now: Circumstances, test: str, within_days: float) -> TestResult | None:
    """The latest result of a test on the injured side (or the worse one), when it is recent enough."""
    oldest = now.day - timedelta(days=within_days)
    for result in now.chain.results:
        if result.test == test and result.difference is not None and oldest <= result.measurement.date:
            return result
    return None
