"""Records to export: the example cases, and a person made of parts."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from herstel.case_file import Case, read_case
from herstel.flow import recover
from herstel.knowledge.model import Knowledge
from herstel_fhir.record import Clinician, Letter, Practice, Record, Subject

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))
WHOLE = Path(__file__).parents[2] / "examples" / "cases" / "whole-person.yaml"
RECORDED = datetime(2026, 12, 31, 14, 30, 20, tzinfo=UTC)
LATE = date(2026, 12, 31)
SUBJECT = Subject(id="person-1", name="A. Voorbeeld", birth_date=date(1999, 4, 1), sex="female", language="nl")
LETTER = Letter(id="letter-1", title="Brief aan de huisarts", date=date(2026, 9, 14), language="nl", pdf=b"%PDF-1.7 x")


def record_of(case: Case, knowledge: Knowledge, today: date, **more: Any) -> Record:
    """A record of a case with everything that can be known of who is who."""
    given: dict[str, Any] = {
        "subject": SUBJECT,
        "language": "nl",
        "recorded": RECORDED,
        "clinician": Clinician(id="therapist-1", name="B. Voorbeeld"),
        "practice": Practice(id="practice-1", name="Praktijk Voorbeeld"),
        "letters": (LETTER,),
        **more,
    }
    return Record(case=case, recovery=recover(case, today, knowledge), knowledge=knowledge, **given)


def example(file: Path, knowledge: Knowledge, **more: Any) -> Record:
    """The record of an example case."""
    case = read_case(yaml.safe_load(file.read_text(encoding="utf-8")), knowledge, LATE)
    assert case.as_of is not None
    return record_of(case, knowledge, case.as_of, **more)


def changed(raw: Mapping[str, Any], knowledge: Knowledge, **more: Any) -> Record:
    """The record of the whole person without the therapist's changes of the plan, with other parts of the file."""
    whole = yaml.safe_load(WHOLE.read_text(encoding="utf-8"))
    case = read_case({**whole, "edits": [], **raw}, knowledge, LATE)
    assert case.as_of is not None
    return record_of(case, knowledge, case.as_of, **more)
