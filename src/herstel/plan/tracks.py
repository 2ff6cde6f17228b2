"""Which track a person is on, since when, and how long each phase takes at least."""

from dataclasses import replace
from datetime import date, timedelta

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment, GradeName, Referral, assessment_of
from herstel.complaint.model import Complaint, ReportedFacts
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import Track, TrackId
from herstel.plan.model import Goal, Position

NEVER_LIFTED = URGENCY_LEVELS[-1]
"""In an emergency nothing is loaded, whatever was decided before."""


def choose_track(
    assessment: Assessment | Referral, goal: Goal, knowledge: Knowledge, position: Position | None = None
) -> TrackId:
    """The first track that holds, safest first; the last one always does.

    Parameters
    ----------
    assessment : Assessment or Referral
        A referral puts everybody on ``see_first``, unless a clinician decided otherwise.
    goal : Goal
    knowledge : Knowledge
    position : Position, optional
        Who is on hold must be seen first; who is discharged is on the prevention track.
    """
    if position is not None and position.on_hold:
        return "see_first"
    facts = _facts(assessment, goal, knowledge)
    for track in knowledge.plan.tracks.values():
        if track.id == "see_first" and isinstance(assessment, Referral) and not _is_lifted(track, assessment, goal):
            return track.id
        if track.id != "see_first" and _only_prevention(assessment, goal, knowledge, position):
            return "prevention"
        if _holds(track, facts, goal) and not _is_lifted(track, assessment, goal):
            return track.id
    return "strain"


def _facts(assessment: Assessment | Referral, goal: Goal, knowledge: Knowledge) -> ReportedFacts:
    found = assessment_of(assessment)
    level = goal.level or found.complaint.level
    return facts_of(replace(found, complaint=replace(found.complaint, level=level)), knowledge)


def _holds(track: Track, facts: ReportedFacts, goal: Goal) -> bool:
    named = goal.managed in track.managed or facts.level() in track.levels
    return named or (track.when is not None and track.when.holds(facts) is True)


def _is_lifted(track: Track, assessment: Assessment | Referral, goal: Goal) -> bool:
    return goal.managed in track.lifted_by and assessment_of(assessment).urgency.level != NEVER_LIFTED


def _only_prevention(
    assessment: Assessment | Referral, goal: Goal, knowledge: Knowledge, position: Position | None
) -> bool:
    if position is not None and position.discharged:
        return True
    return goal.kind == "prevention" and not has_complaint(assessment_of(assessment).complaint, knowledge)


def has_complaint(complaint: Complaint, knowledge: Knowledge) -> bool:
    """Whether anything was reported that hurts or went wrong; an earlier injury or a medicine is no complaint."""
    begun = any(present and knowledge.findings[one].group for one, present in complaint.findings.items())
    return begun or bool(complaint.places) or bool(complaint.pain_nrs) or any(complaint.ladder.values())


def injury_day(assessment: Assessment | Referral, goal: Goal) -> date | None:
    """The first day of the complaint; None when unknown."""
    days = assessment_of(assessment).complaint.days_since_onset
    if goal.injury_date is not None or days is None:
        return goal.injury_date
    return goal.start - timedelta(days=days)


def running_allowed(track: Track, goal: Goal) -> bool:
    """Whether the running ladder may go beyond walking."""
    return track.running_allowed or goal.managed == "loading_cleared"


def ladder_phases(track: Track, knowledge: Knowledge) -> dict[int, int]:
    """The phase from which each step of the running ladder may be done on a track, by the number of the step.

    A track may keep the exercise of a step for a later phase; the steps above it then wait as well.
    """
    phases: dict[int, int] = {}
    least = 1
    for number, step in sorted(knowledge.progress.running.items()):
        least = max(least, step.minimum_phase, int(track.avoid_before_phase.get(step.exercise or "", 1)))
        phases[number] = least
    return phases


def minimum_stay_days(phase: int, track: TrackId, assessment: Assessment | Referral, knowledge: Knowledge) -> float:
    """The least number of days in a phase, however good it feels.

    Parameters
    ----------
    phase : int
        1 to 4.
    track : str
    assessment : Assessment or Referral
        Its grade decides; when it cannot tell grade 1 from grade 2, or cannot tell at all, the longer stay counts.
    """
    entry = knowledge.plan.tracks[track]
    factor = entry.minimum_factor * entry.phase_factor.get(phase, 1.0)
    if phase in entry.minimum_days:
        return entry.minimum_days[phase] * factor
    stays = knowledge.plan.phases[phase].minimum_days
    return max(stays[grade] for grade in _grades(assessment_of(assessment))) * factor


def _grades(assessment: Assessment) -> tuple[GradeName, ...]:
    likeliest = assessment.grade.most_likely
    unsure = assessment.cannot_tell or assessment.grade.uncertain_1_2
    return (likeliest, "2") if unsure and likeliest in ("0", "1") else (likeliest,)
