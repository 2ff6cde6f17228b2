"""The people around one record: who treats, a colleague of every role, somebody of another practice, and the person."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from herstel.plan.goal_file import WEEKDAYS
from herstel_web.accounts.models import User
from herstel_web.cases import actions as cases
from herstel_web.cases import bridge
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from herstel_web.people.models import Consent, Person
from herstel_web.practice.models import Membership, Practice, Role

ANSWERS = {
    "rf_now": ["none"],
    "rf_ill": ["none"],
    "rf_leg": ["none"],
    "rf_history": ["none"],
    "medicines": ["none"],
    "age": 25,
    "walking": "painful",
    "places": ["left.thigh_middle"],
    "days_since_onset": 3,
    "both_legs": "one",
    "onset": "sudden",
    "mechanism": "sprint",
    "moment": "stopped",
    "pop": "no",
    "heel_pull": "weak_painful",
    "straighten": "tight",
}
"""A strain after a sprint, three days old."""
PASSWORD = "a-password-for-tests-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Everybody who might want to open one case."""

    patient: User
    treats: User
    owner: User
    colleague: User
    assistant: User
    read_only: User
    outsider: User
    other_patient: User
    practice: Practice
    case: Case


def user(email: str, name: str = "") -> User:
    return User.objects.create_user(email=email, name=name, password=PASSWORD)


def client_of(who: User | None) -> Client:
    """A browser in which this user is signed in; nobody for None."""
    client = Client(SERVER_NAME="localhost")
    if who is not None:
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def confirmed_client_of(who: User, method: str = "password") -> Client:
    """A browser in which this user is signed in and has just confirmed it, with the password or otherwise (``mfa``)."""
    if method == "password" and not who.has_usable_password():
        who.set_password("correct horse battery")
        who.save(update_fields=["password"])
    client = client_of(who)
    request = RequestFactory().get("/")
    request.session, request.user = client.session, who
    record_authentication(request, who, method=method, reauthenticated=True)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client


def opened_case(patient: User, practice: Practice | None = None, days_ago: int = 0, **answers: object) -> Case:
    """A case of a person, opened some days ago, with consent."""
    day = timezone.localdate() - timedelta(days=days_ago)
    person = Person.objects.create(user=patient, name=patient.name or "Test Person", email=patient.email)
    Consent.objects.create(person=person, kind=Consent.Kind.RECORD, text_version="1")
    case = cases.open_case(
        person=person, complaint=bridge.complaint_entry({**ANSWERS, **answers}, day), goal=None, by=patient, today=day
    )
    if practice is not None:
        Consent.objects.create(person=person, kind=Consent.Kind.SHARE, practice=practice, text_version="1")
        cases.share_with(case=case, practice=practice, by=patient)
    return case


def check_in(case: Case, day: date, **fields: object) -> Fact:
    """A check-in of a day; by default an ordinary, calm one."""
    entry = {
        "date": day.isoformat(),
        "pain_now": 2,
        "pain_worst": 3,
        "stiffness_min": 5,
        "walking": "pain_free",
        **fields,
    }
    return cases.record_fact(
        case=case, fact=NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=day), by=case.person.user, today=day
    )


def in_training(email: str = "trains@example.org", days: int = 12, practice: Practice | None = None) -> Case:
    """A case with training on every day, and a calm check-in on each day before today."""
    today = timezone.localdate()
    case = opened_case(user(email, "Test Person"), practice, days_ago=days)
    start = today - timedelta(days=days)
    goal = {
        "kind": "sport",
        "sport": "sprint_ball",
        "start": start.isoformat(),
        "days": dict.fromkeys(WEEKDAYS, 40),
    }
    by = case.person.user
    cases.record_fact(case=case, fact=NewFact(part=Fact.Part.GOAL, entry=goal, day=start), by=by, today=today)
    for day in range(days, 0, -1):
        check_in(case, today - timedelta(days=day), pain_next_morning=2, session_min=30, session_rpe=4)
    cases.conclude(case=case, today=today)
    return case


def everybody() -> Actors:
    """A practice with a member of every role, another practice, and a case that is shared with the first."""
    practice, elsewhere = Practice.objects.create(name="Test Practice"), Practice.objects.create(name="Other Practice")
    people = {
        name: user(f"{name}@example.org", name.replace("_", " ").title())
        for name in ("patient", "treats", "owner", "colleague", "assistant", "read_only", "outsider", "other_patient")
    }
    roles = {
        "treats": Role.THERAPIST,
        "colleague": Role.THERAPIST,
        "owner": Role.OWNER,
        "assistant": Role.ASSISTANT,
        "read_only": Role.READ_ONLY,
    }
    for name, role in roles.items():
        Membership.objects.create(practice=practice, user=people[name], role=role)
    Membership.objects.create(practice=elsewhere, user=people["outsider"], role=Role.OWNER)
    case = opened_case(people["patient"], practice)
    case.therapist = people["treats"]
    case.save(update_fields=["therapist"])
    opened_case(people["other_patient"])
    return Actors(practice=practice, case=case, **people)
