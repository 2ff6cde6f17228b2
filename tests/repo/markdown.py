"""Reading the Markdown of this repository: its files, tables and links."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]


def files(*endings: str) -> Iterator[Path]:
    """Every file of the project with one of these name endings, without hidden folders such as the environment."""
    for top in sorted(ROOT.iterdir()):
        if not top.name.startswith("."):
            below = sorted(top.rglob("*")) if top.is_dir() else [top]
            yield from (path for path in below if path.name.endswith(endings) and path.is_file())


def rows(path: Path) -> list[list[str]]:
    """The cells of every table row in a file, headings and rulers left out."""
    found: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        if all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            found.pop()  # the line above a ruler holds the headings
        else:
            found.append(cells)
    return found


def prose(path: Path) -> str:
    """The text of a file without its code blocks."""
    return re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The names under which the headings of a file can be linked to."""
    headings = re.findall(r"^#+\s+(.+?)\s*$", prose(path), flags=re.MULTILINE)
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading.lower())) for heading in headings}
