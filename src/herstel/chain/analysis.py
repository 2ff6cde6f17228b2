"""Step 2, analyseren: from measurements to the state of every link, and to hypotheses about why it came."""

from collections.abc import Sequence
from dataclasses import replace

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.chain.contributors import rank_contributors
from herstel.chain.grading import clinician_grade
from herstel.chain.indices import index_of
from herstel.chain.measurement_file import unknown_contributor
from herstel.chain.measures import standing
from herstel.chain.model import BodySide, Chain, Judgement, Measurement
from herstel.chain.next_test import next_tests
from herstel.chain.populations import person_of
from herstel.chain.results import judge_results, link_states
from herstel.complaint.answers import unknown_id
from herstel.complaint.model import Complaint
from herstel.errors import InputError, Problem, marked
from herstel.knowledge.model import Knowledge


def analyse_chain(
    assessment: Assessment | Referral,
    measurements: Sequence[Measurement],
    knowledge: Knowledge,
    *,
    judgements: Sequence[Judgement] = (),
    phase: int = 1,
) -> Chain:
    """Analyse the movement chain.

    Parameters
    ----------
    assessment : Assessment or Referral
        After a referral nothing is advised to be measured: a clinician looks first.
    measurements : sequence of Measurement
        Of any dates; the latest of each test and side counts, and of the same day the record that stands last.
    knowledge : Knowledge
    judgements : sequence of Judgement
        What the therapist confirmed or rejected.
    phase : int
        Phase of recovery, 1 to 4: no test is advised before its time, and 4 compares with people after their return.

    Returns
    -------
    Chain
        Its next tests are for a person who can be tested anywhere; ``next_tests`` tells them for other places.

    Raises
    ------
    InputError
        A measurement of an unknown test or without the side it needs, or a judgement about nothing that exists.
    """
    _refuse_unusable(measurements, judgements, knowledge)
    referral = assessment if isinstance(assessment, Referral) else None
    assessed = assessment_of(assessment)
    chain, complaint = knowledge.chain, assessed.complaint
    side, facts = injured_side(complaint), facts_of(assessed, knowledge)
    stand, corrected = standing(measurements)
    implied = [one for one in chain.implications.values() if one.when.holds(facts)]
    results = judge_results(stand, person_of(complaint, phase, chain.rules), side, chain)
    links = link_states(results, side, chain)
    analysed = Chain(
        assessment=assessed,
        referral=referral,
        measurements=stand,
        injured_side=side,
        results=results,
        links=links,
        contributors=rank_contributors(links, implied, side, judgements, chain),
        hamstring_index=index_of("hamstring", results, side, chain),
        chain_index=index_of("chain", results, side, chain),
        next_tests=(),
        implications=tuple(one.id for one in implied),
        corrected=corrected,
        clinician_grade=clinician_grade(complaint, stand, side, chain),
        phase=phase,
    )
    return replace(analysed, next_tests=next_tests(analysed, knowledge))


def injured_side(complaint: Complaint) -> BodySide | None:
    """The side that hurts; None when it is both or not known."""
    if complaint.findings.get("both_legs_similar"):
        return None
    sides = complaint.sides - {"middle"}
    if sides == {"left"}:
        return "left"
    return "right" if sides == {"right"} else None


def _refuse_unusable(
    measurements: Sequence[Measurement], judgements: Sequence[Judgement], knowledge: Knowledge
) -> None:
    problems: list[Problem] = []
    for one in measurements:
        test = knowledge.chain.tests.get(one.test)
        if test is None:
            problems.append(unknown_id(one.test, marked("is not a test of the chain."), knowledge.chain.tests))
        elif test.per_side is (one.side is None):
            reason = marked("it is measured on each side, or it has no sides.")
            remedy = marked("Give a side to a test on each side, and no side to another.")
            problems.append(Problem(thing=one.test, reason=reason, remedy=remedy))
    for judgement in judgements:
        problems.extend(unknown_contributor(judgement.contributor, knowledge, judgement.contributor))
    if problems:
        raise InputError(problems)
