from datetime import timedelta

import pytest

from herstel.chain.measures import latest, side_difference, side_ratio, standing, value, worse_by
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, both, measured

LATER = DAY + timedelta(days=5)


def test_the_latest_measurement_counts_if_it_is_not_too_old_and_not_of_a_later_day() -> None:
    old, new = measured("knee_to_wall", 8, "left"), measured("knee_to_wall", 9, "left", date=LATER)
    assert latest([new, old], "knee_to_wall", "left", LATER, 14) is new
    assert latest([new, old], "knee_to_wall", "left", DAY, 14) is old
    assert latest([old], "knee_to_wall", "left", LATER, 4) is None
    assert latest([old], "knee_to_wall", "right", DAY, 14) is None
    assert value([new, old], "knee_to_wall", "left", LATER, 14) == (9, LATER)
    assert value([], "knee_to_wall", "left", LATER, 14) is None


def test_an_age_without_end_reaches_back_to_the_first_day_there_is() -> None:
    assert latest([measured("knee_to_wall", 8, "left")], "knee_to_wall", "left", LATER, 10**9) is not None


def test_a_correction_of_the_same_day_is_the_latest() -> None:
    first, second = measured("knee_to_wall", 80, "left"), measured("knee_to_wall", 8, "left", correction="a slip")
    assert latest([first, second], "knee_to_wall", "left", DAY, 1) is second
    assert standing([first, second]) == ((second,), (first,))


def test_the_ratio_is_the_injured_side_over_the_other_with_the_older_day() -> None:
    pair = (measured("isometric_90", 90, "left", date=LATER), measured("isometric_90", 120, "right"))
    assert side_ratio(pair, "isometric_90", "left", LATER, 14) == (0.75, DAY)
    assert side_ratio(pair, "isometric_90", "right", LATER, 14) == (pytest.approx(4 / 3), DAY)


@pytest.mark.parametrize("side", [None, "left"])
def test_a_test_that_is_itself_a_ratio_is_the_answer(side: None) -> None:
    assert side_ratio([measured("outer_range_ratio", 0.6)], "outer_range_ratio", side, DAY, 14) == (0.6, DAY)
    per_cent = [measured("isokinetic_eccentric_asymmetry", 12)]
    assert side_ratio(per_cent, "isokinetic_eccentric_asymmetry", side, DAY, 14) == (0.12, DAY)


def test_without_both_sides_there_is_no_comparison() -> None:
    one = [measured("isometric_90", 90, "left")]
    zero = [*one, measured("isometric_90", 0, "right")]
    assert side_ratio(one, "isometric_90", "left", DAY, 14) is None
    assert side_ratio(zero, "isometric_90", "left", DAY, 14) is None
    assert side_ratio(both("isometric_90", 90, 100), "isometric_90", None, DAY, 14) is None
    assert side_difference(one, "isometric_90", "left", DAY, 14, KNOWLEDGE) is None


def test_a_positive_difference_says_that_the_injured_side_is_worse_whichever_way_is_better() -> None:
    short = both("active_knee_extension", 30, 20)
    weak = both("isometric_90", 90, 120)
    assert side_difference(short, "active_knee_extension", "left", DAY, 14, KNOWLEDGE) == (10, DAY)
    assert side_difference(short, "active_knee_extension", "right", DAY, 14, KNOWLEDGE) == (-10, DAY)
    assert side_difference(weak, "isometric_90", "left", DAY, 14, KNOWLEDGE) == (30, DAY)


def test_where_the_middle_is_best_the_distance_from_the_mean_counts() -> None:
    test, norms = CHAIN.tests["foot_posture"], CHAIN.norms["foot_posture"]
    assert worse_by(test, 9, 4, norms) == 5
    assert worse_by(test, -1, 9, norms) == 0
    assert worse_by(test, 9, 4, ()) == 5
