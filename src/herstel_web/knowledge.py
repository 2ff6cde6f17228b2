"""The knowledge, loaded once per process."""

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge


def knowledge() -> Knowledge:
    """The knowledge that ships with the package."""
    return load_knowledge()
