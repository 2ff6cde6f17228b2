import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel.case_file import read_case
from herstel.knowledge.model import Knowledge
from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.cases.actions import NewFact, record_fact
from herstel_web.cases.models import Case, Fact
from herstel_web.people import actions, export
from herstel_web.people.models import Consent, Person
from tests.web.actors import Actors, check_in, client_of, confirmed_client_of, opened_case, user
from tests.web.visitor import finished

TODAY = timezone.localdate()


def with_answers(who: User) -> Client:
    """A browser that holds the answers of a finished self-check."""
    client = client_of(who)
    client.cookies[settings.VISIT_COOKIE_NAME] = finished().cookie
    return client


# --- keeping the self-check


@pytest.mark.django_db
def test_the_self_check_moves_into_the_account_and_out_of_the_browser() -> None:
    who = user("new@example.org")
    client = with_answers(who)
    answer = client.post(reverse("keep"), {"name": "New Person", "birth_date": "", "agrees": "on"})
    assert answer.headers["Location"] == reverse("home")
    case = Case.objects.get(person__user=who)
    complaint = Fact.objects.get(case=case, part="complaint").entry
    assert complaint["answers"]["onset"] == "sudden"
    assert "days_since_onset" not in complaint["answers"]
    assert complaint["onset_date"] < TODAY.isoformat()
    assert Consent.objects.filter(person=case.person, kind="record", withdrawn_at=None).exists()
    assert not client.cookies[settings.VISIT_COOKIE_NAME].value


@pytest.mark.django_db
def test_nothing_is_kept_without_consent_and_nothing_typed_is_lost() -> None:
    client = with_answers(user("new@example.org"))
    answer = client.post(reverse("keep"), {"name": "New Person", "birth_date": "1999-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Zonder je toestemming wordt er niets bewaard" in page
    assert "New Person" in page
    assert "1999-01-01" in page
    assert ".: " not in page  # the label of a box is a sentence; what is wrong with it is one of its own
    assert not Case.objects.exists()
    assert not Person.objects.exists()


@pytest.mark.django_db
def test_who_has_answered_nothing_is_led_to_the_questions() -> None:
    page = client_of(user("new@example.org")).get(reverse("keep")).content.decode()
    assert reverse("go_on") in page
    assert "Nog niets te bewaren" in page


@pytest.mark.django_db
@pytest.mark.parametrize("born", ["1800-01-01", "2999-01-01"])
def test_an_impossible_date_of_birth_is_refused(born: str) -> None:
    client = with_answers(user("new@example.org"))
    page = client.post(reverse("keep"), {"name": "X", "birth_date": born, "agrees": "on"}).content.decode()
    assert "Deze datum kan niet kloppen" in page


def test_what_a_person_corrects_is_asked_in_their_language(actors: Actors) -> None:
    page = client_of(actors.patient).get(reverse("correct_person")).content.decode()
    for asked in ("Je naam", "Je geboortedatum", "Telefoon", "Taal"):
        assert f">{asked}" in page
    assert "Language" not in page


# --- who looked


def test_a_person_reads_who_looked_and_when(actors: Actors) -> None:
    for _ in range(3):
        Event.objects.create(
            action="read",
            what="case",
            by=actors.treats,
            practice_id=actors.practice.pk,
            person_id=actors.case.person_id,
            case_id=actors.case.pk,
        )
    page = client_of(actors.patient).get(reverse("my_data")).content.decode()
    assert actors.treats.name in page
    assert "keek 3 keer" in page
    assert actors.practice.name in page


def test_own_looks_are_not_told_as_somebody_elses(actors: Actors) -> None:
    page = client_of(actors.other_patient).get(reverse("my_data")).content.decode()
    assert "Behalve jij heeft niemand je dossier bekeken" in page


# --- consent


def test_a_practice_sees_nothing_any_more_once_sharing_stops(actors: Actors) -> None:
    answer = client_of(actors.patient).post(reverse("stop_sharing", args=[actors.practice.pk]))
    assert answer.status_code == 302
    assert Case.objects.get(pk=actors.case.pk).practice is None
    consent = Consent.objects.get(person=actors.case.person, kind="share")
    assert consent.withdrawn_at is not None


def test_nobody_stops_the_sharing_of_somebody_else(actors: Actors) -> None:
    client_of(actors.other_patient).post(reverse("stop_sharing", args=[actors.practice.pk]))
    assert Case.objects.get(pk=actors.case.pk).practice == actors.practice


# --- taking along


def taken_along(person: Person) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export.export_zip(person, timezone.localtime()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_taking_along_asks_who_it_is_first(actors: Actors) -> None:
    assert client_of(actors.patient).get(reverse("take_along")).status_code == 302
    answer = confirmed_client_of(actors.patient).get(reverse("take_along"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="herstel-{TODAY}.zip"'
    assert Event.objects.filter(action="export", by=actors.patient).exists()


def test_the_case_that_is_taken_along_is_read_back(actors: Actors, knowledge: Knowledge) -> None:
    check_in(actors.case, TODAY)
    files = taken_along(actors.case.person)
    (name,) = [name for name in files if name.endswith("case.json")]
    case = read_case(json.loads(files[name]), knowledge, TODAY)
    assert [one.pain_now for one in case.check_ins] == [2]


def test_the_record_is_there_for_other_systems_in_care(actors: Actors) -> None:
    files = taken_along(actors.case.person)
    (name,) = [name for name in files if name.startswith("fhir/")]
    bundle = json.loads(files[name])
    assert bundle["resourceType"] == "Bundle"
    kinds = {entry["resource"]["resourceType"] for entry in bundle["entry"]}
    assert {"Patient", "Condition", "CarePlan", "QuestionnaireResponse"} <= kinds


def test_a_warning_sign_of_long_ago_is_taken_along_for_other_systems_too(actors: Actors) -> None:
    case, long_ago = opened_case(user("long@example.org"), days_ago=220), TODAY - timedelta(days=200)
    check_in(case, long_ago, symptoms={"bladder_bowel_saddle_change": True})
    agreed = {"role": "therapist", "agrees": True, "date": (TODAY - timedelta(days=199)).isoformat()}
    fact = NewFact(part=Fact.Part.CONFIRMATIONS, entry=agreed, day=TODAY - timedelta(days=199))
    record_fact(case=case, fact=fact, by=actors.treats, today=TODAY)
    check_in(case, TODAY)
    (bundle,) = [json.loads(file) for name, file in taken_along(case.person).items() if name.startswith("fhir/")]
    flags = [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "Flag"]
    assert [(one["code"]["coding"][0]["code"], one["period"]["start"]) for one in flags] == [
        ("cauda_equina", long_ago.isoformat())
    ]


def keeps_something_of_a_person() -> Iterator[type[Model]]:
    """Every model that refers to a person or a case."""
    for model in apps.get_models():
        related = {field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation}
        if related & {Person, Case} and model is not Case:
            yield model


def test_everything_that_refers_to_a_person_or_case_is_taken_along() -> None:
    told = set(export.MODELS)
    missing = [model._meta.label for model in keeps_something_of_a_person() if model not in told]
    assert not missing, f"add these to a part of people.export: {missing}"


# --- erasing


def test_erasing_asks_who_it_is_and_whether_it_is_meant(actors: Actors) -> None:
    address = reverse("erase")
    assert client_of(actors.other_patient).post(address, {"sure": "yes"}).status_code == 302
    page = confirmed_client_of(actors.other_patient).post(address).content.decode()
    assert "Er is nog niets gewist" in page
    assert Person.objects.filter(user=actors.other_patient).exists()


def test_a_record_of_ones_own_is_erased_with_everything_below_it(actors: Actors) -> None:
    person = actors.other_patient.person
    gone = person.pk
    check_in(person.cases.get(), TODAY)
    answer = confirmed_client_of(actors.other_patient).post(reverse("erase"), {"sure": "yes"})
    assert "Je dossier is gewist" in answer.content.decode()
    assert not User.objects.filter(email="other_patient@example.org").exists()
    assert not Person.objects.filter(pk=gone).exists()
    assert not Fact.objects.filter(case__person_id=gone).exists()
    assert Event.objects.filter(action="erase", person_id=gone).exists()


def test_what_a_practice_must_keep_stays_with_it_without_the_account(actors: Actors) -> None:
    done = actions.erase(person=actors.case.person, by=actors.patient)
    assert (done.erased, done.kept_by_practice) == (0, 1)
    assert Case.objects.get(pk=actors.case.pk).person.user is None
    assert not User.objects.filter(email="patient@example.org").exists()


def test_a_key_of_another_case_changes_nothing(actors: Actors) -> None:
    assert client_of(actors.patient).post(reverse("stop_sharing", args=[uuid4()])).status_code == 302
    assert Case.objects.get(pk=actors.case.pk).practice == actors.practice
