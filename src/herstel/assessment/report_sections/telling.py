"""What every section needs to tell its part: the result, the knowledge, the language, and the ways to say a number."""

from collections.abc import Iterable
from dataclasses import dataclass

from herstel.assessment.result import Assessment, Likelihood, UrgencyDecision
from herstel.complaint.model import ReportedFacts
from herstel.errors import marked
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.entry import Sources
from herstel.knowledge.model import Condition, DestinationInfo, Knowledge, UrgencyLevel
from herstel.quantities import Basis
from herstel.text import Language, Text, say

SUREST = 95
"""No estimate is told as surer than this many in 100: the numbers behind it are mostly elicited."""
BASIS_IN_WORDS: dict[Basis, str] = {
    "published": marked("a published figure"),
    "background": marked("general professional knowledge"),
    "elicited": marked("an estimate made for Herstel"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One assessment being told in one language; ``facts`` is what the criteria of the advice can ask."""

    language: Language
    assessment: Assessment
    knowledge: Knowledge
    facts: ReportedFacts

    @property
    def urgency(self) -> UrgencyDecision:
        return self.assessment.urgency

    @property
    def level(self) -> UrgencyLevel:
        return self.level_of(self.urgency.level)

    def level_of(self, level: Urgency) -> UrgencyLevel:
        """The texts of a level of urgency."""
        return next(one for one in self.knowledge.advice.urgency if one.id == level)

    @property
    def destination(self) -> DestinationInfo:
        """Whom to see."""
        return next(one for one in self.knowledge.advice.destinations if one.id == self.urgency.see)

    def of(self, text: Text) -> str:
        """A text of the knowledge in the language of the report."""
        return text[self.language]

    def condition(self, condition: str) -> Condition:
        return self.knowledge.conditions[condition]

    def name(self, condition: str) -> str:
        """A condition's name."""
        return self.of(self.condition(condition).name)

    def cite(self, sources: Sources) -> tuple[str, ...]:
        """The citations of one or several source ids."""
        ids = (sources,) if isinstance(sources, str) else sources
        return tuple(self.knowledge.sources[source].cited(self.language) for source in ids)

    def chance(self, likelihood: Likelihood) -> str:
        """A probability in words, with its range."""
        return in_100(self.language, likelihood.probability, likelihood.low, likelihood.high)

    def listed(self, texts: Iterable[str]) -> str:
        """Several things in one sentence."""
        *most, last = texts
        return say(self.language, "{most} and {last}", most=", ".join(most), last=last) if most else last


def in_100(language: Language, value: float, low: float, high: float) -> str:
    """A probability as a natural frequency, never without its range.

    Parameters
    ----------
    value, low, high : float
        0 to 1.
    """
    of_100, least, most = (round(100 * share) for share in (value, low, high))
    if of_100 == 0:
        return say(language, "fewer than 1 in 100 (range 0 to {most})", most=max(most, 1))
    if of_100 > SUREST:
        return say(
            language, "more than {surest} in 100 (range {least} to 100)", surest=SUREST, least=min(least, SUREST)
        )
    return say(language, "about {n} in 100 (range {least} to {most})", n=of_100, least=least, most=most)
