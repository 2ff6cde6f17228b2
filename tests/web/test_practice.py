"""What an owner does: members, places, texts, the details, and the trail."""

import re
from datetime import timedelta
from urllib.parse import urlparse

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel.errors import InputError
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.practice import actions, queries
from herstel_web.practice.models import Invitation, Location, Membership, Practice, Role, TextTemplate
from herstel_web.practice.trail import in_words
from tests.web.actors import Actors, client_of, confirmed_client_of, user
from tests.web.addresses import ROUTES
from tests.web.visitor import Page, Visitor

pytestmark = pytest.mark.django_db
PASSWORD = "a boat on the river"


def membership_of(who: User) -> Membership:
    return Membership.objects.get(user=who)


def invited(actors: Actors, address: str = "new@example.org", role: str = Role.THERAPIST) -> str:
    """Sends an invitation; gives the address of its link."""
    answer = confirmed_client_of(actors.owner).post(reverse("invite"), {"email": address, "role": role})
    assert answer.headers["Location"] == reverse("members")
    link = re.search(r"http://localhost(/invitation/\S+)", str(mail.outbox[-1].body))
    assert link
    return link[1]


def page_of(client: Client, address: str) -> Page:
    return Page(client.get(address))


def managed(actors: Actors, what: str) -> bool:
    return Event.objects.filter(action="manage", what=what, by=actors.owner, practice_id=actors.practice.pk).exists()


def test_the_members_are_listed_with_their_role_and_nobody_of_elsewhere(actors: Actors) -> None:
    page = page_of(client_of(actors.owner), reverse("members"))
    for name in ("Treats", "Colleague", "Assistant", "Read Only"):
        assert name in page.text
    assert "outsider@example.org" not in page.html


def test_an_invitation_has_a_link_and_says_nothing_about_anybodys_health(actors: Actors) -> None:
    invited(actors)
    (letter,) = mail.outbox
    assert letter.to == ["new@example.org"]
    assert letter.subject == "Test Practice nodigt je uit voor Herstel"
    assert not re.search(r"klacht|pijn|hamstring|blessure|dossier|patient", f"{letter.subject} {letter.body}", re.I)
    kept = Invitation.objects.get()
    assert kept.token_sha256 not in str(letter.body)
    assert managed(actors, "practice:invited")


def test_who_has_no_account_makes_one_with_the_address_of_the_invitation_and_accepts(actors: Actors) -> None:
    link, visitor = invited(actors), Visitor()
    page = visitor.get(link)
    assert page.heading == "Test Practice vraagt je om met Herstel te werken"
    signup = next(one for one in page.links() if one.startswith(reverse("account_signup")) and "next=" in one)
    made = visitor.post(signup, email="new@example.org", password1=PASSWORD, next=link)
    assert made.leads_to == link, "the address was confirmed by the link itself"
    assert urlparse(visitor.post(link).leads_to).path == reverse("home")
    membership = Membership.objects.get(user__email="new@example.org")
    assert (membership.practice, membership.role) == (actors.practice, Role.THERAPIST)
    assert visitor.get(reverse("work_list")).status == 200


def test_a_link_works_once(actors: Actors) -> None:
    link = invited(actors, actors.outsider.email)
    EmailAddress.objects.create(user=actors.outsider, email=actors.outsider.email, verified=True, primary=True)
    client = client_of(actors.outsider)
    assert client.post(link).status_code == 302
    assert client.post(link).status_code == 404
    assert client.get(link).status_code == 404
    assert Membership.objects.filter(user=actors.outsider, practice=actors.practice).count() == 1


def test_a_link_is_only_for_the_address_that_was_invited(actors: Actors) -> None:
    link = invited(actors)
    client = client_of(actors.outsider)
    assert "Je bent ingelogd als outsider@example.org" in page_of(client, link).text
    assert client.post(link).status_code == 404
    assert not Membership.objects.filter(user=actors.outsider, practice=actors.practice).exists()


def test_an_address_that_is_not_confirmed_does_not_count(actors: Actors) -> None:
    link = invited(actors, actors.outsider.email)
    EmailAddress.objects.create(user=actors.outsider, email=actors.outsider.email, verified=False, primary=True)
    assert client_of(actors.outsider).post(link).status_code == 404


def test_a_link_ends_after_a_week_when_withdrawn_and_when_a_new_one_is_sent(actors: Actors) -> None:
    old = invited(actors)
    Invitation.objects.update(good_until=timezone.now() - timedelta(minutes=1))
    assert Visitor().get(old).heading == "Deze uitnodiging werkt niet meer"
    assert "te laat" in page_of(client_of(actors.owner), reverse("members")).text
    first, second = invited(actors), invited(actors)
    assert Visitor().get(first).status == 404
    assert Visitor().get(second).status == 200
    waiting = queries.open_invitations(actors.practice).get()
    client_of(actors.owner).post(reverse("withdraw_invitation", args=[waiting.pk]))
    assert Visitor().get(second).status == 404
    assert managed(actors, "practice:invitation_withdrawn")


def test_who_works_here_already_is_not_invited_and_nothing_typed_is_lost(actors: Actors) -> None:
    fields = {"email": "Treats@example.org", "role": "read_only"}
    page = Page(confirmed_client_of(actors.owner).post(reverse("invite"), fields))
    assert "werkt hier al" in page.text
    assert 'value="Treats@example.org"' in page.html
    assert not mail.outbox


@pytest.mark.parametrize("name", ["invite", "change_role", "end_membership", "sign_out_member"])
def test_members_are_changed_only_by_who_just_confirmed(actors: Actors, name: str) -> None:
    actors.owner.set_password(PASSWORD)
    actors.owner.save()
    part = [] if name == "invite" else [membership_of(actors.treats).pk]
    fields = {"role": "assistant", "email": "new@example.org"}
    answer = client_of(actors.owner).post(reverse(name, args=part), fields)
    assert urlparse(answer.headers["Location"]).path == reverse("account_reauthenticate")
    membership = membership_of(actors.treats)
    assert (membership.role, membership.ended_at) == (Role.THERAPIST, None)
    assert not Invitation.objects.exists()


def test_a_role_is_changed_and_counts_at_once(actors: Actors) -> None:
    client = client_of(actors.treats)
    assert client.get(reverse("work_list")).status_code == 200
    address = reverse("change_role", args=[membership_of(actors.treats).pk])
    confirmed_client_of(actors.owner).post(address, {"role": "assistant"})
    assert membership_of(actors.treats).role == Role.ASSISTANT
    assert client.get(reverse("work_list")).status_code == 404
    assert managed(actors, "practice:role")


def test_who_leaves_sees_nothing_any_more_and_their_persons_have_nobody(actors: Actors) -> None:
    client = client_of(actors.treats)
    owner = confirmed_client_of(actors.owner)
    part = [membership_of(actors.treats).pk]
    assert "Treats uitschrijven" in page_of(owner, reverse("leave_practice", args=part)).text
    owner.post(reverse("end_membership", args=part))
    assert client.get(reverse("case", args=[actors.case.pk])).status_code == 404
    actors.case.refresh_from_db()
    assert actors.case.therapist is None
    assert "Treats" in page_of(owner, reverse("members")).text, "what they wrote still has a name"
    assert managed(actors, "practice:left")


@pytest.mark.parametrize("name", ["change_role", "end_membership"])
def test_the_last_owner_stays(actors: Actors, name: str) -> None:
    address = reverse(name, args=[membership_of(actors.owner).pk])
    page = Page(confirmed_client_of(actors.owner).post(address, {"role": "assistant"}, follow=True))
    assert "is de laatste eigenaar. Maak eerst iemand anders eigenaar." in page.text
    assert membership_of(actors.owner).role == Role.OWNER


def test_with_a_second_owner_the_first_may_go(actors: Actors) -> None:
    actions.change_role(membership=membership_of(actors.treats), role=Role.OWNER, by=actors.owner)
    actions.end_membership(membership=membership_of(actors.owner), by=actors.owner)
    with pytest.raises(InputError):
        actions.end_membership(membership=membership_of(actors.treats), by=actors.treats)


@pytest.mark.parametrize("name", ["change_role", "end_membership", "leave_practice"])
def test_a_member_of_another_practice_does_not_exist(actors: Actors, name: str) -> None:
    address, client = reverse(name, args=[membership_of(actors.outsider).pk]), confirmed_client_of(actors.owner)
    answer = client.get(address) if name == "leave_practice" else client.post(address, {"role": "owner"})
    assert answer.status_code == 404
    assert membership_of(actors.outsider).ended_at is None


def test_an_unknown_role_is_not_taken(actors: Actors) -> None:
    address = reverse("change_role", args=[membership_of(actors.treats).pk])
    assert confirmed_client_of(actors.owner).post(address, {"role": "king"}).status_code == 404


def test_the_details_are_changed(actors: Actors) -> None:
    client = client_of(actors.owner)
    client.post(reverse("practice"), {"name": "New Name", "phone": "0101234567", "email": "info@example.org"})
    assert Practice.objects.get(pk=actors.practice.pk).name == "New Name"
    assert managed(actors, "practice:details")
    page = Page(client.post(reverse("practice"), {"name": "", "email": "no address"}))
    assert 'value="no address"' in page.html
    assert Practice.objects.get(pk=actors.practice.pk).name == "New Name"


def test_a_place_is_added_changed_and_closed(actors: Actors) -> None:
    client = client_of(actors.owner)
    assert "Nog geen locaties" in page_of(client, reverse("locations")).text
    client.post(reverse("locations"), {"name": "Centre", "address": "Street 1"})
    place = Location.objects.get(practice=actors.practice)
    client.post(reverse("location", args=[place.pk]), {"name": "Centre", "closed_on": "2026-12-31"})
    assert "gesloten vanaf 31 december 2026" in page_of(client, reverse("locations")).text
    assert managed(actors, "practice:location")


def test_a_text_is_added_changed_and_removed(actors: Actors) -> None:
    client = client_of(actors.owner)
    fields = {"kind": "letter", "language": "nl", "title": "First", "text": "Dear colleague,"}
    client.post(reverse("text_templates"), fields)
    text = queries.text_templates(actors.practice, "letter", "nl").get()
    assert "al een tekst met deze titel" in Page(client.post(reverse("text_templates"), fields)).text
    client.post(reverse("text_template", args=[text.pk]), {**fields, "text": "Hello,"})
    assert TextTemplate.objects.get().text == "Hello,"
    client.post(reverse("remove_text_template", args=[text.pk]))
    assert not TextTemplate.objects.exists()


def test_things_of_another_practice_do_not_exist(actors: Actors) -> None:
    elsewhere = membership_of(actors.outsider).practice
    place = Location.objects.create(practice=elsewhere, name="Secret place")
    text = TextTemplate.objects.create(practice=elsewhere, kind="note", title="Secret text", text="x")
    client = client_of(actors.owner)
    for address in (
        reverse("location", args=[place.pk]),
        reverse("text_template", args=[text.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine", "title": "Mine"}).status_code == 404
    assert client.post(reverse("remove_text_template", args=[text.pk])).status_code == 404
    assert "Secret" not in page_of(client, reverse("locations")).html + page_of(client, reverse("text_templates")).html


def test_who_works_at_two_practices_chooses_one(actors: Actors) -> None:
    other = membership_of(actors.outsider).practice
    Membership.objects.create(practice=other, user=actors.owner, role=Role.THERAPIST)
    client = client_of(actors.owner)
    assert client.get(reverse("case", args=[actors.case.pk])).status_code == 200
    page = page_of(client, reverse("choose_practice"))
    assert "Other Practice" in page.text
    assert reverse("choose_practice") in page_of(client, reverse("account")).links()
    client.post(reverse("choose_practice"), {"practice": str(other.pk)})
    assert client.get(reverse("case", args=[actors.case.pk])).status_code == 404
    assert client.get(reverse("members")).status_code == 404, "an owner here, a therapist there"


@pytest.mark.parametrize("chosen", ["", "no-id", "00000000-0000-0000-0000-000000000000"])
def test_a_practice_one_does_not_work_at_cannot_be_chosen(actors: Actors, chosen: str) -> None:
    assert client_of(actors.owner).post(reverse("choose_practice"), {"practice": chosen}).status_code == 404
    assert client_of(actors.patient).get(reverse("choose_practice")).status_code == 404


def looked(actors: Actors, who: User, times: int = 1, practice: Practice | None = None) -> None:
    for _ in range(times):
        audit.record(
            action=Event.Action.READ,
            what="case",
            by=who,
            practice_id=(practice or actors.practice).pk,
            person_id=actors.case.person_id,
        )


def test_the_trail_tells_who_looked_and_is_itself_on_the_trail(actors: Actors) -> None:
    looked(actors, actors.treats)
    client = client_of(actors.owner)
    page = page_of(client, reverse("trail"))
    assert "Treats heeft bekeken het dossier Patient" in page.text
    assert Event.objects.filter(what="trail", by=actors.owner).exists()


def test_no_look_at_a_record_stands_in_the_trail_as_the_name_of_an_address(actors: Actors) -> None:
    kinds = {"practice_case", "own_case"}
    pages = [one.name for one in ROUTES if one.access and one.access.kind in kinds]
    assert len(pages) > 50
    assert [name for name in pages if in_words(name) == name] == []
    kept = ("letter:begun", "film:measured", "note:written", "message:sent", "file:added", "waiting_list:left")
    assert [name for name in kept if in_words(name) == name] == []
    assert in_words("case:shared") != in_words("case")


def test_the_trail_of_another_practice_stays_there(actors: Actors) -> None:
    looked(actors, actors.outsider, practice=membership_of(actors.outsider).practice)
    assert "Outsider heeft" not in page_of(client_of(actors.owner), reverse("trail")).text


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ({"person": "pati"}, 2),
        ({"person": "nobody"}, 0),
        ({"action": "read"}, 2),
        ({"action": "erase"}, 0),
        ({"since": "2001-01-01", "until": "2001-01-02"}, 0),
        ({"since": "no day"}, 4),
    ],
)
def test_the_trail_can_be_searched(actors: Actors, asked: dict[str, str], lines: int) -> None:
    Event.objects.all()._raw_delete("default")  # type: ignore[attr-defined]
    looked(actors, actors.treats)
    looked(actors, actors.colleague)
    audit.record(action=Event.Action.MANAGE, what="practice:details", by=actors.owner, practice_id=actors.practice.pk)
    page = Page(client_of(actors.owner).get(reverse("trail"), asked))
    assert page.html.count('<td class="when">') == lines


def test_the_trail_can_be_searched_by_member(actors: Actors) -> None:
    looked(actors, actors.treats)
    looked(actors, actors.colleague)
    address = reverse("trail")
    page = Page(client_of(actors.owner).get(address, {"member": membership_of(actors.colleague).pk}))
    assert page.html.count('<td class="when">') == 1
    assert "Colleague heeft bekeken" in page.text


def test_a_name_that_is_known_elsewhere_only_is_not_found(actors: Actors) -> None:
    looked(actors, actors.treats)
    assert "Niets gevonden" in Page(client_of(actors.owner).get(reverse("trail"), {"person": "Other Patient"})).text


def test_the_trail_is_read_page_by_page(actors: Actors) -> None:
    looked(actors, actors.treats, times=queries.LINES_A_PAGE + 5)
    client, address, seen = client_of(actors.owner), reverse("trail"), 0
    page = Page(client.get(address, {"action": "read", "person": "Patient"}))
    seen += page.html.count('<td class="when">')
    older = next(link for link in page.links() if link.startswith("?"))
    assert "action=read" in older
    page = page_of(client, address + older)
    seen += page.html.count('<td class="when">')
    assert seen == queries.LINES_A_PAGE + 5
    assert not [link for link in page.links() if link.startswith("?")]


def test_the_trail_cannot_be_changed(actors: Actors) -> None:
    assert client_of(actors.owner).post(reverse("trail")).status_code == 405


def test_somebody_whose_record_was_erased_has_no_name_in_the_trail(actors: Actors) -> None:
    looked(actors, actors.treats)
    actors.case.person.delete()
    page = page_of(client_of(actors.owner), reverse("trail"))
    assert "een gewist dossier" in page.text


@pytest.mark.parametrize("name", ["practice", "members", "locations", "text_templates", "trail"])
def test_a_page_asks_few_questions_of_the_database(
    actors: Actors, name: str, django_assert_max_num_queries: object
) -> None:
    for number in range(40):
        Membership.objects.create(practice=actors.practice, user=user(f"m{number}@example.org"), role=Role.THERAPIST)
    looked(actors, actors.treats, times=60)
    client = client_of(actors.owner)
    client.get(reverse(name))
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert client.get(reverse(name)).status_code == 200
