"""Tests that were filmed: a result of the chain, and one that waits for the therapist. No video is left of either."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import cast

from django.utils import timezone

from herstel.movement.measuring import measure
from herstel.movement.model import MovementTest
from herstel.movement.pose import BodySide
from herstel_pose.landmarks_file import to_bytes
from herstel_web.accounts.models import User
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts
from herstel_web.demo.lying import performed
from herstel_web.demo.model import Demo
from herstel_web.demo.records import moment
from herstel_web.filming import actions
from herstel_web.filming.engine import Measured
from herstel_web.filming.models import Recording
from herstel_web.filming.report_json import to_json
from herstel_web.knowledge import knowledge

Keep = Recording.Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """A test to be filmed so many days ago, by the person or by the therapist, who accepts it then."""

    movement: MovementTest
    days_ago: int
    from_person: bool
    keep: Recording.Keep


FILMS = (
    Film(movement="active_knee_extension", days_ago=9, from_person=True, keep=Keep.WEEK),
    Film(movement="straight_leg_raise", days_ago=3, from_person=False, keep=Keep.UNTIL_JUDGED),
)


def add_recordings(demo: Demo) -> None:
    """For each film somebody else of whom this test was measured before, so that it agrees with what is known."""
    people = list(_who_trains(demo))
    for film in FILMS:
        found = next(((case, side, value) for case in people for side, value in _last(case, film.movement)), None)
        if found is not None:
            people.remove(found[0])
            _film(demo, film, *found)


def _who_trains(demo: Demo) -> Iterator[Case]:
    """Who is treated, may load, and began before the first film."""
    began = demo.today - timedelta(days=max(one.days_ago for one in FILMS))
    cases = Case.objects.filter(
        practice=demo.practice, therapist__isnull=False, person__user__isnull=False, opened_on__lte=began,
        conclusion__on_hold=False, conclusion__discharged=False,
    )  # fmt: skip
    yield from cases.select_related("person__user", "therapist", "conclusion").order_by("person__email")


def _last(case: Case, test: str) -> Iterator[tuple[BodySide, float]]:
    """What was measured last of the leg that hurts."""
    told = [one.entry for one in facts(case, Fact.Part.MEASUREMENTS) if one.entry and one.entry["test"] == test]
    of_leg = [one for one in told if one.get("side") == case.conclusion.side]
    if of_leg:
        last = max(of_leg, key=lambda one: one["date"])
        yield cast("BodySide", last["side"]), float(last["value"])


def _film(demo: Demo, film: Film, case: Case, side: BodySide, value_deg: float) -> None:
    person, therapist = cast("User", case.person.user), cast("User", case.therapist)
    by, day = person if film.from_person else therapist, demo.today - timedelta(days=film.days_ago)
    at = moment(day)
    actions.agree(case=case, by=person)
    made = Recording.objects.create(
        case=case, movement=film.movement, side=side, filmed_on=day, from_person=film.from_person, sent_by=by,
        signed=by.shown_name, keep=film.keep, keep_until=at + timedelta(days=actions.KEPT_DAYS[film.keep]),
        kind="video/mp4", size_bytes=0,
    )  # fmt: skip
    pose = performed(film.movement, side, value_deg, demo.seed)
    report = measure(pose, film.movement, side, limits=knowledge().movement)
    measured = Measured(
        report=to_json(report), landmarks=to_bytes(pose), width_px=pose.width_px, height_px=pose.height_px
    )
    actions.keep_measured(recording=made, measured=measured)
    if not film.from_person:
        actions.accept(recording=made, replace=True, by=therapist, today=timezone.localdate())
        Recording.objects.filter(pk=made.pk).update(judged_at=at)
    Recording.objects.filter(pk=made.pk).update(sent_at=at, touched_at=at)
