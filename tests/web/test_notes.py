"""Notes are signed and never changed; a mistake is corrected beside it; what is being typed is not lost."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from herstel_web.audit.models import Event
from herstel_web.correspondence.actions import Written, write_note
from herstel_web.correspondence.models import LONGEST_TEXT, Draft, Note
from tests.web.actors import Actors, client_of


def address(actors: Actors, name: str = "case_notes", *parts: object) -> str:
    return reverse(name, args=[actors.case.pk, *parts])


def write(client: Client, actors: Actors, text: str, **fields: object) -> str:
    answer = client.post(address(actors), {"text": text, "key": uuid4(), **fields}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_a_note_is_signed_with_name_and_time_and_leaves_a_line(actors: Actors) -> None:
    page = write(client_of(actors.treats), actors, "Gaat vooruit.\nSlaapt goed.")
    note = Note.objects.get()
    assert (note.author, note.signed, note.text) == (actors.treats, "Treats", "Gaat vooruit.\nSlaapt goed.")
    assert "<strong>Treats</strong>" in page
    assert "Gaat vooruit.<br>Slaapt goed." in page
    assert Event.objects.filter(what="note:written", by=actors.treats, case_id=actors.case.pk).exists()


def test_a_note_is_never_changed_or_removed(actors: Actors) -> None:
    note = write_note(case=actors.case, written=Written(text="Zo is het.", by=actors.treats))
    note.text = "Zo was het niet."
    for change in (note.save, note.delete):
        with pytest.raises(TypeError):
            change()


def test_a_name_under_a_note_stays_when_the_account_is_gone(actors: Actors) -> None:
    write_note(case=actors.case, written=Written(text="Zo is het.", by=actors.colleague))
    actors.colleague.delete()
    assert "<strong>Colleague</strong>" in client_of(actors.treats).get(address(actors)).content.decode()


def test_the_same_note_sent_twice_is_one_note(actors: Actors) -> None:
    client, key = client_of(actors.treats), uuid4()
    for _ in range(2):
        client.post(address(actors), {"text": "Een keer.", "key": key})
    assert Note.objects.count() == 1


@pytest.mark.parametrize(("text", "said"), [("  ", "Er staat nog niets"), ("x" * (LONGEST_TEXT + 1), "5000")])
def test_what_cannot_be_kept_is_said_and_what_was_typed_stays(actors: Actors, text: str, said: str) -> None:
    page = write(client_of(actors.treats), actors, text)
    assert said in page
    assert text.strip()[:100] in page
    assert not Note.objects.exists()


def test_what_is_written_is_text_and_never_markup(actors: Actors) -> None:
    page = write(client_of(actors.treats), actors, "<script>alert(1)</script>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_who_only_reads_sees_notes_and_writes_none(actors: Actors) -> None:
    write(client_of(actors.treats), actors, "Gaat vooruit.")
    page = client_of(actors.read_only).get(address(actors)).content.decode()
    assert "Gaat vooruit." in page
    assert "<textarea" not in page


# --- correcting


def test_a_correction_takes_the_place_of_a_note_which_stays_readable(actors: Actors) -> None:
    wrong = write_note(case=actors.case, written=Written(text="SLR links 62.", by=actors.treats))
    client = client_of(actors.colleague)
    corrected = address(actors, "case_note_correct", wrong.pk)
    assert "SLR links 62." in client.get(corrected).content.decode()
    page = client.post(corrected, {"text": "SLR rechts 62.", "key": uuid4()}, follow=True).content.decode()
    assert page.count('<li class="note">') == 1
    assert "SLR rechts 62." in page
    assert "SLR links 62." in page.partition("De eerdere notitie")[2]
    assert Event.objects.filter(what="note:corrected", by=actors.colleague).exists()


def test_of_two_who_correct_one_note_the_second_is_told_and_keeps_what_was_typed(actors: Actors) -> None:
    wrong = write_note(case=actors.case, written=Written(text="SLR links 62.", by=actors.treats))
    write_note(case=actors.case, written=Written(text="Eerst.", by=actors.treats), corrects=wrong)
    corrected = address(actors, "case_note_correct", wrong.pk)
    page = client_of(actors.colleague).post(corrected, {"text": "Tweede.", "key": uuid4()}, follow=True)
    assert "intussen verbeterd" in page.content.decode()
    assert Note.objects.count() == 2


def test_a_note_of_another_case_is_not_corrected_here(actors: Actors) -> None:
    other = actors.other_patient.person.cases.get()
    note = write_note(case=other, written=Written(text="Van een ander.", by=actors.treats))
    answer = client_of(actors.treats).get(address(actors, "case_note_correct", note.pk), follow=True)
    assert "Van een ander." not in answer.content.decode()


# --- drafts


def test_what_is_typed_is_kept_and_is_there_again(actors: Actors) -> None:
    client = client_of(actors.treats)
    assert client.post(address(actors, "case_draft"), {"text": "Half af", "kind": "note"}).status_code == 204
    assert "Half af</textarea>" in client.get(address(actors)).content.decode()
    assert "Half af" not in client_of(actors.colleague).get(address(actors)).content.decode()


def test_a_draft_is_kept_without_a_script_as_well(actors: Actors) -> None:
    page = write(client_of(actors.treats), actors, "Half af", draft="1")
    assert "Het concept is bewaard" in page
    assert "Half af</textarea>" in page
    assert not Note.objects.exists()


def test_signing_takes_the_draft_away_and_so_does_emptying_it(actors: Actors) -> None:
    client = client_of(actors.treats)
    client.post(address(actors, "case_draft"), {"text": "Half af", "kind": "note"})
    write(client, actors, "Af.")
    assert not Draft.objects.exists()
    client.post(address(actors, "case_draft"), {"text": "Toch niet", "kind": "note"})
    client.post(address(actors, "case_draft"), {"text": " ", "kind": "note"})
    assert not Draft.objects.exists()


def test_the_draft_of_a_message_is_another_than_that_of_a_note(actors: Actors) -> None:
    client = client_of(actors.treats)
    client.post(address(actors, "case_draft"), {"text": "Aan de persoon", "kind": "message"})
    assert "Aan de persoon" not in client.get(address(actors)).content.decode()
    assert "Aan de persoon</textarea>" in client.get(address(actors, "case_messages")).content.decode()


def test_many_notes_take_no_more_queries(actors: Actors, django_assert_max_num_queries: object) -> None:
    client = client_of(actors.treats)

    def fill(times: int) -> None:
        for _ in range(times):
            wrong = write_note(case=actors.case, written=Written(text="Fout", by=actors.treats))
            write_note(case=actors.case, written=Written(text="Goed", by=actors.treats), corrects=wrong)

    fill(3)
    client.get(address(actors))
    with django_assert_max_num_queries(30) as few:  # type: ignore[operator]
        client.get(address(actors))
    fill(30)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        page = client.get(address(actors)).content.decode()
    assert "bladzijde 1 van 2" in page
