from collections.abc import Iterable

import pytest

from herstel.chain.populations import error_norms, person_of, reference_norms, side_limits
from herstel.knowledge.norm_entries import Norm
from tests.unit.chain.people import CHAIN, complaint


def names(norms: Iterable[Norm]) -> list[str]:
    return [norm.population for norm in norms]


def fitting(test: str, phase: int = 1, **said: object) -> list[str]:
    return names(reference_norms(CHAIN.norms[test], person_of(complaint(**said), phase, CHAIN.rules)))


def test_age_and_sex_choose_the_norm() -> None:
    assert fitting("active_knee_extension") == ["men_18_24"]
    assert fitting("active_knee_extension", sex="female") == ["women_18_24"]
    assert fitting("active_knee_extension", age_years=45.9) == ["adults_40_59"]
    assert fitting("active_knee_extension", age_years=75, sex="female") == ["adults_60"]
    assert fitting("active_knee_extension", age_years=16) == ["boys_15_17"]


@pytest.mark.parametrize("sex", [None, "other"])
def test_an_unknown_sex_must_deviate_for_both(sex: str | None) -> None:
    assert fitting("active_knee_extension", sex=sex) == ["men_18_24", "women_18_24"]


def test_between_two_age_groups_both_must_agree() -> None:
    assert fitting("active_knee_extension", age_years=31) == ["men_18_24", "adults_40_59"]


def test_an_unknown_age_must_deviate_at_every_age() -> None:
    found = fitting("active_knee_extension", age_years=None)
    assert found == ["men_18_24", "adults_40_59", "adults_60", "boys_15_17"]


def test_outside_every_age_group_nothing_is_judged() -> None:
    assert fitting("modified_thomas_hip", age_years=50) == []
    assert fitting("active_knee_extension", age_years=12, sex="female") == []


@pytest.mark.parametrize(("age", "mean"), [(20, 43), (45, 40), (55, 37), (65, 27), (75, 15)])
def test_balance_is_compared_with_the_own_age(age: int, mean: float) -> None:
    person = person_of(complaint(age_years=age), 1, CHAIN.rules)
    (norm,) = reference_norms(CHAIN.norms["balance_open"], person)
    assert norm.mean == mean


def test_norms_of_athletes_hold_for_athletes_only() -> None:
    assert fitting("nordic_force") == ["men_football"]
    assert fitting("nordic_force", level="none") == []
    assert fitting("nordic_force", level=None) == []
    assert fitting("nordic_force_newton") == []


def test_the_highest_level_a_person_has_comes_first() -> None:
    assert fitting("modified_thomas_hip", level="professional") == ["elite"]
    assert fitting("sprint_30m", level="professional") == ["professionals"]
    assert fitting("sprint_30m", level="competitive") == ["men_amateur"]


def test_a_fresh_injury_gets_the_limits_of_fresh_injuries() -> None:
    fresh = person_of(complaint(days_since_onset=3), 1, CHAIN.rules)
    assert names(side_limits(CHAIN.norms["active_knee_extension"], fresh)) == ["acute"]
    assert names(reference_norms(CHAIN.norms["active_knee_extension"], fresh)) == ["men_18_24"]
    assert names(reference_norms(CHAIN.norms["outer_range_ratio"], fresh)) == ["acute"]


def test_after_return_the_limits_are_those_after_return() -> None:
    back = person_of(complaint(days_since_onset=3), 4, CHAIN.rules)
    assert back.state == "after_return"
    assert names(side_limits(CHAIN.norms["active_knee_extension"], back)) == ["after_return"]


def test_without_an_own_norm_the_limits_of_all_others_hold() -> None:
    amateur = person_of(complaint(), 1, CHAIN.rules)
    assert reference_norms(CHAIN.norms["isometric_90"], amateur) == ()
    assert names(side_limits(CHAIN.norms["isometric_90"], amateur)) == ["professionals"]
    assert names(error_norms(CHAIN.norms["isometric_90"], amateur)) == ["professionals"]


def test_a_mean_alone_still_says_what_is_usual() -> None:
    assert fitting("h_test") == ["healthy"]
    assert fitting("h_test", sex="female") == []
