"""The knowledge as it ships, and what is said of a copy that somebody broke while changing it."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from herstel.errors import KnowledgeError
from herstel.knowledge.check import source_ids
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.load import DATA_FOLDER, load_knowledge
from herstel.knowledge.model import AGE_BANDS, CONTEXTS, GROUPS, LADDER, Knowledge

REMEDY = "Correct the entry; 'herstel knowledge check' says whether it is right."
Break = Callable[[str, str, str], None]
"""Replaces the first occurrence of a text in a file of the copy."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(copytree(DATA_FOLDER, tmp_path / "data"))


@pytest.fixture
def swap(folder: Path) -> Break:
    def swap(file: str, old: str, new: str) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}; choose something else to break"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return swap


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as refusal:
        load_knowledge(folder)
    return [str(problem) for problem in refusal.value.problems]


# ------------------------------------------------------------------ as it ships


def test_an_unchanged_copy_loads(folder: Path) -> None:
    assert load_knowledge(folder).version == load_knowledge().version


def test_the_knowledge_is_loaded_once() -> None:
    assert load_knowledge() is load_knowledge()


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


# ------------------------------------------------------------------ one wrong number


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("doms,onset_sudden,1.03,", "needs 0 < low <= value <= high < 1, got 0.013, 1.03, 0.0675"),
        ("doms,onset_sudden,-0.03,", "needs 0 < low <= value <= high < 1"),
        ("doms,onset_sudden,0,", "needs 0 < low <= value <= high < 1"),
        ("doms,onset_sudden,0.3,", "needs 0 < low <= value <= high < 1, got 0.013, 0.3, 0.0675"),
        ("doms,onset_sudden,nan,", "needs 0 < low <= value <= high < 1"),
        ("doms,onset_sudden,3 %,", "could not convert string to float: '3 %'"),
        ('doms,onset_sudden,"0,03",', "could not convert string to float: '0,03'"),
        ("doms,onset_sudden,,", "could not convert string to float: ''"),
    ],
)
def test_a_number_out_of_range_is_named_with_its_file_key_and_remedy(
    folder: Path, swap: Break, new: str, reason: str
) -> None:
    swap("findings/likelihoods.csv", "doms,onset_sudden,0.03,", new)
    (problem,) = problems_of(folder)
    assert problem.startswith("findings/likelihoods.csv, line 2: ")
    assert reason in problem
    assert problem.endswith(REMEDY)


def test_an_exclusive_group_must_sum_to_one(folder: Path, swap: Break) -> None:
    swap("findings/likelihoods.csv", "doms,onset_delayed_12_72h,0.9,", "doms,onset_delayed_12_72h,0.85,")
    assert problems_of(folder) == [
        f"findings/likelihoods.csv, onset of doms: the probabilities sum to 0.9500 instead of 1. {REMEDY}"
    ]


PRIOR = "doms,self_report_web,10-17,0.166,0.062,0.37,elicited,elicited-priors"
WEIGHT = "self_report_web,10-17,0.12,elicited,elicited-priors"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "conditions/priors.csv",
            PRIOR,
            PRIOR.replace("0.166", "0.26"),
            "conditions/priors.csv, self_report_web 10-17: the probabilities sum to 1.0930 instead of 1.",
        ),
        (
            "conditions/priors.csv",
            PRIOR,
            PRIOR.replace("elicited,", "guessed,"),
            "conditions/priors.csv, line 2: ValueError: basis is published, background or elicited, not 'guessed'.",
        ),
        (
            "conditions/priors.csv",
            PRIOR,
            PRIOR.replace("elicited-priors", ""),
            "conditions/priors.csv, line 2: ValueError: has no source; name at least one id of sources.yaml.",
        ),
        (
            "conditions/priors.csv",
            PRIOR,
            PRIOR.replace("elicited-priors", "nobody-1900"),
            "conditions/priors.csv, doms in self_report_web at 10-17: the source 'nobody-1900' is not in sources.yaml.",
        ),
        (
            "conditions/priors.csv",
            PRIOR,
            f"{PRIOR}\n{PRIOR}",
            "conditions/priors.csv, line 3: this row occurs twice: (('self_report_web', '10-17'), 'doms').",
        ),
        (
            "conditions/priors.csv",
            "condition,context,age_band,prior,",
            "condition,context,age_band,chance,",
            "conditions/priors.csv, line 513: KeyError: 'prior'.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            WEIGHT.replace("0.12", "1.2"),
            "conditions/age_weights.csv, line 2: ValueError: a weight is a proportion from 0 to 1, not 1.2.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            WEIGHT.replace("0.12", "0.22"),
            "conditions/age_weights.csv, self_report_web: the probabilities sum to 1.1000 instead of 1.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            WEIGHT.replace("elicited,", "guess,"),
            "conditions/age_weights.csv, line 2: ValueError: basis is published, background or elicited, not 'guess'.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            WEIGHT.replace("elicited-priors", ""),
            "conditions/age_weights.csv, line 2: ValueError: has no source for its elicited weight; "
            "name at least one id of sources.yaml.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            WEIGHT.replace("elicited-priors", "nobody-1900"),
            "conditions/age_weights.csv, self_report_web 10-17: the source 'nobody-1900' is not in sources.yaml.",
        ),
        (
            "conditions/age_weights.csv",
            WEIGHT,
            "self_report_web,10-17",
            "conditions/age_weights.csv, line 2: TypeError: ",
        ),
    ],
)
def test_a_wrong_number_in_a_table_is_named(
    folder: Path, swap: Break, file: str, old: str, new: str, expected: str
) -> None:
    swap(file, old, new)
    last = problems_of(folder)[-1]
    assert last.startswith(expected)
    assert last.endswith(REMEDY)


# ------------------------------------------------------------------ one wrong entry


DOMS = "    nl: Gewone spierpijn na inspanning (DOMS)\n"
MOMENT = "    temper: 0.65\n"


def test_a_missing_language_is_named(folder: Path, swap: Break) -> None:
    swap("conditions/conditions.yaml", DOMS, "")
    (problem,) = problems_of(folder)
    assert problem.startswith("conditions/conditions.yaml, doms.name.nl: Field required (found {'en': ")
    assert problem.endswith(REMEDY)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "conditions/conditions.yaml",
            DOMS,
            "    nl: ''\n",
            "conditions/conditions.yaml, doms.name: Value error, the nl text is empty; write it in both languages",
        ),
        (
            "conditions/conditions.yaml",
            "  urgency: self_care\n",
            "  urgency: tomorrow\n",
            "conditions/conditions.yaml, doms.urgency: Input should be 'self_care', 'physio', ",
        ),
        (
            "conditions/conditions.yaml",
            "  urgency: self_care\n",
            "  urgency: self_care\n  hurry: none\n",
            "conditions/conditions.yaml, doms.hurry: Unexpected keyword argument",
        ),
        (
            "conditions/conditions.yaml",
            "- id: functional_tightness\n",
            "- id: doms\n",
            "conditions/conditions.yaml, doms: this id occurs twice.",
        ),
        (
            "findings/findings.yaml",
            MOMENT,
            "    temper: 1.65\n",
            "findings/findings.yaml, moment: Value error, temper is between 0 and 1, not 1.65",
        ),
        (
            "findings/findings.yaml",
            "clusters:\n",
            "bunches:\n",
            "findings/findings.yaml, Cluster: should be a list with at least one entry.",
        ),
        (
            "questions/questions.yaml",
            "- id: age\n",
            "- name: age\n",
            "questions/questions.yaml, entry 1.name: Unexpected keyword argument",
        ),
        (
            "questions/questions.yaml",
            "    - id: cold_leg\n",
            "    - id: breathless\n",
            "questions/questions.yaml, rf_now: Value error, needs options, each with its own id",
        ),
        (
            "red_flags/red_flags.yaml",
            "  when: {any: [bladder_bowel_saddle_change, both_legs_numb_or_weak]}\n",
            "  when: {either: [bladder_bowel_saddle_change, both_legs_numb_or_weak]}\n",
            "red_flags/red_flags.yaml, cauda_equina.when: Value error, 'either' with ['bladder_bowel_saddle_change', ",
        ),
        (
            "red_flags/red_flags.yaml",
            "  when: {any: [bladder_bowel_saddle_change, both_legs_numb_or_weak]}\n",
            "  when: {any: [bladder_bowel_sadle_change, both_legs_numb_or_weak]}\n",
            "red_flags/red_flags.yaml, cauda_equina.when: the criterion names 'bladder_bowel_sadle_change', "
            "which is not a known finding.",
        ),
        (
            "red_flags/red_flags.yaml",
            "  suspects: [cauda_equina]\n",
            "  suspects: [cauda_equine]\n",
            "red_flags/red_flags.yaml, cauda_equina.suspects: the condition 'cauda_equine' does not exist.",
        ),
        (
            "sources/sources.yaml",
            "- id: elicited-matrix\n",
            "- elicited-matrix\n",
            "sources/sources.yaml: mapping values are not allowed in this context",
        ),
    ],
)
def test_a_wrong_entry_is_named_with_its_file_and_key(
    folder: Path, swap: Break, file: str, old: str, new: str, expected: str
) -> None:
    swap(file, old, new)
    problems = problems_of(folder)
    assert any(problem.startswith(expected) for problem in problems), "\n".join(problems)
    assert all(problem.endswith(REMEDY) for problem in problems)


@pytest.mark.parametrize("content", ["", "[]", "name: value", "just words"])
def test_a_file_without_entries_is_named(folder: Path, content: str) -> None:
    (folder / "advice/sport.yaml").write_text(content, encoding="utf-8")
    assert problems_of(folder) == [f"advice/sport.yaml, SportItem: should be a list with at least one entry. {REMEDY}"]


def test_an_entry_that_is_no_mapping_is_named_by_its_number(folder: Path) -> None:
    (folder / "advice/sport.yaml").write_text("- yes\n- no\n", encoding="utf-8")
    assert [problem.partition(":")[0] for problem in problems_of(folder)] == [
        "advice/sport.yaml, entry 1",
        "advice/sport.yaml, entry 2",
    ]


def test_a_key_that_is_given_twice_is_refused(folder: Path, swap: Break) -> None:
    swap("red_flags/red_flags.yaml", "  names_first: true\n", "  names_first: true\n  names_first: false\n")
    (problem,) = problems_of(folder)
    assert problem.startswith("red_flags/red_flags.yaml: the key 'names_first' occurs twice")


# ------------------------------------------------------------------ unreadable files


@pytest.mark.parametrize(
    "file",
    ["version.yaml", "findings/findings.yaml", "advice/urgency.yaml", "advice/sport.yaml", "conditions/priors.csv"],
)
def test_a_missing_file_is_named_once(folder: Path, file: str) -> None:
    (folder / file).unlink()
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{file}: ")
    assert "No such file" in problem
    assert problem.endswith(REMEDY)


@pytest.mark.parametrize("file", ["red_flags/red_flags.yaml", "findings/likelihoods.csv"])
def test_a_file_that_is_not_text_is_named(folder: Path, file: str) -> None:
    (folder / file).write_bytes(b"\xff\xfe\x00\x00")
    (problem,) = problems_of(folder)
    assert problem.startswith(f"{file}: 'utf-8' codec can't decode")


# ------------------------------------------------------------------ all at once


def test_all_problems_are_named_at_once(folder: Path, swap: Break) -> None:
    swap("findings/likelihoods.csv", "doms,onset_sudden,0.03,", "doms,onset_sudden,3,")
    swap("findings/likelihoods.csv", "dvt,limp,0.25,", "dvt,limp,25,")
    swap("conditions/priors.csv", PRIOR, PRIOR.replace("elicited,", "guessed,"))
    swap("conditions/conditions.yaml", DOMS, "")
    swap("conditions/conditions.yaml", "  urgency: self_care\n", "  urgency: tomorrow\n")
    swap("findings/findings.yaml", MOMENT, "    temper: 2\n")
    (folder / "advice/sport.yaml").unlink()
    assert sorted(problem.partition(": ")[0] for problem in problems_of(folder)) == [
        "advice/sport.yaml",
        "conditions/conditions.yaml, doms.name.nl",
        "conditions/conditions.yaml, doms.urgency",
        "conditions/priors.csv, line 2",
        "findings/findings.yaml, moment",
        "findings/likelihoods.csv, line 2",
        "findings/likelihoods.csv, line 981",
    ]


def test_entries_that_are_right_alone_but_do_not_fit_together_are_all_named(folder: Path, swap: Break) -> None:
    swap("findings/likelihoods.csv", "doms,onset_delayed_12_72h,0.9,", "doms,onset_delayed_12_72h,0.85,")
    swap("conditions/age_weights.csv", WEIGHT, WEIGHT.replace("elicited-priors", "nobody-1900"))
    swap("red_flags/red_flags.yaml", "  suspects: [cauda_equina]\n", "  suspects: [cauda_equine]\n")
    assert sorted(problem.partition(": ")[0] for problem in problems_of(folder)) == [
        "conditions/age_weights.csv, self_report_web 10-17",
        "findings/likelihoods.csv, onset of doms",
        "red_flags/red_flags.yaml, cauda_equina.suspects",
    ]


def test_nothing_half_read_is_kept(folder: Path, swap: Break) -> None:
    swap("conditions/conditions.yaml", "  urgency: self_care\n", "  urgency: tomorrow\n")
    problems_of(folder)
    swap("conditions/conditions.yaml", "  urgency: tomorrow\n", "  urgency: self_care\n")
    assert load_knowledge(folder).conditions["doms"].urgency == "self_care"
