"""Why nothing moves on, since when, and whose word ends that."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from herstel.assessment.result import Referral
from herstel.progress.model import CheckIn, Confirmation


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Somebody must look first.

    Attributes
    ----------
    since : date
    referral : Referral or None
    flags : tuple of str
        Rules that check-ins made hold; who releases the person looked at these, not at later ones.
    recorded : int or None
        Place among the recorded facts of the last check-in that asked for it. None: not known, or no check-in did.
    """

    since: date
    referral: Referral | None
    flags: tuple[str, ...] = ()
    recorded: int | None = None

    def is_ended_by(self, said: Confirmation) -> bool:
        """Whether a word releases the person: a therapist's, given after the sign was told.

        What was recorded first decides. Where that is not known only a later day is later.
        """
        if said.role != "therapist" or not said.agrees:
            return False
        if said.recorded is None or self.recorded is None:
            return said.date > self.since
        return said.date >= self.since and said.recorded > self.recorded

    def asked_again(self, told: CheckIn) -> "Hold":
        """The same hold, with a later check-in that asks for it too."""
        known = [one for one in (self.recorded, told.recorded) if one is not None]
        return replace(self, recorded=max(known, default=None))


def hold_of(told: CheckIn, referral: Referral, before: Hold | None) -> Hold:
    """The hold that a check-in asks for, beside one that is there already."""
    asked = Hold(since=told.date, referral=referral, flags=referral.red_flags, recorded=told.recorded)
    if before is None or before.recorded is None or told.recorded is None:
        return asked
    return replace(asked, recorded=max(told.recorded, before.recorded))


def said_after(said: Iterable[Confirmation], told: CheckIn | None) -> list[Confirmation]:
    """Those words that were recorded after a check-in, as far as that is known."""
    if told is None or told.recorded is None:
        return []
    return [one for one in said if one.recorded is not None and one.recorded > told.recorded]
