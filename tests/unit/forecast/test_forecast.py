from dataclasses import replace
from datetime import timedelta

import pytest

from herstel.assessment.assess import assess, assessed
from herstel.assessment.result import Assessment, Referral
from herstel.chain.model import Measurement
from herstel.complaint.model import Complaint, Place
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.known import gather
from herstel.forecast.model import Forecast
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.plan.model import Goal, Position
from herstel.progress.model import CheckIn
from tests.forecast_people import INJURY, SPRINT, chain_of, extension_deficit, on, outer_range, progress_of

EMERGENCY = replace(SPRINT, findings={**SPRINT.findings, "bladder_bowel_saddle_change": True})
SORE = Complaint(
    age_years=30,
    days_since_onset=1,
    pain_nrs=3,
    level="recreational",
    findings={"onset_delayed_12_72h": True, "onset_sudden": False, "mech_unaccustomed_exercise": True,
              "both_legs_similar": True, "pop_heard_felt": False, "pain_walking": False, "limp": False},
    ladder={"walking": 0, "straighten": 1},
)  # fmt: skip
GROWING = replace(
    SPRINT,
    age_years=15,
    places=frozenset({Place("left", "buttock")}),
    findings={**SPRINT.findings, "loc_middle_third": False, "loc_proximal_third": True},
)


def forecast_of(
    complaint: Complaint,
    knowledge: Knowledge,
    *measurements: Measurement,
    day: int = 1,
    check_ins: tuple[CheckIn, ...] = (),
    milestones: dict[Milestone, int] | None = None,
) -> Forecast:
    chain = chain_of(assessed(complaint, knowledge), measurements)
    progress = progress_of(chain, check_ins, milestones, today=day)
    return forecast_recovery(chain.assessment, chain, progress, on(day), knowledge)


def median(forecast: Forecast) -> float:
    return forecast.milestones["return"].median_days


def test_a_sprint_strain_gets_a_range_for_every_milestone(knowledge: Knowledge) -> None:
    forecast = forecast_of(SPRINT, knowledge)
    assert forecast.no_forecast is None
    assert list(forecast.milestones) == list(knowledge.forecast.milestones)
    assert forecast.likeliest == "2"
    assert 28 < median(forecast) < 60, "recreational, most likely grade 2, severe pain: longer than the 37 of the table"
    assert sum(forecast.components.values()) == pytest.approx(1)
    assert forecast.injury_date == INJURY
    assert forecast.knowledge_version == knowledge.version.version


def test_the_founding_range_stands_beside_with_the_chance_to_be_back_by_its_end(knowledge: Knowledge) -> None:
    forecast = forecast_of(SPRINT, knowledge)
    assert forecast.founding is not None
    assert (forecast.founding.low, forecast.founding.high) == (28, 56)
    curve = forecast.milestones["return"].curve
    before = max(share for day, share in curve if day >= 56)
    after = min(share for day, share in curve if day <= 56)
    assert forecast.by_founding_upper is not None
    assert before - 1e-9 <= 1 - forecast.by_founding_upper <= after + 1e-9


def test_a_tear_in_the_tendon_has_no_founding_range(knowledge: Knowledge) -> None:
    assessment = assessed(SPRINT, knowledge)
    grade = replace(assessment.grade, probabilities={"0": 0, "1": 0.1, "2": 0.2, "3": 0.1, "tendon": 0.6})
    chain = chain_of(replace(assessment, grade=grade))
    forecast = forecast_recovery(chain.assessment, chain, None, on(1), knowledge)
    assert forecast.likeliest == "tendon"
    assert forecast.founding is None
    assert forecast.by_founding_upper is None


def test_the_first_week_is_too_early_to_know(knowledge: Knowledge) -> None:
    assert forecast_of(SPRINT, knowledge, day=6).too_early
    assert not forecast_of(SPRINT, knowledge, day=7).too_early


def test_soreness_is_a_matter_of_days(knowledge: Knowledge) -> None:
    forecast = forecast_of(SORE, knowledge)
    assert forecast.likeliest == "soreness"
    assert forecast.founding is not None
    assert (forecast.founding.low, forecast.founding.high) == (2, 3)
    assert median(forecast) < 8
    assert "walk_pain_free" not in forecast.milestones, "it is reached, and nobody told when"


def test_a_referral_gets_no_time(knowledge: Knowledge) -> None:
    referral = assess(EMERGENCY, knowledge)
    assert isinstance(referral, Referral)
    chain = chain_of(referral)
    forecast = forecast_recovery(referral, chain, None, on(1), knowledge)
    assert forecast.no_forecast == "referral"
    assert forecast.milestones == {}
    assert forecast.founding is None
    assert forecast.urgency == "emergency"


def test_a_referral_by_a_check_in_or_a_plan_on_hold_gets_no_time_either(knowledge: Knowledge) -> None:
    referral = assess(EMERGENCY, knowledge)
    assert isinstance(referral, Referral)
    chain = chain_of(assessed(SPRINT, knowledge))
    progress = progress_of(chain, today=9)
    checked = forecast_recovery(chain.assessment, chain, replace(progress, referral=referral), on(9), knowledge)
    held = replace(progress, position=Position(since=on(1), on_hold=True))
    on_hold = forecast_recovery(chain.assessment, chain, held, on(9), knowledge)
    assert checked.no_forecast == on_hold.no_forecast == "referral"
    assert checked.urgency == "emergency"


def test_after_the_return_only_what_happened_is_told(knowledge: Knowledge) -> None:
    forecast = forecast_of(SPRINT, knowledge, day=60, milestones={"jog": 12, "return": 40})
    assert forecast.no_forecast == "returned"
    assert {name: one.median_days for name, one in forecast.milestones.items()} == {"jog": 12, "return": 40}
    assert forecast.milestones["return"].reached == on(40)
    assert forecast.recurrence.days_since_return == 20


def test_a_complaint_from_elsewhere_gets_no_hamstring_time(knowledge: Knowledge) -> None:
    back = Complaint(
        findings={"low_back_pain_now": True, "radiates_below_knee": True, "tingling_numbness_leg": True,
                  "worse_cough_sneeze_strain": True, "onset_gradual": True, "loc_low_back_si": True},
        age_years=50, days_since_onset=20,
    )  # fmt: skip
    assert forecast_of(back, knowledge).no_forecast == "elsewhere"
    assert forecast_of(Complaint(age_years=24), knowledge).no_forecast == "elsewhere", "nothing is known of it"


def test_a_growing_skeleton_is_x_rayed_before_a_strain_gets_a_time(knowledge: Knowledge) -> None:
    assessment = assessed(GROWING, knowledge)
    assert "growing_skeleton_xray" in assessment.imaging.rules
    assert forecast_of(GROWING, knowledge).no_forecast == "image_first"


def test_a_time_far_beyond_the_studies_is_not_told(knowledge: Knowledge) -> None:
    usual, long, endless = (forecast_of(SPRINT, knowledge, day=day) for day in (20, 230, 900))
    assert (usual.no_forecast, usual.longer_than_usual) == (None, False)
    assert (long.no_forecast, long.longer_than_usual) == (None, True)
    assert (endless.no_forecast, endless.longer_than_usual) == ("too_long", True)
    assert endless.milestones == {}


def test_today_is_the_start_of_every_curve_and_nothing_is_forecast_in_the_past(knowledge: Knowledge) -> None:
    forecast = forecast_of(SPRINT, knowledge, day=20, milestones={"walk_pain_free": 6})
    assert "still_recovering" in forecast.updates
    for one in forecast.milestones.values():
        if one.reached is None:
            assert one.curve[0] == (20.0, 1.0)
            assert one.intervals[95].low >= 20


def test_a_milestone_before_a_reached_one_is_left_out_when_nobody_told_its_day(knowledge: Knowledge) -> None:
    forecast = forecast_of(SPRINT, knowledge, day=20, milestones={"run_70": 18})
    assert list(forecast.milestones) == ["run_70", "run_90", "sprint", "full_training", "return"]
    assert forecast.milestones["run_70"].reached == on(18)


def test_running_early_shortens_and_running_late_is_no_reason_to_expect_more(knowledge: Knowledge) -> None:
    early, none, late = (
        median(forecast_of(SPRINT, knowledge, day=30, milestones=reached))
        for reached in ({"jog": 6}, {}, {"jog": 30})  # type: ignore[var-annotated]
    )
    assert early < late <= none


def test_walking_without_pain_again_late_lengthens(knowledge: Knowledge) -> None:
    early, none, late = (
        median(forecast_of(SPRINT, knowledge, day=30, milestones=reached))
        for reached in ({"walk_pain_free": 2}, {}, {"walk_pain_free": 25})  # type: ignore[var-annotated]
    )
    assert early < none < late


def test_effects_come_largest_first_and_say_what_moved_the_median(knowledge: Knowledge) -> None:
    told = (CheckIn(date=on(18), predicted_days=60), CheckIn(date=on(20), pain_worst=6))
    weak = (*extension_deficit(30, 2), *extension_deficit(28, 20), outer_range(0.55, 20))
    chain = chain_of(assessed(SPRINT, knowledge), weak)
    progress = progress_of(chain, told, {"walk_pain_free": 9}, today=20, running_step=3)
    forecast = forecast_recovery(chain.assessment, chain, progress, on(20), knowledge)
    shifts = [abs(one.shift) for one in forecast.effects]
    moved = {one.id: one.shift for one in forecast.effects}
    assert shifts == sorted(shifts, reverse=True)
    assert {"outer_range_ratio", "active_knee_extension", "pain", "self_prediction", "not_reached"} <= set(moved)
    assert moved["active_knee_extension"] > 0
    assert moved["pain"] > 0
    assert moved["not_reached"] > 0
    assert set(forecast.updates) == {
        "still_recovering", "outer_range_ratio", "active_knee_extension", "pain", "self_prediction", "walk_pain_free",
        "not_reached",
    }  # fmt: skip


def test_the_re_check_takes_the_place_of_the_first_assessment(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    grade = replace(chain.assessment.grade, probabilities={"0": 0, "1": 1, "2": 0, "3": 0, "tendon": 0})
    revised: Assessment = replace(chain.assessment, grade=grade)
    progress = replace(progress_of(chain, today=7), reassessment=revised)
    forecast = forecast_recovery(chain.assessment, chain, progress, on(7), knowledge)
    assert forecast.likeliest == "1"


def test_the_day_of_the_injury_comes_from_the_goal_or_else_from_the_complaint(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(replace(SPRINT, days_since_onset=3), knowledge))
    goal = Goal(kind="sport", start=on(10), minutes={})
    told = progress_of(chain, today=20, goal=goal)
    dated = progress_of(chain, today=20, goal=replace(goal, injury_date=on(5)))
    later = progress_of(chain, today=20, goal=replace(goal, injury_date=on(30)))

    def day(progress: object) -> tuple[object, float]:
        known = gather(chain.assessment, chain, progress, on(20), knowledge)  # type: ignore[arg-type]
        return known.injury_date, known.day

    assert day(told) == (on(7), 13)
    assert day(dated) == (on(5), 15)
    assert day(later) == (None, 10), "an injury in the future is a mistake: counted from the start of the plan"
    assert day(None) == (on(17), 3)


def test_an_unknown_day_of_injury_is_said(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(replace(SPRINT, days_since_onset=None), knowledge))
    forecast = forecast_recovery(chain.assessment, chain, None, on(1), knowledge)
    assert forecast.injury_date is None
    assert "injury_date" in forecast.unknown
    assert forecast.day == 0


def test_the_curve_ends_where_hardly_anybody_is_left(knowledge: Knowledge) -> None:
    curve = forecast_of(SPRINT, knowledge).milestones["return"].curve
    days, shares = zip(*curve, strict=True)
    assert list(days) == sorted(days)
    assert list(shares) == sorted(shares, reverse=True)
    assert shares[-1] < 0.002


def test_the_same_forecast_on_the_next_day_is_still_about_the_same_injury(knowledge: Knowledge) -> None:
    today, tomorrow = forecast_of(SPRINT, knowledge, day=2), forecast_of(SPRINT, knowledge, day=3)
    assert tomorrow.today - today.today == timedelta(days=1)
    assert median(today) <= median(tomorrow) <= 1.02 * median(today)


def test_an_overload_counts_from_the_programme_not_from_when_it_began(knowledge: Knowledge) -> None:
    sit_bone = Complaint(
        age_years=45, days_since_onset=300, pain_nrs=5, level="recreational",
        findings={"onset_gradual": True, "onset_sudden": False, "mech_overuse_load_increase": True,
                  "loc_sit_bone": True, "sitting_pain_sit_bone": True, "duration_over_6_weeks": True,
                  "endurance_sport": True},
    )  # fmt: skip
    chain = chain_of(assessed(sit_bone, knowledge))
    goal = Goal(kind="sport", start=on(0), minutes={})
    planned = forecast_recovery(chain.assessment, chain, progress_of(chain, today=10, goal=goal), on(10), knowledge)
    unplanned = forecast_recovery(chain.assessment, chain, None, on(10), knowledge)
    assert planned.likeliest == "tendinopathy"
    assert (planned.counted_from, planned.injury_date, planned.day) == ("programme", on(0), 10)
    assert (unplanned.injury_date, unplanned.day) == (on(10), 0)
    assert 90 < median(planned) < 180
    assert "jog" in planned.milestones
