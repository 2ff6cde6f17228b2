import contextlib
import json
import stat
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from herstel.errors import HerstelError
from herstel_web.operation.backup import check, write_backup
from tests.web.installation import Installation

FILE = Path("files") / "case" / "picture.jpg"


@pytest.fixture
def copy(in_use: Installation, tmp_path: Path) -> Path:
    """A copy of an installation with a case and an uploaded file."""
    (in_use.state / FILE).parent.mkdir(parents=True)
    (in_use.state / FILE).write_bytes(b"\x00picture" * 1000)
    return backed_up(in_use, tmp_path / "copy.zip")


def backed_up(here: Installation, target: Path) -> Path:
    done = here.run("backup", str(target), "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "The copy is whole" in done.stdout
    return target


def refused(here: Installation, *arguments: object) -> str:
    done = here.run(*map(str, arguments), "--lang", "en")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_copy_put_back_elsewhere_holds_every_row_and_every_file(
    in_use: Installation, there: Installation, copy: Path
) -> None:
    done = there.run("restore", str(copy), "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert there.lines("rows") == in_use.lines("rows")
    assert there.lines("keys") == in_use.lines("keys")
    assert (there.state / FILE).read_bytes() == (in_use.state / FILE).read_bytes()
    assert "herstel serve" in done.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [file.name for file in copy.parent.iterdir() if file.name.startswith(".")] == [], "nothing half done is left"
    with there.served() as served:
        assert served.status("/healthz") == 200


def test_a_copy_made_during_writes_holds_no_half_fact(
    in_use: Installation, there: Installation, tmp_path: Path
) -> None:
    with in_use.program("write", "100000") as writer:
        assert writer.stdout is not None
        before = [writer.stdout.readline().strip() for _ in range(5)]
        backed_up(in_use, tmp_path / "copy.zip")
        assert writer.poll() is None, "it wrote while the copy was made"
        writer.kill()
    there.run("restore", str(tmp_path / "copy.zip"))
    assert set(before) <= set(there.lines("keys"))
    assert len(there.lines("keys")) < len(in_use.lines("keys"))


def test_records_are_replaced_only_when_that_is_asked_and_then_kept_aside(in_use: Installation, copy: Path) -> None:
    copied = in_use.lines("keys")
    in_use.lines("write", "2")
    before = in_use.lines("keys")
    said = refused(in_use, "restore", copy)
    assert "there are records already" in said
    assert "--force" in said
    assert in_use.lines("keys") == before
    done = in_use.run("restore", str(copy), "--force", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert in_use.lines("keys") == copied
    (aside,) = (in_use.state / "aside").iterdir()
    assert str(aside) in done.stdout.replace("\n", "")
    assert [file.name for file in aside.iterdir() if file.name.startswith("database") or "sqlite3" in file.name]


def test_nothing_is_put_back_under_a_running_server(in_use: Installation, copy: Path) -> None:
    with in_use.served():
        assert "Herstel is running" in refused(in_use, "restore", copy, "--force")


def test_a_damaged_copy_is_refused_and_nothing_is_touched(in_use: Installation, copy: Path) -> None:
    before = in_use.lines("rows")
    content = bytearray(copy.read_bytes())
    middle = len(content) // 2
    # Many bytes: a single one may point to other zeros of an empty page, and then nothing is damaged.
    content[middle : middle + 400] = bytes(byte ^ 0xFF for byte in content[middle : middle + 400])
    copy.write_bytes(content)
    assert "Use another copy" in refused(in_use, "restore", copy, "--force")
    assert in_use.lines("rows") == before


def test_wherever_a_copy_is_damaged_it_is_whole_or_refused_in_words(tmp_path: Path) -> None:
    content = archive(tmp_path / "copy.zip").read_bytes()
    damaged = tmp_path / "damaged.zip"
    for place in range(len(content)):
        damaged.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        with contextlib.suppress(HerstelError):
            assert set(check(damaged).sha256) == set(PARTS)


PARTS = {"database.sqlite3": b"all the records", "files/case/picture.jpg": b"a picture"}


def archive(file: Path, changed: str = "", more: str = "") -> Path:
    """A copy as Herstel writes one, of parts that are easy to tell; with one that was changed or added later."""
    sums = {name: sha256(content).hexdigest() for name, content in PARTS.items()}
    told = {"format": 1, "herstel": "0.1.0", "made_at": "2026-11-26T12:00:00+00:00", "database": "sqlite"}
    manifest = told | {"migrations": [], "rows": {}, "sha256": sums, "with_files": True}
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr("manifest.json", json.dumps(manifest))
        for name, content in PARTS.items():
            opened.writestr(name, b"something else" if name == changed else content)
        if more:
            opened.writestr(more, b"not ours")
    return file


def test_a_copy_that_is_as_it_was_written_is_whole(tmp_path: Path) -> None:
    assert set(check(archive(tmp_path / "copy.zip")).sha256) == set(PARTS)


@pytest.mark.parametrize("part", PARTS)
def test_a_copy_with_a_part_that_was_changed_is_refused(tmp_path: Path, part: str) -> None:
    with pytest.raises(HerstelError, match="1 parts are not as they were written"):
        check(archive(tmp_path / "copy.zip", changed=part))


def test_a_copy_to_which_something_was_added_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HerstelError, match="the copy is damaged"):
        check(archive(tmp_path / "copy.zip", more="../outside"))


def test_what_is_no_copy_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.zip").write_text("Dear reader")
    for name in ("letter.zip", "nothing.zip"):
        with pytest.raises(HerstelError, match="this is not a copy"):
            check(tmp_path / name)


def test_a_copy_of_a_newer_version_is_refused(in_use: Installation, there: Installation, tmp_path: Path) -> None:
    in_use.lines("from_the_future")
    copy = backed_up(in_use, tmp_path / "copy.zip")
    assert "a newer version of Herstel" in refused(there, "restore", copy)
    assert "a newer version of Herstel" in refused(in_use, "serve", "--port", "0")


def test_an_existing_copy_is_never_overwritten(tmp_path: Path) -> None:
    with pytest.raises(HerstelError, match="there is such a file already"):
        write_backup(archive(tmp_path / "copy.zip"))


def test_in_a_folder_copies_are_named_by_their_time_and_old_ones_removed(in_use: Installation, tmp_path: Path) -> None:
    for name in ("herstel-20260101-010101.zip", "herstel-20260102-010101.zip", "herstel-holiday.zip"):
        (tmp_path / name).write_text("old")
    assert in_use.run("backup", str(tmp_path), "--keep", "2", "--lang", "en").returncode == 0
    names = sorted(file.name for file in tmp_path.glob("*.zip"))
    assert len(names) == 3
    assert {"herstel-20260102-010101.zip", "herstel-holiday.zip"} <= set(names)


@pytest.mark.django_db
def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(HerstelError, match="the copy could not be made"):
        write_backup(tmp_path / "nowhere" / "copy.zip")


def test_a_copy_is_made_before_the_database_is_brought_up_to_date(in_use: Installation, there: Installation) -> None:
    in_use.lines("migrate_back", "operation", "zero")
    before = in_use.lines("rows")
    with in_use.served() as served:
        said = served.stop()
    (copy,) = (in_use.state / "copies").iterdir()
    assert str(copy) in said
    assert there.run("restore", str(copy)).returncode == 0
    assert there.lines("rows") == before
