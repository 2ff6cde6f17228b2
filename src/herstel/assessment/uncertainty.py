"""What if the numbers were a little different? Draws over the ranges of the matrix and the priors.

Every cell and every prior is drawn on the log-odds scale, its range taken as a 90 % interval. The draws of a row are
made once per seed and kept, so that two assessments, or one with an answer more, are compared on the same draws.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.matrix import Codes, Floats, Matrix, posterior, subset_mask
from herstel.knowledge.model import AgeBand, Context, Group

RANGE_IN_SIGMAS = 2 * 1.645
DEFAULT_DRAWS = 1000
DEFAULT_SEED = 20_261_122


@dataclass(slots=True)
class Draws:
    """``count`` perturbed versions of a matrix, all decided by ``seed``."""

    matrix: Matrix
    count: int = DEFAULT_DRAWS
    seed: int = DEFAULT_SEED
    _rows: dict[tuple[str, int], Floats] = field(default_factory=dict, repr=False)

    def posterior(self, codes: Codes, context: Context, band: AgeBand | None, extra: Floats | None = None) -> Floats:
        """Posterior under every draw.

        Parameters
        ----------
        codes : int8 array (findings,)
        context, band
            Choose the priors.
        extra : float32 array (conditions,), optional
            Log-likelihood that is not drawn (clinician tests).

        Returns
        -------
        float32 array (draws, conditions)
        """
        log_likelihood = np.zeros((self.count, len(self.matrix.conditions)), dtype=np.float32)
        if extra is not None:
            log_likelihood += extra
        in_group = self.matrix.in_group
        for row in np.flatnonzero(codes):
            if not in_group[row]:
                log_likelihood += self._finding(int(row), bool(codes[row] > 0), context, band)
        for group, table in zip(self.matrix.group_rows, self.matrix.group_tables, strict=True):
            if codes[table.columns].any():
                log_likelihood += self._group(group, int(subset_mask(codes, table)))
        return np.asarray(posterior(self._log_prior(context, band), log_likelihood), dtype=np.float32)

    def _normal(self, *key: int) -> Floats:
        shape = (self.count, len(self.matrix.conditions))
        return np.random.default_rng((self.seed, *key)).standard_normal(shape, dtype=np.float32)

    def _log_odds(self, row: int) -> Floats:
        """Drawn log-odds of one finding, shape (draws, conditions)."""
        matrix = self.matrix
        centre, low, high = (logit(values[row]) for values in (matrix.probability, matrix.low, matrix.high))
        return np.asarray(centre + self._normal(1, row) * (high - low) / RANGE_IN_SIGMAS, dtype=np.float32)

    def _finding(self, row: int, present: bool, context: Context, band: AgeBand | None) -> Floats:
        """Drawn tempered log-likelihood of one finding; of an age-driven one only its undrawn level is used."""
        finding = self.matrix.findings[row]
        if self.matrix.knowledge.findings[finding].age_driven:
            offset = 0 if present else len(self.matrix.findings)
            return np.asarray(self.matrix.weights(context, band)[row + offset])
        key = ("present" if present else "absent", row)
        if key not in self._rows:
            sign = -1.0 if present else 1.0
            self._rows[key] = -np.log1p(np.exp(sign * self._log_odds(row))) * self.matrix.temper[row]
        return self._rows[key]

    def _group(self, group: Group, mask: int) -> Floats:
        key = (group, mask)
        if key not in self._rows:
            rows = self.matrix.group_rows[group]
            drawn = np.stack([1 / (1 + np.exp(-self._log_odds(int(row)))) for row in rows])
            drawn /= drawn.sum(axis=0)
            chosen = ((mask >> np.arange(len(rows))) & 1).astype(np.float32)
            sums = np.tensordot(chosen, drawn, axes=1) if mask else np.ones_like(drawn[0])
            self._rows[key] = np.log(sums) * self.matrix.temper[rows[0]]
        return self._rows[key]

    def _log_prior(self, context: Context, band: AgeBand | None) -> Floats:
        key = (f"prior {context} {band}", 0)
        if key not in self._rows:
            sigma = prior_spread(self.matrix, context, band)
            centre = logit(self.matrix.prior(context, band).astype(np.float32))
            drawn = centre + self._normal(2) * sigma
            self._rows[key] = np.asarray(-np.log1p(np.exp(-drawn)), dtype=np.float32)
        return self._rows[key]


def prior_spread(matrix: Matrix, context: Context, band: AgeBand | None) -> Floats:
    """Standard deviation of each prior's log-odds, from its range; for an unknown age that of the widest band."""
    bands = [band] if band else [one for at, one in matrix.knowledge.priors if at == context]
    spreads = []
    for one in bands:
        priors = [matrix.knowledge.priors[context, one][condition] for condition in matrix.conditions]
        spreads.append([(logit(p.high) - logit(p.low)) / RANGE_IN_SIGMAS for p in priors])
    return np.asarray(np.max(spreads, axis=0), dtype=np.float32)


def logit(probability: float | NDArray[np.floating]) -> NDArray[np.floating]:
    """Log-odds of a probability."""
    return np.asarray(np.log(probability) - np.log1p(-np.asarray(probability)))
