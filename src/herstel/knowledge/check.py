"""Checks that need more than one entry: ids that resolve, sums that are one, findings that can be asked for."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from herstel.errors import Problem, marked
from herstel.knowledge.criterion import NUMBERS, URGENCY_LEVELS, Criterion
from herstel.knowledge.entry import Sources, source_ids
from herstel.knowledge.model import (
    AGE_BANDS,
    CONTEXTS,
    GROUPS,
    LADDER,
    ClinicianTest,
    Condition,
    Destination,
    Knowledge,
)

SUM_TOLERANCE = 0.005
"""Printed probabilities are rounded; a sum of one may miss by this much."""
DERIVED_FINDINGS = frozenset({"duration_over_6_weeks"})
"""Findings that follow from other answers and need no question."""
_LIKELIHOODS, _PRIORS, _WEIGHTS = "findings/likelihoods.csv", "conditions/priors.csv", "conditions/age_weights.csv"

Fault = tuple[str, str]
"""Where it is (file and key) and what is wrong."""


def check_references(knowledge: Knowledge) -> list[Problem]:
    """Everything in a loaded knowledge that does not fit together.

    Returns
    -------
    list of Problem
        Empty when all is well.
    """
    faults = [
        *_unknown_sources(knowledge),
        *_incomplete_tables(knowledge),
        *_incomplete_advice(knowledge),
        *_wrong_sums(knowledge),
        *_unknown_findings(knowledge),
        *_unknown_conditions(knowledge),
        *_wrong_criteria(knowledge),
        *_unasked_findings(knowledge),
        *knowledge.chain.faults(knowledge),
        *knowledge.exercises.faults(knowledge),
        *knowledge.plan.faults(knowledge),
        *knowledge.progress.faults(knowledge),
        *knowledge.forecast.faults(knowledge),
        *knowledge.movement.faults(knowledge),
    ]
    return [_problem(thing, reason) for thing, reason in faults]


def _problem(thing: str, reason: str) -> Problem:
    return Problem(
        thing=thing,
        reason="{reason}.",
        remedy=marked("Correct the entry; 'herstel knowledge check' says whether it is right."),
        values={"reason": reason},
    )


def _entries(knowledge: Knowledge) -> Iterator[tuple[str, Any]]:
    """Every entry of the YAML files with where it stands, as "file, id"."""
    advice = knowledge.advice
    files: dict[str, Iterable[Any]] = {
        "conditions/conditions.yaml": knowledge.conditions.values(),
        "findings/findings.yaml": (*knowledge.findings.values(), *knowledge.clusters.values()),
        "findings/clinician_tests.yaml": knowledge.tests.values(),
        "questions/questions.yaml": knowledge.questions.values(),
        "red_flags/red_flags.yaml": knowledge.red_flags.values(),
        "advice/urgency.yaml": (*advice.urgency, *advice.destinations),
        "advice/imaging.yaml": advice.imaging,
        "advice/first_days.yaml": advice.first_days,
        "advice/sport.yaml": advice.sport,
        "advice/self_care.yaml": advice.routines,
        "advice/grading.yaml": (*advice.grades, *advice.ladder),
        "advice/recovery.yaml": advice.recovery,
        "advice/recheck.yaml": advice.rechecks,
        "advice/soreness.yaml": advice.soreness,
    }
    for file, entries in files.items():
        for entry in entries:
            yield f"{file}, {entry.id}", entry
    parts = (
        knowledge.chain, knowledge.exercises, knowledge.plan,
        knowledge.progress, knowledge.forecast, knowledge.movement,
    )  # fmt: skip
    for part in parts:
        yield from part.entries()


def _sourced(knowledge: Knowledge) -> Iterator[tuple[str, Sources]]:
    for thing, entry in _entries(knowledge):
        yield thing, getattr(entry, "source", getattr(entry, "sources", ()))
        if isinstance(entry, Condition):
            yield f"{thing}.base_rate", entry.base_rate.source
            yield f"{thing}.course", entry.course.source
            if entry.founding_course is not None:
                yield f"{thing}.founding_course", entry.founding_course.source
    for (finding, name), cell in knowledge.likelihoods.items():
        yield f"{_LIKELIHOODS}, {finding} of {name}", cell.sources
    for (context, band), priors in knowledge.priors.items():
        for name, prior in priors.items():
            yield f"{_PRIORS}, {name} in {context} at {band}", prior.sources


def _unknown_sources(knowledge: Knowledge) -> Iterator[Fault]:
    for thing, sources in _sourced(knowledge):
        for source in source_ids(sources):
            if source not in knowledge.sources:
                yield thing, f"the source {source!r} is not in sources.yaml"


def _incomplete_tables(knowledge: Knowledge) -> Iterator[Fault]:
    wanted = {(finding, condition) for finding in knowledge.matrix_findings for condition in knowledge.conditions}
    for finding, condition in sorted(wanted ^ set(knowledge.likelihoods)):
        yield f"{_LIKELIHOODS}, {finding} of {condition}", "the row is missing, or its ids are not those of the files"
    for context in CONTEXTS:
        for band in AGE_BANDS:
            if set(knowledge.priors.get((context, band), {})) != set(knowledge.conditions):
                yield f"{_PRIORS}, {context} {band}", "needs exactly one row for every condition"
        if set(knowledge.age_weights.get(context, {})) != set(AGE_BANDS):
            yield f"{_WEIGHTS}, {context}", "needs exactly one row for every age band"


def _incomplete_advice(knowledge: Knowledge) -> Iterator[Fault]:
    advice = knowledge.advice
    wanted: tuple[tuple[str, Iterable[str], Iterable[Any]], ...] = (
        ("advice/urgency.yaml", URGENCY_LEVELS, advice.urgency),
        ("advice/urgency.yaml", get_args(Destination), advice.destinations),
        ("advice/grading.yaml", LADDER, advice.ladder),
    )
    for file, ids, entries in wanted:
        for missing in sorted(set(ids) - {entry.id for entry in entries}):
            yield f"{file}, {missing}", "the entry is missing"
    counted = Counter(thing for thing, _ in _entries(knowledge))
    for twice in sorted(thing for thing, count in counted.items() if count > 1):
        yield twice, "this id occurs twice"


def _wrong_sums(knowledge: Knowledge) -> Iterator[Fault]:
    for (context, band), priors in knowledge.priors.items():
        yield from _sum_of_one(f"{_PRIORS}, {context} {band}", (prior.value for prior in priors.values()))
    for context, weights in knowledge.age_weights.items():
        yield from _sum_of_one(f"{_WEIGHTS}, {context}", weights.values())
    for group in GROUPS:
        members = knowledge.group_members(group)
        for condition in knowledge.conditions:
            cells = (knowledge.likelihoods.get((member, condition)) for member in members)
            yield from _sum_of_one(f"{_LIKELIHOODS}, {group} of {condition}", (c.value for c in cells if c))


def _sum_of_one(thing: str, values: Iterable[float]) -> Iterator[Fault]:
    total = sum(values)
    if abs(total - 1) > SUM_TOLERANCE:
        yield thing, f"the probabilities sum to {total:.4f} instead of 1"


def _unknown_findings(knowledge: Knowledge) -> Iterator[Fault]:
    for finding in knowledge.findings.values():
        if finding.cluster is not None and finding.cluster not in knowledge.clusters:
            yield f"findings/findings.yaml, {finding.id}", f"the cluster {finding.cluster!r} does not exist"
    for question in knowledge.questions.values():
        for option in question.options:
            for named in (*option.present, *option.absent):
                if named not in knowledge.findings:
                    thing = f"questions/questions.yaml, {question.id}.{option.id}"
                    yield thing, f"the finding {named!r} does not exist"


def _unknown_conditions(knowledge: Knowledge) -> Iterator[Fault]:
    for thing, entry in _entries(knowledge):
        keys = ("targets",) if isinstance(entry, ClinicianTest) else ("suspects", "specific_for")
        for key in keys:
            for condition in getattr(entry, key, ()):
                if condition not in knowledge.conditions:
                    yield f"{thing}.{key}", f"the condition {condition!r} does not exist"


def _criteria(knowledge: Knowledge) -> Iterator[tuple[str, Criterion]]:
    for thing, entry in _entries(knowledge):
        for key in ("when", "ask_when", "criterion"):
            criterion = getattr(entry, key, None)
            if criterion is not None:
                yield f"{thing}.{key}", criterion


def _wrong_criteria(knowledge: Knowledge) -> Iterator[Fault]:
    places = {option.id for q in knowledge.questions.values() if q.kind == "places" for option in q.options}
    levels = {o.facts["level"] for q in knowledge.questions.values() for o in q.options if "level" in o.facts}
    known: dict[str, Iterable[str]] = {
        "finding": knowledge.findings,
        "known": knowledge.findings,
        "place": places,
        "likely": knowledge.conditions,
        "ladder": LADDER,
        "level": levels,
        "number": NUMBERS,
    }
    for thing, criterion in _criteria(knowledge):
        for leaf in criterion.leaves():
            for name in leaf.subject:
                if name not in known[leaf.operator]:
                    yield thing, f"the criterion names {name!r}, which is not a known {leaf.operator}"
    for recheck in knowledge.advice.rechecks:
        for question in recheck.questions:
            if question not in knowledge.questions:
                yield f"advice/recheck.yaml, {recheck.id}.questions", f"the question {question!r} does not exist"


def _unasked_findings(knowledge: Knowledge) -> Iterator[Fault]:
    asked = {f for q in knowledge.questions.values() for o in q.options for f in (*o.present, *o.absent)}
    for finding in sorted(set(knowledge.findings) - asked - DERIVED_FINDINGS):
        yield f"findings/findings.yaml, {finding}", "no question asks for this finding"
