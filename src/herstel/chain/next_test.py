"""The next test worth doing: what it can still tell, less what it costs, where the person is. Never before its time."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from herstel.chain.model import Chain, LinkState, NextTest
from herstel.knowledge.chain_entries import PLACES, ChainRules, ChainTest, Where
from herstel.knowledge.model import Knowledge


def next_tests(
    chain: Chain, knowledge: Knowledge, *, places: AbstractSet[Where] = frozenset(PLACES)
) -> tuple[NextTest, ...]:
    """The tests with most to gain, best first; none after a referral, for a clinician looks first.

    Parameters
    ----------
    chain : Chain
        Its phase decides which tests come too early, its implications which tests gain more.
    knowledge : Knowledge
    places : set of {"home", "phone", "practice", "device"}
        Where the person can be tested.
    """
    rules, tests = knowledge.chain.rules, knowledge.chain.tests
    judged = {one.test: one.verdict for one in chain.results}
    found = [
        _worth(test, chain.links[test.link], _asking(test, chain, knowledge), where, rules)
        for test in tests.values()
        if chain.referral is None
        and test.earliest_phase <= chain.phase
        and judged.get(test.id, "within_error") == "within_error"
        and (where := _easiest(test, places)) is not None
    ]
    found.sort(key=lambda one: -one.gain)
    return tuple(one for one in found if one.gain > 0)[: rules.most_next_tests]


def _asking(test: ChainTest, chain: Chain, knowledge: Knowledge) -> list[str]:
    return [one for one in chain.implications if test.id in knowledge.chain.implications[one].tests]


def _worth(test: ChainTest, link: LinkState, asked: Sequence[str], where: Where, rules: ChainRules) -> NextTest:
    informative = rules.grade_weights[test.grade] + (rules.asked_for if asked else 0)
    effort = rules.minute_cost * test.minutes + rules.helper_cost * test.helper_needed
    effort += rules.device_cost * (where == "device")
    gain = informative * rules.uncertainty[link.worst] - effort
    return NextTest(test=test.id, gain=max(0.0, min(1.0, gain)), where=where, because=(*asked, test.link))


def _easiest(test: ChainTest, places: AbstractSet[Where]) -> Where | None:
    return next((place for place in PLACES if place in test.where and place in places), None)
