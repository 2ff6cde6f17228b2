"""One day as all deciders see it, and the list in which they write what they decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from herstel.knowledge.progress_entries import ProgressKnowledge
from herstel.progress.diary import ONE_DAY, Response
from herstel.progress.model import CheckIn, Decision

HOURS_A_DAY = 24
NONE: Mapping[str, float] = {}


@dataclass(slots=True)
class Today:
    """A day being judged.

    Attributes
    ----------
    response : str
        How this morning was after what was done yesterday.
    weakened : bool
        The strength measured today fell as in a flare-up.
    calm : bool or None
    may_advance : bool
        Nothing stands in the way of going forward today.
    """

    day: date
    check_in: CheckIn | None
    knowledge: ProgressKnowledge
    response: Response
    weakened: bool = False
    calm: bool | None = None
    may_advance: bool = False
    decisions: list[Decision] = field(default_factory=list)

    @property
    def yesterday(self) -> date:
        return self.day - ONE_DAY

    @property
    def flared_up(self) -> bool:
        """The morning or the strength says that yesterday was too much."""
        return self.response == "flare_up" or self.weakened

    def decide(self, subject: str, rule: str, numbers: Mapping[str, float] = NONE) -> None:
        """Write down what a rule decided about a subject, with the numbers that decided it."""
        action = self.knowledge.rules[rule].action
        self.decisions.append(
            Decision(
                date=self.day,
                subject=subject,
                action="hold" if action == "none" else action,
                rule=rule,
                numbers=numbers,
            )
        )

    def rest_until(self, rule: str) -> date:
        """The first day after the rest that a rule asks for."""
        return self.day + timedelta(days=round(self.knowledge.limit(rule, "rest_hours") / HOURS_A_DAY))
