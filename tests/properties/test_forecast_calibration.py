"""Is the forecast as sure as it may be? On simulated people who are drawn from something else than its own model."""

from functools import cache

import numpy as np
import pytest

from herstel.assessment.assess import assessed
from herstel.forecast.score import Issued, Outcome, Score, issue, score
from herstel.knowledge.load import load_knowledge
from tests.forecast_people import SPRINT
from tests.simulated_recoveries import recovering

KNOWLEDGE = load_knowledge()
PEOPLE, DAYS = 500, (1, 7, 21)


@cache
def scored(longer_than_days: float = 0) -> tuple[Score, dict[int, float]]:
    """The score of those who take longer and are not back on day 1, 7 and 21; median widths of the 80 % interval."""
    issued: list[Issued] = []
    outcomes: list[Outcome] = []
    widths: dict[int, list[float]] = {day: [] for day in DAYS}
    for number, person in enumerate(recovering(assessed(SPRINT, KNOWLEDGE), PEOPLE, KNOWLEDGE, seed=7)):
        if person.time_days <= longer_than_days:
            continue
        for day in DAYS:
            record = (
                issue(person.forecast(day, KNOWLEDGE), f"{number} on day {day}") if person.time_days > day else None
            )
            if record is not None:
                issued.append(record)
                came = Outcome(forecast=record.id, milestone="return", day=person.time_days, reached=True)
                outcomes.append(came)
                widths[day].append(record.intervals[80].high - record.intervals[80].low)
    return score(issued, outcomes), {day: float(np.median(found)) for day, found in widths.items()}


@pytest.mark.parametrize("band", ["0-6", "7-20", "21+"])
def test_four_in_five_come_back_within_the_eighty_per_cent_interval(band: str) -> None:
    coverage = scored()[0].by_day[band].coverage[80]
    assert coverage.share is not None
    assert 0.73 <= coverage.share <= 0.87, "75 to 85 per cent, and what 300 to 500 people may differ by chance"


def test_the_range_narrows_from_day_one_to_seven_to_twenty_one() -> None:
    widths = scored()[1]
    assert widths[1] > widths[7] > widths[21]


def test_the_score_of_the_same_people_improves_as_they_get_further() -> None:
    the_same = scored(longer_than_days=DAYS[-1])[0].by_day
    early, week, later = (the_same[band].crps_days or 0.0 for band in ("0-6", "7-20", "21+"))
    assert early > week > later > 0
