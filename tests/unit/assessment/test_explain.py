import numpy as np
import pytest

from herstel.assessment.assess import probabilities
from herstel.assessment.explain import reasons
from herstel.complaint.model import Complaint
from herstel.knowledge.model import Knowledge

SPRINTER = Complaint(
    age_years=28,
    days_since_onset=4,
    findings={
        "onset_sudden": True,
        "mech_sprint": True,
        "forced_to_stop_within_5min": True,
        "both_legs_similar": False,
        "bruise_visible_by_day5": True,
        "severe_pain": False,
        "statin_use": False,
    },
)


def test_the_strongest_reason_comes_first(knowledge: Knowledge) -> None:
    weights = [abs(reason.log_weight) for reason in reasons(SPRINTER, "strain_grade2", knowledge)]
    assert weights == sorted(weights, reverse=True)


def test_the_reasons_together_are_the_whole_difference_between_two_conditions(knowledge: Knowledge) -> None:
    posterior, prior = probabilities(SPRINTER, knowledge)
    columns = [list(knowledge.conditions).index(condition) for condition in ("strain_grade2", "doms")]
    told = [
        sum(reason.log_weight for reason in reasons(SPRINTER, condition, knowledge))
        for condition in ("strain_grade2", "doms")
    ]
    strain, soreness = np.log(posterior[columns] / prior[columns])
    assert told[0] - told[1] == pytest.approx(strain - soreness, abs=1e-4)


def test_a_reason_says_what_was_found_and_from_which_source(knowledge: Knowledge) -> None:
    sprint = next(one for one in reasons(SPRINTER, "strain_grade2", knowledge) if one.findings == ("mech_sprint",))
    against_soreness = next(one for one in reasons(SPRINTER, "doms", knowledge) if one.findings == ("mech_sprint",))
    assert sprint.present
    assert sprint.log_weight > 0 > against_soreness.log_weight
    assert sprint.cells == (knowledge.likelihoods["mech_sprint", "strain_grade2"],)
    assert set(sprint.cells[0].sources) <= set(knowledge.sources)


def test_what_is_absent_is_a_reason_as_well(knowledge: Knowledge) -> None:
    one_leg = next(one for one in reasons(SPRINTER, "doms", knowledge) if one.findings == ("both_legs_similar",))
    assert not one_leg.present
    assert one_leg.log_weight < 0


def test_only_what_the_matrix_holds_and_what_is_known_gives_a_reason(knowledge: Knowledge) -> None:
    named = {finding for reason in reasons(SPRINTER, "doms", knowledge) for finding in reason.findings}
    assert named == set(SPRINTER.findings) - {"severe_pain"}
    assert reasons(Complaint(), "doms", knowledge) == ()


def test_one_of_several_places_is_one_reason(knowledge: Knowledge) -> None:
    complaint = Complaint(findings={"loc_sit_bone": True, "loc_buttock": True})
    (where,) = reasons(complaint, "proximal_tendinopathy", knowledge)
    assert set(where.findings) == {"loc_sit_bone", "loc_buttock"}
    assert len(where.cells) == 2


def test_a_group_of_which_everything_is_denied_gives_no_reason(knowledge: Knowledge) -> None:
    denied = Complaint(findings=dict.fromkeys(knowledge.group_members("onset"), False))
    assert reasons(denied, "doms", knowledge) == ()
