"""Complaints, assessments and measurements that the tests of the chain start from."""

from datetime import date
from typing import Any

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, Referral
from herstel.assessment.uncertainty import Draws
from herstel.chain.model import BodySide, Measurement
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.load import load_knowledge

KNOWLEDGE = load_knowledge()
CHAIN = KNOWLEDGE.chain
DAY = date(2026, 3, 2)
_DRAWS: list[Draws] = []


def complaint(**said: Any) -> Complaint:
    """A man of 22 who plays football as a recreation, three weeks after something in his left leg."""
    usual: dict[str, Any] = {
        "places": frozenset({Place("left", "thigh_middle")}),
        "age_years": 22,
        "sex": "male",
        "level": "recreational",
        "days_since_onset": 21,
    }
    return Complaint(**{**usual, **said})


def assessed(**said: Any) -> Assessment | Referral:
    if not _DRAWS:
        from herstel.assessment.matrix import compiled

        _DRAWS.append(Draws(compiled(KNOWLEDGE), count=20))
    return assess(complaint(**said), KNOWLEDGE, draws=_DRAWS[0])


def measured(test: str, value: float, side: BodySide | None = None, **other: Any) -> Measurement:
    usual: dict[str, Any] = {"method": "observation", "tester": "self", "date": DAY}
    return Measurement(test=test, value=value, side=side, unit=CHAIN.tests[test].unit, **{**usual, **other})


def both(test: str, left: float, right: float, **other: Any) -> tuple[Measurement, Measurement]:
    return measured(test, left, "left", **other), measured(test, right, "right", **other)
