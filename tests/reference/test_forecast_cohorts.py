"""The forecast agrees with every published cohort that it claims to cover."""

import csv

import pytest

from benchmarks.forecast_cohorts import COHORTS, compared
from herstel.knowledge.model import Knowledge

with COHORTS.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
CLAIMED = [row for row in ROWS if row["claimed"] == "yes"]


@pytest.mark.parametrize("row", CLAIMED, ids=[f"{row['study']} {row['group']}" for row in CLAIMED])
def test_a_claimed_cohort_agrees(row: dict[str, str], knowledge: Knowledge) -> None:
    assert compared(row, knowledge).met, compared(row, knowledge).value


def test_every_cohort_says_whether_it_is_claimed_and_why_not() -> None:
    assert {row["claimed"] for row in ROWS} == {"yes", "no"}
    assert all(row["note"] for row in ROWS)
