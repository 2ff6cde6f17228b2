"""The knowledge as it ships, and what is said of a copy that somebody broke while changing it."""

from pathlib import Path
from shutil import copytree

import pytest

from herstel.errors import KnowledgeError
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.entry import source_ids
from herstel.knowledge.load import DATA_FOLDER, load_knowledge
from herstel.knowledge.model import AGE_BANDS, CONTEXTS, GROUPS, LADDER, Knowledge

REMEDY = "Correct the entry; 'herstel knowledge check' says whether it is right."
Fault = tuple[str, str, str, str]
"""A file, a text in it, what somebody put in its place, and how the problem begins."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(DATA_FOLDER, tmp_path / "data"))


def swap(folder: Path, file: str, old: str, new: str) -> None:
    """Put a text in the place of the first occurrence of another."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text, f"{file} no longer holds {old!r}; choose something else to break"
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def broken_by(faults: list[Fault], folder: Path) -> list[str]:
    """What is said of a copy with all these faults; loading is slow, so they share one."""
    copytree(DATA_FOLDER, folder)
    for file, old, new, _ in faults:
        swap(folder, file, old, new)
    return problems_of(folder)


def check_named(fault: Fault, problems: list[str]) -> None:
    (problem,) = [problem for problem in problems if problem.startswith(fault[-1])]
    assert problem.endswith(f" {REMEDY}")


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as refusal:
        load_knowledge(folder)
    return [str(problem) for problem in refusal.value.problems]


# ------------------------------------------------------------------ as it ships


def test_an_unchanged_copy_loads(folder: Path) -> None:
    assert load_knowledge(folder).version == load_knowledge().version


def test_the_knowledge_is_loaded_once() -> None:
    assert load_knowledge() is load_knowledge(DATA_FOLDER)


def test_the_shipped_knowledge_is_complete(knowledge: Knowledge) -> None:
    assert len(knowledge.conditions) == 32
    assert len(knowledge.matrix_findings) == 69
    assert len(knowledge.likelihoods) == 32 * 69
    assert set(knowledge.priors) == {(context, band) for context in CONTEXTS for band in AGE_BANDS}
    assert all(set(priors) == set(knowledge.conditions) for priors in knowledge.priors.values())
    assert [level.id for level in knowledge.advice.urgency] == list(URGENCY_LEVELS)
    assert [item.id for item in knowledge.advice.ladder] == list(LADDER)


def test_every_class_of_the_published_cases_is_one_condition(knowledge: Knowledge) -> None:
    classes = [condition.case_class for condition in knowledge.conditions.values()]
    assert len(classes) == len(set(classes)) == 32


def test_every_red_flag_of_the_dossier_has_a_rule(knowledge: Knowledge) -> None:
    rows = {flag.evidence for flag in knowledge.red_flags.values()}
    assert {f"R{number}" for number in range(1, 19)} <= rows
    for flag in knowledge.red_flags.values():
        assert flag.evidence != "added" or flag.elicited_note, f"{flag.id} goes beyond the dossier: say why"


def test_the_knowledge_says_that_no_clinician_reviewed_it(knowledge: Knowledge) -> None:
    assert knowledge.version.review == "not_reviewed"
    assert "clinician" in knowledge.version.review_text.en
    assert "clinicus" in knowledge.version.review_text.nl


def test_a_number_called_published_has_a_published_source_or_says_that_it_is_secondary(knowledge: Knowledge) -> None:
    for (finding, condition), cell in knowledge.likelihoods.items():
        if cell.basis == "published" and "secondary" not in cell.note:
            kinds = {knowledge.sources[source].kind for source in cell.sources}
            assert "published" in kinds, f"{finding} of {condition}"


def test_an_elicited_number_does_not_borrow_the_name_of_a_study(knowledge: Knowledge) -> None:
    for (finding, condition), cell in knowledge.likelihoods.items():
        if cell.basis == "elicited" and not cell.note:
            kinds = {knowledge.sources[source].kind for source in cell.sources}
            assert kinds == {"elicited"}, f"{finding} of {condition}"


def test_every_published_test_accuracy_names_a_published_source(knowledge: Knowledge) -> None:
    for test in knowledge.tests.values():
        if test.basis == "published":
            assert "published" in {knowledge.sources[source].kind for source in source_ids(test.source)}, test.id


def test_one_answer_of_an_exclusive_group_denies_the_others(knowledge: Knowledge) -> None:
    for question, group in (("onset", "onset"), ("mechanism", "mechanism"), ("worst_place", "location")):
        members = set(knowledge.group_members(group))
        for option in knowledge.questions[question].options:
            assert set(option.present) | set(option.absent) == members
            assert not set(option.present) & set(option.absent)


def test_marking_a_place_denies_no_other_place(knowledge: Knowledge) -> None:
    assert all(not option.absent for option in knowledge.questions["places"].options)


def test_the_safety_questions_are_asked_of_everybody(knowledge: Knowledge) -> None:
    for question in knowledge.questions.values():
        if question.block == "red_flags":
            assert question.always, question.id
            assert question.ask_when is None, question.id


def test_ranges_of_likelihoods_hold_their_value_and_leave_room(knowledge: Knowledge) -> None:
    for cell in knowledge.likelihoods.values():
        assert 0 < cell.low <= cell.value <= cell.high < 1
        assert cell.low < cell.high, "a number without a range is certain, and none of these is"


def test_there_are_three_exclusive_groups(knowledge: Knowledge) -> None:
    assert [len(knowledge.group_members(group)) for group in GROUPS] == [3, 8, 8]


# ------------------------------------------------------------------ a wrong number

WRONG_NUMBERS = {
    2: ("1.03", "ValueError: needs 0 < low <= value <= high < 1, got 0.013, 1.03, 0.0675."),
    3: ("-0.07", "ValueError: needs 0 < low <= value <= high < 1, got 0.0312, -0.07, 0.15."),
    4: ("0", "ValueError: needs 0 < low <= value <= high < 1, got 0.8, 0.0, 0.97."),
    5: ("0.6", "ValueError: needs 0 < low <= value <= high < 1, got 0.187, 0.6, 0.557."),
    6: ("nan", "ValueError: needs 0 < low <= value <= high < 1, got 0.343, nan, 0.741."),
    7: ("3 %", "ValueError: could not convert string to float: '3 %'."),
    8: ('"0,75"', "ValueError: could not convert string to float: '0,75'."),
    9: ("", "ValueError: could not convert string to float: ''."),
}
"""By line of likelihoods.csv: what somebody typed as the probability, and why it cannot be one."""


@pytest.fixture(scope="module")
def problems_of_wrong_numbers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = Path(copytree(DATA_FOLDER, tmp_path_factory.mktemp("numbers") / "data"))
    file = folder / "findings/likelihoods.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, (typed, _) in WRONG_NUMBERS.items():
        condition, finding, _, rest = lines[number - 1].split(",", 3)
        lines[number - 1] = f"{condition},{finding},{typed},{rest}"
    file.write_text("\n".join(lines), encoding="utf-8")
    return problems_of(folder)


@pytest.mark.parametrize("line", WRONG_NUMBERS)
def test_a_number_out_of_range_is_named_with_its_file_key_and_remedy(
    problems_of_wrong_numbers: list[str], line: int
) -> None:
    reason = WRONG_NUMBERS[line][1]
    assert f"findings/likelihoods.csv, line {line}: {reason} {REMEDY}" in problems_of_wrong_numbers


def test_of_many_wrong_numbers_each_is_named_once(problems_of_wrong_numbers: list[str]) -> None:
    assert len(problems_of_wrong_numbers) == len(WRONG_NUMBERS)


def test_an_exclusive_group_must_sum_to_one(folder: Path) -> None:
    swap(folder, "findings/likelihoods.csv", "doms,onset_delayed_12_72h,0.9,", "doms,onset_delayed_12_72h,0.85,")
    assert problems_of(folder) == [
        f"findings/likelihoods.csv, onset of doms: the probabilities sum to 0.9500 instead of 1. {REMEDY}"
    ]


# ------------------------------------------------------------------ an entry that is wrong by itself

PRIORS, WEIGHTS = "conditions/priors.csv", "conditions/age_weights.csv"
CONDITIONS, FINDINGS, QUESTIONS = "conditions/conditions.yaml", "findings/findings.yaml", "questions/questions.yaml"
FLAGS = "red_flags/red_flags.yaml"
PRIOR = "doms,self_report_web,10-17,0.166,0.062,0.37,elicited,elicited-priors"
TIGHT = "functional_tightness,self_report_web,10-17,0.199,0.077,0.43,elicited,elicited-priors"
YOUNG = "self_report_web,10-17,0.12,elicited,elicited-priors"
GROWN = "self_report_web,18-39,0.46,elicited,elicited-priors"
OLDER = "self_report_web,40-64,0.32,elicited,elicited-priors"
OLDEST = "self_report_web,65+,0.10,elicited,elicited-priors"
DOMS = "    nl: Gewone spierpijn na inspanning (DOMS)\n"

WRONG_ALONE: list[Fault] = [
    (
        PRIORS,
        PRIOR,
        PRIOR.replace("elicited,", "guess,"),
        f"{PRIORS}, line 2: ValueError: basis is published, background",
    ),
    (
        PRIORS,
        TIGHT,
        TIGHT.replace("elicited-priors", ""),
        f"{PRIORS}, line 3: ValueError: has no source; name at least",
    ),
    (
        PRIORS,
        "strain_grade1,",
        "strain_grade2,",
        f"{PRIORS}, line 5: this row occurs twice: (('self_report_web', '10-17'",
    ),
    (
        WEIGHTS,
        YOUNG,
        YOUNG.replace("0.12", "1.2"),
        f"{WEIGHTS}, line 2: ValueError: a weight is a proportion from 0 to 1",
    ),
    (WEIGHTS, GROWN, GROWN.replace("elicited,", "guess,"), f"{WEIGHTS}, line 3: ValueError: basis is published"),
    (
        WEIGHTS,
        OLDER,
        OLDER.replace("elicited-priors", ""),
        f"{WEIGHTS}, line 4: ValueError: has no source for its elicited",
    ),
    (WEIGHTS, OLDEST, "self_report_web,65+", f"{WEIGHTS}, line 5: TypeError: "),
    (CONDITIONS, DOMS, "    nl: ''\n", f"{CONDITIONS}, doms.name: Value error, the nl text is empty; write it in both"),
    (
        CONDITIONS,
        "  urgency: self_care\n",
        "  urgency: now\n",
        f"{CONDITIONS}, doms.urgency: Input should be 'self_care'",
    ),
    (
        CONDITIONS,
        "  imaging: none\n",
        "  image: none\n",
        f"{CONDITIONS}, doms.image: Unexpected keyword argument (found",
    ),
    (CONDITIONS, "- id: cauda_equina\n", "- id: dvt\n", f"{CONDITIONS}, dvt: this id occurs twice."),
    (
        FINDINGS,
        "    temper: 0.65\n",
        "    temper: 2\n",
        f"{FINDINGS}, moment: Value error, temper is between 0 and 1, not 2",
    ),
    (
        QUESTIONS,
        "- id: age\n",
        "- name: age\n",
        f"{QUESTIONS}, entry 1.name: Unexpected keyword argument (found 'age').",
    ),
    (
        QUESTIONS,
        "    - id: cold_leg\n",
        "    - id: breathless\n",
        f"{QUESTIONS}, rf_now: Value error, needs options, each",
    ),
    (
        FLAGS,
        "  when: {any: [",
        "  when: {either: [",
        f"{FLAGS}, cauda_equina.when: Value error, 'either' with ['bladder_bow",
    ),
    (FLAGS, "  see: seh\n", "  see: hospital\n", f"{FLAGS}, cauda_equina.see: Input should be 'niemand', "),
    (
        "advice/grading.yaml",
        "grades:\n",
        "marks:\n",
        "advice/grading.yaml, GradeInfo: should be a list with at least one",
    ),
]


@pytest.fixture(scope="module")
def problems_of_wrong_entries(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return broken_by(WRONG_ALONE, tmp_path_factory.mktemp("entries") / "data")


@pytest.mark.parametrize("fault", WRONG_ALONE, ids=lambda fault: fault[-1])
def test_a_wrong_entry_is_named_with_its_file_key_and_remedy(
    problems_of_wrong_entries: list[str], fault: Fault
) -> None:
    check_named(fault, problems_of_wrong_entries)


def test_all_problems_are_named_at_once(problems_of_wrong_entries: list[str]) -> None:
    named = [problem for fault in WRONG_ALONE for problem in problems_of_wrong_entries if problem.startswith(fault[-1])]
    also = sorted(set(problems_of_wrong_entries) - set(named))
    # a misspelt key is named twice: as one too many and as one too few
    assert [problem.partition(" (found")[0] for problem in also] == [
        f"{CONDITIONS}, doms.imaging: Field required",
        f"{QUESTIONS}, entry 1.id: Field required",
    ]


def test_a_missing_language_is_named(folder: Path) -> None:
    swap(folder, CONDITIONS, DOMS, "")
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{CONDITIONS}, doms.name.nl: Field required (found {{'en': ")
    assert problem.endswith(REMEDY)


def test_nothing_half_read_is_kept(folder: Path) -> None:
    swap(folder, CONDITIONS, "  urgency: self_care\n", "  urgency: tomorrow\n")
    problems_of(folder)
    swap(folder, CONDITIONS, "  urgency: tomorrow\n", "  urgency: self_care\n")
    assert load_knowledge(folder).conditions["doms"].urgency == "self_care"


# ------------------------------------------------------------------ entries that do not fit together

SADDLE = "  when: {any: [bladder_bowel_saddle_change, "
WRONG_TOGETHER: list[Fault] = [
    (
        PRIORS,
        PRIOR,
        PRIOR.replace("0.166", "0.26"),
        f"{PRIORS}, self_report_web 10-17: the probabilities sum to 1.0930",
    ),
    (
        PRIORS,
        TIGHT,
        TIGHT.replace("elicited-priors", "nobody"),
        f"{PRIORS}, functional_tightness in self_report_web at 10-1",
    ),
    (
        WEIGHTS,
        YOUNG,
        YOUNG.replace("0.12", "0.22"),
        f"{WEIGHTS}, self_report_web: the probabilities sum to 1.1000 instead",
    ),
    (
        WEIGHTS,
        GROWN,
        GROWN.replace("elicited-priors", "nobody"),
        f"{WEIGHTS}, self_report_web 18-39: the source 'nobody'",
    ),
    (
        FLAGS,
        SADDLE,
        SADDLE.replace("saddle", "sadle"),
        f"{FLAGS}, cauda_equina.when: the criterion names 'bladder_bowel_sa",
    ),
    (
        FLAGS,
        "  suspects: [cauda_equina]",
        "  suspects: [gout]",
        f"{FLAGS}, cauda_equina.suspects: the condition 'gout' does",
    ),
    (QUESTIONS, "[pop_heard_felt]", "[pop_heard]", f"{QUESTIONS}, pop.yes: the finding 'pop_heard' does not exist."),
]


@pytest.fixture(scope="module")
def problems_of_misfits(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return broken_by(WRONG_TOGETHER, tmp_path_factory.mktemp("misfits") / "data")


@pytest.mark.parametrize("fault", WRONG_TOGETHER, ids=lambda fault: fault[-1])
def test_entries_that_do_not_fit_together_are_named(problems_of_misfits: list[str], fault: Fault) -> None:
    check_named(fault, problems_of_misfits)


def test_all_misfits_are_named_at_once(problems_of_misfits: list[str]) -> None:
    assert len(problems_of_misfits) == len(WRONG_TOGETHER)


# ------------------------------------------------------------------ files that cannot be read


def test_each_file_that_cannot_be_read_is_named_once(folder: Path) -> None:
    missing = ["advice/sport.yaml", "advice/urgency.yaml", PRIORS, FINDINGS, "version.yaml"]
    for file in missing:
        (folder / file).unlink()
    (folder / FLAGS).write_bytes(b"\xff\xfe")
    (folder / "findings/likelihoods.csv").write_bytes(b"\xff\xfe")
    swap(folder, "sources/sources.yaml", "- id: elicited-matrix\n", "- elicited-matrix\n")
    swap(folder, CONDITIONS, "  imaging: none\n", "  imaging: none\n  imaging: mri\n")
    problems = problems_of(folder)
    said = {problem.partition(": ")[0]: problem.partition(": ")[2] for problem in problems}
    assert len(problems) == len(said) == len(missing) + 4
    assert all("No such file" in said[file] for file in missing)
    assert "'utf-8' codec can't decode" in said[FLAGS]
    assert "'utf-8' codec can't decode" in said["findings/likelihoods.csv"]
    assert "mapping values are not allowed" in said["sources/sources.yaml"]
    assert "the key 'imaging' occurs twice" in said[CONDITIONS]
    assert all(problem.endswith(REMEDY) for problem in problems)


def test_a_file_without_entries_is_named(folder: Path) -> None:
    kinds = {"sport": "SportItem", "imaging": "ImagingRule", "first_days": "AdviceItem", "recheck": "Recheck"}
    for file, content in zip(kinds, ("", "[]", "name: value", "just words"), strict=True):
        (folder / f"advice/{file}.yaml").write_text(content, encoding="utf-8")
    assert sorted(problems_of(folder)) == sorted(
        f"advice/{file}.yaml, {kind}: should be a list with at least one entry. {REMEDY}"
        for file, kind in kinds.items()
    )


def test_an_entry_that_is_no_mapping_is_named_by_its_number(folder: Path) -> None:
    (folder / "advice/sport.yaml").write_text("- yes\n- no\n", encoding="utf-8")
    assert [problem.partition(":")[0] for problem in problems_of(folder)] == [
        "advice/sport.yaml, entry 1",
        "advice/sport.yaml, entry 2",
    ]


def test_a_table_without_one_of_its_columns_is_named_at_every_row(folder: Path) -> None:
    swap(folder, PRIORS, "condition,context,age_band,prior,", "condition,context,age_band,chance,")
    problems = problems_of(folder)
    assert len(problems) == 512
    assert problems[0] == f"{PRIORS}, line 2: KeyError: 'prior'. {REMEDY}"


def test_a_source_that_stands_in_two_files_is_named(folder: Path) -> None:
    twice = "- id: founding-document\n  citation: Told again\n  kind: background\n"
    (folder / "sources" / "plan.yaml").write_text(twice, encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        load_knowledge(folder)
    assert "sources/plan.yaml, founding-document: this id occurs in another file too." in str(error.value)


def test_what_was_made_for_herstel_is_cited_in_the_language_of_the_reader(knowledge: Knowledge) -> None:
    ours = [one for one in knowledge.sources.values() if one.kind == "elicited"]
    assert ours
    for source in [*ours, knowledge.sources["background-knowledge"], knowledge.sources["movement-measured"]]:
        assert source.cited("nl") != source.cited("en"), source.id


def test_a_publication_is_cited_as_it_was_published(knowledge: Knowledge) -> None:
    source = knowledge.sources["zein-2024"]
    assert source.cited("nl") == source.cited("en") == source.citation
