from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from herstel.assessment.matrix import compiled
from herstel.assessment.red_flags import Screening, screen
from herstel.assessment.result import UrgencyDecision
from herstel.assessment.urgency import (
    LEAN_SHARE,
    combinations_of_signs,
    decide_urgency,
    evidence_for_urgency,
    final_rank,
    likeliest_by_rank,
    rank_by_probability,
    see_at,
)
from herstel.complaint.model import Complaint
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.model import Knowledge, urgency_rank

CALM = Screening(fired=(), open=())


def chances(knowledge: Knowledge, **share: float) -> NDArray[np.float64]:
    """These probabilities; ordinary soreness takes the rest."""
    values = dict.fromkeys(knowledge.conditions, 0.0) | share
    values["doms"] += 1 - sum(share.values())
    return np.array(list(values.values()))


def decided(
    knowledge: Knowledge, probability: NDArray[np.float64], *, more_urgent: float = 0.0, flags: Screening = CALM
) -> UrgencyDecision:
    """Decide with a thousand draws of which a share asks for an emergency and the others agree with the estimate."""
    drawn = np.stack([probability] * 1000)
    drawn[: round(1000 * more_urgent)] = chances(knowledge, cauda_equina=0.5)
    return decide_urgency(probability[None, :], drawn, flags, knowledge)


def seen_by(knowledge: Knowledge, level: Urgency, flags: Screening = CALM, **share: float) -> str:
    (likeliest,) = likeliest_by_rank(chances(knowledge, **share)[None, :], knowledge)
    return see_at(urgency_rank(level), flags, likeliest, knowledge)


def flagged(knowledge: Knowledge, *findings: str) -> Screening:
    return screen(Complaint(findings=dict.fromkeys(findings, True)).facts(), knowledge)


@pytest.mark.parametrize(
    ("share", "level"),
    [
        ({}, "self_care"),
        ({"strain_grade1": 0.39}, "self_care"),
        ({"strain_grade1": 0.41}, "physio"),
        ({"proximal_avulsion": 0.29}, "self_care"),
        ({"proximal_avulsion": 0.31}, "gp_week"),
        ({"proximal_avulsion": 0.16, "tumour": 0.15}, "gp_week"),
        ({"dvt": 0.14}, "self_care"),
        ({"dvt": 0.16}, "same_day"),
        ({"cauda_equina": 0.09}, "self_care"),
        ({"cauda_equina": 0.11}, "emergency"),
        ({"cauda_equina": 0.09, "dvt": 0.07}, "same_day"),
    ],
)
def test_a_level_is_asked_for_when_what_is_that_urgent_reaches_its_threshold(
    knowledge: Knowledge, share: dict[str, float], level: str
) -> None:
    assert decided(knowledge, chances(knowledge, **share)).level == level


def test_many_complaints_are_ranked_as_each_by_itself(knowledge: Knowledge) -> None:
    rows = np.stack([chances(knowledge), chances(knowledge, dvt=0.2), chances(knowledge, strain_grade2=0.9)])
    assert rank_by_probability(rows, knowledge).tolist() == [0, 3, 1]


def test_advice_that_is_not_robust_leans_to_the_safer_side(knowledge: Knowledge) -> None:
    calm = chances(knowledge)
    sure = decided(knowledge, calm, more_urgent=LEAN_SHARE - 0.02)
    leaning = decided(knowledge, calm, more_urgent=LEAN_SHARE + 0.02)
    assert (sure.level, sure.leaned) == ("self_care", False)
    assert (leaning.level, leaning.leaned, leaning.by_probability) == ("emergency", True, "self_care")
    assert not leaning.robust


def test_draws_never_make_the_advice_less_urgent(knowledge: Knowledge) -> None:
    probability = chances(knowledge, dvt=0.2)
    drawn = np.stack([chances(knowledge)] * 100)
    assert decide_urgency(probability[None, :], drawn, CALM, knowledge).level == "same_day"


def test_the_share_of_draws_with_the_same_urgency_is_told(knowledge: Knowledge) -> None:
    assert decided(knowledge, chances(knowledge), more_urgent=0.1).share_same == pytest.approx(0.9)
    assert decided(knowledge, chances(knowledge), more_urgent=0.4).share_same == pytest.approx(0.4)
    assert decided(knowledge, chances(knowledge)).robust
    assert not decided(knowledge, chances(knowledge), more_urgent=0.21).robust


def test_a_red_flag_decides_whatever_the_probabilities(knowledge: Knowledge) -> None:
    decision = decided(knowledge, chances(knowledge), flags=flagged(knowledge, "dark_urine"))
    assert (decision.level, decision.by_probability) == ("emergency", "self_care")
    assert decision.decided_by == ("dark_urine",)
    assert decision.see == "seh"
    assert not decision.leaned
    assert decision.share_same == 1


def test_a_red_flag_does_not_lower_what_the_probabilities_ask_for(knowledge: Knowledge) -> None:
    decision = decided(
        knowledge, chances(knowledge, cauda_equina=0.3), flags=flagged(knowledge, "no_progress_after_treatment")
    )
    assert decision.level == "emergency"
    assert decision.decided_by == ()


@pytest.mark.parametrize(
    ("share", "level", "raised"),
    [
        ({}, "physio", True),
        ({"strain_grade1": 0.9}, "gp_week", True),
        ({"proximal_avulsion": 0.5}, "gp_week", False),
        ({"dvt": 0.5}, "same_day", False),
    ],
)
def test_worry_raises_the_milder_levels_by_one(
    knowledge: Knowledge, share: dict[str, float], level: str, raised: bool
) -> None:
    decision = decided(knowledge, chances(knowledge, **share), flags=flagged(knowledge, "not_at_ease"))
    assert decision.level == level
    assert decision.raised_by == (("not_at_ease",) if raised else ())


def test_two_reasons_to_raise_raise_once(knowledge: Knowledge) -> None:
    decision = decided(knowledge, chances(knowledge), flags=flagged(knowledge, "not_at_ease", "severe_pain"))
    assert decision.level == "physio"
    assert set(decision.raised_by) == {"not_at_ease", "severe_pain"}


def test_the_final_rank_of_many_draws_is_that_of_each(knowledge: Knowledge) -> None:
    ranks = np.array([0, 1, 2, 3, 4])
    assert final_rank(ranks, CALM).tolist() == [0, 1, 2, 3, 4]
    assert final_rank(ranks, flagged(knowledge, "not_at_ease")).tolist() == [1, 2, 2, 3, 4]
    assert final_rank(ranks, flagged(knowledge, "fever_or_unwell")).tolist() == [3, 3, 3, 3, 4]


@pytest.mark.parametrize(
    ("share", "level", "see"),
    [
        ({"strain_grade2": 0.9}, "physio", "fysiotherapeut"),
        ({"lumbar_radiculopathy": 0.9}, "physio", "fysiotherapeut"),
        ({"distal_tendon_injury": 0.9}, "gp_week", "sportarts"),
        ({"dvt": 0.9}, "same_day", "huisarts"),
        ({"cauda_equina": 0.9}, "emergency", "seh"),
        ({}, "self_care", "niemand"),
        ({"functional_tightness": 0.9}, "self_care", "niemand"),
    ],
)
def test_whom_to_see_follows_the_likeliest_condition_of_that_urgency(
    knowledge: Knowledge, share: dict[str, float], level: Urgency, see: str
) -> None:
    assert seen_by(knowledge, level, **share) == see


def test_whom_to_see_is_said_by_the_deciding_red_flag(knowledge: Knowledge) -> None:
    flags = flagged(knowledge, "cold_pale_blue_leg")
    assert seen_by(knowledge, "emergency", flags) == "ambulance"


def test_a_level_that_no_condition_has_is_seen_as_the_level_says(knowledge: Knowledge) -> None:
    none_that_urgent = replace(
        knowledge,
        conditions={
            name: replace(one, urgency="gp_week") if one.urgency == "same_day" else one
            for name, one in knowledge.conditions.items()
        },
    )
    assert seen_by(none_that_urgent, "same_day") == "huisarts"


def test_warning_signs_take_no_urgency_away_from_each_other(knowledge: Knowledge) -> None:
    """The rows: no warning sign, and every combination of those that are there; the most urgent counts."""
    matrix = compiled(knowledge)
    codes = matrix.encode(
        Complaint(findings={"limp": True, "palpable_gap": True, "calf_swelling": True, "dark_urine": False})
    )
    rows = combinations_of_signs(codes, knowledge)
    told = {tuple(matrix.findings[i] for i in np.flatnonzero(row)) for row in rows}
    assert told == {
        ("limp",),
        ("limp", "palpable_gap"),
        ("limp", "calf_swelling"),
        ("limp", "palpable_gap", "calf_swelling"),
    }
    assert (rows[0] == evidence_for_urgency(codes, knowledge)).all()
    shares = np.stack([chances(knowledge), chances(knowledge, dvt=0.5), chances(knowledge, strain_grade1=0.9)])
    decision = decide_urgency(shares, np.stack([chances(knowledge)] * 10), CALM, knowledge)
    assert (decision.level, decision.by_probability) == ("same_day", "same_day")


def test_worry_raises_what_a_red_flag_asks_for_too(knowledge: Knowledge) -> None:
    complaint = Complaint(
        findings={"onset_delayed_12_72h": True, "severe_pain": True}, days_since_onset=10, age_years=30
    )
    flags = screen(complaint.facts(), knowledge)
    assert "soreness_too_long" in {flag.id for flag in flags.fired}
    assert decided(knowledge, chances(knowledge), flags=flags).level == "gp_week"
