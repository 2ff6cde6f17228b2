from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.quantities import Interval, Probability, Proportion

COUNTS = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_an_interval_may_be_one_point() -> None:
    assert Interval(low=2, high=2).low == 2


@pytest.mark.parametrize(("low", "high"), [(3, 2), (float("nan"), 1), (0, float("nan"))])
def test_an_interval_that_runs_backwards_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="the range runs backwards"):
        Interval(low=low, high=high)


def probability(**changes: Any) -> Probability:
    return Probability(**{"value": 0.3, "low": 0.1, "high": 0.5, "basis": "elicited", "sources": ("us",), **changes})


def test_a_probability_keeps_its_range_basis_and_sources() -> None:
    kept = probability(note="counted twice")
    assert (kept.low, kept.value, kept.high, kept.basis, kept.sources) == (0.1, 0.3, 0.5, "elicited", ("us",))
    assert kept.note == "counted twice"


@pytest.mark.parametrize(
    "changes",
    [{"value": 0.05}, {"value": 0.6}, {"low": 0.0}, {"high": 1.0}, {"low": -0.1}, {"value": float("nan")}],
    ids=str,
)
def test_a_probability_outside_its_range_or_certain_is_refused(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="needs 0 < low <= value <= high < 1"):
        probability(**changes)


def test_a_probability_without_a_source_is_refused() -> None:
    with pytest.raises(ValueError, match=r"has no source; name at least one id of sources\.yaml"):
        probability(sources=())


# Newcombe RG. Stat Med 1998;17:857-872, table I, the score method without continuity correction.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_wilson_interval_agrees_with_published_values(k: int, n: int, low: float, high: float) -> None:
    interval = Proportion(k=k, n=n).wilson()
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((low, high), abs=0.00005)


def test_of_nothing_there_is_no_proportion() -> None:
    nothing = Proportion(k=0, n=0)
    assert nothing.value is None
    assert nothing.wilson() is None


@pytest.mark.parametrize(("k", "n"), [(3, 2), (-1, 2), (0, -1)])
def test_more_than_all_or_less_than_none_is_refused(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="needs 0 <= k <= n"):
        Proportion(k=k, n=n)


@given(COUNTS)
def test_the_wilson_interval_holds_the_share_and_stays_between_none_and_all(count: tuple[int, int]) -> None:
    k, n = count
    interval = Proportion(k=k, n=n).wilson()
    assert interval is not None
    assert 0 <= interval.low <= k / n + 1e-12
    assert k / n - 1e-12 <= interval.high <= 1


@given(COUNTS)
def test_the_wilson_interval_of_the_others_is_its_mirror_image(count: tuple[int, int]) -> None:
    k, n = count
    these, others = Proportion(k=k, n=n).wilson(), Proportion(k=n - k, n=n).wilson()
    assert these is not None
    assert others is not None
    assert (others.low, others.high) == pytest.approx((1 - these.high, 1 - these.low), abs=1e-9)


@given(COUNTS, st.floats(0.5, 0.95))
def test_more_confidence_never_makes_the_wilson_interval_narrower(count: tuple[int, int], confidence: float) -> None:
    proportion = Proportion(k=count[0], n=count[1])
    narrow, wide = proportion.wilson(confidence), proportion.wilson(0.99)
    assert narrow is not None
    assert wide is not None
    assert wide.low <= narrow.low + 1e-12
    assert narrow.high <= wide.high + 1e-12
