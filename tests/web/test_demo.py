from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from herstel.case_file import read_case
from herstel.case_writing import case_as_mapping
from herstel.errors import HerstelError
from herstel.knowledge.model import Knowledge
from herstel.movement.measuring import measure
from herstel.movement.model import MovementTest
from herstel.movement.pose import BodySide
from herstel_web.accounts.models import User
from herstel_web.booking.models import Appointment, WaitingListEntry
from herstel_web.booking.reminders import send_due_reminders
from herstel_web.cases.models import Case, Conclusion, Fact
from herstel_web.correspondence.models import Message, Note
from herstel_web.demo import fill as demo
from herstel_web.demo.lying import performed
from herstel_web.demo.people import as_of
from herstel_web.demo.practice import MEMBERS, PASSWORD
from herstel_web.demo.records import WEEKDAYS, story_of
from herstel_web.demo.stages import STAGES, Chosen, choose, road_of
from herstel_web.filming.models import Recording
from herstel_web.filming.queries import landmarks
from herstel_web.letters.models import Letter
from herstel_web.people.models import Person
from herstel_web.practice.models import Membership, Practice
from tests.web.actors import Actors, client_of
from tests.web.installation import Installation

TODAY = timezone.localdate()
PEOPLE, SEED = 4, 7


@pytest.fixture
def filled(db: None, tmp_path: Path, settings: Any) -> list[Case]:
    settings.MEDIA_ROOT = tmp_path / "files"
    return list(demo.fill(PEOPLE, SEED))


def test_everything_in_it_is_marked_simulated(filled: list[Case]) -> None:
    assert len(filled) == PEOPLE
    assert set(Practice.objects.values_list("simulated", flat=True)) == {True}
    assert set(Person.objects.values_list("simulated", flat=True)) == {True}
    assert all(email.endswith("@example.org") for email in User.objects.values_list("email", flat=True))
    roles = Counter(Membership.objects.values_list("role", flat=True))
    assert roles == Counter(role for role, _, _ in MEMBERS)


def test_every_case_is_concluded_for_today_and_counts_its_facts(filled: list[Case]) -> None:
    for case in Case.objects.all():
        conclusion = Conclusion.objects.get(case=case)
        assert conclusion.day == TODAY
        assert conclusion.facts_version == case.facts_version == Fact.objects.filter(case=case).count()
    assert not Fact.objects.filter(day__gt=TODAY).exists()
    assert not Fact.objects.filter(recorded_at__gt=timezone.now()).exists()


def test_no_note_of_the_simulation_reads_as_written_by_somebody(filled: list[Case]) -> None:
    parts = (Fact.Part.MEASUREMENTS, Fact.Part.CHECK_INS, Fact.Part.CONFIRMATIONS)
    told = [one.entry for one in Fact.objects.filter(part__in=parts) if one.entry]
    assert told
    assert not [one for one in told if one.get("note") == "simulated"]


def test_everybody_signs_in_with_the_password_that_is_told(filled: list[Case]) -> None:
    for user in User.objects.all():
        assert user.check_password(PASSWORD)


def test_a_second_time_nothing_is_added(filled: list[Case]) -> None:
    assert list(demo.fill(PEOPLE, SEED)) == []
    assert Case.objects.count() == PEOPLE


def test_what_others_add_is_asked_for_when_everybody_is_there(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[demo.Demo] = []
    monkeypatch.setattr(demo, "KINDS", (asked.append,))
    cases = list(demo.fill(1, SEED))
    (one,) = asked
    assert (one.cases, one.seed, one.today) == (tuple(cases), SEED, TODAY)


def test_made_up_people_never_stand_beside_real_ones(actors: Actors) -> None:
    with pytest.raises(HerstelError, match="there are real records here"):
        list(demo.fill(PEOPLE, SEED))
    assert not Person.objects.filter(simulated=True).exists()


def test_its_pages_say_that_they_are_simulated(filled: list[Case]) -> None:
    case = filled[0]
    owner = User.objects.get(email="owner@example.org")
    assert case.person.user is not None
    for page in (
        client_of(owner).get("/practice/", follow=True),
        client_of(owner).get(f"/practice/cases/{case.pk}/"),
        client_of(case.person.user).get("/progress/"),
        client_of(case.person.user).get("/my-data/"),
    ):
        assert page.status_code == 200
        assert 'class="simulated"' in page.content.decode()


def test_the_pages_of_a_real_practice_do_not(actors: Actors) -> None:
    page = client_of(actors.owner).get(f"/practice/cases/{actors.case.pk}/")
    assert page.status_code == 200
    assert 'class="simulated"' not in page.content.decode()


@pytest.fixture(scope="module")
def chosen(knowledge: Knowledge) -> list[Chosen]:
    return list(choose(sum(stage.people for stage in STAGES) + 1, SEED, knowledge))


def test_somebody_is_at_every_stage(chosen: list[Chosen]) -> None:
    stages = Counter(one.stage for one in chosen)
    assert stages == Counter({stage.id: stage.people for stage in STAGES} | {"under_way": 1})


def test_the_same_seed_chooses_the_same_people(chosen: list[Chosen], knowledge: Knowledge) -> None:
    again = [(one.number, one.stage, one.cut) for one in choose(3, SEED, knowledge)]
    assert [one[0] for one in again] == [0, 1, 2]
    assert {one[0] for one in again} <= {one.number for one in chosen}


def test_a_story_ends_today_and_its_week_moves_along(knowledge: Knowledge) -> None:
    road = road_of(0, SEED, knowledge)
    day, today = road.first + timedelta(days=30), date(2026, 11, 26)
    story = story_of(road.case, day, today, knowledge)
    assert max(one.day for one in story.facts) == today
    assert story.day == today - timedelta(days=30)
    moved = (today - day).days % 7
    expected = {WEEKDAYS[(weekday + moved) % 7]: minutes for weekday, minutes in road.case.goal.minutes.items()}
    assert story.goal["days"] == expected


def test_every_story_is_the_same_when_it_is_read_again(chosen: list[Chosen], knowledge: Knowledge) -> None:
    for one in chosen:
        told = as_of(one)
        read = read_case(case_as_mapping(told, knowledge), knowledge, one.road.case.as_of or one.cut.today)
        assert (read.check_ins, read.measurements, read.confirmations) == (
            told.check_ins,
            told.measurements,
            told.confirmations,
        )


def test_who_dropped_out_has_not_told_anything_lately(chosen: list[Chosen]) -> None:
    quiet = [one for one in chosen if one.stage == "dropped_out"]
    for one in quiet:
        last = max(told.date for told in as_of(one).check_ins)
        assert (one.cut.today - last).days >= 10


def test_the_command_fills_it_and_tells_how_to_sign_in(here: Installation) -> None:
    done = here.run("demo", "--only-fill", "--people", "1", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "owner@example.org" in done.stdout
    assert PASSWORD in done.stdout
    rows = dict(line.rsplit(" ", 1) for line in here.lines("rows"))
    assert rows["people_person"] == "1"


def test_there_are_letters_messages_and_a_note_to_look_at(filled: list[Case]) -> None:
    assert Letter.objects.filter(case__in=filled, versions__signed=True).exists()
    assert Message.objects.filter(case__in=filled, from_person=False).exists()
    assert Note.objects.filter(case__in=filled).exists()


def test_the_agenda_has_a_past_and_a_coming_week_and_nobody_is_written_to(filled: list[Case]) -> None:
    practice = Practice.objects.get()
    assert not mail.outbox
    made = Appointment.objects.filter(practice=practice)
    assert made.filter(start__lt=timezone.now(), status__in=("done", "no_show")).exists()
    assert made.filter(start__gt=timezone.now(), status="booked").exists()
    assert made.filter(start__date=timezone.localdate()).count() >= 2
    assert WaitingListEntry.objects.filter(practice=practice).count() == 1
    send_due_reminders(made.filter(status="booked").latest("start").start - timedelta(hours=1))
    assert not mail.outbox


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("test", "value"),
    [
        ("active_knee_extension", 5),
        ("active_knee_extension", 60),
        ("straight_leg_raise", 40),
        ("straight_leg_raise", 95),
    ],
)
def test_a_drawn_leg_is_measured_as_far_as_it_came(
    test: MovementTest, value: float, side: BodySide, knowledge: Knowledge
) -> None:
    report = measure(performed(test, side, value, SEED), test, side, limits=knowledge.movement)
    assert (report.refusals, report.flags, report.side) == ((), (), side)
    assert report.measurements[0].value == pytest.approx(value, abs=1)


def test_one_recording_is_a_result_and_one_waits_and_the_points_of_both_are_kept(filled: list[Case]) -> None:
    accepted, waits = Recording.objects.get(state="accepted"), Recording.objects.get(state="ready")
    assert accepted.case != waits.case
    assert Fact.objects.filter(case=accepted.case, entry__method="phone_video", entry__test=accepted.movement).exists()
    for one in (accepted, waits):
        assert landmarks(one) is not None
        assert not one.stored_as
        assert one.sent_at < timezone.now() - timedelta(days=1)
    therapist = client_of(User.objects.get(email="therapist@example.org"))
    assert waits.case.person.name in therapist.get("/practice/?reason=film_waits").content.decode()
    page = therapist.get(f"/practice/cases/{waits.case_id}/film/recordings/{waits.pk}/").content.decode()
    assert "Opnemen in de keten" in page
    assert 'class="curve"' in page
