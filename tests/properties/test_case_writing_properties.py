"""Whatever a case file told, writing it and reading it again tells the same."""

import json
from datetime import timedelta

from hypothesis import HealthCheck, given, settings

from herstel.case_file import Case, read_case
from herstel.case_writing import case_as_mapping, write_case
from herstel.knowledge.load import load_knowledge
from tests.case_strategies import TODAY, cases

KNOWLEDGE = load_knowledge()
LATER = TODAY + timedelta(days=100)
holds = settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@holds
@given(case=cases(KNOWLEDGE))
def test_a_case_that_was_written_is_read_as_the_same_case(case: Case) -> None:
    assert read_case(json.loads(write_case(case, KNOWLEDGE)), KNOWLEDGE, LATER) == case


@holds
@given(case=cases(KNOWLEDGE))
def test_writing_what_was_read_changes_nothing_any_more(case: Case) -> None:
    once = case_as_mapping(case, KNOWLEDGE)
    assert case_as_mapping(read_case(once, KNOWLEDGE, LATER), KNOWLEDGE) == once
