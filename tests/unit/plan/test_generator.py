from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.errors import InputError
from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.changes import days_of, plan_changes
from herstel.plan.generator import make_plan
from herstel.plan.model import Edit, OwnExercise, Plan, Position, SportEvent
from herstel.plan.schedule import skip_schedule
from herstel.text import Text
from tests.unit.plan.people import (
    CAUDA,
    SPRINT_STRAIN,
    START,
    SUSPECTED_AVULSION,
    a_chain,
    a_goal,
    assessed_as,
    at_phase,
    contributor,
)

LONG_DAYS = dict.fromkeys(range(7), 60)
OWN = OwnExercise(
    id="towel_slide",
    name=Text(nl="Handdoek schuiven", en="Towel slide"),
    target="hamstring_strength",
    dose=Dose(sets_low=3, sets_high=3, amount_low=8, amount_high=8, unit="reps", per_side=True),
    minutes=6,
)


def plan(
    knowledge: Knowledge, *edits: Edit, position: Position | None = None, contributors: Any = (), **goal: Any
) -> Plan:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    one = a_goal(**{"minutes": LONG_DAYS, **goal})
    return make_plan(assessment, a_chain(assessment, contributors), one, knowledge, position=position, edits=edits)


def edit(kind: Any, exercise: str, **changes: Any) -> Edit:
    return Edit(**{"kind": kind, "exercise": exercise, "reason": "tried", "date": START, **changes})


def ids(one: Plan) -> set[str]:
    return {planned.exercise for planned in one.exercises}


def told(one: Plan) -> set[str]:
    return {wish.id for wish in one.given_up}


def test_the_first_plan_is_phase_one_on_the_first_day(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    assert (one.week.phase, one.week.start, one.track) == (1, START, "strain")
    assert one.injured_sides == ("left",)
    assert "supine_heel_dig_90" in ids(one)


def test_an_empty_complaint_and_chain_give_a_safe_plan(knowledge: Knowledge) -> None:
    assessment = assessed_as({}, knowledge)
    one = make_plan(assessment, a_chain(assessment), a_goal(injury_date=None), knowledge)
    assert one.exercises
    assert all(knowledge.exercises[name].load <= 3 and not knowledge.exercises[name].heavy for name in ids(one))


def test_who_must_be_called_today_gets_nothing_to_do(knowledge: Knowledge) -> None:
    referral = assessed_as(CAUDA, knowledge)
    one = make_plan(referral, a_chain(referral), a_goal(), knowledge, edits=(edit("add", "glute_bridge"),))
    assert one.track == "see_first"
    assert one.exercises == ()
    assert one.road == ()
    assert all(day.sessions == () and day.activities == () for day in one.week.days)
    assert "edit:glute_bridge" in told(one)


def test_a_suspected_avulsion_loads_only_what_is_elsewhere(knowledge: Knowledge) -> None:
    assessment = assessed_as(SUSPECTED_AVULSION, knowledge)
    one = make_plan(assessment, a_chain(assessment), a_goal(), knowledge)
    assert one.track == "see_first"
    assert ids(one) <= {"upper_body_circuit", "open_book"}
    assert "walking_first" in one.week.days[0].activities
    assert "jogging_first" in one.week.days[0].activities


def test_on_hold_nothing_is_loaded(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(3, on_hold=True))
    assert one.exercises == ()
    assert all(day.sessions == () for day in one.week.days)
    assert "jogging_first" in one.week.days[0].activities


def test_a_person_without_a_complaint_gets_the_prevention_programme(knowledge: Knowledge) -> None:
    assessment = assessed_as({"age_years": 28}, knowledge)
    one = make_plan(assessment, a_chain(assessment), a_goal(kind="prevention"), knowledge)
    assert one.track == "prevention"
    assert one.position.phase == 4
    nordic = next(planned for planned in one.exercises if planned.exercise == "nordic_curl")
    assert (nordic.dose.sets_high, nordic.dose.amount_high, nordic.times_per_week) == (2, 5, 1)
    assert nordic.why.findings == ("prevention",)


def test_prevention_also_trains_what_was_found(knowledge: Knowledge) -> None:
    position = at_phase(4, discharged=True)
    one = plan(knowledge, position=position, contributors=(contributor("ankle_foot", "ankle_mobility", "core"),))
    assert "ankle_mobility" in {planned.why.target for planned in one.exercises}
    assert len(ids(one)) == len(one.exercises)


def test_a_plan_without_a_schedule_has_the_exercises_and_empty_days(knowledge: Knowledge) -> None:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    one = make_plan(assessment, a_chain(assessment), a_goal(), knowledge, scheduler=skip_schedule)
    full = make_plan(assessment, a_chain(assessment), a_goal(), knowledge)
    assert ids(full) <= ids(one)
    assert all(session.kind == "morning" for day in one.week.days for session in day.sessions)
    assert not any(wish.startswith("target:") for wish in told(one))
    assert one.road == ()
    assert max(planned.times_per_week for planned in one.exercises) == len(a_goal().minutes)


def test_a_locked_exercise_stays_and_is_marked(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("lock", "prone_knee_curl"), minutes={0: 30, 3: 30})
    locked = next(planned for planned in one.exercises if planned.exercise == "prone_knee_curl")
    assert locked.locked
    assert locked.edited


def test_a_locked_exercise_of_a_dose_takes_that_dose(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("lock", "supine_heel_dig_30"))
    locked = next(planned for planned in one.exercises if planned.exercise == "supine_heel_dig_30")
    assert locked.why.dose == "hold_1"
    assert "supine_heel_dig_90" not in ids(one)


def test_a_removed_exercise_stays_out_and_another_takes_its_place(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("remove", "supine_heel_dig_90"))
    assert "supine_heel_dig_90" not in ids(one)
    assert any(planned.why.dose == "hold_1" for planned in one.exercises)
    assert one.left_out["supine_heel_dig_90"] == "edit"


def test_a_replaced_exercise_says_that_the_therapist_chose_it(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("replace", "supine_heel_dig_90", other="supine_heel_dig_30"))
    planned = next(planned for planned in one.exercises if planned.exercise == "supine_heel_dig_30")
    assert planned.why.findings == ("edit",)
    assert planned.edited
    assert not planned.locked


def test_a_changed_dose_and_frequency_are_kept(knowledge: Knowledge) -> None:
    dose = Dose(sets_low=2, sets_high=2, amount_low=15, amount_high=15, unit="seconds", per_side=True)
    one = plan(knowledge, edit("dose", "supine_heel_dig_90", dose=dose, times_per_week=4))
    planned = next(planned for planned in one.exercises if planned.exercise == "supine_heel_dig_90")
    assert planned.dose == dose
    assert planned.times_per_week == 4
    assert planned.why.findings == ("phase",)


def test_an_added_exercise_keeps_its_dose_and_frequency(knowledge: Knowledge) -> None:
    dose = Dose(sets_low=1, sets_high=1, amount_low=20, amount_high=20, unit="seconds")
    one = plan(
        knowledge, edit("add", "foot_doming"), edit("dose", "foot_doming", dose=dose), edit("dose", "foot_doming",
        times_per_week=3),
    )  # fmt: skip
    planned = next(planned for planned in one.exercises if planned.exercise == "foot_doming")
    assert planned.dose == dose
    assert planned.times_per_week == 3


def test_an_own_exercise_is_scheduled_like_any_other(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("own", "towel_slide", own=OWN))
    planned = next(planned for planned in one.exercises if planned.exercise == "towel_slide")
    assert planned.sides == ("left", "right")
    assert planned.times_per_week == 2
    assert one.own == {"towel_slide": OWN}
    both = replace(OWN, dose=replace(OWN.dose, per_side=False))
    again = plan(knowledge, edit("own", "towel_slide", own=both))
    assert next(one for one in again.exercises if one.exercise == "towel_slide").sides == ()


def test_an_own_exercise_is_refused_while_one_of_its_codes_holds(knowledge: Knowledge) -> None:
    on_the_knees = replace(OWN, contraindications=frozenset({"knee", "wrist"}))
    assert "towel_slide" in plan(knowledge, edit("own", "towel_slide", own=on_the_knees)).own
    with pytest.raises(InputError, match=r"towel_slide: this exercise is not safe for this person now \(knee\)"):
        plan(knowledge, edit("own", "towel_slide", own=on_the_knees), contraindications=frozenset({"knee"}))


def test_an_own_exercise_can_be_taken_out_again(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("own", "towel_slide", own=OWN), edit("remove", "towel_slide"))
    assert "towel_slide" not in ids(one)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (edit("add", "max_sprint"), "phase"),
        (edit("lock", "glute_bridge"), "pregnancy_supine"),
        (edit("replace", "supine_heel_dig_90", other="nordic_curl"), "phase"),
    ],
)
def test_an_edit_that_breaks_safety_is_refused_with_reason_and_remedy(
    wrong: Edit, said: str, knowledge: Knowledge
) -> None:
    with pytest.raises(InputError) as refused:
        plan(knowledge, wrong, contraindications=frozenset({"pregnancy_supine"}))
    problem = refused.value.problems[0]
    assert said in str(problem)
    assert (wrong.other or wrong.exercise) in problem.thing
    assert problem.remedy


def test_every_unknown_exercise_is_named_with_what_may_be_meant(knowledge: Knowledge) -> None:
    with pytest.raises(InputError) as refused:
        plan(knowledge, edit("add", "glute_brige"), edit("replace", "dead_bug", other="plonk"))
    assert len(refused.value.problems) == 2
    assert "glute_bridge" in str(refused.value.problems[0])


def test_an_edit_of_an_earlier_phase_that_no_longer_fits_is_set_aside_and_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("lock", "supine_heel_dig_90"), position=at_phase(3))
    assert "supine_heel_dig_90" not in ids(one)
    assert "edit:supine_heel_dig_90" in told(one)
    assert one.edits[0].exercise == "supine_heel_dig_90"


def test_a_later_edit_does_not_change_the_first_plan(knowledge: Knowledge) -> None:
    later = edit("remove", "supine_heel_dig_90", date=START + timedelta(days=30))
    unsafe = edit("add", "max_sprint", date=START + timedelta(days=30))
    one = plan(knowledge, later, unsafe)
    assert "supine_heel_dig_90" in ids(one)
    assert "max_sprint" not in ids(one)


def test_the_last_word_about_an_exercise_counts(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("lock", "glute_bridge"), edit("remove", "glute_bridge"))
    assert "glute_bridge" not in ids(one)


def test_an_edit_that_was_looked_at_before_is_set_aside_where_it_is_not_safe_now(knowledge: Knowledge) -> None:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    unsafe = edit("add", "max_sprint")
    one = make_plan(assessment, a_chain(assessment), a_goal(), knowledge, edits=(unsafe,), refuse_edits=False)
    assert "max_sprint" not in ids(one)
    assert "edit:max_sprint" in told(one)


def on_days(one: Plan, exercise: str) -> set[int]:
    return {int(day) for day in days_of(one, exercise).split()}


def test_an_exercise_comes_on_the_days_the_therapist_chose(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("day", "glute_bridge", days=frozenset({1, 5})))
    assert on_days(one, "glute_bridge") == {1, 5}
    planned = next(planned for planned in one.exercises if planned.exercise == "glute_bridge")
    assert (planned.times_per_week, planned.edited, planned.locked) == (2, True, False)


def test_what_the_therapist_did_not_move_stays_where_it_was(knowledge: Knowledge) -> None:
    before = plan(knowledge)
    assert on_days(before, "glute_bridge") == {2, 6}
    after = plan(knowledge, edit("day", "glute_bridge", days=frozenset({3, 6})))
    assert {one.exercise for one in plan_changes(before, after)} == {"glute_bridge"}


def test_the_last_word_about_how_often_counts_for_days_too(knowledge: Knowledge) -> None:
    days, times = edit("day", "glute_bridge", days=frozenset({1, 5})), edit("dose", "glute_bridge", times_per_week=1)
    assert len(on_days(plan(knowledge, days, times), "glute_bridge")) == 1
    assert on_days(plan(knowledge, times, days), "glute_bridge") == {1, 5}


def test_days_never_cost_the_rest_and_what_does_not_fit_is_told(knowledge: Knowledge) -> None:
    own = replace(OWN, rest_h=48)
    one = plan(knowledge, edit("own", "towel_slide", own=own), edit("day", "towel_slide", days=frozenset({2, 3})))
    assert len(on_days(one, "towel_slide")) == 1
    assert "edit:towel_slide" in told(one)


def test_a_day_without_time_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("day", "glute_bridge", days=frozenset({6})), minutes={0: 60, 2: 60})
    assert on_days(one, "glute_bridge") == set()
    assert "edit:glute_bridge" in told(one)
    assert one.left_out["glute_bridge"] == "time"


def test_a_match_that_cannot_be_played_is_told(knowledge: Knowledge) -> None:
    events = (SportEvent(kind="match", weekday=5, minutes=90), SportEvent(kind="training", weekday=1, minutes=90))
    assert {"match", "training"} <= told(plan(knowledge, events=events))
    assert not {"match", "training"} & told(plan(knowledge, events=events, position=at_phase(4, running_step=12)))


def test_a_date_that_comes_too_soon_is_told_in_days(knowledge: Knowledge) -> None:
    one = plan(knowledge, target_date=START + timedelta(days=5))
    wish = next(wish for wish in one.given_up if wish.id == "target_date")
    assert (wish.wanted, wish.possible) == (5, 15)
    assert "15" in wish.text.nl
    assert "15" in wish.text.en
    assert "target_date" not in told(plan(knowledge, target_date=START + timedelta(days=60)))
    assert "target_date" not in told(plan(knowledge, target_date=START, position=at_phase(4, days=0)))


def test_without_days_there_is_no_schedule_and_that_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, minutes={})
    assert one.exercises == ()
    assert "minutes" in told(one)
    assert "time" in one.left_out.values()
    assert plan(knowledge, minutes={}, position=at_phase(3, on_hold=True)).given_up == ()


def wish(one: Plan, target: str) -> str:
    return next(wish.text.en for wish in one.given_up if wish.id == target)


def test_too_few_days_are_told(knowledge: Knowledge) -> None:
    assert "number of days" in wish(plan(knowledge, minutes={0: 60, 3: 60}), "target:hamstring_isometric")


def test_too_few_minutes_are_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, minutes=dict.fromkeys((0, 2, 4), 10))
    assert any("time you have" in wish.text.en for wish in one.given_up)


def test_matches_in_the_way_are_told(knowledge: Knowledge) -> None:
    matches = tuple(SportEvent(kind="match", weekday=day, minutes=90) for day in (1, 4))
    one = plan(knowledge, events=matches, position=at_phase(3), minutes={0: 60, 2: 60, 3: 60, 4: 60})
    assert any("between your matches" in wish.text.en for wish in one.given_up)


def test_rest_in_the_way_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(3), minutes={0: 60, 1: 60})
    assert any("rest that belongs between" in wish.text.en for wish in one.given_up)


def test_a_pause_is_told(knowledge: Knowledge) -> None:
    position = at_phase(2)
    until = position.since + timedelta(days=6)
    one = plan(knowledge, position=replace(position, paused_until={"bridge_walkout": until}))
    assert "paused" in wish(one, "target:hamstring_strength")


def test_a_frequency_of_the_therapist_that_does_not_fit_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, edit("dose", "single_leg_rdl", times_per_week=6, date=START), position=at_phase(3))
    wish = next(wish for wish in one.given_up if wish.id == "edit:single_leg_rdl")
    assert (wish.wanted, wish.possible) == (6, 3)


def test_a_target_for_which_nothing_is_possible_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, contraindications=frozenset({"avulsion"}))
    assert "physiotherapist" in wish(one, "target:hamstring_isometric")


def test_the_road_is_twelve_weeks_of_the_earliest_phase(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    assert [week.number for week in one.road] == list(range(1, 13))
    phases = [week.earliest_phase for week in one.road]
    assert phases == sorted(phases)
    assert phases[0] == 1
    assert all(week.start == START + timedelta(days=7 * (week.number - 1)) for week in one.road)
    assert all(week.exercises for week in one.road)
    assert one.road[-1].running_steps


def test_the_road_of_an_avulsion_takes_longer(knowledge: Knowledge) -> None:
    assessment = assessed_as(SUSPECTED_AVULSION, knowledge)
    goal = a_goal(managed="conservative_avulsion")
    one = make_plan(assessment, a_chain(assessment), goal, knowledge)
    assert [week.earliest_phase for week in one.road] == [1] * 6 + [2] * 6


def test_the_road_goes_no_faster_than_from_where_the_person_is(knowledge: Knowledge) -> None:
    on = START + timedelta(days=40)
    position = Position(phase=2, since=START + timedelta(days=20), on=on, running_step=3)
    one = plan(knowledge, position=position)
    assert [week.earliest_phase for week in one.road[:4]] == [2, 3, 4, 4]


def test_a_growing_skeleton_walks_along_the_whole_road(knowledge: Knowledge) -> None:
    assessment = assessed_as({**SPRINT_STRAIN, "age_years": 15}, knowledge)
    one = make_plan(assessment, a_chain(assessment), a_goal(), knowledge)
    assert one.track == "growth_plate"
    assert {step for week in one.road for step in week.running_steps} <= {1}


def test_the_road_of_prevention_is_the_programme(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(4, discharged=True))
    assert {week.earliest_phase for week in one.road} == {4}
    assert "nordic_curl" in one.road[-1].exercises


def test_heavy_work_that_does_not_fit_beside_other_heavy_work_and_matches_is_told(knowledge: Knowledge) -> None:
    matches = (SportEvent(kind="match", weekday=5, minutes=90),)
    days = {0: 30, 2: 30, 4: 60, 6: 30}
    one = plan(knowledge, position=at_phase(3, running_step=6), minutes=days, events=matches, equipment=frozenset())
    assert "between your matches" in wish(one, "target:running")


def test_an_own_exercise_that_has_to_wait_is_named(knowledge: Knowledge) -> None:
    referral = assessed_as(CAUDA, knowledge)
    one = make_plan(referral, a_chain(referral), a_goal(), knowledge, edits=(edit("own", "towel_slide", own=OWN),))
    assert any("Towel slide" in wish.text.en for wish in one.given_up)


def test_an_own_exercise_can_be_locked_and_dosed_like_one_of_the_library(knowledge: Knowledge) -> None:
    dose = replace(OWN.dose, sets_low=6, sets_high=6)
    one = plan(
        knowledge,
        edit("own", "towel_slide", own=OWN),
        edit("lock", "towel_slide"),
        edit("dose", "towel_slide", dose=dose, times_per_week=3),
    )
    planned = next(planned for planned in one.exercises if planned.exercise == "towel_slide")
    assert planned.locked
    assert (planned.dose, planned.times_per_week) == (dose, 3)
    assert planned.minutes > OWN.minutes


def test_an_own_exercise_does_not_replace_one_of_the_library(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="towel_slide"):
        plan(
            knowledge,
            edit("own", "towel_slide", own=OWN),
            edit("replace", "dead_bug", other="towel_slide"),
        )


def test_a_larger_dose_takes_more_minutes_of_the_day(knowledge: Knowledge) -> None:
    dose = Dose(sets_low=8, sets_high=8, amount_low=60, amount_high=60, unit="seconds", per_side=True)
    usual, more = plan(knowledge), plan(knowledge, edit("dose", "supine_heel_dig_90", dose=dose))
    minutes = [
        next(planned.minutes for planned in one.exercises if planned.exercise == "supine_heel_dig_90")
        for one in (usual, more)
    ]
    assert minutes[1] > 1.5 * minutes[0]


def test_a_flare_up_lowers_the_dose_of_the_therapist_too(knowledge: Knowledge) -> None:
    dose = Dose(sets_low=4, sets_high=4, amount_low=12, amount_high=12, unit="seconds", per_side=True)
    flared = Position(since=START, volume={"supine_heel_dig_90": 0.5})
    one = plan(knowledge, edit("dose", "supine_heel_dig_90", dose=dose), position=flared)
    planned = next(planned for planned in one.exercises if planned.exercise == "supine_heel_dig_90")
    assert planned.dose.sets_high == 2
