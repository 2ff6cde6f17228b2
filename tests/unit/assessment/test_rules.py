import gc
from dataclasses import dataclass, replace
from weakref import ref

import numpy as np
import pytest

from herstel.assessment.imaging import imaging_rules
from herstel.assessment.rules import RuleSet, Truths, once_per_knowledge, what_changed
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.criterion import Criterion, read_criterion
from herstel.knowledge.model import Knowledge


@dataclass(frozen=True)
class Rule:
    when: Criterion


RULES = RuleSet(
    [
        Rule(read_criterion("limp")),
        Rule(read_criterion({"all": [{"age": {"min": 40}}, {"place": "calf"}]})),
        Rule(read_criterion({"any": [{"ladder": {"walking": 2}}, {"known": "rest_pain"}]})),
        Rule(read_criterion({"likely": {"conditions": ["dvt"], "at_least": 0.3}})),
    ]
)


def test_a_rule_set_knows_what_each_rule_asks() -> None:
    assert list(map(set, RULES.asks)) == [{"limp"}, {"age", "place"}, {"ladder", "rest_pain"}, {"likely dvt 0.3"}]


def test_only_rules_that_hold_are_kept_and_in_order() -> None:
    truths = RULES.truths(Complaint(findings={"limp": True, "rest_pain": False}).facts())
    assert truths == [True, None, True, None]
    assert RULES.holding(truths) == (RULES.rules[0], RULES.rules[2])


def test_a_rule_that_does_not_ask_for_what_changed_is_not_tried_again() -> None:
    stale: Truths = [False, False, False, False]
    facts = Complaint(findings={"limp": True}, age_years=50, places=frozenset({Place("left", "calf")})).facts()
    assert RULES.truths_after(stale, frozenset({"limp"}), facts) == [True, False, False, False]
    assert RULES.truths_after(stale, frozenset({"age"}), facts) == [False, True, False, False]
    assert RULES.truths_after(stale, frozenset({"pain"}), facts) == stale


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (Complaint(), set()),
        (Complaint(findings={"limp": True}), {"limp"}),
        (Complaint(findings={"limp": False}), {"limp"}),
        (Complaint(places=frozenset({Place("left", "calf")})), {"place", "places"}),
        (Complaint(ladder={"walking": 1}), {"ladder"}),
        (Complaint(level="professional"), {"level"}),
        (Complaint(age_years=20), {"age"}),
        (Complaint(days_since_onset=0), {"days"}),
        (Complaint(pain_nrs=0), {"pain"}),
    ],
)
def test_what_changed_names_every_difference(after: Complaint, changed: set[str]) -> None:
    assert what_changed(Complaint(), after, ["limp"]) == changed
    assert what_changed(after, Complaint(), ["limp"]) == changed


def test_the_thresholds_of_the_rules_are_found_once_each() -> None:
    twice = RuleSet([*RULES.rules, Rule(read_criterion({"not": {"likely": {"conditions": ["dvt"], "at_least": 0.3}}}))])
    assert [(leaf.subject, leaf.low) for leaf in twice.thresholds] == [(("dvt",), 0.3)]


def test_a_threshold_is_met_by_the_conditions_it_names_together(knowledge: Knowledge) -> None:
    rules, conditions = imaging_rules(knowledge), tuple(knowledge.conditions)
    random = np.random.default_rng(4)
    rows = random.dirichlet(np.full(len(conditions), 0.1), 30)
    met = rules.thresholds_met(rows, conditions)
    assert met.any()
    assert not met.all()
    for row, truths in zip(rows, met, strict=True):
        share = dict(zip(conditions, row, strict=True))
        assert truths.tolist() == [sum(share[c] for c in leaf.subject) >= (leaf.low or 0) for leaf in rules.thresholds]


def test_what_is_made_of_a_knowledge_is_made_once_and_goes_with_it(knowledge: Knowledge) -> None:
    made: list[str] = []

    @once_per_knowledge
    def version(of: Knowledge) -> str:
        made.append(of.version.version)
        return of.version.version

    copy = replace(knowledge)
    gone = ref(copy)
    assert version(knowledge) == version(knowledge) == version(copy) == version(copy)
    assert len(made) == 2
    del copy
    gc.collect()
    assert gone() is None
