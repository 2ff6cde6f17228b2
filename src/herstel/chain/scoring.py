"""Scoring a test by its points, as the sprint score (S-MAS): a fault is one, and what was not seen is not "good"."""

from collections.abc import Mapping
from dataclasses import dataclass

from herstel.errors import InputError, Problem, marked
from herstel.knowledge.chain_entries import ChainKnowledge

OWN_POINTS = marked(
    "These twelve points are in our own words and were not compared with the published list. "
    "Use the same list each time."
)
"""To be shown beside the points."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What the answers add up to.

    Attributes
    ----------
    least, most : int
        The score if everything that was not seen were good, and if it were a fault.
    not_seen : tuple of str
        Points without an answer.
    """

    test: str
    least: int
    most: int
    not_seen: tuple[str, ...]

    @property
    def points(self) -> int | None:
        """The score; None while a point is not seen."""
        return None if self.not_seen else self.least


def score(chain: ChainKnowledge, test: str, faults: Mapping[str, bool | None]) -> Score:
    """Add up the faults of a test.

    Parameters
    ----------
    chain : ChainKnowledge
    test : str
        A test with points, as ``s_mas``.
    faults : mapping of point to bool or None
        Whether it is a fault; None, or absent, when it could not be seen.

    Raises
    ------
    InputError
        When the test has no points, or an answer belongs to none of them.
    """
    items = [item.id for item in chain.items_of(test)]
    problems = [
        Problem(
            thing=name,
            reason=marked("This is no point of the test."),
            remedy=marked("Answer the points that belong to it."),
        )
        for name in (faults if items else (test,))
        if name not in items
    ]
    if problems:
        raise InputError(problems)
    least = sum(faults.get(item) is True for item in items)
    not_seen = tuple(item for item in items if faults.get(item) is None)
    return Score(test=test, least=least, most=least + len(not_seen), not_seen=not_seen)
