"""What the doctor finds: a subject, whether it is good, what was seen, and what to do when it is not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from herstel.errors import Problem, marked
from herstel.text import Language, say

State = Literal["good", "warning", "wrong"]
WORDS: Mapping[State, str] = {"good": marked("good"), "warning": marked("look at this"), "wrong": marked("wrong")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. ``seen`` and ``remedy`` are texts of the catalogue; no value is a secret."""

    id: str
    subject: str
    state: State
    seen: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def in_words(self, language: Language) -> dict[str, str]:
        """Everything about it in a language, for people and for programs."""
        return {
            "id": self.id,
            "subject": say(language, self.subject),
            "state": self.state,
            "seen": say(language, self.seen, **self.values),
            "remedy": say(language, self.remedy, **self.values) if self.remedy else "",
        }


def wrong(id_: str, subject: str, problem: Problem) -> Finding:
    """A problem as a finding."""
    values = {**problem.values, "thing": problem.thing}
    return Finding(id=id_, subject=subject, state="wrong", seen=problem.reason, remedy=problem.remedy, values=values)
