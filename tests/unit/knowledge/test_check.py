"""What the check says of knowledge whose entries are each right but do not fit together."""

from dataclasses import fields, replace
from typing import Any

import pytest

from herstel.knowledge.check import check_references
from herstel.knowledge.criterion import read_criterion
from herstel.knowledge.entry import source_ids
from herstel.knowledge.model import Knowledge


def said(knowledge: Knowledge, **changes: Any) -> list[str]:
    return [str(problem) for problem in check_references(replace(knowledge, **changes))]


def with_entry(entries: Any, entry: str, **changes: Any) -> dict[str, Any]:
    """The entries with one of them changed."""
    return {**entries, entry: replace(entries[entry], **changes)}


def with_first(entries: tuple[Any, ...], **changes: Any) -> tuple[Any, ...]:
    return (replace(entries[0], **changes), *entries[1:])


REMEDY = "Correct the entry; 'herstel knowledge check' says whether it is right."


def test_the_shipped_knowledge_fits_together(knowledge: Knowledge) -> None:
    assert check_references(knowledge) == []


def test_one_source_or_several_are_read_alike() -> None:
    assert source_ids("us") == ("us",)
    assert source_ids(("us", "them")) == ("us", "them")


# ------------------------------------------------------------------ sources


@pytest.mark.parametrize(
    ("part", "entry", "file"),
    [
        ("conditions", "dvt", "conditions/conditions.yaml"),
        ("clusters", "nerve", "findings/findings.yaml"),
        ("tests", "puranen_orava", "findings/clinician_tests.yaml"),
        ("red_flags", "cauda_equina", "red_flags/red_flags.yaml"),
    ],
)
def test_an_unknown_source_is_named_with_its_file_and_entry(
    knowledge: Knowledge, part: str, entry: str, file: str
) -> None:
    changed = with_entry(getattr(knowledge, part), entry, source=("nobody-1900", *knowledge.sources))
    assert said(knowledge, **{part: changed}) == [
        f"{file}, {entry}: the source 'nobody-1900' is not in sources.yaml. {REMEDY}"
    ]


@pytest.mark.parametrize(
    "part",
    ["urgency", "imaging", "first_days", "sport", "routines", "grades", "ladder", "recovery", "rechecks", "soreness"],
)
def test_an_unknown_source_of_an_advice_is_named(knowledge: Knowledge, part: str) -> None:
    entries = with_first(getattr(knowledge.advice, part), source="nobody-1900")
    (problem,) = said(knowledge, advice=replace(knowledge.advice, **{part: entries}))
    assert problem.startswith("advice/")
    assert f"{entries[0].id}: the source 'nobody-1900' is not in sources.yaml." in problem


@pytest.mark.parametrize("part", ["course", "founding_course", "base_rate"])
def test_an_unknown_source_inside_a_condition_is_named(knowledge: Knowledge, part: str) -> None:
    wrong = replace(getattr(knowledge.conditions["doms"], part), source="nobody-1900")
    (problem,) = said(knowledge, conditions=with_entry(knowledge.conditions, "doms", **{part: wrong}))
    assert problem.startswith(f"conditions/conditions.yaml, doms.{part}: the source 'nobody-1900'")


def test_an_unknown_source_of_a_number_is_named(knowledge: Knowledge) -> None:
    cell = replace(knowledge.likelihoods["onset_sudden", "doms"], sources=("nobody-1900",))
    (problem,) = said(knowledge, likelihoods={**knowledge.likelihoods, ("onset_sudden", "doms"): cell})
    assert problem.startswith("findings/likelihoods.csv, onset_sudden of doms: the source 'nobody-1900'")
    priors = knowledge.priors["gp_practice", "65+"]
    wrong = {**priors, "dvt": replace(priors["dvt"], sources=("nobody-1900",))}
    (problem,) = said(knowledge, priors={**knowledge.priors, ("gp_practice", "65+"): wrong})
    assert problem.startswith("conditions/priors.csv, dvt in gp_practice at 65+: the source 'nobody-1900'")


# ------------------------------------------------------------------ complete tables


def test_a_missing_likelihood_is_named(knowledge: Knowledge) -> None:
    fewer = {key: cell for key, cell in knowledge.likelihoods.items() if key != ("limp", "dvt")}
    assert said(knowledge, likelihoods=fewer) == [
        "findings/likelihoods.csv, limp of dvt: the row is missing, or its ids are not those of the files. " + REMEDY
    ]


def test_a_likelihood_of_something_unknown_is_named(knowledge: Knowledge) -> None:
    more = {**knowledge.likelihoods, ("limp", "gout"): knowledge.likelihoods["limp", "dvt"]}
    (problem,) = said(knowledge, likelihoods=more)
    assert problem.startswith("findings/likelihoods.csv, limp of gout: ")


def test_a_condition_without_a_prior_is_noticed(knowledge: Knowledge) -> None:
    priors = dict(knowledge.priors["gp_practice", "65+"])
    del priors["vascular_claudication"]
    problems = said(knowledge, priors={**knowledge.priors, ("gp_practice", "65+"): priors})
    assert problems[0] == f"conditions/priors.csv, gp_practice 65+: needs exactly one row for every condition. {REMEDY}"


def test_a_context_without_priors_or_age_weights_is_noticed(knowledge: Knowledge) -> None:
    priors = {key: value for key, value in knowledge.priors.items() if key != ("sports_club", "10-17")}
    weights = {context: value for context, value in knowledge.age_weights.items() if context != "sports_club"}
    assert said(knowledge, priors=priors, age_weights=weights) == [
        f"conditions/priors.csv, sports_club 10-17: needs exactly one row for every condition. {REMEDY}",
        f"conditions/age_weights.csv, sports_club: needs exactly one row for every age band. {REMEDY}",
    ]


@pytest.mark.parametrize(
    ("part", "missing", "file"),
    [
        ("urgency", "same_day", "advice/urgency.yaml"),
        ("destinations", "seh", "advice/urgency.yaml"),
        ("ladder", "bruise", "advice/grading.yaml"),
    ],
)
def test_a_missing_level_destination_or_ladder_item_is_named(
    knowledge: Knowledge, part: str, missing: str, file: str
) -> None:
    fewer = tuple(entry for entry in getattr(knowledge.advice, part) if entry.id != missing)
    problems = said(knowledge, advice=replace(knowledge.advice, **{part: fewer}))
    assert problems == [f"{file}, {missing}: the entry is missing. {REMEDY}"]


def test_an_advice_that_occurs_twice_is_named(knowledge: Knowledge) -> None:
    first = knowledge.advice.sport[0]
    (problem,) = said(knowledge, advice=replace(knowledge.advice, sport=(first, *knowledge.advice.sport)))
    assert problem == f"advice/sport.yaml, {first.id}: this id occurs twice. {REMEDY}"


# ------------------------------------------------------------------ sums


def test_likelihoods_of_an_exclusive_group_that_do_not_sum_to_one_are_named(knowledge: Knowledge) -> None:
    cell = knowledge.likelihoods["onset_delayed_12_72h", "doms"]
    likelihoods = {**knowledge.likelihoods, ("onset_delayed_12_72h", "doms"): replace(cell, value=0.85)}
    assert said(knowledge, likelihoods=likelihoods) == [
        f"findings/likelihoods.csv, onset of doms: the probabilities sum to 0.9500 instead of 1. {REMEDY}"
    ]


def test_the_rounding_of_printed_numbers_is_allowed(knowledge: Knowledge) -> None:
    cell = knowledge.likelihoods["onset_delayed_12_72h", "doms"]
    likelihoods = {**knowledge.likelihoods, ("onset_delayed_12_72h", "doms"): replace(cell, value=0.904)}
    assert said(knowledge, likelihoods=likelihoods) == []


def test_priors_and_age_weights_that_do_not_sum_to_one_are_named(knowledge: Knowledge) -> None:
    priors = knowledge.priors["gp_practice", "65+"]
    wrong = {**priors, "dvt": replace(priors["dvt"], value=priors["dvt"].low)}
    weights = {**knowledge.age_weights["gp_practice"], "65+": 0.3}
    problems = said(
        knowledge,
        priors={**knowledge.priors, ("gp_practice", "65+"): wrong},
        age_weights={**knowledge.age_weights, "gp_practice": weights},
    )
    assert [problem.partition(":")[0] for problem in problems] == [
        "conditions/priors.csv, gp_practice 65+",
        "conditions/age_weights.csv, gp_practice",
    ]
    assert all("instead of 1" in problem for problem in problems)


# ------------------------------------------------------------------ ids that resolve


def test_an_unknown_cluster_is_named(knowledge: Knowledge) -> None:
    findings = with_entry(knowledge.findings, "limp", cluster="wandering")
    (problem,) = said(knowledge, findings=findings)
    assert problem == f"findings/findings.yaml, limp: the cluster 'wandering' does not exist. {REMEDY}"


@pytest.mark.parametrize("key", ["present", "absent"])
def test_an_answer_that_names_an_unknown_finding_is_named(knowledge: Knowledge, key: str) -> None:
    question = knowledge.questions["walking"]
    named = (*getattr(question.options[0], key), "hopping")
    options = with_first(question.options, **{key: named})
    (problem,) = said(knowledge, questions=with_entry(knowledge.questions, "walking", options=options))
    assert problem.startswith("questions/questions.yaml, walking.normal: the finding 'hopping' does not exist.")


@pytest.mark.parametrize(
    ("part", "entry", "key", "file"),
    [
        ("red_flags", "cauda_equina", "suspects", "red_flags/red_flags.yaml"),
        ("tests", "puranen_orava", "targets", "findings/clinician_tests.yaml"),
        ("findings", "statin_use", "specific_for", "findings/findings.yaml"),
    ],
)
def test_an_unknown_condition_is_named(knowledge: Knowledge, part: str, entry: str, key: str, file: str) -> None:
    changed = with_entry(getattr(knowledge, part), entry, **{key: ("gout",)})
    assert said(knowledge, **{part: changed}) == [
        f"{file}, {entry}.{key}: the condition 'gout' does not exist. {REMEDY}"
    ]


@pytest.mark.parametrize(
    ("raw", "name", "kind"),
    [
        ("hopping", "hopping", "finding"),
        ({"not": {"known": "hopping"}}, "hopping", "known"),
        ({"any": ["limp", {"place": "elbow"}]}, "elbow", "place"),
        ({"likely": {"conditions": ["dvt", "gout"], "at_least": 0.1}}, "gout", "likely"),
        ({"ladder": {"dancing": 2}}, "dancing", "ladder"),
        ({"level": "olympic"}, "olympic", "level"),
    ],
    ids=str,
)
def test_a_criterion_that_names_something_unknown_is_named(
    knowledge: Knowledge, raw: object, name: str, kind: str
) -> None:
    flags = with_entry(knowledge.red_flags, "cauda_equina", when=read_criterion(raw))
    assert said(knowledge, red_flags=flags) == [
        f"red_flags/red_flags.yaml, cauda_equina.when: the criterion names {name!r}, "
        f"which is not a known {kind}. {REMEDY}"
    ]


def test_the_criteria_of_questions_and_advice_are_checked_too(knowledge: Knowledge) -> None:
    wrong = read_criterion("hopping")
    questions = with_entry(knowledge.questions, "bruise", ask_when=wrong)
    (problem,) = said(knowledge, questions=questions)
    assert problem.startswith("questions/questions.yaml, bruise.ask_when: the criterion names 'hopping'")
    checked = set()
    for part in fields(knowledge.advice):
        entries = getattr(knowledge.advice, part.name)
        key = next((key for key in ("when", "criterion") if hasattr(entries[0], key)), None)
        if key is not None:
            advice = replace(knowledge.advice, **{part.name: with_first(entries, **{key: wrong})})
            (problem,) = said(knowledge, advice=advice)
            assert f"{entries[0].id}.{key}: the criterion names 'hopping'" in problem
            checked.add(part.name)
    assert checked == {"imaging", "first_days", "sport", "routines", "recovery", "rechecks", "soreness"}


def test_a_look_again_that_repeats_an_unknown_question_is_named(knowledge: Knowledge) -> None:
    first = knowledge.advice.rechecks[0]
    rechecks = with_first(knowledge.advice.rechecks, questions=(*first.questions, "hopping"))
    (problem,) = said(knowledge, advice=replace(knowledge.advice, rechecks=rechecks))
    assert problem == f"advice/recheck.yaml, {first.id}.questions: the question 'hopping' does not exist. {REMEDY}"


def test_a_finding_that_nobody_asks_for_is_named(knowledge: Knowledge) -> None:
    questions = {name: question for name, question in knowledge.questions.items() if name != "pop"}
    rechecks = tuple(replace(one, questions=()) for one in knowledge.advice.rechecks)
    problems = said(knowledge, questions=questions, advice=replace(knowledge.advice, rechecks=rechecks))
    assert problems == [f"findings/findings.yaml, pop_heard_felt: no question asks for this finding. {REMEDY}"]


def test_everything_wrong_is_said_at_once(knowledge: Knowledge) -> None:
    problems = said(
        knowledge,
        conditions=with_entry(knowledge.conditions, "dvt", source="nobody-1900"),
        findings=with_entry(knowledge.findings, "limp", cluster="wandering"),
        red_flags=with_entry(knowledge.red_flags, "cauda_equina", suspects=("gout",)),
    )
    assert len(problems) == 3
