from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.plan.allowed import unsafe, why_not
from herstel.plan.circumstances import Circumstances, circumstances
from herstel.plan.model import Position
from herstel.plan.tracks import choose_track
from tests.unit.plan.people import (
    SPRINT_STRAIN,
    START,
    SUSPECTED_AVULSION,
    a_chain,
    a_goal,
    assessed_as,
    at_phase,
    result,
    with_complaint,
)


def now(knowledge: Knowledge, position: Position, *, track: str | None = None, results: Any = (), **goal: Any) -> Any:
    """The circumstances of a footballer with a strain."""
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    one = a_goal(**goal)
    chosen = track or choose_track(assessment, one, knowledge, position)
    return circumstances(assessment, a_chain(assessment, results=results), one, chosen, position, knowledge)


def reason(exercise: str, one: Circumstances) -> str | None:
    return why_not(one.knowledge.exercises.exercises[exercise], one)


def test_an_exercise_outside_its_phases_is_not_possible(knowledge: Knowledge) -> None:
    assert reason("max_sprint", now(knowledge, at_phase(3))) == "phase"
    assert reason("supine_heel_dig_90", now(knowledge, at_phase(3))) == "phase"


def test_an_exercise_with_a_contraindication_is_not_possible(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(4), contraindications=frozenset({"knee"}))
    assert reason("nordic_curl", one) == "knee"
    assert reason("dead_bug", one) is None


def test_the_first_days_hold_back_what_can_feed_a_bleeding(knowledge: Knowledge) -> None:
    fresh = Position(phase=2, since=START)
    assert "acute_72h" in now(knowledge, fresh, injury_date=START - timedelta(days=2)).contraindications
    assert "acute_72h" not in now(knowledge, fresh, injury_date=START - timedelta(days=3)).contraindications


def test_an_unknown_first_day_counts_as_fresh_in_phase_one_only(knowledge: Knowledge) -> None:
    assessment = with_complaint(assessed_as(SPRINT_STRAIN, knowledge), days_since_onset=None)
    for phase, fresh in ((1, True), (2, False)):
        goal = a_goal(injury_date=None)
        one = circumstances(
            assessment, a_chain(assessment), goal, "strain", Position(phase=phase, since=START), knowledge
        )
        assert ("acute_72h" in one.contraindications) is fresh


def test_contraindications_say_where_they_come_from(knowledge: Knowledge) -> None:
    one = now(knowledge, at_phase(1), track="avulsion", contraindications=frozenset({"wrist"}))
    assert one.contraindications["wrist"] == "goal"
    assert one.contraindications["avulsion"] == "track"


def test_what_the_complaint_says_is_a_contraindication(knowledge: Knowledge) -> None:
    assessment = assessed_as(SUSPECTED_AVULSION, knowledge)
    one = circumstances(assessment, a_chain(assessment), a_goal(), "see_first", at_phase(1), knowledge)
    assert one.contraindications["avulsion"] == "complaint"


def test_a_suspicion_that_a_clinician_cleared_no_longer_counts(knowledge: Knowledge) -> None:
    assessment = assessed_as(SUSPECTED_AVULSION, knowledge)
    goal = a_goal(managed="loading_cleared")
    one = circumstances(assessment, a_chain(assessment), goal, "strain", at_phase(1), knowledge)
    assert "avulsion" not in one.contraindications


def test_what_a_therapist_named_is_never_lifted_by_the_phase(knowledge: Knowledge) -> None:
    codes = frozenset({"tendon_irritable"})
    assert "tendon_irritable" in now(knowledge, at_phase(1), track="tendinopathy").contraindications
    assert "tendon_irritable" not in now(knowledge, at_phase(3), track="tendinopathy").contraindications
    named = now(knowledge, at_phase(3), track="tendinopathy", contraindications=codes)
    assert named.contraindications["tendon_irritable"] == "goal"


def test_a_track_excludes_exercises_and_may_allow_only_some(knowledge: Knowledge) -> None:
    assert reason("nordic_curl", now(knowledge, at_phase(4), track="older")) == "track"
    assert reason("glute_bridge", now(knowledge, at_phase(1), track="see_first")) == "track"
    assert reason("open_book", now(knowledge, at_phase(1), track="see_first")) is None


@pytest.mark.parametrize("weeks", [1, 7])
def test_no_stretching_or_braking_in_the_first_weeks_after_an_avulsion(weeks: int, knowledge: Knowledge) -> None:
    position = at_phase(3, days=7 * weeks)
    one = now(knowledge, position, track="avulsion", injury_date=START, managed="conservative_avulsion")
    assert reason("strap_stretch", one) == "too_early"
    assert reason("single_leg_rdl", one) == "too_early"
    assert reason("slider_curl_single", one) == "too_early"
    later = now(knowledge, at_phase(3, days=60), track="avulsion", injury_date=START, managed="conservative_avulsion")
    assert reason("single_leg_rdl", later) is None


def test_a_growing_skeleton_runs_only_when_a_clinician_cleared_it(knowledge: Knowledge) -> None:
    barred, cleared = (
        now(knowledge, at_phase(3), track="growth_plate", managed=managed) for managed in (None, "loading_cleared")
    )
    for exercise in ("jog_intervals", "interval_run", "a_skip", "change_of_direction"):
        assert reason(exercise, barred) == "walking"
        assert reason(exercise, cleared) is None
    walking = now(knowledge, at_phase(2), track="growth_plate")
    assert reason("walk_long_strides", walking) is None


def test_the_weeks_of_rest_for_the_growing_skeleton_are_for_who_has_a_piece_torn_off(knowledge: Knowledge) -> None:
    position = at_phase(3, days=10)
    torn = now(knowledge, position, track="growth_plate", managed="apophyseal_avulsion")
    whole = now(knowledge, position, track="growth_plate")
    assert reason("single_leg_rdl", torn) == "too_early"
    assert reason("single_leg_rdl", whole) is None


def test_a_tendon_is_not_stretched_in_any_phase(knowledge: Knowledge) -> None:
    for phase in (2, 3, 4):
        assert reason("strap_stretch", now(knowledge, at_phase(phase), track="tendinopathy")) is not None


def test_unmeasured_work_at_length_begins_gently_in_phase_two_and_freely_in_phase_three(knowledge: Knowledge) -> None:
    assert reason("extender", now(knowledge, at_phase(1))) == "long_length"
    assert reason("diver", now(knowledge, at_phase(2))) is None
    assert reason("romanian_deadlift", now(knowledge, at_phase(2))) == "long_length"
    assert reason("romanian_deadlift", now(knowledge, at_phase(3))) is None


def test_a_measured_knee_opens_or_closes_work_at_length(knowledge: Knowledge) -> None:
    day = START + timedelta(days=20)
    good, bad = (result("active_knee_extension", degrees, day=day) for degrees in (8, 22))
    assert reason("extender", now(knowledge, at_phase(1), results=(good,))) is None
    assert reason("romanian_deadlift", now(knowledge, at_phase(2), results=(good,))) is None
    assert reason("diver", now(knowledge, at_phase(3), results=(bad,))) == "long_length"


def test_an_old_measurement_opens_nothing(knowledge: Knowledge) -> None:
    old = result("active_knee_extension", 2, day=START)
    assert reason("extender", now(knowledge, at_phase(1, days=15), results=(old,))) == "long_length"
    assert reason("extender", now(knowledge, at_phase(1, days=13), results=(old,))) is None


def test_work_at_length_waits_for_the_fifth_day_however_good_the_knee(knowledge: Knowledge) -> None:
    good = result("active_knee_extension", 2)
    injured = {"injury_date": START - timedelta(days=4)}
    assert reason("extender", now(knowledge, at_phase(1, days=0), results=(good,), **injured)) == "long_length"
    assert reason("extender", now(knowledge, at_phase(1, days=1), results=(good,), **injured)) is None


def test_braking_work_in_phase_two_waits_for_strength_that_was_measured(knowledge: Knowledge) -> None:
    day = START + timedelta(days=20)
    weak, strong = (result("isometric_30", 40, percent=percent, day=day) for percent in (55, 30))
    unclear = result("isometric_30", 40, day=day)
    assert reason("slider_curl_eccentric", now(knowledge, at_phase(2), results=(weak,))) == "eccentric_start"
    assert reason("slider_curl_eccentric", now(knowledge, at_phase(2), results=(strong,))) is None
    assert reason("slider_curl_eccentric", now(knowledge, at_phase(2), results=(unclear,))) is None
    assert reason("slider_curl_eccentric", now(knowledge, at_phase(2))) is None
    assert reason("slider_curl_eccentric", now(knowledge, at_phase(3), results=(weak,))) is None


def test_the_full_nordic_comes_after_the_slider_went_calmly(knowledge: Knowledge) -> None:
    position = at_phase(3)
    assert reason("nordic_curl", now(knowledge, position)) == "nordic"
    calm = replace(position, steps={"slider_curl_single": 1})
    assert reason("nordic_curl", now(knowledge, calm)) is None
    advanced = replace(position, replaced={"nordic_assisted": "nordic_curl"})
    assert reason("nordic_curl", now(knowledge, advanced)) is None
    assert reason("nordic_curl", now(knowledge, at_phase(4))) is None


def test_what_the_therapist_took_out_or_needs_equipment_is_not_possible_but_not_unsafe(knowledge: Knowledge) -> None:
    one = replace(now(knowledge, at_phase(2), equipment=frozenset()), removed=frozenset({"dead_bug"}))
    assert reason("dead_bug", one) == "edit"
    assert reason("band_curl", one) == "equipment"
    exercises = knowledge.exercises.exercises
    assert unsafe(exercises["dead_bug"], one) is None
    assert unsafe(exercises["band_curl"], one) is None
    assert unsafe(exercises["max_sprint"], one) == "phase"


def test_weeks_count_from_the_start_of_the_plan_when_the_injury_day_is_unknown(knowledge: Knowledge) -> None:
    assessment = with_complaint(assessed_as(SPRINT_STRAIN, knowledge), days_since_onset=None)
    goal = a_goal(injury_date=None)
    one = circumstances(assessment, a_chain(assessment), goal, "strain", at_phase(2, days=14), knowledge)
    assert one.weeks_since_injury == 2
    assert one.week_number == 2
