"""What stands at the top of every page of a case in a practice: who, what, where it stands, and the tabs.

A view gives it to its template as ``header``; the template extends ``cases/case_base.html``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from herstel_web.access import Member
from herstel_web.cases import bridge
from herstel_web.cases.models import Case
from herstel_web.cases.queries import Standing
from herstel_web.correspondence.queries import unread_by_practice
from herstel_web.language import current_language
from herstel_web.practice.rights import Right

TABS: tuple[tuple[str, str | Promise], ...] = (
    ("case", gettext_lazy("Overview")),
    ("case_assessment", gettext_lazy("Assessment")),
    ("case_chain", gettext_lazy("Tests and chain")),
    ("case_plan", gettext_lazy("Plan")),
    ("case_progress", gettext_lazy("Progress")),
    ("case_letters", gettext_lazy("Letters")),
    ("case_messages", gettext_lazy("Messages")),
    ("case_notes", gettext_lazy("Notes")),
)
"""The pages of a case by the name of their address; one that does not exist is not shown."""
DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """``count`` is the number of messages that nobody has read."""

    label: str | Promise
    url: str
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHeader:
    """``urgent`` is true when somebody should be seen today or sooner; ``days`` counts since the complaint began."""

    case: Case
    name: str
    age_years: int | None
    complaint: str
    phase: str
    track: str
    urgency: str
    urgent: bool
    held_since: date | None
    discharged: bool
    days: int | None
    pending: bool
    mine: bool
    may_write: bool
    tabs: tuple[Tab, ...]


def case_header(request: HttpRequest, member: Member, case: Case, standing: Standing) -> CaseHeader:
    """The top of a page of this case, as it stands."""
    columns, language = bridge.columns(standing.recovery), current_language()
    return CaseHeader(
        case=case,
        name=case.person.name,
        age_years=age_on(standing.recovery.progress.today, case.person.birth_date, columns["age_years"]),
        complaint=complaint_in_words(columns["condition"], columns["side"], columns["rule_out"]),
        phase=bridge.phase_name(columns["phase"], language),
        track=bridge.track_name(columns["track"], language),
        urgency=bridge.urgency_name(columns["urgency"], language),
        urgent=columns["urgency"] in bridge.URGENT,
        held_since=columns["held_since"],
        discharged=columns["discharged"],
        days=bridge.days_since_start(standing.recovery),
        pending=standing.pending,
        mine=case.therapist_id == member.user.pk,
        may_write=member.may(Right.WRITE_RECORDS),
        tabs=tuple(_tabs(request, case)),
    )


def _tabs(request: HttpRequest, case: Case) -> Iterator[Tab]:
    here = request.resolver_match.view_name if request.resolver_match else ""
    among = [name for name, _ in TABS if here.startswith(name)]
    for name, label in TABS:
        try:
            url = reverse(name, kwargs={"case_id": case.pk})
        except NoReverseMatch:
            continue
        count = unread_by_practice(case) if name == "case_messages" else 0
        yield Tab(label=label, url=url, here=bool(among) and name == max(among, key=len), count=count)


def age_on(today: date, born: date | None, told_years: int | None) -> int | None:
    """The age by the date of birth, else as it was told with the complaint."""
    return told_years if born is None else int((today - born).days / DAYS_A_YEAR)


def complaint_in_words(condition: str, side: str, rule_out: str) -> str:
    """What it most probably is and on which side, and what must be ruled out first when that is something else."""
    name = bridge.condition_name(condition, current_language())
    sides = {"left": gettext("left"), "right": gettext("right"), "both": gettext("both sides")}
    told = f"{name}, {sides[side]}" if side in sides else name
    return f"{told}. {bridge.rule_out_in_words(rule_out, current_language())}" if rule_out else told
