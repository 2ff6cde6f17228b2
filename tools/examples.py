"""Keeps the examples in the documents true: every console block that begins with ``$ herstel`` holds real output.

Run as a program it rewrites the blocks; the tests only compare.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"```console\n\$ herstel (?P<arguments>[^\n]*)\n(?P<output>.*?)```", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One block: the document, its arguments and what it says the output is."""

    document: Path
    arguments: str
    output: str

    @property
    def needs(self) -> list[Path]:
        """Files beside the project that the command reads."""
        return [(ROOT / word).resolve() for word in shlex.split(self.arguments) if word.startswith("../")]


def documents() -> list[Path]:
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples() -> Iterator[Example]:
    for document in documents():
        for found in BLOCK.finditer(document.read_text(encoding="utf-8")):
            yield Example(document, found["arguments"], found["output"])


def run(arguments: str) -> str:
    """What the command really prints, in a terminal of 80 columns."""
    program = "import sys; from herstel_cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, *shlex.split(arguments)],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def main() -> None:
    for document in documents():
        text = document.read_text(encoding="utf-8")
        true = BLOCK.sub(lambda m: f"```console\n$ herstel {m['arguments']}\n{run(m['arguments'])}```", text)
        if true != text:
            document.write_text(true, encoding="utf-8")
            print(f"rewritten: {document.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
