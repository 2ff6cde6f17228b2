"""Messages between the person and the practice: one thread, unread on both sides, and e-mail that says nothing."""

from smtplib import SMTPException
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.correspondence.models import Message
from herstel_web.people import actions as people
from herstel_web.people.models import Person
from tests.web.actors import Actors, client_of

SECRET = "Mijn hamstring doet pijn na het fietsen."


def thread(actors: Actors) -> str:
    return reverse("case_messages", args=[actors.case.pk])


def send(client: Client, address: str, text: str = SECRET, **fields: object) -> str:
    answer = client.post(address, {"text": text, "key": uuid4(), **fields}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def both_sides(actors: Actors) -> tuple[tuple[Client, str], ...]:
    """The person and the therapist, each with where they read the thread."""
    return (client_of(actors.patient), reverse("my_messages")), (client_of(actors.treats), thread(actors))


def many(actors: Actors, times: int, *, from_person: bool) -> None:
    made = (Message(case=actors.case, from_person=from_person, text="Dag", signed="T") for _ in range(times))
    Message.objects.bulk_create(made)


def page_of(client: Client, address: str) -> str:
    return str(client.get(address).content.decode())


@pytest.fixture(autouse=True)
def at_once(django_capture_on_commit_callbacks: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for the end of a transaction is done at once: a test is one transaction."""
    from django.db import transaction

    monkeypatch.setattr(transaction, "on_commit", lambda done, **_: done())


# --- to and fro


def test_both_sides_read_one_thread_with_who_wrote_what(actors: Actors) -> None:
    send(client_of(actors.patient), reverse("my_messages"))
    send(client_of(actors.treats), thread(actors), "Rustig aan vandaag.")
    for client, address in (
        (client_of(actors.patient), reverse("my_messages")),
        (client_of(actors.owner), thread(actors)),
    ):
        page = page_of(client, address)
        assert SECRET in page
        assert "Rustig aan vandaag." in page
        assert "<strong>Patient</strong>" in page
        assert "<strong>Treats</strong>" in page
    assert Event.objects.filter(what="message:sent", case_id=actors.case.pk).count() == 2


def test_the_sender_sees_whether_it_was_read(actors: Actors) -> None:
    person, therapist = client_of(actors.patient), client_of(actors.treats)
    assert "nog niet gelezen" in send(person, reverse("my_messages"))
    page_of(therapist, thread(actors))
    assert "gelezen op" in page_of(person, reverse("my_messages"))
    assert Message.objects.get().read_by == actors.treats


def test_unread_is_told_on_both_sides_until_it_is_read(actors: Actors) -> None:
    person, therapist = client_of(actors.patient), client_of(actors.treats)
    send(person, reverse("my_messages"))
    assert "1 ongelezen" in page_of(therapist, reverse("case", args=[actors.case.pk]))
    page_of(therapist, thread(actors))
    assert "ongelezen" not in page_of(therapist, reverse("case", args=[actors.case.pk])).partition("tabs-row")[2][:2000]
    assert "Er is een bericht van je praktijk" not in page_of(person, reverse("more"))
    send(therapist, thread(actors), "Rustig aan.")
    assert "Er is een bericht van je praktijk" in page_of(person, reverse("more"))
    page_of(person, reverse("my_messages"))
    assert "Er is een bericht van je praktijk" not in page_of(person, reverse("more"))


def test_who_may_only_read_records_marks_nothing_as_read(actors: Actors) -> None:
    send(client_of(actors.patient), reverse("my_messages"))
    page_of(client_of(actors.read_only), thread(actors))
    assert Message.objects.get().read_at is None


def test_the_same_message_sent_twice_is_one_message(actors: Actors) -> None:
    client, key = client_of(actors.patient), uuid4()
    for _ in range(2):
        client.post(reverse("my_messages"), {"text": "Dag", "key": key})
    assert Message.objects.count() == 1
    assert len(mail.outbox) == 1


def test_an_empty_message_is_refused_with_what_to_do(actors: Actors) -> None:
    for client, address in (
        (client_of(actors.patient), reverse("my_messages")),
        (client_of(actors.treats), thread(actors)),
    ):
        assert "Er staat nog niets" in send(client, address, "  ")
    assert not Message.objects.exists()


def test_what_a_person_types_is_kept_until_it_is_sent(actors: Actors) -> None:
    client = client_of(actors.patient)
    assert client.post(reverse("my_draft"), {"text": "Half"}).status_code == 204
    assert "Half</textarea>" in page_of(client, reverse("my_messages"))
    assert "Wat je typte is bewaard" in send(client, reverse("my_messages"), "Bijna", draft="1")
    assert "Bijna</textarea>" not in send(client, reverse("my_messages"), "Af")


def test_a_person_is_told_to_call_when_it_is_urgent(actors: Actors) -> None:
    assert "Schrijf dan niet maar bel" in page_of(client_of(actors.patient), reverse("my_messages"))


def test_without_a_practice_there_is_nobody_to_write_to(actors: Actors) -> None:
    client = client_of(actors.other_patient)
    assert "Er leest geen praktijk mee" in page_of(client, reverse("my_messages"))
    assert "Er leest geen praktijk mee" in send(client, reverse("my_messages"))
    assert not Message.objects.exists()


def test_somebody_without_an_account_is_called_instead(actors: Actors) -> None:
    people.erase(person=actors.case.person, by=actors.patient)
    page = page_of(client_of(actors.treats), thread(actors))
    assert "Bel liever" in page


def test_a_person_never_sees_the_thread_of_somebody_else(actors: Actors) -> None:
    send(client_of(actors.patient), reverse("my_messages"))
    assert SECRET not in page_of(client_of(actors.other_patient), reverse("my_messages"))


# --- e-mail


def test_the_e_mail_says_only_that_there_is_a_message(actors: Actors) -> None:
    send(client_of(actors.treats), thread(actors), SECRET)
    (sent,) = mail.outbox
    assert sent.to == ["patient@example.org"]
    assert sent.subject == "Er is een bericht voor je"
    assert f"http://localhost{reverse('my_messages')}" in sent.body
    for hidden in (SECRET, "hamstring", "Patient", "Treats", "Test Practice", str(actors.case.pk)):
        assert hidden not in sent.body + sent.subject
    assert Message.objects.get().notice == "sent"


def test_the_e_mail_is_in_the_language_of_who_gets_it(actors: Actors) -> None:
    actors.case.person.language = "en"
    actors.case.person.save()
    send(client_of(actors.treats), thread(actors))
    assert mail.outbox[0].subject == "There is a message for you"


def test_who_treats_gets_the_e_mail_and_without_a_therapist_nobody_does(actors: Actors) -> None:
    send(client_of(actors.patient), reverse("my_messages"))
    assert mail.outbox[0].to == ["treats@example.org"]
    Message.objects.all().delete()
    Case.objects.filter(pk=actors.case.pk).update(therapist=None)
    assert "geen adres bekend" in send(client_of(actors.patient), reverse("my_messages"))
    assert len(mail.outbox) == 1


def test_a_second_message_before_the_first_is_read_sends_no_second_e_mail(actors: Actors) -> None:
    client = client_of(actors.treats)
    send(client, thread(actors), "Een.")
    page = send(client, thread(actors), "Twee.")
    assert len(mail.outbox) == 1
    assert "een eerder bericht is nog ongelezen" in page


def test_an_e_mail_that_cannot_be_sent_is_told_to_the_sender_and_the_message_stays(
    actors: Actors, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise SMTPException("no such server")

    monkeypatch.setattr("herstel_web.correspondence.tasks.send_mail", refused)
    assert "kon niet worden verstuurd" in send(client_of(actors.treats), thread(actors))
    assert SECRET in page_of(client_of(actors.patient), reverse("my_messages"))


def test_a_message_that_was_read_meanwhile_sends_no_e_mail(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import transaction

    from herstel_web.correspondence.tasks import let_know

    monkeypatch.setattr(transaction, "on_commit", lambda *_, **__: None)
    send(client_of(actors.treats), thread(actors))
    page_of(client_of(actors.patient), reverse("my_messages"))
    let_know.enqueue(Message.objects.get().pk, "http://localhost/")
    let_know.enqueue(0, "http://localhost/")
    assert not mail.outbox


def test_many_messages_take_no_more_queries(actors: Actors, django_assert_max_num_queries: object) -> None:
    for client, address in (
        (client_of(actors.patient), reverse("my_messages")),
        (client_of(actors.treats), thread(actors)),
    ):
        Message.objects.bulk_create(
            Message(case=actors.case, from_person=False, text="Dag", signed="T") for _ in range(5)
        )
        page_of(client, address)
        with django_assert_max_num_queries(30) as few:  # type: ignore[operator]
            page_of(client, address)
        Message.objects.bulk_create(
            Message(case=actors.case, from_person=True, text="Dag", signed="T") for _ in range(80)
        )
        with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
            page_of(client, address)


def test_about_messages_to_made_up_people_no_e_mail_is_sent(actors: Actors) -> None:
    Person.objects.filter(pk=actors.case.person_id).update(simulated=True)
    assert "verzonnen mensen krijgen er geen" in send(client_of(actors.treats), thread(actors))
    assert not mail.outbox
