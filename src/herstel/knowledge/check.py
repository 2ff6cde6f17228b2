"""Checks that need more than one file: ids that resolve, sums that are one, findings that can be asked for."""

from collections.abc import Iterable, Iterator

from herstel.errors import Problem, marked
from herstel.knowledge.criterion import NUMBERS, Criterion
from herstel.knowledge.model import AGE_BANDS, CONTEXTS, GROUPS, Knowledge, Sources

SUM_TOLERANCE = 0.005
"""Printed probabilities are rounded; a sum of one may miss by this much."""
DERIVED_FINDINGS = frozenset({"duration_over_6_weeks"})
"""Findings that follow from other answers and need no question."""
_NUMBER_NAMES = frozenset(NUMBERS)


def check_references(knowledge: Knowledge) -> list[Problem]:
    """Everything in a loaded knowledge that does not fit together.

    Returns
    -------
    list of Problem
        Empty when all is well.
    """
    found = [
        *_unknown_sources(knowledge),
        *_incomplete_tables(knowledge),
        *_wrong_sums(knowledge),
        *_unknown_findings(knowledge),
        *_unknown_conditions(knowledge),
        *_wrong_criteria(knowledge),
        *_unasked_findings(knowledge),
    ]
    return [_problem(thing, reason) for thing, reason in found]


Finding = tuple[str, str]


def _problem(thing: str, reason: str) -> Problem:
    return Problem(
        thing=thing,
        reason="{reason}.",
        remedy=marked("Correct the entry; 'herstel knowledge check' says whether it is right."),
        values={"reason": reason},
    )


def source_ids(source: Sources) -> tuple[str, ...]:
    """The source ids of an entry, one or several."""
    return (source,) if isinstance(source, str) else source


def _sourced(knowledge: Knowledge) -> Iterator[tuple[str, Iterable[str]]]:
    advice = knowledge.advice
    for entry in (
        *knowledge.conditions.values(),
        *knowledge.clusters.values(),
        *knowledge.tests.values(),
        *knowledge.red_flags.values(),
        *advice.urgency,
        *advice.imaging,
        *advice.first_days,
        *advice.sport,
        *advice.routines,
        *advice.grades,
        *advice.ladder,
        *advice.recovery,
        *advice.rechecks,
        *advice.soreness,
    ):
        yield entry.id, source_ids(entry.source)
    for condition in knowledge.conditions.values():
        yield f"{condition.id}.course", source_ids(condition.course.source)
        yield f"{condition.id}.base_rate", source_ids(condition.base_rate.source)
    for (finding, name), cell in knowledge.likelihoods.items():
        yield f"likelihoods.csv {finding} of {name}", cell.sources
    for (context, band), priors in knowledge.priors.items():
        for name, prior in priors.items():
            yield f"priors.csv {name} in {context} at {band}", prior.sources


def _unknown_sources(knowledge: Knowledge) -> Iterator[Finding]:
    for thing, sources in _sourced(knowledge):
        for source in sources:
            if source not in knowledge.sources:
                yield thing, f"the source {source!r} is not in sources.yaml"


def _incomplete_tables(knowledge: Knowledge) -> Iterator[Finding]:
    wanted = {(finding, condition) for finding in knowledge.matrix_findings for condition in knowledge.conditions}
    for finding, condition in sorted(wanted ^ set(knowledge.likelihoods)):
        yield f"likelihoods.csv {finding} of {condition}", "the row is missing, or its ids are not those of the files"
    for context in CONTEXTS:
        for band in AGE_BANDS:
            if set(knowledge.priors.get((context, band), {})) != set(knowledge.conditions):
                yield f"priors.csv {context} {band}", "needs exactly one row for every condition"
        if set(knowledge.age_weights.get(context, {})) != set(AGE_BANDS):
            yield f"age_weights.csv {context}", "needs exactly one row for every age band"


def _wrong_sums(knowledge: Knowledge) -> Iterator[Finding]:
    for (context, band), priors in knowledge.priors.items():
        yield from _sum_of_one(f"priors.csv {context} {band}", (prior.value for prior in priors.values()))
    for context, weights in knowledge.age_weights.items():
        yield from _sum_of_one(f"age_weights.csv {context}", weights.values())
    for group in GROUPS:
        members = knowledge.group_members(group)
        for condition in knowledge.conditions:
            cells = (knowledge.likelihoods.get((member, condition)) for member in members)
            yield from _sum_of_one(f"likelihoods.csv {group} of {condition}", (c.value for c in cells if c))


def _sum_of_one(thing: str, values: Iterable[float]) -> Iterator[Finding]:
    total = sum(values)
    if abs(total - 1) > SUM_TOLERANCE:
        yield thing, f"the probabilities sum to {total:.4f} instead of 1"


def _unknown_findings(knowledge: Knowledge) -> Iterator[Finding]:
    for finding in knowledge.findings.values():
        if finding.cluster is not None and finding.cluster not in knowledge.clusters:
            yield finding.id, f"the cluster {finding.cluster!r} does not exist"
    for question in knowledge.questions.values():
        for option in question.options:
            for finding_id in (*option.present, *option.absent):
                if finding_id not in knowledge.findings:
                    yield f"{question.id}.{option.id}", f"the finding {finding_id!r} does not exist"


def _unknown_conditions(knowledge: Knowledge) -> Iterator[Finding]:
    named = [
        *((flag.id, flag.suspects) for flag in knowledge.red_flags.values()),
        *((test.id, test.targets) for test in knowledge.tests.values()),
        *((finding.id, finding.specific_for) for finding in knowledge.findings.values()),
    ]
    for thing, conditions in named:
        for condition in conditions:
            if condition not in knowledge.conditions:
                yield thing, f"the condition {condition!r} does not exist"


def criteria(knowledge: Knowledge) -> Iterator[tuple[str, Criterion]]:
    """Every criterion of the knowledge with the id of the entry it belongs to."""
    advice = knowledge.advice
    for flag in knowledge.red_flags.values():
        yield flag.id, flag.when
    for question in knowledge.questions.values():
        if question.ask_when is not None:
            yield question.id, question.ask_when
    for entry in (*advice.imaging, *advice.first_days, *advice.sport, *advice.routines):
        yield entry.id, entry.when
    for entry in (*advice.recovery, *advice.rechecks):
        yield entry.id, entry.when
    for sign in advice.soreness:
        yield sign.id, sign.criterion


def _wrong_criteria(knowledge: Knowledge) -> Iterator[Finding]:
    places = {option.id for q in knowledge.questions.values() if q.kind == "places" for option in q.options}
    levels = {o.facts["level"] for q in knowledge.questions.values() for o in q.options if "level" in o.facts}
    known: dict[str, Iterable[str]] = {
        "finding": knowledge.findings,
        "known": knowledge.findings,
        "place": places,
        "likely": knowledge.conditions,
        "ladder": [item.id for item in knowledge.advice.ladder],
        "level": levels,
        "number": _NUMBER_NAMES,
    }
    for thing, criterion in criteria(knowledge):
        for leaf in criterion.leaves():
            for name in leaf.subject:
                if name not in known[leaf.operator]:
                    yield thing, f"the criterion names {name!r}, which is not a known {leaf.operator}"
    for recheck in knowledge.advice.rechecks:
        for question in recheck.questions:
            if question not in knowledge.questions:
                yield recheck.id, f"the question {question!r} does not exist"


def _unasked_findings(knowledge: Knowledge) -> Iterator[Finding]:
    asked = {f for q in knowledge.questions.values() for o in q.options for f in (*o.present, *o.absent)}
    for finding in sorted(set(knowledge.findings) - asked - DERIVED_FINDINGS):
        yield finding, "no question asks for this finding"
