import numpy as np
import pytest

from herstel.assessment.assess import default_draws, probabilities
from herstel.assessment.matrix import compiled
from herstel.assessment.nature import drawn_natures, injury_type, judge_nature
from herstel.assessment.result import NatureJudgement
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge

SORE = Complaint(
    days_since_onset=2,
    findings={
        "onset_delayed_12_72h": True,
        "mech_unaccustomed_exercise": True,
        "both_legs_similar": True,
        "tender_one_spot": False,
    },
)
TORN = Complaint(findings={"onset_sudden": True, "mech_sprint": True, "forced_to_stop_within_5min": True})


def judged(complaint: Complaint, knowledge: Knowledge) -> NatureJudgement:
    return judge_nature(probabilities(complaint, knowledge)[0], complaint, knowledge)


def test_gradual_and_in_both_legs_after_unusual_effort_is_soreness(knowledge: Knowledge) -> None:
    assert judged(SORE, knowledge).verdict == "soreness"


def test_sudden_and_forced_to_stop_is_an_injury(knowledge: Knowledge) -> None:
    assert judged(TORN, knowledge).verdict == "injury"


def test_without_half_of_the_probability_there_is_no_verdict(knowledge: Knowledge) -> None:
    vague = Complaint(findings={"onset_gradual": True, "morning_or_start_up_stiffness": True})
    judgement = judged(vague, knowledge)
    assert max(judgement.probabilities.values()) < 0.5
    assert judgement.verdict is None


def test_a_prior_alone_is_no_verdict(knowledge: Knowledge) -> None:
    at_a_club = Complaint(context="sports_club", age_years=25)
    judgement = judged(at_a_club, knowledge)
    assert max(judgement.probabilities.values()) > 0.5
    assert judgement.verdict is None


def test_each_criterion_is_met_or_not_or_unknown(knowledge: Knowledge) -> None:
    met = {one.criterion: one.met for one in judged(TORN, knowledge).criteria}
    assert list(met) == [one.id for one in knowledge.advice.soreness]
    assert met["came_suddenly"] is True
    assert met["pop"] is None
    assert {one.criterion: one.met for one in judged(SORE, knowledge).criteria}["came_suddenly"] is None


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        ("mech_overstretch_slip_waterski", "stretch"),
        ("mech_sprint", "sprint"),
        ("mech_kick", "kick"),
        ("mech_direct_blow", "blow"),
        ("mech_unaccustomed_exercise", "effort"),
        ("mech_overuse_load_increase", "overuse"),
        ("mech_lift_bend_twist", "lifting"),
        ("mech_none", "none"),
        ("limp", "unknown"),
    ],
)
def test_the_type_of_injury_follows_from_the_mechanism(finding: str, expected: str) -> None:
    assert injury_type(Complaint(findings={finding: True})) == expected
    assert injury_type(Complaint(findings={finding: False})) == "unknown"


def test_the_draws_are_about_the_same_natures_as_the_judgement(knowledge: Knowledge) -> None:
    drawn = default_draws(knowledge).posterior(compiled(knowledge).encode(TORN), TORN.context, None)
    natures = drawn_natures(drawn, knowledge)
    expected = judged(TORN, knowledge).probabilities
    assert natures.sum(axis=1) == pytest.approx(np.ones(len(drawn)), abs=1e-5)
    assert np.median(natures, axis=0) == pytest.approx(list(expected.values()), abs=0.05)
