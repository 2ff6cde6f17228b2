"""The letters of a person, for who takes their record along."""

from herstel_web.letters.models import LetterVersion
from herstel_web.people.export import Files, as_json, rows
from herstel_web.people.models import Person


def letters(person: Person) -> Files:
    """Every version as it was written, and the signed ones as PDF."""
    files: dict[str, bytes] = {}
    for version in LetterVersion.objects.filter(letter__case__person=person).select_related("letter"):
        name = f"letters/{version.made_at:%Y-%m-%d}-{version.letter.kind}-{version.number}-{str(version.letter_id)[:8]}"
        files[f"{name}.json"] = as_json(rows([version], without=("pdf",)))
        if version.pdf:
            files[f"{name}.pdf"] = bytes(version.pdf)
    return files
