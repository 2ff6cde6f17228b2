"""What a clinician's measurements of the first days say about the grade: a second opinion, never less urgent.

Source: recognition-dossier, section 4; its limits stand in ``links/grading.yaml``.
"""

from collections.abc import Iterator, Sequence
from statistics import median_high

from herstel.chain.measures import both_sides, latest, worse_by
from herstel.chain.model import BodySide, ClinicianGrade, GradedMeasure, Measurement
from herstel.complaint.model import Complaint
from herstel.knowledge.chain_entries import ChainKnowledge, ClinicianGrading

WORST_GRADE = 3


def clinician_grade(
    complaint: Complaint,
    measurements: Sequence[Measurement],
    injured_side: BodySide | None,
    chain: ChainKnowledge,
) -> ClinicianGrade | None:
    """The grade by what a therapist measured, with gait and a felt gap of the complaint.

    The median of what is known, the higher one of two in the middle, and one more for who cannot walk.

    Returns
    -------
    ClinicianGrade or None
        None when the complaint is not fresh, or no therapist measured range or strength of both legs.
    """
    days = complaint.days_since_onset
    by_therapist = [one for one in measurements if one.tester == "therapist"]
    if days is None or days > chain.rules.acute_days or not by_therapist:
        return None
    measured = [graded for entry in chain.grading for graded in _graded(entry, by_therapist, injured_side, chain)]
    if not measured:
        return None
    seen = list(_seen(complaint))
    unable = any(one.measure == "gait" and one.grade == WORST_GRADE for one in seen)
    middle = median_high(one.grade for one in (*measured, *seen))
    return ClinicianGrade(grade=min(WORST_GRADE, middle + unable), measures=(*measured, *seen))


def _graded(
    entry: ClinicianGrading, measurements: Sequence[Measurement], injured_side: BodySide | None, chain: ChainKnowledge
) -> Iterator[GradedMeasure]:
    """The first of the entry's tests that was measured."""
    deficits = (_deficit(entry, test, measurements, injured_side, chain) for test in entry.tests)
    deficit = next((one for one in deficits if one is not None), None)
    if deficit is not None:
        grade = 1 + (deficit >= entry.grade_2_from) + (deficit > entry.grade_3_above)
        yield GradedMeasure(measure=entry.id, value=deficit, grade=grade)


def _deficit(
    entry: ClinicianGrading,
    test: str,
    measurements: Sequence[Measurement],
    injured_side: BodySide | None,
    chain: ChainKnowledge,
) -> float | None:
    """How much the injured leg falls short of the other, in the unit of the entry."""
    last = max(one.date for one in measurements)
    if not chain.tests[test].per_side:
        ratio = latest(measurements, test, None, last, chain.rules.comparable_days)
        return None if ratio is None else 100 * (1 - ratio.value)
    pair = both_sides(measurements, test, injured_side, last, chain.rules.comparable_days)
    if pair is None:
        return None
    difference = worse_by(chain.tests[test], pair[0].value, pair[1].value, chain.norms.get(test, ()))
    if entry.unit != "percent":
        return difference
    return 100 * difference / pair[1].value if pair[1].value else None


def _seen(complaint: Complaint) -> Iterator[GradedMeasure]:
    limps = complaint.findings.get("limp")
    if complaint.findings.get("cannot_weight_bear_4_steps"):
        yield GradedMeasure(measure="gait", value=None, grade=WORST_GRADE)
    elif limps is not None:
        yield GradedMeasure(measure="gait", value=None, grade=2 if limps else 1)
    if complaint.findings.get("palpable_gap"):
        yield GradedMeasure(measure="gap", value=None, grade=WORST_GRADE)
