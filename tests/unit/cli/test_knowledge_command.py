from pathlib import Path

import pytest

from herstel.knowledge.criterion import read_criterion
from herstel.knowledge.load import load_knowledge
from herstel.text import LANGUAGES
from herstel_cli.entries import formula, shown
from tests.unit.cli.conftest import Run

KNOWLEDGE = load_knowledge()
ADVICE = KNOWLEDGE.advice
ROAD = (KNOWLEDGE.exercises, KNOWLEDGE.plan, KNOWLEDGE.progress, KNOWLEDGE.forecast)
EVERY_ID = sorted(
    {
        *KNOWLEDGE.conditions,
        *KNOWLEDGE.findings,
        *KNOWLEDGE.clusters,
        *KNOWLEDGE.questions,
        *KNOWLEDGE.red_flags,
        *KNOWLEDGE.tests,
        *KNOWLEDGE.sources,
        *(entry.id for part in (ADVICE.urgency, ADVICE.destinations, ADVICE.imaging) for entry in part),
        *(entry.id for part in (ADVICE.first_days, ADVICE.sport, ADVICE.routines) for entry in part),
        *(entry.id for part in (ADVICE.grades, ADVICE.ladder, ADVICE.recovery) for entry in part),
        *(entry.id for part in (ADVICE.rechecks, ADVICE.soreness) for entry in part),
        *(one for part in (KNOWLEDGE.chain.links, KNOWLEDGE.chain.tests, KNOWLEDGE.chain.implications) for one in part),
        *(where.rsplit(", ", 1)[-1] for part in ROAD for where, _ in part.entries()),
    }
)


@pytest.mark.parametrize(("language", "said"), [("nl", "De kennis klopt"), ("en", "The knowledge is right")])
def test_the_knowledge_of_this_herstel_is_right(run: Run, language: str, said: str) -> None:
    code, out, _ = run("knowledge", "check", "--lang", language)
    assert code == 0
    assert said in out
    assert KNOWLEDGE.version.version in out


def test_another_folder_can_be_checked_and_what_is_wrong_is_named(run: Run, tmp_path: Path) -> None:
    code, _, err = run("knowledge", "check", tmp_path)
    assert code == 2
    assert "version.yaml" in err
    assert "Traceback" not in err


def test_a_condition_is_shown_with_its_numbers_their_ranges_and_full_sources(run: Run) -> None:
    _, out, _ = run("knowledge", "show", "strain_grade2", "--lang", "en")
    assert out.startswith("condition: strain_grade2\n")
    assert "name: Partial hamstring tear (grade 2)" in out
    assert "prior self_report_web 18-39" in out
    (sprint,) = [line for line in out.splitlines() if line.startswith("  mech_sprint ")]
    assert "0.59" in sprint
    assert "published" in sprint
    assert "vermeulen-2022 [published]: Vermeulen 2022" in out


def test_a_finding_is_shown_with_its_number_in_every_condition(run: Run) -> None:
    _, out, _ = run("knowledge", "show", "pop_heard_felt", "--lang", "en")
    for condition in KNOWLEDGE.conditions:
        assert f"\n  {condition} " in out


def test_a_rule_is_shown_as_something_to_read(run: Run) -> None:
    _, out, _ = run("knowledge", "show", "day4", "--lang", "en")
    assert "when: all of (unless known to be true (days >= 4); unless known to be true (urgency >= emergency))" in out


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("nordic_curl", "exercise: nordic_curl"),
        ("active_knee_extension", "chain test: active_knee_extension"),
        ("tendinopathy", "track: tendinopathy"),
        ("outer_range_75", "gate criterion: outer_range_75"),
    ],
)
def test_entries_of_the_later_steps_are_shown_with_their_sources(run: Run, entry: str, title: str) -> None:
    _, out, _ = run("knowledge", "show", entry, "--lang", "en")
    assert title in out.splitlines()
    assert "sources:" in out


def test_an_id_of_several_entries_shows_them_all(run: Run) -> None:
    _, out, _ = run("knowledge", "show", "walking")
    for kind in ("cluster", "question", "ladder item"):
        assert f"{kind}: walking\n" in out


def test_a_source_is_shown_without_repeating_itself(run: Run) -> None:
    _, out, _ = run("knowledge", "show", "nhg-m55", "--lang", "en")
    assert "citation: NHG" in out
    assert "sources:" not in out


def test_an_unknown_id_gets_the_nearest_ones(run: Run) -> None:
    code, _, err = run("knowledge", "show", "pop_heard", "--lang", "en")
    assert code == 2
    assert "Did you mean pop_heard_felt" in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_the_knowledge_holds_can_be_shown(language: str) -> None:
    for entry in EVERY_ID:
        lines = list(shown(entry, KNOWLEDGE, language))  # type: ignore[arg-type]
        assert lines[0].endswith(f": {entry}")
        assert not any("Text(" in line or "Criterion(" in line for line in lines)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("limp", "limp"),
        ({"known": "limp"}, "known limp"),
        ({"place": "calf"}, "place calf"),
        ({"level": ["professional", "none"]}, "level professional + none"),
        ({"age": {"min": 9, "max": 17}}, "age >= 9 <= 17"),
        ({"days": {"max": 3}}, "days <= 3"),
        ({"urgency": {"max": "physio"}}, "urgency <= physio"),
        ({"ladder": {"walking": 3}}, "ladder walking >= 3"),
        ({"likely": {"conditions": ["doms", "dvt"], "at_least": 0.3}}, "probability together doms + dvt >= 0.3"),
        ({"at_least": {"count": 2, "of": ["a", "b", "c"]}}, "at least 2 of (a; b; c)"),
        ({"any": ["a", {"not": "b"}]}, "any of (a; not (b))"),
    ],
)
def test_every_form_of_a_rule_reads_as_a_line(raw: object, said: str) -> None:
    assert formula(read_criterion(raw), "en") == said
