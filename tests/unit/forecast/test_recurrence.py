from dataclasses import replace

import pytest

from herstel.assessment.assess import assessed
from herstel.chain.model import Chain, LinkState, Measurement, TestResult
from herstel.complaint.model import Complaint
from herstel.forecast.baseline import baseline_of
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.known import gather
from herstel.forecast.model import RecurrenceForecast
from herstel.forecast.recurrence import forecast_recurrence, hazard_of
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn, Done, Run
from tests.forecast_people import SPRINT, chain_of, measured, on, outer_range, progress_of, raise_deficit


def risk_of(
    knowledge: Knowledge,
    *measurements: Measurement,
    complaint: Complaint = SPRINT,
    chain: Chain | None = None,
    check_ins: tuple[CheckIn, ...] = (),
    milestones: dict[Milestone, int] | None = None,
    day: int = 40,
) -> RecurrenceForecast:
    chain = chain or chain_of(assessed(complaint, knowledge), measurements)
    progress = progress_of(chain, check_ins, milestones, today=day)
    known = gather(chain.assessment, chain, progress, on(day), knowledge)
    return forecast_recurrence(known, baseline_of(known))


def result(test: str, z: float | None, verdict: str) -> TestResult:
    return TestResult(
        test=test, link="hamstring", side="left", measurement=measured(test, 3.0, 3, unit="N/kg"),
        verdict=verdict,  # type: ignore[arg-type]
        z=z, population=None, threshold=None, error=None, beyond_threshold=None, beyond_error=None, difference=None,
    )  # fmt: skip


def link(name: str, verdict: str, other: str = "normal") -> LinkState:
    return LinkState(link=name, verdicts={"left": verdict, "right": other}, results=())  # type: ignore[arg-type, dict-item]


def test_who_is_like_everybody_has_the_published_risk(knowledge: Knowledge) -> None:
    risk = risk_of(knowledge)
    assert risk.hazard_ratio == 1
    assert risk.usual_year == pytest.approx(0.169, abs=0.001)
    assert risk.band == "middle"
    assert risk.year.low < 0.12
    assert risk.year.high > 0.30, "unknown factors make the range as wide as the studies differ (12 to 33 %)"


def test_every_factor_counts_with_its_ratio(knowledge: Knowledge) -> None:
    bare = replace(SPRINT, age_years=None)
    factors = knowledge.forecast.recurrence
    cases = {
        "knee_extension_discomfort": risk_of(knowledge, measured("knee_extension_discomfort", 1, 2), complaint=bare),
        "slr_below_other_leg": risk_of(knowledge, *raise_deficit(12, 30), complaint=bare),
        "strength_ratio": risk_of(knowledge, outer_range(0.8, 38), complaint=bare),
        "sprint_mechanics": risk_of(knowledge, measured("s_mas", 7, 38, side=None), complaint=bare),
        "age_over_30": risk_of(knowledge, complaint=replace(SPRINT, age_years=34)),
        "fast_return": risk_of(knowledge, complaint=bare, milestones={"return": 8}),
    }
    for name, risk in cases.items():
        assert risk.raises == (name,)
        assert risk.hazard_ratio == pytest.approx(factors[name].hazard_ratio)
        assert name not in risk.unknown


def test_what_does_not_hold_counts_as_nothing_and_is_known(knowledge: Knowledge) -> None:
    risk = risk_of(
        knowledge, measured("knee_extension_discomfort", 0, 2), *raise_deficit(3, 30), outer_range(0.95, 38),
        measured("s_mas", 3, 38, side=None), milestones={"return": 90}, day=100,
    )  # fmt: skip
    assert (risk.raises, risk.lowers, risk.hazard_ratio) == ((), (), 1)
    assert not {"knee_extension_discomfort", "slr_below_other_leg", "strength_ratio", "fast_return"} & {*risk.unknown}
    assert risk.ratio_high < risk_of(knowledge).ratio_high, "the more is known, the narrower"


def test_isometric_strength_counts_where_nothing_at_long_length_was_measured(knowledge: Knowledge) -> None:
    legs = (
        measured("isometric_30", 150, 38, unit="N"),
        measured("isometric_30", 220, 38, side="right", unit="N"),
    )
    assert risk_of(knowledge, *legs).raises == ("strength_ratio",)


def test_a_return_counts_as_fast_only_when_the_day_of_the_injury_is_known(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(replace(SPRINT, days_since_onset=None), knowledge))
    progress = progress_of(chain, milestones={"return": 8}, today=40)
    progress = replace(progress, plan=replace(progress.plan, goal=replace(progress.plan.goal, injury_date=None)))
    known = gather(chain.assessment, chain, progress, on(40), knowledge)
    assert "fast_return" in forecast_recurrence(known, baseline_of(known)).unknown


def test_earlier_injuries_multiply_as_far_as_the_story_tells(knowledge: Knowledge) -> None:
    once = replace(SPRINT, findings={**SPRINT.findings, "previous_hamstring_injury": True})
    often = replace(once, answers={"earlier_injury": "several_times"})
    never = replace(SPRINT, findings={**SPRINT.findings, "previous_hamstring_injury": False})
    assert risk_of(knowledge, complaint=never).hazard_ratio == 1
    assert risk_of(knowledge, complaint=once).hazard_ratio == pytest.approx(1.25)
    assert risk_of(knowledge, complaint=often).hazard_ratio == pytest.approx(1.25**2)


def test_the_chain_never_counts_for_more_than_fifteen_per_cent(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    names = ("glute_max", "glute_med", "core", "hip_mobility")
    one = {name: link(name, "deviating" if name == "core" else "normal") for name in names}
    every = {name: link(name, "deviating") for name in names}
    nothing = {name: link(name, "not_measured", other="not_measured") for name in names}
    assert risk_of(knowledge, chain=replace(chain, links=one)).hazard_ratio == pytest.approx(1.05)  # type: ignore[arg-type]
    assert risk_of(knowledge, chain=replace(chain, links=every)).hazard_ratio == pytest.approx(1.15)  # type: ignore[arg-type]
    unmeasured = replace(chain, links=nothing)  # type: ignore[arg-type]
    assert "chain_links" in risk_of(knowledge, chain=unmeasured).unknown


def test_nordic_strength_counts_against_a_norm_that_fits(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    weak = replace(chain, results=(result("nordic_force", -1.5, "deviating"),))
    strong = replace(chain, results=(result("nordic_force", 0.5, "normal"),))
    no_norm = replace(chain, results=(result("nordic_force", None, "not_judged"),))
    assert risk_of(knowledge, chain=weak).raises == ("nordic_force",)
    assert "nordic_force" not in {*risk_of(knowledge, chain=strong).raises, *risk_of(knowledge, chain=strong).unknown}
    assert "nordic_force" in risk_of(knowledge, chain=no_norm).unknown


def test_nordics_and_sprints_lower_it_only_when_done_every_week(knowledge: Knowledge) -> None:
    def week(day: int, *, nordic: bool, sprint: bool) -> CheckIn:
        done = (Done(exercise="nordic_curl", sets=3),) if nordic else ()
        runs = (Run(metres={"90-100": 60.0}),) if sprint else (Run(metres={"jog": 500.0}),)
        return CheckIn(date=on(day), done=done, runs=runs)

    both = risk_of(knowledge, check_ins=(week(30, nordic=True, sprint=True), week(38, nordic=True, sprint=True)))
    once = risk_of(knowledge, check_ins=(week(30, nordic=True, sprint=False), week(38, nordic=False, sprint=False)))
    long_ago = week(20, nordic=True, sprint=True)
    gap = risk_of(knowledge, check_ins=(long_ago, week(38, nordic=True, sprint=True)))
    assert both.lowers == ("nordic_weekly", "sprint_weekly")
    assert both.hazard_ratio == pytest.approx(0.7 * 0.8)
    assert both.band == "low"
    assert once.lowers == ()
    assert {"nordic_weekly", "sprint_weekly"} <= set(gap.unknown), "a week without a word is unknown"


def test_all_together_stays_within_the_caps(knowledge: Knowledge) -> None:
    worst = replace(
        SPRINT, age_years=40, answers={"earlier_injury": "several_times"},
        findings={**SPRINT.findings, "previous_hamstring_injury": True},
    )  # fmt: skip
    risk = risk_of(
        knowledge, measured("knee_extension_discomfort", 1, 2), *raise_deficit(12, 30), outer_range(0.7, 38),
        measured("s_mas", 9, 38, side=None), complaint=worst, milestones={"return": 10},
    )  # fmt: skip
    assert risk.hazard_ratio == risk.ratio_high == 4.0
    assert risk.band == "high"
    assert risk.raises[0] == "knee_extension_discomfort", "the strongest first"
    assert risk.year.high < 0.6


def test_the_curve_starts_today_and_given_that_it_did_not_come_back(knowledge: Knowledge) -> None:
    before = risk_of(knowledge)
    after = risk_of(knowledge, milestones={"return": 50}, day=80)
    assert before.curve[0] == (0.0, 0.0, 0.0, 0.0)
    assert before.days_since_return is None
    assert after.days_since_return == 30
    assert after.curve[0] == (30.0, 0.0, 0.0, 0.0)
    assert after.curve[-1][2] < before.curve[-1][2], "the worst weeks are over"
    for _, low, middle, high in after.curve:
        assert low <= middle <= high


def test_the_floor_is_that_of_somebody_with_a_history(knowledge: Knowledge) -> None:
    numbers = knowledge.forecast.constants
    floor = numbers["floor_ratio"] * numbers["base_hazard_per_day"]
    assert float(hazard_of(1.0, numbers).hazard(365)) == pytest.approx(floor, rel=0.01)
    assert float(hazard_of(0.4, numbers).hazard(120)) == pytest.approx(floor)
    assert float(hazard_of(0.4, numbers).hazard(100)) < floor


def test_checks_and_watch_are_those_of_the_protocol(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(SPRINT, knowledge))
    risk = forecast_recovery(chain.assessment, chain, None, on(1), knowledge).recurrence
    assert risk.watch_days == 15 * 7
    assert risk.checks_days == (14, 42, 84, 365)
