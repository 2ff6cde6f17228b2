"""How long the hamstring became, on the page of a recording."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from herstel_web.filming.models import Recording
from herstel_web.filming.report_json import to_json
from tests.unit.movement import figures as f
from tests.web.actors import Actors, client_of
from tests.web.fake_pose import FakePose, pretended

Committed = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def fake(tmp_path: Path, settings: Any) -> Iterator[FakePose]:
    settings.MEDIA_ROOT = tmp_path / "files"
    with pretended() as made:
        yield made


def recorded(actors: Actors, side: str, knee: float = 30, **more: Any) -> Recording:
    pose = f.knee_extension(knee) if side == "right" else f.mirrored(f.knee_extension(knee))
    report = f.measured(pose, "active_knee_extension", side)  # type: ignore[arg-type]
    asked = {"movement": "active_knee_extension", "side": side, "state": Recording.State.READY, **more}
    return Recording.objects.create(
        case=actors.case, filmed_on=timezone.localdate(), from_person=False, sent_by=actors.treats, signed="Therapist",
        key=uuid4(), keep_until=timezone.now(), kind="video/mp4", size_bytes=1, report=to_json(report), **asked,
    )  # fmt: skip


def page(actors: Actors, recording: Recording, language: str = "en") -> str:
    address = reverse("case_chain_film_result", kwargs={"case_id": actors.case.pk, "recording_id": recording.pk})
    client = client_of(actors.treats)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get(address).content.decode()


def test_the_length_is_told_with_its_error_and_drawn(actors: Actors) -> None:
    told = page(actors, recorded(actors, "right"))
    assert "How long your hamstring became" in told
    assert "percent longer than when you stand upright, give or take" in told
    assert "how far the muscle fibres are stretched" in told
    assert "your other leg" not in told


def test_it_stands_beside_the_other_leg_of_that_day(actors: Actors) -> None:
    recorded(actors, "left")
    assert "your other leg" in page(actors, recorded(actors, "right", 20))


def test_else_it_stands_beside_the_same_leg_before(actors: Actors) -> None:
    recorded(actors, "right", 40)
    assert "your earlier recording" in page(actors, recorded(actors, "right", 20))


def test_what_was_rejected_is_compared_with_nothing(actors: Actors) -> None:
    recorded(actors, "right", 40, state=Recording.State.REJECTED)
    assert "your earlier recording" not in page(actors, recorded(actors, "right", 20))


def test_a_recording_without_the_two_angles_tells_no_length(actors: Actors) -> None:
    report = to_json(f.measured(f.squat(), "single_leg_squat"))
    recording = recorded(actors, "right")
    Recording.objects.filter(pk=recording.pk).update(report=report, movement="single_leg_squat")
    assert "How long your hamstring became" not in page(actors, recording)


def test_it_is_told_in_dutch(actors: Actors) -> None:
    assert "Hoe lang je hamstring werd" in page(actors, recorded(actors, "right"), "nl")
