from dataclasses import replace
from datetime import timedelta

import pytest

from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Position
from herstel.plan.tracks import (
    choose_track,
    has_complaint,
    injury_day,
    ladder_phases,
    minimum_stay_days,
    running_allowed,
)
from tests.unit.plan.people import (
    CAUDA,
    SORENESS,
    SPRINT_STRAIN,
    START,
    SUSPECTED_AVULSION,
    a_goal,
    assessed_as,
    with_complaint,
    with_probability,
)


@pytest.fixture
def strain(knowledge: Knowledge) -> Assessment:
    return assessment_of(assessed_as(SPRINT_STRAIN, knowledge))


def test_an_ordinary_strain_is_on_the_ordinary_track(strain: Assessment, knowledge: Knowledge) -> None:
    assert choose_track(strain, a_goal(), knowledge) == "strain"


def test_an_empty_complaint_is_on_the_ordinary_track(knowledge: Knowledge) -> None:
    assert choose_track(assessed_as({}, knowledge), a_goal(), knowledge) == "strain"


def test_soreness_has_its_own_track(knowledge: Knowledge) -> None:
    assert choose_track(assessed_as(SORENESS, knowledge), a_goal(), knowledge) == "soreness"


def test_a_suspected_avulsion_must_be_seen_first(knowledge: Knowledge) -> None:
    assert choose_track(assessed_as(SUSPECTED_AVULSION, knowledge), a_goal(), knowledge) == "see_first"


def test_an_avulsion_that_was_judged_goes_on_its_own_track(knowledge: Knowledge) -> None:
    goal = a_goal(managed="conservative_avulsion")
    assert choose_track(assessed_as(SUSPECTED_AVULSION, knowledge), goal, knowledge) == "avulsion"


def test_an_emergency_is_never_lifted(knowledge: Knowledge) -> None:
    referral = assessed_as(CAUDA, knowledge)
    assert isinstance(referral, Referral)
    for managed in (None, "loading_cleared", "conservative_avulsion"):
        assert choose_track(referral, a_goal(managed=managed), knowledge) == "see_first"


def test_a_referral_of_today_can_be_lifted_by_a_clinician(strain: Assessment, knowledge: Knowledge) -> None:
    urgency = replace(strain.urgency, level="same_day")
    referral = Referral(urgency=urgency, red_flags=(), suspected=(), assessment=replace(strain, urgency=urgency))
    assert choose_track(referral, a_goal(), knowledge) == "see_first"
    assert choose_track(referral, a_goal(managed="loading_cleared"), knowledge) == "strain"


def test_the_week_to_see_a_doctor_comes_before_loading(strain: Assessment, knowledge: Knowledge) -> None:
    urgent = replace(strain, urgency=replace(strain.urgency, level="gp_week"))
    assert choose_track(urgent, a_goal(), knowledge) == "see_first"
    assert choose_track(urgent, a_goal(managed="loading_cleared"), knowledge) == "strain"


def test_a_complaint_from_elsewhere_must_be_seen_first(strain: Assessment, knowledge: Knowledge) -> None:
    elsewhere = with_probability(strain, lumbar_radiculopathy=0.4, hip_joint_referred=0.2)
    assert choose_track(elsewhere, a_goal(), knowledge) == "see_first"


def test_an_operated_hamstring_must_be_seen_first(strain: Assessment, knowledge: Knowledge) -> None:
    operated = with_complaint(strain, findings={**strain.complaint.findings, "hamstring_operated": True})
    assert choose_track(operated, a_goal(), knowledge) == "see_first"


def test_a_tendon_has_its_own_track(strain: Assessment, knowledge: Knowledge) -> None:
    assert choose_track(with_probability(strain, proximal_tendinopathy=0.7), a_goal(), knowledge) == "tendinopathy"


def test_a_young_person_is_on_the_track_of_the_growing_skeleton(strain: Assessment, knowledge: Knowledge) -> None:
    assert choose_track(with_complaint(strain, age_years=15), a_goal(), knowledge) == "growth_plate"


def test_a_young_person_with_a_painful_sit_bone_must_be_seen_first(strain: Assessment, knowledge: Knowledge) -> None:
    painful = with_complaint(strain, age_years=15, places=frozenset({Place("left", "sit_bone")}))
    assert choose_track(painful, a_goal(), knowledge) == "see_first"
    assert choose_track(painful, a_goal(managed="apophyseal_avulsion"), knowledge) == "growth_plate"


@pytest.mark.parametrize(("age", "level"), [(64, "recreational"), (35, "none")])
def test_older_and_non_athletic_adults_share_a_track(
    age: float, level: str, strain: Assessment, knowledge: Knowledge
) -> None:
    person = with_complaint(strain, age_years=age, level=level)
    assert choose_track(person, a_goal(level=None), knowledge) == "older"


def test_a_second_injury_of_the_same_leg_is_a_recurrence(strain: Assessment, knowledge: Knowledge) -> None:
    again = with_complaint(strain, findings={**strain.complaint.findings, "recurrent_same_leg": True})
    assert choose_track(again, a_goal(), knowledge) == "recurrence"


def test_a_stretch_injury_has_its_own_track(strain: Assessment, knowledge: Knowledge) -> None:
    findings = {**strain.complaint.findings, "mech_overstretch_slip_waterski": True, "mech_sprint": False}
    assert choose_track(with_complaint(strain, findings=findings), a_goal(), knowledge) == "stretch"


def test_a_professional_is_on_the_squad_track_by_goal_or_by_complaint(strain: Assessment, knowledge: Knowledge) -> None:
    assert choose_track(strain, a_goal(level="professional"), knowledge) == "elite"
    told = with_complaint(strain, level="semi_professional")
    assert choose_track(told, a_goal(level=None), knowledge) == "elite"


def test_prevention_is_for_people_without_a_complaint(strain: Assessment, knowledge: Knowledge) -> None:
    goal = a_goal(kind="prevention")
    assert choose_track(assessed_as({}, knowledge), goal, knowledge) == "prevention"
    assert choose_track(strain, goal, knowledge) == "strain"


def test_who_is_discharged_goes_on_with_prevention(strain: Assessment, knowledge: Knowledge) -> None:
    position = Position(phase=4, since=START, discharged=True)
    assert choose_track(strain, a_goal(), knowledge, position) == "prevention"


def test_who_is_discharged_goes_on_with_prevention_whatever_track_it_was(
    strain: Assessment, knowledge: Knowledge
) -> None:
    elite = a_goal(level="professional")
    assert choose_track(strain, elite, knowledge, Position(phase=4, since=START)) == "elite"
    assert choose_track(strain, elite, knowledge, Position(phase=4, since=START, discharged=True)) == "prevention"


def test_who_is_on_hold_must_be_seen_first(strain: Assessment, knowledge: Knowledge) -> None:
    position = Position(phase=3, since=START, on_hold=True, discharged=True)
    assert choose_track(strain, a_goal(managed="loading_cleared"), knowledge, position) == "see_first"


def test_an_earlier_injury_is_no_complaint(knowledge: Knowledge) -> None:
    assert not has_complaint(Complaint(findings={"previous_hamstring_injury": True}), knowledge)
    assert has_complaint(Complaint(findings={"mech_sprint": True}), knowledge)
    assert has_complaint(Complaint(places=frozenset({Place("left", "calf")})), knowledge)
    assert has_complaint(Complaint(pain_nrs=3), knowledge)
    assert has_complaint(Complaint(ladder={"walking": 1}), knowledge)


def test_the_day_of_the_injury_is_told_or_counted_back_or_unknown(strain: Assessment, knowledge: Knowledge) -> None:
    assert injury_day(strain, a_goal(injury_date=START)) == START
    assert injury_day(strain, a_goal(injury_date=None)) == START - timedelta(days=4)
    assert injury_day(assessed_as({}, knowledge), a_goal(injury_date=None)) is None


def test_no_running_ladder_before_a_clinician_cleared_a_growing_skeleton(knowledge: Knowledge) -> None:
    track = knowledge.plan.tracks["growth_plate"]
    assert not running_allowed(track, a_goal())
    assert not running_allowed(track, a_goal(managed="apophyseal_avulsion"))
    assert running_allowed(track, a_goal(managed="loading_cleared"))


def test_the_minimum_stays_are_those_of_the_dossier(strain: Assessment, knowledge: Knowledge) -> None:
    for grade, stays in (("1", (1, 3, 4)), ("2", (2, 6, 7))):
        probabilities = {**dict.fromkeys(strain.grade.probabilities, 0.0), grade: 1.0}
        sure = replace(
            strain, grade=replace(strain.grade, probabilities=probabilities, uncertain_1_2=False), cannot_tell=False
        )
        assert tuple(minimum_stay_days(phase, "strain", sure, knowledge) for phase in (1, 2, 3)) == stays


def test_who_may_have_grade_two_stays_as_long_as_grade_two(strain: Assessment, knowledge: Knowledge) -> None:
    probabilities = {**dict.fromkeys(strain.grade.probabilities, 0.0), "1": 1.0}
    unsure = replace(strain, grade=replace(strain.grade, probabilities=probabilities, uncertain_1_2=True))
    assert minimum_stay_days(2, "strain", unsure, knowledge) == 6


def test_a_recurrence_stays_twice_as_long_in_phase_three_and_an_older_person_half_as_long_again(
    strain: Assessment, knowledge: Knowledge
) -> None:
    usual = {phase: minimum_stay_days(phase, "strain", strain, knowledge) for phase in (1, 2, 3)}
    assert minimum_stay_days(3, "recurrence", strain, knowledge) == 2 * usual[3]
    assert minimum_stay_days(2, "recurrence", strain, knowledge) == usual[2]
    assert minimum_stay_days(2, "older", strain, knowledge) == 1.5 * usual[2]


def test_an_avulsion_counts_in_months(strain: Assessment, knowledge: Knowledge) -> None:
    assert sum(minimum_stay_days(phase, "avulsion", strain, knowledge) for phase in (1, 2, 3)) >= 120


def test_a_step_of_the_ladder_waits_for_what_the_track_keeps_for_later(knowledge: Knowledge) -> None:
    strain, tendon = (ladder_phases(knowledge.plan.tracks[one], knowledge) for one in ("strain", "tendinopathy"))
    assert [strain[step] for step in (1, 2, 5, 6, 9)] == [1, 2, 2, 3, 4]
    assert [tendon[step] for step in (1, 2, 4, 6)] == [1, 3, 4, 4]


def test_no_gate_asks_for_a_run_that_the_track_forbids_before_it(knowledge: Knowledge) -> None:
    for track in knowledge.plan.tracks.values():
        phases = ladder_phases(track, knowledge)
        for one in knowledge.progress.gates:
            asked = track.id not in one.not_tracks and (not one.tracks or track.id in one.tracks)
            if one.measure == "run" and asked and one.gate in ("1", "2", "3"):
                assert phases[int(one.subject)] <= int(one.gate), (track.id, one.id)
