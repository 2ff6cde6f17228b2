"""Kaplan-Meier agrees with lifelines, which is not used by Herstel itself, and with sums on paper."""

import warnings

import numpy as np
import pytest

from herstel.outcomes.kaplan_meier import Followed, kaplan_meier

EXACT = 1e-9


def people(seed: int, *, late: bool) -> list[Followed]:
    """Simulated people on whole days, so that several things happen on one day."""
    random = np.random.default_rng(seed)
    since = random.integers(0, 8, 80) if late else np.zeros(80, dtype=int)
    return [
        Followed(since=float(start), until=float(start + days), happened=bool(happened))
        for start, days, happened in zip(since, random.integers(1, 40, 80), random.random(80) < 0.6, strict=True)
    ]


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shares_intervals_and_median_are_those_of_lifelines(seed: int, late: bool) -> None:
    followed = people(seed, late=late)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifelines import KaplanMeierFitter
        from lifelines.utils import median_survival_times

        authority = KaplanMeierFitter().fit(
            [one.until for one in followed],
            [one.happened for one in followed],
            entry=[one.since for one in followed] if late else None,
        )
        limits = median_survival_times(authority.confidence_interval_)
    ours = kaplan_meier(followed)
    for step in ours.steps:
        low, high = authority.confidence_interval_.loc[step.day]
        assert step.share == pytest.approx(authority.predict(step.day), abs=EXACT)
        if 0 < step.share < 1:
            assert (step.interval.low, step.interval.high) == pytest.approx((low, high), abs=1e-6)
    assert ours.median == authority.median_survival_time_
    assert ours.median_interval == tuple(float(one) for one in limits.iloc[0])


def test_a_small_example_worked_out_by_hand() -> None:
    # 5 people: day 2 happened, day 3 lost, day 4 happened, day 5 happened, day 6 lost
    told = [(2, True), (3, False), (4, True), (5, True), (6, False)]
    steps = kaplan_meier([Followed(until=day, happened=happened) for day, happened in told]).steps
    assert [(one.day, one.at_risk) for one in steps] == [(2, 5), (4, 3), (5, 2)]
    assert [one.share for one in steps] == pytest.approx([4 / 5, 4 / 5 * 2 / 3, 4 / 5 * 2 / 3 * 1 / 2])


def test_who_came_later_does_not_count_for_the_days_before() -> None:
    early = [Followed(until=day, happened=True) for day in (2.0, 9.0)]
    late = [Followed(since=5.0, until=9.0, happened=True)]
    steps = kaplan_meier([*early, *late]).steps
    assert [(one.day, one.at_risk, one.share) for one in steps] == [(2.0, 2, 0.5), (9.0, 2, 0.0)]


def test_nothing_is_said_of_days_on_which_too_few_were_followed() -> None:
    followed = [Followed(until=float(day), happened=True) for day in range(1, 9)]
    estimate = kaplan_meier(followed, least_at_risk=5)
    assert [one.day for one in estimate.steps] == [1, 2, 3, 4]
    assert (estimate.first_day, estimate.last_day, estimate.median) == (1, 4, 4)
    after = estimate.at(3.5)
    assert after is not None
    assert after.share == pytest.approx(5 / 8)
    assert estimate.at(5.0) is None


def test_before_anything_happened_everybody_is_spared() -> None:
    estimate = kaplan_meier([Followed(until=10.0, happened=False), Followed(until=4.0, happened=True)])
    before = estimate.at(1.0)
    assert before is not None
    assert (before.share, before.interval.low) == (1.0, 1.0)


def test_of_nobody_nothing_is_known() -> None:
    for followed in ([], [Followed(since=3.0, until=3.0, happened=True)]):
        estimate = kaplan_meier(followed)
        assert estimate.steps == ()
        assert estimate.at(1.0) is None
        assert estimate.median is None
        assert estimate.median_interval == (None, None)
