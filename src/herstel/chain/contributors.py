"""Why it may have come, stay or come back: hypotheses, ranked, that a therapist confirms or rejects.

The weight only ranks: what evidence of that grade weighs, times how large the finding is. Other links of the chain
never weigh more than a deviating hamstring itself, for research supports them less (source: chain-dossier, section 1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from herstel.chain.model import BODY_SIDES, BodySide, Contributor, Judgement, LinkState, TestResult
from herstel.knowledge.chain_entries import LINKS, ChainImplication, ChainKnowledge, ChainRules, LinkId
from herstel.knowledge.entry import source_ids


def rank_contributors(
    links: Mapping[LinkId, LinkState],
    implications: Sequence[ChainImplication],
    injured_side: BodySide | None,
    judgements: Sequence[Judgement],
    chain: ChainKnowledge,
) -> tuple[Contributor, ...]:
    """The deviating links and what the story implies, most important first, rejected ones last.

    Parameters
    ----------
    implications : sequence of ChainImplication
        Those whose criterion holds.
    judgements : sequence of Judgement
        Of existing links and implications; of several about one the last by date counts. A confirmed link that no test
        found, the therapist has found: it is listed too.
    """
    found = [_of_link(state, injured_side, chain) for state in links.values() if state.worst == "deviating"]
    told = [_of_implication(one, chain.rules) for one in implications]
    verdicts = {one.contributor: one for one in sorted(judgements, key=lambda one: one.date)}
    listed = {one.id: one for one in (*_capped(found), *told)}
    judged_only = (name for name in verdicts if name not in listed)
    everything = (*listed.values(), *(_found_by_therapist(name, verdicts[name], chain) for name in judged_only))
    judged = [replace(one, judgement=verdicts.get(one.id)) for one in everything]
    order = [*LINKS, *chain.implications]
    return tuple(sorted(judged, key=lambda one: (not one.counts, -one.weight, order.index(one.id))))


def _of_link(state: LinkState, injured_side: BodySide | None, chain: ChainKnowledge) -> Contributor:
    deviating = tuple(one for one in state.results if one.verdict == "deviating")
    link, tests = chain.links[state.link], [chain.tests[one.test] for one in deviating]
    has_side = any(one.side or test.compares_sides for one, test in zip(deviating, tests, strict=True))
    return Contributor(
        id=state.link,
        link=state.link,
        side=_told_side(state, injured_side) if has_side else None,
        weight=max(_weight(one, injured_side, chain) for one in deviating),
        grade=link.grade,
        results=deviating,
        targets=tuple(dict.fromkeys((*(target for test in tests for target in test.targets), *link.targets))),
        sources=tuple(dict.fromkeys(source_ids(link.source))),
        modifiable=True,
    )


def _told_side(state: LinkState, injured_side: BodySide | None) -> BodySide | None:
    """The side to name: the injured one when it deviates; none when both do."""
    sides = [side for side in BODY_SIDES if state.verdicts[side] == "deviating"]
    if injured_side in sides:
        return injured_side
    return sides[0] if len(sides) == 1 else None


def _weight(result: TestResult, injured_side: BodySide | None, chain: ChainKnowledge) -> float:
    rules = chain.rules
    size = rules.least_size + (1 - rules.least_size) * _size(result, rules)
    elsewhere = injured_side is not None and result.side not in (injured_side, None)
    return rules.grade_weights[chain.tests[result.test].grade] * size * (rules.other_side if elsewhere else 1)


def _size(result: TestResult, rules: ChainRules) -> float:
    """How large a finding is, 0 to 1: by the norm or by the difference between the legs, whichever says more."""
    sizes = [0.0]
    if result.z is not None:
        sizes.append(-result.z / rules.z_cap)
    if result.difference is not None and result.difference.threshold:
        sizes.append(result.difference.difference / (rules.clear_difference * result.difference.threshold))
    return min(1.0, max(sizes))


def _capped(found: Sequence[Contributor]) -> Iterable[Contributor]:
    """Other links never weigh more than a deviating hamstring."""
    ceiling = next((one.weight for one in found if one.link == "hamstring"), 1.0)
    return (replace(one, weight=min(one.weight, ceiling)) for one in found)


def _of_implication(implication: ChainImplication, rules: ChainRules) -> Contributor:
    return Contributor(
        id=implication.id,
        link=implication.link,
        side=None,
        weight=rules.grade_weights[implication.grade] * implication.size,
        grade=implication.grade,
        results=(),
        targets=implication.targets,
        sources=source_ids(implication.source),
        modifiable=implication.modifiable,
    )


def _found_by_therapist(name: str, judgement: Judgement, chain: ChainKnowledge) -> Contributor:
    """What the therapist judged although neither a test nor the story named it; rejected it weighs nothing."""
    confirmed = judgement.verdict == "confirmed"
    if name in chain.implications:
        told = _of_implication(chain.implications[name], chain.rules)
        return told if confirmed else replace(told, weight=0.0)
    link = next(one for one in chain.links.values() if one.id == name)
    return Contributor(
        id=link.id,
        link=link.id,
        side=None,
        weight=chain.rules.grade_weights[link.grade] * chain.rules.least_size if confirmed else 0.0,
        grade=link.grade,
        results=(),
        targets=link.targets,
        sources=source_ids(link.source),
        modifiable=True,
    )
