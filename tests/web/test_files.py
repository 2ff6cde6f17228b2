"""Files: checked by their bytes, kept outside what is served, handed out to save only, gone with the case."""

import hashlib
import stat
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from herstel_web.audit.models import Event
from herstel_web.correspondence import actions, storage
from herstel_web.correspondence.forms import harmless_name
from herstel_web.correspondence.models import File
from herstel_web.correspondence.sniffing import kind_of
from tests.web.actors import Actors, client_of

PDF = b"%PDF-1.7 a letter of the GP"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


def on_disk(state: Path) -> list[Path]:
    return [path for path in state.rglob("*") if path.is_file()]


def upload(client: Client, address: str, content: bytes = PDF, name: str = "brief.pdf") -> str:
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)}, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def by_practice(actors: Actors) -> str:
    return reverse("case_file_add", args=[actors.case.pk])


# --- in and out


def test_a_file_of_the_practice_is_kept_and_comes_back_as_it_was(actors: Actors, state: Path) -> None:
    client = client_of(actors.treats)
    assert "Het bestand is bewaard" in upload(client, by_practice(actors))
    file = File.objects.get()
    assert (file.name, file.kind, file.size_bytes, file.signed) == ("brief.pdf", "application/pdf", len(PDF), "Treats")
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    answer = client.get(reverse("case_file", args=[actors.case.pk, file.pk]))
    assert answer.content == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="brief.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["Cache-Control"] == "no-store"
    (kept,) = on_disk(state)
    assert kept.parent.parent == state / "files"
    assert "brief" not in kept.name
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_person_sends_a_file_and_both_sides_read_it(actors: Actors) -> None:
    person = client_of(actors.patient)
    assert "Je praktijk ziet het" in upload(person, reverse("my_file_add"), JPEG, "blauwe plek.jpeg")
    file = File.objects.get()
    assert (file.name, file.kind, file.from_person) == ("blauwe plek.jpg", "image/jpeg", True)
    assert person.get(reverse("my_file", args=[file.pk])).content == JPEG
    assert client_of(actors.owner).get(reverse("case_file", args=[actors.case.pk, file.pk])).content == JPEG


def test_adding_and_opening_a_file_leave_lines_in_the_trail(actors: Actors) -> None:
    client = client_of(actors.treats)
    upload(client, by_practice(actors))
    client.get(reverse("case_file", args=[actors.case.pk, File.objects.get().pk]))
    lines = Event.objects.filter(case_id=actors.case.pk, by=actors.treats)
    assert lines.filter(action="write", what="file:added").exists()
    assert lines.filter(action="read", what="case_file").exists()


def test_a_file_of_somebody_else_is_not_found(actors: Actors) -> None:
    upload(client_of(actors.patient), reverse("my_file_add"))
    file = File.objects.get()
    assert client_of(actors.other_patient).get(reverse("my_file", args=[file.pk])).status_code == 404
    assert client_of(actors.outsider).get(reverse("case_file", args=[actors.case.pk, file.pk])).status_code == 404
    assert client_of(actors.patient).get(reverse("my_file", args=[uuid4()])).status_code == 404


def test_without_a_practice_nothing_is_sent(actors: Actors) -> None:
    answer = client_of(actors.other_patient).post(reverse("my_file_add"), {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert answer.status_code == 404


# --- what is refused


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html><script>alert(1)</script>", "brief.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "foto.png"),
        (b"MZ\x90\x00", "foto.jpg"),
        (b"PK\x03\x04", "brief.docx"),
        (b"RIFF\x00\x00\x00\x00WAVE", "geluid.webp"),
    ],
)
def test_what_a_file_is_decides_not_what_it_is_called(actors: Actors, state: Path, content: bytes, name: str) -> None:
    page = upload(client_of(actors.treats), by_practice(actors), content, name)
    assert "geen PDF of foto" in page
    assert not File.objects.exists()
    assert not on_disk(state)


def test_no_file_an_empty_one_and_one_too_large_are_told_apart(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(actors.patient)
    assert "Kies eerst een bestand" in client.post(reverse("my_file_add")).content.decode()
    assert "Dit bestand is leeg" in upload(client, reverse("my_file_add"), b"")
    monkeypatch.setattr("herstel_web.correspondence.forms.LARGEST_FILE_BYTES", 20)
    assert "groter dan 10 MB" in upload(client, reverse("my_file_add"))


def test_what_was_being_written_is_still_there_after_a_file_is_refused(actors: Actors) -> None:
    client = client_of(actors.patient)
    client.post(reverse("my_draft"), {"text": "Half af"})
    assert "Half af</textarea>" in upload(client, reverse("my_file_add"), b"MZ", "x.exe")


def test_a_case_holds_only_so_many_files(actors: Actors, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    client = client_of(actors.treats)
    upload(client, by_practice(actors))
    assert "Dit dossier is vol" in upload(client, by_practice(actors))
    assert len(on_disk(state)) == 1


@pytest.mark.parametrize(
    ("given", "kind", "kept"),
    [
        ("../../etc/passwd.pdf", "application/pdf", "passwd.pdf"),
        ("C:\\Mijn documenten\\brief.doc.pdf", "application/pdf", "brief.doc.pdf"),
        ('x"; filename="evil.html', "image/png", "x filenameevil.png"),
        ("...", "image/jpeg", "bestand.jpg"),
        ("a" * 300 + ".pdf", "application/pdf", "a" * 100 + ".pdf"),
        ("verslag één.PDF", "application/pdf", "verslag één.pdf"),
    ],
)
def test_a_name_is_made_harmless(given: str, kind: str, kept: str) -> None:
    with override("nl"):
        assert harmless_name(given, kind) == kept


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png"), (b"RIFF\x00\x00\x00\x00WEBP", "image/webp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"), (b"\x00\x00\x00\x18ftypisom", None), (b"", None),
    ],
)  # fmt: skip
def test_a_kind_is_told_by_the_first_bytes(head: bytes, kind: str | None) -> None:
    assert kind_of(head) == kind


# --- gone


def test_a_file_of_somebody_else_is_taken_away_and_that_it_was_there_stays(
    actors: Actors, state: Path, django_capture_on_commit_callbacks: object
) -> None:
    client = client_of(actors.treats)
    upload(client, by_practice(actors))
    file = File.objects.get()
    address = reverse("case_file_remove", args=[actors.case.pk, file.pk])
    client.post(address, {"because": ""})
    assert File.objects.get().removed_at is None
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        page = client.post(address, {"because": "van iemand anders"}, follow=True).content.decode()
    assert "verwijderd op" in page
    assert not on_disk(state)
    assert client.get(reverse("case_file", args=[actors.case.pk, file.pk])).status_code == 404
    assert client.post(address, {"because": "nog een keer"}).status_code == 404
    assert Event.objects.filter(action="erase", what="file:removed", by=actors.treats).exists()


def test_erasing_a_case_takes_its_files_from_disk(
    actors: Actors, state: Path, django_capture_on_commit_callbacks: object
) -> None:
    upload(client_of(actors.patient), reverse("my_file_add"))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actors.case.delete()
    assert not on_disk(state)


def test_a_file_that_is_lost_from_disk_is_not_found(actors: Actors, state: Path) -> None:
    client = client_of(actors.treats)
    upload(client, by_practice(actors))
    on_disk(state)[0].unlink()
    assert client.get(reverse("case_file", args=[actors.case.pk, File.objects.get().pk])).status_code == 404


def test_half_a_file_is_never_kept(state: Path) -> None:
    def torn() -> object:
        yield PDF
        raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        storage.write(torn())  # type: ignore[arg-type]
    assert not on_disk(state)


def test_a_name_that_was_never_given_out_reaches_nothing() -> None:
    with pytest.raises(ValueError, match="no such name"):
        storage.read("../secret_key")


def test_a_person_takes_files_notes_and_messages_along(actors: Actors) -> None:
    from herstel_web.correspondence.export import correspondence

    upload(client_of(actors.patient), reverse("my_file_add"))
    client_of(actors.patient).post(reverse("my_draft"), {"text": "Half af"})
    taken = correspondence(actors.case.person)
    assert {"notes.json", "messages.json", "drafts.json", "files.json"} < set(taken)
    assert PDF in taken.values()
    assert b"stored_as" not in taken["files.json"]
    assert b"Half af" in taken["drafts.json"]
