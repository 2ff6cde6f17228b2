"""Red flags in check-ins, the hold that follows, who lifts it, and the re-check of the first days."""

from dataclasses import replace

import pytest

from herstel.assessment.result import Referral, assessment_of
from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Position
from herstel.progress.model import Confirmation
from herstel.progress.replay import Replay
from tests.unit.plan import people
from tests.unit.progress.roads import (
    START,
    STRENGTH,
    a_plan,
    decided,
    did,
    fit,
    on,
    play,
    ran,
    rules_on,
    strain,
    told,
)  # fmt: skip

CLOT = {"calf_swelling": True}
CAUDA = {"bladder_bowel_saddle_change": True}


def released(day: int, role: str = "therapist", agrees: bool = True) -> Confirmation:
    return Confirmation(role=role, agrees=agrees, date=on(day))  # type: ignore[arg-type]


@pytest.mark.parametrize("symptoms", [CLOT, CAUDA, {"fever_or_unwell": True}, {"cold_pale_blue_leg": True}])
def test_a_red_flag_in_a_check_in_stops_everything(knowledge: Knowledge, symptoms: dict[str, bool]) -> None:
    plan = a_plan(knowledge, measurements=fit(0))
    replay = play(plan, [told(0), told(1), told(2, symptoms=symptoms)], knowledge)
    progress = replay.progress(on(2))
    assert progress.position.on_hold
    assert isinstance(progress.referral, Referral)
    assert progress.referral.red_flags
    assert progress.position.phase == 1, "the gate would have opened today"
    assert progress.contacts[0] == "warning_sign"
    assert decided(replay, "red_flag")[0].action == "refer"


def test_signs_that_are_denied_stop_nothing(knowledge: Knowledge) -> None:
    symptoms = dict.fromkeys((*CLOT, *CAUDA), False)
    assert not play(a_plan(knowledge), [told(0, symptoms=symptoms)], knowledge).position.on_hold


def test_while_on_hold_nothing_goes_forward(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, measurements=fit(0), position=Position(since=START, running_step=1))
    check_ins = [told(0), told(1, symptoms=CLOT, done=(did(),), runs=(ran(1),))]
    check_ins += [told(n, done=(did(),), runs=(ran(1),)) for n in range(2, 20)]
    replay = play(plan, check_ins, knowledge)
    position = replay.position
    assert (position.phase, position.running_step, position.steps) == (1, 1, {})
    assert {one.action for one in replay.progress(on(19)).decisions if one.date > on(1)} == {"hold"}
    assert rules_on(replay, 5) == ["on_hold"]
    assert "still_on_hold" in replay.progress(on(19)).contacts


def test_a_therapist_lifts_the_hold(knowledge: Knowledge) -> None:
    check_ins = [told(0), told(1, symptoms=CLOT), *(told(n, done=(did(),) if n in (5, 7) else ()) for n in range(2, 9))]
    replay = play(a_plan(knowledge), check_ins, knowledge, confirmations=[released(4)])
    assert [one.date for one in decided(replay, "released")] == [on(4)]
    assert not replay.position.on_hold
    assert replay.progress(on(8)).referral is None
    assert rules_on(replay, 8, STRENGTH) == ["two_good"]


@pytest.mark.parametrize("said", [released(4, role="person"), released(4, role="coach"), released(4, agrees=False),
                                  released(1), released(0)])  # fmt: skip
def test_nobody_else_and_no_earlier_word_lifts_the_hold(knowledge: Knowledge, said: Confirmation) -> None:
    check_ins = [told(0), told(1, symptoms=CLOT), *(told(n) for n in range(2, 8))]
    assert play(a_plan(knowledge), check_ins, knowledge, confirmations=[said]).position.on_hold


def test_a_hold_can_be_lifted_on_a_day_without_a_check_in(knowledge: Knowledge) -> None:
    replay = Replay(a_plan(knowledge), knowledge)
    replay.day(on(0), told(0, symptoms=CLOT))
    replay.confirm(released(2))
    replay.day(on(1), None)
    assert replay.position.on_hold
    replay.day(on(2), None)
    assert not replay.position.on_hold


def test_a_sign_that_was_looked_at_and_stays_does_not_stop_again(knowledge: Knowledge) -> None:
    check_ins = [told(1, symptoms=CLOT), told(3), told(4, symptoms=CLOT)]
    assert not play(a_plan(knowledge), check_ins, knowledge, confirmations=[released(3)]).position.on_hold


def test_a_sign_that_went_and_came_back_stops_again(knowledge: Knowledge) -> None:
    check_ins = [told(1, symptoms=CLOT), told(4, symptoms={"calf_swelling": False}), told(6, symptoms=CLOT)]
    replay = play(a_plan(knowledge), check_ins, knowledge, confirmations=[released(3)])
    assert replay.position.on_hold


def test_another_sign_stops_again(knowledge: Knowledge) -> None:
    check_ins = [told(1, symptoms=CLOT), told(4, symptoms=CAUDA)]
    assert play(a_plan(knowledge), check_ins, knowledge, confirmations=[released(3)]).position.on_hold


def test_a_sign_of_the_complaint_that_is_told_again_as_new_stops_until_somebody_looked(knowledge: Knowledge) -> None:
    fired = play(a_plan(knowledge), [told(1, symptoms=CLOT)], knowledge).progress(on(1)).referral
    assert fired is not None
    known = a_plan(knowledge, assessment=replace(strain(), red_flags=fired.red_flags))
    assert play(known, [told(1, symptoms=CLOT)], knowledge).position.on_hold
    check_ins = [told(1, symptoms=CLOT), told(3), told(4, symptoms=CLOT)]
    assert not play(known, check_ins, knowledge, confirmations=[released(3)]).position.on_hold


def test_a_release_before_the_first_check_in_looked_at_no_sign_told_later(knowledge: Knowledge) -> None:
    fired = play(a_plan(knowledge), [told(1, symptoms=CLOT)], knowledge).progress(on(1)).referral
    assert fired is not None
    replay = play(
        a_plan(knowledge, assessment=fired), [told(0), told(2, symptoms=CLOT)], knowledge, confirmations=[released(1)]
    )
    assert replay.position.on_hold


def test_not_being_able_to_walk_any_more_is_a_sign(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), [told(0), told(1, walking="cannot")], knowledge)
    assert replay.position.on_hold
    assert "cannot_walk" in decided(replay, "red_flag")[0].numbers


def test_walking_again_after_it_was_looked_at_starts_anew(knowledge: Knowledge) -> None:
    check_ins = [told(1, walking="cannot"), told(4), told(5, walking="cannot")]
    assert play(a_plan(knowledge), check_ins, knowledge, confirmations=[released(3)]).position.on_hold


def test_a_milder_sign_is_told_and_holds_for_the_day(knowledge: Knowledge) -> None:
    check_ins = [told(0), *(told(n, done=(did(),) if n in (1, 3) else ()) for n in (1, 2, 3))]
    check_ins.append(told(4, symptoms={"not_at_ease": True}))
    replay = play(a_plan(knowledge), check_ins, knowledge)
    assert decided(replay, "sign_to_mention")
    assert not replay.position.on_hold
    assert rules_on(replay, 4, STRENGTH) == ["calm"]
    assert "sign_to_mention" in replay.progress(on(4)).contacts


def test_a_plan_for_somebody_to_be_seen_first_begins_on_hold(knowledge: Knowledge) -> None:
    avulsion = people.assessed_as(people.SUSPECTED_AVULSION, knowledge)
    replay = play(a_plan(knowledge, assessment=avulsion), [told(0)], knowledge)
    assert replay.position.on_hold
    assert rules_on(replay, 0) == ["on_hold"]


def test_a_plan_on_hold_without_a_referral_can_be_released(knowledge: Knowledge) -> None:
    avulsion = people.assessed_as(people.SUSPECTED_AVULSION, knowledge)
    replay = play(a_plan(knowledge, assessment=avulsion), [told(0), told(1)], knowledge, confirmations=[released(1)])
    assert not replay.position.on_hold


def test_a_referral_before_the_plan_is_still_told(knowledge: Knowledge) -> None:
    cauda = people.assessed_as(people.CAUDA, knowledge)
    progress = play(a_plan(knowledge, assessment=cauda), [told(0)], knowledge).progress(on(0))
    assert progress.referral is not None
    assert progress.referral.urgency.level == "emergency"


# --- the re-check ---------------------------------------------------------------------------------------------------


def test_a_recheck_revises_the_assessment(knowledge: Knowledge) -> None:
    replay = play(a_plan(knowledge), [told(0), told(3, answers={"walking": "normal", "bruise": "no"})], knowledge)
    progress = replay.progress(on(3))
    assert progress.reassessment is not None
    assert progress.reassessment.complaint.days_since_onset == 7
    assert progress.reassessment.complaint.places == strain().complaint.places
    assert progress.reassessment.complaint.findings != strain().complaint.findings


def test_without_new_answers_there_is_no_reassessment(knowledge: Knowledge) -> None:
    assert play(a_plan(knowledge), [told(3)], knowledge).progress(on(3)).reassessment is None


def test_a_red_flag_in_the_answers_of_a_recheck_stops_everything(knowledge: Knowledge) -> None:
    given = {"rf_now": ["bladder_bowel"]}
    replay = play(a_plan(knowledge), [told(0), told(3, answers=given)], knowledge)
    assert replay.position.on_hold
    assert replay.progress(on(3)).referral is not None


def test_a_recheck_that_asks_for_a_doctor_this_week_stops_as_well(knowledge: Knowledge) -> None:
    """A large bruise high on the thigh is a suspected avulsion, which is no referral for today."""
    high = people.assessed_as({**people.SPRINT_STRAIN, "places": ["left.thigh_upper"]}, knowledge)
    plan = a_plan(knowledge, assessment=high, managed="loading_cleared")
    assert plan.track == "strain"
    replay = play(plan, [told(0), told(3, answers={"bruise": "spreading"})], knowledge)
    progress = replay.progress(on(3))
    assert progress.position.on_hold
    assert progress.referral is not None
    assert "avulsion_bruise" in progress.referral.red_flags


def test_answers_that_contradict_the_complaint_are_refused(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="both legs"):
        play(a_plan(knowledge), [told(3, answers={"both_legs": "both_same"})], knowledge)


def test_a_complaint_told_otherwise_than_by_answers_is_kept(knowledge: Knowledge) -> None:
    told_by_findings = people.assessed_as(
        {"findings": {"mech_sprint": True, "previous_hamstring_injury": True}, "days_since_onset": 4, "age_years": 30},
        knowledge,
    )
    found = assessment_of(told_by_findings)
    found = replace(found, complaint=replace(found.complaint, answers={}, sex="male"))
    plan = replace(a_plan(knowledge), assessment=found)
    progress = play(plan, [told(3, answers={"walking": "normal"})], knowledge).progress(on(3))
    assert progress.reassessment is not None
    complaint = progress.reassessment.complaint
    assert complaint.findings["previous_hamstring_injury"]
    assert (complaint.age_years, complaint.sex) == (30, "male")


def test_a_recheck_without_a_known_day_of_injury_works_too(knowledge: Knowledge) -> None:
    found = replace(strain(), complaint=replace(strain().complaint, days_since_onset=None))
    plan = a_plan(knowledge, assessment=found, injury_date=None)
    progress = play(plan, [told(3, answers={"walking": "normal"})], knowledge).progress(on(3))
    assert progress.reassessment is not None


def test_a_recheck_changes_the_grade_that_rules_ask_for(knowledge: Knowledge) -> None:
    """After a light injury the slow running steps need to go well only once."""
    better = {"walking": "normal", "bruise": "no", "straighten": "full", "heel_pull": "strong_painless"}
    plan = a_plan(knowledge, position=Position(phase=2, since=START, running_step=3), measurements=fit(0))
    runs = [told(4, runs=(ran(3),)), told(5)]
    replay = play(plan, [told(0), told(3, answers=better), *runs], knowledge)
    assert decided(replay, "revised")[0].date == on(3)
    revised = replay.progress(on(5)).reassessment
    assert revised is not None
    assert revised.grade.most_likely == "1"
    assert replay.position.running_step == 4
    assert play(plan, [told(0), told(3), *runs], knowledge).position.running_step == 3
