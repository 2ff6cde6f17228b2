"""The plan as a calendar feed. A calendar is read by others too, so its titles say nothing about health."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Day, Plan, Session
from herstel.plan.report_words import amount_in_words, exercise_name
from herstel.text import Language, say

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Herstel//herstel//"
_TITLES = {"morning": marked("Morning {minutes} min"), "training": marked("Training {minutes} min")}


def as_calendar(
    plan: Plan, knowledge: Knowledge, language: Language, *, whose: str = "", described: bool = True
) -> bytes:
    """The sessions of the plan's week as an iCalendar file (RFC 5545).

    Parameters
    ----------
    plan : Plan
    knowledge : Knowledge
    language : {"nl", "en"}
    whose : str
        Keeps the calendars of two people apart where one program shows both; it is not readable in the file.
    described : bool
        Whether each event says which exercises; a feed that other programs keep says only that there is training.

    Returns
    -------
    bytes
        One event of a whole day for each day with training, and one for the mornings of the week. Titles are neutral,
        such as "Training 25 min"; what to do stands in the description. The same plan gives the same bytes, and an
        event keeps its identity when the plan is made again.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", say(language, "Training"))
    for day in plan.week.days:
        for kind in _TITLES:
            sessions = [one for one in day.sessions if one.minutes and (one.kind == "morning") is (kind == "morning")]
            if sessions:
                event = _event(kind, day, sessions, language)
                event.add("uid", f"{uuid5(NAMESPACE_URL, f'herstel/{whose}/{kind}/{day.date.isoformat()}')}@herstel")
                event.add("dtstamp", datetime.combine(plan.week.start, time(), UTC))
                if described:
                    event.add("description", _description(plan, knowledge, language, sessions))
                calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(kind: str, day: Day, sessions: Sequence[Session], language: Language) -> "Event":
    from icalendar import Event

    event = Event()
    event.add("dtstart", day.date)
    event.add("dtend", day.date + timedelta(days=1))
    event.add("summary", say(language, _TITLES[kind], minutes=round(sum(one.minutes for one in sessions))))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event


def _description(plan: Plan, knowledge: Knowledge, language: Language, sessions: Sequence[Session]) -> str:
    """What to do, one exercise a line."""
    planned = {one.exercise: one for one in plan.exercises}
    lines = []
    for name in (name for session in sessions for name in session.exercises):
        amount = f": {amount_in_words(planned[name], language)}" if name in planned else ""
        lines.append(exercise_name(name, plan, knowledge, language) + amount)
    return "\n".join(lines)
