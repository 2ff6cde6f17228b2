"""Write the trail: the only place that does."""

from uuid import UUID

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event


def record(  # noqa: PLR0913 - who, what and about whom, each by name
    *,
    action: Event.Action,
    what: str,
    by: User | None,
    practice_id: UUID | None = None,
    person_id: UUID | None = None,
    case_id: UUID | None = None,
) -> None:
    """Add one event to the trail."""
    Event.objects.create(action=action, what=what, by=by, practice_id=practice_id, person_id=person_id, case_id=case_id)
