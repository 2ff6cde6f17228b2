import ast
from pathlib import Path

import pytest

from tests.repo import markdown
from tests.repo.markdown import ROOT

SOURCES = [path for path in markdown.files(".py") if "src" in path.parts and "migrations" not in path.parts]
LONGEST_FILE_LINES = 500
LONGEST_FUNCTION_LINES = 60


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE_LINES, "split it by what it is about"


@pytest.mark.parametrize("path", SOURCES, ids=named)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
            assert lines <= LONGEST_FUNCTION_LINES, f"{node.name} has {lines} lines"
