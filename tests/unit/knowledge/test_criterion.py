import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.knowledge.criterion import URGENCY_LEVELS, Criterion, Truth, read_criterion


@dataclass(frozen=True)
class Known:
    """Facts as a plain record; what is not in it is unknown."""

    findings: Mapping[str, Truth] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    places: frozenset[str] | None = None
    graded: Mapping[str, int] = field(default_factory=dict)
    sport_level: str | None = None
    probabilities: Mapping[str, float] | None = None

    def finding(self, finding: str) -> Truth:
        return self.findings.get(finding)

    def number(self, name: str) -> float | None:
        return self.numbers.get(name)

    def place(self, place: str) -> Truth:
        return None if self.places is None else place in self.places

    def ladder(self, item: str) -> int | None:
        return self.graded.get(item)

    def level(self) -> str | None:
        return self.sport_level

    def likelihood_of(self, conditions: Sequence[str]) -> float | None:
        return None if self.probabilities is None else sum(self.probabilities.get(name, 0) for name in conditions)


NOTHING = Known()


def holds(raw: object, facts: Known = NOTHING) -> Truth:
    return read_criterion(raw).holds(facts)


def abc(*truths: Truth) -> Known:
    return Known(findings=dict(zip("abc", truths, strict=False)))


# ------------------------------------------------------------------ unknown


@pytest.mark.parametrize(
    "raw",
    [
        "pop",
        {"not": "pop"},
        {"all": ["pop", "limp"]},
        {"any": ["pop", "limp"]},
        {"at_least": {"count": 1, "of": ["pop", "limp"]}},
        {"age": {"max": 17}},
        {"days": {"min": 3}},
        {"pain": {"min": 7}},
        {"places": {"min": 2}},
        {"place": "calf"},
        {"ladder": {"walking": 3}},
        {"level": "professional"},
        {"likely": {"conditions": ["dvt"], "at_least": 0.1}},
        {"grade": {"min": 2}},
        {"urgency": {"min": "gp_week"}},
    ],
    ids=str,
)
def test_unknown_is_never_no(raw: object) -> None:
    assert holds(raw) is None
    assert holds({"not": raw}) is None


def test_unless_holds_until_its_opposite_is_known() -> None:
    assert holds({"unless": "a"}, abc(None)) is True
    assert holds({"unless": "a"}, abc(False)) is True
    assert holds({"unless": "a"}, abc(True)) is False


def test_known_asks_whether_there_is_an_answer_not_which() -> None:
    assert [holds({"known": "a"}, abc(truth)) for truth in (True, False, None)] == [True, True, False]


# ------------------------------------------------------------------ three-valued logic


@pytest.mark.parametrize(
    ("first", "second", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_all_and_any_follow_kleenes_tables_in_either_order(
    first: Truth, second: Truth, both: Truth, either: Truth
) -> None:
    for facts in (abc(first, second), abc(second, first)):
        assert holds({"all": ["a", "b"]}, facts) is both
        assert holds({"any": ["a", "b"]}, facts) is either


def test_not_turns_what_is_known() -> None:
    assert [holds({"not": "a"}, abc(truth)) for truth in (True, False, None)] == [False, True, None]


@pytest.mark.parametrize("truths", list(product([True, False, None], repeat=3)), ids=str)
def test_at_least_counts_what_is_there_and_what_could_still_be(truths: tuple[Truth, ...]) -> None:
    sure, possible = truths.count(True), truths.count(True) + truths.count(None)
    expected = True if sure >= 2 else None if possible >= 2 else False
    assert holds({"at_least": {"count": 2, "of": ["a", "b", "c"]}}, abc(*truths)) is expected


# ------------------------------------------------------------------ leaves


@pytest.mark.parametrize(("value", "expected"), [(8, False), (9, True), (12.5, True), (17, True), (17.5, False)])
def test_bounds_of_a_number_are_inclusive(value: float, expected: bool) -> None:
    assert holds({"age": {"min": 9, "max": 17}}, Known(numbers={"age": value})) is expected


def test_a_number_may_be_bounded_on_one_side() -> None:
    old = Known(numbers={"age": 90})
    assert holds({"age": {"min": 40}}, old) is True
    assert holds({"age": {"max": 40}}, old) is False


def test_urgency_is_compared_by_how_urgent_it_is() -> None:
    for rank, _ in enumerate(URGENCY_LEVELS):
        facts = Known(numbers={"urgency": rank})
        assert holds({"urgency": {"min": "gp_week"}}, facts) is (rank >= 2)
        assert holds({"urgency": {"max": "gp_week"}}, facts) is (rank <= 2)


def test_a_place_that_is_not_among_the_marked_ones_is_no() -> None:
    marked = Known(places=frozenset({"calf"}))
    assert holds({"place": "calf"}, marked) is True
    assert holds({"place": "low_back"}, marked) is False


def test_a_ladder_item_holds_from_the_level_asked_for() -> None:
    asked = {"ladder": {"walking": 2}}
    assert [holds(asked, Known(graded={"walking": level})) for level in range(4)] == [False, False, True, True]


def test_one_level_or_one_of_several_can_be_asked_for() -> None:
    paid = Known(sport_level="professional")
    assert holds({"level": "professional"}, paid) is True
    assert holds({"level": ["semi_professional", "professional"]}, paid) is True
    assert holds({"level": "recreational"}, paid) is False


def test_likely_adds_up_the_probabilities_of_its_conditions() -> None:
    asked = {"likely": {"conditions": ["dvt", "vascular"], "at_least": 0.3}}
    assert holds(asked, Known(probabilities={"dvt": 0.2, "vascular": 0.15, "doms": 0.65})) is True
    assert holds(asked, Known(probabilities={"dvt": 0.2, "doms": 0.8})) is False


def test_the_leaves_of_a_criterion_are_all_it_asks() -> None:
    criterion = read_criterion({"any": ["pop", {"all": [{"not": {"place": "calf"}}, {"age": {"min": 9}}]}]})
    assert [(leaf.operator, leaf.subject) for leaf in criterion.leaves()] == [
        ("finding", ("pop",)),
        ("place", ("calf",)),
        ("number", ("age",)),
    ]


# ------------------------------------------------------------------ reading


def test_a_criterion_is_the_same_however_it_was_written() -> None:
    assert read_criterion({"level": "professional"}) == read_criterion({"level": ["professional"]})
    assert read_criterion("pop") == Criterion("finding", subject=("pop",))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (None, "a criterion is a finding id or a mapping with one key, not None"),
        (["pop"], "mapping with one key"),
        ({}, "mapping with one key"),
        ({"not": "pop", "all": ["limp"]}, "mapping with one key"),
        ({"all": []}, "'all' with \\[\\] is not a criterion"),
        ({"any": "pop"}, "'any' with 'pop' is not a criterion"),
        ({"not": None}, "not None"),
        ({"place": 3}, "'place' with 3 is not a criterion"),
        ({"level": []}, "'level' with \\[\\] is not a criterion"),
        ({"mood": "low"}, "'mood' with 'low' is not a criterion"),
        ({"mood": {"min": 3}}, "'mood' with {'min': 3} is not a criterion"),
        ({"age": {}}, "'age' with {} is not a criterion"),
        ({"age": {"from": 9}}, "'age' with {'from': 9} is not a criterion"),
        ({"age": {"min": "nine"}}, "'age' needs a number, not 'nine'"),
        ({"age": {"min": True}}, "'age' needs a number, not True"),
        ({"urgency": {"min": "soon"}}, "'urgency' needs self_care, .*, not 'soon'"),
        ({"at_least": {"count": 2}}, "'at_least' with .* is not a criterion"),
        ({"at_least": {"count": 1, "of": []}}, "'at_least' with .* is not a criterion"),
        ({"at_least": {"count": 1, "of": "pop"}}, "'at_least' with .* is not a criterion"),
        ({"at_least": {"count": None, "of": ["pop"]}}, "'at_least' needs a number, not None"),
        ({"likely": {"conditions": "dvt", "at_least": 0.1}}, "'likely' with .* is not a criterion"),
        ({"likely": {"conditions": ["dvt"], "at_least": None}}, "'likely' needs a number, not None"),
        ({"ladder": {"walking": 2, "moment": 1}}, "'ladder' with .* is not a criterion"),
        ({"ladder": {"walking": "bad"}}, "'ladder' needs a number, not 'bad'"),
    ],
    ids=str,
)
def test_a_form_outside_the_language_is_refused_with_what_was_found(raw: object, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_criterion(raw)


# ------------------------------------------------------------------ properties

LEAVES = st.sampled_from("abc")
DECIDABLE: st.SearchStrategy[Any] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.fixed_dictionaries({"all": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"any": st.lists(inner, min_size=1, max_size=3)}),
        st.fixed_dictionaries({"not": inner}),
        st.lists(inner, min_size=1, max_size=4).flatmap(
            lambda of: st.fixed_dictionaries(
                {"at_least": st.fixed_dictionaries({"count": st.integers(1, len(of)), "of": st.just(of)})}
            )
        ),
    ),
    max_leaves=12,
)
TRUTHS = st.sampled_from([True, False, None])
FACTS = st.tuples(TRUTHS, TRUTHS, TRUTHS).map(lambda truths: abc(*truths))


@given(DECIDABLE, FACTS, st.sampled_from("abc"), st.booleans())
def test_one_more_answer_never_turns_what_was_already_decided(
    raw: object, facts: Known, asked: str, answer: bool
) -> None:
    before = holds(raw, facts)
    if facts.findings[asked] is None and before is not None:
        assert holds(raw, replace(facts, findings={**facts.findings, asked: answer})) is before


@given(DECIDABLE, st.tuples(st.booleans(), st.booleans(), st.booleans()))
def test_with_everything_answered_a_criterion_is_yes_or_no(raw: object, truths: tuple[bool, bool, bool]) -> None:
    assert holds(raw, abc(*truths)) is not None


@given(DECIDABLE, FACTS)
def test_not_twice_is_the_same_as_not_at_all(raw: object, facts: Known) -> None:
    assert holds({"not": {"not": raw}}, facts) is holds(raw, facts)


@given(st.lists(DECIDABLE, min_size=1, max_size=3), FACTS)
def test_not_all_is_the_same_as_any_not(raws: list[object], facts: Known) -> None:
    assert holds({"not": {"all": raws}}, facts) is holds({"any": [{"not": raw} for raw in raws]}, facts)


@given(st.lists(DECIDABLE, min_size=1, max_size=4), FACTS)
def test_at_least_one_is_any_and_at_least_all_is_all(raws: list[object], facts: Known) -> None:
    assert holds({"at_least": {"count": 1, "of": raws}}, facts) is holds({"any": raws}, facts)
    assert holds({"at_least": {"count": len(raws), "of": raws}}, facts) is holds({"all": raws}, facts)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["all", "any", "not", "at_least", "count", "of", "likely", "age", "min", "ladder", "level"]
                ),
                inner,
                max_size=2,
            )
        ),
        max_leaves=8,
    )
)
def test_whatever_a_file_holds_is_read_or_refused(raw: object) -> None:
    try:
        criterion = read_criterion(raw)
    except ValueError:
        return
    assert criterion.holds(NOTHING) in (True, False, None)


def test_a_number_without_bounds_takes_every_number() -> None:
    assert Criterion("number", subject=("age",)).holds(Known(numbers={"age": -math.inf})) is True
