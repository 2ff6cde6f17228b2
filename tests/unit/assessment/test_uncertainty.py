from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from herstel.assessment.assess import assess, interval, probabilities
from herstel.assessment.matrix import compiled
from herstel.assessment.result import Assessment, Referral
from herstel.assessment.uncertainty import DEFAULT_DRAWS, Draws, logit, prior_spread
from herstel.complaint.model import Complaint
from herstel.knowledge.model import AGE_BANDS, Knowledge

SPRINTER = Complaint(
    age_years=25,
    days_since_onset=3,
    findings={
        "onset_sudden": True,
        "mech_sprint": True,
        "loc_middle_third": True,
        "forced_to_stop_within_5min": True,
        "limp": True,
        "pop_heard_felt": False,
        "both_legs_similar": False,
        "statin_use": False,
    },
)


def drawn(complaint: Complaint, draws: Draws) -> NDArray[np.float32]:
    return draws.posterior(draws.matrix.encode(complaint), complaint.context, "18-39")


def assessed(complaint: Complaint, knowledge: Knowledge, draws: Draws | None = None) -> Assessment:
    result = assess(complaint, knowledge, draws=draws)
    return result.assessment if isinstance(result, Referral) else result


def test_the_interval_holds_the_estimate(knowledge: Knowledge) -> None:
    for complaint in (Complaint(), SPRINTER, Complaint(findings={"dark_urine": True})):
        for one in assessed(complaint, knowledge).differential:
            assert 0 <= one.low <= one.probability <= one.high <= 1


def test_the_draws_lie_around_the_estimate_of_the_likely_conditions(knowledge: Knowledge) -> None:
    estimate = probabilities(SPRINTER, knowledge)[0]
    low, high = interval(drawn(SPRINTER, Draws(compiled(knowledge))))
    likely = estimate > 0.05
    assert likely.sum() >= 2
    assert (low[likely] < estimate[likely]).all()
    assert (estimate[likely] < high[likely]).all()


def test_the_intervals_come_from_at_least_a_thousand_draws(knowledge: Knowledge) -> None:
    assert DEFAULT_DRAWS >= 1000
    assert assessed(SPRINTER, knowledge).draws == DEFAULT_DRAWS


def test_nine_of_ten_draws_lie_within_the_interval() -> None:
    values = np.random.default_rng(2).random((1000, 3), dtype=np.float32)
    low, high = interval(values)
    inside = ((values >= low) & (values <= high)).mean(axis=0)
    assert inside == pytest.approx(np.full(3, 0.9), abs=0.005)


def test_the_same_seed_gives_the_same_draws(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    first, again, other = (drawn(SPRINTER, Draws(matrix, count=30, seed=seed)) for seed in (5, 5, 6))
    assert (first == again).all()
    assert not np.allclose(first, other)


def test_draws_are_kept_so_that_one_answer_more_is_compared_on_the_same_draws(knowledge: Knowledge) -> None:
    draws = Draws(compiled(knowledge), count=30)
    alone = drawn(SPRINTER, draws)
    drawn(replace(SPRINTER, findings={**SPRINTER.findings, "rest_pain": True}), draws)
    assert (drawn(SPRINTER, draws) == alone).all()


def test_without_ranges_every_draw_is_the_estimate(knowledge: Knowledge) -> None:
    certain = replace(
        knowledge,
        likelihoods={
            key: replace(cell, low=cell.value, high=cell.value) for key, cell in knowledge.likelihoods.items()
        },
        priors={
            key: {condition: replace(one, low=one.value, high=one.value) for condition, one in priors.items()}
            for key, priors in knowledge.priors.items()
        },
    )
    rows = drawn(SPRINTER, Draws(compiled(certain), count=4))
    assert rows == pytest.approx(np.stack([probabilities(SPRINTER, certain)[0]] * 4), abs=2e-4)


def test_wider_ranges_give_wider_intervals(knowledge: Knowledge) -> None:
    unsure = replace(
        knowledge,
        likelihoods={
            key: replace(cell, low=cell.low / 2, high=(1 + cell.high) / 2)
            for key, cell in knowledge.likelihoods.items()
        },
    )
    (low, high), (lower, higher) = (interval(drawn(SPRINTER, Draws(compiled(one)))) for one in (knowledge, unsure))
    likely = probabilities(SPRINTER, knowledge)[0] > 0.1
    assert (higher - lower)[likely].min() > (high - low)[likely].min()


def test_an_examination_counts_in_every_draw(knowledge: Knowledge) -> None:
    examined = replace(SPRINTER, examination={"sacroiliac_provocation_three": True})
    before = assessed(SPRINTER, knowledge).likelihood("sij_referred")
    after = assessed(examined, knowledge).likelihood("sij_referred")
    assert (after.low, after.high) > (before.low, before.high)


def test_a_group_of_which_everything_is_denied_leaves_the_draws_alone(knowledge: Knowledge) -> None:
    draws = Draws(compiled(knowledge), count=20)
    denied = Complaint(findings=dict.fromkeys(knowledge.group_members("onset"), False))
    assert drawn(denied, draws) == pytest.approx(drawn(Complaint(), draws), abs=1e-6)


def test_an_age_driven_finding_is_not_drawn(knowledge: Knowledge) -> None:
    draws = Draws(compiled(knowledge), count=20)
    before, after = drawn(Complaint(), draws), drawn(Complaint(findings={"statin_use": True}), draws)
    ratio = (after / before)[:, [list(knowledge.conditions).index(one) for one in ("doms", "strain_grade1")]]
    assert ratio[:, 0] == pytest.approx(ratio[:, 1], rel=1e-3)


def test_an_unknown_age_is_as_uncertain_as_the_widest_age(knowledge: Knowledge) -> None:
    matrix = compiled(knowledge)
    widest = np.max([prior_spread(matrix, "gp_practice", band) for band in AGE_BANDS], axis=0)
    assert (prior_spread(matrix, "gp_practice", None) == widest).all()


def test_log_odds_are_zero_at_one_half() -> None:
    assert logit(0.5) == 0
    assert logit(np.array([0.1, 0.9])).sum() == pytest.approx(0)
