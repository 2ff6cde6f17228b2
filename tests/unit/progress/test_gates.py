"""The criteria of the gates: met, not met, not known, and for whom they are."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import TrackId
from herstel.plan.model import GOAL_KINDS, SPORT_LEVELS, Plan
from herstel.progress.evidence import Evidence, GoodRun
from herstel.progress.gates import GATES, Gates
from herstel.progress.model import CheckIn, Confirmation, GateItem, GateName
from tests.unit.progress.roads import a_plan, agreed, fit, measured, on, sore, told
from tests.unit.progress.test_diary import a_diary

OFF_THE_ROAD = ("see_first", "prevention")


class Judged:
    """Criteria judged on a day, by what is known."""

    def __init__(self, knowledge: Knowledge, plan: Plan | None = None) -> None:
        self.plan = plan or a_plan(knowledge)
        self.knowledge = knowledge
        self.evidence = Evidence(a_diary(knowledge, mornings=()))

    def tell(self, *check_ins: CheckIn) -> None:
        for one in check_ins:
            self.evidence.diary.open(one.date, one)

    def item(self, criterion: str, day: int = 0) -> GateItem:
        gates = Gates(self.plan, self.knowledge)
        return gates.item(self.knowledge.progress.criterion(criterion), on(day), self.evidence)

    def met(self, criterion: str, day: int = 0) -> bool | None:
        return self.item(criterion, day).met


@pytest.fixture
def judged(knowledge: Knowledge) -> Judged:
    return Judged(knowledge)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("goal", GOAL_KINDS)
@pytest.mark.parametrize("track", [one for one in get_args(TrackId) if one not in OFF_THE_ROAD])
def test_no_gate_of_anybody_is_without_criteria(
    knowledge: Knowledge, track: TrackId, goal: str, gate: GateName
) -> None:
    plan = replace(a_plan(knowledge), track=track)
    plan = replace(plan, goal=replace(plan.goal, kind=goal))  # type: ignore[arg-type]
    nothing = Gates(plan, knowledge).gate(gate, on(0), Evidence(a_diary(knowledge, mornings=())), 0)
    assert nothing.items
    assert not nothing.criteria_met
    assert not nothing.open


def test_nothing_known_is_not_met(judged: Judged) -> None:
    item = judged.item("isometric_90_half")
    assert (item.met, item.value, item.measured_on) == (None, None, None)


@pytest.mark.parametrize(("left", "met"), [(110.0, True), (109.0, False)])
def test_a_ratio_compares_the_injured_side_with_the_other(judged: Judged, left: float, met: bool) -> None:
    judged.evidence.measure([measured("isometric_90", left), measured("isometric_90", 220, side="right")])
    item = judged.item("isometric_90_half")
    assert item.met is met
    assert item.value == left / 220
    assert item.measured_on == on(0)


def test_one_side_alone_is_no_ratio(judged: Judged) -> None:
    judged.evidence.measure([measured("isometric_90", 200)])
    assert judged.met("isometric_90_half") is None


def test_a_measurement_grows_too_old(judged: Judged) -> None:
    judged.evidence.measure([measured("isometric_90", 200), measured("isometric_90", 220, side="right")])
    assert judged.met("isometric_90_half", day=7) is True
    assert judged.met("isometric_90_half", day=8) is None


@pytest.mark.parametrize(("left", "met"), [(30.0, True), (32.0, True), (33.0, False)])
def test_a_difference_counts_how_much_worse_the_injured_side_is(judged: Judged, left: float, met: bool) -> None:
    judged.evidence.measure(
        [measured("active_knee_extension", left), measured("active_knee_extension", 12, side="right")]
    )
    assert judged.met("knee_extension_20") is met


def test_a_difference_that_clearly_falls_is_enough_at_the_first_gate(judged: Judged) -> None:
    for day, left in ((0, 60.0), (4, 45.0)):
        judged.evidence.measure(
            [
                measured("active_knee_extension", left, day=day),
                measured("active_knee_extension", 12, day=day, side="right"),
            ]
        )
    item = judged.item("knee_extension_20", day=4)
    assert (item.criterion, item.met, item.value) == ("knee_extension_falling", True, -15)


def test_a_first_measurement_cannot_have_fallen(judged: Judged) -> None:
    judged.evidence.measure(
        [measured("active_knee_extension", 60), measured("active_knee_extension", 12, side="right")]
    )
    assert judged.item("knee_extension_20").criterion == "knee_extension_20"
    assert judged.met("knee_extension_20") is False


def test_what_stands_in_decides_only_when_the_real_measure_is_unknown(judged: Judged) -> None:
    judged.evidence.measure([measured("bridge_pain", 0)])
    item = judged.item("isometric_90_half")
    assert (item.criterion, item.met) == ("bridge_calm", True)
    judged.evidence.measure([measured("isometric_90", 50), measured("isometric_90", 220, side="right")])
    assert judged.met("isometric_90_half") is False


def test_what_stands_in_can_also_fail(judged: Judged) -> None:
    judged.evidence.measure([measured("bridge_pain", 1)])
    assert judged.met("isometric_90_half") is False


def test_a_test_that_is_itself_a_ratio_stands_in(judged: Judged) -> None:
    judged.evidence.measure([measured("outer_range_ratio", 0.92, side=None)])
    assert judged.item("outer_range_90").criterion == "outer_range_ratio_90"


def test_no_test_at_home_opens_the_way_to_sprinting(judged: Judged) -> None:
    judged.evidence.measure(fit(0, without=("outer_range_strength",)))
    assert judged.met("outer_range_90") is None


def test_with_both_legs_injured_what_is_usual_stands_in(knowledge: Knowledge) -> None:
    both = Judged(knowledge, replace(a_plan(knowledge), injured_sides=("left", "right")))
    both.evidence.measure(fit(0))
    for criterion, stand_in in (
        ("knee_extension_10", "knee_extension_usual"),
        ("leg_raise_10", "leg_raise_usual"),
        ("outer_range_90", "nordic_usual"),
        ("h_test_92", "h_test_both"),
    ):
        item = both.item(criterion)
        assert (item.criterion, item.met) == (stand_in, True)


def test_with_one_leg_injured_what_is_usual_does_not_stand_in(judged: Judged) -> None:
    judged.evidence.measure([measured("straight_leg_raise", 90)])
    assert judged.met("leg_raise_10") is None


def test_with_both_legs_injured_the_worst_one_counts(knowledge: Knowledge) -> None:
    both = Judged(knowledge, replace(a_plan(knowledge), injured_sides=("left", "right")))
    both.evidence.measure([measured("single_leg_squat_pain", 0), measured("single_leg_squat_pain", 1, side="right")])
    assert both.met("squat_pain_free") is False
    both.evidence.measure([measured("single_leg_squat_pain", 0, side="right")])
    assert both.met("squat_pain_free") is True


def test_with_an_unknown_side_both_must_be_known(knowledge: Knowledge) -> None:
    unknown = Judged(knowledge, replace(a_plan(knowledge), injured_sides=()))
    unknown.evidence.measure([measured("single_leg_squat_pain", 0)])
    assert unknown.met("squat_pain_free") is None


def test_a_norm_for_nobody_like_this_is_not_asked(knowledge: Knowledge) -> None:
    young = replace(a_plan(knowledge, level="competitive"))
    complaint = replace(young.assessment.complaint, age_years=9)
    young = replace(young, assessment=replace(young.assessment, complaint=complaint))
    asked = {one.id for one in Gates(young, knowledge).of["return"]}
    assert "return_nordic_norm" not in asked
    assert Judged(knowledge, replace(young, injured_sides=())).met("nordic_usual") is None


@pytest.mark.parametrize(("value", "met"), [(3.8, True), (3.7, False)])
def test_strength_is_compared_with_what_is_usual(knowledge: Knowledge, value: float, met: bool) -> None:
    """Neither man nor woman is known, so the norm that asks most counts."""
    competitive = Judged(knowledge, a_plan(knowledge, level="competitive"))
    competitive.evidence.measure([measured("nordic_force", value)])
    assert competitive.met("return_nordic_norm") is met


@pytest.mark.parametrize(
    ("walking", "met"),
    [(["pain_free", "some_pain"], True), (["pain_free", "limping"], False), (["pain_free"], None), ([], None)],
)
def test_a_check_in_criterion_asks_the_last_known_days(judged: Judged, walking: list[Any], met: bool | None) -> None:
    judged.tell(*(told(-n, walking=one) for n, one in enumerate(walking)))
    assert judged.met("walk_no_limp") is met


def test_a_day_without_the_answer_is_passed_over(judged: Judged) -> None:
    judged.tell(told(0, walking=None), told(-1), told(-2))
    assert judged.met("walk_no_limp") is True
    assert judged.met("walk_no_limp", day=4) is None, "too long ago"


def test_little_pain_all_day_is_as_good_as_walking_without_pain(judged: Judged) -> None:
    judged.tell(told(0, walking="some_pain", pain_worst=2), told(-1, walking="some_pain", pain_worst=2))
    assert judged.item("walk_pain_free").criterion == "day_pain_low"
    judged.tell(told(0, walking="some_pain", pain_worst=3))
    assert judged.met("walk_pain_free") is False


def test_the_pain_limit_is_that_of_the_track(knowledge: Knowledge) -> None:
    tendon = Judged(knowledge, replace(a_plan(knowledge), track="tendinopathy"))
    tendon.tell(told(0, walking="some_pain", pain_worst=3), told(-1, walking="some_pain", pain_worst=3))
    assert tendon.met("walk_pain_free") is True


def test_runs_are_counted_with_harder_ones_included(judged: Judged) -> None:
    judged.evidence.runs.append(GoodRun(on(-2), 8, False))
    assert judged.met("run_90_twice") is False
    assert judged.item("run_90_twice").value == 1
    judged.evidence.runs.append(GoodRun(on(0), 7, False))
    assert judged.met("run_90_twice") is True
    assert judged.met("run_90_twice", day=20) is False, "one of them is too long ago"


def test_one_of_the_sprints_is_done_when_tired(judged: Judged) -> None:
    judged.evidence.runs.append(GoodRun(on(0), 9, False))
    assert judged.met("return_sprint_fatigue") is False
    judged.evidence.runs.append(GoodRun(on(0), 9, True))
    assert judged.met("return_sprint_fatigue") is True


def test_after_a_repeat_injury_sprints_lie_in_three_weeks(knowledge: Knowledge) -> None:
    repeat = Judged(knowledge, replace(a_plan(knowledge), track="recurrence"))
    for day in (0, 1, 8):
        repeat.evidence.runs.append(GoodRun(on(day), 9, False))
    assert repeat.met("return_sprint_weeks", day=15) is False
    repeat.evidence.runs.append(GoodRun(on(15), 9, False))
    assert repeat.met("return_sprint_weeks", day=15) is True


@pytest.mark.parametrize(("track", "enough"), [("strain", 2), ("elite", 4)])
def test_how_many_sport_sessions_depends_on_the_track(knowledge: Knowledge, track: TrackId, enough: int) -> None:
    person = Judged(knowledge, replace(a_plan(knowledge), track=track))
    person.evidence.sessions.extend(on(-n) for n in range(enough - 1))
    assert person.met("return_sessions") is False
    person.evidence.sessions.append(on(0))
    assert person.met("return_sessions") is True


@pytest.mark.parametrize(("track", "least"), [("strain", 0.90), ("recurrence", 0.95), ("elite", 0.95)])
def test_the_strength_to_reach_is_that_of_the_track(knowledge: Knowledge, track: TrackId, least: float) -> None:
    person = Judged(knowledge, replace(a_plan(knowledge), track=track))
    for ratio, met in ((least, True), (least - 0.01, False)):
        person.evidence.measure(
            [measured("outer_range_strength", 100 * ratio), measured("outer_range_strength", 100, side="right")]
        )
        assert person.met("return_strength") is met


def test_the_shared_decision_takes_everybody_who_decides_along(knowledge: Knowledge) -> None:
    def roles(**goal: Any) -> set[str]:
        asked = Gates(a_plan(knowledge, **goal), knowledge).of["return"]
        return {one.subject for one in asked if one.measure == "confirmed"}

    assert roles() == {"person", "therapist"}
    for level in SPORT_LEVELS[1:]:
        assert roles(level=level) == {"person", "therapist", "coach"}
    assert roles(kind="daily_life") == {"person", "therapist"}


def test_the_last_word_counts(judged: Judged) -> None:
    judged.evidence.confirmations.extend(agreed(0))
    assert judged.met("return_therapist", day=1) is True
    judged.evidence.confirmations.append(Confirmation(role="therapist", agrees=False, date=on(1)))
    assert judged.met("return_therapist", day=1) is False
    assert judged.met("return_therapist", day=40) is None


def test_daily_life_asks_no_sprints(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, kind="daily_life")
    asked = {one.measure for gate in GATES for one in Gates(plan, knowledge).of[gate]}
    assert asked.isdisjoint({"run", "run_in_fatigue", "run_weeks", "sessions"})


def test_sore_muscles_are_asked_for_no_strength_of_the_other_leg(knowledge: Knowledge) -> None:
    gates = Gates(a_plan(knowledge, assessment=sore(knowledge)), knowledge)
    measures = {one.measure for gate in ("1", "2", "3") for one in gates.of[gate]}  # type: ignore[index]
    assert measures == {"check_in"}


def test_a_gate_is_open_when_all_is_met_and_the_minimum_stay_is_over(knowledge: Knowledge, judged: Judged) -> None:
    judged.evidence.measure(fit(0))
    judged.tell(told(0), told(-1))
    gates = Gates(judged.plan, knowledge)
    assert gates.gate("1", on(0), judged.evidence, -1).open
    waiting = gates.gate("1", on(0), judged.evidence, 2)
    assert waiting.criteria_met
    assert not waiting.open
    assert gates.gate("1", on(0), judged.evidence, -3).minimum_days_left == 0
