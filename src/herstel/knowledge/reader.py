"""Reads the files of one knowledge folder and collects everything that is wrong with them."""

import csv
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from herstel.errors import KnowledgeError, Problem, marked

T = TypeVar("T")
REMEDY = marked("Correct the entry; 'herstel knowledge check' says whether it is right.")


class Reader:
    """Reads files of one folder and collects what is wrong with them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problems: list[Problem] = []
        self._files: dict[str, object] = {}
        self._unreadable: set[str] = set()

    def stop_if_wrong(self) -> None:
        if self.problems:
            raise KnowledgeError(self.problems)

    def wrong(self, file: str, key: str, reason: str) -> None:
        thing = f"{file}, {key}" if key else file
        self.problems.append(Problem(thing=thing, reason="{reason}.", remedy=REMEDY, values={"reason": reason}))

    def files(self, folder: str) -> tuple[str, ...]:
        """The YAML files of a folder inside this one, by name."""
        return tuple(f"{folder}/{path.name}" for path in sorted((self._folder / folder).glob("*.yaml")))

    def raw(self, file: str) -> object:
        """The file as plain lists and mappings; read once."""
        if file not in self._files:
            self._files[file] = self._parsed(file)
        return self._files[file]

    def _parsed(self, file: str) -> object:
        import yaml

        from herstel.knowledge.yaml_reading import read_yaml

        try:
            return read_yaml((self._folder / file).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            self._unreadable.add(file)
            self.wrong(file, "", " ".join(str(error).split()))
            return None

    def entries(self, file: str, kind: type[T], raw: object = None) -> tuple[T, ...]:
        """The entries of a list file, each checked against its class."""
        from pydantic import TypeAdapter, ValidationError

        listed = self.raw(file) if raw is None else raw
        if file in self._unreadable:
            return ()
        if not isinstance(listed, list) or not listed:
            self.wrong(file, kind.__name__, "should be a list with at least one entry")
            return ()
        adapter = TypeAdapter(kind)
        checked: list[T] = []
        for number, entry in enumerate(listed):
            name = str(entry.get("id", f"entry {number + 1}")) if isinstance(entry, Mapping) else f"entry {number + 1}"
            try:
                checked.append(adapter.validate_python(entry))
            except ValidationError as error:
                for one in error.errors():
                    key = ".".join([name, *map(str, one["loc"])])
                    self.wrong(file, key, f"{one['msg']} (found {one['input']!r:.80})")
        return tuple(checked)

    def by_id(self, file: str, kind: type[Any], raw: object = None) -> Mapping[str, Any]:
        """The entries of a list file by their id, which must be unique."""
        found: dict[str, Any] = {}
        for entry in self.entries(file, kind, raw):
            if entry.id in found:
                self.wrong(file, entry.id, "this id occurs twice")
            found[entry.id] = entry
        return found

    def by_id_in(self, files: Iterable[str], kind: type[Any]) -> Mapping[str, Any]:
        """The entries of several list files by their id, which must be unique among all of them."""
        found: dict[str, Any] = {}
        for file in files:
            if self.raw(file) == []:
                continue
            for name, entry in self.by_id(file, kind).items():
                if name in found:
                    self.wrong(file, name, "this id occurs in another file too")
                found[name] = entry
        return found

    def table(self, file: str, read_row: Callable[[Mapping[str, str]], tuple[Any, T]]) -> list[tuple[Any, T]]:
        """The rows of a CSV file as (key, value) pairs; a key may occur once."""
        rows: dict[Any, T] = {}
        try:
            text = (self._folder / file).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.wrong(file, "", str(error))
            return []
        for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
            try:
                key, value = read_row(row)
            except (KeyError, ValueError, TypeError, AttributeError) as error:
                self.wrong(file, f"line {number}", f"{type(error).__name__}: {error}")
                continue
            if key in rows:
                self.wrong(file, f"line {number}", f"this row occurs twice: {key}")
            rows[key] = value
        return list(rows.items())
