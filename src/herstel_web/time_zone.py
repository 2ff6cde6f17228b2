"""Where a day begins and ends."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from herstel.errors import HerstelError, Problem, marked

NAME, USUAL = "HERSTEL_TIME_ZONE", "Europe/Amsterdam"


def time_zone(environment: Mapping[str, str]) -> str:
    """The time zone by HERSTEL_TIME_ZONE.

    Raises
    ------
    HerstelError
        When this machine knows no such zone.
    """
    given = environment.get(NAME) or USUAL
    try:
        ZoneInfo(given)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        reason = marked("this machine knows no time zone {zone}.")
        remedy = marked("Write it as Europe/Amsterdam. Where that is not known either, install the package tzdata.")
        raise HerstelError([Problem(thing=NAME, reason=reason, remedy=remedy, values={"zone": given})]) from None
    return given
