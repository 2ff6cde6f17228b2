"""One small language for rules, skips and advice, read from the knowledge files.

Three-valued logic (Kleene): a criterion is true, false, or ``None`` when the answers known so far do not decide it.
Unknown is never "no". ``unless`` is the safe form: it holds until its opposite is known.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Protocol, get_args

Truth = bool | None
Urgency = Literal["self_care", "physio", "gp_week", "same_day", "emergency"]
URGENCY_LEVELS: tuple[Urgency, ...] = get_args(Urgency)


class Facts(Protocol):
    """What a criterion may ask about a complaint (and, for advice, about its assessment)."""

    def finding(self, finding: str) -> Truth: ...
    def number(self, name: str) -> float | None: ...
    def place(self, place: str) -> Truth: ...
    def ladder(self, item: str) -> int | None: ...
    def level(self) -> str | None: ...
    def likelihood_of(self, conditions: Sequence[str]) -> float | None: ...


Test = Callable[[Facts], Truth]


@dataclass(frozen=True)
class Criterion:
    """A node: an operator with its arguments, or a leaf that asks the facts something."""

    operator: str
    parts: "tuple[Criterion, ...]" = ()
    subject: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @cached_property
    def holds(self) -> Test:
        """Evaluates against facts; None means that they do not decide it. Built once, for it is asked very often."""
        return _OPERATORS[self.operator](self)

    def leaves(self) -> Iterator["Criterion"]:
        """Every leaf of the tree, for checking that ids resolve and for finding rules a question can change."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    @classmethod
    def __get_pydantic_core_schema__(cls, *_: object) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(read_criterion)


def _settled_by(decisive: bool) -> Callable[[Criterion], Test]:
    """All parts must hold (one false part settles it), or any part (one true part settles it)."""

    def build(criterion: Criterion) -> Test:
        tests = [part.holds for part in criterion.parts]

        def test(facts: Facts) -> Truth:
            truth: Truth = not decisive
            for part in tests:
                held = part(facts)
                if held is decisive:
                    return decisive
                if held is None:
                    truth = None
            return truth

        return test

    return build


def _not(criterion: Criterion) -> Test:
    inner = criterion.parts[0].holds
    opposite = {True: False, False: True, None: None}
    return lambda facts: opposite[inner(facts)]


def _unless(criterion: Criterion) -> Test:
    inner = criterion.parts[0].holds
    return lambda facts: inner(facts) is not True


def _at_least(criterion: Criterion) -> Test:
    tests, count = [part.holds for part in criterion.parts], criterion.low or 0

    def test(facts: Facts) -> Truth:
        held = [part(facts) for part in tests]
        if held.count(True) >= count:
            return True
        return None if held.count(True) + held.count(None) >= count else False

    return test


def _measured(criterion: Criterion, measure: Callable[[Facts], float | None]) -> Test:
    low = -math.inf if criterion.low is None else criterion.low
    high = math.inf if criterion.high is None else criterion.high

    def test(facts: Facts) -> Truth:
        value = measure(facts)
        return None if value is None else low <= value <= high

    return test


def _level(criterion: Criterion) -> Test:
    def test(facts: Facts) -> Truth:
        level = facts.level()
        return None if level is None else level in criterion.subject

    return test


def _finding(criterion: Criterion) -> Test:
    name = criterion.subject[0]
    return lambda facts: facts.finding(name)


def _known(criterion: Criterion) -> Test:
    name = criterion.subject[0]
    return lambda facts: facts.finding(name) is not None


def _place(criterion: Criterion) -> Test:
    name = criterion.subject[0]
    return lambda facts: facts.place(name)


_OPERATORS: dict[str, Callable[[Criterion], Test]] = {
    "all": _settled_by(False),
    "any": _settled_by(True),
    "not": _not,
    "unless": _unless,
    "at_least": _at_least,
    "finding": _finding,
    "known": _known,
    "place": _place,
    "level": _level,
    "ladder": lambda c: _measured(c, lambda facts: facts.ladder(c.subject[0])),
    "likely": lambda c: _measured(c, lambda facts: facts.likelihood_of(c.subject)),
    "number": lambda c: _measured(c, lambda facts: facts.number(c.subject[0])),
}
NUMBERS = ("age", "days", "pain", "places", "grade", "urgency")


def read_criterion(raw: object) -> Criterion:
    """Read a criterion from what a YAML file holds.

    Raises
    ------
    ValueError
        When the form is not one of the language; the message names what was found and what is allowed.
    """
    if isinstance(raw, str):
        return Criterion("finding", subject=(raw,))
    if not isinstance(raw, Mapping) or len(raw) != 1:
        raise ValueError(f"a criterion is a finding id or a mapping with one key, not {raw!r}")
    ((key, value),) = raw.items()
    if key in ("all", "any") and _is_filled_list(value):
        return Criterion(key, tuple(read_criterion(part) for part in value))
    if key in ("not", "unless"):
        return Criterion(key, (read_criterion(value),))
    if key in ("known", "place") and isinstance(value, str):
        return Criterion(key, subject=(value,))
    if key == "level" and (isinstance(value, str) or _is_filled_list(value)):
        return Criterion(key, subject=(value,) if isinstance(value, str) else tuple(map(str, value)))
    if isinstance(value, Mapping):
        return _read_measured(str(key), value)
    raise ValueError(f"{key!r} with {value!r} is not a criterion")


def _read_measured(key: str, value: Mapping[Any, Any]) -> Criterion:
    if key == "at_least" and set(value) == {"count", "of"} and _is_filled_list(value["of"]):
        return Criterion(key, tuple(read_criterion(part) for part in value["of"]), low=_bound(key, value["count"]))
    if key == "likely" and set(value) == {"conditions", "at_least"} and _is_filled_list(value["conditions"]):
        return Criterion(key, subject=tuple(map(str, value["conditions"])), low=_bound(key, value["at_least"]))
    if key == "ladder" and len(value) == 1:
        ((item, least),) = value.items()
        return Criterion(key, subject=(str(item),), low=_bound(key, least))
    if key in NUMBERS and value and set(value) <= {"min", "max"}:
        bounds = {name: _bound(key, value[name]) for name in value}
        return Criterion("number", subject=(key,), low=bounds.get("min"), high=bounds.get("max"))
    raise ValueError(f"{key!r} with {dict(value)!r} is not a criterion")


def _is_filled_list(value: object) -> bool:
    return isinstance(value, list) and bool(value)


def _bound(key: str, value: object) -> float:
    if key == "urgency" and value in URGENCY_LEVELS:
        return float(URGENCY_LEVELS.index(value))
    if key != "urgency" and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    allowed = ", ".join(URGENCY_LEVELS) if key == "urgency" else "a number"
    raise ValueError(f"{key!r} needs {allowed}, not {value!r}")
