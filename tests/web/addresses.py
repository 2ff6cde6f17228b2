"""Every address of the site, and what to put into its parts: records of the actors."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from herstel_web.access import Access, access_of
from herstel_web.cases.actions import NewFact, record_fact
from herstel_web.cases.models import Fact
from herstel_web.cases.queries import standing
from herstel_web.correspondence.actions import Upload, Written, add_file, write_note
from herstel_web.correspondence.models import File, Note
from herstel_web.filming import actions as films
from herstel_web.filming.bridge import question_of
from herstel_web.filming.models import Recording
from herstel_web.letters import bridge as letters
from herstel_web.letters.models import Letter, LetterVersion
from tests.web.actors import Actors, check_in
from tests.web.agenda import some_appointment, some_entry, some_offer
from tests.web.fake_pose import PNG, VIDEO, pretended

THIRD_PARTY = ("allauth.",)
"""Pages of a library that guards its own: signing in, passwords, second steps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One address: its name, the names of its parts, and who may open it."""

    name: str
    parts: tuple[str, ...]
    access: Access | None
    module: str

    def __str__(self) -> str:
        return self.name


def routes() -> Iterator[Route]:
    """Every address of the site."""
    yield from _below(get_resolver(), "", ())


def _below(resolver: URLResolver, prefix: str, parts: tuple[str, ...]) -> Iterator[Route]:
    for one in resolver.url_patterns:
        names = (*parts, *one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from _below(one, prefix + (f"{one.namespace}:" if one.namespace else ""), names)
        elif isinstance(one, URLPattern):
            view = one.callback
            yield Route(name=prefix + (one.name or "?"), parts=names, access=access_of(view), module=view.__module__)


ROUTES = [one for one in routes() if not one.module.startswith(THIRD_PARTY)]


def a_letter(actors: Actors) -> Letter:
    """A signed letter about the case."""
    known = Letter.objects.filter(case=actors.case, versions__signed=True).first()
    if known is not None:
        return known
    letter = Letter.objects.create(case=actors.case, kind="gp_referral", language="nl")
    recovery = standing(actors.case, timezone.localdate()).recovery
    draft, _ = letters.compose("gp_referral", recovery, "nl", "")
    LetterVersion.objects.create(letter=letter, number=1, draft=draft, signed=True, pdf=b"%PDF-")
    return letter


def note_of(actors: Actors) -> Note:
    return write_note(case=actors.case, written=Written(text="A note", by=actors.treats))


def file_of(actors: Actors) -> File:
    upload = Upload(name="letter.pdf", kind="application/pdf", chunks=[b"%PDF-1.7"])
    return add_file(case=actors.case, upload=upload, from_person=False, by=actors.treats)


def a_measurement(actors: Actors) -> Fact:
    """A measurement of the case that is shared with the practice."""
    day = timezone.localdate()
    entry = {"test": "active_knee_extension", "side": "left", "value": 30, "date": day.isoformat()}
    known = Fact.objects.filter(case=actors.case, part="measurements").first()
    return known or record_fact(
        case=actors.case, fact=NewFact(part=Fact.Part.MEASUREMENTS, entry=entry, day=day), by=actors.treats, today=day
    )


def a_check_in(actors: Actors) -> Fact:
    known = Fact.objects.filter(case=actors.case, part="check_ins").first()
    return known or check_in(actors.case, timezone.localdate())


def a_recording(actors: Actors) -> Recording:
    """A recording of the case, measured; the person agreed to it."""
    films.agree(case=actors.case, by=actors.patient)
    measured = Recording.objects.filter(case=actors.case, movement="active_knee_extension", state="ready")
    return measured.first() or filmed(actors, "active_knee_extension/near")


def filmed(actors: Actors, shows: str, side: str = "right") -> Recording:
    """A recording that shows a drawn person, measured at once. Nobody needs to have agreed to it."""
    movement = shows.partition("/")[0]
    film = films.Film(movement=movement, side=side, keep=Recording.Keep.WEEK, kind="video/mp4", chunks=[VIDEO])
    with pretended(shows) as fake:
        fake.people = PNG
        made = films.take_in(
            case=actors.case, film=film, from_person=True, by=actors.patient, today=timezone.localdate()
        )
        films.keep_measured(recording=made, measured=fake.measure(Path(), question_of(made), lambda *_: None))
    made.refresh_from_db()
    return made


Build = Callable[[Actors], object]
PARTS: Mapping[str, Build] = {
    "movement": lambda _: "active_knee_extension",
    "leg": lambda _: "right",
    "recording_id": lambda actors: a_recording(actors).pk,
    "case_id": lambda actors: actors.case.pk,
    "question_id": lambda _: "age",
    "article_id": lambda _: "grades",
    "exercise_id": lambda _: "glute_bridge",
    "language": lambda _: "nl",
    "test_id": lambda _: "active_knee_extension",
    "fact_id": lambda actors: a_measurement(actors).pk,
    "check_in_id": lambda actors: a_check_in(actors).pk,
    "letter_id": lambda actors: a_letter(actors).pk,
    "version_id": lambda actors: a_letter(actors).versions.get(signed=True).pk,
    "kind": lambda _: "morning",
    "day": lambda _: timezone.localdate().isoformat(),
    "token": lambda _: "no-such-token",
    "subject": lambda _: "urgency",
    "note_id": lambda actors: note_of(actors).pk,
    "file_id": lambda actors: file_of(actors).pk,
    "practice_id": lambda actors: actors.practice.pk,
    "kind_id": lambda actors: some_appointment(actors).kind_id,
    "appointment_id": lambda actors: some_appointment(actors).pk,
    "entry_id": lambda actors: some_entry(actors).pk,
    "hours_id": lambda _: 1,  # these are only sent to, never opened
    "absence_id": lambda _: 1,
    "place_id": lambda _: 1,
    "offer_id": lambda actors: some_offer(actors).pk,
    "membership_id": lambda actors: actors.practice.memberships.earliest("pk").pk,
    "invitation_id": lambda _: 1,
    "location_id": lambda actors: actors.practice.locations.get_or_create(name="A place")[0].pk,
    "text_id": lambda actors: actors.practice.text_templates.get_or_create(kind="note", title="A text", text="x")[0].pk,
}
"""What to put in an address: something of the case that is shared with the practice. A new part needs a line here."""


def address(route: Route, actors: Actors) -> str:
    missing = set(route.parts) - set(PARTS)
    assert not missing, f"say in PARTS what to put for {missing} in the address of {route}"
    return reverse(route.name, kwargs={part: PARTS[part](actors) for part in route.parts})
