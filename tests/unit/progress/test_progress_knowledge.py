"""The rules, gates, ladder and contacts as they stand in the files."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import (
    RULES,
    GateCriterion,
    Milestone,
    ProgressKnowledge,
    ProgressRule,
    read_progress,
)
from herstel.knowledge.reader import Reader
from herstel.text import Text

SHARED = Path(__file__).parents[4] / "shared" / "evidence" / "rehab.md"


def faults(knowledge: Knowledge, progress: ProgressKnowledge) -> list[str]:
    return [f"{where}: {what}" for where, what in progress.faults(replace(knowledge, progress=progress))]


def changed(progress: ProgressKnowledge, criterion: str, **changes: Any) -> ProgressKnowledge:
    gates = tuple(replace(one, **changes) if one.id == criterion else one for one in progress.gates)
    return replace(progress, gates=gates)


def test_the_files_as_they_are_have_no_faults(knowledge: Knowledge) -> None:
    assert faults(knowledge, knowledge.progress) == []


def test_every_entry_says_where_it_stands(knowledge: Knowledge) -> None:
    progress = knowledge.progress
    places = [where for where, _ in progress.entries()]
    assert len(places) == len(set(places)) == len(progress.gates) + 12 + len(progress.rules) + len(progress.contacts)


def test_no_step_of_the_ladder_says_how_much_in_words_beside_its_numbers(knowledge: Knowledge) -> None:
    for step in knowledge.progress.running.values():
        for told in (step.name, *([step.effort] if step.effort else [])):
            for text in (told.nl, told.en):
                found = {float(number) for number in re.findall(r"\d+", text)}
                assert not found & {step.amount, float(step.repetitions)} or step.unit == "sessions", text
                assert not re.search(r"\b(keer|times)\b", text), text


@pytest.mark.parametrize(
    ("criterion", "changes", "complaint"),
    [
        ("isometric_90_half", {"subject": "guessing"}, "the subject 'guessing' is not known for 'side_ratio'"),
        ("walk_no_limp", {"subject": "mood"}, "the subject 'mood' is not known"),
        ("run_90_twice", {"subject": "13"}, "the subject '13' is not known"),
        ("return_coach", {"subject": "neighbour"}, "the subject 'neighbour' is not known"),
        ("walk_pain_free", {"alternatives": ("nothing",)}, "the criterion 'nothing' does not exist"),
        ("isometric_90_half", {"instead": ("nothing",)}, "the criterion 'nothing' does not exist"),
        ("return_nordic_norm", {"subject": "palpation_pain"}, "has no norm to compare with"),
    ],
)  # fmt: skip
def test_a_criterion_that_fits_nothing_is_told(
    knowledge: Knowledge, criterion: str, changes: dict[str, Any], complaint: str
) -> None:
    told = faults(knowledge, changed(knowledge.progress, criterion, **changes))
    assert any(criterion in one and complaint in one for one in told), told


def with_step(progress: ProgressKnowledge, number: int, **changes: Any) -> ProgressKnowledge:
    return replace(progress, running={**progress.running, number: replace(progress.running[number], **changes)})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda p: with_step(p, 2, gate=("nothing",)), "running.yaml, 2: the criterion 'nothing' does not exist"),
        (lambda p: with_step(p, 1, shown_by=("nothing",)), "running.yaml, 1: the criterion 'nothing' does not exist"),
        (lambda p: with_step(p, 3, exercise="flying"), "running.yaml, 3: the exercise 'flying' does not exist"),
        (lambda p: replace(p, running={1: p.running[1], 3: p.running[3]}), "are not numbered 1, 2, 3"),
        (lambda p: replace(p, rules={k: v for k, v in p.rules.items() if k != "calm"}), "calm: the rule is missing"),
        (
            lambda p: replace(p, rules={**p.rules, "calm": replace(p.rules["calm"], limits={})}),
            "calm: the limit 'worst' is missing",
        ),
        (
            lambda p: replace(p, rules={**p.rules, "calm": replace(p.rules["calm"], text=Text(nl="{x}", en="x"))}),
            "calm: the nl text names 'x', which is not a limit",
        ),
        (
            lambda p: replace(p, contacts=(replace(p.contacts[0], rule="nothing"),)),
            "the rule 'nothing' does not exist",
        ),
    ],
)
def test_what_does_not_fit_together_is_told(
    knowledge: Knowledge, change: Callable[[ProgressKnowledge], ProgressKnowledge], complaint: str
) -> None:
    told = faults(knowledge, change(knowledge.progress))
    assert any(complaint in one for one in told), told


def a_criterion(**changes: Any) -> GateCriterion:
    usual: dict[str, Any] = {
        "id": "x", "gate": "1", "measure": "value", "subject": "palpation_pain", "at_most": 0,
        "text": Text(nl="a", en="a"), "basis": "elicited", "source": "elicited-rule",
    }  # fmt: skip
    return GateCriterion(**{**usual, **changes})


@pytest.mark.parametrize("changes", [{"times": 0}, {"days": 0}, {"measure": "norm"}, {"at_most": None}])
def test_a_criterion_without_sense_cannot_be_made(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"times and days|norm|needs"):
        a_criterion(**changes)


def test_a_step_that_stands_twice_is_told(tmp_path: Path) -> None:
    from herstel.knowledge.load import DATA_FOLDER

    folder = tmp_path / "progress"
    folder.mkdir()
    for file in (DATA_FOLDER / "progress").iterdir():
        text = file.read_text(encoding="utf-8")
        folder.joinpath(file.name).write_text(
            text.replace("- number: 3\n", "- number: 2\n") if file.name == "running.yaml" else text, encoding="utf-8"
        )
    reader = Reader(tmp_path)
    read_progress(reader)
    assert any("this step occurs twice" in str(problem) for problem in reader.problems)


def test_every_rule_that_is_written_down_is_in_use() -> None:
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (Path(__file__).parents[3] / "src" / "herstel" / "progress").glob("*.py")
    )
    assert [name for name in RULES if f'"{name}"' not in source] == []


def test_every_milestone_but_walking_and_the_return_belongs_to_a_running_step(knowledge: Knowledge) -> None:
    of_steps = [step.milestone for step in knowledge.progress.running.values() if step.milestone]
    assert sorted((*of_steps, "walk_pain_free", "return")) == sorted(get_args(Milestone))


def test_a_rule_that_asks_for_somebody_has_somebody_to_call(knowledge: Knowledge) -> None:
    asking = {name for name, rule in knowledge.progress.rules.items() if rule.action in ("refer", "stop", "review")}
    assert asking == {one.rule for one in knowledge.progress.contacts} - {"on_hold", "two_flare_ups", "long_gap"}


def test_a_phase_asks_no_running_step_of_a_later_phase(knowledge: Knowledge) -> None:
    for one in knowledge.progress.gates:
        if one.measure == "run" and one.gate in ("1", "2", "3"):
            assert knowledge.progress.running[int(one.subject)].minimum_phase <= int(one.gate)


def test_a_running_step_is_done_as_an_exercise_of_its_phase(knowledge: Knowledge) -> None:
    for step in knowledge.progress.running.values():
        if step.exercise is not None:
            exercise = knowledge.exercises[step.exercise]
            assert exercise.phase_low <= step.minimum_phase <= exercise.phase_high, step.number


def test_the_limits_of_pain_are_those_of_the_dossier(knowledge: Knowledge) -> None:
    if not SHARED.is_file():
        pytest.skip("the evidence (../shared/evidence) is not beside the project")
    limit = knowledge.progress.limit
    text = SHARED.read_text(encoding="utf-8")
    assert "next-day NRS +2 over baseline OR isometric strength -15%" in text
    assert (limit("flare_up", "nrs_over"), limit("flare_up", "strength_percent")) == (2, 15)
    assert "one step lower at 70% volume" in text
    assert limit("flare_up", "volume_percent") == 70
    assert "back to baseline +1, morning stiffness <= 15 min more than usual" in text
    assert (limit("not_settled", "nrs_over"), limit("not_settled", "stiffness_min")) == (1, 15)
    assert "<= 4 allowed for strength in grade 1-2 after day 5" in text
    assert (limit("pain_during", "strength_limit"), limit("pain_during", "after_day")) == (4, 5)


def test_the_return_table_holds_every_row_of_the_dossier(knowledge: Knowledge) -> None:
    subjects = {one.subject for one in knowledge.progress.gates if one.gate == "return"}
    assert {
        "palpation_pain", "bridge_pain", "knee_extension_discomfort", "outer_range_strength", "active_knee_extension",
        "straight_leg_raise", "h_test", "h_test_insecurity", "nordic_force", "single_leg_bridge", "9", "sport",
        "confidence", "fear_of_movement", "person", "therapist", "coach",
    } <= subjects  # fmt: skip


def test_a_rule_fills_in_its_own_limits(knowledge: Knowledge) -> None:
    rule: ProgressRule = knowledge.progress.rules["flare_up"]
    assert "{rest_hours}" in rule.text.nl
    assert "{rest_hours}" in rule.text.en
