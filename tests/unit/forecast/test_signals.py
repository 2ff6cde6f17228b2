import math
from dataclasses import replace

import pytest

from herstel.assessment.assess import assessed
from herstel.chain.model import Measurement
from herstel.forecast.baseline import baseline_of
from herstel.forecast.known import Known, gather
from herstel.forecast.signals import Signal, measured_ids, not_reached, signals_of
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn
from tests.forecast_people import (
    SPRINT,
    chain_of,
    extension_deficit,
    measured,
    on,
    outer_range,
    progress_of,
)


def known_of(
    knowledge: Knowledge,
    *measurements: Measurement,
    day: int = 14,
    check_ins: tuple[CheckIn, ...] = (),
    milestones: dict[Milestone, int] | None = None,
) -> Known:
    chain = chain_of(assessed(SPRINT, knowledge), measurements)
    progress = progress_of(chain, check_ins, milestones, today=day)
    return gather(chain.assessment, chain, progress, on(day), knowledge)


def at_step(step: int, known: Known) -> Known:
    """The same person at a step of the running ladder."""
    assert known.progress is not None
    position = replace(known.progress.position, running_step=step)
    return replace(known, progress=replace(known.progress, position=position))


def signal(known: Known) -> Signal:
    (one,) = signals_of(known, baseline_of(known))
    return one


def signals(known: Known) -> tuple[Signal, ...]:
    return signals_of(known, baseline_of(known))


def test_the_strength_ratio_tells_how_far_along_one_is(knowledge: Knowledge) -> None:
    one = signal(known_of(knowledge, outer_range(0.8, 14)))
    assert one.id == "outer_range_ratio"
    assert math.exp(one.log_time) == pytest.approx(1.97 * 14 / math.log(0.5 / 0.2))
    assert one.value == pytest.approx(0.8)
    assert not one.only_lengthens


def test_an_own_first_measurement_is_better_than_the_usual_start(knowledge: Knowledge) -> None:
    one = signal(known_of(knowledge, outer_range(0.6, 4), outer_range(0.8, 14)))
    usual = signal(known_of(knowledge, outer_range(0.8, 14)))
    assert math.exp(one.log_time) == pytest.approx(1.97 * 10 / math.log(0.4 / 0.2))
    assert 0.30 < one.log_sd < usual.log_sd, "where people start differs more than one test from the next"


def test_a_first_measurement_just_before_or_without_a_deficit_is_no_start(knowledge: Knowledge) -> None:
    usual = signal(known_of(knowledge, outer_range(0.8, 14)))
    assert signal(known_of(knowledge, outer_range(0.6, 11), outer_range(0.8, 14))) == usual
    assert signal(known_of(knowledge, outer_range(0.95, 3), outer_range(0.8, 14))) == usual


def test_strength_in_newtons_gives_the_same_ratio(knowledge: Knowledge) -> None:
    pair = (
        measured("outer_range_strength", 160, 14, unit="N"),
        measured("outer_range_strength", 200, 14, side="right", unit="N"),
    )
    assert signal(known_of(knowledge, *pair)) == signal(known_of(knowledge, outer_range(0.8, 14)))


def test_a_good_test_never_says_that_more_than_four_fifths_is_done(knowledge: Knowledge) -> None:
    for ratio in (0.95, 1.0, 1.1):
        assert math.exp(signal(known_of(knowledge, outer_range(ratio, 14))).log_time) == pytest.approx(14 / 0.8)


def test_no_recovery_at_all_says_at_most_a_ninth_is_done(knowledge: Knowledge) -> None:
    for ratio in (0.5, 0.3):
        assert math.exp(signal(known_of(knowledge, outer_range(ratio, 14))).log_time) == pytest.approx(14 / 0.11)


def test_the_noise_is_that_of_the_measure_of_the_test_and_of_the_first_result(knowledge: Knowledge) -> None:
    measure = knowledge.forecast.measures["active_knee_extension"]
    known = known_of(knowledge, *extension_deficit(30, 1), *extension_deficit(15, 14))
    along = baseline_of(known).reference_days
    one = signal(known)
    shrunk = measure.rate * 13 / along
    left = 30 * math.exp(-shrunk)
    error = math.hypot(measure.test_error / left, measure.test_error / 30) / shrunk
    assert one.log_sd == pytest.approx(math.hypot(0.35, error))
    assert math.exp(one.log_time) == pytest.approx(2.3 * 13 / math.log(2))


@pytest.mark.parametrize(("day", "noise"), [(6, 0.45), (14, 0.35), (40, 0.30)])
def test_the_noise_of_a_measure_falls_as_one_gets_further(day: int, noise: float, knowledge: Knowledge) -> None:
    forecast = knowledge.forecast
    exact = replace(forecast.measures["active_knee_extension"], test_error=0.0)
    certain = replace(knowledge, forecast=replace(forecast, measures={"active_knee_extension": exact}))
    one = signal(known_of(certain, *extension_deficit(30, 1), *extension_deficit(20, day), day=day))
    assert one.log_sd == pytest.approx(noise)


def test_one_knee_extension_alone_tells_no_time(knowledge: Knowledge) -> None:
    assert signals(known_of(knowledge, *extension_deficit(30, 14))) == ()
    assert signals(known_of(knowledge, *extension_deficit(4, 1), *extension_deficit(2, 14))) == ()
    assert signals(known_of(knowledge, measured("active_knee_extension", 40, 3))) == (), (
        "the other leg was not measured"
    )


def test_the_worst_pain_of_the_last_days_only_lengthens(knowledge: Knowledge) -> None:
    told = tuple(CheckIn(date=on(day), pain_worst=pain) for day, pain in ((5, 8.0), (12, 2.0), (13, 4.0), (14, None)))
    one = signal(known_of(knowledge, check_ins=told))
    assert (one.id, one.value, one.day, one.only_lengthens) == ("pain", 4.0, 13, True)
    assert math.exp(one.log_time) == pytest.approx(3.5 * 13 / math.log(7 / 4))


def test_pain_on_the_day_of_the_injury_tells_no_time(knowledge: Knowledge) -> None:
    assert signals(known_of(knowledge, day=0, check_ins=(CheckIn(date=on(0), pain_worst=8.0),))) == ()


def test_the_last_own_prediction_counts_from_the_injury(knowledge: Knowledge) -> None:
    told = (CheckIn(date=on(3), predicted_days=10), CheckIn(date=on(12), predicted_days=20), CheckIn(date=on(13)))
    one = signal(known_of(knowledge, check_ins=told))
    reference = baseline_of(known_of(knowledge, check_ins=told)).reference_days
    assert (one.id, one.value) == ("self_prediction", 20)
    assert one.log_sd == pytest.approx(0.6 * (1 - 12 / reference))
    assert math.exp(one.log_time) == pytest.approx(32)


def test_of_the_own_prediction_at_least_half_is_taken_to_lie_ahead(knowledge: Knowledge) -> None:
    one = signal(known_of(knowledge, day=200, check_ins=(CheckIn(date=on(200), predicted_days=20),)))
    assert one.log_sd == pytest.approx(0.3)


def test_who_never_walked_with_pain_did_not_get_it_back(knowledge: Knowledge) -> None:
    def walked(*told: CheckIn, present: bool | None) -> Known:
        known = known_of(knowledge, check_ins=told, milestones={"walk_pain_free": 3})
        findings = {"pain_walking": present, "limp": present} if present is not None else {}
        complaint = replace(known.assessment.complaint, findings=findings)
        return replace(known, facts=complaint.facts())

    hurt, fine = CheckIn(date=on(1), walking="some_pain"), CheckIn(date=on(1), walking="pain_free")
    assert walked(hurt, present=False).was_lost("walk_pain_free")
    assert walked(fine, present=True).was_lost("walk_pain_free")
    assert not walked(fine, present=False).was_lost("walk_pain_free")
    assert not walked(present=None).was_lost("walk_pain_free")
    assert signals(walked(fine, present=False)) == ()


def test_walking_says_nothing_about_tendon_pain_but_running_does(knowledge: Knowledge) -> None:
    known = known_of(knowledge, milestones={"walk_pain_free": 3, "jog": 10}).from_programme()
    assert not known.was_lost("walk_pain_free")
    assert known.was_lost("jog")


def test_of_running_a_day_says_at_most(knowledge: Knowledge) -> None:
    assert signal(known_of(knowledge, milestones={"jog": 10})).only_shortens
    assert not signal(known_of(knowledge, milestones={"walk_pain_free": 10})).only_shortens


def test_only_the_furthest_milestone_counts(knowledge: Knowledge) -> None:
    one = signal(known_of(knowledge, milestones={"walk_pain_free": 3, "jog": 9}))
    assert one.id == "jog"
    assert math.exp(one.log_time) == pytest.approx(9 / 0.35)
    assert signals(known_of(knowledge, milestones={"return": 12})) == ()


def test_what_lies_in_the_future_is_not_known_yet(knowledge: Knowledge) -> None:
    known = known_of(knowledge, outer_range(0.8, 20), milestones={"jog": 20}, day=14,
                     check_ins=(CheckIn(date=on(20), pain_worst=5),))  # fmt: skip
    assert signals(known) == ()


def test_measures_at_hand_are_named(knowledge: Knowledge) -> None:
    known = known_of(knowledge, outer_range(0.8, 14), milestones={"walk_pain_free": 3})
    assert measured_ids(known) == {"outer_range_ratio", "walk_pain_free"}


def test_the_next_milestone_is_the_one_not_reached(knowledge: Knowledge) -> None:
    told = (CheckIn(date=on(10)), CheckIn(date=on(12)))
    ahead = not_reached(at_step(3, known_of(knowledge, check_ins=told, milestones={"walk_pain_free": 3})))
    assert ahead is not None
    assert (ahead.milestone.id, ahead.day, ahead.weight) == ("jog", 12, 0.5)
    first = not_reached(known_of(knowledge, check_ins=told))
    assert first is not None
    assert first.milestone.id == "walk_pain_free"


def test_what_the_plan_has_not_offered_yet_says_nothing_about_the_leg(knowledge: Knowledge) -> None:
    walking = known_of(knowledge, check_ins=(CheckIn(date=on(12)),), milestones={"walk_pain_free": 3})
    assert not_reached(at_step(2, walking)) is None, "jogging for minutes on end is the third step"
    assert not_reached(at_step(3, walking)) is not None
    assert not_reached(at_step(4, walking)) is not None


def test_what_nobody_told_is_not_taken_for_not_reached(knowledge: Knowledge) -> None:
    told = (CheckIn(date=on(12)),)
    chain = chain_of(assessed(SPRINT, knowledge))
    assert not_reached(known_of(knowledge)) is None, "no check-in says so"
    assert not_reached(gather(chain.assessment, chain, None, on(3), knowledge)) is None
    assert not_reached(known_of(knowledge, check_ins=told, milestones={"full_training": 11})) is None
    assert not_reached(known_of(knowledge, check_ins=(CheckIn(date=on(0)),), day=0)) is None


def test_without_a_known_side_nothing_is_compared(knowledge: Knowledge) -> None:
    known = known_of(knowledge, *extension_deficit(30, 1), *extension_deficit(15, 14))
    assert signals(replace(known, chain=replace(known.chain, injured_side=None))) == ()
