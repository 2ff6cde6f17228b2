"""Looking again on day 2, 4 and 7 (and later): which answers to take anew, and what they changed in the advice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment
from herstel.complaint.model import AnswerValue
from herstel.knowledge.model import Knowledge, Recheck

Part = Literal["urgency", "see", "imaging", "grade", "likely"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One part of the advice that differs from the assessment before; the values are ids."""

    part: Part
    before: str
    after: str


def due_recheck(before: Assessment, day: int, knowledge: Knowledge) -> Recheck | None:
    """The re-check that is due on a day since the start: the latest planned one not after it, else the first planned.

    Parameters
    ----------
    before : Assessment
        The assessment that planned the re-checks.
    day : int
        Days since the complaint began.
    """
    facts = facts_of(before, knowledge)
    planned = sorted((one for one in knowledge.advice.rechecks if one.when.holds(facts)), key=lambda one: one.day)
    due = [one for one in planned if one.day <= day]
    return due[-1] if due else planned[0] if planned else None


def answers_to_keep(answers: Mapping[str, AnswerValue], recheck: Recheck, day: int) -> dict[str, AnswerValue]:
    """The earlier answers without those to take anew, and with the new number of days since the start."""
    kept = {question: answer for question, answer in answers.items() if question not in recheck.questions}
    return {**kept, "days_since_onset": day}


def changes(before: Assessment, after: Assessment) -> tuple[Change, ...]:
    """What the new answers changed, most important first."""
    parts: dict[Part, tuple[str, str]] = {
        "urgency": (before.urgency.level, after.urgency.level),
        "see": (before.urgency.see, after.urgency.see),
        "imaging": (before.imaging.modality, after.imaging.modality),
        "grade": (before.grade.most_likely, after.grade.most_likely),
        "likely": (before.ranking[0], after.ranking[0]),
    }
    return tuple(Change(part=part, before=was, after=now) for part, (was, now) in parts.items() if was != now)


def days_now(answers: Mapping[str, AnswerValue], days_passed: int) -> int | None:
    """Days since the start, some days after the answers were given; None when the start was not known."""
    then = answers.get("days_since_onset")
    return int(then) + days_passed if isinstance(then, int | float) else None
