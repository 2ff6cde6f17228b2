import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel.flow import Recovery
from herstel.plan.goal_file import WEEKDAYS
from herstel_web.audit.models import Event
from herstel_web.cases import actions
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import standing
from herstel_web.people.export import export_zip
from herstel_web.training import bridge, pages
from herstel_web.training.models import CalendarFeed
from tests.web.actors import Actors, check_in, client_of, in_training, opened_case, user
from tests.web.visitor import Page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
MOST_QUERIES = 25
FEMALE_SPRINTER = "sprinter@example.org"


def opened(case: Case, name: str = "today", *parts: str, language: str = "nl") -> Page:
    client = client_of(case.person.user)
    client.cookies["herstel_language"] = language
    return Page(client.get(reverse(name, args=parts)))


def recovery(case: Case) -> Recovery:
    case.refresh_from_db()
    return standing(case, TODAY, patience=timedelta(0)).recovery


def tick(case: Case, exercise: str, number: int, **more: object) -> Fact:
    entry = {"date": TODAY.isoformat(), "exercise": exercise, "set": number, "amount": 8, "pain": 1, **more}
    fact = NewFact(part=Fact.Part.SETS, entry=entry, day=TODAY)
    return actions.record_fact(case=case, fact=fact, by=case.person.user, today=TODAY)


def strength(case: Case) -> list[str]:
    """The strength exercises of today."""
    day = bridge.todays_plan(recovery(case)).week.days[0]
    return [one for session in day.sessions if session.kind == "main" for one in session.exercises]


# --- the day ---------------------------------------------------------------------------------------------------------


def test_today_shows_each_session_with_amount_figure_and_reason() -> None:
    page = opened(in_training())
    assert "Oefeningen" in page.text
    assert "In de ochtend" in page.text
    assert re.search(r"\d × \d+ (seconden|keer)", page.text)
    assert re.search(r'<img class="thumb" src="/figures/\w+\.nl\.svg\?still"', page.html)
    assert "Waarom: " in page.text
    assert "style=" not in page.html.partition("<main")[2]


def test_a_shortened_walk_is_told_with_one_amount() -> None:
    case = in_training()
    goal = {"kind": "daily_life", "start": TODAY.isoformat(), "days": dict.fromkeys(WEEKDAYS, 12)}
    actions.record_fact(
        case=case,
        fact=NewFact(part=Fact.Part.GOAL, entry=goal, day=TODAY),
        by=case.person.user,
        today=TODAY,
    )
    assert bridge.amount_of("walk_long_strides", bridge.todays_plan(recovery(case)), "en").startswith("12 minutes")
    for text in (opened(case, language="en").text, opened(case, "session", "running", language="en").text):
        assert "12 minutes" in text
        assert "20 minutes" not in text


def test_today_says_what_may_and_may_not_in_words() -> None:
    page = opened(in_training())
    assert "Wat mag je vandaag, en wat nog niet?" in page.text
    for word in ("Ja", "Aangepast", "Nee"):
        assert f"</span> {word}" in page.html or f">{word}</span>" in page.html


def test_a_first_day_asks_for_the_check_in_and_reads_well_in_both_languages(actors: Actors) -> None:
    for language, asked in (("nl", "Hoe gaat het vandaag?"), ("en", "How is it today?")):
        page = opened(actors.case, language=language)
        assert asked in page.text
        assert reverse("check_in") in page.links()


def test_a_day_without_training_says_so_and_still_says_what_may() -> None:
    case = in_training()
    goal = {
        "kind": "daily_life",
        "start": (TODAY - timedelta(days=12)).isoformat(),
        "days": {WEEKDAYS[(TODAY.weekday() + 3) % 7]: 30},
    }
    actions.record_fact(
        case=case, fact=NewFact(part=Fact.Part.GOAL, entry=goal, day=TODAY), by=case.person.user, today=TODAY
    )
    page = opened(case)
    assert "Vandaag geen training" in page.text
    assert "Wat mag je vandaag" in page.text


def test_what_was_ticked_off_stays_in_the_day_and_counts() -> None:
    case = in_training()
    first, *_ = strength(case)
    before = strength(case)
    tick(case, first, 1)
    assert strength(case) == before
    page = opened(case)
    assert re.search(r"1 van \d+ series gedaan", page.text)


def test_what_changed_is_told_with_its_reason() -> None:
    case = in_training()
    yesterday = TODAY - timedelta(days=1)
    tick(case, strength(case)[0], 1, date=yesterday.isoformat())
    check_in(case, TODAY, pain_next_morning=7, pain_worst=8)
    recovery(case)
    page = opened(case)
    assert 'id="changed"' in page.html
    assert "Regel: " in page.text


def test_a_plan_that_is_still_being_worked_out_says_so() -> None:
    case = in_training()
    check_in(case, TODAY)
    page = opened(case)
    assert "data-pending" in page.html
    recovery(case)
    assert "data-pending" not in opened(case).html


def test_a_look_again_that_is_due_is_told_until_it_is_answered() -> None:
    case = in_training(days=2)
    assert "Kijk op dag 4 opnieuw" in opened(case).text
    check_in(case, TODAY, answers={"straighten": "tight"})
    assert "Kijk op dag 4 opnieuw" not in opened(case).text


# --- somebody must look first ----------------------------------------------------------------------------------------


def test_a_warning_sign_comes_before_everything_and_takes_the_exercises_away() -> None:
    case = in_training()
    check_in(case, TODAY, symptoms={"bladder_bowel_saddle_change": True})
    page = opened(case)
    assert page.heading.startswith("Bel nu 112") or "112" in page.heading
    assert page.html.index('class="act-now"') < page.html.index("check-in-due")
    assert "session-main" not in page.html
    assert 'href="tel:112"' in page.html
    assert Page(client_of(case.person.user).get(reverse("session", args=["main"]))).leads_to == reverse("today")


def test_the_call_to_act_is_a_page_of_its_own_and_leads_back_when_nothing_is_wrong() -> None:
    case = in_training()
    assert opened(case, "act").leads_to == reverse("today")
    check_in(case, TODAY, symptoms={"bladder_bowel_saddle_change": True})
    page = opened(case, "act")
    assert "112" in page.heading
    assert "Huisartsenpost" in page.text


def test_a_complaint_that_must_be_seen_today_shows_no_training() -> None:
    case = opened_case(user(FEMALE_SPRINTER), days_ago=0)
    answers = {"rf_now": ["bladder_bowel"], "age": 40, "days_since_onset": 1}
    entry = {"answers": answers}
    actions.record_fact(
        case=case, fact=NewFact(part=Fact.Part.COMPLAINT, entry=entry, day=TODAY), by=case.person.user, today=TODAY
    )
    page = opened(case)
    assert "act-now" in page.html
    assert "session-" not in page.html
    assert not bridge.may_train(recovery(case))


# --- the week and the exercises --------------------------------------------------------------------------------------


def test_the_week_has_seven_days_of_which_only_today_is_certain() -> None:
    page = opened(in_training(), "week")
    assert page.html.count("<time") == 7
    assert "Alleen vandaag staat vast" in page.text


def test_the_week_of_somebody_on_hold_leads_to_what_to_do() -> None:
    case = in_training()
    check_in(case, TODAY, symptoms={"bladder_bowel_saddle_change": True})
    assert reverse("act") in opened(case, "week").links()


def test_an_exercise_tells_how_when_to_stop_and_its_sources() -> None:
    case = in_training()
    page = opened(case, "exercise", strength(case)[0])
    for text in ("Zo begin je", "Zo doe je het", "Wat vaak misgaat", "Wanneer je stopt", "Waar dit vandaan komt"):
        assert text in page.text
    assert "van de 10" in page.text
    assert "source" in page.html


def test_an_exercise_outside_the_plan_says_so_and_one_that_is_not_there_does_not_exist() -> None:
    case = in_training()
    assert "staat nu niet in je plan" in opened(case, "exercise", "nordic_curl").text
    assert opened(case, "exercise", "no-such-exercise").status == 404


def test_an_exercise_of_the_therapists_own_has_a_page_and_a_session() -> None:
    case = in_training()
    own = {
        "name": {"nl": "Eigen brug", "en": "Own bridge"},
        "target": "glute_max",
        "minutes": 5,
        "dose": {"sets": 2, "amount": 10, "unit": "reps", "per_side": True},
        "cues": ["Rustig omhoog."],
        "times_per_week": 7,
    }
    edit = {"kind": "own", "exercise": "own_bridge", "reason": "made for them", "date": TODAY.isoformat(), "own": own}
    actions.record_fact(
        case=case, fact=NewFact(part=Fact.Part.EDITS, entry=edit, day=TODAY), by=case.person.user, today=TODAY
    )
    assert "Eigen brug" in opened(case).text
    assert "Rustig omhoog." in opened(case, "exercise", "own_bridge").text
    assert "Eigen brug" in opened(case, "session", "main").text


# --- the calendar ----------------------------------------------------------------------------------------------------


def feed_of(case: Case) -> str:
    client = client_of(case.person.user)
    client.post(reverse("week_calendar"))
    found = re.search(r'value="http://[^/]+(/calendar/[^"]+)"', Page(client.get(reverse("week"))).html)
    assert found
    return found[1].replace("&amp;", "&")


def test_a_calendar_program_sees_when_there_is_training_and_nothing_else() -> None:
    case = in_training()
    content = client_of(None).get(feed_of(case)).content.decode()
    assert "SUMMARY:Training" in content
    assert "DESCRIPTION" not in content
    for word in (*strength(case), "hamstring", "pijn", "Herstel van"):
        assert word not in content


def test_an_address_stops_when_it_is_replaced_or_ended() -> None:
    case = in_training()
    first = feed_of(case)
    second = feed_of(case)
    assert client_of(None).get(first).status_code == 404
    assert client_of(None).get(second).status_code == 200
    client_of(case.person.user).post(reverse("week_calendar"), {"what": "end"})
    assert client_of(None).get(second).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert Event.objects.filter(what="calendar_feed:ended").exists()


def test_an_address_cannot_be_guessed_from_the_id_of_the_feed() -> None:
    case = in_training()
    feed_of(case)
    feed = CalendarFeed.objects.get(case=case)
    for token in (str(feed.pk), f"{feed.pk}.AAAA", "nonsense"):
        assert client_of(None).get(reverse("calendar", args=[token])).status_code == 404


def test_that_a_calendar_follows_the_plan_is_in_what_a_person_takes_along() -> None:
    case = in_training()
    feed_of(case)
    assert b"calendar.json" in export_zip(case.person, timezone.now())


# --- how it is made --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["today", "week", "check_in", "check_in_days"])
def test_the_number_of_queries_does_not_grow_with_the_history(name: str, django_assert_max_num_queries: object) -> None:
    case = in_training(days=25)
    client = client_of(case.person.user)
    client.get(reverse(name))
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        assert client.get(reverse(name)).status_code == 200


def test_a_page_of_the_day_may_be_kept_by_the_browser_and_a_page_of_letters_may_not() -> None:
    case = in_training()
    client = client_of(case.person.user)
    assert client.get(reverse("today")).headers["X-Herstel-Owner"] == str(case.pk)
    assert "X-Herstel-Owner" not in client.get(reverse("my_letters")).headers
    assert "X-Herstel-Owner" not in client.get(reverse("check_in_days")).headers


def test_who_is_discharged_keeps_the_prevention_as_headline() -> None:
    case = in_training()
    now = recovery(case)
    progress = replace(now.progress, position=replace(now.progress.position, discharged=True))
    page = pages.today_page(replace(now, progress=progress), [], None, "nl")
    assert page.headline in ("Keep what you have built up", "Behoud wat je hebt opgebouwd")
    assert page.act is None
