from datetime import timedelta
from typing import Any

import pytest

from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Contributor, Judgement, Measurement
from herstel.errors import InputError
from tests.unit.chain.people import CHAIN, DAY, KNOWLEDGE, assessed, both, measured

WEAK_CORE = both("side_plank", 20, 90)
WEAK_HAMSTRING = (measured("outer_range_ratio", 0.6),)


def ranked(*measurements: Measurement, judgements: tuple[Judgement, ...] = (), **said: Any) -> dict[str, Contributor]:
    chain = analyse_chain(assessed(**said), measurements, KNOWLEDGE, judgements=judgements)
    return {one.id: one for one in chain.contributors}


def judge(contributor: str, verdict: Any, days: int = 0) -> Judgement:
    return Judgement(contributor=contributor, verdict=verdict, reason="seen in the clinic", date=DAY + timedelta(days))


def test_nothing_measured_and_nothing_told_gives_no_hypothesis() -> None:
    assert ranked() == {}


def test_a_deviating_link_is_a_hypothesis_with_its_results_targets_grade_and_sources() -> None:
    one = ranked(*WEAK_CORE)["core"]
    assert (one.link, one.side, one.grade, one.sources) == (
        "core",
        "left",
        "weak",
        ("schuermans-2017", "chain-dossier"),
    )
    assert [result.test for result in one.results] == ["side_plank"]
    assert "core" in one.targets
    assert one.judgement is None
    assert one.counts


def test_the_hamstring_itself_always_comes_before_the_rest_of_the_chain() -> None:
    worst_chain = (*WEAK_CORE, *both("knee_to_wall", 0, 14))
    found = ranked(*worst_chain, *both("straight_leg_raise", 68, 76))
    assert next(iter(found)) == "hamstring"
    assert all(found[link].weight <= found["hamstring"].weight for link in ("core", "ankle_foot"))


def test_no_other_link_outweighs_a_hamstring_that_only_a_weakly_supported_test_found() -> None:
    found = ranked(*both("single_leg_bridge", 19, 20), *both("knee_to_wall", 0, 14))
    assert found["ankle_foot"].weight == found["hamstring"].weight
    assert list(found) == ["hamstring", "ankle_foot"]


def test_a_finding_on_the_other_side_only_weighs_less_and_names_that_side() -> None:
    here, there = ranked(*WEAK_CORE)["core"], ranked(*both("side_plank", 90, 20))["core"]
    assert there.side == "right"
    assert there.weight < here.weight


def test_both_sides_or_no_sides_name_the_injured_side_or_none() -> None:
    assert ranked(*both("side_plank", 20, 20))["core"].side == "left"
    assert ranked(*both("side_plank", 20, 20), places=frozenset())["core"].side is None
    assert ranked(measured("front_plank", 10))["core"].side is None
    assert ranked(*WEAK_HAMSTRING)["hamstring"].side == "left"


def test_the_story_implies_hypotheses_of_its_own() -> None:
    told = {"previous_hamstring_injury": True, "previous_injury_rehabilitated": False, "recurrent_same_leg": True}
    found = ranked(findings=told)
    assert list(found) == ["recurrence_same_leg", "previous_injury", "earlier_recovery_not_finished"]
    assert [one.modifiable for one in found.values()] == [True, False, True]
    assert "previous_injury" not in ranked(findings={"previous_hamstring_injury": False})


def test_stiffness_counts_only_once_it_stays() -> None:
    stiff = {"morning_or_start_up_stiffness": True}
    assert "morning_stiffness_stays" in ranked(findings=stiff, days_since_onset=20)
    assert "morning_stiffness_stays" not in ranked(findings=stiff, days_since_onset=3)
    assert "morning_stiffness_stays" not in ranked(findings=stiff, days_since_onset=None)


@pytest.mark.parametrize(
    ("finding", "implication"),
    [
        ("mech_overstretch_slip_waterski", "stretch_injury"),
        ("mech_overuse_load_increase", "load_jump"),
        ("mech_sprint", "sprint_injury"),
    ],
)
def test_how_it_began_implies_something(finding: str, implication: str) -> None:
    assert implication in ranked(findings={finding: True})


def test_a_rejected_hypothesis_stays_visible_at_the_end_and_does_not_count() -> None:
    found = ranked(*WEAK_CORE, *WEAK_HAMSTRING, judgements=(judge("hamstring", "rejected"),))
    assert list(found) == ["core", "hamstring"]
    assert not found["hamstring"].counts
    assert found["hamstring"].judgement is not None
    assert found["hamstring"].judgement.reason == "seen in the clinic"


def test_the_last_judgement_by_date_decides() -> None:
    both_ways = (judge("core", "confirmed", 2), judge("core", "rejected", 1))
    assert ranked(*WEAK_CORE, judgements=both_ways)["core"].counts


def test_what_a_therapist_found_counts_without_a_test() -> None:
    found = ranked(judgements=(judge("glute_max", "confirmed"), judge("load_jump", "confirmed")))
    assert set(found) == {"glute_max", "load_jump"}
    assert found["glute_max"].weight == CHAIN.rules.grade_weights["weak"] * CHAIN.rules.least_size
    assert found["glute_max"].targets == ("glute_max",)


def test_what_a_therapist_ruled_out_weighs_nothing() -> None:
    found = ranked(judgements=(judge("glute_max", "rejected"), judge("load_jump", "rejected")))
    assert [one.weight for one in found.values()] == [0, 0]
    assert not any(one.counts for one in found.values())


def test_a_judgement_about_nothing_that_exists_is_refused() -> None:
    with pytest.raises(InputError, match="no link or implication 'psoas'"):
        ranked(judgements=(judge("psoas", "confirmed"),))
