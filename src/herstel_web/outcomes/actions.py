"""Keeps what came of each case: along with its conclusion, and for cases that have none in the background."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from herstel.errors import HerstelError
from herstel.flow import Recovery
from herstel_web.cases.actions import work_out
from herstel_web.cases.models import Case
from herstel_web.outcomes import bridge
from herstel_web.outcomes.models import CaseOutcome
from herstel_web.outcomes.queries import first_forecasts

SOME = 20


def keep_outcome(*, case: Case, recovery: Recovery, **_: Any) -> None:
    """Listens to conclusions: what came of the case is renewed with each of them, and never differs from it."""
    with transaction.atomic():
        outcome = bridge.outcome_of(recovery, first_forecasts(case), str(case.person_id), case.opened_on)
        _keep(case, bridge.to_text(outcome))


def _keep(case: Case, value: str) -> None:
    CaseOutcome.objects.update_or_create(case=case, defaults={"value": value, "form": bridge.FORM})


def work_out_some() -> bool:
    """Work out some cases that have no outcome, or one of an earlier form; True when more are left.

    These are cases from before outcomes were kept, and closed ones, whose conclusion is not renewed any more. The
    thinking goes first, so that nobody waits for it to write.
    """
    today = timezone.localdate()
    missing = Case.objects.filter(Q(outcome=None) | ~Q(outcome__form=bridge.FORM), conclusion__isnull=False)
    found = list(missing.order_by("opened_at", "pk")[: SOME + 1])
    for case in found[:SOME]:
        try:
            recovery = work_out(case=case, today=today)
        except HerstelError:
            _keep_if_there(case, "")  # looked at again when its facts change
        else:
            outcome = bridge.outcome_of(recovery, first_forecasts(case), str(case.person_id), case.opened_on)
            _keep_if_there(case, bridge.to_text(outcome))
    return len(found) > SOME


@transaction.atomic
def _keep_if_there(case: Case, value: str) -> None:
    """Keep it, unless the case was erased meanwhile."""
    if Case.objects.select_for_update().filter(pk=case.pk).exists():
        _keep(case, value)
