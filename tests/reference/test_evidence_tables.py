"""The numbers of the shipped tables against the evidence they were taken from."""

import csv
from pathlib import Path

import pytest

from herstel.knowledge.model import Knowledge
from herstel.quantities import Probability

EVIDENCE = Path(__file__).parents[3] / "shared" / "evidence"
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    file = EVIDENCE / name
    if not file.is_file():
        pytest.skip("the evidence (../shared/evidence) is not beside the project")
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def printed(row: Row, column: str) -> tuple[float, float, float, str]:
    return float(row[column]), float(row["low"]), float(row["high"]), row["basis"]


def shipped(number: Probability) -> tuple[float, float, float, str]:
    return number.value, number.low, number.high, number.basis


def test_every_likelihood_is_the_one_of_the_evidence(knowledge: Knowledge) -> None:
    evidence = {(row["finding"], row["condition"]): printed(row, "probability") for row in rows("findings.csv")}
    assert {key: shipped(cell) for key, cell in knowledge.likelihoods.items()} == evidence


def test_every_prior_is_the_one_of_the_evidence(knowledge: Knowledge) -> None:
    evidence = {
        (row["context"], row["age_band"], row["condition"]): printed(row, "prior") for row in rows("priors.csv")
    }
    own = {
        (context, band, condition): shipped(prior)
        for (context, band), priors in knowledge.priors.items()
        for condition, prior in priors.items()
    }
    assert own == evidence
