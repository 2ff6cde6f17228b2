"""MRI, ultrasound, X-ray or none: every rule that asks for an image, and the soonest of them."""

from herstel.assessment.result import ImagingAdvice
from herstel.assessment.rules import RuleSet, Truths, once_per_knowledge
from herstel.knowledge.criterion import Facts
from herstel.knowledge.model import ImagingRule, Knowledge


@once_per_knowledge
def imaging_rules(knowledge: Knowledge) -> RuleSet[ImagingRule]:
    """The rules that ask for an image, soonest first."""
    asking = [rule for rule in knowledge.advice.imaging if rule.modality != "none"]
    return RuleSet(sorted(asking, key=lambda rule: rule.by_days))


def advise_imaging(facts: Facts, knowledge: Knowledge) -> ImagingAdvice:
    """The image to ask for, by when, and which rules say so.

    Parameters
    ----------
    facts : Facts
        The complaint together with its probabilities and conclusions.
    """
    rules = imaging_rules(knowledge)
    return imaging_of(rules.truths(facts), rules)


def imaging_of(truths: Truths, rules: RuleSet[ImagingRule]) -> ImagingAdvice:
    """What the tried rules amount to: the soonest image."""
    asking = rules.holding(truths)
    if not asking:
        return ImagingAdvice(modality="none", by_days=None, rules=())
    soonest = asking[0]
    return ImagingAdvice(modality=soonest.modality, by_days=soonest.by_days, rules=tuple(rule.id for rule in asking))
