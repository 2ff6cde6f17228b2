from dataclasses import replace
from datetime import timedelta
from typing import Any

from herstel.chain.model import Contributor, Judgement
from herstel.knowledge.model import Knowledge
from herstel.plan import choose
from herstel.plan.allowed import why_not
from herstel.plan.choose import Selection, Wanted, choose_exercises, planned_exercise, reached_steps
from herstel.plan.circumstances import Circumstances, circumstances
from herstel.plan.model import Position
from tests.unit.plan.people import (
    EVERYTHING,
    SPRINT_STRAIN,
    START,
    a_chain,
    a_goal,
    assessed_as,
    at_phase,
    contributor,
    with_complaint,
)

LONG_DAYS = dict.fromkeys(range(7), 120)


def now(
    knowledge: Knowledge,
    position: Position,
    *,
    track: Any = "strain",
    contributors: tuple[Contributor, ...] = (),
    **goal: Any,
) -> Circumstances:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    chain = a_chain(assessment, contributors)
    one = a_goal(**{"minutes": LONG_DAYS, **goal})
    return circumstances(assessment, chain, one, track, position, knowledge)


def chosen(selection: Selection) -> set[str]:
    return {choice.id for choice in selection.choices}


def for_dose(selection: Selection, dose: str) -> str:
    return next(choice.id for choice in selection.choices if choice.planned.why.dose == dose)


def test_every_required_dose_of_a_phase_gets_an_exercise(knowledge: Knowledge) -> None:
    for phase in (1, 2, 3, 4):
        one = now(knowledge, at_phase(phase))
        required = {dose.id for dose in knowledge.plan.doses_of(phase, "strain") if dose.required}
        met = {choice.planned.why.dose for choice in choose_exercises(one).choices}
        assert {dose for dose in required if "run_for_life" not in dose} <= met


def test_no_exercise_is_chosen_twice(knowledge: Knowledge) -> None:
    for phase in (1, 2, 3, 4):
        ids = [choice.id for choice in choose_exercises(now(knowledge, at_phase(phase))).choices]
        assert len(set(ids)) == len(ids)


def test_the_tendon_starts_with_a_hold_and_ends_with_bending(knowledge: Knowledge) -> None:
    by_phase = [
        for_dose(choose_exercises(now(knowledge, at_phase(phase), track="tendinopathy")), f"tendon_{phase}")
        for phase in (1, 2, 3)
    ]
    assert by_phase == ["tendon_isometric_hold", "tendon_heavy_slow", "tendon_hip_flexion_load"]


def test_after_an_avulsion_phase_one_is_walking_balance_and_holds_with_a_straight_hip(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(1), track="avulsion", managed="conservative_avulsion"))
    assert {"walk_long_strides", "supported_stance", "standing_hip_extension_wall"} <= chosen(selection)
    loading = {"hamstring_isometric", "hamstring_strength", "hamstring_long", "hamstring_flexibility"}
    assert not loading & {choice.planned.why.target for choice in selection.choices}


def test_the_upper_body_is_kept_fit_from_phase_one(knowledge: Knowledge) -> None:
    assert "upper_body_circuit" in chosen(choose_exercises(now(knowledge, at_phase(1))))


def test_a_finding_in_the_chain_comes_first_and_more_often_and_says_so(knowledge: Knowledge) -> None:
    ankle = contributor("ankle_foot", "ankle_mobility")
    selection = choose_exercises(now(knowledge, at_phase(2), contributors=(ankle,)))
    first = selection.choices[0]
    assert first.planned.why.target == "ankle_mobility"
    assert first.planned.why.findings == ("ankle_foot",)
    assert first.least == 3
    assert "ankle_mobility" not in {
        choice.planned.why.target for choice in choose_exercises(now(knowledge, at_phase(2))).choices
    }


def test_a_finding_raises_the_ordinary_dose_of_its_target(knowledge: Knowledge) -> None:
    found = choose_exercises(now(knowledge, at_phase(2), contributors=(contributor("core", "core"),)))
    trunk = next(choice for choice in found.choices if choice.planned.why.target == "core")
    assert (trunk.planned.why.dose, trunk.least, trunk.rank) == ("trunk_2", 3, "found")


def test_a_finding_never_makes_a_required_dose_less_important(knowledge: Knowledge) -> None:
    found = contributor("hamstring", "hamstring_strength")
    selection = choose_exercises(now(knowledge, at_phase(2), contributors=(found,)))
    first = selection.choices[0]
    assert (first.planned.why.dose, first.rank) == ("strength_2", "required")


def test_a_rejected_finding_asks_for_nothing(knowledge: Knowledge) -> None:
    judgement = Judgement(contributor="ankle_foot", verdict="rejected", reason="old sprain", date=START)
    rejected = contributor("ankle_foot", "ankle_mobility", judgement=judgement)
    targets = {
        choice.planned.why.target
        for choice in choose_exercises(now(knowledge, at_phase(2), contributors=(rejected,))).choices
    }
    assert "ankle_mobility" not in targets


def test_not_everything_that_was_found_is_trained_at_once(knowledge: Knowledge) -> None:
    targets = ("ankle_mobility", "foot", "thoracic", "adductors", "neural", "low_back")
    found = tuple(contributor(f"{target}", target) for target in targets)
    ranks = [choice.rank for choice in choose_exercises(now(knowledge, at_phase(2), contributors=found)).choices]
    assert ranks.count("found") == 4


def test_the_exercises_vary_from_week_to_week(knowledge: Knowledge) -> None:
    trunk = [for_dose(choose_exercises(now(knowledge, at_phase(2, days=7 * week))), "trunk_2") for week in (3, 4, 5)]
    assert len(set(trunk)) == 3


def test_who_fears_movement_keeps_the_lightest(knowledge: Knowledge) -> None:
    exercises = knowledge.exercises.exercises
    fearful = [
        for_dose(choose_exercises(now(knowledge, at_phase(2, days=7 * week), fear_of_movement="high")), "trunk_2")
        for week in (3, 4, 5)
    ]
    assert len(set(fearful)) == 1
    prefer = next(dose.prefer for dose in knowledge.plan.doses if dose.id == "trunk_2")
    assert exercises[fearful[0]].load == min(exercises[one].load for one in prefer)


def test_a_fear_with_an_unknown_preference_is_no_problem(knowledge: Knowledge) -> None:
    doses = tuple(replace(dose, prefer=("no_such_exercise", *dose.prefer)) for dose in knowledge.plan.doses)
    changed = replace(knowledge, plan=replace(knowledge.plan, doses=doses))
    one = replace(now(knowledge, at_phase(2), fear_of_movement="some"), knowledge=changed)
    assert choose_exercises(one).choices


def test_what_was_advanced_takes_the_place_of_the_easier_one(knowledge: Knowledge) -> None:
    position = at_phase(2, replaced={"bridge_walkout": "slider_curl_eccentric"})
    assert for_dose(choose_exercises(now(knowledge, position)), "strength_2") == "slider_curl_eccentric"


def test_a_harder_one_that_is_not_possible_is_not_taken(knowledge: Knowledge) -> None:
    position = at_phase(2, replaced={"bridge_walkout": "nordic_curl"})
    assert for_dose(choose_exercises(now(knowledge, position)), "strength_2") == "bridge_walkout"


def test_stepping_back_to_something_that_is_not_possible_leaves_the_lightest(knowledge: Knowledge) -> None:
    position = at_phase(3, replaced={"nordic_assisted": "prone_knee_curl"})
    picked = for_dose(choose_exercises(now(knowledge, position)), "strength_3")
    exercises = knowledge.exercises.exercises
    assert exercises[picked].load < exercises["nordic_assisted"].load


def test_a_circle_of_replacements_ends(knowledge: Knowledge) -> None:
    position = at_phase(2, replaced={"bridge_walkout": "band_curl", "band_curl": "bridge_walkout"})
    assert for_dose(choose_exercises(now(knowledge, position)), "strength_2") in ("band_curl", "bridge_walkout")


def test_the_running_exercise_and_its_dose_are_those_of_the_ladder(knowledge: Knowledge) -> None:
    for number, phase in ((2, 2), (3, 2), (6, 3), (7, 3)):
        step = knowledge.progress.running[number]
        selection = choose_exercises(now(knowledge, at_phase(phase, running_step=number)))
        run = next(choice.planned for choice in selection.choices if choice.id == step.exercise)
        assert (run.dose.sets_high, run.dose.amount_high, run.dose.unit) == (step.repetitions, step.amount, step.unit)
        assert run.rest_h >= step.hours_between


def test_the_ladder_goes_no_further_than_the_phase(knowledge: Knowledge) -> None:
    steps = reached_steps(now(knowledge, at_phase(2, running_step=9)))
    assert max(step.number for step in steps) < 6


def test_team_training_leaves_the_sprint_in_the_week(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(4, running_step=12)))
    assert "max_sprint" in chosen(selection)


def test_who_may_not_run_walks(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(2, running_step=5), track="growth_plate"))
    assert for_dose(selection, "walk_on_2") == "walk_long_strides"


def test_who_needs_no_sport_gets_no_sprint_drills(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(3), kind="daily_life"))
    targets = {choice.planned.why.target for choice in selection.choices}
    assert not targets & {"agility", "sprint_technique"}


def test_one_side_is_trained_alone_only_where_the_rule_says_so(knowledge: Knowledge) -> None:
    planned = {choice.id: choice.planned for choice in choose_exercises(now(knowledge, at_phase(1))).choices}
    assert planned["supine_hamstring_stretch"].sides == ("left",)
    assert planned["supine_heel_dig_90"].sides == ("left", "right")
    assert planned["glute_bridge"].sides == ()


def test_an_unknown_side_trains_both(knowledge: Knowledge) -> None:
    assessment = with_complaint(assessed_as(SPRINT_STRAIN, knowledge), places=frozenset())
    one = circumstances(assessment, a_chain(assessment), a_goal(), "strain", at_phase(1), knowledge)
    stretch = planned_exercise(knowledge.exercises["supine_hamstring_stretch"], one)
    assert stretch.sides == ("left", "right")
    assert stretch.times_per_week == knowledge.exercises["supine_hamstring_stretch"].per_week_low


def test_what_is_left_out_says_why(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(3), equipment=frozenset({"band", "partner"}), contraindications=frozenset({"knee"}))
    left_out = choose_exercises(one).left_out
    assert left_out["bike_easy"] == "equipment"
    assert left_out["nordic_assisted"] == "knee"


def test_little_time_keeps_what_is_required_and_drops_the_rest(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(2), minutes={0: 15, 3: 15}))
    assert {choice.rank for choice in selection.choices} >= {"required"}
    assert "time" in selection.left_out.values()
    assert len(selection.choices) < len(choose_exercises(now(knowledge, at_phase(2))).choices)


def test_a_walk_longer_than_any_day_is_cut_to_the_day(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(1), minutes={0: 15, 3: 15}))
    walk = next(choice.planned for choice in selection.choices if choice.id == "walk_long_strides")
    assert walk.dose.amount_high == 15


def test_a_step_of_the_ladder_brings_how_much_and_how_fast_to_its_exercise(knowledge: Knowledge) -> None:
    for step in knowledge.progress.running.values():
        if step.exercise is None or step.number == 10:
            continue
        phase = max(step.minimum_phase, knowledge.exercises[step.exercise].phase_low)
        one = now(knowledge, at_phase(phase, running_step=step.number))
        dose = planned_exercise(knowledge.exercises[step.exercise], one).dose
        assert dose.sets_high == step.repetitions, step.number
        assert dose.effort == (step.effort or knowledge.exercises[step.exercise].dose.effort)


def test_a_required_target_without_a_possible_exercise_is_told(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(1), contraindications=frozenset({"avulsion"}))
    assert "hamstring_isometric" in {dose.target for dose in choose_exercises(one).empty}


def test_the_therapist_puts_an_exercise_first_or_in_the_place_of_another(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(2))
    first = choose_exercises(one, Wanted(first=frozenset({"band_curl"})))
    assert for_dose(first, "strength_2") == "band_curl"
    instead = choose_exercises(one, Wanted(instead={"bridge_walkout": "single_leg_hamstring_bridge"}))
    assert for_dose(instead, "strength_2") == "single_leg_hamstring_bridge"


def test_an_unsafe_replacement_is_not_followed(knowledge: Knowledge) -> None:
    selection = choose_exercises(now(knowledge, at_phase(2)), Wanted(instead={"bridge_walkout": "nordic_curl"}))
    assert for_dose(selection, "strength_2") == "bridge_walkout"


def test_what_advanced_and_flared_up_shows_in_the_dose(knowledge: Knowledge) -> None:
    usual = planned_exercise(knowledge.exercises["bridge_walkout"], now(knowledge, at_phase(2)))
    more = planned_exercise(
        knowledge.exercises["bridge_walkout"], now(knowledge, at_phase(2, steps={"bridge_walkout": 2}))
    )
    less = planned_exercise(
        knowledge.exercises["bridge_walkout"], now(knowledge, at_phase(2, volume={"bridge_walkout": 0.5}))
    )
    assert more.dose.amount_high > usual.dose.amount_high
    assert less.dose.sets_high * less.dose.amount_high < usual.dose.sets_high * usual.dose.amount_high


def test_heavy_work_rests_as_long_as_the_track_asks(knowledge: Knowledge) -> None:
    slider = knowledge.exercises["slider_curl_single"]
    assert planned_exercise(slider, now(knowledge, at_phase(3))).rest_h == 48
    assert planned_exercise(slider, now(knowledge, at_phase(3), track="older")).rest_h == 72


def test_the_weeks_count_from_the_start(knowledge: Knowledge) -> None:
    early = replace(at_phase(1), since=START - timedelta(days=9))
    assert now(knowledge, early).week_number == 0


def test_an_easier_exercise_that_is_not_possible_leaves_the_lightest_that_is(knowledge: Knowledge) -> None:
    exercises = knowledge.exercises
    one = now(
        knowledge, at_phase(3, replaced={"slider_curl_single": "prone_knee_curl"}), equipment=frozenset(EVERYTHING)
    )
    assert why_not(exercises["prone_knee_curl"], one) == "phase"
    left = choose._as_progressed(exercises["slider_curl_single"], one)
    assert why_not(left, one) is None
    possible = [e for e in exercises.exercises.values() if e.target == left.target and why_not(e, one) is None]
    assert left.load == min(e.load for e in possible)


def test_a_harder_exercise_that_is_not_possible_is_not_taken(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(2, replaced={"bridge_walkout": "nordic_curl"}))
    exercise = knowledge.exercises["bridge_walkout"]
    assert choose._as_progressed(exercise, one) is exercise


def test_a_walk_longer_than_any_day_has_time_for_is_cut(knowledge: Knowledge) -> None:
    walk = knowledge.exercises["walk_long_strides"]
    short = now(knowledge, at_phase(1), minutes={0: 12})
    assert choose._shortened(walk.dose, walk, short).amount_high == 12
    shorter = now(knowledge, at_phase(1), minutes={0: 5})
    assert choose._shortened(walk.dose, walk, shorter).amount_high == walk.dose.amount_low
    assert choose._shortened(walk.dose, walk, now(knowledge, at_phase(1))) == walk.dose
