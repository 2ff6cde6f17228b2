import math
from dataclasses import replace

import pytest

from herstel.assessment.assess import assessed
from herstel.complaint.model import Complaint
from herstel.forecast.baseline import Baseline, baseline_of, covariate_value, setting_of
from herstel.forecast.known import Known, gather
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Goal
from tests.forecast_people import (
    INJURY,
    SPRINT,
    chain_of,
    extension_deficit,
    measured,
    on,
    progress_of,
    raise_deficit,
)


def known_of(complaint: Complaint, knowledge: Knowledge, *measurements: object, day: int = 1) -> Known:
    chain = chain_of(assessed(complaint, knowledge), measurements)  # type: ignore[arg-type]
    return gather(chain.assessment, chain, progress_of(chain, today=day), on(day), knowledge)


def baseline(complaint: Complaint, knowledge: Knowledge, *measurements: object) -> Baseline:
    return baseline_of(known_of(complaint, knowledge, *measurements))


def shift_of(name: str, found: Baseline) -> float | None:
    return next((one.shift for one in found.effects if one.id == name), None)


def with_findings(**findings: bool) -> Complaint:
    return replace(SPRINT, findings={**SPRINT.findings, **findings})


def test_the_weights_follow_the_grades_of_the_assessment(knowledge: Knowledge) -> None:
    found, assessment = baseline(SPRINT, knowledge), assessed(SPRINT, knowledge)
    weight = dict(zip(found.components, found.mixture.weights.tolist(), strict=True))
    graded = 1 - weight["tendinopathy"]
    assert sum(weight.values()) == pytest.approx(1)
    for grade in ("1", "2", "3"):
        assert weight[grade] / graded == pytest.approx(assessment.grade.probabilities[grade])
    in_tendon = weight["tendon"] + weight["avulsion"] + weight["apophysis"]
    assert in_tendon / graded == pytest.approx(assessment.grade.probabilities["tendon"])
    assert (weight["soreness"] + weight["0"]) / graded == pytest.approx(assessment.grade.probabilities["0"])
    assert found.likeliest == "2"


def test_the_differential_divides_a_grade_between_its_branches(knowledge: Knowledge) -> None:
    found, assessment = baseline(SPRINT, knowledge), assessed(SPRINT, knowledge)
    weight = dict(zip(found.components, found.mixture.weights.tolist(), strict=True))
    avulsion = assessment.likelihood("proximal_avulsion").probability
    apophysis = assessment.likelihood("ischial_apophyseal_avulsion").probability
    assert weight["avulsion"] / weight["apophysis"] == pytest.approx(avulsion / apophysis)


@pytest.mark.parametrize(
    ("level", "setting"),
    [("professional", "professional"), ("competitive", "competitive"), ("none", "no_sport"), (None, "unknown")],
)
def test_every_level_has_its_setting(level: str | None, setting: str, knowledge: Knowledge) -> None:
    assert setting_of(level, knowledge.forecast).id == setting


def test_grade_three_feels_half_of_the_setting(knowledge: Knowledge) -> None:
    pro = baseline(replace(SPRINT, level="professional"), knowledge)
    fun = baseline(replace(SPRINT, level="recreational"), knowledge)
    moved = dict(zip(pro.components, (fun.mixture.means - pro.mixture.means).tolist(), strict=True))
    assert moved["2"] == pytest.approx(0.60)
    assert moved["3"] == pytest.approx(0.30)
    assert moved["avulsion"] == 0
    assert shift_of("setting", fun) == pytest.approx(0.60)
    assert shift_of("setting", pro) is None


def test_the_level_of_the_goal_goes_before_that_of_the_complaint(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    goal = Goal(kind="sport", start=on(1), minutes={}, injury_date=INJURY, level="professional")
    known = gather(chain.assessment, chain, progress_of(chain, today=1, goal=goal), on(1), knowledge)
    assert known.level == "professional"


def test_an_unknown_level_is_said_and_takes_the_slow_side(knowledge: Knowledge) -> None:
    unknown = baseline(replace(SPRINT, level=None), knowledge)
    known = baseline(SPRINT, knowledge)
    assert "level" in unknown.unknown
    assert unknown.reference_days == pytest.approx(known.reference_days, rel=0.05)
    assert (unknown.mixture.sds >= known.mixture.sds).all()
    assert unknown.mixture.sds.max() > known.mixture.sds.max()
    assert shift_of("setting", unknown) is None


def test_a_stretch_injury_takes_as_much_longer_as_was_published(knowledge: Knowledge) -> None:
    sprint = baseline(with_findings(mech_overstretch_slip_waterski=False), knowledge)
    stretch = baseline(with_findings(mech_overstretch_slip_waterski=True, mech_sprint=False), knowledge)
    assert (shift_of("stretch_mechanism", stretch) or 0) - (
        shift_of("stretch_mechanism", sprint) or 0
    ) == pytest.approx(0.61)
    assert 0.59 <= 0.61 <= math.log(43 / 23)


def test_what_is_not_known_moves_nothing_and_is_named(knowledge: Knowledge) -> None:
    findings = {name: truth for name, truth in SPRINT.findings.items() if name != "forced_to_stop_within_5min"}
    found = baseline(replace(SPRINT, findings=findings), knowledge)
    assert "forced_to_stop" in found.unknown
    assert shift_of("forced_to_stop", found) is None


def test_pain_on_walking_says_something_only_after_a_day(knowledge: Knowledge) -> None:
    covariate = knowledge.forecast.covariates["walking_over_a_day"]
    first_day = known_of(SPRINT, knowledge)
    third_day = known_of(replace(SPRINT, days_since_onset=3), knowledge)
    at_once = known_of(
        replace(SPRINT, findings={**SPRINT.findings, "pain_walking": False}, ladder={"walking": 0}), knowledge
    )
    assert covariate_value(covariate, first_day) is None
    assert covariate_value(covariate, third_day) == 1
    assert covariate_value(covariate, at_once) == 0


def test_numbers_count_per_unit_and_no_further_than_their_limits(knowledge: Knowledge) -> None:
    covariates = knowledge.forecast.covariates
    known = known_of(
        replace(SPRINT, age_years=45, pain_nrs=9),
        knowledge,
        *raise_deficit(20, 2),
        *extension_deficit(70, 2),
        measured("palpation_length", 9, 2, unit="cm"),
        day=3,
    )
    values = {name: covariate_value(covariates[name], known) for name in covariates}
    assert values["age"] == pytest.approx(2)
    assert values["worst_pain"] == pytest.approx(2)
    assert values["raised_leg"] == pytest.approx(20)
    assert values["knee_extension"] == pytest.approx(60)
    assert values["tender_length"] == pytest.approx(9)
    assert values["late_start"] == pytest.approx(2), "one day, and nothing was compared before the second"


def test_measurements_long_after_the_injury_are_none_of_the_start(knowledge: Knowledge) -> None:
    covariates = knowledge.forecast.covariates
    known = known_of(SPRINT, knowledge, *raise_deficit(20, 20), measured("palpation_length", 9, 20), day=21)
    assert covariate_value(covariates["raised_leg"], known) is None
    assert covariate_value(covariates["tender_length"], known) is None


def test_missing_numbers_are_unknown(knowledge: Knowledge) -> None:
    bare = replace(SPRINT, age_years=None, pain_nrs=None)
    chain = chain_of(assessed(bare, knowledge), raise_deficit(20, 1), side=None)
    known = gather(chain.assessment, chain, None, on(1), knowledge)
    covariates = knowledge.forecast.covariates
    for name in ("age", "worst_pain", "raised_leg", "late_start", "tender_length"):
        assert covariate_value(covariates[name], known) is None
    assert known.strength_ratio(on(1)) is None


def test_all_covariates_together_are_capped(knowledge: Knowledge) -> None:
    worst = replace(SPRINT, age_years=64, pain_nrs=10, days_since_onset=3)
    worst = replace(
        worst,
        findings={
            **worst.findings,
            "mech_overstretch_slip_waterski": True,
            "mech_sprint": False,
            "recurrent_same_leg": True,
        },
    )
    found = baseline(worst, knowledge, *raise_deficit(45, 3))
    time = knowledge.forecast.times["2"]
    place = found.components.index("2")
    assert sum(one.shift for one in found.effects if one.id != "setting") > 1.0
    assert found.mixture.means[place] == pytest.approx(time.log_mean + 0.60 + 1.0)


SPARSE = replace(SPRINT, findings={"onset_sudden": True}, age_years=None, pain_nrs=None)


def own_sd(found: Baseline, component: str) -> float:
    """Spread within a component without that between cohorts and of the recreational setting."""
    time = found.components.index(component)  # type: ignore[arg-type]
    return math.sqrt(found.mixture.sds[time] ** 2 - 0.25**2 - 0.25**2)


def test_when_nothing_is_known_the_spread_is_that_of_the_cohorts(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPARSE, knowledge))
    found = baseline_of(gather(chain.assessment, chain, None, on(1), knowledge))
    assert own_sd(found, "2") == pytest.approx(0.52)


def test_what_a_known_covariate_explains_is_taken_out_of_the_spread(knowledge: Knowledge) -> None:
    one = replace(SPARSE, findings={"onset_sudden": True, "forced_to_stop_within_5min": True})
    chain = chain_of(assessed(one, knowledge))
    found = baseline_of(gather(chain.assessment, chain, None, on(1), knowledge))
    assert own_sd(found, "2") == pytest.approx(math.sqrt(0.52**2 - 0.30**2 * 0.6 * 0.4))
    assert own_sd(found, "1") == pytest.approx(math.sqrt(0.60**2 - 0.30**2 * 0.6 * 0.4))


def test_no_more_is_taken_out_than_the_least_that_studies_explained(knowledge: Knowledge) -> None:
    told = replace(SPRINT, days_since_onset=3, findings={**SPRINT.findings, "recurrent_same_leg": False})
    found = baseline(told, knowledge, *raise_deficit(20, 2))
    assert own_sd(found, "2") == pytest.approx(1.1 * 0.52 * math.sqrt(1 - 0.29)), "and widened for its elicited terms"


def test_more_than_four_elicited_terms_widen(knowledge: Knowledge) -> None:
    exact = {name: replace(one, usual=0.0, usual_sd=0.0 if one.usual_sd is not None else None)
             for name, one in knowledge.forecast.covariates.items()}  # fmt: skip
    certain = replace(knowledge, forecast=replace(knowledge.forecast, covariates=exact))
    few, many = baseline(SPARSE, certain), baseline(SPRINT, certain)
    assert own_sd(few, "2") == pytest.approx(0.52)
    assert own_sd(many, "2") == pytest.approx(1.1 * 0.52)
    untouched = few.components.index("avulsion")
    assert many.mixture.sds[untouched] == few.mixture.sds[untouched]


def test_a_measure_at_hand_takes_the_place_of_its_covariate(knowledge: Knowledge) -> None:
    known = known_of(SPRINT, knowledge, *extension_deficit(20, 1))
    assert shift_of("knee_extension", baseline_of(known)) == pytest.approx(0.05)
    assert shift_of("knee_extension", baseline_of(known, frozenset({"active_knee_extension"}))) is None


def test_a_complaint_outside_the_hamstring_is_not_covered(knowledge: Knowledge) -> None:
    back = Complaint(
        findings={"low_back_pain_now": True, "radiates_below_knee": True, "tingling_numbness_leg": True,
                  "worse_cough_sneeze_strain": True, "onset_gradual": True, "loc_low_back_si": True},
        age_years=50, days_since_onset=20,
    )  # fmt: skip
    assert baseline(back, knowledge).covered < 0.3


def test_without_any_graded_condition_the_weights_are_even(knowledge: Knowledge) -> None:
    known = known_of(SPRINT, knowledge)
    nothing = tuple(replace(one, probability=0.0) for one in known.assessment.differential)
    grade = replace(known.assessment.grade, applies=0.0)
    found = baseline_of(replace(known, assessment=replace(known.assessment, differential=nothing, grade=grade)))
    assert found.covered == 0
    assert found.mixture.weights == pytest.approx([1 / 9] * 9)
