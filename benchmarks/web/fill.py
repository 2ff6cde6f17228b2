"""Fills an installation with people who told how it went every day for two years.

Simulated people make the histories (``herstel_simulation``); days that they missed are filled in, so that everybody has
a check-in a day. What Herstel concludes is worked out for each history; people with the same history get a copy of the
facts and of the conclusion. One in ten has a history of four months, to compare with.
"""

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact, ForecastIssued
from herstel_web.demo.practice import DOMAIN, make_practice, make_user
from herstel_web.demo.records import Story, Told, story_of, write_story
from herstel_web.demo.stages import road_of
from herstel_web.knowledge import knowledge
from herstel_web.outcomes.models import CaseOutcome
from herstel_web.people.actions import CONSENT_TEXT
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Practice

LONG_DAYS, SHORT_DAYS = 730, 120
"""The short history fills the three months that the charts show, so that only what grows with the history differs."""
HISTORIES, SHORT_HISTORIES = 36, 4
MEASURED_DAYS = 60
SEED = 20_261_126
KEPT_FIELDS = ("pain_now", "pain_worst", "pain_next_morning", "stiffness_min", "walking", "sleep_h")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Who is there: the cases with a long and with a short history."""

    practice: Practice
    long: tuple[Case, ...]
    short: tuple[Case, ...]
    seconds: float
    patterns: int

    def in_numbers(self) -> Mapping[str, Any]:
        return {
            "people": len(self.long) + len(self.short),
            "facts": Fact.objects.count(),
            "seconds": self.seconds,
            "patterns": self.patterns,
            "megabytes": _megabytes(),
        }


def fill(people: int) -> Filled:
    """Fill an empty database with this many people, none of whom told anything today yet."""
    began = time.monotonic()
    practice, today = make_practice(), timezone.localdate()
    therapist = practice.memberships.get(user__email=f"therapist@{DOMAIN}").user
    patterns: dict[bool, list[Case]] = {False: [], True: []}
    cases: dict[bool, list[Case]] = {False: [], True: []}
    for number in range(people):
        short = number % 10 == 9
        most = min(SHORT_HISTORIES if short else HISTORIES, max(people // 10, 1))
        with transaction.atomic():
            person = _person(number)
            if len(patterns[short]) < most:
                story = daily(number, SHORT_DAYS if short else LONG_DAYS, today)
                case = write_story(person=person, story=story, therapist=therapist, today=today)
                patterns[short].append(case)
            else:
                case = copied(patterns[short][len(cases[short]) % most], person)
            Consent.objects.create(person=person, kind=Consent.Kind.SHARE, practice=practice, text_version=CONSENT_TEXT)
            Case.objects.filter(pk=case.pk).update(practice=practice, therapist=therapist)
            cases[short].append(case)
    return Filled(
        practice=practice,
        long=tuple(cases[False]),
        short=tuple(cases[True]),
        seconds=time.monotonic() - began,
        patterns=len(patterns[False]) + len(patterns[True]),
    )


def _person(number: int) -> Person:
    user = make_user(f"person{number + 1}@{DOMAIN}", f"Simulated {number + 1}")
    person = Person.objects.create(user=user, name=user.name, email=user.email, simulated=True)
    Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version=CONSENT_TEXT)
    return person


def daily(number: int, days: int, today: date) -> Story:
    """The story of a simulated person until yesterday, with a check-in on every day."""
    road = road_of(number, SEED, knowledge(), days)
    story = story_of(road.case, road.first + timedelta(days=days), today, knowledge())
    last_measured = story.day + timedelta(days=MEASURED_DAYS)
    kept = [
        one
        for one in story.facts
        if one.day < today and (one.part != Fact.Part.MEASUREMENTS or one.day <= last_measured)
    ]
    return Story(
        day=story.day,
        complaint=story.complaint,
        goal=story.goal,
        facts=tuple(sorted([*kept, *_missed_days(kept, story.day, today)], key=lambda one: one.day)),
    )


def _missed_days(facts: list[Told], first: date, today: date) -> Iterator[Told]:
    told = {one.day: one.entry for one in facts if one.part == Fact.Part.CHECK_INS}
    last: Mapping[str, Any] = {"pain_now": 1}
    for number in range((today - first).days):
        day = first + timedelta(days=number)
        if day in told:
            last = {name: value for name, value in told[day].items() if name in KEPT_FIELDS} or last
        else:
            yield Told(part=Fact.Part.CHECK_INS, day=day, entry={"date": day.isoformat(), **last})


def copied(pattern: Case, person: Person) -> Case:
    """The same history for somebody else."""
    case: Case = Case.objects.create(person=person, opened_on=pattern.opened_on, facts_version=pattern.facts_version)
    new_key = "lower(hex(randomblob(16)))" if connection.vendor == "sqlite" else "gen_random_uuid()"
    _copy_rows(Fact, pattern, case, {"key": new_key})
    for model in (Conclusion, DecisionMade, ForecastIssued):
        _copy_rows(model, pattern, case, {})
    _copy_rows(CaseOutcome, pattern, case, {"value": f"replace(value, '{pattern.person_id}', '{person.pk}')"})
    return case


def _copy_rows(model: Any, pattern: Case, case: Case, made: Mapping[str, str]) -> None:
    """Copy the rows of a case within the database."""
    columns = [one.column for one in model._meta.concrete_fields if one.column not in ("id", "case_id")]
    names = ", ".join(map(connection.ops.quote_name, columns))
    values = ", ".join(made.get(one, connection.ops.quote_name(one)) for one in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    ids = [Case._meta.pk.get_db_prep_value(one.pk, connection) for one in (case, pattern)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (case_id, {names}) SELECT %s, {values} FROM {table} WHERE case_id = %s", ids
        )


def _megabytes() -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone() or (0,)
    return float(size) / 1e6
