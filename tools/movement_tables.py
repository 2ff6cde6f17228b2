"""Keeps the tables of the page about movement true: they are made from the knowledge.

Run as a program it rewrites them; the tests only compare.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.movement_entries import MovementKnowledge

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "movement.md"
_TABLE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _rows(name: str, movement: MovementKnowledge) -> Iterator[tuple[str, ...]]:
    if name == "measures":
        yield "test", "number", "what it is", "unit", "one standard error, near", "far", "result of"
        for one in movement.measures.values():
            far = f"{one.far_error:g}" if one.far_error else "-"
            yield one.test, one.name, one.text.en, one.unit, f"{one.near_error:g}", far, one.chain_test or "-"
    elif name == "tests":
        yield "test", "seen from", "least frames a second", "far leg", "how it is filmed"
        for task in movement.tests.values():
            far = "larger error" if task.far_side else "refused"
            yield task.id, task.view, f"{task.least_fps:g}", far, task.film.en
    elif name == "limits":
        yield "limit", "value", "unit", "meaning", "basis"
        for number in movement.numbers.values():
            yield number.id, f"{number.value:g}", number.unit, number.meaning, number.basis
    else:
        yield "what", "in"
        for thing in movement.not_measured.values():
            yield thing.text.en, ", ".join(thing.tests) or "every test"


def _table(name: str) -> str:
    head, *rows = _rows(name, load_knowledge().movement)
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def page() -> str:
    """The page with its tables made anew."""
    text = PAGE.read_text(encoding="utf-8")
    return _TABLE.sub(lambda found: f"{found[1]}{_table(found[2])}{found[3]}", text)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
