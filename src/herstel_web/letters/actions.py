"""Everything that writes letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext, override

from herstel.flow import Recovery
from herstel_web.access import Member
from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.letters import bridge
from herstel_web.letters.models import Letter, LetterVersion


class ChangedMeanwhileError(Exception):
    """Somebody else saved a newer version; nothing was overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What a therapist made of a letter."""

    subject: str
    addressee: str
    texts: dict[str, str] = field(default_factory=dict)
    pictures: Sequence[str] = ()


@transaction.atomic
def begin(*, case: Case, kind: str, language: str, recovery: Recovery, by: User) -> Letter:
    """Compose a letter from where the case stands now."""
    with override(language):  # that of the letter, not of who writes it
        notice = gettext("This is about a made-up person.") if case.person.simulated else ""
    draft, pictures = bridge.compose(kind, recovery, language, notice)
    letter = Letter.objects.create(case=case, kind=kind, language=language, pictures=pictures, begun_by=by)
    before = LetterVersion.objects.filter(letter__case=case, letter__kind=kind).order_by("-made_at").first()
    LetterVersion.objects.create(
        letter=letter, number=1, draft=draft, addressee=before.addressee if before else "", by=by
    )
    _to_trail(letter, "letter:begun", by)
    return letter


@transaction.atomic
def save(*, letter: Letter, seen: int, made: Changed, by: User) -> LetterVersion:
    """Keep what was changed as a new version.

    Raises
    ------
    ChangedMeanwhileError
        When the version that was changed is no longer the last one.
    """
    last = _last(letter, seen)
    draft = bridge.changed(bridge.draft_of(last), made.texts, made.subject, made.pictures)
    return _add(letter, LetterVersion(draft=draft, addressee=made.addressee), seen, by)


@transaction.atomic
def sign(*, letter: Letter, seen: int, member: Member) -> LetterVersion:
    """Make the last version final, with the name of who signs it and the PDF as it goes out.

    Raises
    ------
    ChangedMeanwhileError
        When the version that was read is no longer the last one.
    InputError
        When it cannot be set as PDF.
    """
    last = _last(letter, seen)
    version = LetterVersion(
        letter=letter, number=seen + 1, draft=last.draft, addressee=last.addressee, signed=True, by=member.user
    )
    signer = (member.user.shown_name, member.practice.name)
    version.pdf = bridge.pdf(version, member.practice, letter.case.person, signer)
    return _add(letter, version, seen, member.user)


@transaction.atomic
def mark_sent(*, letter: Letter, way: str, by: User) -> None:
    """Write down how and when a signed letter went out."""
    letter.sent_at, letter.sent_by_way = timezone.now(), way
    letter.save(update_fields=["sent_at", "sent_by_way"])
    _to_trail(letter, "letter:sent", by)


@transaction.atomic
def withdraw(*, letter: Letter, back: bool, by: User) -> None:
    """Throw a draft away, or bring it back."""
    letter.withdrawn_at = None if back else timezone.now()
    letter.save(update_fields=["withdrawn_at"])
    _to_trail(letter, "letter:restored" if back else "letter:withdrawn", by)


def _last(letter: Letter, seen: int) -> LetterVersion:
    last: LetterVersion | None = letter.versions.order_by("-number").first()
    if last is None or last.number != seen:
        raise ChangedMeanwhileError
    return last


def _add(letter: Letter, version: LetterVersion, seen: int, by: User) -> LetterVersion:
    version.letter, version.number, version.by = letter, seen + 1, by
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError:
        raise ChangedMeanwhileError from None
    _to_trail(letter, "letter:signed" if version.signed else "letter:saved", by)
    return version


def _to_trail(letter: Letter, what: str, by: User) -> None:
    case = letter.case
    audit.record(
        action=Event.Action.WRITE,
        what=what,
        by=by,
        practice_id=case.practice_id,
        person_id=case.person_id,
        case_id=case.pk,
    )
