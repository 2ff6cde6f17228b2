"""Reminders, and the waiting list: once, to the first whom it suits, and nothing that tells anybody's health."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from herstel_web.booking import actions, waiting
from herstel_web.booking.actions import NotFreeError
from herstel_web.booking.models import Appointment, OccupiedSlot, SlotOffer, WaitingListEntry
from herstel_web.booking.reminders import send_due_reminders
from herstel_web.booking.waiting import Wish, offer_freed_slots
from herstel_web.operation.chores import CHORES
from herstel_web.people.models import Person
from tests.web.actors import Actors, client_of
from tests.web.agenda import Desk, at, booked, free, open_desk, slot, wanted, workday


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


@pytest.fixture
def full(desk: Desk, actors: Actors) -> list[Appointment]:
    """A day with nothing free."""
    return [
        actions.book_for(
            wanted=actions.Wanted(
                practice=desk.practice, kind=desk.kind, slot=slot(desk, start), comes=actions.Comes(name="Somebody")
            ),
            by=desk.therapist,
            now=timezone.now(),
        )
        for start in free(desk, workday())
    ]


def waits(desk: Desk, person: Person, *, weekdays: str = "0123456", parts: str = "mae") -> WaitingListEntry:
    wish = Wish(
        kind=desk.kind,
        practitioner=None,
        from_day=workday(),
        until_day=workday(),
        weekdays=weekdays,
        parts=parts,
    )
    assert person.user
    return waiting.join(person=person, wish=wish, by=person.user)


def cancelled(one: Appointment, desk: Desk) -> None:
    actions.cancel(appointment=one, reason="", by=desk.therapist, now=timezone.now())
    mail.outbox.clear()


# --- reminders


def remind(moment: datetime) -> int:
    mail.outbox.clear()
    return send_due_reminders(moment)


def test_a_reminder_goes_out_once_a_day_before(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    assert remind(made.start - timedelta(hours=25)) == 0
    assert remind(made.start - timedelta(hours=24)) == 1
    (told,) = mail.outbox
    assert told.subject.startswith("Herinnering: je afspraak op")
    assert "09:00" in told.subject
    assert not {"Behandeling", "hamstring", desk.therapist.name} & set(told.body.split())
    assert remind(made.start - timedelta(hours=23)) == 0
    assert mail.outbox == []


def test_what_moved_is_reminded_of_at_its_new_time(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    assert remind(made.start - timedelta(hours=24)) == 1
    far = at(9, day=workday(14))
    actions.move(appointment=made, to=slot(desk, far), by=desk.therapist, now=timezone.now())
    assert remind(far - timedelta(hours=20)) == 1


def test_what_was_cancelled_is_over_or_was_just_booked_is_not_reminded_of(desk: Desk, actors: Actors) -> None:
    made = booked(desk, actors.case.person, at(9))
    assert remind(made.start) == 0
    Appointment.objects.update(changed_at=made.start - timedelta(hours=2))
    assert remind(made.start - timedelta(hours=1)) == 0
    Appointment.objects.update(changed_at=timezone.now())
    cancelled(made, desk)
    assert remind(made.start - timedelta(hours=24)) == 0


def test_somebody_without_an_address_is_not_written_to(desk: Desk) -> None:
    want = actions.Wanted(
        practice=desk.practice, kind=desk.kind, slot=slot(desk, at(9)), comes=actions.Comes(name="No Address")
    )
    made = actions.book_for(wanted=want, by=desk.therapist, now=timezone.now())
    send_due_reminders(made.start - timedelta(hours=24))
    assert mail.outbox == []


def test_the_worker_does_both(desk: Desk) -> None:
    chores = {one.name for one in CHORES}
    assert {"remind_of_appointments", "offer_freed_times"} <= chores


# --- the waiting list


def test_a_freed_time_is_held_for_the_first_whom_it_suits(full: list[Appointment], desk: Desk, actors: Actors) -> None:
    first, second = actors.case.person, actors.other_patient.person
    waits(desk, first, parts="e")
    entry = waits(desk, second)
    cancelled(full[0], desk)
    assert offer_freed_slots(timezone.now()) == 1
    offer = SlotOffer.objects.get()
    assert (offer.entry, offer.start) == (entry, at(9))
    assert free(desk, workday()) == []
    (told,) = mail.outbox
    assert told.to == ["other_patient@example.org"]
    assert f"/appointments/offers/{offer.pk}/" in told.body
    assert not {"Behandeling", "hamstring", desk.therapist.name} & set(told.body.split())
    assert offer_freed_slots(timezone.now()) == 0
    assert len(mail.outbox) == 1


def test_who_takes_the_offer_has_the_appointment_and_leaves_the_list(
    full: list[Appointment], desk: Desk, actors: Actors
) -> None:
    entry = waits(desk, actors.case.person)
    cancelled(full[0], desk)
    offer_freed_slots(timezone.now())
    offer = SlotOffer.objects.get()
    address = reverse("appointment_offer", args=[offer.pk])
    assert client_of(actors.other_patient).get(address).status_code == 404
    for _ in range(2):
        client_of(actors.patient).post(address, {"do": "take"})
    made = Appointment.objects.get(person=actors.case.person)
    assert (made.start, made.case) == (at(9), actors.case)
    entry.refresh_from_db()
    assert entry.ended == "booked"
    assert OccupiedSlot.objects.filter(appointment=made).count() == 6


def test_an_offer_can_come_in_place_of_another_appointment(full: list[Appointment], desk: Desk, actors: Actors) -> None:
    later = booked(desk, actors.case.person, at(9, day=workday(14)))
    waits(desk, actors.case.person)
    cancelled(full[0], desk)
    offer_freed_slots(timezone.now())
    address = reverse("appointment_offer", args=[SlotOffer.objects.get().pk])
    client_of(actors.patient).post(address, {"do": "take", "instead_of": str(later.pk)})
    later.refresh_from_db()
    assert later.status == "cancelled"
    assert Appointment.objects.filter(person=actors.case.person, status="booked").get().start == at(9)


def test_an_offer_that_is_declined_or_expires_goes_to_the_next(
    full: list[Appointment], desk: Desk, actors: Actors
) -> None:
    waits(desk, actors.case.person)
    waits(desk, actors.other_patient.person)
    cancelled(full[0], desk)
    now = timezone.now()
    offer_freed_slots(now)
    offer = SlotOffer.objects.get()
    client_of(actors.patient).post(reverse("appointment_offer", args=[offer.pk]), {"do": "decline"})
    offer_freed_slots(now)
    second = SlotOffer.objects.get(state="open")
    assert second.entry.person == actors.other_patient.person
    assert offer_freed_slots(second.expires_at) == 0  # both were asked: nobody is offered the same time again
    assert SlotOffer.objects.filter(state="expired").count() == 1
    assert free(desk, workday()) == [at(9)]
    with pytest.raises(NotFreeError):
        waiting.take(offer=second, by=actors.other_patient, now=second.expires_at, key=second.pk)


def test_who_let_an_offer_pass_comes_after_those_who_had_none(
    full: list[Appointment], desk: Desk, actors: Actors
) -> None:
    waits(desk, actors.case.person)
    cancelled(full[0], desk)
    now = timezone.now()
    offer_freed_slots(now)
    offer_freed_slots(SlotOffer.objects.get().expires_at)
    comes = actions.Comes(name="Somebody")
    again = actions.Wanted(practice=desk.practice, kind=desk.kind, slot=slot(desk, at(9)), comes=comes)
    actions.book_for(wanted=again, by=desk.therapist, now=now)
    waits(desk, actors.other_patient.person)
    cancelled(full[5], desk)
    offer_freed_slots(now)
    assert SlotOffer.objects.get(state="open").entry.person == actors.other_patient.person


def test_a_page_of_an_offer_that_is_gone_says_so(full: list[Appointment], desk: Desk, actors: Actors) -> None:
    waits(desk, actors.case.person)
    cancelled(full[0], desk)
    offer_freed_slots(timezone.now())
    SlotOffer.objects.update(expires_at=timezone.now())
    address = reverse("appointment_offer", args=[SlotOffer.objects.get().pk])
    assert "niet meer voor je vrij" in client_of(actors.patient).get(address).content.decode()
    assert client_of(actors.patient).post(address, {"do": "take"}).status_code == 409


def test_the_list_ends_after_its_last_day(desk: Desk, actors: Actors) -> None:
    entry = waits(desk, actors.case.person)
    offer_freed_slots(at(9, day=workday(14)))
    entry.refresh_from_db()
    assert entry.ended == "over"


def test_leaving_the_list_gives_back_what_was_held(full: list[Appointment], desk: Desk, actors: Actors) -> None:
    entry = waits(desk, actors.case.person)
    cancelled(full[0], desk)
    offer_freed_slots(timezone.now())
    client_of(actors.other_patient).post(reverse("appointment_stop_waiting", args=[entry.pk]))
    assert SlotOffer.objects.filter(state="open").exists()
    client_of(actors.patient).post(reverse("appointment_stop_waiting", args=[entry.pk]))
    assert free(desk, workday()) == [at(9)]


def test_joining_twice_changes_the_wish_and_keeps_the_place(desk: Desk, actors: Actors) -> None:
    first = waits(desk, actors.case.person)
    second = waits(desk, actors.case.person, parts="m")
    assert first.pk == second.pk
    assert WaitingListEntry.objects.get().parts == "m"


def test_a_wish_that_makes_no_sense_is_refused_and_nothing_typed_is_lost(desk: Desk, actors: Actors) -> None:
    address = reverse("appointment_wait", args=[desk.practice.pk, desk.kind.pk])
    day = workday().isoformat()
    sent = {"from_day": day, "until_day": "2020-01-01", "parts": "m", "phone": "06-7"}
    shown = client_of(actors.patient).post(address, sent).content.decode()
    assert "Deze dag is al voorbij of ligt voor de eerste dag" in shown
    assert "Vink minstens één dag aan" in shown
    assert 'value="06-7"' in shown
    assert not WaitingListEntry.objects.exists()
    client_of(actors.patient).post(address, {**sent, "until_day": day, "weekdays": ["0", "4"]})
    assert WaitingListEntry.objects.get().weekdays == "04"


def test_two_who_want_the_same_freed_time_never_both_have_it(
    full: list[Appointment], desk: Desk, actors: Actors
) -> None:
    waits(desk, actors.case.person)
    cancelled(full[0], desk)
    offer_freed_slots(timezone.now())
    with pytest.raises(NotFreeError):
        actions.book_online(
            wanted=wanted(desk, actors.other_patient.person, at(9)), by=actors.other_patient, now=timezone.now()
        )
