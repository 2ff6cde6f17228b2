"""Everything that writes about filming. Each is one transaction and leaves a line in the trail."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from herstel.errors import InputError, Problem, marked
from herstel_web.accounts.models import User
from herstel_web.analysis.actions import record_test
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case
from herstel_web.correspondence import storage
from herstel_web.correspondence.storage import Stored
from herstel_web.filming import bridge
from herstel_web.filming.engine import Measured
from herstel_web.filming.models import Recording
from herstel_web.people.actions import CONSENT_TEXT
from herstel_web.people.models import Consent, Person

MOST_VIDEOS = 20
"""So many recordings of one case may hold a video at once."""
KEPT_DAYS = {Recording.Keep.WEEK: 7, Recording.Keep.MONTH: 30, Recording.Keep.UNTIL_JUDGED: 30}
State = Recording.State


def _to_trail(case: Case, what: str, by: User | None, action: Event.Action = Event.Action.WRITE) -> None:
    audit.record(
        action=action, what=what, by=by, practice_id=case.practice_id, person_id=case.person_id, case_id=case.pk
    )


# --- consent ---------------------------------------------------------------------------------------------------------


def may_film(person: Person) -> bool:
    """Whether the person agreed to being filmed, and still does."""
    return person.consents.filter(kind=Consent.Kind.FILM, withdrawn_at=None).exists()


@transaction.atomic
def agree(*, case: Case, by: User) -> None:
    """Write down that the person agrees to being filmed; who wrote it down stands in the trail."""
    Person.objects.select_for_update().get(pk=case.person_id)
    if not may_film(case.person):
        Consent.objects.create(person=case.person, kind=Consent.Kind.FILM, text_version=CONSENT_TEXT)
        _to_trail(case, "film:agreed", by, Event.Action.MANAGE)


@transaction.atomic
def withdraw(*, case: Case, by: User) -> None:
    """Take the consent back: videos and points of the body go, and what nobody accepted goes altogether."""
    Person.objects.select_for_update().get(pk=case.person_id)
    agreed = case.person.consents.filter(kind=Consent.Kind.FILM, withdrawn_at=None)
    if not agreed.update(withdrawn_at=timezone.now()):
        return
    _to_trail(case, "film:withdrawn", by, Event.Action.MANAGE)
    for one in Recording.objects.filter(case__person=case.person).select_related("case"):
        if one.state != State.ACCEPTED:
            one.delete()
            continue
        _forget(one.landmarks_as)
        one.landmarks_as = ""
        one.save(update_fields=["landmarks_as"])
        remove_video(recording=one, by=by)


# --- taking a recording in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A video that came in: of which test and side, how long it is kept, and its bytes."""

    movement: str
    side: str
    keep: Recording.Keep
    kind: str
    chunks: Iterable[bytes]
    key: UUID = field(default_factory=uuid4)


def take_in(*, case: Case, film: Film, from_person: bool, by: User, today: date) -> Recording:
    """Keep a video and let it be measured; the same ``key`` twice is the same recording.

    Raises
    ------
    InputError
        When it is no video that may be measured, or the case holds as many as it may; nothing is kept then.
    """
    known = Recording.objects.filter(case=case, key=film.key).first()
    if known is not None:
        return known
    stored = storage.write(film.chunks)
    try:
        bridge.probe(storage.path_of(stored.stored_as))
        return _keep(case, film, stored, from_person=from_person, by=by, today=today)
    except BaseException:
        storage.remove(stored.stored_as)
        raise


@transaction.atomic
def _keep(  # noqa: PLR0913 - one line of a table
    case: Case, film: Film, stored: Stored, *, from_person: bool, by: User, today: date
) -> Recording:
    Case.objects.select_for_update().get(pk=case.pk)
    if Recording.objects.filter(case=case).exclude(stored_as="").count() >= MOST_VIDEOS:
        reason = marked("this case holds as many videos as it may.")
        raise InputError([Problem(thing="video", reason=reason, remedy=marked("Remove one that is not needed."))])
    recording = Recording.objects.create(
        case=case, movement=film.movement, side=film.side, filmed_on=today, from_person=from_person, sent_by=by,
        signed=case.person.name if from_person else by.shown_name, key=film.key, keep=film.keep,
        keep_until=_end(film.keep, timezone.now()), kind=film.kind, size_bytes=stored.size_bytes,
        stored_as=stored.stored_as,
    )  # fmt: skip
    _to_trail(case, "film:added", by)
    _let_measure(recording)
    return recording


def _end(keep: Recording.Keep, now: datetime) -> datetime:
    return now + timedelta(days=KEPT_DAYS[keep])


def _let_measure(recording: Recording) -> None:
    from herstel_web.filming.tasks import measure_recording

    def enqueue() -> None:
        measure_recording.enqueue(str(recording.pk))

    transaction.on_commit(enqueue)


@transaction.atomic
def measure_again(*, recording: Recording, by: User, person_number: int | None = None) -> bool:
    """Let a recording be measured once more, perhaps of somebody else in the picture; False when that cannot be."""
    now = Recording.objects.select_for_update().get(pk=recording.pk)
    if now.judged or not now.stored_as or (now.under_way and not now.quiet):
        return False
    now.state, now.problems, now.report = State.WAITING, [], None
    now.frames_done, now.frames_expected, now.touched_at = 0, None, timezone.now()
    now.person_number = person_number if person_number is not None else now.person_number
    _forget(now.landmarks_as)
    now.landmarks_as = ""
    if person_number is None:  # everybody is looked at anew
        _forget(now.people_as)
        now.people_as, now.people_most = "", 0
    now.save()
    _to_trail(now.case, "film:measured_again", by)
    _let_measure(now)
    return True


# --- what came of it -------------------------------------------------------------------------------------------------


def keep_measured(*, recording: Recording, measured: Measured) -> None:
    """Keep what was measured and the points of the body."""
    landmarks = storage.write([measured.landmarks])
    people_as = storage.write([measured.people]).stored_as if measured.people else ""
    more = {"people_as": people_as, "people_most": measured.people_most} if measured.people_most else {}
    state = State.READY if measured.report["measurements"] else State.REFUSED
    with transaction.atomic():
        kept = Recording.objects.filter(pk=recording.pk, state__in=(State.WAITING, State.BUSY)).update(
            state=state, report=measured.report, landmarks_as=landmarks.stored_as, **more,
            width_px=measured.width_px, height_px=measured.height_px, touched_at=timezone.now(),
        )  # fmt: skip
        if not kept:  # it was removed meanwhile, or another worker was first
            _forget(landmarks.stored_as)
            _forget(people_as)


def keep_failure(*, recording: Recording, problems: Sequence[Problem]) -> None:
    """Keep why nothing could be measured."""
    told = [
        {"thing": "video", "reason": one.reason, "remedy": one.remedy, "values": _plain(one.values)} for one in problems
    ]
    Recording.objects.filter(pk=recording.pk, state__in=(State.WAITING, State.BUSY)).update(
        state=State.FAILED, problems=told, touched_at=timezone.now()
    )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value if isinstance(value, int | float) else str(value) for name, value in values.items()}


# --- judging it ------------------------------------------------------------------------------------------------------


@transaction.atomic
def accept(*, recording: Recording, replace: bool, by: User, today: date) -> bool:
    """Let what was measured be a result of the chain; False when somebody judged it already.

    Raises
    ------
    InputError
        When the same was measured on that day already and it is not to be replaced; nothing changes then.
    """
    case = Case.objects.select_for_update().get(pk=recording.case_id)
    now = Recording.objects.select_for_update().get(pk=recording.pk)
    if now.state != State.READY:
        return False
    entries = bridge.entries_of(now)
    if entries:
        record_test(case=case, entries=entries, by=by, today=today, sent=bridge.sent_of(now, replace=replace))
    _judge(now, State.ACCEPTED, by)
    return True


@transaction.atomic
def reject(*, recording: Recording, because: str, by: User) -> bool:
    """Say that a recording is no result, with the reason; False when somebody judged it already."""
    now = Recording.objects.select_for_update().get(pk=recording.pk)
    if now.state not in (State.READY, State.REFUSED, State.FAILED):
        return False
    now.because = because
    _judge(now, State.REJECTED, by)
    return True


def _judge(recording: Recording, state: Recording.State, by: User) -> None:
    recording.state, recording.judged_at = state, timezone.now()
    recording.judged_by, recording.judged_signed = by, by.shown_name
    recording.save(update_fields=["state", "judged_at", "judged_by", "judged_signed", "because"])
    _to_trail(recording.case, f"film:{state}", by)
    if recording.keep == Recording.Keep.UNTIL_JUDGED:
        remove_video(recording=recording, by=by)


# --- removing --------------------------------------------------------------------------------------------------------


@transaction.atomic
def remove_video(*, recording: Recording, by: User | None) -> None:
    """Take the video away; what was measured and the points stay. What was never measured cannot be any more."""
    stored_as = recording.stored_as
    if not stored_as:
        return
    Recording.objects.filter(pk=recording.pk).update(stored_as="", people_as="")
    _forget(recording.people_as)
    recording.stored_as = recording.people_as = ""
    if recording.under_way:
        reason, remedy = marked("the video was removed before it was measured."), marked("Film once more.")
        keep_failure(recording=recording, problems=[Problem(thing="video", reason=reason, remedy=remedy)])
    _to_trail(recording.case, "film:video_removed", by, Event.Action.ERASE)
    _forget(stored_as)


@transaction.atomic
def remove(*, recording: Recording, by: User) -> bool:
    """Take a recording away that is no result of the chain; False for one that is."""
    if recording.state == State.ACCEPTED:
        return False
    _to_trail(recording.case, "film:removed", by, Event.Action.ERASE)
    recording.delete()
    return True


def _forget(stored_as: str) -> None:
    if stored_as:
        transaction.on_commit(lambda: storage.remove(stored_as))
