"""Filming a test: consent first, a video in, what was measured out, and a therapist who says whether it counts."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.cases import queries
from herstel_web.cases.models import Fact
from herstel_web.cases.queries import standing
from herstel_web.filming import actions, chores
from herstel_web.filming.models import Recording
from herstel_web.filming.tasks import measure_recording
from herstel_web.filming.words import number
from herstel_web.people.models import Consent
from tests.web.actors import Actors, client_of
from tests.web.fake_pose import PNG, VIDEO, FakePose, pretended

KNEE = {"movement": "active_knee_extension", "leg": "right"}
Committed = Callable[..., AbstractContextManager[object]]


@pytest.fixture(autouse=True)
def state(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture(autouse=True)
def fake() -> Iterator[FakePose]:
    with pretended() as made:
        yield made


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Committed) -> Committed:
    """What happens after a transaction happens at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def on_disk(state: Path) -> list[Path]:
    return [path for path in state.rglob("*") if path.is_file()]


def agree(actors: Actors) -> None:
    actions.agree(case=actors.case, by=actors.patient)


def url(actors: Actors, name: str = "", *, own: bool = False, **parts: object) -> str:
    full = f"{'chain_film' if own else 'case_chain_film'}{'_' if name else ''}{name}"
    return reverse(full, kwargs=parts if own else {"case_id": actors.case.pk, **parts})


def send(
    actors: Actors, who: User | None = None, *, content: bytes = VIDEO, json_wanted: bool = False, **more: object
) -> HttpResponse:
    who = who or actors.patient
    own = who == actors.patient
    form = {"video": SimpleUploadedFile("film.mp4", content), "keep": "judged", "key": uuid4(), **more}
    headers = {"accept": "application/json"} if json_wanted else {}
    return client_of(who).post(url(actors, "send", own=own, **KNEE), form, headers=headers)  # type: ignore[return-value]


def measured(actors: Actors, committed: Committed, who: User | None = None, **more: object) -> Recording:
    """A recording that was sent and measured."""
    agree(actors)
    with committed():
        assert send(actors, who, **more).status_code == 302  # type: ignore[arg-type]
    return Recording.objects.latest("sent_at")


def judge(actors: Actors, recording: Recording, who: User | None = None, **form: str) -> HttpResponse:
    client = client_of(who or actors.treats)
    return client.post(url(actors, "judge", recording_id=recording.pk), form)  # type: ignore[return-value]


def entries(actors: Actors) -> list[dict[str, Any]]:
    return [one.entry or {} for one in queries.facts(actors.case, Fact.Part.MEASUREMENTS)]


def result(actors: Actors, recording: Recording, who: User | None = None) -> str:
    own = who in (None, actors.patient)
    answer = client_of(who or actors.patient).get(url(actors, "result", own=own, recording_id=recording.pk))
    assert answer.status_code == 200
    return answer.content.decode()


# --- consent


def test_without_consent_there_is_no_camera_and_nothing_is_taken_in(actors: Actors) -> None:
    page = client_of(actors.patient).get(url(actors, own=True)).content.decode()
    assert "vind je het goed" in page
    assert "Test Practice" in page
    assert 'name="movement"' not in page
    for who, own in ((actors.patient, True), (actors.treats, False)):
        assert client_of(who).get(url(actors, "record", own=own, **KNEE)).headers["Location"] == url(actors, own=own)
        assert send(actors, who).status_code == 302
    assert not Recording.objects.exists()


def test_consent_is_a_tick_and_stands_in_the_trail(actors: Actors) -> None:
    client = client_of(actors.patient)
    client.post(url(actors, "consent", own=True))
    assert not Consent.objects.filter(kind="film").exists()
    client.post(url(actors, "consent", own=True), {"agrees": "yes"})
    client.post(url(actors, "consent", own=True), {"agrees": "yes"})
    assert Consent.objects.filter(kind="film", person=actors.case.person, withdrawn_at=None).count() == 1
    assert Event.objects.filter(what="film:agreed", by=actors.patient).count() == 1
    assert 'name="movement"' in client.get(url(actors, own=True)).content.decode()
    assert url(actors, own=True) in client.get(reverse("my_data")).content.decode()


def test_a_therapist_writes_down_what_the_person_said(actors: Actors) -> None:
    client_of(actors.treats).post(url(actors, "consent"), {"agrees": "yes"})
    assert Event.objects.filter(what="film:agreed", by=actors.treats, case_id=actors.case.pk).exists()


def test_who_withdraws_takes_videos_and_points_away_and_what_nobody_accepted(
    actors: Actors, state: Path, committed: Committed
) -> None:
    accepted = measured(actors, committed, keep="month")
    judge(actors, accepted)
    measured(actors, committed)
    assert len(on_disk(state)) == 4
    with committed():
        client_of(actors.patient).post(url(actors, "consent", own=True), {"withdraw": "1"})
    assert on_disk(state) == []
    left = Recording.objects.get()
    assert (left.pk, left.landmarks_as, left.stored_as) == (accepted.pk, "", "")
    assert [one["test"] for one in entries(actors)] == ["active_knee_extension"]
    assert "vind je het goed" in client_of(actors.patient).get(url(actors, own=True)).content.decode()
    assert result(actors, left)


# --- choosing and filming


def test_what_is_chosen_leads_to_its_camera(actors: Actors) -> None:
    agree(actors)
    client = client_of(actors.patient)
    answer = client.post(url(actors, own=True), {"movement": "active_knee_extension", "side": "left"})
    assert answer.headers["Location"] == url(actors, "record", own=True, movement="active_knee_extension", leg="left")
    both = client.post(url(actors, own=True), {"movement": "forward_bend"})
    assert both.headers["Location"] == url(actors, "record", own=True, movement="forward_bend", leg="none")
    for form, said in (({}, "Kies welke test"), ({"movement": "knee_to_wall"}, "Kies welk been")):
        assert said in client.post(url(actors, own=True), form).content.decode()


def test_a_person_films_nothing_before_its_time_and_a_therapist_is_warned(actors: Actors) -> None:
    agree(actors)
    early = {"movement": "nordic", "leg": "none"}
    page = client_of(actors.patient).get(url(actors, own=True)).content.decode()
    assert 'value="nordic"' not in page
    assert "nu is het te vroeg" in page
    assert client_of(actors.patient).get(url(actors, "record", own=True, **early)).status_code == 302
    assert client_of(actors.patient).post(url(actors, "send", own=True, **early)).status_code == 404
    assert "te vroeg kan hij schaden" in client_of(actors.treats).get(url(actors, "record", **early)).content.decode()


def test_while_somebody_must_look_first_a_person_films_nothing(actors: Actors) -> None:
    from tests.web.actors import check_in

    agree(actors)
    check_in(actors.case, timezone.localdate(), symptoms={"bladder_bowel_saddle_change": True})
    assert 'name="movement"' not in client_of(actors.patient).get(url(actors, own=True)).content.decode()
    assert client_of(actors.patient).get(url(actors, "record", own=True, **KNEE)).status_code == 302
    assert client_of(actors.treats).get(url(actors, "record", **KNEE)).status_code == 200


def test_only_the_page_that_films_may_ask_for_the_camera(actors: Actors) -> None:
    agree(actors)
    client = client_of(actors.patient)
    page, other = client.get(url(actors, "record", own=True, **KNEE)), client.get(url(actors, own=True))
    assert "camera=(self), microphone=()" in page.headers["Permissions-Policy"]
    assert "media-src 'self' blob:;" in page.headers["Content-Security-Policy"]
    assert "camera=()" in other.headers["Permissions-Policy"]
    text = page.content.decode()
    assert "Zet de telefoon recht opzij van je" in text
    assert 'capture="environment"' in text
    assert "Houd stil." in text


def test_the_outline_lies_as_the_leg_that_is_filmed_shows(actors: Actors) -> None:
    agree(actors)
    for leg, mirrored in (("left", True), ("right", False)):
        page = client_of(actors.treats).get(url(actors, "record", movement="straight_leg_raise", leg=leg))
        assert ('class="outline is-mirrored"' in page.content.decode()) is mirrored


@pytest.mark.parametrize(("value", "said"), [(-0.2, "0"), (-0.6, "\N{MINUS SIGN}1"), (0.4, "0")])
def test_nothing_is_not_negative(value: float, said: str) -> None:
    assert number(value, 0, "nl") == said


@pytest.mark.parametrize("parts", [{"movement": "nothing", "leg": "left"}, {"movement": "nordic", "leg": "left"}])
def test_what_cannot_be_filmed_has_no_camera(parts: dict[str, str], actors: Actors) -> None:
    agree(actors)
    assert client_of(actors.treats).get(url(actors, "record", **parts)).status_code == 404
    assert client_of(actors.treats).post(url(actors, "send", **parts)).status_code == 404


# --- taking a video in


def test_a_video_is_measured_and_is_a_draft(actors: Actors, committed: Committed, fake: FakePose) -> None:
    recording = measured(actors, committed)
    assert (recording.state, recording.kind, recording.signed) == ("ready", "video/mp4", actors.case.person.name)
    assert (recording.frames_done, recording.frames_expected) == (1, 75)
    assert [(one.test, one.side, one.person) for one in fake.asked] == [("active_knee_extension", "right", None)]
    page = result(actors, recording)
    assert "30°" in page
    assert "± 2,6°" in page
    assert "7,2°" in page
    assert "Je fysiotherapeut kijkt ernaar" in page
    assert "Opnemen in de keten" not in page
    assert entries(actors) == []
    assert Event.objects.filter(what="film:added", by=actors.patient, case_id=actors.case.pk).exists()


def test_a_script_is_told_where_to_go_on(actors: Actors) -> None:
    agree(actors)
    told = json.loads(send(actors, json_wanted=True).content)
    assert told == {"to": url(actors, "result", own=True, recording_id=Recording.objects.get().pk)}
    wrong = send(actors, json_wanted=True, content=b"MZ\x90\x00")
    assert wrong.status_code == 400
    assert "geen video" in json.loads(wrong.content)["problems"][0]


def test_the_same_video_sent_twice_is_one_recording(actors: Actors, state: Path) -> None:
    agree(actors)
    key = uuid4()
    first, again = (send(actors, key=key) for _ in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Recording.objects.count() == len(on_disk(state)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Deze video is leeg"),
        (b"<html><script>alert(1)</script>", "geen video"),
        (b"%PDF-1.7", "geen video"),
        (b"\x00\x00\x00\x18ftypheic", "geen video"),
    ],
)
def test_what_is_no_video_is_refused_by_its_bytes(content: bytes, said: str, actors: Actors, state: Path) -> None:
    agree(actors)
    assert said in send(actors, content=content).content.decode()
    assert on_disk(state) == []


def test_a_video_that_is_too_large_or_cannot_be_read_leaves_nothing(
    actors: Actors, state: Path, fake: FakePose, settings: Any
) -> None:
    agree(actors)
    fake.refuses = True
    assert "it holds no picture." in send(actors).content.decode()
    settings.LARGEST_VIDEO_BYTES = 20
    assert "groter dan 0 MB" in send(actors).content.decode()
    assert on_disk(state) == []
    assert not Recording.objects.exists()


def test_a_case_holds_only_so_many_videos(actors: Actors, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_VIDEOS", 1)
    agree(actors)
    send(actors)
    assert "zoveel video" in send(actors).content.decode()
    assert len(on_disk(state)) == 1


def test_where_nothing_can_be_measured_it_is_said_before_anything_is_sent(actors: Actors) -> None:
    agree(actors)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("herstel_web.filming.engine.missing", lambda: ("pose_landmarker",))
        page = client_of(actors.patient).get(url(actors, own=True)).content.decode()
        assert "pose_landmarker is niet geïnstalleerd" in page
        assert 'name="movement"' not in page
        assert "kunnen hier niet gemeten worden" in send(actors).content.decode()


# --- measuring


def test_how_far_it_is_is_told_until_it_is_done(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    busy = Recording.objects.filter(pk=recording.pk)
    busy.update(state="busy", frames_done=40, frames_expected=75)
    page = result(actors, recording)
    assert "40 van 75 beelden" in page
    assert "er draait geen worker" in page
    progress = url(actors, "progress", own=True, recording_id=recording.pk)
    assert "40 van 75" in client_of(actors.patient).get(progress).content.decode()
    assert "Opnieuw meten" not in page
    busy.update(touched_at=timezone.now() - timedelta(minutes=5))
    assert "Opnieuw meten" in result(actors, recording)
    busy.update(state="ready")
    assert client_of(actors.patient).get(progress).headers["HX-Refresh"] == "true"


def test_a_video_that_breaks_off_says_why_and_can_be_measured_again(
    actors: Actors, committed: Committed, fake: FakePose
) -> None:
    fake.case = "nothing"
    recording = measured(actors, committed)
    assert "it broke off." in result(actors, recording)
    fake.case = "active_knee_extension/near"
    with committed():
        client_of(actors.patient).post(url(actors, "again", own=True, recording_id=recording.pk))
    recording.refresh_from_db()
    assert recording.state == "ready"


def test_what_goes_wrong_without_a_reason_is_no_page_without_end(
    actors: Actors, committed: Committed, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("herstel_web.filming.engine.measure", lambda *_: 1 / 0)
        recording = measured(actors, committed)
    assert recording.state == "failed"
    assert "er ging iets mis" in result(actors, recording)
    assert "a recording could not be measured" in caplog.text


def test_a_refusal_has_its_reason_a_remedy_and_a_drawing(actors: Actors, committed: Committed, fake: FakePose) -> None:
    fake.case = "active_knee_extension/yaw_55"
    recording = measured(actors, committed)
    assert recording.state == "refused"
    page = result(actors, recording)
    assert "Zet de telefoon recht opzij" in page
    assert '<use href="#remedy-wrong_view"/>' in page
    assert '<symbol id="remedy-wrong_view"' in page
    assert "Telt het?" not in result(actors, recording, actors.treats)


def test_another_test_is_no_matter_of_the_camera(actors: Actors, committed: Committed, fake: FakePose) -> None:
    fake.case = "forward_bend/near"
    page = result(actors, measured(actors, committed))
    assert "Niemand in deze opname staat, ligt of beweegt zoals deze test vraagt" in page
    assert '<use href="#remedy-wrong_view"/>' not in page


def test_with_several_people_somebody_is_chosen(actors: Actors, committed: Committed, fake: FakePose) -> None:
    fake.case, fake.people = "active_knee_extension/second_person", PNG
    recording = measured(actors, committed)
    page = result(actors, recording)
    assert "1, helemaal links" in page
    picture = url(actors, "people", own=True, recording_id=recording.pk)
    assert f'src="{picture}"' in page
    assert client_of(actors.patient).get(picture).content == PNG
    assert client_of(actors.other_patient).get(picture).status_code == 404
    fake.people = None
    for person in (1, 2):
        with committed():
            again = url(actors, "again", own=True, recording_id=recording.pk)
            client_of(actors.patient).post(again, {"person": str(person)})
        assert fake.asked[-1].person == person
        recording.refresh_from_db()
        assert recording.state == "ready"
        assert f'value="{person}" checked' in result(actors, recording), "somebody else can still be chosen"
    with committed():
        judge(actors, recording)
    assert "furthest" not in result(actors, recording)
    assert client_of(actors.patient).get(picture).status_code == 404


def test_a_recording_whose_worker_died_is_measured_by_the_next(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    Recording.objects.filter(pk=recording.pk).update(state="busy", frames_done=40)
    measure_recording.enqueue(str(recording.pk))
    recording.refresh_from_db()
    assert recording.state == "ready"
    measure_recording.enqueue(str(recording.pk))
    measure_recording.enqueue(str(uuid4()))
    assert Recording.objects.get().report == recording.report


def test_numbers_to_be_read_with_care_are_told_and_count_for_nothing(
    actors: Actors, committed: Committed, fake: FakePose
) -> None:
    fake.case = "active_knee_extension/tremor"
    recording = measured(actors, committed)
    page = result(actors, recording, actors.treats)
    assert "voorzichtig lezen" in page
    assert "Niets hiervan is een uitslag van de keten" in page
    judge(actors, recording)
    assert Recording.objects.get().state == "accepted"
    assert entries(actors) == []


# --- judging


def test_what_a_therapist_accepts_is_a_result_of_the_chain_with_its_error(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    waiting = client_of(actors.treats).get(reverse("case_chain_tests", args=[actors.case.pk])).content.decode()
    assert url(actors, "result", recording_id=recording.pk) in waiting
    assert judge(actors, recording).status_code == 302
    (entry,) = entries(actors)
    assert entry == {
        "test": "active_knee_extension", "side": "right", "value": 30.0, "method": "phone_video", "tester": "self",
        "date": timezone.localdate().isoformat(), "standard_error": 3.3, "note": "gefilmd",
    }  # fmt: skip
    results = standing(actors.case, timezone.localdate()).recovery.chain.results
    assert [(one.test, one.measurement.standard_error) for one in results] == [("active_knee_extension", 3.3)]
    page = result(actors, recording)
    assert "goedgekeurd door Treats" in page
    assert Event.objects.filter(what="film:accepted", by=actors.treats).exists()


def test_accepting_twice_is_one_result(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    judge(actors, recording)
    page = client_of(actors.treats).post(
        url(actors, "judge", recording_id=recording.pk), {"accept": "1"}, follow=True
    ).content.decode()  # fmt: skip
    assert "intussen beoordeeld" in page
    assert Fact.objects.filter(case=actors.case, part="measurements").count() == 1


def test_a_second_recording_of_a_day_takes_the_place_of_the_first_only_when_asked(
    actors: Actors, committed: Committed, fake: FakePose
) -> None:
    judge(actors, measured(actors, committed))
    fake.case = "active_knee_extension/knee_45"
    second = measured(actors, committed)
    page = judge(actors, second).content.decode()
    assert "Hetzelfde is op deze dag al gemeten" in page
    assert [one["value"] for one in entries(actors)] == [30.0]
    judge(actors, second, replace="1")
    assert [round(one["value"]) for one in entries(actors)] == [45]
    assert Fact.objects.filter(case=actors.case, part="measurements").count() == 2


def test_a_rejection_needs_a_reason_that_the_person_reads(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    assert "Schrijf op waarom" in judge(actors, recording, reject="1").content.decode()
    judge(actors, recording, reject="1", because="De hiel kwam los.")
    assert "De hiel kwam los." in result(actors, recording)
    assert entries(actors) == []


def test_only_who_may_enter_tests_judges(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    for who in (actors.read_only, actors.assistant, actors.outsider, actors.patient):
        assert judge(actors, recording, who).status_code == 404
    assert "Opnemen in de keten" not in result(actors, recording, actors.read_only)
    assert Recording.objects.get().state == "ready"


# --- keeping and removing


def test_the_video_goes_when_it_was_judged_and_the_points_stay(
    actors: Actors, state: Path, committed: Committed
) -> None:
    recording = measured(actors, committed)
    assert len(on_disk(state)) == 2
    assert "Laat zien in de video" in result(actors, recording)
    with committed():
        judge(actors, recording)
    assert "Laat zien in de tekening" in result(actors, recording)
    recording.refresh_from_db()
    assert (recording.stored_as, bool(recording.landmarks_as)) == ("", True)
    assert len(on_disk(state)) == 1
    client = client_of(actors.patient)
    assert client.get(url(actors, "video", own=True, recording_id=recording.pk)).status_code == 404
    drawn = client.get(url(actors, "points", own=True, recording_id=recording.pk)).json()
    assert (drawn["width"], len(drawn["times"]), drawn["marks"][0]["label"]) == (1280, 75, "30°")
    assert (drawn["first"], [one["live"] for one in drawn["marks"]]) == (0, [True, False])
    assert Event.objects.filter(what="film:video_removed").exists()


@pytest.mark.parametrize(("keep", "days"), [("week", 7), ("month", 30), ("judged", 30)])
def test_a_video_goes_by_itself_when_its_time_is_over(
    keep: str, days: int, actors: Actors, state: Path, committed: Committed
) -> None:
    recording = measured(actors, committed, keep=keep)
    kept = recording.keep_until - recording.sent_at
    assert abs(kept - timedelta(days=days)) < timedelta(minutes=1)
    assert chores.remove_videos() is False
    assert len(on_disk(state)) == 2
    Recording.objects.update(keep_until=timezone.now())
    with committed():
        assert chores.remove_videos() is False
    assert len(on_disk(state)) == 1
    assert Recording.objects.get().state == "ready"


def test_a_video_that_goes_before_it_was_measured_says_so(actors: Actors) -> None:
    agree(actors)
    send(actors)
    Recording.objects.update(keep_until=timezone.now())
    chores.remove_videos()
    assert "verwijderd voordat hij gemeten was" in result(actors, Recording.objects.get())


def test_a_recording_is_removed_unless_it_is_a_result(actors: Actors, state: Path, committed: Committed) -> None:
    client = client_of(actors.patient)
    first = measured(actors, committed)
    with committed():
        client.post(url(actors, "remove", own=True, recording_id=first.pk), {"video": "1"})
    assert len(on_disk(state)) == 1
    with committed():
        client.post(url(actors, "remove", own=True, recording_id=first.pk))
    assert on_disk(state) == []
    second = measured(actors, committed)
    judge(actors, second)
    client.post(url(actors, "remove", own=True, recording_id=second.pk))
    assert Recording.objects.get() == second


def test_erasing_a_case_leaves_nothing_on_disk(actors: Actors, state: Path, committed: Committed) -> None:
    measured(actors, committed)
    with committed():
        actors.case.delete()
    assert on_disk(state) == []


def test_a_person_takes_everything_along(actors: Actors, committed: Committed) -> None:
    from herstel_web.filming.export import recordings

    recording = measured(actors, committed)
    taken = recordings(actors.case.person)
    name = f"recordings/{recording.filmed_on}-active_knee_extension-{str(recording.pk)[:8]}"
    assert set(taken) == {"recordings.json", f"{name}.npz", f"{name}.mp4"}
    assert taken[f"{name}.mp4"] == VIDEO
    assert b"stored_as" not in taken["recordings.json"]


# --- who sees it, and in pieces


@pytest.mark.parametrize("name", ["result", "video", "points", "progress"])
def test_a_recording_does_not_exist_for_others(name: str, actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    own = url(actors, name, own=True, recording_id=recording.pk)
    assert client_of(actors.other_patient).get(own).status_code == 404
    assert client_of(actors.outsider).get(url(actors, name, recording_id=recording.pk)).status_code == 404
    assert client_of(actors.patient).get(own).status_code == 200
    assert client_of(actors.read_only).get(url(actors, name, recording_id=recording.pk)).status_code == 200
    assert client_of(actors.treats).get(url(actors, name, recording_id=uuid4())).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("", 200, VIDEO),
        ("bytes=0-", 206, VIDEO),
        ("bytes=8-11", 206, VIDEO[8:12]),
        ("bytes=-4", 206, VIDEO[-4:]),
        (f"bytes=4-{len(VIDEO) * 2}", 206, VIDEO[4:]),
        (f"bytes={len(VIDEO)}-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=9-3", 416, b""),
        ("lines=1-2", 200, VIDEO),
    ],
)
def test_a_video_is_handed_out_in_pieces(
    asked: str, status: int, content: bytes, actors: Actors, committed: Committed
) -> None:
    recording = measured(actors, committed)
    address = url(actors, "video", recording_id=recording.pk)
    answer = client_of(actors.treats).get(address, headers={"range": asked} if asked else {})
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    assert (answer.status_code, sent) == (status, content)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_the_beginning_of_a_video_is_a_look(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    client, address = client_of(actors.treats), url(actors, "video", recording_id=recording.pk)
    for asked in ("bytes=0-", "bytes=8-", "bytes=16-"):
        client.get(address, headers={"range": asked})
    assert Event.objects.filter(what="case_chain_film_video", action="read").count() == 1


def test_no_address_and_no_line_of_the_log_says_who_it_is_about(
    actors: Actors, committed: Committed, caplog: pytest.LogCaptureFixture
) -> None:
    recording = measured(actors, committed)
    assert actors.case.person.name not in url(actors, "result", own=True, recording_id=recording.pk)
    assert caplog.text == ""


def test_the_list_asks_no_more_questions_when_it_grows(
    actors: Actors, committed: Committed, django_assert_max_num_queries: Any
) -> None:
    measured(actors, committed)
    client = client_of(actors.treats)
    client.get(url(actors))
    for _ in range(6):
        measured(actors, committed)
    with django_assert_max_num_queries(16):
        client.get(url(actors))
    with django_assert_max_num_queries(18):
        client.get(url(actors, "result", recording_id=Recording.objects.latest("sent_at").pk))


def test_the_timeline_of_the_case_leads_to_the_recording(actors: Actors, committed: Committed) -> None:
    recording = measured(actors, committed)
    page = client_of(actors.treats).get(reverse("case", args=[actors.case.pk])).content.decode()
    assert "Gefilmd: knie strekken" in page
    assert url(actors, "result", recording_id=recording.pk) in page
    assert "wacht op je oordeel" in page
