from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.assessment.result import Referral
from herstel.chain.analysis import analyse_chain, injured_side
from herstel.chain.model import Chain, Measurement, NextTest
from herstel.chain.next_test import next_tests
from herstel.complaint.model import Place
from herstel.errors import InputError
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, complaint, measured

CLOT = {"calf_swelling": True, "leg_warm_red": True, "previous_dvt_pe": True, "immobilised_surgery_longflight": True}


def analysed(*measurements: Measurement, phase: int = 1, **said: Any) -> Chain:
    return analyse_chain(assessed(**said), measurements, KNOWLEDGE, phase=phase)


def test_an_empty_chain_says_that_nothing_was_measured_and_what_to_measure_first() -> None:
    chain = analysed()
    assert chain.results == ()
    assert all(state.worst == "not_measured" for state in chain.links.values())
    assert chain.hamstring_index.value is None
    assert chain.chain_index.value is None
    assert len(chain.next_tests) == CHAIN.rules.most_next_tests


def test_the_injured_side_is_the_one_that_hurts() -> None:
    def side(*places: Place, **said: Any) -> str | None:
        return injured_side(complaint(places=frozenset(places), **said))

    assert side(Place("left", "thigh_middle"), Place("middle", "low_back")) == "left"
    assert side(Place("right", "sit_bone")) == "right"
    assert side(Place("left", "thigh_middle"), Place("right", "thigh_middle")) is None
    assert side() is None
    assert side(Place("left", "thigh_middle"), findings={"both_legs_similar": True}) is None


def test_only_the_latest_measurement_counts_and_all_are_kept() -> None:
    old = measured("active_knee_extension", 45, "left")
    new = measured("active_knee_extension", 20, "left", date=DAY + timedelta(days=9))
    chain = analysed(new, old)
    assert [one.measurement for one in chain.results] == [new]
    assert chain.measurements == (old, new)


def test_a_corrected_measurement_is_kept_apart() -> None:
    wrong = measured("active_knee_extension", 54, "left")
    right = measured("active_knee_extension", 24, "left", correction="digits swapped")
    chain = analysed(wrong, right)
    assert (chain.measurements, chain.corrected) == ((right,), (wrong,))
    assert chain.links["hamstring"].verdicts["left"] == "normal"


def test_a_referral_is_kept_and_nothing_is_advised_to_be_measured() -> None:
    referral = assessed(findings=CLOT)
    assert isinstance(referral, Referral)
    chain = analyse_chain(referral, both("active_knee_extension", 40, 20), KNOWLEDGE)
    assert chain.referral is referral
    assert chain.assessment is referral.assessment
    assert chain.next_tests == ()
    assert chain.links["hamstring"].worst == "deviating"


def test_what_cannot_be_used_is_refused_all_at_once() -> None:
    strange = Measurement(
        test="jump", side=None, value=3, unit="cm", method="tape", tester="self", date=DAY
    )  # fmt: skip
    with pytest.raises(InputError) as caught:
        analysed(strange, measured("front_plank", 60, "left"), measured("side_plank", 60))
    assert len(caught.value.problems) == 3


# --- indices ----------------------------------------------------------------------------------------------------------


def test_the_hamstring_index_is_the_weighted_mean_of_what_was_measured_of_it() -> None:
    chain = analysed(measured("active_knee_extension", 26.9, "left"), measured("single_leg_bridge", 19, "left"))
    assert chain.hamstring_index.parts == {"range": pytest.approx(-1), "bridge": pytest.approx(-1)}
    assert chain.hamstring_index.missing == ("outer_range", "nordic")
    more = analysed(*chain.measurements, measured("outer_range_ratio", 0.5))
    assert more.hamstring_index.parts["outer_range"] == -3, "capped"
    assert more.hamstring_index.value == pytest.approx((0.15 * -1 + 0.25 * -1 + 0.35 * -3) / 0.75)


def test_tests_of_one_part_count_once() -> None:
    chain = analysed(measured("nordic_force", 3.6, "left"), measured("nordic_break_point", 57.8))
    assert chain.hamstring_index.parts == {"nordic": pytest.approx(-0.5)}


def test_the_injured_side_counts_for_an_index_else_the_worse_one() -> None:
    pair = both("side_plank", 94, 60)
    assert analysed(*pair).chain_index.parts == {"core": pytest.approx(0)}
    assert analysed(*pair, places=frozenset()).chain_index.parts == {"core": pytest.approx(-1)}
    assert analysed(pair[1]).chain_index.parts == {"core": pytest.approx(-1)}


def test_a_good_chain_does_not_touch_the_hamstring_index() -> None:
    weak = measured("outer_range_ratio", 0.6)
    strong = (*both("side_plank", 200, 200), *both("knee_to_wall", 16, 16), measured("front_plank", 300))
    assert analysed(weak, *strong).hamstring_index == analysed(weak).hamstring_index


# --- the next test ----------------------------------------------------------------------------------------------------


def test_no_test_is_advised_before_its_time() -> None:
    for phase in (1, 2, 3, 4):
        for one in analysed(phase=phase, findings={"recurrent_same_leg": True}).next_tests:
            assert CHAIN.tests[one.test].earliest_phase <= phase


def test_only_tests_that_can_be_done_where_the_person_is_are_advised() -> None:
    chain = analysed()
    for places in (frozenset({"home"}), frozenset({"practice"}), frozenset({"home", "phone"})):
        found = next_tests(chain, KNOWLEDGE, places=places)
        assert found
        assert {one.where for one in found} <= places
    assert next_tests(chain, KNOWLEDGE, places=frozenset()) == ()


def every_test(chain: Chain) -> dict[str, NextTest]:
    """All tests with something to gain, not only the best few."""
    rules = replace(CHAIN.rules, most_next_tests=99, most_per_link=99)
    endless = replace(KNOWLEDGE, chain=replace(CHAIN, rules=rules))
    return {one.test: one for one in next_tests(chain, endless)}


def test_the_story_and_the_next_gate_ask_for_tests() -> None:
    plain, told = analysed(), analysed(findings={"cannot_straighten_leg": True})
    asked = every_test(told)["active_knee_extension"]
    assert asked.because == ("knee_stays_bent", "knee_extension_20", "hamstring")
    assert asked.gain > every_test(plain)["active_knee_extension"].gain


def test_the_gates_of_the_return_ask_from_the_third_phase() -> None:
    for phase, asked in ((1, False), (2, False), (3, True), (4, True)):
        because = every_test(analysed(phase=phase))["palpation_pain"].because
        assert ("return_palpation" in because) is asked


def test_what_is_known_is_not_asked_again_and_what_may_be_chance_is() -> None:
    known = analysed(*both("straight_leg_raise", 75, 75), *both("side_plank", 90, 90), phase=2)
    assert "straight_leg_raise" not in every_test(known)
    assert "front_plank" not in every_test(known), "the side plank already fills the part of the trunk"
    chance = analysed(*both("single_leg_squat_fppa", 16, 8), phase=2)
    assert chance.links["knee"].worst == "within_error"
    assert "single_leg_squat_fppa" in every_test(chance)


def test_the_whole_chain_gets_seen() -> None:
    links = [CHAIN.tests[one.test].link for one in analysed().next_tests]
    assert max(links.count(link) for link in links) <= CHAIN.rules.most_per_link
    parts = [CHAIN.tests[one.test].index_part for one in analysed(phase=4).next_tests]
    assert len([part for part in parts if part]) == len({part for part in parts if part})


# --- the grade by a clinician's measurements --------------------------------------------------------------------------


def graded(*measurements: Measurement, **said: Any) -> tuple[int, list[tuple[str, int]]] | None:
    found = analysed(*measurements, **{"days_since_onset": 3, **said}).clinician_grade
    return None if found is None else (found.grade, [(one.measure, one.grade) for one in found.measures])


def by_therapist(test: str, left: float, right: float) -> tuple[Measurement, ...]:
    return both(test, left, right, tester="therapist")


def test_what_a_therapist_measures_in_the_first_days_is_a_second_opinion() -> None:
    range_and_strength = (*by_therapist("active_knee_extension", 38, 18), *by_therapist("isometric_90", 110, 200))
    assert graded(*range_and_strength) == (2, [("knee_extension", 2), ("strength", 2)])
    assert graded(*range_and_strength, days_since_onset=20) is None
    assert graded(*range_and_strength, days_since_onset=None) is None
    assert graded(*both("active_knee_extension", 38, 18)) is None, "measured by the person"


@pytest.mark.parametrize(("left", "grade"), [(60, 1), (50, 2), (30, 3)])
def test_the_leg_raise_is_graded_in_percent_of_the_other_leg(left: float, grade: int) -> None:
    assert graded(*by_therapist("straight_leg_raise", left, 64)) == (grade, [("leg_raise", grade)])


def test_half_of_the_strength_gone_is_not_grade_3() -> None:
    ratio = measured("outer_range_ratio", 0.4, tester="therapist")
    assert graded(ratio) == (2, [("strength", 2)])
    assert graded(measured("outer_range_ratio", 0.05, tester="therapist")) == (3, [("strength", 3)])


def test_who_cannot_walk_is_graded_one_higher_and_a_gap_is_grade_3() -> None:
    mild = by_therapist("active_knee_extension", 20, 18)
    assert graded(*mild, findings={"limp": True}) == (2, [("knee_extension", 1), ("gait", 2)])
    assert graded(*mild, findings={"limp": False}) == (1, [("knee_extension", 1), ("gait", 1)])
    unable = graded(*mild, findings={"cannot_weight_bear_4_steps": True})
    assert unable == (3, [("knee_extension", 1), ("gait", 3)])
    assert graded(*mild, findings={"palpable_gap": True}) == (3, [("knee_extension", 1), ("gap", 3)])


def test_without_both_legs_there_is_no_second_opinion() -> None:
    assert graded(measured("active_knee_extension", 38, "left", tester="therapist")) is None
    assert graded(*by_therapist("straight_leg_raise", 30, 0)) is None
    assert graded(measured("palpation_pain", 1, "left", tester="therapist")) is None


def test_the_second_opinion_never_touches_the_urgency() -> None:
    severe = (*by_therapist("active_knee_extension", 60, 18), *by_therapist("isometric_90", 5, 200))
    plain, measured_too = analysed(days_since_onset=3), analysed(*severe, days_since_onset=3)
    assert measured_too.assessment.urgency == plain.assessment.urgency
