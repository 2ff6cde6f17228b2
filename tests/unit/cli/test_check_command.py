import json
import os
import stat
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from herstel.assessment.next_question import next_step
from herstel.complaint.answers import allowed_choices
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Question
from herstel_cli import saved
from herstel_cli.ask import question_lines, read_answer
from herstel_cli.main import main

SPRINT: Mapping[str, object] = {
    "age": 34,
    "walking": "limping",
    "places": ["left.thigh_middle"],
    "days_since_onset": 1,
    "onset": "sudden",
    "mechanism": "sprint",
    "moment": "stopped",
    "pop": "no",
    "heel_pull": "weak_painful",
    "straighten": "limited",
    "both_legs": "one",
}
Typing = Callable[[str], str]


def keys(question: Question, answer: object) -> str:
    """What somebody types to give this answer."""
    options = [option.id for option in question.options]
    if question.kind == "number":
        return str(answer)
    if question.kind == "single":
        return str(options.index(str(answer)) + 1)
    chosen = answer if isinstance(answer, list) else [answer]
    if question.kind == "places":
        pairs = [str(one).split(".") for one in chosen]
        return " ".join(f"{options.index(place) + 1}{side[0]}" for side, place in pairs)
    return " ".join("0" if one == "none" else str(options.index(str(one)) + 1) for one in chosen)


def truthful(path: Path, answers: Mapping[str, object], *, stop_after: int = 99, again: tuple[str, ...] = ()) -> Typing:
    """Somebody who answers the question that is asked, from what is true; yes to everything else."""
    asked = iter(range(stop_after))

    def typed(prompt: str) -> str:
        if prompt != "> ":
            return "y"
        if next(asked, None) is None:
            return "q"
        question = next_step(saved.load(path), load_knowledge(), again=again).question
        assert question is not None
        fallback = "0" if question.kind == "several" else "?"
        return keys(question, answers[question.id]) if question.id in answers else fallback

    return typed


def scripted(*lines: str) -> Typing:
    """Somebody who types these lines and then closes the terminal."""
    waiting = iter(lines)

    def typed(prompt: str) -> str:
        line = next(waiting, None)
        if line is None:
            raise EOFError
        return line

    return typed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept" / "interview.json"


@pytest.fixture
def check(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path) -> Callable[..., str]:
    def run(typing: Typing, *options: str, lang: str = "en") -> str:
        monkeypatch.setattr("builtins.input", typing)
        assert main(["check", "--lang", lang, "--file", str(path), *options]) == 0
        return " ".join(capsys.readouterr().out.split())

    return run


Check = Callable[..., str]


# ------------------------------------------------------------------ a whole interview


def test_a_whole_interview_ends_with_the_report_and_what_was_left_out(check: Check, path: Path) -> None:
    out = check(truthful(path, SPRINT))
    assert out.index("Is it an emergency?") < out.index("How old are you?") < out.index("What to do and when")
    assert "Partial hamstring tear" in out
    assert "Left out, because no answer to it would still change the advice" in out
    assert out.endswith("There is no rush.")


def test_the_interview_is_dutch_unless_asked_otherwise(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr("builtins.input", scripted())
    assert main(["check", "--file", str(path)]) == 0


def test_the_answers_that_were_kept_can_be_assessed_as_a_file(
    check: Check, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    interview = check(truthful(path, SPRINT))
    assert main(["assess", str(path), "--lang", "en", "--short"]) == 0
    report = " ".join(capsys.readouterr().out.split())
    assert report in interview


def test_answering_dont_know_to_everything_ends_honestly(check: Check, path: Path) -> None:
    def typed(prompt: str) -> str:
        return "?" if prompt == "> " else "y"

    out = check(typed)
    assert "we cannot tell what it is" in out
    assert set(saved.load(path).values()) == {"unknown"}


def test_when_nothing_is_left_out_nothing_is_said_about_it(check: Check, path: Path) -> None:
    everything = dict.fromkeys(load_knowledge().questions, "unknown")
    saved.save(path, everything)
    out = check(scripted(), "--resume")
    assert "Left out" not in out
    assert "What to do and when" in out


def test_progress_counts_the_fixed_questions_down(check: Check, path: Path) -> None:
    out = check(truthful(path, SPRINT))
    fixed = int(out.split("Question 1 (fixed questions to go: ")[1].split(")")[0])
    assert fixed >= 8
    assert "(only what can still change the advice)" in out


# ------------------------------------------------------------------ nothing is lost


def test_quitting_and_resuming_loses_no_answer(check: Check, path: Path) -> None:
    first = check(truthful(path, SPRINT, stop_after=5))
    assert f"Your answers are kept in {path}." in first
    assert f"herstel check --resume --file {path}" in first
    kept = saved.load(path)
    assert len(kept) == 5
    second = check(truthful(path, SPRINT), "--resume")
    assert "How old are you?" not in second
    assert "Partial hamstring tear" in second
    assert kept.items() <= saved.load(path).items()


def test_closing_the_terminal_keeps_the_answers(check: Check, path: Path) -> None:
    out = check(scripted("34", "0"))
    assert "kept in" in out
    assert saved.load(path) == {"age": 34, "rf_now": ["none"]}


def test_stopping_before_the_first_answer_leaves_no_file(check: Check, path: Path) -> None:
    assert "kept in" not in check(scripted("q"))
    assert not path.exists()


def test_an_earlier_interview_is_offered(check: Check, path: Path) -> None:
    saved.save(path, {"age": 34})
    out = check(scripted("maybe", "y", "q"))
    assert "with 1 answers. Go on with it?" in out
    assert "Type y for yes or n for no." in out
    assert "How old are you?" not in out


def test_an_earlier_interview_that_is_refused_is_kept_beside_the_new_one(check: Check, path: Path) -> None:
    saved.save(path, {"age": 34})
    check(scripted("n", "50"))
    assert saved.load(path) == {"age": 50}
    assert saved.load(path.with_name("interview.json.old")) == {"age": 34}


def test_starting_new_keeps_the_old_interview_beside_it(check: Check, path: Path) -> None:
    saved.save(path, {"age": 34})
    check(scripted("50"), "--new")
    assert saved.load(path.with_name("interview.json.old")) == {"age": 34}
    check(scripted("51"), "--new")
    assert saved.load(path) == {"age": 51}


def test_starting_new_without_an_old_interview_is_no_problem(check: Check, path: Path) -> None:
    check(scripted("50"), "--new")
    assert [one.name for one in path.parent.iterdir()] == ["interview.json"]


DAY_4 = ("rf_now", "rf_leg", "course_72h", "walking", "bruise", "straighten", "heel_pull")
DAY_2 = ("rf_now", "rf_leg", "walking", "bruise", "straighten", "heel_pull")


def days_ago(path: Path, days: int) -> None:
    then = time.time() - days * 86_400
    os.utime(path, (then, then))


def test_the_days_since_it_began_count_on_by_themselves(check: Check, path: Path) -> None:
    check(truthful(path, SPRINT))
    days_ago(path, 2)
    out = check(scripted("q"), "--resume")
    assert f"It is now {SPRINT['days_since_onset'] + 2} days since it began." in out


def test_looking_again_takes_only_the_answers_of_the_recheck_anew_and_says_what_changed(
    check: Check, path: Path
) -> None:
    check(truthful(path, SPRINT))
    days_ago(path, 3)
    kept = dict(saved.load(path))
    again = {**SPRINT, "days_since_onset": SPRINT["days_since_onset"] + 3, "walking": "limping", "bruise": "spreading"}
    out = check(truthful(path, again, again=DAY_4), "--again")
    assert "What your new answers changed" in out
    assert "How old are you?" not in out
    assert "How do you walk now?" in out
    assert saved.load(path)["walking"] == "limping"
    assert saved.load(path)["onset"] == kept["onset"]
    assert saved.load(path.with_name("interview.json.before")) == kept


def test_looking_again_on_the_same_day_with_the_same_answers_changes_nothing(check: Check, path: Path) -> None:
    check(truthful(path, SPRINT))
    assert "Nothing in the advice" in check(truthful(path, SPRINT, again=DAY_2), "--again")


def test_looking_again_without_an_earlier_interview_starts_one(check: Check) -> None:
    out = check(scripted("q"), "--again")
    assert "There is no finished interview to look at again" in out


def test_answers_to_questions_that_no_longer_exist_are_named_and_dropped(check: Check, path: Path) -> None:
    saved.save(path, {"age": 34, "star_sign": "leo"})
    out = check(scripted("q"), "--resume")
    assert "star_sign: is not a question of the intake." in out


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"answers": 3}', "[" * 100_000, "\0"])
def test_a_damaged_file_is_named_and_not_overwritten(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], path: Path, content: str
) -> None:
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr("builtins.input", scripted())
    assert main(["check", "--lang", "en", "--resume", "--file", str(path)]) == 2
    assert "the saved interview cannot be read" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == content


def test_only_the_user_can_read_the_answers(check: Check, path: Path) -> None:
    check(scripted("34"))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in path.parent.iterdir()] == ["interview.json"]


def test_the_default_place_is_the_users_state_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert saved.default_path() == tmp_path / "state" / "herstel" / "interview.json"
    monkeypatch.delenv("XDG_STATE_HOME")
    assert saved.default_path() == Path.home() / ".local" / "state" / "herstel" / "interview.json"


def test_the_command_to_go_on_is_short_in_the_default_place(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("builtins.input", scripted("34"))
    assert main(["check", "--lang", "en"]) == 0
    assert " ".join(capsys.readouterr().out.split()).endswith("Go on with: herstel check --resume")


# ------------------------------------------------------------------ back, mistakes, warnings


def test_back_returns_to_the_previous_question(check: Check, path: Path) -> None:
    out = check(scripted("b", "34", "b", "43"))
    assert "This is the first question." in out
    assert out.count("How old are you?") == 3
    assert saved.load(path) == {"age": 43}


def test_a_mistake_is_explained_and_the_question_stays(check: Check, path: Path) -> None:
    out = check(scripted("old", "7", "34"))
    assert "'old' is not a number from 10 to 110" in out
    assert "'7' is not a number from 10 to 110" in out
    assert saved.load(path) == {"age": 34}


def test_a_contradiction_is_explained_and_not_kept(check: Check, path: Path) -> None:
    before_places = dict.fromkeys(load_knowledge().questions, "unknown")
    del before_places["places"]
    saved.save(path, {**before_places, "both_legs": "both_same"})
    out = check(scripted("8l", "8l 8r"), "--resume")
    assert "both legs are said to feel the same, but only the left side is marked" in out
    assert saved.load(path)["places"] == ["left.calf", "right.calf"]


def test_an_emergency_is_shown_at_once_with_the_choice_to_go_on(check: Check, path: Path) -> None:
    flag = load_knowledge().red_flags["cauda_equina"]
    out = check(scripted("45", "3", "y", "0"))
    assert flag.action.en in out
    assert out.index(flag.title.en) < out.index("Do you want to go on") < out.index("Do you feel ill")
    assert out.count(flag.title.en) == 1


def test_who_does_not_go_on_after_an_emergency_gets_the_report(check: Check) -> None:
    out = check(scripted("45", "3", "n"))
    assert "Must be ruled out first" in out
    assert out.endswith("Do not wait.")


# ------------------------------------------------------------------ one question


def questions() -> dict[str, Question]:
    return dict(load_knowledge().questions)


@pytest.mark.parametrize("question", questions().values(), ids=questions().keys())
def test_every_answer_of_every_question_can_be_typed(question: Question) -> None:
    shown = "\n".join(question_lines(question, "nl"))
    assert question.text.nl in shown
    assert read_answer(question, "?").answer == "unknown"
    if question.kind == "number":
        assert read_answer(question, str(question.max)).answer == question.max
        return
    for number, option in enumerate(question.options, start=1):
        assert option.label.nl in shown
        typed = f"{number}r" if question.kind == "places" else str(number)
        chosen = f"right.{option.id}" if question.kind == "places" else option.id
        assert read_answer(question, typed).answer in (chosen, (chosen,))
    assert len(allowed_choices(question)) >= 1


def test_several_answers_may_be_separated_in_any_way() -> None:
    question = questions()["rf_ill"]
    expected = ("fever", "red_warm")
    for typed in ("2 3", "2,3", "3;2", " 2 , 3 "):
        assert read_answer(question, typed).answer == expected


def test_not_sure_about_the_others_leaves_them_unknown() -> None:
    question = questions()["rf_ill"]
    assert read_answer(question, f"2 {len(question.options) + 1}").answer == ("fever", "unsure")
    assert read_answer(question, "0").answer == ("none",)


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("age", ""),
        ("walking", ""),
        ("walking", "0"),
        ("walking", "9"),
        ("walking", "1 2"),
        ("walking", "normal"),
        ("walking", "²"),
        ("walking", "1" * 5000),
        ("rf_now", "44"),
        ("rf_now", "1 x"),
        ("rf_now", ","),
        ("rf_now", "0 1"),
        ("places", "6"),
        ("places", "l"),
        ("places", "10l"),
        ("places", "6x"),
    ],
)
def test_what_is_not_an_answer_is_refused_with_what_to_type(question: str, typed: str) -> None:
    result = read_answer(questions()[question], typed)
    assert result.answer is None
    assert len(result.problems) == 1


@pytest.mark.parametrize("typed", ["b", " B "])
def test_commands_work_in_either_case(typed: str) -> None:
    assert read_answer(questions()["age"], typed).command == "back"
    assert read_answer(questions()["age"], "Q").command == "quit"


def test_the_saved_file_is_a_complaint_file(path: Path) -> None:
    saved.save(path, {"age": 34})
    assert json.loads(path.read_text(encoding="utf-8")) == {"answers": {"age": 34}}
