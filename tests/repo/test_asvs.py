import re

import pytest

from tests.repo import markdown
from tests.repo.markdown import ROOT
from tests.repo.test_hazards import defined_in

CHECKLIST = ROOT / "docs" / "safety" / "asvs.md"
ROWS = [row for row in markdown.rows(CHECKLIST) if re.fullmatch(r"V[\d.]+", row[0])]
ID, LEVEL, STATE, HOW = range(4)
STATES = {"holds", "partly", "not met", "installation", "does not apply"}
OF_LEVEL_ONE_AND_TWO = """
V1.1 2 V1.2 9 V1.3 11 V1.4 3 V1.5 2  V2.1 3 V2.2 3 V2.3 4 V2.4 1  V3.2 2 V3.3 4 V3.4 6 V3.5 5 V3.7 2
V4.1 3 V4.2 1 V4.3 2 V4.4 4  V5.1 1 V5.2 3 V5.3 2 V5.4 3  V6.1 3 V6.2 12 V6.3 4 V6.4 4 V6.5 5 V6.6 3 V6.8 4
V7.1 3 V7.2 4 V7.3 2 V7.4 5 V7.5 2 V7.6 2  V8.1 2 V8.2 3 V8.3 1 V8.4 1  V9.1 3 V9.2 4
V10.1 2 V10.2 2 V10.3 4 V10.4 11 V10.5 5 V10.6 2 V10.7 3  V11.1 2 V11.2 3 V11.3 3 V11.4 4 V11.5 1 V11.6 1
V12.1 3 V12.2 2 V12.3 4  V13.1 1 V13.2 5 V13.3 2 V13.4 5  V14.1 2 V14.2 4 V14.3 3  V15.1 3 V15.2 3 V15.3 7
V16.1 1 V16.2 5 V16.3 4 V16.4 3 V16.5 3  V17.1 1 V17.2 4 V17.3 2
"""
"""Of each section of ASVS 5.0.0: how many requirements are of level 1 or 2; those come first in every section."""


def test_every_requirement_of_level_one_and_two_is_there_once_in_order() -> None:
    pairs = OF_LEVEL_ONE_AND_TWO.split()
    wanted = [
        f"{section}.{number}"
        for section, count in zip(pairs[::2], pairs[1::2], strict=True)
        for number in range(1, int(count) + 1)
    ]
    assert [row[ID] for row in ROWS] == wanted
    assert len(wanted) == 253


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[ID])
def test_every_line_says_how_it_stands_and_names_tests_that_exist(row: list[str]) -> None:
    assert len(row) == 4
    assert row[LEVEL] in ("1", "2")
    assert row[STATE] in STATES
    assert len(row[HOW]) > 3, "say how, or why not"
    for test in re.findall(r"`(tests/[^`]+)`", row[HOW]):
        path, _, name = test.partition("::")
        assert name in defined_in(path), f"{row[ID]} is said to be shown by {test}, which does not exist"


def test_the_counts_in_the_text_are_those_of_the_table() -> None:
    text = " ".join(CHECKLIST.read_text(encoding="utf-8").split())
    for state in STATES:
        count = sum(row[STATE] == state for row in ROWS)
        assert f"{count} {state}" in text, f"{count} lines say: {state}"
