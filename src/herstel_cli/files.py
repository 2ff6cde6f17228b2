"""Reading a YAML or JSON file that anybody may have written: bounded, safe, and never changed."""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Any

from herstel.errors import InputError, Problem, marked

LARGEST_BYTES, DEEPEST, MOST_PARTS = 1_000_000, 20, 10_000
MOST_CASE_PARTS = 200_000
"""Of a file that holds a whole person with a year of check-ins."""
STANDARD_INPUT = "-"
_CANNOT_READ = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What the parsers raise for text that is not what it seems, beside their own errors."""


def read_document(name: str, most_parts: int = MOST_PARTS) -> object:
    """What a file holds, as plain lists, mappings and values.

    Parameters
    ----------
    name : str
        A path, or ``-`` for standard input.
    most_parts : int
        How many values YAML may hold before it is refused.

    Raises
    ------
    InputError
        When the file cannot be read or is neither YAML nor JSON.
    """
    text = decoded(name, read_bytes(name, LARGEST_BYTES))
    if name.lower().endswith(".json"):
        return _parsed(name, text, _from_json)
    if text.lstrip().startswith("{"):
        try:
            return _from_json(text)
        except _CANNOT_READ:
            pass  # a YAML mapping may begin with a brace too
    return _parsed(name, text, partial(_from_yaml, most_parts=most_parts))


def read_bytes(name: str, largest: int | None = None) -> bytes:
    """The bytes of a file; refused when there are more than ``largest``."""
    size = -1 if largest is None else largest + 1
    try:
        if name == STANDARD_INPUT:
            content = sys.stdin.buffer.read(size)
        else:
            with Path(name).open("rb") as file:
                content = file.read(size)
    except (OSError, ValueError) as error:
        raise InputError([_problem(name, error)]) from None
    if largest is not None and len(content) > largest:
        reason = marked("the file is larger than {largest} bytes.")
        remedy = marked("A complaint is a short file; give one complaint a file.")
        raise InputError([Problem(thing=name, reason=reason, remedy=remedy, values={"largest": largest})])
    return content


def decoded(name: str, content: bytes) -> str:
    """The bytes as text."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        reason, remedy = marked("the file is not text in UTF-8."), marked("Save it again as UTF-8 text.")
        raise InputError([Problem(thing=name, reason=reason, remedy=remedy)]) from None


def write_bytes(name: str, content: bytes) -> None:
    """Write a file, with the folders it stands in; ``-`` is standard output.

    Raises
    ------
    InputError
        When it cannot be written.
    """
    if name == STANDARD_INPUT:
        sys.stdout.buffer.write(content)
        return
    try:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(content)
    except (OSError, ValueError) as error:
        reason, remedy = marked("the file cannot be written: {error}."), marked("Give another name or folder.")
        said = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(thing=name, reason=reason, remedy=remedy, values={"error": said})]) from None


def _parsed(name: str, text: str, parse: Any) -> object:
    import yaml

    try:
        return parse(text)
    except (yaml.YAMLError, *_CANNOT_READ) as error:
        reason = marked("the file cannot be read as YAML or JSON: {error}.")
        remedy = marked("Correct it there. One field on a line, such as 'age_years: 34', is enough.")
        said = " ".join(str(error).split())[:300].rstrip(".")
        problem = Problem(thing=name, reason=reason, remedy=remedy, values={"error": said or type(error).__name__})
        raise InputError([problem]) from None


def _problem(name: str, error: OSError | ValueError) -> Problem:
    said = getattr(error, "strerror", None) or str(error)
    return Problem(
        thing=name,
        reason=marked("the file cannot be opened: {error}."),
        remedy=marked("Check the name, or give '-' to read from standard input."),
        values={"error": said},
    )


def _from_yaml(text: str, most_parts: int) -> object:
    from herstel.knowledge.yaml_reading import read_yaml

    _refuse_bombs(text, most_parts)
    return read_yaml(text)


def _refuse_bombs(text: str, most_parts: int) -> None:
    """Count before anything is built: YAML nested very deeply would crash the parser itself."""
    import yaml

    depth = 0
    for count, event in enumerate(yaml.parse(text, yaml.CSafeLoader)):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST or count > most_parts:
            raise ValueError("it is longer or nested more deeply than any file of this kind")


def _from_json(text: str) -> object:
    return json.loads(text, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object as a mapping; a name that occurs twice is an error instead of a silent choice."""
    found: dict[str, object] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} occurs twice")
        found[key] = value
    return found
