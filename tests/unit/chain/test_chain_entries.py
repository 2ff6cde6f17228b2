import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from herstel.errors import KnowledgeError
from herstel.knowledge.chain_entries import ChainKnowledge, read_chain
from herstel.knowledge.load import DATA_FOLDER
from herstel.knowledge.reader import Reader
from herstel.text import LANGUAGES
from tests.unit.chain.people import CHAIN, KNOWLEDGE


def faults(chain: ChainKnowledge) -> str:
    return "\n".join(f"{thing}: {reason}" for thing, reason in chain.faults(KNOWLEDGE))


def changed(test: str, **fields: Any) -> Mapping[str, Any]:
    return {**CHAIN.tests, test: replace(CHAIN.tests[test], **fields)}


def test_the_shipped_chain_fits_together() -> None:
    assert faults(CHAIN) == ""


def test_every_entry_is_checked_for_its_sources_and_criteria() -> None:
    things = [thing for thing, _ in CHAIN.entries()]
    assert len(things) == len(set(things))
    assert len(things) >= len(CHAIN.links) + len(CHAIN.tests) + len(CHAIN.implications) + 100


def test_every_test_can_be_done_by_reading_it() -> None:
    for test in CHAIN.tests.values():
        for language in LANGUAGES:
            assert all(text[language] for text in (*test.how, *test.needs, *test.mistakes, test.stop_when))
        assert len(test.how) >= 2, test.id
        assert test.where, test.id


@pytest.mark.parametrize("test", ["h_test", "nordic_force", "single_leg_hop", "s_mas", "sprint_30m", "isometric_15"])
def test_maximal_tests_wait_until_the_third_phase(test: str) -> None:
    assert CHAIN.tests[test].earliest_phase >= 3


def test_what_does_not_exist_is_named() -> None:
    links = {name: link for name, link in CHAIN.links.items() if name != "core"}
    norms = {**CHAIN.norms, "tail_wag": CHAIN.norms["side_plank"]}
    implications = {
        **CHAIN.implications,
        "load_jump": replace(CHAIN.implications["load_jump"], tests=("handstand",), targets=("wings",)),
    }
    grades = {grade: weight for grade, weight in CHAIN.rules.grade_weights.items() if grade != "weak"}
    said = faults(
        replace(
            CHAIN,
            links=cast("Any", links),
            norms=norms,
            implications=implications,
            rules=replace(CHAIN.rules, grade_weights=grades),
        )
    )
    for part in (
        "links/links.yaml, core: the entry is missing",
        "the grade 'weak' has no weight",
        "the test 'tail_wag' does not exist",
        "load_jump: the test 'handstand' does not exist",
        "load_jump: the training target 'wings' does not exist",
    ):
        assert part in said


def test_a_test_has_a_norm_or_says_why_not() -> None:
    without = {test: norms for test, norms in CHAIN.norms.items() if test != "side_plank"}
    assert "tests, side_plank: needs either a norm" in faults(replace(CHAIN, norms=without))
    reason = CHAIN.tests["hip_thrust_strength"].no_norm
    assert "side_plank: needs either" in faults(replace(CHAIN, tests=changed("side_plank", no_norm=reason)))


def test_only_where_the_middle_is_best_too_much_deviates_as_well() -> None:
    norm = replace(CHAIN.norms["side_plank"][0], deficit_high=300)
    said = faults(replace(CHAIN, norms={**CHAIN.norms, "side_plank": (norm,)}))
    assert "only a test whose middle is best has a deficit_high" in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"possible_low": 900, "possible_high": 0},
        {"index": None},
        {"index_part": ""},
        {"compares_sides": True},
    ],
)
def test_a_test_that_contradicts_itself_cannot_be_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        changed("side_plank", **wrong)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("side_plank,x,a,b,male,18,35,any,any,94,34,56,,no,20,yes,16,no,background,,", "no source"),
        ("side_plank,x,a,b,man,18,35,any,any,94,34,56,,no,20,yes,16,no,background,mcgill-1999,", "'man' is not one of"),
        ("side_plank,x,a,b,male,35,18,any,any,94,34,56,,no,20,yes,16,no,background,mcgill-1999,", "age_low lies above"),
        ("side_plank,x,a,b,male,18,35,any,any,94,0,56,,no,20,yes,16,no,background,mcgill-1999,", "sd is above zero"),
        ("side_plank,x,a,b,male,18,35,any,any,far,3,56,,no,20,yes,16,no,background,mcgill-1999,", "could not convert"),
    ],
)
def test_a_wrong_row_of_the_norms_is_named_by_its_line(tmp_path: Path, row: str, said: str) -> None:
    for folder in ("links", "tests"):
        shutil.copytree(DATA_FOLDER / folder, tmp_path / folder)
    norms = tmp_path / "tests" / "norms.csv"
    norms.write_text(norms.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    reader = Reader(tmp_path)
    read_chain(reader)
    (problem,) = reader.problems
    assert said in str(problem)
    assert f"line {len(norms.read_text(encoding='utf-8').splitlines())}" in str(problem)


def test_files_that_are_not_there_are_told_and_nothing_breaks(tmp_path: Path) -> None:
    reader = Reader(tmp_path)
    chain = read_chain(reader)
    assert chain.links == chain.tests == chain.norms == {}
    with pytest.raises(KnowledgeError, match=r"links/rules.yaml"):
        reader.stop_if_wrong()
