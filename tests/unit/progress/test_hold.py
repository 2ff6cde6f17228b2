"""Who looked at a warning sign on the day it was told may release the person that day; what is told later counts."""

from dataclasses import replace

import pytest

from herstel.assessment.result import Referral
from herstel.knowledge.model import Knowledge
from herstel.progress.hold import Hold
from herstel.progress.model import CheckIn, Confirmation, Progress, Role
from herstel.progress.replay import Replay
from herstel.progress.report import write_progress
from tests.unit.progress.roads import STRENGTH, a_plan, decided, did, fit, on, play, rules_on, told

CLOT = {"calf_swelling": True}
CAUDA = {"bladder_bowel_saddle_change": True}
BLADDER = {"rf_now": ["bladder_bowel"]}


def looked(day: int, recorded: int | None, role: Role = "therapist", agrees: bool = True) -> Confirmation:
    return Confirmation(role=role, agrees=agrees, date=on(day), recorded=recorded)


def after(knowledge: Knowledge, check_ins: list[CheckIn], *said: Confirmation) -> Replay:
    return play(a_plan(knowledge, measurements=fit(0)), check_ins, knowledge, confirmations=said)


def test_a_therapist_who_looks_the_same_day_lifts_the_hold(knowledge: Knowledge) -> None:
    replay = after(knowledge, [told(0), told(1, symptoms=CLOT, recorded=2)], looked(1, 3))
    assert not replay.position.on_hold
    assert replay.progress(on(1)).referral is None
    assert rules_on(replay, 1, "person") == ["red_flag", "released"]


@pytest.mark.parametrize(
    "said",
    [
        looked(1, 1),
        looked(1, None),
        looked(0, 3),
        looked(1, 3, role="person"),
        looked(1, 3, role="coach"),
        looked(1, 3, agrees=False),
    ],
    ids=["before it was told", "at an unknown moment", "on an earlier day", "the person", "the coach", "who says no"],
)
def test_no_other_word_lifts_it(knowledge: Knowledge, said: Confirmation) -> None:
    assert after(knowledge, [told(0), told(1, symptoms=CLOT, recorded=2)], said).position.on_hold


def test_without_the_order_of_the_check_in_a_release_counts_from_the_day_after(knowledge: Knowledge) -> None:
    signs = [told(0), told(1, symptoms=CLOT)]
    assert after(knowledge, signs, looked(1, 3)).position.on_hold
    assert not after(knowledge, [*signs, told(2)], looked(2, None)).position.on_hold


@pytest.mark.parametrize("symptoms", [CLOT, CAUDA], ids=["the same sign", "another sign"])
def test_a_check_in_after_the_release_that_tells_a_sign_sets_the_hold_again(
    knowledge: Knowledge, symptoms: dict[str, bool]
) -> None:
    """The check-in of the morning was told again in the evening, after the release."""
    assert after(knowledge, [told(1, symptoms=symptoms, recorded=4)], looked(1, 3)).position.on_hold


def test_a_sign_that_is_denied_after_the_release_leaves_the_person_released(knowledge: Knowledge) -> None:
    evening = told(1, symptoms={"calf_swelling": False}, recorded=4)
    assert not after(knowledge, [evening], looked(1, 3)).position.on_hold


def test_a_hold_of_days_ago_is_lifted_in_the_morning_and_set_again_by_the_check_in_of_that_day(
    knowledge: Knowledge,
) -> None:
    before = [told(1, symptoms=CLOT, recorded=2), told(2, recorded=3)]
    assert not after(knowledge, [*before, told(3, recorded=5)], looked(3, 4)).position.on_hold
    replay = after(knowledge, [*before, told(3, symptoms=CAUDA, recorded=5)], looked(3, 4))
    assert replay.position.on_hold
    assert rules_on(replay, 3, "person") == ["released", "red_flag"]


def test_who_looked_after_the_second_sign_looked_at_both(knowledge: Knowledge) -> None:
    signs = [told(1, symptoms=CLOT, recorded=2), told(3, symptoms=CAUDA, recorded=4)]
    replay = after(knowledge, signs, looked(3, 5))
    assert not replay.position.on_hold
    assert rules_on(replay, 3, "person")[:2] == ["red_flag", "released"]
    again = [*signs, told(4, symptoms={**CLOT, **CAUDA}, recorded=6)]
    assert not after(knowledge, again, looked(3, 5)).position.on_hold


def test_a_sign_that_is_added_to_an_earlier_day_after_the_release_was_not_looked_at(knowledge: Knowledge) -> None:
    """Yesterday's check-in was completed after the therapist released the person today."""
    check_ins = [told(1, symptoms={**CLOT, **CAUDA}, recorded=5), told(2, recorded=3)]
    assert after(knowledge, check_ins, looked(2, 4)).position.on_hold
    assert not after(knowledge, check_ins, looked(2, 6)).position.on_hold


def test_a_day_that_is_filled_in_after_the_release_stays_unlooked_at_however_the_next_day_was(
    knowledge: Knowledge,
) -> None:
    check_ins = [told(1, symptoms=CAUDA, recorded=5), told(2, symptoms=CLOT, recorded=2)]
    assert after(knowledge, check_ins, looked(2, 4)).position.on_hold


def test_answers_of_a_recheck_after_the_release_set_the_hold_again(knowledge: Knowledge) -> None:
    assert after(knowledge, [told(0), told(3, answers=BLADDER, recorded=4)], looked(3, 3)).position.on_hold
    assert not after(knowledge, [told(0), told(3, answers=BLADDER, recorded=4)], looked(3, 5)).position.on_hold


def test_answers_that_come_in_after_the_release_of_a_hold_that_was_there_are_not_looked_at(
    knowledge: Knowledge,
) -> None:
    check_ins = [told(1, symptoms=CLOT, recorded=2), told(3, answers=BLADDER, recorded=6), told(4, recorded=3)]
    assert after(knowledge, check_ins, looked(4, 5)).position.on_hold
    assert not after(knowledge, check_ins, looked(4, 7)).position.on_hold


def test_answers_of_an_unknown_moment_leave_a_hold_as_it_was(knowledge: Knowledge) -> None:
    hold = Hold(since=on(1), referral=None)
    assert hold.asked_again(told(2)) == hold
    assert replace(hold, recorded=3).asked_again(told(2)).recorded == 3


def test_on_the_day_of_a_sign_nothing_moves_on_although_somebody_looked(knowledge: Knowledge) -> None:
    calm = [told(n, done=(did(),) if n in (1, 3) else (), recorded=n + 1) for n in range(4)]
    usual = after(knowledge, [*calm, told(4, recorded=5)])
    assert rules_on(usual, 4, STRENGTH) == ["two_good"]
    replay = after(knowledge, [*calm, told(4, symptoms=CLOT, recorded=5)], looked(4, 6))
    assert not replay.position.on_hold
    assert {one.action for one in replay.progress(on(4)).decisions if one.date == on(4)} == {"refer", "hold"}


def test_the_day_after_goes_on_as_usual(knowledge: Knowledge) -> None:
    calm = [told(n, done=(did(),) if n in (1, 3) else (), recorded=n + 1) for n in range(4)]
    days = [*calm, told(4, symptoms=CLOT, recorded=5), told(5, done=(did(),), recorded=7), told(6, recorded=8)]
    assert decided(after(knowledge, days, looked(4, 6)), "two_good")


# --- in words -------------------------------------------------------------------------------------------------------


@pytest.fixture
def released(knowledge: Knowledge) -> Progress:
    return after(knowledge, [told(0), told(1, symptoms=CLOT, recorded=2)], looked(1, 3)).progress(on(1))


def test_who_was_released_reads_that_and_no_longer_that_somebody_must_look(
    knowledge: Knowledge, released: Progress
) -> None:
    report = write_progress(released, knowledge, "en")
    assert report.tone == "plain"
    assert report.headline.startswith("Your physiotherapist or doctor has looked")
    told_now = next(one for one in report.sections if one.id == "now")
    assert not any("Stop exercising" in one.text for one in told_now.lines)
    earlier = next(one for one in report.sections if one.id == "earlier")
    assert any("Warning sign" in one.text for one in earlier.lines), "it stays on record"


def test_until_then_it_says_to_have_it_seen(knowledge: Knowledge) -> None:
    progress = after(knowledge, [told(0), told(1, symptoms=CLOT, recorded=2)]).progress(on(1))
    assert isinstance(progress.referral, Referral)
    assert write_progress(progress, knowledge, "en").tone == "act"
