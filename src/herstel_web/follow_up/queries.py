"""Reads what the progress page shows of the facts themselves."""

from datetime import date

from django.utils.translation import gettext

from herstel.text import Language
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts
from herstel_web.follow_up import bridge
from herstel_web.follow_up.forms import ROLES, SIGNS
from herstel_web.follow_up.values import CheckInRow, RoleRow

SHOWN = ("pain_now", "pain_worst", "pain_next_morning", "stiffness_min")
NOT_TOLD = "–"


def check_ins(case: Case, since: date, language: Language) -> list[CheckInRow]:
    """The days that were told since a day, the newest first."""
    words = dict(bridge.walking_words(language))
    return [_check_in(one, words) for one in reversed(facts(case, Fact.Part.CHECK_INS, since=since))]


def _check_in(fact: Fact, walking: dict[str, str]) -> CheckInRow:
    told = fact.entry or {}
    signs = [str(label) for name, label in SIGNS.items() if told.get(name)]
    if any(told.get("symptoms", {}).values()):
        signs.append(gettext("a warning sign was told"))
    return CheckInRow(
        fact_id=fact.pk,
        day=fact.day,
        told={name: NOT_TOLD if told.get(name) is None else f"{told[name]:g}" for name in SHOWN},
        walking=walking.get(told.get("walking", ""), ""),
        signs=tuple(signs),
        exercises=len(told.get("done", ())),
        reason=fact.reason,
    )


def check_in(case: Case, fact_id: int) -> Fact | None:
    """A check-in of this case that stands."""
    return facts(case, Fact.Part.CHECK_INS).filter(pk=fact_id).first()


def said_by_role(case: Case) -> list[RoleRow]:
    """What each role last said about going back to sport."""
    last = {(one.entry or {}).get("role"): one for one in facts(case, "confirmations").select_related("recorded_by")}
    return [_role(role, last.get(role)) for role in bridge.roles()]


def _role(role: str, fact: Fact | None) -> RoleRow:
    entry = (fact.entry or {}) if fact else {}
    return RoleRow(
        role=role,
        name=str(ROLES[role]),
        agrees=entry.get("agrees"),
        day=fact.day if fact else None,
        note=entry.get("note", ""),
        by=fact.recorded_by.shown_name if fact and fact.recorded_by else "",
    )
