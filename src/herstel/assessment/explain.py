"""Why: what spoke for and against a condition, how strongly, and from which source."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from herstel.assessment.matrix import Codes, Floats, Matrix, band_of, compiled, subset_mask
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge
from herstel.quantities import Probability


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One answer's part in a probability.

    Attributes
    ----------
    findings : tuple of str
        The finding; several when an exclusive group was answered with "one of these".
    present : bool
    log_weight : float
        Natural log of how many times more likely this answer makes the condition, tempered, against the average of
        all conditions weighted by their priors. Positive speaks for it.
    cells : tuple of Probability
        The matrix cells used, one per finding: P(finding present | condition), range, basis and sources.
    """

    findings: tuple[str, ...]
    present: bool
    log_weight: float
    cells: tuple[Probability, ...]


def reasons(complaint: Complaint, condition: str, knowledge: Knowledge) -> tuple[Reason, ...]:
    """Everything known that spoke for or against a condition, strongest first.

    Parameters
    ----------
    complaint : Complaint
    condition : str
        Condition id.
    knowledge : Knowledge
    """
    matrix = compiled(knowledge)
    prior = matrix.prior(complaint.context, band_of(complaint.age_years))
    column = matrix.column[condition]
    found = [
        Reason(
            findings=findings,
            present=present,
            log_weight=float(line[column] - np.log(prior @ np.exp(line))),
            cells=tuple(knowledge.likelihoods[finding, condition] for finding in findings),
        )
        for findings, present, line in _evidence(complaint, matrix)
    ]
    return tuple(sorted(found, key=lambda reason: -abs(reason.log_weight)))


def _evidence(complaint: Complaint, matrix: Matrix) -> Iterator[tuple[tuple[str, ...], bool, Floats]]:
    """Each answer that counts, with its log-likelihood over the conditions."""
    codes = matrix.encode(complaint)
    weights = matrix.weights(complaint.context, band_of(complaint.age_years))
    for row in np.flatnonzero(np.where(matrix.in_group, 0, codes)):
        present = bool(codes[row] > 0)
        yield (matrix.findings[row],), present, weights[row + (0 if present else len(matrix.findings))]
    yield from _group_evidence(codes, matrix)


def _group_evidence(codes: Codes, matrix: Matrix) -> Iterator[tuple[tuple[str, ...], bool, Floats]]:
    for table in matrix.group_tables:
        mask = int(subset_mask(codes, table))
        members = tuple(matrix.findings[row] for i, row in enumerate(table.columns) if mask >> i & 1)
        if 0 < len(members) < len(table.columns):
            yield members, True, table.log_sums[mask]
