import ast
import re
from functools import cache

import pytest

from tests.repo import markdown
from tests.repo.markdown import ROOT

HAZARDS = markdown.rows(ROOT / "docs" / "safety" / "hazards.md")
ID, HAZARD, CAUSE, HARM, CONTROL, TESTS, RESIDUAL = range(7)


def guards(hazard: list[str]) -> list[str]:
    return re.findall(r"`([^`]+)`", hazard[TESTS])


@cache
def defined_in(path: str) -> set[str]:
    """Every test a file defines, as `name` or `Class::name`."""
    file = ROOT / path
    if not file.is_file():
        return set()
    found: set[str] = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        found |= {f"{prefix}{item.name}" for item in inner if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef)}
    return {name for name in found if name.rpartition("::")[2].startswith("test_")}


def test_the_table_is_complete_and_numbered_without_gaps() -> None:
    assert [hazard[ID] for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]
    for hazard in HAZARDS:
        assert len(hazard) == 7, f"{hazard[ID]} needs seven cells"
        assert all(hazard), f"{hazard[ID]} has an empty cell"


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard[ID])
def test_every_hazard_is_guarded_by_tests_that_exist(hazard: list[str]) -> None:
    assert guards(hazard), f"{hazard[ID]} names no test"
    for guard in guards(hazard):
        path, _, name = guard.partition("::")
        name = name.partition("[")[0]  # one case of a parametrised test
        assert name in defined_in(path), f"{hazard[ID]} is said to be guarded by {guard}, which does not exist"
