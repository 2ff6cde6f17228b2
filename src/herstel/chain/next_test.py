"""The next test worth doing: what it can still tell, less what it costs, where the person is. Never before its time."""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from herstel.chain.model import Chain, LinkState, NextTest
from herstel.chain.populations import LAST_PHASE
from herstel.knowledge.chain_entries import PLACES, ChainKnowledge, ChainRules, ChainTest, LinkId, Where
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import MEASURED

MOST_ASKED = 2
"""More askers than this add nothing."""


def next_tests(
    chain: Chain, knowledge: Knowledge, *, places: AbstractSet[Where] = frozenset(PLACES)
) -> tuple[NextTest, ...]:
    """The tests with most to gain, best first; none after a referral, for a clinician looks first.

    Parameters
    ----------
    chain : Chain
        Its phase decides which tests come too early; what it implies and what opens its next phase gain more.
    knowledge : Knowledge
    places : set of {"home", "phone", "practice", "device"}
        Where the person can be tested.
    """
    rules, tests = knowledge.chain.rules, knowledge.chain.tests
    measured = {one.test for one in chain.results}
    unclear = {one.test for one in chain.results if one.verdict == "within_error"}
    filled = {*chain.hamstring_index.parts, *chain.chain_index.parts}
    found = (
        _worth(test, chain.links[test.link], _asking(test, chain, knowledge), where, rules)
        for test in tests.values()
        if chain.referral is None
        and test.earliest_phase <= chain.phase
        and (test.id in unclear or (test.id not in measured and test.index_part not in filled))
        and (where := _easiest(test, places)) is not None
    )
    ranked = sorted((one for one in found if one.gain > 0), key=lambda one: -one.gain)
    return tuple(_spread(ranked, knowledge.chain))


def _spread(ranked: Sequence[NextTest], chain: ChainKnowledge) -> Iterator[NextTest]:
    """The best, but only some of each link and one of each part of an index, so that the whole chain gets seen."""
    links: Counter[LinkId] = Counter()
    parts: set[str] = set()
    for one in ranked:
        test = chain.tests[one.test]
        room = links.total() < chain.rules.most_next_tests and links[test.link] < chain.rules.most_per_link
        if room and test.index_part not in parts:
            links[test.link] += 1
            parts |= {test.index_part} - {""}
            yield one


def _asking(test: ChainTest, chain: Chain, knowledge: Knowledge) -> tuple[str, ...]:
    """The implications of the story and the criteria of the next gates that ask for a test."""
    implied = (one for one in chain.implications if test.id in knowledge.chain.implications[one].tests)
    gates = (str(chain.phase), "return") if chain.phase >= LAST_PHASE - 1 else (str(chain.phase),)
    opened_by = (
        one.id
        for one in knowledge.progress.gates
        if one.gate in gates and not one.tracks and one.measure in MEASURED and one.subject == test.id
    )
    return (*implied, *opened_by)


def _worth(test: ChainTest, link: LinkState, asked: Sequence[str], where: Where, rules: ChainRules) -> NextTest:
    informative = rules.grade_weights[test.grade] + (rules.plan_value if test.targets else 0)
    informative += rules.asked_for * min(len(asked), MOST_ASKED)
    effort = rules.minute_cost * test.minutes + rules.helper_cost * test.helper_needed
    effort += rules.device_cost * (where == "device")
    gain = informative * rules.uncertainty[link.worst] - effort
    return NextTest(test=test.id, gain=max(0.0, min(1.0, gain)), where=where, because=(*asked, test.link))


def _easiest(test: ChainTest, places: AbstractSet[Where]) -> Where | None:
    return next((place for place in PLACES if place in test.where and place in places), None)
