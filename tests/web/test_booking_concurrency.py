"""Many at the same moment, each with a database connection of their own: nobody ever gets a time twice."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from herstel_web.booking import actions, waiting
from herstel_web.booking.actions import NotFreeError
from herstel_web.booking.models import Appointment, OccupiedSlot, SlotOffer, WaitingListEntry
from herstel_web.people.models import Person
from tests.web.actors import Actors, client_of, user
from tests.web.agenda import Desk, at, booked, open_desk, slot, wanted, workday

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 80
"""So many at one moment; PostgreSQL has a hundred connections unless told otherwise."""
MANY = 200
Act = Callable[[], object]


@pytest.fixture
def desk(actors: Actors) -> Desk:
    return open_desk(actors)


def people(many: int) -> list[Person]:
    """Persons with accounts."""
    made = [user(f"person{n}@example.org", f"Person {n}") for n in range(many)]
    return [Person.objects.create(user=one, name=one.name, email=one.email) for one in made]


def all_at_once(acts: Sequence[Act]) -> Counter[str]:
    """Do all of them, as many at the same moment as there are threads, and count what came of it."""
    gate = Barrier(min(AT_ONCE, len(acts)))

    def run(number: int) -> str:
        try:
            if number < gate.parties:
                gate.wait(timeout=30)
            acts[number]()
        except NotFreeError:
            return "not free"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return Counter(threads.map(run, range(len(acts))))


def nothing_overlaps() -> None:
    """Every standing appointment occupies exactly its own time, and no two of them any moment together."""
    standing = Appointment.objects.filter(status="booked").order_by("start")
    ends = datetime.min.replace(tzinfo=timezone.get_default_timezone())
    for one in standing:
        assert one.start >= ends
        ends = one.end
        assert OccupiedSlot.objects.filter(appointment=one).count() == (one.end - one.start) // timedelta(minutes=5)
    assert OccupiedSlot.objects.count() == OccupiedSlot.objects.filter(appointment__status="booked").count()


@pytest.mark.parametrize("lock", [True, False], ids=["as it is", "by the constraint alone"])
def test_of_two_hundred_who_book_one_time_exactly_one_gets_it(
    lock: bool, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not lock:
        monkeypatch.setattr(actions, "_lock", lambda _: None)
    wants = [wanted(desk, one, at(9)) for one in people(MANY)]
    now = timezone.now()

    def booking(n: int) -> Act:
        return lambda: actions.book_online(wanted=wants[n], by=desk.therapist, now=now)

    assert all_at_once([booking(n) for n in range(MANY)]) == {"done": 1, "not free": MANY - 1}
    assert Appointment.objects.count() == 1
    nothing_overlaps()


def test_of_many_overlapping_times_only_those_are_booked_that_do_not_touch(desk: Desk) -> None:
    starts = [at(9) + timedelta(minutes=5 * (n % 24)) for n in range(48)]
    wants = [wanted(desk, one, start) for one, start in zip(people(48), starts, strict=True)]

    def booking(n: int) -> Act:
        return lambda: actions.book_for(wanted=wants[n], by=desk.therapist, now=timezone.now())

    came = all_at_once([booking(n) for n in range(48)])
    assert 2 <= came["done"] == Appointment.objects.count() <= 4
    nothing_overlaps()


def test_two_who_swap_their_times_at_the_same_moment_wait_for_each_other(desk: Desk) -> None:
    first, second = (booked(desk, one, at(9 + n)) for n, one in enumerate(people(2)))

    def moving(one: Appointment, hour: int) -> Act:
        return lambda: actions.move(appointment=one, to=slot(desk, at(hour)), by=desk.therapist, now=timezone.now())

    came = all_at_once([moving(first, 10), moving(second, 9), moving(first, 13), moving(second, 13)] * 5)
    assert set(came) <= {"done", "not free"}
    assert came["done"] >= 1
    nothing_overlaps()


def test_moving_and_cancelling_at_the_same_moment_leaves_one_clear_outcome(desk: Desk) -> None:
    made = [booked(desk, one, at(9 + n)) for n, one in enumerate(people(6))]
    now = timezone.now()

    def moving(one: Appointment) -> Act:
        day = workday(8)
        return lambda: actions.move(appointment=one, to=slot(desk, at(12, day=day)), by=desk.therapist, now=now)

    def cancelling(one: Appointment) -> Act:
        return lambda: actions.cancel(appointment=one, reason="", by=desk.therapist, now=now)

    all_at_once([act for one in made for act in (moving(one), cancelling(one))])
    for one in made:
        one.refresh_from_db()
        assert one.status == "cancelled"  # whichever came first, cancelling does not care where it stands
        assert not one.occupied.exists()
    nothing_overlaps()


def test_one_who_sends_the_same_form_many_times_has_one_appointment(desk: Desk) -> None:
    want = wanted(desk, people(1)[0], at(9))
    now = timezone.now()
    came = all_at_once([lambda: actions.book_online(wanted=want, by=desk.therapist, now=now)] * 20)
    assert came == {"done": 20}
    assert Appointment.objects.count() == 1


def test_what_becomes_free_is_offered_to_one_however_many_look(desk: Desk) -> None:
    person = people(1)[0]
    WaitingListEntry.objects.create(
        person=person,
        practice=desk.practice,
        kind=desk.kind,
        from_day=workday(),
        until_day=workday(),
        weekdays="0123456",
        parts="mae",
    )
    now = timezone.now()
    all_at_once([lambda: waiting.offer_freed_slots(now)] * 10)
    assert SlotOffer.objects.count() == 1


def test_who_is_too_late_reads_so_and_loses_nothing(desk: Desk) -> None:
    """Through the pages, as browsers do it."""
    who = [one.user for one in people(12)]
    address = reverse("appointment_confirm", args=[desk.practice.pk, desk.kind.pk])
    time = at(9).strftime("%Y%m%dT%H%MZ")
    answers: list[tuple[int, str]] = []

    def booking(n: int) -> Act:
        def act() -> None:
            sent = {"at": time, "phone": f"06-{n:04}"}
            answer = client_of(who[n]).post(address, sent)
            answers.append((answer.status_code, answer.content.decode()))
            if answer.status_code == 409:
                raise NotFreeError

        return act

    assert all_at_once([booking(n) for n in range(12)]) == {"done": 1, "not free": 11}
    for status, page in answers:
        if status == 409:
            assert 'role="alert"' in page
            assert 'value="06-' in page
            assert 'name="at"' in page
    assert Appointment.objects.count() == 1
