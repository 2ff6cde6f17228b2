"""What must hold of the chain of any person, whatever was measured."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from herstel.assessment.assess import assess
from herstel.assessment.matrix import compiled
from herstel.assessment.result import Assessment, Referral
from herstel.assessment.uncertainty import Draws
from herstel.chain.analysis import analyse_chain
from herstel.chain.measures import other_side
from herstel.chain.model import BODY_SIDES, METHODS, BodySide, Chain, Judgement, Measurement, SideDifference
from herstel.chain.picture import chain_picture
from herstel.chain.report import write_chain
from herstel.complaint.model import Complaint, Place
from herstel.knowledge.chain_entries import LINKS, ChainTest
from herstel.knowledge.load import load_knowledge
from herstel.text import LANGUAGES

KNOWLEDGE = load_knowledge()
CHAIN = KNOWLEDGE.chain
DAY = date(2026, 3, 2)
FEW_DRAWS = Draws(compiled(KNOWLEDGE), count=10)
MIRRORED: Mapping[str, str] = {"left": "right", "right": "left", "middle": "middle"}
STORY = (
    "previous_hamstring_injury", "previous_injury_rehabilitated", "recurrent_same_leg", "mech_sprint",
    "mech_overstretch_slip_waterski", "morning_or_start_up_stiffness", "low_back_pain_now", "limp",
)  # fmt: skip

holds = settings(deadline=None, derandomize=True, max_examples=60)


@st.composite
def complaints(draw: st.DrawFn) -> Complaint:
    sides = draw(st.sets(st.sampled_from(["left", "right", "middle"])))
    found = draw(st.dictionaries(st.sampled_from(STORY), st.booleans(), max_size=4))
    return Complaint(
        places=frozenset(Place(side, "thigh_middle") for side in sides),  # type: ignore[arg-type]
        findings=found,
        age_years=draw(st.none() | st.integers(10, 90)),
        sex=draw(st.sampled_from([None, "male", "female", "other"])),
        level=draw(st.sampled_from([None, "none", "recreational", "professional"])),
        days_since_onset=draw(st.none() | st.integers(0, 100)),
    )


@st.composite
def measurements(draw: st.DrawFn, tests: tuple[ChainTest, ...] = tuple(CHAIN.tests.values())) -> Measurement:
    test = draw(st.sampled_from(tests))
    return Measurement(
        test=test.id,
        side=draw(st.sampled_from(BODY_SIDES)) if test.per_side else None,
        value=_value(draw, test),
        unit=test.unit,
        method=draw(st.sampled_from(METHODS)),
        tester=draw(st.sampled_from(["self", "therapist"])),
        date=DAY + timedelta(days=draw(st.integers(0, 20))),
        standard_error=draw(st.none() | st.just((test.possible_high - test.possible_low) / 50)),
    )


def _value(draw: st.DrawFn, test: ChainTest) -> float:
    if test.unit == "yes_no":
        return float(draw(st.booleans()))
    steps = draw(st.integers(0, 40))
    return test.possible_low + (test.possible_high - test.possible_low) * steps / 40


any_measurements = st.lists(measurements(), max_size=14)
without_the_hamstring = st.lists(
    measurements(tests=tuple(test for test in CHAIN.tests.values() if test.link != "hamstring")), max_size=12
)
any_phase = st.integers(1, 4)


def recognised(complaint: Complaint) -> Assessment | Referral:
    return assess(complaint, KNOWLEDGE, draws=FEW_DRAWS)


def analysed(
    complaint: Complaint, taken: list[Measurement], judgements: tuple[Judgement, ...] = (), phase: int = 1
) -> Chain:
    return analyse_chain(recognised(complaint), taken, KNOWLEDGE, judgements=judgements, phase=phase)


def judgement(contributor: str, verdict: Any) -> Judgement:
    return Judgement(contributor=contributor, verdict=verdict, reason="looked at", date=DAY)


# --- left and right ---------------------------------------------------------------------------------------------------


def mirror_side(side: BodySide | None) -> BodySide | None:
    return None if side is None else other_side(side)


def what_is_said(chain: Chain, *, mirrored: bool) -> dict[str, Any]:
    """Everything concluded, with the sides swapped when asked."""

    def turn(side: BodySide | None) -> BodySide | None:
        return mirror_side(side) if mirrored else side

    def told(difference: SideDifference | None) -> object:
        return difference and (difference.difference, difference.percent, difference.verdict)

    return {
        "results": sorted(
            (one.test, str(turn(one.side)), one.verdict, str(one.z), str(told(one.difference))) for one in chain.results
        ),
        "links": {
            link: {str(turn(side)): verdict for side, verdict in state.verdicts.items()}
            for link, state in chain.links.items()
        },
        "contributors": [(one.id, turn(one.side), one.weight) for one in chain.contributors],
        "indices": (chain.hamstring_index, chain.chain_index),
        "next": chain.next_tests,
        "side": turn(chain.injured_side),
        "grade": chain.clinician_grade,
    }


@holds
@given(complaints(), any_measurements, any_phase)
def test_the_mirror_image_of_a_person_has_the_mirror_image_of_the_chain(
    complaint: Complaint, taken: list[Measurement], phase: int
) -> None:
    places = frozenset(replace(place, side=MIRRORED[place.side]) for place in complaint.places)  # type: ignore[arg-type]
    turned = [replace(one, side=mirror_side(one.side)) for one in taken]
    here = analysed(complaint, taken, phase=phase)
    there = analysed(replace(complaint, places=places), turned, phase=phase)
    assert what_is_said(here, mirrored=True) == what_is_said(there, mirrored=False)


# --- what is not known ------------------------------------------------------------------------------------------------


@holds
@given(complaints(), any_measurements, any_phase)
def test_what_was_not_measured_is_never_called_normal(
    complaint: Complaint, taken: list[Measurement], phase: int
) -> None:
    chain = analysed(complaint, taken, phase=phase)
    measured = {
        (CHAIN.tests[one.test].link, side) for one in taken for side in ((one.side,) if one.side else BODY_SIDES)
    }
    assert set(chain.links) == set(LINKS)
    for link, state in chain.links.items():
        for side, verdict in state.verdicts.items():
            if not measured & {(link, side), (link, None)}:
                assert verdict == "not_measured"


@holds
@given(complaints(), any_phase)
def test_an_empty_chain_gives_a_report_a_picture_and_no_finding(complaint: Complaint, phase: int) -> None:
    chain = analysed(complaint, [], phase=phase)
    assert all(state.worst == "not_measured" for state in chain.links.values())
    assert all(one.id in chain.implications for one in chain.contributors)
    assert (chain.hamstring_index.value, chain.chain_index.value) == (None, None)
    assert bool(chain.next_tests) is (chain.referral is None)
    for language in LANGUAGES:
        assert write_chain(chain, KNOWLEDGE, language).sections
        assert chain_picture(chain, KNOWLEDGE, language).description


@holds
@given(complaints(), any_measurements, any_phase)
def test_every_chain_can_be_told(complaint: Complaint, taken: list[Measurement], phase: int) -> None:
    chain = analysed(complaint, taken, phase=phase)
    for language in LANGUAGES:
        report = write_chain(chain, KNOWLEDGE, language)
        assert report.headline
        assert all(line.text for section in report.sections for line in section.lines)


@holds
@given(complaints(), any_measurements)
def test_a_finding_for_a_person_of_unknown_sex_is_one_for_both_sexes(
    complaint: Complaint, taken: list[Measurement]
) -> None:
    """The milder judgement: nobody is called deviating by the norm of the other sex."""
    unknown = analysed(replace(complaint, sex=None), taken)
    for sex in ("male", "female"):
        known = analysed(replace(complaint, sex=sex), taken)  # type: ignore[arg-type]
        for one, other in zip(unknown.results, known.results, strict=True):
            if one.beyond_threshold and one.beyond_error and other.population in (one.population, *one.agreeing):
                assert other.beyond_threshold
                assert other.beyond_error


# --- ranking ----------------------------------------------------------------------------------------------------------


def worsened(one: Measurement, share: float) -> Measurement:
    """The same measurement, further from good by a share of what is possible."""
    test = CHAIN.tests[one.test]
    worst = test.possible_high if test.direction == "lower_better" else test.possible_low
    return replace(one, value=one.value + share * (worst - one.value))


def rank_of(chain: Chain, link: str) -> int:
    return [one.id for one in chain.contributors].index(link)


@holds
@given(complaints(), any_measurements, st.data(), st.floats(0, 1))
@example(
    complaint=Complaint(places=frozenset({Place("left", "thigh_middle")}), sex="male", age_years=22),
    taken=[
        Measurement(test="side_plank", side="left", value=40, unit="s", method="stopwatch", tester="self", date=DAY),
        Measurement(test="knee_to_wall", side="left", value=5, unit="cm", method="tape", tester="self", date=DAY),
    ],
    data=None,
    share=0.9,
)
def test_more_deviation_never_ranks_a_link_lower(
    complaint: Complaint, taken: list[Measurement], data: st.DataObject | None, share: float
) -> None:
    worsenable = [
        one for one in analysed(complaint, taken).measurements
        if CHAIN.tests[one.test].direction != "middle_better" and CHAIN.tests[one.test].unit != "yes_no"
    ]  # fmt: skip
    if not worsenable:
        return
    chosen = worsenable[0] if data is None else data.draw(st.sampled_from(worsenable))
    injured = analysed(complaint, taken).injured_side
    if injured is not None and chosen.side == other_side(injured):
        return  # a worse other leg makes the injured one look better
    before = analysed(complaint, taken)
    after = analysed(complaint, [worsened(one, share) if one == chosen else one for one in taken])
    link = CHAIN.tests[chosen.test].link
    if link in [one.id for one in before.contributors]:
        assert rank_of(after, link) <= rank_of(before, link)


@holds
@given(complaints(), any_measurements)
def test_no_other_link_ever_outranks_a_deviating_hamstring(complaint: Complaint, taken: list[Measurement]) -> None:
    links = [one.id for one in analysed(complaint, taken).contributors if one.id in LINKS]
    assert "hamstring" not in links[1:]


@holds
@given(complaints(), any_measurements, any_phase)
def test_weights_only_rank_and_gains_stay_between_zero_and_one(
    complaint: Complaint, taken: list[Measurement], phase: int
) -> None:
    chain = analysed(complaint, taken, phase=phase)
    assert all(0 <= one.weight <= 1 for one in chain.contributors)
    assert all(0 < one.gain <= 1 for one in chain.next_tests)
    assert all(CHAIN.tests[one.test].earliest_phase <= phase for one in chain.next_tests)


# --- what the therapist decides ---------------------------------------------------------------------------------------


@holds
@given(complaints(), any_measurements, st.sampled_from([*LINKS, *CHAIN.implications]))
def test_a_rejected_contributor_never_counts_and_never_disappears(
    complaint: Complaint, taken: list[Measurement], rejected: str
) -> None:
    chain = analysed(complaint, taken, (judgement(rejected, "rejected"),))
    (one,) = (one for one in chain.contributors if one.id == rejected)
    assert not one.counts
    after = chain.contributors[chain.contributors.index(one) :]
    assert not any(other.counts for other in after)


@holds
@given(complaints(), any_measurements, st.sampled_from([*LINKS, *CHAIN.implications]))
def test_a_confirmed_contributor_always_counts(complaint: Complaint, taken: list[Measurement], confirmed: str) -> None:
    chain = analysed(complaint, taken, (judgement(confirmed, "confirmed"),))
    assert any(one.counts and one.weight > 0 for one in chain.contributors if one.id == confirmed)


# --- the two indices --------------------------------------------------------------------------------------------------


@holds
@given(complaints(), any_measurements, without_the_hamstring)
def test_nothing_measured_of_the_chain_masks_a_weak_hamstring(
    complaint: Complaint, taken: list[Measurement], more: list[Measurement]
) -> None:
    with_it, without = analysed(complaint, [*taken, *more]), analysed(complaint, taken)
    assert with_it.hamstring_index == without.hamstring_index
    assert with_it.links["hamstring"] == without.links["hamstring"]


@holds
@given(complaints(), any_measurements)
def test_no_measurement_changes_the_urgency(complaint: Complaint, taken: list[Measurement]) -> None:
    before = recognised(complaint)
    chain = analyse_chain(before, taken, KNOWLEDGE)
    assert chain.assessment.urgency == before.urgency


@holds
@given(complaints(), any_measurements)
def test_nothing_that_was_measured_is_lost(complaint: Complaint, taken: list[Measurement]) -> None:
    chain = analysed(complaint, taken)
    kept = [*chain.measurements, *chain.corrected]
    assert len(kept) == len(taken)
    assert all(one in kept for one in taken)
