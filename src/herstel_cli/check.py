"""``herstel check``: the interview in the terminal, one question at a time, nothing lost."""

import argparse
import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from herstel.errors import InputError, Problem
from herstel.text import Language, say, say_problem
from herstel_cli.options import add_language

if TYPE_CHECKING:
    from herstel.assessment.next_question import NextStep
    from herstel.assessment.result import Assessment
    from herstel.complaint.model import AnswerValue, Complaint
    from herstel.knowledge.model import Knowledge, RedFlag
    from herstel_cli.options import Commands

YES = {"y", "yes", "j", "ja"}
NO = {"n", "no", "nee"}
COUNTED_IN_DAYS = "days_since_onset"


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("check", help="answer questions one at a time and read what it may be")
    add_language(parser)
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--resume", action="store_true", help="go on with the saved interview without asking")
    start.add_argument("--new", action="store_true", help="start again; the saved interview is kept beside it")
    start.add_argument("--again", action="store_true", help="look again some days later: only what may have changed")
    parser.add_argument("--file", type=Path, help="where to keep the answers (default: your own state folder)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.knowledge.load import load_knowledge
    from herstel_cli import saved

    path = options.file or saved.default_path()
    interview = Interview(load_knowledge(), options.lang, path)
    interview.welcome()
    try:
        if options.new:
            saved.set_aside(path)
        else:
            interview.take_up(ask=not (options.resume or options.again))
        if options.again:
            interview.look_again()
        finished = interview.hold()
    except EOFError:
        print()
        finished = False
    if finished:
        interview.report()
    else:
        interview.say_where_it_is_kept()
    return 0


class Interview:
    """The questions asked so far, and the file they are kept in."""

    def __init__(self, knowledge: "Knowledge", language: Language, path: Path) -> None:
        from herstel_cli.render import terminal_width

        self._knowledge, self._language, self._path = knowledge, language, path
        self._width = terminal_width()
        self._answers: dict[str, AnswerValue] = {}
        self._shown_flags: set[str] = set()
        self._left_out: tuple[str, ...] = ()
        self._again: tuple[str, ...] = ()
        self._days_before: AnswerValue | None = None
        self._before: Assessment | None = None

    def welcome(self) -> None:
        """What this is, and what to do instead in an emergency."""
        self._print(say(self._language, "Is it an emergency? Do not answer questions: phone 112."))
        self._print(
            say(
                self._language,
                "We ask about your complaint, one question at a time. You may always say that you don't know. At the "
                "end you read what it may be, how soon to see whom, and what to do today. This is an estimate, not "
                "yet reviewed by a clinician.",
            )
        )

    # --- an earlier interview -------------------------------------------------------------------------------------

    def take_up(self, *, ask: bool) -> None:
        """Go on where an earlier interview stopped, if the person wants to."""
        from herstel.assessment.recheck import days_now
        from herstel.complaint.answers import check_answers
        from herstel_cli import saved

        raw = saved.load(self._path)
        if not raw:
            return
        day = saved.saved_on(self._path)
        if ask and not self._yes(
            say(
                self._language,
                "There is an interview of {day} with {count} answers. Go on with it?",
                day=day,
                count=len(raw),
            )
        ):
            saved.set_aside(self._path)
            return
        self._answers, problems = check_answers(raw, self._knowledge)
        self._say_problems(problems)
        passed = (date.today() - day).days  # noqa: DTZ011 - the person's own day
        days = days_now(self._answers, passed)
        if passed and days is not None:
            self._days_before, self._answers[COUNTED_IN_DAYS] = self._answers[COUNTED_IN_DAYS], days
            self._print(say(self._language, "It is now {days} days since it began.", days=days))

    def look_again(self) -> None:
        """Take anew the answers that the re-check of today asks for; the others stand."""
        from herstel.assessment.assess import assessed
        from herstel.assessment.recheck import answers_to_keep, due_recheck
        from herstel.complaint.intake import take_complaint
        from herstel_cli import saved

        day = self._answers.get(COUNTED_IN_DAYS)
        if not isinstance(day, int):
            self._print(say(self._language, "There is no finished interview to look at again, so we start from here."))
            return
        before = day if self._days_before is None else self._days_before
        earlier = {**self._answers, COUNTED_IN_DAYS: before}
        self._before = assessed(take_complaint(earlier, self._knowledge), self._knowledge)
        recheck = due_recheck(self._before, day, self._knowledge)
        if recheck is not None:
            saved.keep_beside(self._path)
            self._answers = answers_to_keep(self._answers, recheck, day)
            saved.save(self._path, self._answers)
            self._again = recheck.questions
            self._print(recheck.text[self._language])
            self._print(recheck.why[self._language])

    def say_where_it_is_kept(self) -> None:
        """Where the answers are, and how to go on."""
        from herstel_cli.saved import default_path

        if not self._answers:
            return
        command = "herstel check --resume" + (
            "" if self._path == default_path() else f" --file {shlex.quote(str(self._path))}"
        )
        kept = say(self._language, "Your answers are kept in {path}.", path=self._path)
        self._print(kept + " " + say(self._language, "Go on with: {command}", command=command))

    # --- the questions --------------------------------------------------------------------------------------------

    def hold(self) -> bool:
        """Ask until no question is left; False when the person stops earlier."""
        from herstel.assessment.next_question import next_step

        while True:
            step = next_step(self._answers, self._knowledge, again=self._again)
            if not self._go_on_despite(step.complaint):
                self._left_out = step.left_out
                return True
            if step.question is None:
                self._left_out = step.left_out
                return True
            if not self._ask(step):
                return False

    def _ask(self, step: "NextStep") -> bool:
        """One question, repeated until it is answered; False to stop."""
        from herstel_cli.ask import question_lines, read_answer

        question = step.question
        assert question is not None  # noqa: S101 - the caller asks only when there is one
        self._print("-" * self._width)
        self._print(self._progress())
        for line in question_lines(question, self._language):
            self._print(line, hanging="      ")
        while True:
            typed = read_answer(question, input("> "))
            if typed.command == "quit":
                return False
            if typed.command == "back":
                self._back()
                return True
            problems = self._add(question.id, typed.answer) if typed.answer is not None else typed.problems
            if not problems:
                return True
            self._say_problems(problems)

    def _add(self, question: str, answer: "AnswerValue") -> tuple[Problem, ...]:
        """Keep an answer, unless it contradicts the others."""
        from herstel.complaint.intake import take_complaint
        from herstel_cli import saved

        answers = {**self._answers, question: answer}
        try:
            take_complaint(answers, self._knowledge)
        except InputError as error:
            return error.problems
        self._answers = answers
        saved.save(self._path, answers)
        return ()

    def _back(self) -> None:
        from herstel_cli import saved

        if not self._answers:
            self._print(say(self._language, "This is the first question."))
            return
        self._answers.popitem()
        saved.save(self._path, self._answers)

    def _progress(self) -> str:
        from herstel.complaint.intake import applicable

        number = len(self._answers) + 1
        fixed = sum(q.always and q.id not in self._answers for q in applicable(self._answers, self._knowledge))
        if fixed:
            return say(self._language, "Question {number} (fixed questions to go: {fixed})", number=number, fixed=fixed)
        return say(self._language, "Question {number} (only what can still change the advice)", number=number)

    # --- warning signs --------------------------------------------------------------------------------------------

    def _go_on_despite(self, complaint: "Complaint") -> bool:
        """Show an emergency at once; whether to go on with the questions."""
        new = [flag for flag in self._emergencies(complaint) if flag.id not in self._shown_flags]
        if not new:
            return True
        self._print("!" * self._width)
        for flag in new:
            self._shown_flags.add(flag.id)
            self._print(f"{flag.title[self._language]}. {flag.action[self._language]}")
            self._print(flag.why[self._language])
        self._print("!" * self._width)
        return self._yes(say(self._language, "Do this first. Do you want to go on with the questions after that?"))

    def _emergencies(self, complaint: "Complaint") -> Iterable["RedFlag"]:
        from herstel.assessment.red_flags import screen

        return (flag for flag in screen(complaint.facts(), self._knowledge).fired if flag.level == "emergency")

    # --- the end --------------------------------------------------------------------------------------------------

    def report(self) -> None:
        """The assessment, then what was left out and why, then the reasons for who wants them."""
        from herstel.assessment.report import write_report
        from herstel.flow import recognise
        from herstel_cli.render import as_text

        result = recognise(dict(self._answers), self._knowledge)
        report = write_report(result, self._knowledge, self._language, self._before)
        print()
        print(as_text(report, self._width, short=True))
        print()
        if self._left_out:
            named = ", ".join(self._knowledge.questions[one].summary[self._language] for one in self._left_out)
            self._print(
                say(
                    self._language,
                    "Left out, because no answer to it would still change the advice, or hardly: {named}.",
                    named=named,
                )
            )
        self._print(
            say(
                self._language,
                "Your answers are in {path}. To see this again with the reasons and the sources: "
                "herstel assess {quoted}. Delete the file when you no longer need it.",
                path=self._path,
                quoted=shlex.quote(str(self._path)),
            )
        )
        self._print(report.headline)

    # --- talking --------------------------------------------------------------------------------------------------

    def _yes(self, question: str) -> bool:
        self._print(question)
        choices = say(self._language, "(y/n)")
        while True:
            typed = input(f"{choices} ").strip().lower()
            if typed in YES | NO:
                return typed in YES
            self._print(say(self._language, "Type y for yes or n for no."))

    def _say_problems(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self._print(say_problem(self._language, problem))

    def _print(self, text: str, hanging: str = "") -> None:
        import textwrap

        print(
            textwrap.fill(text, self._width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False)
        )
