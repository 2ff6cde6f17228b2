"""The zip file: complete, the same every time, and read back as what went in."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from herstel.case_file import read_case
from herstel.flow import recover
from herstel.knowledge.model import Knowledge
from herstel_fhir.package import export_zip
from herstel_fhir.record import Record
from tests.fhir.authority import Found, check
from tests.fhir.records import EXAMPLES, LATE, LETTER, example

Files = dict[str, bytes]


def unpacked(content: bytes) -> Files:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def files(whole: Record) -> Files:
    return unpacked(export_zip(whole))


def test_the_same_record_gives_the_same_bytes_with_the_time_it_was_given(whole: Record) -> None:
    content = export_zip(whole)
    assert content == export_zip(whole)
    with ZipFile(BytesIO(content)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 12, 31, 14, 30, 20)}
    assert content != export_zip(replace(whole, recorded=whole.recorded + timedelta(hours=1)))


def test_it_holds_the_bundle(files: Files, bundle: Found) -> None:
    read = json.loads(files["bundle.json"])
    assert read == bundle
    check(read)


def test_each_kind_of_resource_has_a_file_with_one_on_a_line(files: Files, bundle: Found) -> None:
    found: dict[str, Any] = {}
    for name, content in files.items():
        if name.startswith("ndjson/"):
            for line in content.decode().splitlines():
                one = json.loads(line)
                assert name == f"ndjson/{one['resourceType']}.ndjson"
                found[f"{one['resourceType']}/{one['id']}"] = one
    assert len(found) == len(bundle["entry"])
    assert "urn:uuid:" not in json.dumps(list(found.values()))
    for reference in _references(list(found.values())):
        assert reference in found


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for part in value for one in _references(part)]
    if not isinstance(value, dict):
        return []
    own = [value["reference"]] if isinstance(value.get("reference"), str) else []
    return own + [one for part in value.values() for one in _references(part)]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_case_in_it_leads_to_the_same_conclusions(file: Any, knowledge: Knowledge) -> None:
    record = example(file, knowledge)
    raw = json.loads(unpacked(export_zip(record))["case.json"])
    again = read_case(raw, knowledge, LATE)
    assert recover(again, record.today, knowledge) == record.recovery


def test_the_case_tells_up_to_which_day_it_goes(whole: Record) -> None:
    followed_now = replace(whole, case=replace(whole.case, as_of=None))
    assert json.loads(unpacked(export_zip(followed_now))["case.json"])["as_of"] == "2026-09-14"


def test_the_letters_are_in_it_as_they_were_sent(files: Files, whole: Record) -> None:
    assert files["letters/001.pdf"] == LETTER.pdf
    without = unpacked(export_zip(replace(whole, letters=())))
    assert not any(name.startswith("letters/") for name in without)
    assert "letters" not in without["README.txt"].decode()


def test_the_fingerprints_are_those_of_the_files(files: Files) -> None:
    lines = files["SHA256SUMS"].decode().splitlines()
    listed = dict(line.split("  ")[::-1] for line in lines)
    assert listed == {name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"}


def test_the_text_beside_it_explains_every_file_in_both_languages(files: Files, whole: Record) -> None:
    text = files["README.txt"].decode()
    assert text.index("Alles uit dit dossier") < text.index("Everything in this record")
    for name in ("bundle.json", "case.json", "ndjson/", "letters/", "SHA256SUMS"):
        assert text.count(f"\n{name}") == 2
    assert "Verzonnen als voorbeeld" in text
    english = unpacked(export_zip(replace(whole, language="en", case=replace(whole.case, simulated_parts=()))))
    text = english["README.txt"].decode()
    assert text.startswith("Everything in this record")
    assert "Made up" not in text
