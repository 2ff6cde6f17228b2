from datetime import timedelta
from typing import Any

from icalendar import Calendar

from herstel.knowledge.model import Knowledge
from herstel.plan.calendar import as_calendar
from herstel.plan.generator import make_plan
from herstel.plan.model import Plan
from tests.unit.plan.people import SPRINT_STRAIN, START, a_chain, a_goal, assessed_as

HEALTH = ("hamstring", "herstel", "blessure", "injury", "pain", "pijn", "rehab", "hiel", "heel", "phase", "fase")


def plan(knowledge: Knowledge, **goal: Any) -> Plan:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    return make_plan(assessment, a_chain(assessment), a_goal(**goal), knowledge)


def events(feed: bytes) -> list[Any]:
    return list(Calendar.from_ical(feed).walk("VEVENT"))


def test_every_day_with_training_has_an_event_of_its_minutes(knowledge: Knowledge) -> None:
    one = plan(knowledge, morning_routine=False)
    found = {event["dtstart"].dt: str(event["summary"]) for event in events(as_calendar(one, knowledge, "en"))}
    for day in one.week.days:
        minutes = round(sum(session.minutes for session in day.sessions))
        assert found.get(day.date) == (f"Training {minutes} min" if minutes else None)


def test_a_title_says_nothing_about_health(knowledge: Knowledge) -> None:
    for language in ("nl", "en"):
        for event in events(as_calendar(plan(knowledge), knowledge, language)):
            assert not any(word in str(event["summary"]).lower() for word in HEALTH)
            assert str(event["class"]) == "PRIVATE"


def test_a_feed_for_other_programs_says_only_that_there_is_training(knowledge: Knowledge) -> None:
    found = events(as_calendar(plan(knowledge), knowledge, "en", described=False))
    assert found
    assert not any("description" in event for event in found)


def test_what_to_do_stands_in_the_description(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    told = " ".join(str(event["description"]) for event in events(as_calendar(one, knowledge, "nl")))
    assert all(knowledge.exercises[planned.exercise].name.nl in told for planned in one.exercises)


def test_the_same_plan_is_the_same_file(knowledge: Knowledge) -> None:
    assert as_calendar(plan(knowledge), knowledge, "nl") == as_calendar(plan(knowledge), knowledge, "nl")


def test_an_event_keeps_its_identity_when_the_plan_changes_and_two_people_keep_theirs(knowledge: Knowledge) -> None:
    def ids(feed: bytes) -> set[str]:
        return {str(event["uid"]) for event in events(feed)}

    one, other = plan(knowledge), plan(knowledge, minutes={0: 20, 2: 20})
    assert ids(as_calendar(other, knowledge, "nl")) <= ids(as_calendar(one, knowledge, "nl"))
    assert len(ids(as_calendar(one, knowledge, "nl"))) == len(events(as_calendar(one, knowledge, "nl")))
    assert not ids(as_calendar(one, knowledge, "nl", whose="a")) & ids(as_calendar(one, knowledge, "nl", whose="b"))


def test_an_event_lasts_its_day_and_has_the_stamp_of_the_week(knowledge: Knowledge) -> None:
    for event in events(as_calendar(plan(knowledge), knowledge, "nl")):
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(days=1)
        assert event["dtstamp"].dt.date() == START
