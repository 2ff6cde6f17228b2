"""The texts of a practice, put into what is being written: nothing is sent, signed or lost by it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from herstel_web.correspondence.models import Message, Note
from herstel_web.letters.models import LetterVersion
from herstel_web.practice.models import TextTemplate
from tests.web.actors import Actors, client_of

TEXT = "Wij zien je graag <volgende> week."


def own_text(actors: Actors, kind: str, language: str = "nl") -> TextTemplate:
    made: TextTemplate = TextTemplate.objects.create(
        practice=actors.practice, kind=kind, language=language, title="Tot volgende week", text=TEXT
    )
    return made


@pytest.mark.parametrize(("kind", "address"), [("note", "case_notes"), ("message", "case_messages")])
def test_a_text_of_the_practice_comes_below_what_was_typed_and_nothing_is_sent(
    actors: Actors, kind: str, address: str
) -> None:
    chosen, client, page = own_text(actors, kind), client_of(actors.treats), reverse(address, args=[actors.case.pk])
    assert "Tot volgende week" in client.get(page).content.decode()
    key = "7d6f4b1e-8c0f-4d4e-9a53-0a8a6e1c2f11"
    answer = client.post(page, {"text": "Dag Sam,", "key": key, "own_text": chosen.pk, "insert": "1"})
    html = answer.content.decode()
    (typed,) = re.findall(r'<textarea name="text"[^>]*>(.*?)</textarea>', html, re.DOTALL)
    assert unescape(typed).strip() == f"Dag Sam,\n\n{TEXT}"
    assert key in html
    assert not Message.objects.exists()
    assert not Note.objects.exists()


@pytest.mark.parametrize("chosen", ["", "x", "999999"])
def test_a_text_that_is_no_longer_there_leaves_what_was_typed(actors: Actors, chosen: str) -> None:
    page = reverse("case_notes", args=[actors.case.pk])
    answer = client_of(actors.treats).post(page, {"text": "Getypt", "own_text": chosen, "insert": "1"})
    assert ">\nGetypt</textarea>" in answer.content.decode()


def test_texts_of_another_kind_language_or_practice_are_not_offered(actors: Actors) -> None:
    own_text(actors, "letter")
    own_text(actors, "note", "en")
    page = reverse("case_notes", args=[actors.case.pk])
    assert "own_text" not in client_of(actors.treats).get(page).content.decode()


def letter_of(actors: Actors) -> str:
    begin = reverse("case_letters_begin", args=[actors.case.pk])
    answer = client_of(actors.treats).post(begin, {"kind": "gp_referral", "language": "nl"})
    return str(answer["Location"])


def test_a_text_goes_into_the_chosen_part_of_a_letter_and_is_not_saved_yet(actors: Actors) -> None:
    chosen, page, client = own_text(actors, "letter"), letter_of(actors), client_of(actors.treats)
    before = LetterVersion.objects.count()
    html = client.get(page).content.decode()
    place = re.findall(r'name="section-(\w+)"', html)[-1]
    typed = {"seen": "1", "subject": "Mijn onderwerp", f"section-{place}": "Eerst dit.", "own_text_place": place}
    answer = client.post(page, {**typed, "own_text": chosen.pk, "insert": "1"})
    shown = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert f"Eerst dit.\n\n{TEXT}" in shown
    assert "Mijn onderwerp" in shown
    assert LetterVersion.objects.count() == before


def test_inserting_in_a_letter_that_somebody_changed_meanwhile_does_not_hide_it(actors: Actors) -> None:
    chosen, page, client = own_text(actors, "letter"), letter_of(actors), client_of(actors.treats)
    client.post(page, {"seen": "1", "subject": "Van een ander"})
    answer = client.post(page, {"seen": "1", "subject": "Van mij", "own_text": chosen.pk, "insert": "1"})
    assert answer.status_code == 409
    assert "Van mij" in answer.content.decode()
