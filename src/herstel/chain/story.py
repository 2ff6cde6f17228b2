"""What the story of the complaint tells of the links that no test measures."""

from typing import Literal

from herstel.assessment.assess import facts_of
from herstel.chain.model import Chain
from herstel.knowledge.chain_entries import LinkId
from herstel.knowledge.model import Knowledge

Told = Literal["told", "not_the_case", "unknown"]
STORY_LINKS: tuple[LinkId, ...] = ("history", "load", "sprint_mechanics")
"""Links of which the story tells more than a test of the body."""


def told_of(link: LinkId, chain: Chain, knowledge: Knowledge) -> Told:
    """Whether the story implies something of a link, rules all of it out, or leaves it open."""
    facts = facts_of(chain.assessment, knowledge)
    held = [one.when.holds(facts) for one in knowledge.chain.implications.values() if one.link == link]
    if True in held:
        return "told"
    return "not_the_case" if held and None not in held else "unknown"
