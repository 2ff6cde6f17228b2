"""A person shares a complaint with a practice, without an appointment, and stops again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.booking.models import Appointment, AppointmentKind
from herstel_web.cases.models import Case
from herstel_web.people import actions
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice
from herstel_web.sharing import queries
from tests.web.actors import Actors, check_in, client_of, opened_case, user
from tests.web.agenda import Desk, at, booked, open_desk

MOST_QUERIES = 30
WARNING = {"bladder_bowel_saddle_change": True}


@pytest.fixture
def desk(actors: Actors) -> Desk:
    """A practice that takes new people online."""
    return open_desk(actors)


@pytest.fixture
def alone(actors: Actors) -> Case:
    """A complaint that no practice sees: that of the other person."""
    return Case.objects.get(person__user=actors.other_patient)


def page(who: User) -> str:
    answer = client_of(who).get(reverse("share"))
    assert answer.status_code == 200
    return str(answer.content.decode())


def share(who: User, shown: Case, offered: Practice, /, **fields: str) -> HttpResponse:
    given = {"case": str(shown.pk), "practice": str(offered.pk), "agrees": "on"} | fields
    answer: HttpResponse = client_of(who).post(reverse("share"), given)
    return answer


def practice_of(case: Case) -> Practice | None:
    return Case.objects.get(pk=case.pk).practice


# --- sharing


def test_a_person_shares_a_complaint_and_the_practice_reads_it_from_then_on(
    actors: Actors, alone: Case, desk: Desk
) -> None:
    case_page = reverse("case", args=[alone.pk])
    assert client_of(actors.colleague).get(case_page).status_code == 404
    assert share(actors.other_patient, alone, desk.practice).headers["Location"] == reverse("my_data")
    assert client_of(actors.colleague).get(case_page).status_code == 200
    assert client_of(actors.outsider).get(case_page).status_code == 404
    assert "Other Patient" in client_of(actors.colleague).get(reverse("work_list")).content.decode()


def test_the_consent_and_both_trails_tell_of_it(actors: Actors, alone: Case, desk: Desk) -> None:
    share(actors.other_patient, alone, desk.practice)
    consent = Consent.objects.get(person=alone.person, kind="share")
    assert (consent.practice, consent.withdrawn_at, consent.text_version) == (
        desk.practice,
        None,
        actions.CONSENT_TEXT,
    )
    line = Event.objects.get(what="case:shared", case_id=alone.pk)
    assert (line.by, line.practice_id, line.person_id) == (actors.other_patient, desk.practice.pk, alone.person_id)


def test_the_person_sees_with_whom_it_is_shared_and_since_when(actors: Actors, alone: Case, desk: Desk) -> None:
    share(actors.other_patient, alone, desk.practice)
    data = client_of(actors.other_patient).get(reverse("my_data")).content.decode()
    assert desk.practice.name in data
    assert "graad 2), links (sinds " in data
    assert "gedeeld sinds" in data
    assert reverse("share") not in data, "there is nothing else to share"


def test_who_stops_can_share_again(actors: Actors, alone: Case, desk: Desk) -> None:
    share(actors.other_patient, alone, desk.practice)
    client_of(actors.other_patient).post(reverse("stop_sharing", args=[desk.practice.pk]))
    assert practice_of(alone) is None
    assert client_of(actors.colleague).get(reverse("case", args=[alone.pk])).status_code == 404
    share(actors.other_patient, alone, desk.practice)
    assert practice_of(alone) == desk.practice
    consents = Consent.objects.filter(person=alone.person, kind="share").order_by("pk")
    assert [one.withdrawn_at is None for one in consents] == [False, True]


def test_the_same_form_twice_is_one_consent(actors: Actors, alone: Case, desk: Desk) -> None:
    for _ in range(2):
        assert actions.share(case=alone, practice=desk.practice, by=actors.other_patient)
    assert Consent.objects.filter(person=alone.person, kind="share").count() == 1


# --- what must be right


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("agrees", "Zonder je toestemming wordt er niets gedeeld"),
        ("practice", "Kies een praktijk."),
        ("case", "Kies een klacht."),
    ],
)
def test_nothing_is_shared_without_a_choice_and_consent_and_what_was_chosen_stays(
    actors: Actors, alone: Case, desk: Desk, missing: str, said: str
) -> None:
    text = share(actors.other_patient, alone, desk.practice, **{missing: ""}).content.decode()
    assert said in text
    assert "Dit klopt nog niet" in text
    assert practice_of(alone) is None
    if missing != "practice":
        assert f'value="{desk.practice.pk}" checked' in text


def test_a_complaint_of_somebody_else_cannot_be_shared(actors: Actors, alone: Case, desk: Desk) -> None:
    mine = opened_case(user("third@example.org", "Third Person"))
    assert mine.person.user
    text = share(mine.person.user, alone, desk.practice).content.decode()
    assert "Kies een klacht uit deze lijst" in text
    assert practice_of(alone) is None


def test_one_practice_at_a_time_reads_a_complaint(actors: Actors, alone: Case, desk: Desk) -> None:
    elsewhere = Practice.objects.get(name="Other Practice")
    share(actors.other_patient, alone, desk.practice)
    assert not actions.share(case=alone, practice=elsewhere, by=actors.other_patient)
    assert practice_of(alone) == desk.practice
    assert not Consent.objects.filter(person=alone.person, practice=elsewhere).exists()


def test_a_complaint_that_was_closed_meanwhile_is_not_shared(
    actors: Actors, alone: Case, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(queries.may_be_shared(alone.person))
    monkeypatch.setattr(queries, "may_be_shared", lambda _person: found)
    Case.objects.filter(pk=alone.pk).update(closed_on=timezone.localdate())
    client = client_of(actors.other_patient)
    given = {"case": str(alone.pk), "practice": str(desk.practice.pk), "agrees": "on"}
    answer = client.post(reverse("share"), given, follow=True)
    assert "intussen gedeeld of gesloten" in answer.content.decode()
    assert practice_of(alone) is None


# --- which practices


def test_a_practice_that_takes_nobody_new_online_is_not_offered_and_not_taken(
    actors: Actors, alone: Case, desk: Desk
) -> None:
    AppointmentKind.objects.filter(practice=desk.practice).update(open_to=AppointmentKind.OpenTo.KNOWN)
    assert "Geen praktijk neemt hier online nieuwe mensen aan" in page(actors.other_patient)
    assert share(actors.other_patient, alone, desk.practice).status_code == 200
    assert practice_of(alone) is None


@pytest.mark.parametrize("closed", [{"online": False}, {"retired_at": timezone.now()}])
def test_a_practice_without_anything_to_book_online_is_not_offered(
    actors: Actors, alone: Case, desk: Desk, closed: dict[str, object]
) -> None:
    AppointmentKind.objects.filter(practice=desk.practice).update(**closed)
    assert list(queries.practices_for(alone.person)) == []


def test_a_practice_where_nobody_treats_is_not_offered(actors: Actors, alone: Case) -> None:
    AppointmentKind.objects.create(practice=actors.practice, name_nl="Behandeling")
    assert list(queries.practices_for(alone.person)) == []


def test_one_kind_for_new_people_is_enough(actors: Actors, alone: Case, desk: Desk) -> None:
    AppointmentKind.objects.filter(pk=desk.kind.pk).update(open_to=AppointmentKind.OpenTo.KNOWN)
    AppointmentKind.objects.filter(pk=desk.intake.pk).update(open_to=AppointmentKind.OpenTo.NEW)
    assert list(queries.practices_for(alone.person)) == [desk.practice]


def test_who_was_there_before_is_not_new(actors: Actors, alone: Case, desk: Desk) -> None:
    appointment = booked(desk, alone.person, at(9))
    AppointmentKind.objects.update(online=False)
    assert list(queries.practices_for(alone.person)) == [desk.practice]
    Appointment.objects.filter(pk=appointment.pk).update(status=Appointment.Status.CANCELLED)
    assert list(queries.practices_for(alone.person)) == []


def test_who_shared_there_before_may_share_there_again(actors: Actors) -> None:
    client_of(actors.patient).post(reverse("stop_sharing", args=[actors.practice.pk]))
    assert list(queries.practices_for(actors.case.person)) == [actors.practice]
    share(actors.patient, actors.case, actors.practice)
    assert practice_of(actors.case) == actors.practice


# --- the page


def test_the_only_complaint_and_the_only_practice_are_chosen_already(actors: Actors, alone: Case, desk: Desk) -> None:
    text = page(actors.other_patient)
    assert f'value="{desk.practice.pk}" checked' in text
    assert text.count("checked") == 2
    assert "Main street 1, Testtown" in text


def test_of_several_nothing_is_chosen_for_the_person(actors: Actors, alone: Case, desk: Desk) -> None:
    other = Practice.objects.get(name="Other Practice")
    Consent.objects.create(person=alone.person, kind="share", practice=other, withdrawn_at=timezone.now())
    text = page(actors.other_patient)
    assert other.name in text
    assert text.count("checked") == 1


def test_who_has_shared_everything_reads_that(actors: Actors, desk: Desk) -> None:
    text = page(actors.patient)
    assert "Er is niets om te delen" in text
    assert "met Test Practice" in text
    assert 'name="agrees"' not in text


def test_who_has_no_complaint_is_led_to_the_questions(desk: Desk) -> None:
    who = user("books@example.org", "Books Only")
    Person.objects.create(user=who, name="Books Only")
    text = page(who)
    assert "Je hebt hier geen open klacht" in text
    assert reverse("start") in text


def test_who_must_be_seen_first_reads_that_sharing_calls_nobody(actors: Actors, alone: Case, desk: Desk) -> None:
    assert "Met delen roep je geen hulp" not in page(actors.other_patient)
    check_in(alone, timezone.localdate(), symptoms=WARNING)
    text = page(actors.other_patient)
    assert "Met delen roep je geen hulp" in text
    assert reverse("act") in text


def test_a_closed_complaint_stays_with_the_practice_and_is_not_offered(actors: Actors, desk: Desk) -> None:
    Case.objects.filter(pk=actors.case.pk).update(closed_on=timezone.localdate() - timedelta(days=1))
    assert not queries.may_be_shared(actors.case.person).exists()
    assert [one.practice for one in queries.shared(actors.case.person)] == [actors.practice]


@pytest.mark.parametrize("name", ["share", "my_data"])
def test_the_pages_need_few_questions_to_the_database(
    actors: Actors, alone: Case, desk: Desk, name: str, django_assert_max_num_queries: object
) -> None:
    for number in range(3):
        practice = Practice.objects.create(name=f"Practice {number}")
        Consent.objects.create(person=alone.person, kind="share", practice=practice, withdrawn_at=timezone.now())
    client = client_of(actors.other_patient)
    client.get(reverse(name))
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        client.get(reverse(name))


def test_a_practice_that_does_not_exist_is_not_taken(actors: Actors, alone: Case, desk: Desk) -> None:
    text = share(actors.other_patient, alone, desk.practice, practice=str(uuid4())).content.decode()
    assert "Met deze praktijk kun je hier niet delen" in text


def test_sharing_is_there_in_english_too(actors: Actors, alone: Case, desk: Desk) -> None:
    client = client_of(actors.other_patient)
    client.cookies["herstel_language"] = "en"
    assert "What you agree to" in client.get(reverse("share")).content.decode()
