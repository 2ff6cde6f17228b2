"""The product on one screen. Each step takes values and returns a new value; the five steps are in this order.

Only the first step exists so far: *herkennen*, recognise.
"""

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, Referral
from herstel.complaint.intake import take_complaint
from herstel.knowledge.model import Knowledge

__all__ = ["assess", "recognise", "take_complaint"]


def recognise(answers: dict[str, object], knowledge: Knowledge) -> Assessment | Referral:
    """Step 1, herkennen: from answers to an explained assessment, or a referral when a red flag asks for help today."""
    complaint = take_complaint(answers, knowledge)
    return assess(complaint, knowledge)
