"""What was concluded and its report as data: the same in JSON as in the program, nothing rounded, nothing left out."""

import json
import math
from collections.abc import Mapping, Set
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from herstel.assessment.assess import suspected_of
from herstel.assessment.explain import reasons
from herstel.assessment.report import write_report
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.knowledge.model import Knowledge
from herstel.text import Language

EXPLAINED = 3
"""How many conditions of the ranking come with their reasons."""


def as_json(result: Assessment | Referral, knowledge: Knowledge, language: Language) -> str:
    """The whole result as JSON text."""
    return json_text(as_data(result, knowledge, language))


def json_text(data: Mapping[str, Any]) -> str:
    """Data as JSON text."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def as_data(result: Assessment | Referral, knowledge: Knowledge, language: Language) -> dict[str, Any]:
    """The whole result as lists, mappings, numbers and texts."""
    assessment = assessment_of(result)
    data: dict[str, Any] = plain(assessment)
    for entry in data["differential"]:
        entry["class"] = knowledge.conditions[entry["condition"]].case_class
    data["urgency"]["robust"] = assessment.urgency.robust
    data["grade"]["most_likely"] = assessment.grade.most_likely
    return {
        "kind": "referral" if isinstance(result, Referral) else "assessment",
        "suspected": list(suspected_of(assessment, knowledge)),
        **data,
        "reasons": {
            condition: plain(reasons(assessment.complaint, condition, knowledge))
            for condition in assessment.ranking[:EXPLAINED]
        },
        "report": plain(write_report(result, knowledge, language)),
    }


def plain(value: Any) -> Any:
    """A value of the domain as what JSON can hold; a number that is not finite is null there."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, Set | tuple | list):
        return [plain(part) for part in (sorted(value) if isinstance(value, Set) else value)]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
