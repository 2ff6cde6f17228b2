"""Fills a practice with simulated people; never beside real records."""

from collections.abc import Callable, Iterator

from django.utils import timezone

from herstel.errors import HerstelError, Problem, marked
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.demo.appointments import add_appointments
from herstel_web.demo.model import Demo
from herstel_web.demo.people import make_people
from herstel_web.demo.practice import make_practice
from herstel_web.demo.recordings import add_recordings
from herstel_web.demo.writing import add_letters, add_messages
from herstel_web.operation import database
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice

KINDS: tuple[Callable[[Demo], None], ...] = (add_letters, add_messages, add_appointments, add_recordings)
"""What is added when everybody is there: appointments, messages, letters, recordings. Each writes its own kind."""


def fill(people: int, seed: int) -> Iterator[Case]:
    """Fill an empty installation; yields every person's case when it is written.

    Raises
    ------
    HerstelError
        When there are records that are not simulated.
    """
    refuse_real_records()
    if is_filled():
        return
    today = timezone.localdate()
    practice = make_practice()
    cases = []
    for case in make_people(practice, people, seed, today):
        cases.append(case)
        yield case
    demo = Demo(practice=practice, cases=tuple(cases), seed=seed, today=today)
    for kind in KINDS:
        kind(demo)


def is_filled() -> bool:
    """Whether the demonstration is there already."""
    return Practice.objects.filter(simulated=True).exists()


def refuse_real_records() -> None:
    """Raise when anything here is not simulated."""
    real = Practice.objects.filter(simulated=False).exists() or Person.objects.filter(simulated=False).exists()
    if real or (User.objects.exists() and not is_filled()):
        reason = marked("there are real records here, and made-up ones may never stand beside them.")
        remedy = marked("Name another folder in HERSTEL_STATE for the demonstration.")
        raise HerstelError([Problem(thing=database.named(), reason=reason, remedy=remedy)])
