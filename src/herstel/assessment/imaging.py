"""MRI, ultrasound, X-ray or none: every rule that asks for an image, and the soonest of them."""

from herstel.assessment.result import ImagingAdvice
from herstel.knowledge.criterion import Facts
from herstel.knowledge.model import Knowledge


def advise_imaging(facts: Facts, knowledge: Knowledge) -> ImagingAdvice:
    """The image to ask for, by when, and which rules say so.

    Parameters
    ----------
    facts : Facts
        The complaint together with its probabilities and conclusions.
    """
    asking = [rule for rule in knowledge.advice.imaging if rule.modality != "none" and rule.when.holds(facts)]
    if not asking:
        return ImagingAdvice(modality="none", by_days=None, rules=())
    asking.sort(key=lambda rule: rule.by_days)
    soonest = asking[0]
    return ImagingAdvice(
        modality=soonest.modality, by_days=soonest.by_days, rules=tuple(rule.id for rule in asking)
    )
