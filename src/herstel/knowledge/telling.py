"""What everybody needs who tells something from the knowledge in one language."""

from dataclasses import dataclass

from herstel.knowledge.entry import Sources, source_ids
from herstel.knowledge.model import Knowledge
from herstel.text import Language, Text, say


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """The knowledge and the language it is told in."""

    language: Language
    knowledge: Knowledge

    def of(self, text: Text) -> str:
        """A text of the knowledge."""
        return text[self.language]

    def tell(self, message: str, /, **values: object) -> str:
        """An interface text with its values filled in."""
        return say(self.language, message, **values)

    def cite(self, sources: Sources) -> tuple[str, ...]:
        """The citations of one or several source ids."""
        return tuple(self.knowledge.sources[one].cited(self.language) for one in source_ids(sources))
