"""The first step as a whole: complaint in, explained assessment or referral out."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.examination import examination_log_likelihood
from herstel.assessment.imaging import advise_imaging
from herstel.assessment.matrix import Codes, Floats, band_of, compiled, posterior
from herstel.assessment.nature import drawn_natures, injury_type, judge_nature
from herstel.assessment.red_flags import Screening, screen
from herstel.assessment.result import Assessment, Likelihood, Referral, UrgencyDecision, assessment_of
from herstel.assessment.severity import drawn_grades, judge_grade, varied_trust
from herstel.assessment.uncertainty import Draws
from herstel.assessment.urgency import combinations_of_signs, decide_urgency
from herstel.complaint.model import Complaint, ReportedFacts
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Knowledge
from herstel.quantities import Interval

Name = TypeVar("Name")

CANNOT_TELL_BELOW = 0.30
"""Below this probability of the likeliest condition the honest answer is "cannot tell" (elicited); likewise when
nothing was answered, however likely the prior makes it."""
INTERVAL = (0.05, 0.95)


def assess(complaint: Complaint, knowledge: Knowledge, *, draws: Draws | None = None) -> Assessment | Referral:
    """Assess a complaint.

    Parameters
    ----------
    complaint : Complaint
    knowledge : Knowledge
    draws : Draws, optional
        The perturbed matrices behind the intervals; by default 1,000 of a fixed seed, kept per knowledge version.

    Returns
    -------
    Assessment or Referral
        A referral when a red flag asks for help today.
    """
    sampled = draws or default_draws(knowledge)
    probability, prior = probabilities(complaint, knowledge)
    drawn = _drawn(compiled(knowledge).encode(complaint), complaint, knowledge, sampled)
    screening = screen(complaint.facts(), knowledge)
    differential = _differential(probability, prior, drawn, knowledge)
    urgency = _urgency(complaint, sampled, screening, knowledge)
    grade = judge_grade(probability, complaint, knowledge)
    facts = advice_facts(complaint, probability, grade.most_likely, urgency.level, knowledge)
    grades = drawn_grades(drawn, complaint, knowledge, varied_trust(len(drawn)))
    nature = judge_nature(probability, complaint, knowledge)
    suspected = screening.suspected({one.condition: one.probability for one in differential})
    told = differential[0].probability >= CANNOT_TELL_BELOW and compiled(knowledge).bears_on(complaint)
    assessment = Assessment(
        complaint=complaint,
        knowledge_version=knowledge.version.version,
        differential=differential,
        ranking=tuple(dict.fromkeys((*suspected, *(one.condition for one in differential)))),
        red_flags=tuple(flag.id for flag in screening.fired),
        open_red_flags=tuple(flag.id for flag in screening.open),
        urgency=urgency,
        imaging=advise_imaging(facts, knowledge),
        grade=replace(grade, ranges=_ranges(grade.probabilities, grades)),
        nature=replace(nature, ranges=_ranges(nature.probabilities, drawn_natures(drawn, knowledge))),
        injury_type=injury_type(complaint),
        cannot_tell=not told and not suspected,
        draws=sampled.count,
    )
    if urgency.decided_by and urgency.level in ("same_day", "emergency"):
        return Referral(urgency=urgency, red_flags=assessment.red_flags, suspected=suspected, assessment=assessment)
    return assessment


def assessed(complaint: Complaint, knowledge: Knowledge) -> Assessment:
    """The assessment of a complaint, also when a red flag makes it a referral."""
    return assessment_of(assess(complaint, knowledge))


def probabilities(complaint: Complaint, knowledge: Knowledge) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Posterior and prior of every condition, in the order of the knowledge."""
    codes = compiled(knowledge).encode(complaint)[None, :]
    return _posterior(codes, complaint, knowledge)[0], _prior(complaint, knowledge)


def _prior(complaint: Complaint, knowledge: Knowledge) -> NDArray[np.float64]:
    return compiled(knowledge).prior(complaint.context, band_of(complaint.age_years))


def _posterior(codes: Codes, complaint: Complaint, knowledge: Knowledge) -> NDArray[np.float64]:
    """Posterior for every row of codes, shape (rows, conditions)."""
    likelihood = compiled(knowledge).log_likelihood(codes, complaint.context, band_of(complaint.age_years))
    likelihood = likelihood + examination_log_likelihood(complaint.examination, knowledge)
    return np.asarray(posterior(np.log(_prior(complaint, knowledge)), likelihood.astype(np.float64)))


def _drawn(codes: Codes, complaint: Complaint, knowledge: Knowledge, draws: Draws) -> Floats:
    examination = examination_log_likelihood(complaint.examination, knowledge)
    return draws.posterior(codes, complaint.context, band_of(complaint.age_years), examination)


def _urgency(complaint: Complaint, draws: Draws, screening: Screening, knowledge: Knowledge) -> UrgencyDecision:
    rows = combinations_of_signs(compiled(knowledge).encode(complaint), knowledge)
    drawn = _drawn(rows[0], complaint, knowledge, draws)
    return decide_urgency(_posterior(rows, complaint, knowledge), drawn, screening, knowledge)


def _differential(
    probability: NDArray[np.floating], prior: NDArray[np.floating], drawn: Floats, knowledge: Knowledge
) -> tuple[Likelihood, ...]:
    low, high = interval(drawn)
    entries = [
        Likelihood(
            condition=condition,
            probability=float(probability[i]),
            low=min(float(low[i]), float(probability[i])),
            high=max(float(high[i]), float(probability[i])),
            prior=float(prior[i]),
        )
        for i, condition in enumerate(knowledge.conditions)
    ]
    return tuple(sorted(entries, key=lambda one: -one.probability))


def interval(drawn: Floats) -> tuple[Floats, Floats]:
    """The 90 % interval of each condition over the draws, by order statistics; two float arrays (conditions,)."""
    at = [int(share * (len(drawn) - 1)) for share in INTERVAL]
    ordered = np.partition(drawn, at, axis=0)
    return ordered[at[0]], ordered[at[1]]


def _ranges(estimates: Mapping[Name, float], drawn: NDArray[np.floating]) -> dict[Name, Interval]:
    """The interval over the draws of each estimate, widened where needed so that it holds the estimate."""
    low, high = interval(np.asarray(drawn, dtype=np.float32))
    return {
        name: Interval(low=min(float(low[i]), estimate), high=max(float(high[i]), estimate))
        for i, (name, estimate) in enumerate(estimates.items())
    }


def suspected_of(assessment: Assessment, knowledge: Knowledge) -> tuple[str, ...]:
    """The conditions that fired rules put ahead of the probabilities in a finished assessment's ranking."""
    flags = [knowledge.red_flags[flag] for flag in assessment.red_flags]
    named = {condition for flag in flags if flag.names_first for condition in flag.suspects}
    return tuple(takewhile(named.__contains__, assessment.ranking))


def facts_of(assessment: Assessment, knowledge: Knowledge) -> ReportedFacts:
    """What advice rules can ask about a finished assessment."""
    estimates = {one.condition: one.probability for one in assessment.differential}
    probability = np.array([estimates[condition] for condition in knowledge.conditions])
    grade, urgency = assessment.grade.most_likely, assessment.urgency.level
    return advice_facts(assessment.complaint, probability, grade, urgency, knowledge)


def advice_facts(
    complaint: Complaint,
    probability: NDArray[np.floating],
    grade: str,
    urgency: str,
    knowledge: Knowledge,
) -> ReportedFacts:
    """The complaint and what was concluded from it, as something advice rules can ask."""
    conclusions: dict[str, float] = {"urgency": float(URGENCY_LEVELS.index(urgency))}
    if grade != "tendon":
        conclusions["grade"] = float(grade)
    return ReportedFacts(complaint, dict(zip(knowledge.conditions, probability.tolist(), strict=True)), conclusions)


_draws: dict[str, Draws] = {}


def default_draws(knowledge: Knowledge) -> Draws:
    """The draws used when none are given: made lazily, kept for the knowledge in use."""
    matrix = compiled(knowledge)
    if "default" not in _draws or _draws["default"].matrix is not matrix:
        _draws["default"] = Draws(matrix)
    return _draws["default"]
