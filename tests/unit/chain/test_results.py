from datetime import timedelta
from typing import Any

import pytest

from herstel.chain.analysis import analyse_chain
from herstel.chain.measures import standing
from herstel.chain.model import BodySide, Measurement, TestResult
from herstel.chain.populations import person_of
from herstel.chain.results import judge_results, link_states
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, complaint, measured


def judged(*measurements: Measurement, side: BodySide | None = "left", **said: Any) -> tuple[TestResult, ...]:
    person = person_of(complaint(**said), 1, CHAIN.rules)
    return judge_results(standing(measurements)[0], person, side, CHAIN)


def only(*measurements: Measurement, **said: Any) -> TestResult:
    (one,) = judged(*measurements, **said)
    return one


# --- against a norm ---------------------------------------------------------------------------------------------------


def test_beyond_the_limit_and_far_from_the_mean_deviates() -> None:
    one = only(measured("active_knee_extension", 36, "left"))
    assert (one.verdict, one.population, one.threshold, one.error) == ("deviating", "men_18_24", 33, 8)
    assert one.z == pytest.approx(-2)
    assert one.beyond_threshold is one.beyond_error is True


def test_this_side_of_the_limit_is_normal_and_the_limit_itself_too() -> None:
    assert only(measured("active_knee_extension", 20, "left")).verdict == "normal"
    assert only(measured("single_leg_bridge", 20, "left")).verdict == "normal"
    assert only(measured("single_leg_bridge", 19, "left")).verdict == "deviating"


def test_beyond_the_limit_but_not_outside_the_error_is_told_apart() -> None:
    one = only(measured("single_leg_squat_fppa", 16, "left"))
    assert (one.verdict, one.beyond_threshold, one.beyond_error) == ("within_error", True, False)
    assert only(measured("single_leg_squat_fppa", 20, "left")).verdict == "deviating"


def test_without_a_mean_it_must_be_beyond_the_limit_by_more_than_the_error() -> None:
    assert only(measured("modified_thomas_knee", 60, "left")).verdict == "within_error"
    assert only(measured("modified_thomas_knee", 47, "left")).verdict == "deviating"


def test_a_measurement_by_phone_must_be_further_off() -> None:
    by_phone = only(measured("s_mas", 7, method="phone_video"), level="professional")
    by_lab = only(measured("s_mas", 7, method="motion_capture"), level="professional")
    assert by_phone.error == pytest.approx(2.77, abs=0.01)
    assert (by_phone.verdict, by_lab.verdict) == ("within_error", "deviating")
    assert only(measured("s_mas", 6), level="professional").verdict == "within_error", "6 itself is beyond the limit"


def test_a_measurement_with_its_own_error_uses_that_when_it_is_larger() -> None:
    assert only(measured("active_knee_extension", 36, "left", standard_error=8.0)).verdict == "within_error"
    assert only(measured("active_knee_extension", 36, "left", standard_error=0.1)).error == 8


def test_an_error_that_is_not_known_proves_nothing() -> None:
    fast, slow = both("h_test_speed", 300, 500)
    with_difference = judged(fast, slow)[0].difference
    assert with_difference is not None
    assert (with_difference.verdict, with_difference.error) == ("within_error", None)


def test_pain_is_never_usual() -> None:
    assert only(measured("palpation_pain", 1, "left")).verdict == "deviating"
    assert only(measured("palpation_pain", 0, "left")).verdict == "normal"


def test_any_insecurity_is_beyond_the_limit_and_more_than_ten_points_is_a_finding() -> None:
    verdicts = [only(measured("h_test_insecurity", points, "left")).verdict for points in (0, 5, 40)]
    assert verdicts == ["normal", "within_error", "deviating"]


def test_where_the_middle_is_best_both_ends_deviate() -> None:
    verdicts = [only(measured("foot_posture", points, "left")).verdict for points in (-5, -4, 0, 6, 7)]
    assert verdicts == ["deviating", "deviating", "normal", "normal", "deviating"]
    assert only(measured("foot_posture", -5, "left")).threshold == -4
    assert only(measured("pelvic_tilt_standing", 20)).threshold == 17
    assert only(measured("pelvic_tilt_standing", 2)).verdict == "normal"


def test_a_finding_must_be_one_for_both_sexes_when_the_sex_is_not_known() -> None:
    one = only(measured("active_knee_extension", 28, "left"), sex=None)
    assert (one.verdict, one.population, one.agreeing) == ("normal", "men_18_24", ("women_18_24",))
    assert only(measured("active_knee_extension", 36, "left"), sex=None).verdict == "deviating"
    assert only(measured("active_knee_extension", 28, "left"), sex="female").verdict == "deviating"


def test_a_mean_without_a_limit_tells_how_far_off_it_is_but_judges_nothing() -> None:
    one = only(measured("h_test", 85.2, "left"))
    assert (one.verdict, one.threshold, one.z) == ("not_judged", None, pytest.approx(-2))


def test_outside_every_population_nothing_is_judged() -> None:
    one = only(measured("knee_to_wall", 2, "left"), age_years=70)
    assert (one.verdict, one.z, one.population, one.beyond_threshold) == ("not_judged", None, None, None)


def test_the_mean_of_injured_people_is_never_what_is_usual() -> None:
    one = only(measured("outer_range_ratio", 0.5), days_since_onset=2)
    assert (one.population, one.z) == ("acute", None)
    assert one.verdict == "deviating", "half of the other leg is below the limit by more than the error"
    assert only(measured("palpation_length", 4, "left"), days_since_onset=2).verdict == "not_judged"


# --- against the other side -------------------------------------------------------------------------------------------


def test_a_difference_counts_beyond_the_limit_and_outside_the_error() -> None:
    left, right = judged(*both("straight_leg_raise", 66, 76))
    assert left.difference is not None
    assert right.difference is None
    assert (left.difference.difference, left.difference.threshold, left.difference.error) == (10, 7, 7)
    assert left.difference.percent == pytest.approx(100 * 10 / 76)
    assert left.difference.verdict == left.verdict == "deviating"
    assert right.verdict == "normal"


def test_a_small_difference_is_normal_and_a_better_injured_side_too() -> None:
    assert [one.verdict for one in judged(*both("straight_leg_raise", 72, 76))] == ["normal", "normal"]
    better = judged(*both("straight_leg_raise", 90, 70))[0].difference
    assert better is not None
    assert (better.difference, better.verdict) == (-20, "normal")


def test_a_limit_below_the_error_waits_for_the_error() -> None:
    shorter = judged(*both("single_leg_bridge", 24, 28))[0].difference
    assert shorter is not None
    assert (shorter.threshold, shorter.error, shorter.verdict) == (pytest.approx(2.8), 5, "within_error")


def test_who_has_no_norm_is_still_compared_with_the_other_leg() -> None:
    left, _ = judged(*both("isometric_90", 100, 180))
    assert (left.verdict, left.population) == ("deviating", None)


def test_a_test_without_a_limit_between_the_sides_is_not_judged() -> None:
    left, _ = judged(*both("hip_abduction_strength", 100, 180))
    assert left.difference is not None
    assert left.difference.verdict == left.verdict == "not_judged"


def test_no_part_of_zero_can_be_told() -> None:
    pain = judged(*both("palpation_pain", 1, 0))[0].difference
    assert pain is not None
    assert pain.percent is None


def test_sides_measured_weeks_apart_are_not_compared() -> None:
    left = measured("straight_leg_raise", 66, "left", date=DAY + timedelta(days=15))
    assert all(one.difference is None for one in judged(left, measured("straight_leg_raise", 76, "right")))


def test_without_a_known_side_the_worse_one_is_compared_with_the_other() -> None:
    left, right = judged(*both("straight_leg_raise", 76, 66), side=None)
    assert left.difference is None
    assert right.difference is not None
    assert right.difference.difference == 10


def test_of_two_equal_sides_neither_is_preferred() -> None:
    for one in judged(*both("straight_leg_raise", 70, 70), side=None):
        assert one.difference is not None
        assert one.difference.verdict == "normal"


# --- links ------------------------------------------------------------------------------------------------------------


def states(*measurements: Measurement, side: BodySide | None = "left", **said: Any) -> dict[str, dict[BodySide, str]]:
    found = link_states(judged(*measurements, side=side, **said), side, CHAIN)
    return {link: dict(state.verdicts) for link, state in found.items()}


def test_what_was_not_measured_is_said_to_be_so() -> None:
    assert set(states()) == set(CHAIN.links)
    assert all(set(sides.values()) == {"not_measured"} for sides in states().values())


def test_what_was_measured_but_cannot_be_judged_is_not_called_normal() -> None:
    assert states(*both("hip_abduction_strength", 100, 100))["glute_med"]["left"] == "not_measured"


def test_the_worst_result_of_a_side_is_the_state_of_its_link() -> None:
    found = states(*both("active_knee_extension", 20, 20), measured("palpation_pain", 1, "right"))
    assert found["hamstring"] == {"left": "normal", "right": "deviating"}
    chain = analyse_chain(assessed(), (*both("active_knee_extension", 20, 20),), KNOWLEDGE)
    assert chain.links["hamstring"].worst == "normal"
    assert chain.links["core"].worst == "not_measured"


def test_a_test_without_sides_tells_of_both() -> None:
    assert states(measured("front_plank", 20))["core"] == {"left": "deviating", "right": "deviating"}


def test_a_comparison_of_the_legs_tells_of_the_injured_one() -> None:
    ratio = measured("outer_range_ratio", 0.6)
    assert states(ratio)["hamstring"] == {"left": "deviating", "right": "not_measured"}
    assert states(ratio, side=None)["hamstring"] == {"left": "deviating", "right": "deviating"}
