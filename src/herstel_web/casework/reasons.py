"""Why a case asks for a therapist, who first. One definition sorts and filters in the database and says it in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.models import Case
from herstel_web.casework.bridge import URGENT, limit_days
from herstel_web.casework.models import LookedAt, Override
from herstel_web.correspondence.models import Message
from herstel_web.filming.models import Recording

Tone = Literal["is-bad", "is-warn", "is-info", "is-good"]
RECHECK_GRACE_DAYS, RECHECK_SHOWN_DAYS = 1, 14
"""A planned day to look again may be answered a day late before somebody is asked to call; after two weeks what that
day could tell has passed, and other reasons tell whether somebody is needed (elicited)."""
FILM_SHOWN_DAYS = 14
"""So long a recording that could not be measured asks for somebody who may help (elicited)."""


AWAY_DAYS = 14
"""So long a reason stays away after somebody looked at it (elicited)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why somebody needs a therapist now.

    Attributes
    ----------
    text : str
        What it is, without its day.
    told : str
        The same with ``{day}``, the day since which it is so.
    holds : callable
        The condition on cases as ``judged`` gives them, on a day.
    since : str
        The column with the day since which it is so.
    stays : bool
        It cannot be put away by looking at it: only what it is about ends it.
    """

    id: str
    text: str | Promise
    told: str | Promise
    tone: Tone
    holds: Callable[[date], Q]
    since: str
    stays: bool = False

    def open(self, today: date) -> Q:
        """The condition on cases, without those in which somebody looked at it."""
        return self.holds(today) if self.stays else self.holds(today) & ~Q(self._looked_at(today))

    def _looked_at(self, today: date) -> Exists:
        lately = timezone.make_aware(datetime.combine(today - timedelta(days=AWAY_DAYS), time.min))
        found = LookedAt.objects.filter(case=OuterRef("pk"), reason=self.id, made_at__gte=lately)
        return Exists(found.filter(since=OuterRef(self.since)))


def _with_days(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Cases with the days that reasons ask about and that stand in no column."""
    overrides = Override.objects.filter(case=OuterRef("pk"), subject=Override.Subject.URGENCY, ended_at=None)
    unread = Message.objects.filter(case=OuterRef("pk"), from_person=True, read_at=None).order_by("sent_at")
    measured = Recording.objects.filter(case=OuterRef("pk"), state=Recording.State.READY).order_by("filmed_on")
    return cases.annotate(
        raised=Exists(overrides.filter(value__in=URGENT)),
        held_on=Coalesce("conclusion__held_since", "opened_on"),
        last_told=Coalesce("conclusion__last_check_in", "opened_on"),
        last_moved=Coalesce("conclusion__last_advance", "opened_on"),
        unread_at=Subquery(unread.values("sent_at")[:1]),
        film_waits_since=Subquery(measured.values("filmed_on")[:1]),
        film_failed_on=Subquery(_told_nothing().values("filmed_on")[:1]),
    ).annotate(unread_on=TruncDate("unread_at"))


def _told_nothing() -> "QuerySet[Recording]":
    """What a person filmed in vain and did not film again, the last one first; a therapist sees it of their own."""
    again = Recording.objects.filter(case=OuterRef("case"), sent_at__gt=OuterRef("sent_at"))
    return Recording.objects.filter(
        ~Exists(again.filter(movement=OuterRef("movement"), side=OuterRef("side"))),
        case=OuterRef("pk"), from_person=True, state__in=(Recording.State.REFUSED, Recording.State.FAILED),
    ).order_by("-filmed_on")  # fmt: skip


def _days_ago(today: date, rule: str) -> date:
    return today - timedelta(days=limit_days(rule))


def _recheck_missed(today: date) -> Q:
    late, past = timedelta(days=RECHECK_GRACE_DAYS), timedelta(days=RECHECK_SHOWN_DAYS)
    return Q(conclusion__next_recheck__lt=today - late, conclusion__next_recheck__gte=today - past)


BUSY = Q(conclusion__discharged=False, conclusion__on_hold=False)
"""A plan runs: nobody waits for a clinician, and the person is not back yet."""

REASONS: tuple[Reason, ...] = (
    Reason(
        id="on_hold",
        text=_("Warning sign: look first"),
        told=_("Warning sign since {day}: somebody must look first"),
        tone="is-bad",
        holds=lambda _today: Q(conclusion__on_hold=True) | Q(raised=True),
        since="held_on",
        stays=True,
    ),
    Reason(
        id="stop_sign",
        text=_("Stop sign"),
        told=_("Stab, giving way or new bruise on {day}"),
        tone="is-bad",
        holds=lambda today: Q(conclusion__last_stop_sign__gt=_days_ago(today, "stop_sign")),
        since="conclusion__last_stop_sign",
    ),
    Reason(
        id="flare_up",
        text=_("Flare-up"),
        told=_("Flare-up on {day}"),
        tone="is-warn",
        holds=lambda today: Q(conclusion__last_flare_up__gt=_days_ago(today, "two_flare_ups")),
        since="conclusion__last_flare_up",
    ),
    Reason(
        id="missed_recheck",
        text=_("Missed re-check"),
        told=_("Re-check of {day} missed"),
        tone="is-warn",
        holds=_recheck_missed,
        since="conclusion__next_recheck",
    ),
    Reason(
        id="stalled",
        text=_("No step forward"),
        told=_("No step forward since {day}"),
        tone="is-warn",
        holds=lambda today: BUSY & Q(last_moved__lte=_days_ago(today, "no_improvement")),
        since="last_moved",
    ),
    Reason(
        id="dropped_out",
        text=_("No check-in"),
        told=_("No check-in since {day}"),
        tone="is-warn",
        holds=lambda today: BUSY & Q(last_told__lte=_days_ago(today, "long_gap")),
        since="last_told",
    ),
    Reason(
        id="gate_ready",
        text=_("Ready for the next step"),
        told=_("Ready for the next step on {day}"),
        tone="is-good",
        holds=lambda _today: BUSY & Q(conclusion__gate_ready=True),
        since="conclusion__day",
        stays=True,
    ),
    Reason(
        id="unread",
        text=_("Unread message"),
        told=_("Unread message of {day}"),
        tone="is-info",
        holds=lambda _today: Q(unread_at__isnull=False),
        since="unread_on",
        stays=True,
    ),
    Reason(
        id="film_waits",
        text=_("Recording to judge"),
        told=_("Recording of {day} waits for your judgement"),
        tone="is-info",
        holds=lambda _today: Q(film_waits_since__isnull=False),
        since="film_waits_since",
        stays=True,
    ),
    Reason(
        id="new",
        text=_("New"),
        told=_("New since {day}, no therapist yet"),
        tone="is-info",
        holds=lambda _today: Q(therapist=None),
        since="opened_on",
        stays=True,
    ),
    Reason(
        id="film_failed",
        text=_("Recording not measured"),
        told=_("Recording of {day} could not be measured"),
        tone="is-info",
        holds=lambda today: Q(film_failed_on__gt=today - timedelta(days=FILM_SHOWN_DAYS)),
        since="film_failed_on",
    ),
)
"""In this order: who needs somebody first stands first."""
BY_ID = {one.id: one for one in REASONS}


def judged(cases: "QuerySet[Case]", today: date) -> "QuerySet[Case]":
    """Cases with the days that reasons ask about, and with ``is_`` before the id of each reason whether it holds."""
    holds = {f"is_{one.id}": ExpressionWrapper(one.open(today), BooleanField()) for one in REASONS}
    return _with_days(cases).annotate(**holds)
