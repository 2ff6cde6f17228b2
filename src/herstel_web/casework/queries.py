"""Everything that the work list reads: sorted, filtered and counted by the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, F, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext

from herstel_web.access import Member
from herstel_web.cases.case_header import age_on, complaint_in_words
from herstel_web.cases.models import Case, Conclusion
from herstel_web.casework.reasons import BY_ID, REASONS, Reason, judged

A_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What of the work list is shown. ``name`` is what somebody typed to find a person."""

    mine: bool = False
    closed: bool = False
    reason: str = ""
    phase: int | None = None
    name: str = ""
    page: int = 1

    @property
    def narrowed(self) -> bool:
        """Whether anybody may be left out."""
        return bool(self.mine or self.closed or self.reason or self.phase or self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """A reason of one case, in words; ``since`` is the day since which it is so."""

    id: str
    text: str
    tone: str
    since: date
    stays: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the work list."""

    case: Case
    name: str
    age_years: int | None
    complaint: str
    phase: str
    because: tuple[Because, ...]
    therapist: str
    mine: bool
    last_check_in: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkList:
    """``counts`` says how many cases there are for each reason, and in all under ``all``."""

    rows: tuple[Row, ...]
    page: "Page[Case]"
    counts: Mapping[str, int]


def work_list(member: Member, chosen: Chosen, today: date) -> WorkList:
    """The cases of the practice, who needs somebody first."""
    whose = judged(Case.objects.filter(practice=member.practice, closed_on__isnull=not chosen.closed), today)
    if chosen.mine:
        whose = whose.filter(therapist=member.user)
    found = _sorted(_narrowed(whose, chosen))
    if chosen.closed:
        found = found.order_by("-closed_on", "pk")
    shown = found.select_related("person", "therapist", "conclusion").defer("conclusion__value")
    page = Paginator(shown, A_PAGE).get_page(chosen.page)
    rows = tuple(_row(case, member, today) for case in page.object_list)
    return WorkList(rows=rows, page=page, counts=_counts(whose))


def because(case: Case, today: date) -> tuple[Because, ...]:
    """Why one case stands where it stands, most urgent first."""
    found = _sorted(judged(Case.objects.filter(pk=case.pk), today))
    return tuple(_reasons(found.select_related("conclusion").defer("conclusion__value").get()))


def _narrowed(cases: "QuerySet[Case]", chosen: Chosen) -> "QuerySet[Case]":
    if chosen.reason in BY_ID:
        cases = cases.filter(**{f"is_{chosen.reason}": True})
    if chosen.phase:
        cases = cases.filter(conclusion__phase=chosen.phase)
    return cases.filter(person__name__icontains=chosen.name) if chosen.name else cases


def _sorted(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """By the first reason that holds; of one reason emergencies first, then who waits longest."""
    place = [When(**{f"is_{one.id}": True}, then=Value(number)) for number, one in enumerate(REASONS)]
    since = [When(**{f"is_{one.id}": True}, then=F(one.since)) for one in REASONS]
    emergency = When(conclusion__urgency="emergency", then=0)
    return cases.annotate(
        place=models.Case(*place, default=Value(len(REASONS)), output_field=models.IntegerField()),
        since=models.Case(*since, default=F("last_told"), output_field=models.DateField()),
        hurry=models.Case(emergency, default=1, output_field=models.IntegerField()),
    ).order_by("place", "hurry", "since", "pk")


def _counts(cases: "QuerySet[Case]") -> Mapping[str, int]:
    told = {one.id: Count("pk", filter=Q(**{f"is_{one.id}": True})) for one in REASONS}
    return cases.aggregate(all=Count("pk"), **told)


def _row(case: Case, member: Member, today: date) -> Row:
    known: Conclusion | None = getattr(case, "conclusion", None)
    return Row(
        case=case,
        name=case.person.name,
        age_years=age_on(today, case.person.birth_date, known.age_years if known else None),
        complaint=complaint_in_words(known.condition, known.side, known.rule_out) if known else "",
        phase=gettext("Phase {n}").format(n=known.phase) if known else "",
        because=() if case.closed_on else tuple(_reasons(case)),
        therapist=case.therapist.shown_name if case.therapist else "",
        mine=case.therapist_id == member.user.pk,
        last_check_in=known.last_check_in if known else None,
    )


def _reasons(case: Case) -> Iterator[Because]:
    for one in REASONS:
        if getattr(case, f"is_{one.id}"):
            since = _since(case, one)
            told = str(one.told).format(day=date_format(since, "j N"))
            yield Because(id=one.id, text=told, tone=one.tone, since=since, stays=one.stays)


def _since(case: Case, reason: Reason) -> date:
    value: Any = case
    for name in reason.since.split("__"):
        value = getattr(value, name)
    day: date = value
    return day
