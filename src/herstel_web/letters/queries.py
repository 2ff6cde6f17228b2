"""Everything that reads letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, OuterRef, QuerySet, Subquery
from django.http import Http404

from herstel_web.cases.models import Case
from herstel_web.letters.models import Letter, LetterVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A letter in a list, with the state it is in."""

    letter: Letter
    version: int
    signed: bool
    by: str


def listed(case: Case) -> Sequence[Listed]:
    """The letters of a case, newest first; drafts that were thrown away last."""
    newest = LetterVersion.objects.filter(letter=OuterRef("pk")).order_by("-number")
    letters = (
        Letter.objects.filter(case=case)
        .annotate(
            number=Max("versions__number"),
            is_signed=Subquery(newest.values("signed")[:1]),
            name=Subquery(newest.values("by__name")[:1]),
        )
        .order_by("withdrawn_at", "-begun_at")
    )
    return [Listed(letter=one, version=one.number, signed=bool(one.is_signed), by=one.name or "") for one in letters]


def letter_of(case: Case, letter_id: UUID) -> Letter:
    """A letter of this case; what is not of this case does not exist."""
    letter = Letter.objects.filter(case=case, pk=letter_id).select_related("case__person").first()
    if letter is None:
        raise Http404
    return letter


def newest(letter: Letter) -> LetterVersion:
    """The last version of a letter."""
    version: LetterVersion = letter.versions.select_related("by").latest("number")
    return version


def versions(letter: Letter) -> "QuerySet[LetterVersion]":
    """All versions, newest first, without their PDFs."""
    return letter.versions.defer("pdf", "draft").select_related("by").order_by("-number")


def signed_for_the_person(case: Case) -> "QuerySet[LetterVersion]":
    """The letters that were signed, for the person they are about."""
    signed = LetterVersion.objects.filter(letter__case=case, signed=True).select_related("letter", "by")
    return signed.defer("pdf", "draft").order_by("-made_at")
