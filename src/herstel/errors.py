"""What can be wrong with what comes in, said as: the thing, the reason, the remedy."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


def marked(message: str) -> str:
    """Mark a literal for the gettext catalogues; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong.

    ``reason`` and ``remedy`` are English catalogue texts with ``{placeholders}`` filled from ``values``.
    """

    thing: str
    reason: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.thing}: {self.reason.format_map(self.values)} {self.remedy.format_map(self.values)}"


class HerstelError(Exception):
    """Something outside the program is wrong; carries every problem found, not only the first."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class KnowledgeError(HerstelError):
    """A knowledge file cannot be used."""


class InputError(HerstelError):
    """A complaint, an answer or an input file cannot be used."""
