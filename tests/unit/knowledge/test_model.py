from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import (
    AGE_BANDS,
    GROUPS,
    ClinicianTest,
    Cluster,
    Finding,
    Knowledge,
    Option,
    Question,
    RedFlag,
    age_band,
    urgency_rank,
)
from herstel.text import Text

WORDS = Text(nl="woorden", en="words")


@pytest.mark.parametrize(
    ("age_years", "band"),
    [
        (10, "10-17"),
        (17.9, "10-17"),
        (18, "18-39"),
        (39, "18-39"),
        (40, "40-64"),
        (64.5, "40-64"),
        (65, "65+"),
        (110, "65+"),
    ],
)
def test_an_age_falls_in_the_band_that_begins_at_or_before_it(age_years: float, band: str) -> None:
    assert age_band(age_years) == band


@given(st.floats(10, 110), st.floats(10, 110))
def test_an_older_person_is_never_in_a_younger_band(one: float, other: float) -> None:
    younger, older = sorted((one, other))
    assert AGE_BANDS.index(age_band(younger)) <= AGE_BANDS.index(age_band(older))


def test_urgencies_are_ranked_from_self_care_to_emergency() -> None:
    assert [urgency_rank(level) for level in URGENCY_LEVELS] == [0, 1, 2, 3, 4]
    assert (URGENCY_LEVELS[0], URGENCY_LEVELS[-1]) == ("self_care", "emergency")


@pytest.mark.parametrize("temper", [0, -0.5, 1.01])
def test_a_cluster_tempers_but_never_silences_or_strengthens(temper: float) -> None:
    with pytest.raises(ValueError, match="temper is between 0 and 1"):
        Cluster(id="moment", name=WORDS, temper=temper, basis="elicited", source="us")


@pytest.mark.parametrize(("kind", "cluster"), [("matrix", None), ("safety", "moment"), ("context", "moment")])
def test_a_matrix_finding_belongs_to_a_cluster_and_no_other_finding_does(kind: Any, cluster: str | None) -> None:
    with pytest.raises(ValueError, match="a matrix finding names its cluster, and no other finding has one"):
        Finding(id="limp", name=WORDS, kind=kind, cluster=cluster)


def clinician_test(**changes: Any) -> ClinicianTest:
    return ClinicianTest(
        id="slump",
        name=WORDS,
        how=WORDS,
        targets=("lumbar_radiculopathy",),
        use_reason=WORDS,
        family=None,
        sample="",
        basis="published",
        source="us",
        **changes,
    )


@pytest.mark.parametrize(
    ("name", "share"), [("sensitivity", 84), ("sens_low", -0.1), ("spec_high", 1.2), ("specificity", float("nan"))]
)
def test_accuracy_is_a_proportion_not_a_percentage(name: str, share: float) -> None:
    with pytest.raises(ValueError, match=f"{name} is a proportion from 0 to 1"):
        clinician_test(**{name: share})


@pytest.mark.parametrize("ratio", [0.9, 5.1])
def test_a_positive_test_counts_for_its_target_and_at_most_five_times(ratio: float) -> None:
    with pytest.raises(ValueError, match="use_positive lies between 1 and the cap of 5"):
        clinician_test(use_positive=ratio)


@pytest.mark.parametrize("ratio", [0.19, 1.1])
def test_a_negative_test_counts_against_its_target_and_at_most_five_times(ratio: float) -> None:
    with pytest.raises(ValueError, match=r"use_negative lies between the floor of 0\.2 and 1"):
        clinician_test(use_negative=ratio)


def test_a_test_may_lack_figures() -> None:
    assert clinician_test().sensitivity is None
    assert clinician_test(sensitivity=0.84, use_positive=5, use_negative=0.2).use_positive == 5


@pytest.mark.parametrize("ladder", [{"dancing": 1}, {"walking": 4}, {"walking": -1}], ids=str)
def test_an_answer_can_only_be_graded_on_the_ladder(ladder: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="is not on the ladder"):
        Option(id="cannot", label=WORDS, ladder=ladder)


def test_an_answer_can_only_say_facts_about_the_person_that_are_known() -> None:
    with pytest.raises(ValueError, match="'sexe' is not a fact about a person; use one of sex, sport, level, context"):
        Option(id="female", label=WORDS, facts={"sexe": "female"})


YES = Option(id="yes", label=WORDS)
ASKED: dict[str, Any] = {"id": "pop", "block": "start", "text": WORDS, "summary": WORDS}


@pytest.mark.parametrize("options", [(), (YES, YES)], ids=["none", "the same twice"])
def test_a_choice_needs_options_that_can_be_told_apart(options: tuple[Option, ...]) -> None:
    with pytest.raises(ValueError, match="needs options, each with its own id"):
        Question(**ASKED, kind="single", options=options)


@pytest.mark.parametrize(
    "changes", [{"fact": None}, {"min": None}, {"max": None}, {"min": 10, "max": 10}, {"min": 11}], ids=str
)
def test_a_number_needs_the_fact_it_is_and_its_bounds(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a number needs the fact it is, and a min below its max"):
        Question(**{**ASKED, "kind": "number", "fact": "pain_nrs", "min": 0, "max": 10, **changes})


def test_an_option_is_found_by_its_id() -> None:
    question = Question(**ASKED, kind="single", options=(YES,))
    assert question.option("yes") is YES
    assert question.option("maybe") is None


@pytest.mark.parametrize("changes", [{"level": None}, {"raise_one_level": True}], ids=str)
def test_a_red_flag_asks_for_a_level_or_raises_one_never_both_or_neither(
    knowledge: Knowledge, changes: dict[str, Any]
) -> None:
    flag: RedFlag = knowledge.red_flags["cauda_equina"]
    with pytest.raises(ValueError, match="needs either a level or raise_one_level: true"):
        replace(flag, **changes)


def test_every_matrix_finding_is_listed_and_no_other(knowledge: Knowledge) -> None:
    kinds = {knowledge.findings[finding].kind for finding in knowledge.matrix_findings}
    assert kinds == {"matrix"}
    assert len(knowledge.matrix_findings) == 69


def test_exclusive_groups_do_not_overlap(knowledge: Knowledge) -> None:
    members = [member for group in GROUPS for member in knowledge.group_members(group)]
    assert len(members) == len(set(members))
    assert knowledge.group_members("onset") == ("onset_sudden", "onset_gradual", "onset_delayed_12_72h")


@pytest.mark.parametrize("rate", [0, 1, -0.1])
def test_an_assumed_rate_is_a_proportion(rate: float) -> None:
    with pytest.raises(ValueError, match="assumed_rate is a proportion"):
        Finding(id="x", name=Text(nl="x", en="x"), kind="safety", assumed_rate=rate)
