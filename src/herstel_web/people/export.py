"""Everything that is kept of a person, as one file to take along.

Other apps that keep something of a person add a function to ``PARTS``; a test walks all models that refer to a person
or a case and fails for one that no part tells.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.forms.models import model_to_dict

from herstel_web.audit.models import Event
from herstel_web.cases.assemble import as_case_file
from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact, ForecastIssued
from herstel_web.people import bridge
from herstel_web.people.models import Consent, Person
from herstel_web.sharing.queries import ids_of

Files = Mapping[str, bytes]
Part = Callable[[Person], Mapping[str, bytes]]


def as_json(value: object) -> bytes:
    """Readable JSON in one way for every file."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str).encode()


def rows(found: Iterable[Model], *, without: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Rows of one table as they are kept."""
    return [_row(one, without) for one in found]


def _row(one: Model, without: tuple[str, ...]) -> dict[str, Any]:
    names = [field.name for field in one._meta.concrete_fields if field.name not in without]  # noqa: SLF001
    told = {name: getattr(one, name) for name in names}
    return {name: value.pk if isinstance(value, Model) else value for name, value in told.items()}


def about_the_person(person: Person) -> Files:
    """Who somebody is, what they agreed to, and who looked at the record."""
    trail = Event.objects.filter(person_id__in=ids_of(person)).select_related("by").order_by("pk")
    return {
        "person.json": as_json(model_to_dict(person, exclude=["user"]) | {"id": person.pk}),
        "consents.json": as_json(rows(Consent.objects.filter(person=person).order_by("pk"))),
        "who-looked.json": as_json(
            [
                {"at": one.at, "who": one.by.shown_name if one.by else None, "action": one.action, "what": one.what}
                for one in trail
            ]
        ),
    }


def cases(person: Person) -> Files:
    """Each case: as a case file that Herstel reads back, every fact with who told it when, and what was decided."""
    files: dict[str, bytes] = {}
    for case in Case.objects.filter(person=person).order_by("opened_at"):
        folder = f"cases/{case.opened_on}-{str(case.pk)[:8]}"
        facts = Fact.objects.filter(case=case).order_by("pk")
        files[f"{folder}/case.json"] = as_json(as_case_file(facts))
        files[f"{folder}/facts.json"] = as_json(rows(facts, without=("case",)))
        files[f"{folder}/decisions.json"] = as_json(rows(DecisionMade.objects.filter(case=case).order_by("pk")))
        files[f"{folder}/forecasts.json"] = as_json([one.record for one in ForecastIssued.objects.filter(case=case)])
        files[f"{folder}/about.json"] = as_json(
            rows([case]) + rows(Conclusion.objects.filter(case=case), without=("value",))
        )
    return files


def fhir(person: Person) -> Files:
    """Each case as FHIR R4, which other systems for care read."""
    files: dict[str, bytes] = {}
    for case in Case.objects.filter(person=person).select_related("practice").order_by("opened_at"):
        name = f"fhir/{case.opened_on}-{str(case.pk)[:8]}.json"
        files[name] = as_json(bridge.fhir_bundle(case, person))
    return files


PARTS: list[Part] = [about_the_person, cases, fhir]
"""What is exported; an app that keeps something of a person adds its own part in ``apps.ready``."""
MODELS: list[type[Model]] = [Person, Consent, Fact, DecisionMade, ForecastIssued, Conclusion]
"""The models whose rows these parts tell; an app adds its own beside its part."""


README = """Herstel: alles wat er van je bewaard is / everything that is kept of you

person.json, consents.json    wie je bent, waar je toestemming voor gaf / who you are, what you agreed to
who-looked.json               wie je dossier bekeek of aanvulde, en wanneer / who looked at or added to your record
cases/.../case.json           je klacht als bestand dat Herstel weer leest / your complaint, as Herstel reads it
cases/.../facts.json          alles wat er is ingevuld, door wie en wanneer / everything filled in, by whom and when
cases/.../decisions.json      wat er is besloten / what was decided
cases/.../forecasts.json      de voorspellingen zoals ze gegeven zijn / the forecasts as they were told
fhir/...                      hetzelfde voor systemen in de zorg (FHIR R4) / the same for systems in care (FHIR R4)
appointments.json, ...        je afspraken en waar je op wacht / your appointments and what you wait for
letters/..., files/...        brieven en bestanden, als die er zijn / letters and files, where there are any
recordings.json, ...          gefilmde testen: metingen, punten van je lichaam, video's die er nog zijn
                              / filmed tests: what was measured, points of your body, videos that are still kept
"""


def export_zip(person: Person, made_at: datetime) -> bytes:
    """All parts in one archive."""
    files: dict[str, bytes] = {"README.txt": README.encode()}
    for part in PARTS:
        files.update(part(person))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, made_at.timetuple()[:6]), files[name], zipfile.ZIP_DEFLATED)
    return written.getvalue()


def file_name(day: date) -> str:
    """A name that says nothing about anybody's health."""
    return f"herstel-{day}.zip"
