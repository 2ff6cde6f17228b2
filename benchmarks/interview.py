"""How short the interview is, and how often it gives the advice that all questions would have given."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.figures import Figure
from benchmarks.simulated_complaints import (
    AdviceGiven,
    adaptive_intake,
    advice_after,
    full_intake,
    questions_beyond_red_flags,
    simulated,
    with_groups_closed,
)
from herstel.complaint.model import UNKNOWN, Complaint
from herstel.knowledge.model import Knowledge
from herstel.quantities import Proportion
from herstel_evaluation.case_fields import complaint_from_case

MEDIAN_QUESTIONS, SAME_ADVICE = 14, 0.95


@dataclass(frozen=True, slots=True)
class Interviewed:
    """One person: the questions asked beyond the red flags, those answered, and the advice early and after all."""

    asked: int
    known: int
    early: AdviceGiven
    late: AdviceGiven


def figures(knowledge: Knowledge, people: int, cases: Path) -> Iterator[Figure]:
    """Every figure about the interview."""
    yield from on_simulated(knowledge, people)
    yield from on_published(knowledge, cases)


def on_simulated(knowledge: Knowledge, people: int) -> Iterator[Figure]:
    """Complaints sampled from the matrix, of which everything is known."""
    interviewed = [interview(truth, knowledge) for truth in simulated(people, knowledge)]
    yield _questions(f"questions beyond the red flags, {people} simulated complaints", interviewed)
    for part, name in enumerate(AdviceGiven._fields):
        same = [one.early[part] == one.late[part] for one in interviewed]
        yield Figure(name=f"same {name} as after all questions", value=_share(same))
    same = [one.early == one.late for one in interviewed]
    yield Figure(
        name="same advice in every part",
        value=_share(same),
        aim=f"at least {SAME_ADVICE:.0%}",
        met=float(np.mean(same)) >= SAME_ADVICE,
    )
    milder = [one.early.urgency_rank < one.late.urgency_rank for one in interviewed]
    yield Figure(name="less urgent than after all questions", value=_share(milder))


def on_published(knowledge: Knowledge, cases: Path) -> Iterator[Figure]:
    """Published cases, answered truthfully; what a case does not report is answered with "I don't know"."""
    if not cases.is_file():
        yield Figure(name="published cases", value=f"not measured: there is no file {cases} (give one with --cases)")
        return
    lines = cases.read_text(encoding="utf-8").splitlines()
    truths = [with_groups_closed(complaint_from_case(json.loads(line), knowledge), knowledge) for line in lines]
    interviewed = [interview(truth, knowledge) for truth in truths]
    yield _questions(f"questions beyond the red flags, {len(truths)} published cases", interviewed)
    yield Figure(
        name="of which the case reports the answer",
        value=f"median {np.median([one.known for one in interviewed]):.0f}; the others were asked in vain",
    )
    yield Figure(
        name="same urgency as after all questions",
        value=_share([one.early.urgency == one.late.urgency for one in interviewed]),
    )
    yield Figure(name="same advice in every part", value=_share([one.early == one.late for one in interviewed]))


def interview(truth: Complaint, knowledge: Knowledge) -> Interviewed:
    """Interview one person twice: until the interview stops by itself, and to the last question."""
    adaptive, full = adaptive_intake(truth, knowledge), full_intake(truth, knowledge)
    known = {question: answer for question, answer in adaptive.items() if answer != UNKNOWN}
    return Interviewed(
        asked=questions_beyond_red_flags(adaptive, knowledge),
        known=questions_beyond_red_flags(known, knowledge),
        early=advice_after(adaptive, truth, knowledge),
        late=advice_after(full, truth, knowledge),
    )


def _questions(name: str, interviewed: Sequence[Interviewed]) -> Figure:
    low, median, high = np.percentile([one.asked for one in interviewed], [10, 50, 90])
    return Figure(
        name=name,
        value=f"median {median:.0f}, 10-90 %: {low:.0f}-{high:.0f}",
        aim=f"median at most {MEDIAN_QUESTIONS}",
        met=bool(median <= MEDIAN_QUESTIONS),
    )


def _share(yes: Sequence[bool]) -> str:
    share = Proportion(k=sum(yes), n=len(yes))
    wilson = share.wilson()
    assert share.value is not None
    assert wilson is not None
    return f"{share.value:.1%} ({share.k} of {share.n}; 95 % interval {wilson.low:.1%}-{wilson.high:.1%})"
