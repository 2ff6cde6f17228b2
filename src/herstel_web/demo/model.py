"""What the demonstration is made of."""

from dataclasses import dataclass
from datetime import date

from herstel_web.cases.models import Case
from herstel_web.practice.models import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """What is filled: the practice, everybody's case, the seed, and the day that is today."""

    practice: Practice
    cases: tuple[Case, ...]
    seed: int
    today: date
