"""The knowledge compiled to arrays: P(finding | condition) as tempered log-likelihoods, and priors as log-odds weights.

A complaint is one row of *codes*: per matrix finding 1 present, -1 absent, 0 unknown. For an exclusive group the
codes mark which members it can be; its likelihood is the sum over those members.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.rules import once_per_knowledge
from herstel.complaint.model import Complaint
from herstel.knowledge.model import AGE_BANDS, GROUPS, AgeBand, Context, Group, Knowledge, age_band

Floats = NDArray[np.float32]
Codes = NDArray[np.int8]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTable:
    """The log-likelihood of every subset of an exclusive group: row = bit mask of the members it can be."""

    columns: NDArray[np.intp]
    powers: Floats
    log_sums: Floats


class Matrix:
    """Arrays of one knowledge version. Rows are findings, columns conditions, in the order of the files.

    Attributes
    ----------
    findings, conditions : tuple of str
        Ids along the axes.
    probability, low, high : float32 array (findings, conditions)
        P(finding present | condition) and its range.
    temper : float32 array (findings,)
        Exponent on each finding's likelihood, below 1 inside a cluster of correlated findings.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.findings = knowledge.matrix_findings
        self.conditions = tuple(knowledge.conditions)
        self.row = {finding: i for i, finding in enumerate(self.findings)}
        self.column = {condition: i for i, condition in enumerate(self.conditions)}
        cells = [[knowledge.likelihoods[f, c] for c in self.conditions] for f in self.findings]
        self.probability = np.array([[cell.value for cell in line] for line in cells], dtype=np.float32)
        self.low = np.array([[cell.low for cell in line] for line in cells], dtype=np.float32)
        self.high = np.array([[cell.high for cell in line] for line in cells], dtype=np.float32)
        entries = [knowledge.findings[finding] for finding in self.findings]
        self.temper = np.array([knowledge.clusters[e.cluster or ""].temper for e in entries], dtype=np.float32)
        self.valid_from_day = np.array([entry.valid_from_day for entry in entries])
        self.group_rows: dict[Group, NDArray[np.intp]] = {
            group: np.array([self.row[member] for member in knowledge.group_members(group)]) for group in GROUPS
        }
        self._weights: dict[tuple[Context, AgeBand | None], Floats] = {}
        self._signed: dict[tuple[Context, AgeBand | None], Floats] = {}

    @cached_property
    def in_group(self) -> NDArray[np.bool_]:
        """Which rows belong to an exclusive group."""
        mask = np.zeros(len(self.findings), dtype=bool)
        for rows in self.group_rows.values():
            mask[rows] = True
        return mask

    @cached_property
    def group_tables(self) -> tuple[GroupTable, ...]:
        """For each exclusive group the log of the summed probability of every subset of its members."""
        return tuple(self._group_table(rows) for rows in self.group_rows.values())

    def _group_table(self, rows: NDArray[np.intp]) -> GroupTable:
        size = len(rows)
        probability = self.probability[rows] / self.probability[rows].sum(axis=0)
        subsets = (np.arange(2**size)[:, None] >> np.arange(size)) & 1
        sums = subsets.astype(np.float32) @ probability
        sums[0] = 1.0
        log_sums = np.log(np.minimum(sums, 1.0)) * self.temper[rows[0]]
        return GroupTable(columns=rows, powers=(2.0 ** np.arange(size)).astype(np.float32), log_sums=log_sums)

    def prior(self, context: Context, band: AgeBand | None) -> NDArray[np.float64]:
        """Prior probability of each condition, summing to one; without an age band the mix of all visitors."""
        if band is None:
            weights = self.knowledge.age_weights[context]
            mixed = np.sum([weights[one] * self.prior(context, one) for one in AGE_BANDS], axis=0)
            return np.asarray(mixed / mixed.sum())
        priors = self.knowledge.priors[context, band]
        values = np.array([priors[condition].value for condition in self.conditions])
        return np.asarray(values / values.sum())

    def weights(self, context: Context, band: AgeBand | None) -> Floats:
        """Tempered log-likelihoods, shape (2 x findings, conditions): rows for present, then for absent.

        Rows of exclusive groups are zero (see ``group_tables``). A finding that mostly tells age (a medicine, a
        vascular risk) speaks only about the conditions it is specific for; for the others it is levelled to their
        average at this age.
        """
        key = (context, band)
        if key not in self._weights:
            probability = self.probability.copy()
            prior = self.prior(context, band)
            for finding, entry in ((f, self.knowledge.findings[f]) for f in self.findings):
                if entry.age_driven:
                    others = np.array([condition not in entry.specific_for for condition in self.conditions])
                    level = np.average(probability[self.row[finding], others], weights=prior[others])
                    probability[self.row[finding], others] = level
            present, absent = np.log(probability), np.log1p(-probability)
            present[self.in_group] = absent[self.in_group] = 0.0
            self._weights[key] = np.concatenate([present, absent]) * np.tile(self.temper, 2)[:, None]
        return self._weights[key]

    def _signed_weights(self, context: Context, band: AgeBand | None) -> Floats:
        """The same weights, for the codes and their absolute values."""
        key = (context, band)
        if key not in self._signed:
            present, absent = np.split(self.weights(context, band), 2)
            self._signed[key] = np.concatenate([present - absent, present + absent]) * np.float32(0.5)
        return self._signed[key]

    def encode(self, complaint: Complaint) -> Codes:
        """The codes of one complaint, shape (findings,); findings too early to mean anything are left unknown."""
        codes = np.zeros(len(self.findings), dtype=np.int8)
        for finding, present in complaint.findings.items():
            row = self.row.get(finding)
            if row is not None:
                codes[row] = 1 if present else -1
        if complaint.days_since_onset is not None:
            codes[self.valid_from_day > complaint.days_since_onset] = 0
        return codes

    def encode_after(self, before: Codes, complaint: Complaint, changed: frozenset[str]) -> Codes:
        """The codes of a complaint that differs from an encoded one only in what changed."""
        if "days" in changed:
            return self.encode(complaint)
        codes = before.copy()
        for finding in changed:
            row = self.row.get(finding)
            if row is not None and not self.too_early(row, complaint):
                present = complaint.findings.get(finding)
                codes[row] = 0 if present is None else 1 if present else -1
        return codes

    def bears_on(self, complaint: Complaint) -> bool:
        """Whether anything known, beyond age and context, can tell conditions apart."""
        return bool(complaint.examination) or bool(self.encode(complaint).any())

    def too_early(self, row: int, complaint: Complaint) -> bool:
        """Whether a finding cannot mean anything yet."""
        days = complaint.days_since_onset
        return days is not None and bool(self.valid_from_day[row] > days)

    def log_likelihood(self, codes: Codes, context: Context, band: AgeBand | None) -> Floats:
        """Tempered log-likelihood of each condition.

        Parameters
        ----------
        codes : int8 array (complaints, findings)
        context, band
            Where and at what age; they matter only to age-driven findings.

        Returns
        -------
        float32 array (complaints, conditions)
        """
        size = codes.shape[1]
        signed = np.empty((len(codes), 2 * size), dtype=np.float32)
        signed[:, :size] = codes
        np.abs(signed[:, :size], out=signed[:, size:])
        result = signed @ self._signed_weights(context, band)
        for table in self.group_tables:
            result += np.take(table.log_sums, subset_mask(codes, table), axis=0)
        return np.asarray(result)


def subset_mask(codes: Codes, table: GroupTable) -> NDArray[np.int32]:
    """Which members of a group a complaint can be: the ones present, or else all that are not absent.

    A group of which every member is denied is taken as not answered.
    """
    members = codes.take(table.columns, axis=-1)
    present = (members > 0) @ table.powers
    return np.asarray(np.where(present > 0, present, (members == 0) @ table.powers), dtype=np.int32)


def band_of(age_years: float | None) -> AgeBand | None:
    """The age band, or None when the age is unknown."""
    return None if age_years is None else age_band(age_years)


@once_per_knowledge
def compiled(knowledge: Knowledge) -> Matrix:
    """The matrix of a knowledge version, made once."""
    return Matrix(knowledge)


def posterior(log_prior: NDArray[np.floating], log_likelihood: NDArray[np.floating]) -> NDArray[np.floating]:
    """Normalised probabilities over the last axis, of one complaint or of many.

    Worked out with the conditions as rows: numpy reduces a long axis much faster than 32 columns.
    """
    scores = np.ascontiguousarray((log_prior + log_likelihood).T)
    scores -= scores.max(axis=0)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=0)
    return np.asarray(scores.T)


def posterior_batch(
    knowledge: Knowledge,
    codes: Codes,
    ages_years: Sequence[float | None] | NDArray[np.floating] | None = None,
    *,
    context: Context = "self_report_web",
    chunk: int = 10_000,
) -> Floats:
    """Posterior of many complaints at once; memory beyond the result is bounded by ``chunk`` rows.

    Parameters
    ----------
    codes : int8 array (complaints, findings)
    ages_years : sequence or float array (complaints,), NaN or None for unknown

    Returns
    -------
    float32 array (complaints, conditions)
    """
    matrix = compiled(knowledge)
    ages = np.full(len(codes), np.nan) if ages_years is None else np.array(ages_years, dtype=float)
    bands = np.where(np.isnan(ages), -1, (ages >= 18).astype(int) + (ages >= 40) + (ages >= 65))
    result = np.empty((len(codes), len(matrix.conditions)), dtype=np.float32)
    names: Mapping[int, AgeBand | None] = {-1: None, **dict(enumerate(AGE_BANDS))}
    for number, band in names.items():
        rows = np.flatnonzero(bands == number)
        log_prior = np.log(matrix.prior(context, band)).astype(np.float32)
        for start in range(0, len(rows), chunk):
            part = rows[start : start + chunk]
            result[part] = posterior(log_prior, matrix.log_likelihood(codes[part], context, band))
    return result
