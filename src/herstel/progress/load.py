"""Load of the last seven days against the person's own earlier weeks. No ratio of the two is made.

The limit is the mean of the earlier weeks plus 1.5 standard deviations (source: recurrence-dossier, duhig-2016).
"""

from statistics import mean, stdev
from typing import Literal

from herstel.knowledge.progress_entries import ProgressKnowledge
from herstel.progress.model import HIGH_SPEED, CheckIn, Load

WEEK = 7
Series = list[float | None]


class LoadLog:
    """What was done day by day since the first day; None is not known, never zero."""

    def __init__(self, knowledge: ProgressKnowledge) -> None:
        self._limits = knowledge.rules["load_high"].limits
        self._jump = knowledge.rules["running_jump"].limits
        self.session: Series = []
        self.metres: Series = []
        self.high_speed: Series = []
        self._known: list[bool] = []

    def add(self, check_in: CheckIn | None) -> None:
        """The next day."""
        self._known.append(check_in is not None)
        if check_in is None:
            for series in (self.session, self.metres, self.high_speed):
                series.append(None)
            return
        self.session.append(session_load(check_in))
        told = all(run.metres for run in check_in.runs)
        bands = [(band, metres) for run in check_in.runs for band, metres in run.metres.items()]
        self.metres.append(sum(metres for _, metres in bands) if told else None)
        self.high_speed.append(sum(metres for band, metres in bands if band in HIGH_SPEED) if told else None)

    def load(self) -> Load:
        """The last seven days, with the person's own limits and what lies above them."""
        session, session_limit = _told(self.session[-WEEK:]), self._own_limit(self.session)
        high_speed, high_speed_limit = _told(self.high_speed[-WEEK:]), self._own_limit(self.high_speed)
        alerts: list[Literal["session", "high_speed"]] = []
        if session is not None and session_limit is not None and session > session_limit:
            alerts.append("session")
        if high_speed is not None and high_speed_limit is not None and high_speed > high_speed_limit:
            alerts.append("high_speed")
        return Load(
            session=session,
            session_limit=session_limit,
            high_speed_m=high_speed,
            high_speed_limit_m=high_speed_limit,
            days_known=sum(self._known[-WEEK:]),
            alerts=tuple(alerts),
        )

    def too_much(self) -> str | None:
        """The rule that says that running must not get harder this week, if any."""
        if self.load().alerts:
            return "load_high"
        now, before = self._week(self.metres, 0), self._week(self.metres, 1)
        if now is None or not before or now < self._jump["from_metres"]:
            return None
        return "running_jump" if now > before * (1 + self._jump["most_percent"] / 100) else None

    def _own_limit(self, series: Series) -> float | None:
        """Mean of the earlier weeks with load plus so many standard deviations; None when too few are known."""
        weeks = [self._week(series, n) for n in range(1, int(self._limits["weeks"]) + 1)]
        loaded = [week for week in weeks if week]
        if len(loaded) < self._limits["weeks_known"]:
            return None
        return mean(loaded) + self._limits["deviations"] * stdev(loaded)

    def _week(self, series: Series, back: int) -> float | None:
        """The sum of a week, so many weeks back; None when too few of its days are known."""
        end = len(series) - back * WEEK
        days = [value for value in series[max(0, end - WEEK) : max(0, end)] if value is not None]
        return sum(days) if len(days) >= self._limits["days_known"] else None


def session_load(check_in: CheckIn) -> float | None:
    """Minutes times effort; zero minutes are zero whatever the effort, and what is not told is not known."""
    if check_in.session_min == 0:
        return 0.0
    if check_in.session_min is None or check_in.session_rpe is None:
        return None
    return check_in.session_min * check_in.session_rpe


def _told(days: Series) -> float | None:
    """The sum of the days that are known: at least so much was done."""
    known = [value for value in days if value is not None]
    return sum(known) if known else None
