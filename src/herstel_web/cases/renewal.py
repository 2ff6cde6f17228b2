"""Conclusions that are out of date, worked out anew: the thinking first, so that nobody has to wait for it to write."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from herstel.errors import HerstelError
from herstel.flow import Recovery
from herstel_web.cases.actions import conclude, keep, work_out
from herstel_web.cases.models import Case, Conclusion
from herstel_web.knowledge import knowledge

log = logging.getLogger(__name__)
SOME = 20
LEFT_TO_ITS_JOB = timedelta(minutes=1)
"""How long newer facts are left to the job that was asked for when they came in."""
_given_up: set[tuple[object, int, date]] = set()
"""Cases that this process could not work out, with the version of their facts and the day: once a day is enough."""


def renew(*, case: Case, today: date) -> Recovery:
    """Work out a case anew and keep what came of it, unless facts came in meanwhile: then once more, all at once.

    Raises
    ------
    InputError
        When the facts contradict each other.
    """
    before = Case.objects.values_list("facts_version", flat=True).get(pk=case.pk)
    recovery = work_out(case=case, today=today)
    with transaction.atomic():
        now = Case.objects.select_for_update().values_list("facts_version", flat=True).get(pk=case.pk)
        if now != before:
            return conclude(case=case, today=today)
        keep(case=case, recovery=recovery, facts_version=now)
    return recovery


def renew_some() -> bool:
    """Work out some open cases for the new day, those on hold first; True when more are left."""
    today = timezone.localdate()
    _given_up.difference_update([one for one in _given_up if one[2] != today])
    found = [one for one in _out_of_date(today)[: SOME + 1 + len(_given_up)] if _key(one, today) not in _given_up]
    for conclusion in found[:SOME]:
        try:
            renew(case=conclusion.case, today=today)
        except Case.DoesNotExist:
            continue  # it was erased meanwhile
        except HerstelError:
            _given_up.add(_key(conclusion, today))
            log.exception("a case cannot be worked out")
    return len(found) > SOME


def _out_of_date(today: date) -> "QuerySet[Conclusion]":
    old_facts = ~Q(facts_version=F("case__facts_version")) & Q(made_at__lt=timezone.now() - LEFT_TO_ITS_JOB)
    out_of_date = Q(day__lt=today) | ~Q(knowledge_version=knowledge().version.version) | old_facts
    return (
        Conclusion.objects.filter(out_of_date, case__closed_on=None)
        .select_related("case")
        .defer("value")
        .order_by("-on_hold", "day", "pk")
    )


def _key(conclusion: Conclusion, today: date) -> tuple[object, int, date]:
    return conclusion.pk, conclusion.case.facts_version, today
