"""What a section of the page is made of."""

from dataclasses import dataclass

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure, and in small letters below it what it rests on."""

    text: str
    small: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a table: what it is about, on how many persons it rests, and its figures.

    ``note`` says in small letters what was left out or cannot be told yet.
    """

    name: str
    persons: str
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject: a table, a chart, how it is counted and what it does not mean."""

    id: str
    title: str
    intro: str
    head: tuple[str, ...]
    """The names of the columns: that of the row, the persons, and the cells."""
    rows: tuple[Row, ...]
    facts: tuple[str, ...] = ()
    """Figures that stand by themselves."""
    chart: SafeString | None = None
    limits: tuple[str, ...] = ()
    """How it was counted, and what it does not mean."""
    sources: tuple[str, ...] = ()

    @property
    def named_rows(self) -> tuple[tuple[Row, tuple[tuple[str, Cell], ...]], ...]:
        """Each row with its cells and the name of their columns, the persons included."""
        return tuple(
            (row, tuple(zip(self.head[1:], (Cell(row.persons), *row.cells), strict=True))) for row in self.rows
        )
