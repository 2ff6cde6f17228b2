"""Everything about one person in one zip file, with a text that says what each file in it is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from herstel.case_writing import write_case
from herstel.errors import marked
from herstel.text import LANGUAGES, Language, say
from herstel_fhir.bundle import export_bundle
from herstel_fhir.elements import Element
from herstel_fhir.record import Record

BUNDLE, CASE, LETTERS = "bundle.json", "case.json", "letters/*.pdf"
README, CHECKSUMS = "README.txt", "SHA256SUMS"
_READABLE = 0o644 << 16
_UNIX = 3
_FILES: Mapping[str, str] = {
    BUNDLE: marked("everything, as one FHIR R4 (4.0.1) Bundle: for another care provider or system"),
    "ndjson/*.ndjson": marked("the same, one file for each kind of resource and one resource on a line"),
    CASE: marked("the facts only, as a case file of Herstel; 'herstel tour case.json' shows it"),
    LETTERS: marked("the letters that were sent"),
    CHECKSUMS: marked("the fingerprint of each file; 'sha256sum --check SHA256SUMS' tells whether one was changed"),
}


def export_zip(record: Record) -> bytes:
    """Everything about one person as the bytes of a zip file; the same record always gives the same bytes.

    Parameters
    ----------
    record : Record
        Its ``recorded`` is the time of every file in the zip.
    """
    files = export_files(record)
    files[CHECKSUMS] = "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name in sorted(files):
            entry = ZipInfo(name, date_time=record.recorded.timetuple()[:6])
            entry.external_attr, entry.create_system = _READABLE, _UNIX  # the same on every machine
            archive.writestr(entry, files[name], compress_type=ZIP_DEFLATED)
    return content.getvalue()


def export_files(record: Record) -> dict[str, bytes]:
    """The content of every file by its name, without the fingerprints."""
    bundle = export_bundle(record)
    case = replace(record.case, as_of=record.today)
    by_type: dict[str, list[str]] = {}
    types = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in bundle["entry"]}
    for entry in bundle["entry"]:
        alone = _json(_relative(entry["resource"], types))
        by_type.setdefault(entry["resource"]["resourceType"], []).append(alone + "\n")
    return {
        README: _readme(record).encode(),
        BUNDLE: (_json(bundle) + "\n").encode(),
        CASE: write_case(case, record.knowledge).encode(),
        **{f"ndjson/{kind}.ndjson": "".join(lines).encode() for kind, lines in by_type.items()},
        **{f"letters/{number:03}.pdf": one.pdf for number, one in enumerate(record.letters, start=1)},
    }


def _json(value: Element) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _relative(value: Any, types: Mapping[str, str]) -> Any:
    """The same with references by type and id: outside the bundle its addresses mean nothing."""
    if isinstance(value, dict):
        return {name: _relative(part, types) for name, part in value.items()}
    if isinstance(value, list):
        return [_relative(part, types) for part in value]
    return f"{types[value]}/{value.removeprefix('urn:uuid:')}" if isinstance(value, str) and value in types else value


def _readme(record: Record) -> str:
    """What each file is, in the language of the export first."""
    order = sorted(LANGUAGES, key=lambda language: language != record.language)
    return "\n\n".join(_explained(record, language) for language in order)


def _explained(record: Record, language: Language) -> str:
    lines = [
        say(language, "Everything in this record of Herstel, as of {day}", day=record.today.isoformat()),
        "",
        *(f"{name}\n    {say(language, words)}" for name, words in _FILES.items() if record.letters or name != LETTERS),
        "",
        say(language, "What Herstel concluded are estimates. No clinician has reviewed them."),
        say(language, "These files are about health and are not encrypted: keep them where only you can open them."),
    ]
    if record.case.simulated:
        lines.insert(1, say(language, "Made up for an example, about no real person (in part or as a whole)."))
    return "\n".join(lines) + "\n"
