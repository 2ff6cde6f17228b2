"""What every entry of the knowledge files has in common: strict keys, and sources."""

from dataclasses import dataclass
from typing import ClassVar

from herstel.quantities import Basis
from herstel.text import Language, Text

Sources = str | tuple[str, ...]
"""One source id or several."""


class Entry:
    """Marks a class whose file entries may hold no unknown keys (read by pydantic when the files are loaded)."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Entry):
    id: str
    citation: str | Text
    """As it was published; in both languages when it is our own description."""
    kind: Basis
    url: str | None = None
    note: str | None = None

    def cited(self, language: Language) -> str:
        """The citation as a reader of this language sees it."""
        return self.citation if isinstance(self.citation, str) else self.citation[language]


def source_ids(source: Sources) -> tuple[str, ...]:
    """The source ids of an entry, one or several."""
    return (source,) if isinstance(source, str) else source
