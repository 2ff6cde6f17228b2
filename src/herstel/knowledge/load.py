"""Reads the knowledge files into frozen values, or says everything that is wrong with them.

A problem names the file, the key, the reason and the remedy. Nothing half-read is ever returned.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from herstel.errors import KnowledgeError
from herstel.knowledge import model
from herstel.knowledge.chain_entries import read_chain
from herstel.knowledge.check import check_references
from herstel.knowledge.entry import Source
from herstel.knowledge.exercise_entries import read_exercises
from herstel.knowledge.forecast_entries import read_forecast
from herstel.knowledge.movement_entries import read_movement
from herstel.knowledge.plan_entries import read_plan
from herstel.knowledge.progress_entries import read_progress
from herstel.knowledge.reader import Reader
from herstel.quantities import BASES, Basis, Probability

DATA_FOLDER = Path(__file__).parent / "data"

SOURCE_FILES = tuple(
    f"sources/{name}.yaml" for name in ("sources", "chain", "exercises", "plan", "progress", "forecast", "movement")
)
_Key = tuple[str, str]
_Weight = tuple[float, tuple[str, ...]]


def load_knowledge(folder: Path = DATA_FOLDER) -> model.Knowledge:
    """Load and check the knowledge of a folder, once per process.

    Raises
    ------
    KnowledgeError
        With every problem found.
    """
    return _loaded(folder)


@cache  # by the folder, so that the default and its name are one
def _loaded(folder: Path) -> model.Knowledge:
    reader = Reader(folder)
    knowledge = _build(reader)
    problems = [*reader.problems, *check_references(knowledge)]
    if problems:
        raise KnowledgeError(problems)
    return knowledge


def _build(read: Reader) -> model.Knowledge:
    likelihoods = read.table("findings/likelihoods.csv", _likelihood)
    priors = read.table("conditions/priors.csv", _prior)
    weights = read.table("conditions/age_weights.csv", _weight)
    urgency = read.raw("advice/urgency.yaml")
    grading = read.raw("advice/grading.yaml")
    findings = read.raw("findings/findings.yaml")
    version = read.entries("version.yaml", model.Version, [read.raw("version.yaml")])
    advice = model.Advice(
        urgency=read.entries("advice/urgency.yaml", model.UrgencyLevel, _part(urgency, "levels")),
        destinations=read.entries("advice/urgency.yaml", model.DestinationInfo, _part(urgency, "destinations")),
        imaging=read.entries("advice/imaging.yaml", model.ImagingRule),
        first_days=read.entries("advice/first_days.yaml", model.AdviceItem),
        sport=read.entries("advice/sport.yaml", model.SportItem),
        routines=read.entries("advice/self_care.yaml", model.Routine),
        grades=read.entries("advice/grading.yaml", model.GradeInfo, _part(grading, "grades")),
        ladder=read.entries("advice/grading.yaml", model.LadderItem, _part(grading, "ladder")),
        recovery=read.entries("advice/recovery.yaml", model.RecoveryRange),
        rechecks=read.entries("advice/recheck.yaml", model.Recheck),
        soreness=read.entries("advice/soreness.yaml", model.SorenessCriterion),
    )
    parts = {
        "sources": read.by_id_in(SOURCE_FILES, Source),
        "conditions": read.by_id("conditions/conditions.yaml", model.Condition),
        "findings": read.by_id("findings/findings.yaml", model.Finding, _part(findings, "findings")),
        "clusters": read.by_id("findings/findings.yaml", model.Cluster, _part(findings, "clusters")),
        "tests": read.by_id("findings/clinician_tests.yaml", model.ClinicianTest),
        "questions": read.by_id("questions/questions.yaml", model.Question),
        "red_flags": read.by_id("red_flags/red_flags.yaml", model.RedFlag),
    }
    chain, exercises, plan = read_chain(read), read_exercises(read), read_plan(read)
    progress, forecast, movement = read_progress(read), read_forecast(read), read_movement(read)
    read.stop_if_wrong()
    _check_cited(read, weights, parts["sources"])
    parts["questions"] = _close_groups(parts["questions"], parts["findings"])
    return model.Knowledge(
        version=version[0],
        likelihoods=dict(likelihoods),
        priors=_nested(priors),
        age_weights=_nested([(key, weight) for key, (weight, _) in weights]),
        advice=advice,
        chain=chain,
        exercises=exercises,
        plan=plan,
        progress=progress,
        forecast=forecast,
        movement=movement,
        **parts,
    )


def _check_cited(read: Reader, weights: list[tuple[_Key, _Weight]], sources: Mapping[str, object]) -> None:
    for (context, band), (_, cited) in weights:
        for source in cited:
            if source not in sources:
                reason = f"the source {source!r} is not in sources.yaml"
                read.wrong("conditions/age_weights.csv", f"{context} {band}", reason)


def _close_groups(
    questions: Mapping[str, model.Question], findings: Mapping[str, model.Finding]
) -> Mapping[str, model.Question]:
    """One answer of an exclusive group denies the group's other members; the files need not repeat it."""

    def members(option: model.Option) -> set[str]:
        return {one for one in option.present if one in findings and findings[one].group}

    def closed(question: model.Question) -> model.Question:
        everything = set().union(*(members(option) for option in question.options))
        options = tuple(
            replace(option, absent=(*option.absent, *sorted(everything - members(option))))
            if members(option)
            else option
            for option in question.options
        )
        return replace(question, options=options)

    return {name: closed(one) if one.kind == "single" else one for name, one in questions.items()}


def _part(raw: object, key: str) -> object:
    return raw.get(key) if isinstance(raw, Mapping) else None


def _nested(pairs: list[tuple[Any, Any]]) -> Any:
    """Pairs of ((outer, inner), value) as a mapping of mappings."""
    nested: dict[Any, dict[Any, Any]] = {}
    for (outer, inner), value in pairs:
        nested.setdefault(outer, {})[inner] = value
    return nested


def _basis(row: Mapping[str, str]) -> Basis:
    for basis in BASES:
        if row["basis"] == basis:
            return basis
    raise ValueError(f"basis is published, background or elicited, not {row['basis']!r}")


def _probability(row: Mapping[str, str], column: str) -> Probability:
    return Probability(
        value=float(row[column]),
        low=float(row["low"]),
        high=float(row["high"]),
        basis=_basis(row),
        sources=tuple(row["source"].split()),
        note=row.get("note") or "",
    )


def _likelihood(row: Mapping[str, str]) -> tuple[_Key, Probability]:
    return (row["finding"], row["condition"]), _probability(row, "probability")


def _prior(row: Mapping[str, str]) -> tuple[tuple[_Key, str], Probability]:
    return ((row["context"], row["age_band"]), row["condition"]), _probability(row, "prior")


def _weight(row: Mapping[str, str]) -> tuple[_Key, _Weight]:
    weight, basis, sources = float(row["weight"]), _basis(row), tuple(row["source"].split())
    if not 0 <= weight <= 1:
        raise ValueError(f"a weight is a proportion from 0 to 1, not {weight}")
    if not sources:
        raise ValueError(f"has no source for its {basis} weight; name at least one id of sources.yaml")
    return (row["context"], row["age_band"]), (weight, sources)
