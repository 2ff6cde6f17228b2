"""Entries of the knowledge as text: every field, every number with its range and basis, every source in full."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from herstel.complaint.answers import unknown_id
from herstel.errors import InputError, marked
from herstel.knowledge.criterion import URGENCY_LEVELS, Criterion
from herstel.knowledge.entry import Source
from herstel.knowledge.model import Condition, Finding, Knowledge
from herstel.quantities import Probability
from herstel.text import Language, Text, say

_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")
_FORMULAS: Mapping[str, str] = {
    "all": marked("all of"),
    "any": marked("any of"),
    "not": marked("not"),
    "unless": marked("unless known to be true"),
    "at_least": marked("at least {low:g} of"),
    "known": marked("known"),
    "place": marked("place"),
    "level": marked("level"),
    "ladder": marked("ladder"),
    "likely": marked("probability together"),
}


def shown(entry_id: str, knowledge: Knowledge, language: Language) -> Iterator[str]:
    """Everything the knowledge has under an id.

    Raises
    ------
    InputError
        When nothing has this id; names the nearest ones.
    """
    everything = _everything(knowledge)
    if entry_id not in everything:
        raise InputError([unknown_id(entry_id, marked("is not an id of the knowledge."), everything)])
    for kind, entry in everything[entry_id]:
        title = f"{kind}: {entry_id}"
        yield title
        yield "=" * len(title)
        yield from _fields(entry, language)
        yield from _numbers(entry, knowledge, language)
        yield from _sources(entry, knowledge, language)
        yield ""


def _everything(knowledge: Knowledge) -> dict[str, list[tuple[str, Any]]]:
    """Every entry by its id, with the kind of entry it is; an id may name more than one."""
    advice = knowledge.advice
    kinds: dict[str, Iterable[Any]] = {
        "condition": knowledge.conditions.values(),
        "finding": knowledge.findings.values(),
        "cluster": knowledge.clusters.values(),
        "question": knowledge.questions.values(),
        "red flag": knowledge.red_flags.values(),
        "test": knowledge.tests.values(),
        "source": knowledge.sources.values(),
        "urgency": advice.urgency,
        "destination": advice.destinations,
        "imaging rule": advice.imaging,
        "first days": advice.first_days,
        "sport": advice.sport,
        "routine": advice.routines,
        "grade": advice.grades,
        "ladder item": advice.ladder,
        "recovery": advice.recovery,
        "re-check": advice.rechecks,
        "soreness sign": advice.soreness,
    }
    found: dict[str, list[tuple[str, Any]]] = {}
    for kind, entries in kinds.items():
        for entry in entries:
            found.setdefault(entry.id, []).append((kind, entry))
    for name, kind, entry in _of_the_road(knowledge):
        found.setdefault(name, []).append((kind, entry))
    return found


def _of_the_road(knowledge: Knowledge) -> Iterator[tuple[str, str, Any]]:
    """The entries of steps 2 to 5: the id, the kind and the entry."""
    chain = knowledge.chain
    named: dict[str, Mapping[Any, Any]] = {
        "link": chain.links,
        "chain test": chain.tests,
        "implication": chain.implications,
    }
    for kind, entries in named.items():
        yield from ((name, kind, entry) for name, entry in entries.items())
    yield from ((name, "norm", norm) for name, norms in chain.norms.items() for norm in norms)
    for part in (knowledge.exercises, knowledge.plan, knowledge.progress, knowledge.forecast):
        for where, entry in part.entries():
            yield where.rsplit(", ", 1)[-1], _CAPITAL.sub(" ", type(entry).__name__).lower(), entry


def _fields(entry: Any, language: Language, indent: str = "") -> Iterator[str]:
    for field in fields(entry):
        value = getattr(entry, field.name)
        named_already = field.name == "id" and not indent
        if not named_already and value is not None and value not in ((), {}):
            yield from _field(field.name, value, language, indent)


def _field(name: str, value: Any, language: Language, indent: str) -> Iterator[str]:
    if isinstance(value, tuple) and value and is_dataclass(value[0]):
        yield f"{indent}{name}:"
        for part in value:
            if part is None or isinstance(part, Text):
                yield f"{indent}  - {part[language] if part else '-'}"
            else:
                yield f"{indent}  -"
                yield from _fields(part, language, indent + "    ")
    elif is_dataclass(value) and not isinstance(value, Text | Criterion):
        yield f"{indent}{name}:"
        yield from _fields(value, language, indent + "  ")
    else:
        yield f"{indent}{name}: {_said(value, language)}"


def _said(value: Any, language: Language) -> str:
    if isinstance(value, Text):
        return value[language]
    if isinstance(value, Criterion):
        return formula(value, language)
    if isinstance(value, tuple):
        return ", ".join(_said(part, language) for part in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(part, language)}" for key, part in value.items())
    return str(value)


def formula(criterion: Criterion, language: Language) -> str:
    """A criterion as one line to read."""
    if criterion.operator == "finding":
        return criterion.subject[0]
    if criterion.subject == ("urgency",):
        bounds = {">=": criterion.low, "<=": criterion.high}
        return "urgency " + " ".join(
            f"{sign} {URGENCY_LEVELS[int(at)]}" for sign, at in bounds.items() if at is not None
        )
    if criterion.operator == "number":
        return f"{criterion.subject[0]} {_bounds(criterion)}"
    word = say(language, _FORMULAS[criterion.operator], low=criterion.low or 0)
    if criterion.parts:
        return f"{word} ({'; '.join(formula(part, language) for part in criterion.parts)})"
    return f"{word} {' + '.join(criterion.subject)} {_bounds(criterion)}".rstrip()


def _bounds(criterion: Criterion) -> str:
    low = f">= {criterion.low:g}" if criterion.low is not None else ""
    high = f"<= {criterion.high:g}" if criterion.high is not None else ""
    return " ".join(one for one in (low, high) if one)


# --- numbers and sources --------------------------------------------------------------------------------------------


def _cells(entry: Any, knowledge: Knowledge) -> list[tuple[str, Probability]]:
    """The rows of the tables that belong to an entry, with the name of each."""
    if isinstance(entry, Condition):
        priors = [(f"prior {c} {band}", p[entry.id]) for (c, band), p in knowledge.priors.items()]
        return priors + [(f, cell) for (f, condition), cell in knowledge.likelihoods.items() if condition == entry.id]
    if isinstance(entry, Finding):
        return [(condition, cell) for (f, condition), cell in knowledge.likelihoods.items() if f == entry.id]
    return []


def _numbers(entry: Any, knowledge: Knowledge, language: Language) -> Iterator[str]:
    cells = _cells(entry, knowledge)
    if not cells:
        return
    yield say(language, "numbers (value, range, basis, source):")
    for name, cell in cells:
        note = f"  ({cell.note})" if cell.note else ""
        spread = f"{cell.low:.3g} - {cell.high:.3g}"
        yield f"  {name:<44}{cell.value:<9.3g}{spread:<20}{cell.basis:<11}{' '.join(cell.sources)}{note}"


def _source_ids(entry: Any) -> Iterator[str]:
    for field in fields(entry):
        value = getattr(entry, field.name)
        if field.name in ("source", "sources"):
            yield from (value,) if isinstance(value, str) else value
        elif is_dataclass(value):
            yield from _source_ids(value)


def _sources(entry: Any, knowledge: Knowledge, language: Language) -> Iterator[str]:
    named = dict.fromkeys(_source_ids(entry))
    named |= dict.fromkeys(source for _, cell in _cells(entry, knowledge) for source in cell.sources)
    if not named or isinstance(entry, Source):
        return
    yield say(language, "sources:")
    for source in (knowledge.sources[one] for one in named):
        parts = [source.cited(language), source.url or "", source.note or ""]
        yield f"  {source.id} [{source.kind}]: " + " - ".join(part for part in parts if part)
