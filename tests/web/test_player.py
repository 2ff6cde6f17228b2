import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel.knowledge.exercise_entries import Dose
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts, standing
from herstel_web.training import bridge, player_pages
from tests.web.actors import client_of, in_training
from tests.web.visitor import Page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
STRENGTH = "supine_heel_dig_90"


def address(kind: str = "main") -> str:
    return reverse("session", args=[kind])


def opened(case: Case, kind: str = "main") -> Page:
    return Page(client_of(case.person.user).get(address(kind)))


def ticked(case: Case, number: int = 1, **fields: str) -> Page:
    given = {"date": TODAY.isoformat(), "exercise": STRENGTH, "set": str(number), "amount": "30", "key": str(uuid4())}
    return Page(client_of(case.person.user).post(address(), {**given, **fields}, follow=True))


def sets(case: Case) -> int:
    return facts(case, "sets").count()


def dose(**fields: object) -> Dose:
    usual: dict[str, object] = {"sets_low": 3, "sets_high": 3, "amount_low": 10, "amount_high": 10, "unit": "reps"}
    return Dose(**{**usual, **fields})  # type: ignore[arg-type]


def test_a_session_shows_every_exercise_with_its_sets_cues_and_figure() -> None:
    page = opened(in_training())
    assert f'id="exercise-{STRENGTH}"' in page.html
    assert "Serie 1 van 5" in page.text
    assert "Zet de hiel" in page.text
    assert f"/figures/{STRENGTH}.nl.svg" in page.html
    assert 'data-set-s="30"' in page.html
    assert 'data-sides="links,rechts"' in page.html
    assert "style=" not in page.html.partition("<main")[2]


def test_every_session_of_today_opens_and_another_one_leads_back() -> None:
    case = in_training()
    today = bridge.todays_plan(standing(case, TODAY).recovery).week.days[0]
    for session in today.sessions:
        if bridge.is_planned_for(session):
            assert opened(case, session.kind).status == 200
    assert opened(case, "warm_up").leads_to == reverse("today")
    assert opened(case, "no-session").status == 404


def test_a_set_is_ticked_off_with_amount_and_pain() -> None:
    case = in_training()
    page = ticked(case, pain="2")
    assert Fact.objects.get(case=case, part="sets").entry == {
        "date": TODAY.isoformat(), "exercise": STRENGTH, "set": 1, "amount": 30, "pain": 2,
    }  # fmt: skip
    assert "Serie 1 gedaan" in page.text
    assert "pijn 2" in page.text


def test_the_same_set_ticked_off_twice_is_one_set() -> None:
    case = in_training()
    key = str(uuid4())
    for _ in range(2):
        ticked(case, key=key)
    ticked(case)
    assert sets(case) == 1


def test_a_set_is_taken_back_and_the_tick_stays_readable() -> None:
    case = in_training()
    ticked(case)
    ticked(case, undo="1")
    assert sets(case) == 0
    assert Fact.objects.filter(case=case, part="sets").count() == 2
    ticked(case, undo="1")
    assert Fact.objects.filter(case=case, part="sets").count() == 2


def test_too_much_pain_stops_the_exercise_with_the_rule() -> None:
    case = in_training()
    page = ticked(case, pain="9")
    assert "Pijn 9 is meer dan" in page.text
    assert re.search(r'class="play panel is-stopped" id="exercise-supine_heel_dig_90"', page.html)
    assert "Hij deed te veel pijn" in page.text
    mild = ticked(in_training("mild@example.org"), pain="1")
    assert "is meer dan" not in mild.text.partition("Oefeningen")[2].partition("Serie 1")[0]


def test_what_cannot_be_read_is_told_and_nothing_is_kept() -> None:
    case = in_training()
    page = ticked(case, amount="many")
    assert "many" in page.text
    assert sets(case) == 0


def test_the_last_session_leads_to_the_check_in_and_an_earlier_one_to_the_next() -> None:
    case = in_training()
    assert address("main") in opened(case, "running").links()
    assert reverse("check_in") in opened(case).links()


def test_a_session_is_finished_when_every_set_is_done_or_stopped() -> None:
    case = in_training()
    assert "En dan?" in opened(case).text
    recovery = standing(case, TODAY).recovery
    page = player_pages.session_page("main", recovery, [], "nl")
    assert page
    assert not page.finished
    for exercise in page.exercises:
        for row in exercise.sets:
            ticked(case, row.number, exercise=exercise.id, amount="8")
    assert "Goed gedaan: dit is klaar" in opened(case).text


def test_a_run_shows_its_step_of_the_ladder() -> None:
    page = opened(in_training(), "running")
    assert "wandelen" in page.text.lower()


def test_the_time_of_a_set_follows_from_its_dose() -> None:
    assert bridge.work_s(dose(tempo="2-1-3")) == 60
    assert bridge.work_s(dose(hold_s=5)) == 50
    assert bridge.work_s(dose()) == 10 * bridge.REPETITION_S
    assert bridge.work_s(dose(unit="seconds")) == 10
    assert bridge.work_s(dose(unit="minutes")) == 600
    assert bridge.work_s(dose(unit="metres")) == 0


def test_the_rest_between_sets_is_what_is_left_of_the_minutes() -> None:
    plan = bridge.todays_plan(standing(in_training(), TODAY).recovery)
    for one in plan.exercises:
        rest = bridge.rest_s(one.exercise, plan)
        assert rest % 5 == 0
        assert rest == 0 if one.dose.sets_high == 1 else bridge.LEAST_REST_S <= rest <= bridge.MOST_REST_S
