"""Cases whose outcomes are written by hand, in the records of a practice."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from herstel.forecast.score import Judged
from herstel.outcomes.model import CaseOutcome as Outcome
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case
from herstel_web.outcomes import bridge
from herstel_web.outcomes.models import CaseOutcome
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice
from tests.unit.outcomes.cases import CASE


def counted(
    practice: Practice,
    *,
    person: Person | None = None,
    therapist: User | None = None,
    days_ago: int = 30,
    closed: bool = False,
    **changes: object,
) -> Case:
    """A case of a practice, opened some days ago, of which this came."""
    opened = timezone.localdate() - timedelta(days=days_ago)
    person = person or Person.objects.create(name="Secret Name")
    case = Case.objects.create(
        person=person,
        practice=practice,
        therapist=therapist,
        opened_on=opened,
        closed_on=timezone.localdate() if closed else None,
    )
    outcome: Outcome = replace(CASE, person=str(person.pk), opened=opened, **changes)  # type: ignore[arg-type]
    CaseOutcome.objects.create(case=case, value=bridge.to_text(outcome), form=bridge.FORM)
    return case


def told(*, inside: bool | None, day: float = 3.0) -> Judged:
    return Judged(day=day, reached=inside is not None, inside=(inside,) * 3, crps_days=2, error_days=2.6)


def many(practice: Practice, count: int) -> None:
    """As many cases as a large practice has, written at once; simulated, and different enough to be counted."""
    today = timezone.localdate()
    people = Person.objects.bulk_create(Person(id=uuid4(), name="Secret Name", simulated=True) for _ in range(count))
    cases = Case.objects.bulk_create(
        Case(person=person, practice=practice, opened_on=today - timedelta(days=number % 700))
        for number, person in enumerate(people)
    )
    CaseOutcome.objects.bulk_create(
        CaseOutcome(case=case, value=bridge.to_text(_one_of_many(case, number)), form=bridge.FORM)
        for number, case in enumerate(cases)
    )


def _one_of_many(case: Case, number: int) -> Outcome:
    from herstel.outcomes.model import AfterReturn
    from tests.unit.outcomes.cases import phase

    back = 30.0 + number % 90
    days = {"walk_pain_free": 4.0 + number % 9, "jog": back * 0.3, "run_70": back * 0.5, "run_90": back * 0.7}
    returned = date(2026, 1, 1) + timedelta(days=back) if number % 3 else None
    after = AfterReturn(
        followed_days=float(number % 400), stop_sign_days=float(1 + number % 50) if number % 7 == 0 else None
    )
    return replace(
        CASE,
        person=str(case.person_id),
        opened=case.opened_on,
        component=("1", "2", "3")[number % 3],
        milestones=days | ({"return": back} if returned else {}),
        full_session_day=back - 6.0 if returned else None,
        last_day=back + 100,
        returned_on=returned,
        after_return=after if returned else None,
        phases=tuple(
            phase(one, days=20, told=number % 20, trained=number % 10, planned=10.0, as_planned=30, fewer=number % 8)
            for one in (1, 2, 3, 4)
        ),
        gates={"1": True, "2": number % 2 == 0},
        forecasts=tuple(told(inside=number % 10 > 1, day=day) for day in (2.0, 9.0, 25.0)),
    )
