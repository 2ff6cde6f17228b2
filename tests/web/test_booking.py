"""What can be booked, and what an appointment does to it."""

from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from herstel_web.audit.models import Event
from herstel_web.booking import actions
from herstel_web.booking.actions import NotFreeError, TooLateError, TooManyError
from herstel_web.booking.models import Absence, Appointment, AppointmentChange, BookingRules, OccupiedSlot, WorkingHours
from herstel_web.people import actions as people
from herstel_web.people.models import Person
from tests.web.actors import Actors
from tests.web.agenda import Desk, at, booked, free, open_desk, slot, wanted, workday

Status = Appointment.Status


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


@pytest.fixture
def person(actors: Actors) -> Person:
    return actors.case.person


def book(desk: Desk, person: Person, start: datetime) -> Appointment:
    return booked(desk, person, start)


# --- what is free


def test_working_hours_are_offered_in_times_of_the_kind(desk: Desk) -> None:
    assert free(desk, workday()) == [at(9) + timedelta(minutes=30 * n) for n in range(16)]
    assert free(desk, workday(), kind=desk.intake) == [at(9 + n) for n in range(8)]


def test_hours_count_from_their_first_day_to_their_last(desk: Desk) -> None:
    WorkingHours.objects.update(valid_until=workday(0) + timedelta(days=6))
    assert free(desk, workday(7)) == []
    WorkingHours.objects.update(valid_from=workday(14), valid_until=None)
    assert free(desk, workday(7)) == []
    assert free(desk, workday(14))


def test_who_is_away_is_not_offered_and_nobody_when_the_practice_is_closed(desk: Desk) -> None:
    Absence.objects.create(practice=desk.practice, practitioner=desk.therapist, begins=at(9), ends=at(12))
    assert free(desk, workday())[0] == at(12)
    Absence.objects.create(practice=desk.practice, begins=at(12), ends=at(16))
    assert free(desk, workday())[0] == at(16)


def test_a_closed_practice_closes_no_other(desk: Desk, actors: Actors) -> None:
    elsewhere = actors.outsider.memberships.get().practice
    Absence.objects.create(practice=elsewhere, begins=at(9), ends=at(17))
    assert len(free(desk, workday())) == 16


def test_times_too_near_or_too_far_are_not_offered(desk: Desk) -> None:
    BookingRules.objects.create(practice=desk.practice, notice_hours=24 * 30, weeks_ahead=8)
    assert free(desk, workday(7)) == []
    BookingRules.objects.filter(practice=desk.practice).update(notice_hours=0, weeks_ahead=2)
    assert free(desk, workday(7))
    assert free(desk, workday(21)) == []


# --- booking


def test_a_booked_time_is_taken_and_the_time_kept_free_after_it_too(desk: Desk, person: Person) -> None:
    made = booked(desk, person, at(9), kind=desk.intake)
    assert made.end == at(9, 45)
    assert free(desk, workday())[0] == at(10)
    assert OccupiedSlot.objects.filter(appointment=made).count() == 12
    assert Event.objects.filter(what="appointment:booked", person_id=person.pk).exists()


def test_a_time_that_is_not_offered_cannot_be_booked_online(desk: Desk, person: Person) -> None:
    for start in (at(8), at(9, 12), at(16, 45), at(9, day=workday(-30))):
        with pytest.raises(NotFreeError):
            book(desk, person, start)
    assert not Appointment.objects.exists()


def test_a_time_that_was_offered_can_still_be_booked_after_something_next_to_it_was(desk: Desk, person: Person) -> None:
    assert at(16) in free(desk, workday())
    actions.book_for(wanted=wanted(desk, person, at(14, 15)), by=desk.therapist, now=timezone.now())
    assert at(16) not in free(desk, workday())
    assert book(desk, person, at(16)).start == at(16)


def test_a_taken_time_cannot_be_booked_and_neither_can_one_that_overlaps_it(desk: Desk, person: Person) -> None:
    book(desk, person, at(9))
    with pytest.raises(NotFreeError):
        book(desk, person, at(9))
    with pytest.raises(NotFreeError):
        actions.book_for(wanted=wanted(desk, person, at(9, 25)), by=desk.therapist, now=timezone.now())
    assert Appointment.objects.count() == 1


def test_the_database_itself_refuses_the_same_five_minutes_twice(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    other = book(desk, person, at(10))
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupiedSlot.objects.create(practitioner=desk.therapist, at=at(9), appointment=other)
    with pytest.raises(IntegrityError), transaction.atomic():
        OccupiedSlot.objects.create(practitioner=desk.therapist, at=at(12))
    assert made.occupied.count() == 6


def test_the_same_form_sent_twice_is_one_appointment(desk: Desk, person: Person) -> None:
    want = wanted(desk, person, at(9))
    assert person.user
    first = actions.book_online(wanted=want, by=person.user, now=timezone.now())
    assert actions.book_online(wanted=want, by=person.user, now=timezone.now()) == first


def test_nobody_books_more_than_a_few_ahead(desk: Desk, person: Person) -> None:
    for hour in range(actions.MOST_UPCOMING):
        book(desk, person, at(9 + hour))
    with pytest.raises(TooManyError):
        book(desk, person, at(16))


def test_a_member_books_outside_the_hours_for_somebody_without_a_record(desk: Desk) -> None:
    comes = actions.Comes(name="Typed Name", email="typed@example.org")
    want = actions.Wanted(practice=desk.practice, kind=desk.kind, slot=slot(desk, at(20)), comes=comes)
    made = actions.book_for(wanted=want, by=desk.therapist, now=timezone.now())
    assert (made.whose, made.person) == ("Typed Name", None)


def test_a_key_of_somebody_else_books_nothing(desk: Desk, person: Person, actors: Actors) -> None:
    made = book(desk, person, at(9))
    want = actions.Wanted(
        practice=desk.practice,
        kind=desk.kind,
        slot=slot(desk, at(10)),
        comes=actions.Comes(person=actors.other_patient.person),
        key=made.key,
    )
    with pytest.raises(NotFreeError):
        actions.book_online(wanted=want, by=actors.other_patient, now=timezone.now())


# --- moving and cancelling


def test_a_moved_appointment_leaves_its_old_time_free_and_keeps_what_it_was(desk: Desk, person: Person) -> None:
    made = booked(desk, person, at(9), kind=desk.intake)
    moved = actions.move(appointment=made, to=slot(desk, at(13)), by=desk.therapist, now=timezone.now())
    assert (moved.start, moved.end, moved.sequence) == (at(13), at(13, 45), 1)
    assert free(desk, workday())[0] == at(9)
    assert at(13, 30) not in free(desk, workday())
    assert list(moved.changes.order_by("pk").values_list("what", "start")) == [("booked", at(9)), ("moved", at(13))]


def test_an_appointment_can_move_by_a_little_over_its_own_time(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    moved = actions.move(appointment=made, to=slot(desk, at(9, 15)), by=desk.therapist, now=timezone.now())
    assert moved.start == at(9, 15)
    assert OccupiedSlot.objects.count() == 6


def test_an_appointment_that_cannot_move_stays_where_it_was(desk: Desk, person: Person) -> None:
    made, other = book(desk, person, at(9)), book(desk, person, at(10))
    with pytest.raises(NotFreeError):
        actions.move(appointment=made, to=slot(desk, other.start), by=desk.therapist, now=timezone.now())
    made.refresh_from_db()
    assert made.start == at(9)
    assert made.occupied.count() == 6


def test_a_person_moves_only_to_what_is_offered(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    assert person.user
    with pytest.raises(NotFreeError):
        actions.move(appointment=made, to=slot(desk, at(20)), by=person.user, now=timezone.now(), online=True)


def test_a_cancelled_time_is_free_again_and_the_reason_stays(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    actions.cancel(appointment=made, reason="ill", by=desk.therapist, now=timezone.now())
    assert free(desk, workday())[0] == at(9)
    assert AppointmentChange.objects.latest("pk").reason == "ill"
    with pytest.raises(NotFreeError):
        actions.cancel(appointment=made, reason="again", by=desk.therapist, now=timezone.now())


def test_shortly_before_a_person_must_call_and_the_practice_may_still_change_it(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    late = made.start - timedelta(hours=23)
    assert person.user
    with pytest.raises(TooLateError):
        actions.cancel(appointment=made, reason="", by=person.user, now=late, online=True)
    with pytest.raises(TooLateError):
        actions.move(appointment=made, to=slot(desk, at(13)), by=person.user, now=late, online=True)
    assert actions.cancel(appointment=made, reason="", by=desk.therapist, now=late).status == Status.CANCELLED


def test_who_came_is_marked_afterwards_only(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    with pytest.raises(TooLateError):
        actions.mark(appointment=made, status=Status.NO_SHOW, by=desk.therapist, now=timezone.now())
    after = made.end + timedelta(hours=1)
    assert actions.mark(appointment=made, status=Status.NO_SHOW, by=desk.therapist, now=after).status == Status.NO_SHOW
    assert actions.mark(appointment=made, status=Status.BOOKED, by=desk.therapist, now=after).status == Status.BOOKED
    assert made.changes.count() == 3


def test_what_was_changed_is_written_once(desk: Desk, person: Person) -> None:
    change = book(desk, person, at(9)).changes.get()
    with pytest.raises(TypeError):
        change.save()


# --- e-mail


def test_each_change_is_told_in_an_e_mail_that_says_nothing_of_health(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    made = actions.move(appointment=made, to=slot(desk, at(13)), by=desk.therapist, now=timezone.now())
    actions.cancel(appointment=made, reason="a private reason", by=desk.therapist, now=timezone.now())
    assert [one.to for one in mail.outbox] == [["patient@example.org"]] * 3
    said = [f"{one.subject}\n{one.body}" for one in mail.outbox]
    assert "Je hebt een afspraak bij Test Practice." in said[0]
    assert "verplaatst naar" in said[1]
    assert "13:00" in said[1]
    assert "afgezegd" in said[2]
    for text in said:
        assert not {"Behandeling", "hamstring", "fysio", "private", desk.therapist.name} & set(text.split())
    assert f"/appointments/{made.pk}/" in said[0]


def test_who_chose_english_is_told_in_english(desk: Desk, person: Person) -> None:
    person.language = "en"
    person.save(update_fields=["language"])
    book(desk, person, at(9))
    assert "You have an appointment at Test Practice." in mail.outbox[0].body


# --- erasing


def test_who_erases_their_record_has_no_appointment_any_more_and_the_practitioner_knows(
    desk: Desk, actors: Actors
) -> None:
    person = actors.other_patient.person
    made = book(desk, person, at(9))
    mail.outbox.clear()
    people.erase(person=person, by=actors.other_patient)
    assert not Appointment.objects.filter(pk=made.pk).exists()
    assert free(desk, workday())[0] == at(9)
    (told,) = mail.outbox
    assert told.to == [desk.therapist.email]
    assert "09:00" in told.body


def test_a_practice_without_rules_of_its_own_follows_the_defaults(desk: Desk, person: Person) -> None:
    made = book(desk, person, at(9))
    assert actions.may_change_until(made) == made.start - timedelta(hours=24)
    assert time(9) == timezone.localtime(made.start).time()
