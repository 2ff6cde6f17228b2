"""One set of records for all pages: somebody under way, one with a warning sign, somebody new, and their practice."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking.feeds import new_address
from herstel_web.booking.models import Absence, AppointmentKind, CalendarFeed
from herstel_web.cases.models import Case
from herstel_web.cases.queries import standing
from herstel_web.correspondence.actions import Upload, Written, add_file, send_message, write_note
from herstel_web.filming import actions as films
from herstel_web.filming.models import Recording
from herstel_web.letters import actions as letters
from herstel_web.people.models import Person
from herstel_web.practice import actions as practices
from herstel_web.practice.models import Membership, Role
from herstel_web.sharing.invitations import invite
from herstel_web.training.actions import begin_feed
from herstel_web.training.views import FEED
from tests.web.actors import Actors, check_in, everybody, in_training, opened_case, user
from tests.web.addresses import PARTS, filmed
from tests.web.agenda import at, booked, open_desk, some_offer, works

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
LONG_NAME = "een heel lange naam van een bestand zonder einde.pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Who there is, by the name that the ways to a page use, and what their addresses are made of."""

    actors: Actors
    """With somebody under way as the person whose case is treated."""
    users: dict[str, User]
    unwell: Case
    new: Case
    entered: Case
    """Of somebody whom the practice entered, and who has no account."""
    draft: UUID
    """A letter that is not signed yet."""
    invitation: str
    record_invitation: str
    films: dict[str, UUID]
    """Recordings, by what became of them."""
    feed: str
    calendar: str
    """Tokens: of an invitation to the practice and one to a record; of the plan and of appointments in a calendar."""


def make_records() -> Records:
    """A practice in which every list has something to show."""
    first = everybody()
    case = in_training("trains@example.org", practice=first.practice)
    assert case.person.user
    Case.objects.filter(practice=first.practice).update(therapist=first.treats)
    case.refresh_from_db()
    actors = replace(first, patient=case.person.user, case=case)
    check_in(first.case, timezone.localdate(), symptoms={"bladder_bowel_saddle_change": True}, sharp_stab=True)
    new = opened_case(user("new@example.org", "Nieuw Voorbeeld"), first.practice)
    users = _users(first, actors, new)
    for one in User.objects.all():
        EmailAddress.objects.create(user=one, email=one.email, verified=True, primary=True)
    draft = _correspond(actors)
    _fill_agenda(actors)
    feed = begin_feed(case=case, by=actors.patient)
    calendar = new_address(user=actors.treats, whose=CalendarFeed.Whose.PERSON, now=timezone.now())
    _, invitation = practices.invite(
        practice=first.practice, email="colleague-to-be@example.org", role=Role.THERAPIST, by=first.owner
    )
    entered = _entered(first)
    _, record_invitation = invite(
        case=entered, email="entered@example.org", birth_date=date(1990, 5, 17), by=first.treats
    )
    return Records(
        actors=actors,
        users=users,
        unwell=first.case,
        new=new,
        entered=entered,
        draft=draft,
        invitation=invitation,
        record_invitation=record_invitation,
        films=_film(actors),
        feed=FEED.sign(str(feed.pk)),
        calendar=calendar.rsplit("/", 1)[1].removesuffix(".ics"),
    )


def _film(actors: Actors) -> dict[str, UUID]:
    """Recordings of somebody who agreed to it: one measured, the others in every other state."""
    shown = {
        "measured": "active_knee_extension/near",
        "several": "active_knee_extension/second_person",
        "flagged": "straight_leg_raise/knee_bent_20",
        "front": "single_leg_squat/near",
        "accepted": "knee_to_wall/near",
    }
    films.agree(case=actors.case, by=actors.patient)
    made = {state: filmed(actors, shows) for state, shows in shown.items()}
    films.accept(recording=made["accepted"], replace=False, by=actors.treats, today=timezone.localdate())
    for state in (Recording.State.BUSY, Recording.State.FAILED, Recording.State.REJECTED):
        made[state] = filmed(actors, "active_knee_extension/near")
    busy = {"state": Recording.State.BUSY, "frames_done": 40, "frames_expected": 75, "touched_at": LONG_AGO}
    Recording.objects.filter(pk=made["busy"].pk).update(**busy)
    wrong = {"thing": "video", "reason": "measuring it took too long.", "remedy": "Film once more.", "values": {}}
    Recording.objects.filter(pk=made["failed"].pk).update(state=Recording.State.FAILED, problems=[wrong])
    films.reject(recording=made["rejected"], because="De hiel kwam van de grond.", by=actors.treats)
    return {state: one.pk for state, one in made.items()}


def _entered(first: Actors) -> Case:
    """A case of somebody without an account."""
    case = opened_case(user("entered@example.org", "Ingevoerd Voorbeeld"), first.practice)
    account = case.person.user
    assert account
    Person.objects.filter(pk=case.person_id).update(user=None)
    account.delete()
    case.refresh_from_db()
    return case


def _users(first: Actors, actors: Actors, new: Case) -> dict[str, User]:
    """Everybody who opens a page."""
    assert new.person.user
    members = ("treats", "owner", "colleague", "assistant", "read_only", "outsider")
    Membership.objects.create(practice=actors.practice, user=first.outsider, role=Role.THERAPIST)  # works at two
    keyless, keyed, secured = (user(f"{name}@example.org") for name in ("keyless", "keyed", "secured"))
    keyless.set_unusable_password()
    keyless.save(update_fields=["password"])
    Authenticator.objects.create(user=keyed, type="webauthn", data={"name": "My phone", "credential": {}})
    TOTP.activate(secured, "JBSWY3DPEHPK3PXP")
    return {
        **{name: getattr(actors, name) for name in members},
        "patient": actors.patient,
        "unwell": first.patient,
        "new": new.person.user,
        "nobody": user("nobody@example.org"),
        "keyless": keyless,
        "keyed": keyed,
        "secured": secured,
    }


def _correspond(actors: Actors) -> UUID:
    """Notes, messages, files, and letters: a signed one and, as its key, one that is still to be changed."""
    case, treats = actors.case, actors.treats
    wrong = write_note(case=case, written=Written(text="Een regel.\n\nNog een.", by=treats))
    write_note(case=case, written=Written(text="Goed.", by=treats), corrects=wrong)
    for who, from_person in ((actors.patient, True), (treats, False)):
        send_message(case=case, written=Written(text="Dag!", by=who), from_person=from_person, address="")
    upload = Upload(name=LONG_NAME, kind="application/pdf", chunks=[b"%PDF-"])
    add_file(case=case, upload=upload, from_person=True, by=actors.patient)
    PARTS["letter_id"](actors)
    PARTS["fact_id"](actors)
    recovery = standing(case, timezone.localdate()).recovery
    return letters.begin(case=case, kind="progress", language="nl", recovery=recovery, by=treats).pk


def _fill_agenda(actors: Actors) -> None:
    """Appointments of two people, somebody away, a time that is held for who waits, and another practice to choose."""
    desk = open_desk(actors)
    works(desk.practice, actors.colleague)
    booked(desk, actors.case.person, at(9))
    booked(desk, actors.other_patient.person, at(11), kind=desk.intake)
    Absence.objects.create(practice=desk.practice, practitioner=desk.therapist, begins=at(12), ends=at(13))
    some_offer(actors)
    elsewhere = actors.outsider.memberships.earliest("pk").practice
    works(elsewhere, actors.outsider)
    AppointmentKind.objects.create(practice=elsewhere, name_nl="Behandeling", name_en="Treatment", minutes=30)
