import json

import pytest

from tests.unit.cli.conftest import WHOLE, Run

NOTHING_MEASURED = b"""
complaint:
  {age_years: 34, places: [left.thigh_middle], days_since_onset: 10, answers: {onset: sudden, mechanism: sprint}}
"""


def test_only_the_next_tests_are_told(run: Run) -> None:
    all_of_it, following = run("chain", WHOLE, "--lang", "en")[1], run("chain", WHOLE, "--lang", "en", "--next")[1]
    assert 0 < len(following) < len(all_of_it)
    assert json.loads(run("chain", WHOLE, "--json")[1])["next_tests"]


@pytest.mark.parametrize(
    ("place", "possible"),
    [("home", {"home"}), ("phone", {"home", "phone"}), ("practice", {"home", "phone", "practice"})],
)
def test_the_next_tests_can_be_done_at_the_place_asked_for(run: Run, place: str, possible: set[str]) -> None:
    data = json.loads(run("chain", "-", "--place", place, "--json", stdin=NOTHING_MEASURED)[1])
    assert data["next_tests"]
    assert {one["where"] for one in data["next_tests"]} <= possible


def test_nothing_measured_is_told_as_not_measured(run: Run) -> None:
    data = json.loads(run("chain", "-", "--json", stdin=NOTHING_MEASURED)[1])
    assert data["results"] == []
    assert {verdict for link in data["links"].values() for verdict in link["verdicts"].values()} <= {
        "not_measured",
        "deviating",
    }
    assert data["chain_index"]["value"] is None
