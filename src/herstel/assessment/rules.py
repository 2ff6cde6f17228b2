"""Rules with a criterion, tried together; after one more answer only the rules it can touch are tried again."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from herstel.complaint.model import Complaint
from herstel.knowledge.criterion import Criterion, Facts, Truth
from herstel.knowledge.model import Knowledge


class HasCriterion(Protocol):
    @property
    def when(self) -> Criterion: ...


R = TypeVar("R", bound=HasCriterion)
Truths = list[Truth]


class RuleSet(Generic[R]):
    """Rules in the order in which they are to be read.

    Attributes
    ----------
    rules : tuple
    asks : tuple of frozenset of str
        Per rule the findings, numbers and probability thresholds it asks for, and the kinds of other facts ("place",
        "ladder", "level").
    """

    def __init__(self, rules: Sequence[R]) -> None:
        self.rules = tuple(rules)
        self.asks = tuple(frozenset(map(_asked, rule.when.leaves())) for rule in self.rules)

    @cached_property
    def thresholds(self) -> tuple[Criterion, ...]:
        """Every probability threshold any rule names, each once."""
        leaves = (leaf for rule in self.rules for leaf in rule.when.leaves() if leaf.operator == "likely")
        return tuple(dict.fromkeys(leaves))

    def thresholds_met(self, probability: NDArray[np.floating], conditions: Sequence[str]) -> NDArray[np.bool_]:
        """Which thresholds each row of probabilities (rows, conditions) reaches, shape (rows, thresholds)."""
        members = np.array([[c in leaf.subject for leaf in self.thresholds] for c in conditions], probability.dtype)
        least = np.array([leaf.low or 0.0 for leaf in self.thresholds])
        return np.asarray(probability @ members >= least)

    def truths(self, facts: Facts) -> Truths:
        """Try every rule."""
        return [rule.when.holds(facts) for rule in self.rules]

    @cached_property
    def asked_by(self) -> Mapping[str, tuple[int, ...]]:
        """For everything that is asked for, the numbers of the rules that ask for it."""
        names = set().union(*self.asks)
        return {name: tuple(i for i, asks in enumerate(self.asks) if name in asks) for name in names}

    def touched_by(self, changed: frozenset[str]) -> bool:
        """Whether any rule asks for something that changed."""
        return not self.asked_by.keys().isdisjoint(changed)

    def truths_after(self, before: Truths, changed: frozenset[str], facts: Facts) -> Truths:
        """Try again only the rules that ask for something that changed."""
        truths = list(before)
        for number in {number for name in changed for number in self.asked_by.get(name, ())}:
            truths[number] = self.rules[number].when.holds(facts)
        return truths

    def holding(self, truths: Truths) -> tuple[R, ...]:
        """The rules that hold."""
        return tuple(rule for rule, truth in zip(self.rules, truths, strict=True) if truth)


def _asked(leaf: Criterion) -> str:
    if leaf.operator == "likely":
        return threshold_name(leaf)
    return leaf.subject[0] if leaf.operator in ("finding", "known", "number") else leaf.operator


def threshold_name(leaf: Criterion) -> str:
    """A probability threshold as something a rule asks for."""
    return f"likely {' '.join(leaf.subject)} {leaf.low}"


def what_changed(before: Complaint, after: Complaint, asked: Iterable[str]) -> frozenset[str]:
    """In what two complaints differ after one answer: findings, numbers and kinds of other facts.

    Parameters
    ----------
    before, after : Complaint
    asked : iterable of str
        The findings that the answered question is about.
    """
    changed = {finding for finding in asked if before.findings.get(finding) is not after.findings.get(finding)}
    others = {
        "place": before.places != after.places,
        "places": before.places != after.places,
        "ladder": before.ladder != after.ladder,
        "level": before.level != after.level,
        "age": before.age_years != after.age_years,
        "days": before.days_since_onset != after.days_since_onset,
        "pain": before.pain_nrs != after.pain_nrs,
    }
    return frozenset(changed.union(kind for kind, differs in others.items() if differs))


T = TypeVar("T", bound=Hashable)


def once_per_knowledge(make: Callable[[Knowledge], T]) -> Callable[[Knowledge], T]:
    """Keep what is computed from a knowledge for as long as that knowledge lives."""
    kept: WeakKeyDictionary[Knowledge, T] = WeakKeyDictionary()

    def get(knowledge: Knowledge) -> T:
        if knowledge not in kept:
            kept[knowledge] = make(knowledge)
        return kept[knowledge]

    return get
