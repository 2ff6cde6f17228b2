"""Writes the tours of the example cases into docs/tours: text in both languages, pictures and the week as a calendar.

Run as a program (`make tours`) it writes them; the tests make them again and compare. Everything is decided by the
case file, which says as of which day it is told.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from herstel.flow import recover
from herstel.plan.calendar import as_calendar
from herstel.text import LANGUAGES, Language
from herstel_cli import tour
from herstel_cli.case import opened

ROOT = Path(__file__).parents[1]
CASES = ROOT / "examples" / "cases"
FOLDER = ROOT / "docs" / "tours"
TOURED = ("sprint-strain-grade-2", "proximal-tendinopathy", "avulsion-without-surgery")
PICTURED: Language = "nl"
"""The language of the pictures and the calendar."""
WIDTH = 80


def outputs(name: str) -> Iterator[tuple[Path, bytes]]:
    """Every file of one tour with what it holds."""
    folder = FOLDER / name
    for language in LANGUAGES:
        options = argparse.Namespace(lang=language, today=None, format="text", short=True)
        at = opened(str(CASES / f"{name}.yaml"), options)
        recovery = recover(at.case, at.today, at.knowledge)
        yield folder / f"tour.{language}.txt", f"{tour.told(recovery, at, options, WIDTH)}\n".encode()
        if language == PICTURED:
            for picture in tour.pictures(recovery, at):
                yield folder / f"{picture.name}.svg", f"{picture.draw()}\n".encode()
            yield folder / "week.ics", as_calendar(recovery.plan_now, at.knowledge, language)


def everything() -> dict[Path, bytes]:
    """Every file that is written, and the packaged copy of the whole person."""
    written = {path: content for name in TOURED for path, content in outputs(name)}
    return {**written, tour.EXAMPLE: (CASES / tour.EXAMPLE.name).read_bytes()}


def main() -> None:
    """Write what changed and take away what is no longer made."""
    made = everything()
    for old in set(FOLDER.rglob("*.*")) - made.keys():
        old.unlink()
    for path, content in made.items():
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            print(f"written: {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
