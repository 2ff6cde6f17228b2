"""One small language for rules, skips and advice, read from the knowledge files.

Three-valued logic (Kleene): a criterion is true, false, or ``None`` when the answers known so far do not decide it.
Unknown is never "no". ``unless`` is the safe form: it holds until its opposite is known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Criterion:
    """A node: an operator with its arguments, or a leaf that asks the facts something."""

    operator: str
    parts: "tuple[Criterion, ...]" = ()
    subject: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    def holds(self, facts: Facts) -> Truth:
        """Evaluate against ``facts``; None means that they do not decide it."""
        return _OPERATORS[self.operator](self, facts)

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


def _all(criterion: Criterion, facts: Facts) -> Truth:
    truth: Truth = True
    for part in criterion.parts:
        held = part.holds(facts)
        if held is False:
            return False
        if held is None:
            truth = None
    return truth


def _any(criterion: Criterion, facts: Facts) -> Truth:
    truth: Truth = False
    for part in criterion.parts:
        held = part.holds(facts)
        if held is True:
            return True
        if held is None:
            truth = None
    return truth


def _not(criterion: Criterion, facts: Facts) -> Truth:
    held = criterion.parts[0].holds(facts)
    return None if held is None else not held


def _unless(criterion: Criterion, facts: Facts) -> Truth:
    return criterion.parts[0].holds(facts) is not True


def _at_least(criterion: Criterion, facts: Facts) -> Truth:
    held = [part.holds(facts) for part in criterion.parts]
    count = criterion.low or 0
    if held.count(True) >= count:
        return True
    return None if held.count(True) + held.count(None) >= count else False


def _within(value: float | None, criterion: Criterion) -> Truth:
    if value is None:
        return None
    return (criterion.low is None or value >= criterion.low) and (criterion.high is None or value <= criterion.high)


def _level(criterion: Criterion, facts: Facts) -> Truth:
    level = facts.level()
    return None if level is None else level in criterion.subject


_OPERATORS: dict[str, Callable[[Criterion, Facts], Truth]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "unless": _unless,
    "at_least": _at_least,
    "finding": lambda c, facts: facts.finding(c.subject[0]),
    "known": lambda c, facts: facts.finding(c.subject[0]) is not None,
    "place": lambda c, facts: facts.place(c.subject[0]),
    "level": _level,
    "ladder": lambda c, facts: _within(facts.ladder(c.subject[0]), c),
    "likely": lambda c, facts: _within(facts.likelihood_of(c.subject), c),
    "number": lambda c, facts: _within(facts.number(c.subject[0]), c),
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
    if key in ("all", "any") and isinstance(value, list) and value:
        return Criterion(key, tuple(read_criterion(part) for part in value))
    if key in ("not", "unless"):
        return Criterion(key, (read_criterion(value),))
    if key in ("known", "place") and isinstance(value, str):
        return Criterion(key, subject=(value,))
    if key == "level" and isinstance(value, str | list):
        return Criterion(key, subject=(value,) if isinstance(value, str) else tuple(value))
    if isinstance(value, Mapping):
        return _read_measured(str(key), value)
    raise ValueError(f"{key!r} with {value!r} is not a criterion")


def _read_measured(key: str, value: Mapping[Any, Any]) -> Criterion:
    if key == "at_least" and set(value) == {"count", "of"}:
        return Criterion(key, tuple(read_criterion(part) for part in value["of"]), low=float(value["count"]))
    if key == "likely" and set(value) == {"conditions", "at_least"}:
        return Criterion(key, subject=tuple(value["conditions"]), low=float(value["at_least"]))
    if key == "ladder" and len(value) == 1:
        ((item, least),) = value.items()
        return Criterion(key, subject=(str(item),), low=float(least))
    if key in NUMBERS and value and set(value) <= {"min", "max"}:
        bounds = {name: _bound(key, value[name]) for name in value}
        return Criterion("number", subject=(key,), low=bounds.get("min"), high=bounds.get("max"))
    raise ValueError(f"{key!r} with {dict(value)!r} is not a criterion")


def _bound(key: str, value: object) -> float:
    if key == "urgency":
        return float(URGENCY_LEVELS.index(str(value)))
    if isinstance(value, int | float):
        return float(value)
    raise ValueError(f"{key!r} needs a number, not {value!r}")
