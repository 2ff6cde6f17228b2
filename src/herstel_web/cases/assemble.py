"""Puts the facts that stand together as a case file, which the domain reads."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone

from herstel.case_file import PARTS
from herstel_web.cases.models import Fact

Entry = Mapping[str, Any]
LAST_ONE_STANDS = (Fact.Part.COMPLAINT, Fact.Part.GOAL)
IN_ORDER = (Fact.Part.CHECK_INS, Fact.Part.CONFIRMATIONS)
"""Parts of which it matters what was recorded first: a release looks at the signs that were told before it."""


def as_case_file(facts: Iterable[Fact]) -> dict[str, object]:
    """The case file of facts in the order in which they were recorded; what was corrected is left out.

    Parameters
    ----------
    facts : iterable of Fact
        All facts of one case, oldest first.
    """
    facts = list(facts)
    replaced = {fact.corrects_id for fact in facts}
    known = {fact.pk: fact for fact in facts}
    places = {pk: place for place, pk in enumerate(known, start=1)}
    entries: dict[str, list[Entry]] = defaultdict(list)
    for fact in facts:
        if fact.entry is not None and fact.pk not in replaced:
            place = {"recorded": places[_signs_told_by(fact, known).pk]} if fact.part in IN_ORDER else {}
            entries[fact.part].append({**fact.entry, **place})
    check_ins = with_sets(entries.pop(Fact.Part.CHECK_INS, []), entries.pop(Fact.Part.SETS, []))
    if check_ins:
        entries[Fact.Part.CHECK_INS] = check_ins
    parts: dict[str, object] = {
        part: entries[part][-1] if part in LAST_ONE_STANDS else entries[part] for part in PARTS if part in entries
    }
    # The complaint was told on this day, whenever the plan starts and whoever completed it later.
    told_on = next((fact.day for fact in facts if fact.part == Fact.Part.COMPLAINT), None)
    return {"told_on": told_on.isoformat(), **parts} if told_on else parts


def _signs_told_by(fact: Fact, known: Mapping[int, Fact]) -> Fact:
    """The fact that told the signs of this one: who mends the check-in of another day adds none by that alone.

    On the day itself every telling counts as a new one.
    """
    while fact.corrects_id is not None and timezone.localdate(fact.recorded_at) != fact.day:
        before = known[fact.corrects_id]
        if not _signs(fact) <= _signs(before):
            break
        fact = before
    return fact


def _signs(fact: Fact) -> set[object]:
    """What a check-in tells that may ask for a hold."""
    entry = fact.entry or {}
    told: set[object] = {name for name, is_so in entry.get("symptoms", {}).items() if is_so}
    answers = {(question, str(answer)) for question, answer in entry.get("answers", {}).items()}
    return told | answers | ({"walking"} if entry.get("walking") == "cannot" else set())


def with_sets(check_ins: Iterable[Entry], sets: Iterable[Entry]) -> list[Entry]:
    """The check-ins with the sets that were ticked off on their day; a day with only sets is a check-in of its own."""
    by_day: dict[str, dict[str, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for one in sets:
        by_day[one["date"]][one["exercise"]].append(one)
    days = {one["date"]: dict(one) for one in check_ins}
    for day, exercises in by_day.items():
        told = days.setdefault(day, {"date": day})
        known = {done["exercise"] for done in told.get("done", ())}
        ticked = [_done(name, ticks) for name, ticks in exercises.items() if name not in known]
        told["done"] = [*told.get("done", ()), *ticked]
    return [days[day] for day in sorted(days)]


def _done(exercise: str, ticks: list[Entry]) -> Entry:
    """What was done of an exercise: as many sets as were ticked, the least amount, the most effort and pain."""
    done: dict[str, object] = {"exercise": exercise, "sets": len(ticks)}
    for field, pick in (("amount", min), ("rpe", max), ("pain", max)):
        told = [one[field] for one in ticks if one.get(field) is not None]
        if told:
            done[field] = pick(told)
    return done
