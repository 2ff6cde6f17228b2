import io
import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from herstel_web.audit.models import Event
from herstel_web.cases.actions import conclude
from herstel_web.letters.models import Letter, LetterVersion
from tests.web.actors import Actors, check_in, client_of, opened_case, user
from tests.web.visitor import Page

TODAY = timezone.localdate()


def begun(actors: Actors, kind: str = "gp_referral", language: str = "nl") -> tuple[Client, Letter]:
    """A therapist who has composed a letter."""
    client = client_of(actors.treats)
    address = reverse("case_letters_begin", args=[actors.case.pk])
    assert client.post(address, {"kind": kind, "language": language}).status_code == 302
    return client, Letter.objects.latest("begun_at")


def at(name: str, letter: Letter) -> str:
    return reverse(name, args=[letter.case_id, letter.pk])


def form_of(client: Client, letter: Letter) -> dict[str, str]:
    """What the page of the letter would send when nothing is changed."""
    html = Page(client.get(at("case_letters_one", letter))).html.partition('class="letter-form"')[2]
    areas = re.findall(r'<textarea id="([^"]+)"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    seen = re.search(r'name="seen" value="(\d+)"', html)
    assert seen
    return {"seen": seen[1], "subject": "Onderwerp", **{name: unescape(text) for name, text in areas}}


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", Letter.Kind.values)
def test_every_letter_is_composed_in_both_languages(kind: str, language: str, actors: Actors) -> None:
    check_in(actors.case, TODAY)
    client, letter = begun(actors, kind, language)
    page = Page(client.get(at("case_letters_one", letter)))
    assert page.status == 200
    assert page.html.count("<textarea") >= 4
    answer = client.get(at("case_letters_pdf", letter))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert ("Concept" if language == "nl" else "Draft") in text_of(answer.content)


def test_that_the_person_is_made_up_is_said_in_the_language_of_the_letter(actors: Actors) -> None:
    type(actors.case.person).objects.filter(pk=actors.case.person.pk).update(simulated=True)
    client, letter = begun(actors, language="en")  # on Dutch pages
    text = text_of(client.get(at("case_letters_pdf", letter)).content)
    assert "This is about a made-up person." in text
    assert "verzonnen" not in text


def test_the_date_of_birth_cannot_be_read_as_another_day(actors: Actors) -> None:
    type(actors.case.person).objects.filter(pk=actors.case.person.pk).update(birth_date=date(1990, 4, 3))
    for language, day in (("nl", "3 april 1990"), ("en", "3 April 1990")):
        client, letter = begun(actors, language=language)
        assert day in text_of(client.get(at("case_letters_pdf", letter)).content)


def test_the_pictures_of_a_letter_know_the_days_that_are_long_ago(actors: Actors) -> None:
    case = opened_case(user("long@example.org"), actors.practice, days_ago=150)
    for back in (140, 0):
        check_in(case, TODAY - timedelta(days=back))
    conclude(case=case, today=TODAY)
    _, letter = begun(replace(actors, case=case), "progress")
    (progress,) = (one for one in letter.pictures if one["name"] == "progress")
    assert "2 van de 151 dagen zijn ingevuld" in progress["alternative"]


def test_a_change_is_a_new_version_and_the_old_one_stays(actors: Actors) -> None:
    client, letter = begun(actors)
    typed = form_of(client, letter) | {"addressee": "Huisarts X"}
    part = next(name for name in typed if name.startswith("section-"))
    typed[part] = "Graag uw oordeel over de pees."
    assert client.post(at("case_letters_one", letter), typed).status_code == 302
    first, second = letter.versions.all()
    assert second.number == 2
    assert second.addressee == "Huisarts X"
    texts = {one["id"]: one["text"] for one in second.draft["sections"]}
    assert texts[part.removeprefix("section-")] == "Graag uw oordeel over de pees."
    assert first.draft != second.draft


def test_two_therapists_never_overwrite_each_other_and_lose_no_word(actors: Actors) -> None:
    client, letter = begun(actors)
    colleague = client_of(actors.colleague)
    mine, theirs = form_of(client, letter), form_of(colleague, letter)
    assert colleague.post(at("case_letters_one", letter), theirs | {"subject": "Van de collega"}).status_code == 302
    answer = client.post(at("case_letters_one", letter), mine | {"subject": "Mijn eigen woorden"})
    assert answer.status_code == 409
    page = Page(answer)
    assert "Mijn eigen woorden" in page.html
    assert actors.colleague.name in page.text
    assert letter.versions.latest("number").draft["subject"] == "Van de collega"
    again = mine | {"subject": "Mijn eigen woorden", "seen": "2"}
    assert client.post(at("case_letters_one", letter), again).status_code == 302
    assert letter.versions.latest("number").draft["subject"] == "Mijn eigen woorden"


def test_signing_makes_it_final_with_the_name_of_who_signed(actors: Actors) -> None:
    client, letter = begun(actors)
    assert client.post(at("case_letters_sign", letter), {"seen": "1"}).status_code == 302
    version = letter.versions.latest("number")
    assert version.signed
    text = text_of(bytes(version.pdf or b""))
    assert actors.treats.name in text
    assert actors.practice.name in text
    assert "Concept" not in text
    client.post(at("case_letters_one", letter), {"seen": "2", "subject": "Achteraf veranderd"})
    assert letter.versions.count() == 2
    with pytest.raises(TypeError, match="written once"):
        version.save()


def test_a_version_that_is_not_the_last_cannot_be_signed(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_one", letter), form_of(client, letter) | {"subject": "Anders"})
    client.post(at("case_letters_sign", letter), {"seen": "1"})
    assert not letter.versions.filter(signed=True).exists()


def test_a_signed_letter_goes_on_as_a_new_version(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_sign", letter), {"seen": "1"})
    client.post(at("case_letters_reopen", letter), {"seen": "2"})
    assert [one.signed for one in letter.versions.all()] == [False, True, False]


def test_only_a_signed_letter_is_written_down_as_sent(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_sent", letter), {"way": "secure_mail"})
    letter.refresh_from_db()
    assert letter.sent_at is None
    client.post(at("case_letters_sign", letter), {"seen": "1"})
    client.post(at("case_letters_sent", letter), {"way": "secure_mail"})
    letter.refresh_from_db()
    assert letter.sent_at is not None


def test_a_draft_is_thrown_away_and_brought_back_but_a_signed_letter_stays(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_withdraw", letter))
    letter.refresh_from_db()
    assert letter.withdrawn_at is not None
    client.post(at("case_letters_withdraw", letter), {"back": "yes"})
    client.post(at("case_letters_sign", letter), {"seen": "1"})
    client.post(at("case_letters_withdraw", letter))
    letter.refresh_from_db()
    assert letter.withdrawn_at is None


def test_who_may_only_read_changes_nothing(actors: Actors) -> None:
    _, letter = begun(actors)
    reader = client_of(actors.read_only)
    page = Page(reader.get(at("case_letters_one", letter)))
    assert "<textarea" not in page.html
    reader.post(at("case_letters_one", letter), {"seen": "1", "subject": "x"})
    assert letter.versions.count() == 1
    for name in ("case_letters_sign", "case_letters_sent", "case_letters_reopen", "case_letters_withdraw"):
        assert reader.post(at(name, letter), {"seen": "1"}).status_code == 404


def test_a_letter_of_another_case_does_not_exist_here(actors: Actors) -> None:
    client, letter = begun(actors)
    other = actors.other_patient.person.cases.get()
    other.practice = actors.practice
    other.save()
    assert client.get(reverse("case_letters_one", args=[other.pk, letter.pk])).status_code == 404


def test_the_person_reads_signed_letters_about_them_and_no_drafts(actors: Actors) -> None:
    client, letter = begun(actors)
    person = client_of(actors.patient)
    assert "Nog geen brieven" in Page(person.get(reverse("my_letters"))).text
    client.post(at("case_letters_sign", letter), {"seen": "1"})
    version = letter.versions.latest("number")
    assert reverse("my_letter", args=[version.pk]) in Page(person.get(reverse("my_letters"))).links()
    assert person.get(reverse("my_letter", args=[version.pk])).headers["Content-Type"] == "application/pdf"
    assert person.get(reverse("my_letter", args=[letter.versions.first().pk])).status_code == 404  # type: ignore[union-attr]
    assert client_of(actors.other_patient).get(reverse("my_letter", args=[version.pk])).status_code == 404


def test_a_sign_no_font_holds_is_told_and_nothing_is_signed(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_one", letter), form_of(client, letter) | {"subject": "\U0001f9ff\U00010ffd"})
    client.post(at("case_letters_sign", letter), {"seen": "2"})
    assert not letter.versions.filter(signed=True).exists()


def test_every_step_of_a_letter_leaves_a_line_in_the_trail(actors: Actors) -> None:
    client, letter = begun(actors)
    client.post(at("case_letters_one", letter), form_of(client, letter))
    client.post(at("case_letters_sign", letter), {"seen": "2"})
    client.post(at("case_letters_sent", letter), {"way": "post"})
    told = list(Event.objects.filter(what__startswith="letter:").order_by("pk").values_list("what", flat=True))
    assert told == ["letter:begun", "letter:saved", "letter:signed", "letter:sent"]


def test_the_number_of_queries_of_the_list_does_not_grow_with_the_letters(
    actors: Actors, django_assert_max_num_queries: object
) -> None:
    client, _ = begun(actors)
    for _ in range(5):
        begun(actors)
    address = reverse("case_letters", args=[actors.case.pk])
    client.get(address)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        assert Page(client.get(address)).html.count("<tr>") == 7
    assert LetterVersion.objects.filter(made_at__gte=timezone.now() - timedelta(minutes=5)).count() == 6
