"""What each role may do. A view names the right it needs; nothing else asks for roles."""

from collections.abc import Mapping
from enum import StrEnum

from herstel_web.practice.models import Role


class Right(StrEnum):
    """Something a member of a practice may be allowed to do."""

    READ_RECORDS = "read_records"
    WRITE_RECORDS = "write_records"
    PLAN_APPOINTMENTS = "plan_appointments"
    SEE_AGENDA = "see_agenda"
    SEE_OUTCOMES = "see_outcomes"
    MANAGE_PRACTICE = "manage_practice"


RIGHTS: Mapping[str, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.THERAPIST: frozenset(Right) - {Right.MANAGE_PRACTICE},
    Role.ASSISTANT: frozenset({Right.SEE_AGENDA, Right.PLAN_APPOINTMENTS}),
    Role.READ_ONLY: frozenset({Right.READ_RECORDS, Right.SEE_AGENDA, Right.SEE_OUTCOMES}),
}
