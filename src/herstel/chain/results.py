"""From measurements to results per test and side, and from results to the state of every link."""

from collections.abc import Mapping, Sequence
from typing import cast

from herstel.chain.deviations import compare_sides, judge_against_norms
from herstel.chain.measures import measured_sides, other_side
from herstel.chain.model import (
    BODY_SIDES,
    BodySide,
    LinkState,
    LinkVerdict,
    Measurement,
    SideDifference,
    TestResult,
    TestVerdict,
)
from herstel.chain.populations import Person
from herstel.knowledge.chain_entries import LINKS, ChainKnowledge, ChainTest, LinkId

_WORST_FIRST: tuple[TestVerdict, ...] = ("deviating", "within_error", "normal", "not_judged")
_Latest = Mapping[BodySide | None, Measurement]


def judge_results(
    measurements: Sequence[Measurement], person: Person, injured_side: BodySide | None, chain: ChainKnowledge
) -> tuple[TestResult, ...]:
    """What the latest measurement of every test on every side says, in the order of the tests.

    Parameters
    ----------
    measurements : sequence of Measurement
        By date, corrected ones left out.
    injured_side : {"left", "right"} or None
        None when it is both or unknown; the worse side is then compared with the other.
    """
    latest = {(one.test, one.side): one for one in measurements}
    results: list[TestResult] = []
    for test in chain.tests.values():
        sides = measured_sides(test)
        taken: _Latest = {side: latest[test.id, side] for side in sides if (test.id, side) in latest}
        differences = _differences(test, taken, person, injured_side, chain)
        results.extend(
            _result(test, one, person, differences.get(one.side) if one.side else None, chain) for one in taken.values()
        )
    return tuple(results)


def _differences(
    test: ChainTest, taken: _Latest, person: Person, injured_side: BodySide | None, chain: ChainKnowledge
) -> Mapping[BodySide, SideDifference]:
    """The difference with the other leg, on the side where it is told; of two equal sides on both."""
    if "left" not in taken or "right" not in taken:
        return {}
    if abs((taken["left"].date - taken["right"].date).days) > chain.rules.comparable_days:
        return {}
    norms = chain.norms.get(test.id, ())
    both = {side: compare_sides(test, taken[side], taken[other_side(side)], norms, person) for side in BODY_SIDES}
    if injured_side is not None:
        return {injured_side: both[injured_side]}
    return {side: one for side, one in both.items() if one.difference >= 0}


def _result(
    test: ChainTest, one: Measurement, person: Person, difference: SideDifference | None, chain: ChainKnowledge
) -> TestResult:
    judged = judge_against_norms(test, one, chain.norms.get(test.id, ()), person)
    mildest = judged[0] if judged else None
    verdicts = [mildest.verdict if mildest else "not_judged", difference.verdict if difference else "not_judged"]
    return TestResult(
        test=test.id,
        link=test.link,
        side=one.side,
        measurement=one,
        verdict=min(verdicts, key=_WORST_FIRST.index),
        z=max((each.z for each in judged if each.z is not None), default=None),
        population=mildest.norm.population if mildest else None,
        threshold=mildest.threshold if mildest else None,
        error=mildest.error if mildest else None,
        beyond_threshold=mildest.beyond_threshold if mildest else None,
        beyond_error=mildest.beyond_error if mildest else None,
        difference=difference,
        agreeing=tuple(each.norm.population for each in judged[1:]),
    )


def link_states(
    results: Sequence[TestResult], injured_side: BodySide | None, chain: ChainKnowledge
) -> Mapping[LinkId, LinkState]:
    """Every link on both sides. A result that could not be judged leaves its link "not measured"."""
    states: dict[LinkId, LinkState] = {}
    for link in LINKS:
        of_link = tuple(one for one in results if one.link == link)
        verdicts = {
            side: _verdict([one for one in of_link if _tells(one, side, injured_side, chain)]) for side in BODY_SIDES
        }
        states[link] = LinkState(link=link, verdicts=verdicts, results=of_link)
    return states


def _tells(result: TestResult, side: BodySide, injured_side: BodySide | None, chain: ChainKnowledge) -> bool:
    """Whether a result tells of a side; a comparison of the legs tells of the injured one."""
    if result.side is None and injured_side is not None and chain.tests[result.test].compares_sides:
        return side == injured_side
    return result.side in (side, None)


def _verdict(results: Sequence[TestResult]) -> LinkVerdict:
    verdicts = [one.verdict for one in results if one.verdict != "not_judged"]
    return cast("LinkVerdict", min(verdicts, key=_WORST_FIRST.index)) if verdicts else "not_measured"
