"""A practice invites the person of a record that it entered, and that person makes the record their own."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException
from urllib.parse import urlparse

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.booking import waiting
from herstel_web.booking.models import Appointment, WaitingListEntry
from herstel_web.booking.waiting import Wish
from herstel_web.cases.bridge import complaint_entry
from herstel_web.cases.models import Case
from herstel_web.casework.actions import start
from herstel_web.people import export
from herstel_web.people.models import Person
from herstel_web.people.queries import looks
from herstel_web.sharing import invitations, mails, queries
from herstel_web.sharing.invitations import MOST_WRONG_DATES, HasAccountError, Outcome
from herstel_web.sharing.models import RecordInvitation
from tests.web.actors import ANSWERS, Actors, client_of, confirmed_client_of, opened_case, user
from tests.web.agenda import at, booked, open_desk, workday
from tests.web.visitor import Page, Visitor

PASSWORD = "a boat on the river"
ADDRESS = "anna@example.org"
BORN = date(1990, 5, 17)
HEALTH = re.compile(
    r"klacht|pijn|hamstring|blessure|dossier|pati[eë]nt|fysio|praktijk|practice|complaint|injur|therap|record|health",
    re.IGNORECASE,
)
MOST_QUERIES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """A record that a practice entered: somebody without an account."""

    case: Case
    actors: Actors

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.case.person_id)

    def page(self, who: User | None = None) -> str:
        answer = client_of(who or self.actors.treats).get(reverse("case_invite", args=[self.case.pk]))
        return str(answer.content.decode())

    def sends(self, address: str = ADDRESS, **fields: str) -> HttpResponse:
        given = {"email": address} | fields
        url = reverse("case_invite_send", args=[self.case.pk])
        answer: HttpResponse = confirmed_client_of(self.actors.treats).post(url, given)
        return answer

    def reads_after_sending(self) -> str:
        """What stands on the page to which sending leads."""
        url = reverse("case_invite_send", args=[self.case.pk])
        answer = confirmed_client_of(self.actors.treats).post(url, {"email": ADDRESS}, follow=True)
        return str(answer.content.decode())

    def invited(self, address: str = ADDRESS) -> str:
        """Sends an invitation; gives the address of its link."""
        assert self.sends(address).status_code == 302
        link = re.search(r"http://\S+?(/record/\S+)", str(mail.outbox[-1].body))
        assert link
        return link[1]


@pytest.fixture
def entered(actors: Actors) -> Entered:
    about = {"name": "Anna Voorbeeld", "birth_date": BORN, "email": ADDRESS, "phone": "", "language": "nl"}
    today = timezone.localdate()
    complaint = complaint_entry(ANSWERS, today)
    case = start(practice=actors.practice, about=about, complaint=complaint, by=actors.treats, today=today)
    return Entered(case=case, actors=actors)


def with_address(address: str = ADDRESS) -> User:
    """Somebody with an account whose address was confirmed."""
    who = user(address)
    EmailAddress.objects.create(user=who, email=address, verified=True, primary=True)
    return who


def takes(client: Client, link: str, on: date = BORN, **fields: str) -> HttpResponse:
    answer: HttpResponse = client.post(link, {"born": on.isoformat(), "agrees": "on"} | fields)
    return answer


def told(what: str, person: Person, by: User) -> Event:
    """The line in the trail, which the practice and the person both read."""
    return Event.objects.get(what=what, person_id=person.pk, by=by)


# --- the practice invites


def test_the_page_of_a_case_leads_to_the_invitation_until_the_person_has_an_account(entered: Entered) -> None:
    url = reverse("case", args=[entered.case.pk])
    assert reverse("case_invite", args=[entered.case.pk]) in client_of(entered.actors.treats).get(url).content.decode()
    assert "Nodig deze persoon uit" not in client_of(entered.actors.read_only).get(url).content.decode()
    own = reverse("case", args=[entered.actors.case.pk])
    assert "Nodig deze persoon uit" not in client_of(entered.actors.treats).get(own).content.decode()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_e_mail_has_a_link_and_names_no_practice_nobody_and_nothing_of_health(
    entered: Entered, language: str
) -> None:
    Person.objects.filter(pk=entered.case.person_id).update(language=language)
    entered.invited()
    (letter,) = mail.outbox
    text = f"{letter.subject} {letter.body}"
    assert letter.to == [ADDRESS]
    assert not HEALTH.search(re.sub(r"http\S+", "", text)), text
    for name in ("Test Practice", "Anna", "Treats"):
        assert name not in text
    assert ("datum" in text) == (language == "nl")
    assert RecordInvitation.objects.get().token_sha256 not in text


def test_what_was_sent_stands_on_the_page_and_in_both_trails(entered: Entered) -> None:
    entered.invited()
    page = entered.page()
    assert ADDRESS in page
    assert "geldig tot" in page
    line = told("person:invited", entered.person, entered.actors.treats)
    assert line.practice_id == entered.actors.practice.pk
    trail = client_of(entered.actors.owner).get(reverse("trail")).content.decode()
    assert "nodigde een persoon uit voor het eigen dossier" in trail


def test_another_address_is_kept_with_the_person(entered: Entered) -> None:
    entered.invited("Anna.New@example.org")
    assert entered.person.email == "anna.new@example.org"


@pytest.mark.parametrize("who", ["owner", "colleague"])
def test_who_may_write_records_invites(entered: Entered, who: str) -> None:
    url = reverse("case_invite_send", args=[entered.case.pk])
    assert confirmed_client_of(getattr(entered.actors, who)).post(url, {"email": ADDRESS}).status_code == 302
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("who", ["assistant", "read_only", "outsider", "patient"])
def test_nobody_else_does(entered: Entered, who: str) -> None:
    for name in ("case_invite_send", "case_invite_withdraw"):
        url = reverse(name, args=[entered.case.pk])
        assert confirmed_client_of(getattr(entered.actors, who)).post(url, {"email": ADDRESS}).status_code == 404
    assert not mail.outbox


def test_who_sends_a_record_away_confirms_who_they_are(entered: Entered) -> None:
    url = reverse("case_invite_send", args=[entered.case.pk])
    answer = client_of(entered.actors.treats).post(url, {"email": ADDRESS})
    assert "reauthenticate" in answer.headers["Location"]
    assert not mail.outbox


def test_a_wrong_address_is_told_and_what_was_typed_stays(entered: Entered) -> None:
    answer = entered.sends("no address")
    assert answer.status_code == 400
    assert 'value="no address"' in answer.content.decode()
    assert not mail.outbox


def test_the_date_of_birth_is_asked_when_it_is_not_known(entered: Entered) -> None:
    assert 'name="birth_date"' not in entered.page()
    Person.objects.filter(pk=entered.case.person_id).update(birth_date=None)
    assert 'name="birth_date"' in entered.page()
    assert entered.sends().status_code == 400
    assert entered.sends(birth_date="2999-01-01").status_code == 400
    assert entered.sends(birth_date=BORN.isoformat()).status_code == 302
    assert entered.person.birth_date == BORN


def test_a_person_with_an_account_is_not_invited(entered: Entered) -> None:
    own = entered.actors.case
    url = reverse("case_invite_send", args=[own.pk])
    answer = confirmed_client_of(entered.actors.treats).post(url, {"email": ADDRESS})
    assert "Deze persoon heeft een account" in answer.content.decode()
    with pytest.raises(HasAccountError):
        invitations.invite(case=own, email=ADDRESS, birth_date=BORN, by=entered.actors.treats)
    assert not RecordInvitation.objects.exists()


def test_who_takes_the_record_while_a_new_link_is_being_sent_is_not_invited_again(
    entered: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> None:
        raise HasAccountError

    monkeypatch.setattr(invitations, "invite", refuse)
    assert "heeft het dossier intussen overgenomen" in entered.reads_after_sending()
    assert not mail.outbox


def test_made_up_people_get_no_e_mail(entered: Entered) -> None:
    Person.objects.filter(pk=entered.case.person_id).update(simulated=True)
    assert "Deze persoon is verzonnen" in entered.sends().content.decode()
    assert not mail.outbox
    assert not RecordInvitation.objects.exists()


@pytest.mark.parametrize("problem", [SMTPException("refused"), OSError("no network")])
def test_when_the_e_mail_cannot_be_sent_the_link_does_not_work(
    entered: Entered, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr(mails, "send_mail", fail)
    assert "De e-mail kon niet worden verstuurd" in entered.reads_after_sending()
    assert RecordInvitation.objects.get().end == "withdrawn"


def test_invitations_are_limited(entered: Entered) -> None:
    client = confirmed_client_of(entered.actors.treats)
    url = reverse("case_invite_send", args=[entered.case.pk])
    answers = {client.post(url, {"email": "wrong"}).status_code for _ in range(31)}
    assert answers == {400, 429}


# --- the link


def test_who_has_no_account_makes_one_and_the_record_becomes_theirs(entered: Entered) -> None:
    link, visitor = entered.invited(), Visitor()
    page = visitor.get(link)
    signup = next(one for one in page.links() if one.startswith(reverse("account_signup")) and "next=" in one)
    made = visitor.post(signup, email=ADDRESS, password1=PASSWORD, next=link)
    assert made.leads_to == link, "the address was confirmed by the link itself"
    assert visitor.get(link).heading == "Is dit jouw dossier?"
    assert urlparse(visitor.post(link, born=BORN.isoformat(), agrees="on").leads_to).path == reverse("home")
    person = entered.person
    assert person.user is not None
    assert (person.user.email, person.user.name) == (ADDRESS, "Anna Voorbeeld")
    assert visitor.get(reverse("today")).status == 200
    assert "Test Practice" in visitor.get(reverse("my_data")).text


def test_the_practice_goes_on_reading_and_sees_that_there_is_an_account(entered: Entered) -> None:
    who = with_address()
    takes(client_of(who), entered.invited())
    assert Case.objects.get(pk=entered.case.pk).practice == entered.actors.practice
    assert client_of(entered.actors.treats).get(reverse("case", args=[entered.case.pk])).status_code == 200
    page = entered.page()
    assert "Deze persoon heeft een account" in page
    assert "gebruikt" in page
    assert told("person:taken", entered.person, who).practice_id == entered.actors.practice.pk


def test_before_somebody_confirms_nothing_of_the_record_is_shown(entered: Entered) -> None:
    link = entered.invited()
    secrets = ("Anna", "hamstring", "klacht", "scheur", BORN.isoformat())
    visitor = client_of(None).get(link).content.decode()
    assert not any(one in visitor for one in (*secrets, "Test Practice", ADDRESS))
    page = client_of(with_address()).get(link).content.decode()
    assert "Test Practice heeft een dossier van je" in page
    assert not any(one in page for one in secrets)


@pytest.mark.parametrize("missing", ["born", "agrees"])
def test_without_the_date_of_birth_and_consent_nothing_changes(entered: Entered, missing: str) -> None:
    link = entered.invited()
    answer = takes(client_of(with_address()), link, **{missing: ""})
    assert answer.status_code == 200
    assert "Fout:" in answer.content.decode()
    assert entered.person.user is None
    assert RecordInvitation.objects.get().wrong_dates == 0


def test_a_wrong_date_of_birth_is_counted_told_and_stops_the_link_in_the_end(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    client = client_of(who)
    page = takes(client, link, on=date(1990, 5, 18)).content.decode()
    assert "De praktijk kent een andere geboortedatum. Je kunt het nog 4 keer proberen" in page
    assert "17 mei" not in page
    assert "1 verkeerde geboortedatum" in entered.page()
    for _ in range(MOST_WRONG_DATES - 2):
        assert takes(client, link, on=date(1990, 5, 18)).status_code == 200
    assert takes(client, link, on=date(1990, 5, 18)).status_code == 404
    assert takes(client, link).status_code == 404, "the right one is too late now"
    assert entered.person.user is None
    assert "geblokkeerd" in entered.page()
    refused = Event.objects.filter(what="person:wrong_date", action="refused", by=who, person_id=entered.person.pk)
    assert refused.count() == MOST_WRONG_DATES
    assert client.get(entered.invited()).status_code == 200, "a new link begins anew"


def test_a_link_works_once(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    assert takes(client_of(who), link).status_code == 302
    assert takes(client_of(who), link).status_code == 404
    assert client_of(None).get(link).status_code == 404


def test_a_link_that_is_unknown_too_old_withdrawn_or_sent_again_says_the_same(entered: Entered) -> None:
    old = entered.invited()
    RecordInvitation.objects.update(good_until=timezone.now() - timedelta(minutes=1))
    assert "te laat" in entered.page()
    first, second = entered.invited(), entered.invited()
    gone = {Visitor().get(link).text for link in (old, first, "/record/no-such-link/")}
    assert len(gone) == 1
    assert "Deze link werkt niet meer" in gone.pop()
    assert Visitor().get(second).status == 200
    client_of(entered.actors.treats).post(reverse("case_invite_withdraw", args=[entered.case.pk]))
    assert Visitor().get(second).status == 404
    assert takes(client_of(with_address()), second).status_code == 404
    assert "ingetrokken" in entered.page()
    assert told("person:invitation_withdrawn", entered.person, entered.actors.treats)


def test_a_link_is_only_for_who_has_the_address_it_was_sent_to(entered: Entered) -> None:
    link = entered.invited()
    for who in (entered.actors.outsider, entered.actors.patient):
        client = client_of(who)
        page = client.get(link).content.decode()
        assert f"Je bent ingelogd als {who.email}" in page
        assert ADDRESS not in page
        assert "Test Practice" not in page
        assert takes(client, link).status_code == 403
    assert entered.person.user is None


def test_an_address_that_was_not_confirmed_does_not_count(entered: Entered) -> None:
    link, who = entered.invited(), user(ADDRESS)
    EmailAddress.objects.create(user=who, email=ADDRESS, verified=False, primary=True)
    assert takes(client_of(who), link).status_code == 403
    assert entered.person.user is None


def test_who_signs_out_there_comes_back_to_the_link(entered: Entered) -> None:
    link = entered.invited()
    answer = client_of(entered.actors.outsider).post(reverse("account_logout"), {"next": link})
    assert answer.headers["Location"] == link


def test_who_says_that_it_is_not_for_them_ends_the_link_and_the_practice_reads_it(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    answer = client_of(who).post(link, {"said": "declined"})
    assert answer.headers["Location"] == reverse("start")
    assert client_of(who).get(link).status_code == 404
    assert "de ontvanger zegt dat het niet klopt" in entered.page()
    assert told("person:invitation_declined", entered.person, who)


def test_a_link_is_tried_a_limited_number_of_times(entered: Entered) -> None:
    link, client = entered.invited(), client_of(None)
    assert {client.post(link).status_code for _ in range(31)} == {403, 429}


def test_of_two_at_once_one_gets_the_record(entered: Entered) -> None:
    entered.invited()
    invitation, who = RecordInvitation.objects.get(), with_address()
    second = user("second@example.org")
    outcomes = [invitations.take(invitation=invitation, born=BORN, by=one).outcome for one in (who, second)]
    assert outcomes == [Outcome.TAKEN, Outcome.GONE]
    assert entered.person.user == who


def test_ending_what_has_ended_changes_nothing(entered: Entered) -> None:
    entered.invited()
    invitation, who = RecordInvitation.objects.get(), with_address()
    invitations.take(invitation=invitation, born=BORN, by=who)
    invitations.withdraw(invitation=invitation, by=entered.actors.treats)
    invitations.decline(invitation=invitation, end=RecordInvitation.End.DECLINED, by=who)
    assert RecordInvitation.objects.get().end == "used"
    assert not Event.objects.filter(what__startswith="person:invitation").exists()


# --- somebody who has a record of their own


def test_with_an_open_complaint_of_their_own_nothing_is_put_together_and_it_is_explained(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    own = opened_case(who)
    client = client_of(who)
    page = client.get(link).content.decode()
    assert "Je hebt al een eigen dossier" in page
    assert 'name="born"' not in page
    assert takes(client, link).status_code == 200
    assert entered.person.user is None
    assert Case.objects.get(pk=own.pk).person.user == who
    assert Case.objects.get(pk=entered.case.pk).person != own.person


def test_they_go_on_with_their_own_and_can_share_it_with_this_practice(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    own, client = opened_case(who), client_of(who)
    assert client.post(link, {"said": "own"}).headers["Location"] == reverse("share")
    assert client.get(link).status_code == 404
    assert "de persoon gaat verder met een eigen dossier" in entered.page()
    assert list(queries.practices_for(own.person)) == [entered.actors.practice], "who was invited is not new"
    given = {"case": str(own.pk), "practice": str(entered.actors.practice.pk), "agrees": "on"}
    client.post(reverse("share"), given)
    assert Case.objects.get(pk=own.pk).practice == entered.actors.practice


def test_an_invitation_that_ended_otherwise_lets_nobody_share(entered: Entered) -> None:
    entered.invited()
    who = with_address()
    own = opened_case(who)
    assert list(queries.practices_for(own.person)) == [entered.actors.practice]
    EmailAddress.objects.update(verified=False)
    assert not queries.practices_for(own.person).exists()
    EmailAddress.objects.update(verified=True)
    RecordInvitation.objects.update(end="declined")
    assert not queries.practices_for(own.person).exists()


def test_a_complaint_that_is_opened_meanwhile_stops_it_too(entered: Entered) -> None:
    entered.invited()
    who = with_address()
    opened_case(who)
    invitation = RecordInvitation.objects.get()
    assert invitations.take(invitation=invitation, born=BORN, by=who).outcome == Outcome.OWN_COMPLAINT
    assert told("person:own_complaint", entered.person, who).action == "refused"
    assert entered.person.user is None


def test_a_record_without_an_open_complaint_is_put_together_after_it_was_said(entered: Entered) -> None:
    """Who booked online before, and had a complaint long ago."""
    link, who, desk = entered.invited(), with_address(), open_desk(entered.actors)
    closed = opened_case(who)
    Case.objects.filter(pk=closed.pk).update(closed_on=timezone.localdate())
    before = Person.objects.get(user=who)
    Person.objects.filter(pk=before.pk).update(phone="06-12345678")
    appointment = booked(desk, before, at(9))
    page = client_of(who).get(link).content.decode()
    assert "worden een deel van dit dossier" in page
    assert takes(client_of(who), link).status_code == 302
    person = entered.person
    assert (person.user, person.phone) == (who, "06-12345678")
    assert not Person.objects.filter(pk=before.pk).exists()
    assert set(person.cases.all()) == {entered.case, closed}
    assert Appointment.objects.get(pk=appointment.pk).person == person
    assert Appointment.objects.get(pk=appointment.pk).status == Appointment.Status.BOOKED
    assert client_of(who).get(reverse("today")).status_code == 200


def test_who_looked_at_the_earlier_record_can_still_be_read_and_taken_along(entered: Entered) -> None:
    link, who = entered.invited(), with_address()
    closed = opened_case(who, entered.actors.practice)
    client_of(entered.actors.colleague).get(reverse("case", args=[closed.pk]))
    Case.objects.filter(pk=closed.pk).update(closed_on=timezone.localdate())
    takes(client_of(who), link)
    found, _ = looks(entered.person)
    assert "Colleague" in {one.who for one in found}
    told_all = dict(export.about_the_person(entered.person))
    assert b"Colleague" in told_all["who-looked.json"]


def test_waiting_twice_for_the_same_becomes_once(entered: Entered) -> None:
    link, who, desk = entered.invited(), with_address(), open_desk(entered.actors)
    own = Person.objects.create(user=who, name="Anna")
    wish = Wish(
        kind=desk.kind, practitioner=None, from_day=workday(), until_day=workday(7), weekdays="01234", parts="ma"
    )
    for person in (own, entered.person):
        waiting.join(person=person, wish=wish, by=who)
    assert takes(client_of(who), link).status_code == 302
    assert WaitingListEntry.objects.filter(person=entered.person, ended_at=None).count() == 1


def test_a_record_with_another_date_of_birth_is_not_put_together(entered: Entered) -> None:
    """A parent who reads the mail of a child."""
    link, who = entered.invited(), with_address()
    own = Person.objects.create(user=who, name="Parent", birth_date=date(1960, 1, 1))
    page = takes(client_of(who), link).content.decode()
    assert "In je eigen dossier hier staat een andere geboortedatum" in page
    assert entered.person.user is None
    assert RecordInvitation.objects.get().wrong_dates == 0
    assert told("person:own_date_differs", entered.person, who)
    Person.objects.filter(pk=own.pk).update(birth_date=BORN)
    assert takes(client_of(who), link).status_code == 302


# --- the rest


def test_an_invitation_is_part_of_what_a_person_takes_along_without_what_its_link_was_made_of(
    entered: Entered,
) -> None:
    who = with_address()
    takes(client_of(who), entered.invited())
    from herstel_web.sharing.export import invitations as told_along

    (file,) = told_along(entered.person).values()
    assert ADDRESS.encode() in file
    assert RecordInvitation.objects.get().token_sha256.encode() not in file


def test_erasing_takes_the_account_and_the_practice_may_invite_again(entered: Entered) -> None:
    who = with_address()
    takes(client_of(who), entered.invited())
    confirmed_client_of(who).post(reverse("erase"), {"sure": "yes"})
    assert entered.person.user is None
    again = with_address()
    assert takes(client_of(again), entered.invited()).status_code == 302
    assert entered.person.user == again


def test_the_pages_need_few_questions_to_the_database(entered: Entered, django_assert_max_num_queries: object) -> None:
    link = entered.invited()
    for _ in range(4):
        link = entered.invited()
    member, who = client_of(entered.actors.treats), client_of(with_address())
    for client, address in ((member, reverse("case_invite", args=[entered.case.pk])), (who, link)):
        client.get(address)
        with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
            assert client.get(address).status_code == 200


def test_the_link_speaks_english_too(entered: Entered) -> None:
    link = entered.invited()
    client = client_of(with_address())
    client.cookies["herstel_language"] = "en"
    assert Page(client.get(link)).heading == "Is this record yours?"
