"""The one place where a person's record as a whole reaches the domain: a case in, FHIR out."""

from typing import Any, cast

from django.utils import timezone

from herstel.text import Language
from herstel_fhir.bundle import export_bundle
from herstel_fhir.record import Practice, Record, Subject
from herstel_web.cases.actions import work_out
from herstel_web.cases.assemble import as_case_file
from herstel_web.cases.bridge import read
from herstel_web.cases.models import Case, Fact
from herstel_web.knowledge import knowledge
from herstel_web.people.models import Person


def fhir_bundle(case: Case, person: Person) -> dict[str, Any]:
    """One case as a FHIR R4 bundle, as it stands today.

    It is worked out from all facts: what is kept to be shown holds no check-in or decision of long ago.
    """
    now = timezone.localtime()
    facts = Fact.objects.filter(case=case).order_by("pk")
    language = cast("Language", person.language)
    record = Record(
        case=read(as_case_file(facts), now.date()),
        recovery=work_out(case=case, today=now.date()),
        subject=Subject(id=str(person.pk), name=person.name, birth_date=person.birth_date, language=language),
        knowledge=knowledge(),
        language=language,
        recorded=now,
        practice=Practice(id=str(case.practice.pk), name=case.practice.name) if case.practice else None,
    )
    return dict(export_bundle(record))
