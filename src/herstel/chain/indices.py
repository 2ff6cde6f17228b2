"""The hamstring capacity index and the chain index: two numbers, never one, so that neither hides the other.

Each is a weighted mean of z-scores, negative is worse. Source of parts and weights: chain-dossier, section 3.
"""

from collections.abc import Iterable, Sequence
from statistics import fmean

from herstel.chain.model import BodySide, Index, TestResult
from herstel.knowledge.chain_entries import ChainKnowledge, ChainTest, IndexName


def index_of(
    name: IndexName, results: Sequence[TestResult], injured_side: BodySide | None, chain: ChainKnowledge
) -> Index:
    """An index over what was measured of it.

    Tests of one part count once, by their mean. Of a test with sides the injured side counts, or the worse one when it
    is not known or not measured.

    Returns
    -------
    Index
        Parts and missing parts are named by the ``index_part`` of the tests.
    """
    weights: dict[str, float] = {}
    parts: dict[str, float] = {}
    for part, tests in _parts(name, chain.tests.values()).items():
        weights[part] = tests[0].index_weight
        scores = [z for z in (_score(test, results, injured_side) for test in tests) if z is not None]
        if scores:
            cap = chain.rules.z_cap
            parts[part] = fmean(max(-cap, min(cap, z)) for z in scores)
    return Index(
        value=fmean(parts.values(), weights=[weights[part] for part in parts]) if parts else None,
        parts=parts,
        missing=tuple(part for part in weights if part not in parts),
    )


def _parts(name: IndexName, tests: Iterable[ChainTest]) -> dict[str, list[ChainTest]]:
    parts: dict[str, list[ChainTest]] = {}
    for test in tests:
        if test.index == name:
            parts.setdefault(test.index_part, []).append(test)
    return parts


def _score(test: ChainTest, results: Sequence[TestResult], injured_side: BodySide | None) -> float | None:
    scores = {one.side: one.z for one in results if one.test == test.id and one.z is not None}
    if injured_side in scores and injured_side is not None:
        return scores[injured_side]
    return min(scores.values(), default=None)
