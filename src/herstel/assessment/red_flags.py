"""Safety rules: they fire before and regardless of the differential. One is enough."""

from collections.abc import Mapping
from dataclasses import dataclass

from herstel.assessment.rules import RuleSet, Truths, once_per_knowledge
from herstel.complaint.model import Complaint
from herstel.knowledge.criterion import Facts
from herstel.knowledge.model import Knowledge, RedFlag, urgency_rank


@dataclass(frozen=True, slots=True)
class Screening:
    """Every rule that fired, and every rule the known answers leave open; most urgent first."""

    fired: tuple[RedFlag, ...]
    open: tuple[RedFlag, ...]

    @property
    def highest(self) -> int:
        """Rank of the most urgent level that fired; 0 when none did."""
        return rank(self.fired[0]) if self.fired else 0

    def at(self, level: int) -> tuple[RedFlag, ...]:
        """The fired rules that ask for exactly this level."""
        return tuple(flag for flag in self.fired if flag.level and rank(flag) == level)

    @property
    def raises(self) -> tuple[str, ...]:
        """The fired rules that lift the urgency by one level."""
        return tuple(flag.id for flag in self.fired if flag.raise_one_level)

    def suspected(self, probability: Mapping[str, float]) -> tuple[str, ...]:
        """Conditions to rule out first: by urgency of the rule that names them, then by probability; each once."""
        named = [(rank(flag), c) for flag in self.fired if flag.names_first for c in flag.suspects]
        ordered = sorted(named, key=lambda pair: (-pair[0], -probability[pair[1]]))
        return tuple(dict.fromkeys(condition for _, condition in ordered))


def rank(flag: RedFlag) -> int:
    """Rank of a rule's level; 0 for a rule that only raises."""
    return urgency_rank(flag.level) if flag.level else 0


@once_per_knowledge
def red_flag_rules(knowledge: Knowledge) -> RuleSet[RedFlag]:
    """The safety rules, most urgent first."""
    return RuleSet(sorted(knowledge.red_flags.values(), key=rank, reverse=True))


def screen(facts: Facts, knowledge: Knowledge) -> Screening:
    """Try every rule.

    Parameters
    ----------
    facts : Facts
        A complaint, or a check-in, as something criteria can ask.
    knowledge : Knowledge
    """
    rules = red_flag_rules(knowledge)
    return screening_of(rules.truths(facts), rules)


def screening_of(truths: Truths, rules: RuleSet[RedFlag]) -> Screening:
    """What the tried rules amount to."""
    undecided = [flag for flag, truth in zip(rules.rules, truths, strict=True) if truth is None]
    return Screening(fired=rules.holding(truths), open=tuple(undecided))


@dataclass(frozen=True, eq=False)
class WarningSigns:
    """Findings that by themselves make a rule fire."""

    findings: tuple[str, ...]


@once_per_knowledge
def warning_signs(knowledge: Knowledge) -> WarningSigns:
    """The warning signs of a knowledge, found by trying each finding alone."""
    alone = ((finding, Complaint(findings={finding: True})) for finding in knowledge.findings)
    return WarningSigns(tuple(f for f, complaint in alone if screen(complaint.facts(), knowledge).highest))
