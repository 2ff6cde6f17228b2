"""The least that makes a criterion hold, so that every rule can be tried without writing a complaint for each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from herstel.complaint.model import Complaint, Place
from herstel.knowledge.criterion import Criterion


@dataclass(frozen=True)
class Wish:
    """One leaf that should be true, or (not wanted) false."""

    leaf: Criterion
    wanted: bool = True


def ways(criterion: Criterion) -> list[list[Wish]]:
    """Ways to make a criterion hold; together they use every alternative at least once."""
    if criterion.operator == "unless":
        return [[]]  # holds as long as nothing is known
    if criterion.operator == "not":
        return [[Wish(leaf, wanted=False) for leaf in criterion.parts[0].leaves()]]
    if criterion.operator == "any":
        return [way for part in criterion.parts for way in ways(part)]
    if criterion.operator == "all":
        return _side_by_side([ways(part) for part in criterion.parts])
    if criterion.operator == "at_least":
        count, parts = int(criterion.low or 0), criterion.parts
        windows = [[*parts, *parts][start : start + count] for start in range(len(parts))]
        return [way for window in windows for way in _side_by_side([ways(part) for part in window])]
    return [[Wish(criterion)]]


def _side_by_side(parts: list[list[list[Wish]]]) -> list[list[Wish]]:
    longest = max(len(part) for part in parts)
    return [[wish for part in parts for wish in part[number % len(part)]] for number in range(longest)]


def complaint_with(wishes: Iterable[Wish]) -> Complaint:
    """A complaint of which these leaves, and nothing else, are known."""
    complaint, bounds = Complaint(), dict[str, tuple[float, float]]()
    for leaf, wanted in ((wish.leaf, wish.wanted) for wish in wishes):
        name = leaf.subject[0]
        if leaf.operator == "number":
            low, high = bounds.get(name, (0.0, 120.0))
            bounds[name] = (max(low, leaf.low or 0.0), min(high, leaf.high or 120.0))
        elif leaf.operator == "place":
            complaint = replace(complaint, places=complaint.places | {Place("left", name)})
        else:
            assert leaf.operator == "finding", f"no way to wish for {leaf.operator}"
            complaint = replace(complaint, findings={**complaint.findings, name: wanted})
    numbers = {name: (low + high) / 2 for name, (low, high) in bounds.items()}
    return replace(complaint, age_years=numbers.get("age"), days_since_onset=numbers.get("days"))


def least_complaints(criterion: Criterion, most: int = 40) -> list[Complaint]:
    """The complaints, as small as possible, of which a criterion holds."""
    return [complaint_with(way) for way in islice(ways(criterion), most)]
