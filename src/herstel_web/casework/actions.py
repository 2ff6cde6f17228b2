"""What a practice decides about a case: who treats it, the own judgement, releasing a hold, closing."""

from django.db import transaction

from herstel_web.accounts.models import User
from herstel_web.audit import actions as audit
from herstel_web.audit.models import Event
from herstel_web.cases.models import Case


def to_trail(case: Case, what: str, by: User) -> None:
    """A line in the trail of something a member did with a case."""
    audit.record(
        action=Event.Action.WRITE,
        what=what,
        by=by,
        practice_id=case.practice_id,
        person_id=case.person_id,
        case_id=case.pk,
    )


@transaction.atomic
def assign(*, case: Case, to: User | None, seen: str, by: User) -> bool:
    """Say who treats a person; False, and nothing changed, when ``seen``, the id that was shown, is outdated."""
    fresh = Case.objects.select_for_update().get(pk=case.pk)
    if str(fresh.therapist_id or "") != seen:
        return False
    fresh.therapist = to
    fresh.save(update_fields=["therapist"])
    to_trail(case, "case:assigned", by)
    return True
