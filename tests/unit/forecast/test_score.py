from datetime import date

import numpy as np
import pytest

from herstel.assessment.assess import assessed
from herstel.errors import InputError
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.score import Issued, Outcome, crps, issue, score
from herstel.forecast.score_file import as_record, read_scored
from herstel.knowledge.model import Knowledge
from herstel.quantities import Interval
from tests.forecast_people import SPRINT, chain_of, on, progress_of

CURVE = ((5.0, 1.0), (10.0, 0.8), (20.0, 0.4), (40.0, 0.1), (80.0, 0.0))


def issued(label: str, *, day: float = 5, curve: tuple[tuple[float, float], ...] = CURVE) -> Issued:
    return Issued(
        id=label,
        issued=date(2026, 3, 7),
        day=day,
        knowledge_version="1",
        milestone="return",
        median_days=17.5,
        intervals={50: Interval(low=11, high=30), 80: Interval(low=8, high=40), 95: Interval(low=6, high=60)},
        curve=curve,
    )


def back(label: str, day: float) -> Outcome:
    return Outcome(forecast=label, milestone="return", day=day, reached=True)


def waiting(label: str, day: float) -> Outcome:
    return Outcome(forecast=label, milestone="return", day=day, reached=False)


def integrated(curve: tuple[tuple[float, float], ...], day: float, until: float) -> float:
    x = np.linspace(0, until, 2_000_001)
    days, left = zip(*curve, strict=True)
    there = np.where(x > days[-1], 1.0, 1 - np.interp(x, days, left))
    return float(np.trapezoid((there - (x >= day)) ** 2, x))


@pytest.mark.parametrize("day", [3.0, 5.0, 12.5, 17.5, 40.0, 79.0, 120.0])
def test_the_crps_is_the_integral_of_its_definition(day: float) -> None:
    assert crps(CURVE, day) == pytest.approx(integrated(CURVE, day, 150), abs=2e-4)


def test_the_crps_of_a_certain_forecast_is_the_distance() -> None:
    certain = ((19.999, 1.0), (20.0, 0.0))
    assert crps(certain, 30.0) == pytest.approx(10, abs=0.01)
    assert crps(certain, 20.0) == pytest.approx(0, abs=0.01)


def test_the_crps_of_who_waits_is_a_lower_bound_that_grows() -> None:
    so_far = [crps(CURVE, day, reached=False) for day in (5.0, 10.0, 30.0, 90.0)]
    assert so_far == sorted(so_far)
    assert so_far[0] == 0
    for day in (10.0, 30.0, 90.0):
        for later in (day, day + 20, day + 200):
            assert crps(CURVE, day, reached=False) <= crps(CURVE, later) + 1e-9


def test_coverage_counts_inside_outside_and_what_cannot_be_told() -> None:
    tally = score(
        [issued("a"), issued("b"), issued("c"), issued("d"), issued("e")],
        [back("a", 20), back("b", 50), waiting("c", 30), waiting("d", 45)],
    ).all
    eighty = tally.coverage[80]
    assert (eighty.inside, eighty.outside, eighty.undecided) == (1, 2, 1)
    assert eighty.share == pytest.approx(1 / 3)
    assert eighty.bounds == Interval(low=1 / 4, high=2 / 4)
    assert tally.coverage[95].inside == 2
    assert (tally.forecasts, tally.reached, tally.waiting, tally.unreported) == (5, 2, 2, 1)
    assert tally.lower_bound


def test_errors_are_in_days_and_of_who_waits_at_least_the_days_past_the_median() -> None:
    tally = score([issued("a"), issued("b"), issued("c")], [back("a", 10), waiting("b", 37.5), waiting("c", 12)]).all
    assert tally.error_days == pytest.approx((7.5 + 20 + 0) / 3)
    assert tally.bias_days == pytest.approx((-7.5 + 20 + 0) / 3)
    assert tally.crps_days is not None


def test_forecasts_are_scored_by_the_day_they_were_made_on() -> None:
    found = score([issued("a", day=3), issued("b", day=7), issued("c", day=21)], [back("a", 20), back("b", 20)])
    assert {band: tally.forecasts for band, tally in found.by_day.items()} == {"0-6": 1, "7-20": 1, "21+": 1}
    nobody = found.by_day["21+"]
    assert (nobody.crps_days, nobody.error_days, nobody.coverage[80].share) == (None, None, None)
    assert nobody.coverage[80].bounds is None
    assert not nobody.lower_bound


def test_the_last_word_counts() -> None:
    found = score([issued("a")], [waiting("a", 20), back("a", 26)])
    assert (found.all.reached, found.all.waiting) == (1, 0)


def test_a_forecast_becomes_a_record_and_back(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    forecast = forecast_recovery(chain.assessment, chain, None, on(1), knowledge)
    record = issue(forecast, "person 1")
    assert record is not None
    read = read_scored({"forecasts": [as_record(record)], "outcomes": [{"forecast": "person 1", "reached_day": 40}]},
                       knowledge)  # fmt: skip
    (again,) = read.forecasts
    assert again.median_days == pytest.approx(record.median_days, abs=0.01)
    assert crps(again.curve, 40) == pytest.approx(crps(record.curve, 40), abs=0.01)
    assert score(read.forecasts, read.outcomes).all.reached == 1


def test_what_is_reached_or_not_told_gives_no_record(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    progress = progress_of(chain, milestones={"return": 40}, today=50)
    forecast = forecast_recovery(chain.assessment, chain, progress, on(50), knowledge)
    assert issue(forecast, "x") is None
    assert issue(forecast, "x", "jog") is None


def record(**changes: object) -> dict[str, object]:
    return {**as_record(issued("a")), **changes}


@pytest.mark.parametrize(
    ("raw", "place", "reason"),
    [
        ([], "file", "not a list of names"),
        ({}, "forecasts", "missing"),
        ({"forecasts": [record(curve=[[5, 1]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(curve=[[5, 1], [4, 0.5]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(curve=[[5, 0.5], [6, 0.7]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(curve=[[5, 1], [6, True]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(curve=[[5, 2], [6, 1]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(curve=[[5, 1], [float("inf"), 0]])]}, "forecasts.1.curve", "rising days"),
        ({"forecasts": [record(intervals={"50": [1, 2], "80": [3, 1], "95": [0, 9]})]}, "intervals", "80 %"),
        ({"forecasts": [record(intervals={"50": [1, 2], "80": [0, 3]})]}, "intervals", "95 %"),
        ({"forecasts": [record(day=-1)]}, "forecasts.1.day", "not possible"),
        ({"forecasts": [record(milestone="fly")]}, "milestone", "not possible"),
        ({"forecasts": [record(), record()]}, "forecasts", "two forecasts"),
        ({"forecasts": [record()], "outcomes": [{"forecast": "b", "reached_day": 9}]}, "outcomes.1", "no forecast"),
        ({"forecasts": [record()], "outcomes": [{"forecast": "a", "reached_day": 2}]}, "outcomes.1", "before the day"),
        ({"forecasts": [record()], "outcomes": [{"forecast": "a"}]}, "outcomes.1", "either"),
        (
            {"forecasts": [record()], "outcomes": [{"forecast": "a", "reached_day": 9, "not_reached_by_day": 9}]},
            "outcomes.1",
            "either",
        ),
        ({"forecasts": [record()], "outcomes": [{"forecast": "a", "reached_day": "x"}]}, "reached_day", "not possible"),
    ],
)
def test_a_record_that_cannot_be_scored_is_named(raw: object, place: str, reason: str, knowledge: Knowledge) -> None:
    with pytest.raises(InputError) as caught:
        read_scored(raw, knowledge)
    assert place in str(caught.value)
    assert reason in str(caught.value)


def test_all_problems_are_named_at_once(knowledge: Knowledge) -> None:
    raw = {"forecasts": [record(day=-1), record(id="b", curve=[])], "outcomes": [{"forecast": "c"}]}
    with pytest.raises(InputError) as caught:
        read_scored(raw, knowledge)
    assert len(caught.value.problems) >= 3


def test_who_waits_is_read_as_waiting(knowledge: Knowledge) -> None:
    raw = {"forecasts": [record()], "outcomes": [{"forecast": "a", "not_reached_by_day": 30, "milestone": "return"}]}
    assert read_scored(raw, knowledge).outcomes == (waiting("a", 30),)
