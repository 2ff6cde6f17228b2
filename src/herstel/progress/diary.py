"""What the check-ins tell day by day, and how an ordinary morning, a calm day and a settled response are told apart."""

from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from herstel.knowledge.plan_entries import Track
from herstel.knowledge.progress_entries import ProgressKnowledge
from herstel.plan.model import FEARS
from herstel.progress.model import WALKING, CheckIn

Response = Literal["settled", "not_settled", "flare_up", "unknown"]
"""How the morning after was, compared with an ordinary one."""
ONE_DAY = timedelta(days=1)
LIMPING = WALKING.index("limping")


class Ordinary:
    """What is usual for this person in the morning: the lower middle of the last few known values.

    It never goes up again: a value that creeps up day by day must not become the new ordinary (source: elicited-rule).
    """

    def __init__(self, mornings: int) -> None:
        self._last: deque[float] = deque(maxlen=mornings)
        self.value: float | None = None

    def add(self, value: float) -> None:
        """One more morning."""
        self._last.append(value)
        middle = sorted(self._last)[(len(self._last) - 1) // 2]
        self.value = middle if self.value is None else min(self.value, middle)


class Diary:
    """The check-ins so far, with what is usual for this person.

    Attributes
    ----------
    pain, stiffness : Ordinary
        Of the mornings before today; today's is added by ``close``.
    flare_ups, stops : list of date
    """

    def __init__(self, knowledge: ProgressKnowledge, track: Track) -> None:
        self._knowledge, self._track = knowledge, track
        mornings = int(knowledge.limit("baseline", "mornings"))
        self.pain, self.stiffness = Ordinary(mornings), Ordinary(mornings)
        self.check_ins: dict[date, CheckIn] = {}
        self.flare_ups: list[date] = []
        self.stops: list[date] = []
        self.last_known: date | None = None
        self.gap_days = 0
        """Days without a check-in before today's."""

    def open(self, day: date, check_in: CheckIn | None) -> Response:
        """Add a day, and say how its morning was after the day before."""
        if check_in is None:
            return "unknown"
        self.gap_days = 0 if self.last_known is None else (day - self.last_known).days - 1
        self.check_ins[day] = check_in
        self.last_known = day
        return self._response(check_in)

    def close(self, check_in: CheckIn | None) -> None:
        """Today's morning counts for what is ordinary from tomorrow on."""
        if check_in is None:
            return
        if check_in.pain_next_morning is not None:
            self.pain.add(check_in.pain_next_morning)
        if check_in.stiffness_min is not None:
            self.stiffness.add(check_in.stiffness_min)

    def _response(self, check_in: CheckIn) -> Response:
        """The 24-hour response; both the pain and the stiffness must be known (source: rehabilitation-dossier)."""
        pain, usual = check_in.pain_next_morning, self.pain.value
        if pain is None or usual is None:
            return "unknown"
        if pain >= usual + self._knowledge.limit("flare_up", "nrs_over"):
            return "flare_up"
        if pain > usual + self._knowledge.limit("not_settled", "nrs_over"):
            return "not_settled"
        stiffness, usual_stiffness = check_in.stiffness_min, self.stiffness.value
        if stiffness is None or usual_stiffness is None:
            return "unknown"
        longer = stiffness - usual_stiffness > self._knowledge.limit("not_settled", "stiffness_min")
        return "not_settled" if longer else "settled"

    def loaded_on(self, day: date) -> bool:
        """Whether the leg may have been loaded on a day; a day that is not known may have been."""
        told = self.check_ins.get(day)
        if told is None:
            return True
        return bool(told.done or told.runs or told.session_min or told.sport_share)

    def calm(self, day: date) -> bool | None:
        """Whether a day was calm; None when it is not known."""
        told = self.check_ins.get(day)
        if told is None:
            return None
        morning = told.pain_now if told.pain_next_morning is None else told.pain_next_morning
        over = (
            above(told.pain_now, self._track.pain_limit),
            above(told.pain_next_morning, self._track.pain_limit),
            above(told.pain_worst, max(self._knowledge.limit("calm", "worst"), self._track.pain_limit)),
            above(walking_of(told), LIMPING - 1),
            has_stop_sign(told),
        )
        return False if any(over) else None if morning is None else True

    def calm_lately(self, day: date) -> bool:
        """Whether enough of the last days are known to be calm, none is not, and nothing flared up in the last week."""
        limits = self._knowledge.rules["gate_not_calm"].limits
        lately = [self.calm(day - n * ONE_DAY) for n in range(int(limits["days"]))]
        if False in lately or lately.count(True) < limits["known"]:
            return False
        flared = self.within(self.flare_ups, day, self._knowledge.limit("flare_up", "days"))
        return not flared and not self.within(self.stops, day, self._knowledge.limit("stop_sign", "days"))

    def too_many_flare_ups(self, day: date) -> bool:
        """Whether there were as many flare-ups within the days as ask for a step back."""
        limits = self._knowledge.rules["two_flare_ups"].limits
        return self.within(self.flare_ups, day, limits["days"]) >= limits["flare_ups"]

    @staticmethod
    def within(dates: list[date], day: date, days: float) -> int:
        """How many of the dates, in order, lie less than so many days back."""
        count = 0
        for one in reversed(dates):
            if (day - one).days >= days:
                break
            count += 1
        return count

    def lately(self, day: date, days: int) -> Iterator[CheckIn]:
        """The check-ins of the last days, newest first."""
        for n in range(days):
            told = self.check_ins.get(day - n * ONE_DAY)
            if told is not None:
                yield told


def above(value: float | None, limit: float) -> bool:
    """Whether a value is known and above a limit."""
    return value is not None and value > limit


def walking_of(told: CheckIn) -> int | None:
    """Walking as a number, 0 (pain-free) to 3 (cannot); None when not told."""
    return None if told.walking is None else WALKING.index(told.walking)


def number_told(told: CheckIn, field: str) -> float | None:
    """A field of a check-in as a number; walking from 0 (pain-free), fear of movement from 0 (low)."""
    if field == "walking":
        return walking_of(told)
    if field == "fear_of_movement":
        return None if told.fear_of_movement is None else FEARS.index(told.fear_of_movement)
    value: float | None = getattr(told, field)
    return value


def has_stop_sign(told: CheckIn) -> bool:
    """A sharp stab, giving way or a new bruise."""
    return bool(told.sharp_stab or told.gave_way or told.new_bruise)
