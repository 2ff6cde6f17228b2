"""The one place where these pages reach the domain: answers in, values and words out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice

from herstel.assessment.assess import assessed
from herstel.assessment.next_question import next_step
from herstel.assessment.recheck import answers_to_keep, due_recheck
from herstel.assessment.red_flags import screen
from herstel.assessment.report import Report, write_report
from herstel.complaint.answers import check_answer, check_answers
from herstel.complaint.intake import add_answer, applicable
from herstel.complaint.model import AnswerValue, Complaint
from herstel.errors import InputError, Problem
from herstel.flow import assess, take_complaint
from herstel.knowledge.model import DestinationInfo, Knowledge, Question, RedFlag, UrgencyLevel
from herstel.text import Language, say
from herstel_web.knowledge import knowledge

Answers = dict[str, AnswerValue]
DAYS = "days_since_onset"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Where a visitor stands, worked out anew from the answers.

    Attributes
    ----------
    asked : tuple of Question
        Answered questions that apply, in the order in which they were asked.
    open : tuple of Question
        Questions that apply and have no answer, in the order of the question bank.
    next : Question or None
        What to ask now; None when no answer is expected to change the advice any more.
    emergencies : tuple of RedFlag
        Rules that fired and ask for help now.
    """

    answers: Answers
    asked: tuple[Question, ...]
    open: tuple[Question, ...]
    next: Question | None
    emergencies: tuple[RedFlag, ...]

    @property
    def finished(self) -> bool:
        return self.next is None

    @property
    def fixed_part_done(self) -> bool:
        """Whether everything that everybody is asked has an answer."""
        return not any(question.always for question in self.open)

    def shows(self, question: Question) -> bool:
        """Whether this question can be looked at now: answered, next, or left out at the end."""
        return question in self.asked or question == self.next or (self.finished and question in self.open)

    def takes(self, question: Question) -> bool:
        """Whether an answer to this question can be kept now; wider than shows, for pages left open in another tab."""
        return self.shows(question) or (self.fixed_part_done and question in self.open)

    def before(self, question: Question) -> Question | None:
        """The question asked before this one."""
        if question not in self.asked:
            return self.asked[-1] if self.asked else None
        at = self.asked.index(question)
        return self.asked[at - 1] if at else None

    def after(self, question: Question) -> Question | None:
        """The answered question that was asked after this one."""
        at = self.asked.index(question) + 1 if question in self.asked else len(self.asked)
        return self.asked[at] if at < len(self.asked) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A re-check: the questions taken anew, what they were answered before, and how many answers were kept."""

    questions: tuple[str, ...]
    earlier: Answers
    kept: int

    @classmethod
    def from_session(cls, kept: Mapping[str, object]) -> "Recheck | None":
        """As it was kept in the session; None when that makes no sense."""
        questions, earlier, count = (kept.get(name) for name in ("questions", "earlier", "kept"))
        if not (isinstance(questions, list) and isinstance(earlier, Mapping) and isinstance(count, int)):
            return None
        return cls(questions=tuple(map(str, questions)), earlier=still_valid(earlier), kept=count)

    def for_session(self) -> dict[str, object]:
        """As JSON can hold it."""
        return {"questions": list(self.questions), "earlier": self.earlier, "kept": self.kept}

    def answers_before(self, answers: Answers) -> Answers:
        """All answers as they were before the re-check."""
        return {**dict(islice(answers.items(), self.kept)), **self.earlier}


def plan_recheck(answers: Answers, day: int) -> tuple[Recheck, Answers] | None:
    """The re-check that is due on a day since the start, and the answers that stand; None when none is planned."""
    due = due_recheck(assessed(take_complaint(answers, knowledge()), knowledge()), day, knowledge())
    if due is None:
        return None
    kept = answers_to_keep(answers, due, day)
    taken_anew = (*due.questions, DAYS)
    earlier = {name: answer for name, answer in answers.items() if name in taken_anew}
    return Recheck(questions=due.questions, earlier=earlier, kept=len(kept)), kept


def days_question() -> Question:
    """The question how many days ago it began."""
    return knowledge().questions[DAYS]


def interview(answers: Answers, recheck: Recheck | None = None) -> Interview:
    """Work out where the interview stands."""
    step = next_step(answers, knowledge(), again=recheck.questions if recheck else ())
    applying = {question.id: question for question in applicable(answers, knowledge())}
    fired = screen(step.complaint.facts(), knowledge()).fired
    return Interview(
        answers=answers,
        asked=tuple(applying[name] for name in answers if name in applying),
        open=tuple(question for name, question in applying.items() if name not in answers),
        next=step.question,
        emergencies=tuple(flag for flag in fired if flag.level == "emergency"),
    )


def question(question_id: str) -> Question | None:
    """A question of the bank, or None."""
    return knowledge().questions.get(question_id)


def check(asked: Question, raw: object) -> AnswerValue | None:
    """The answer as the domain writes it; None when it is not an answer to this question."""
    return check_answer(asked, raw)[0]


def still_valid(raw: Mapping[str, object]) -> Answers:
    """The answers that the present question bank still understands."""
    return check_answers(raw, knowledge())[0]


def contradiction(answers: Answers, language: Language) -> str:
    """What in these answers cannot be true together, and what to do about it; empty when nothing is wrong."""
    try:
        take_complaint(answers, knowledge())
    except InputError as error:
        return " ".join(_in_words(problem, language) for problem in error.problems)
    return ""


def _in_words(problem: Problem, language: Language) -> str:
    said = f"{say(language, problem.reason, **problem.values)} {say(language, problem.remedy, **problem.values)}"
    return said[:1].upper() + said[1:]


def report(answers: Answers, language: Language, recheck: Recheck | None = None) -> Report:
    """The result, in words; after a re-check with what changed."""
    result = assess(take_complaint(answers, knowledge()), knowledge())
    before = take_complaint(recheck.answers_before(answers), knowledge()) if recheck else None
    return write_report(result, knowledge(), language, assessed(before, knowledge()) if before else None)


def result_pdf(answers: Answers, language: Language, day: date) -> bytes:
    """The result on paper, with the possibilities as a picture.

    Raises
    ------
    InputError
        When a text holds a sign that no font shows.
    """
    from herstel_letters.compose import compose_result
    from herstel_letters.pictures import result_pictures
    from herstel_letters.typesetting import Letterhead, People, letter_pdf

    result = assess(take_complaint(answers, knowledge()), knowledge())
    draft = compose_result(result, knowledge(), language, day)
    return letter_pdf(draft, Letterhead(), People(), result_pictures(draft, result, knowledge()))


def emergency_level() -> UrgencyLevel:
    """What is said of the highest urgency."""
    return next(level for level in knowledge().advice.urgency if level.id == "emergency")


def out_of_hours_gp() -> DestinationInfo:
    """Where to call when the own practice is closed."""
    return next(place for place in knowledge().advice.destinations if place.id == "huisartsenpost")


@cache
def _emergency_signs(knowledge: Knowledge) -> tuple[tuple[str, str], ...]:
    """Answers of the red-flag block that by themselves ask for help now: pairs of question id and option id."""
    return tuple(
        (asked.id, option.id)
        for asked in knowledge.questions.values()
        if asked.block == "red_flags" and asked.kind == "several"
        for option in asked.options
        if any(
            flag.level == "emergency"
            for flag in screen(add_answer(Complaint(), asked, (option.id, "unsure")).facts(), knowledge).fired
        )
    )


def emergency_signs(language: Language) -> list[str]:
    """The signs of an emergency in the words of the questions."""
    questions = knowledge().questions
    options = [questions[asked].option(option) for asked, option in _emergency_signs(knowledge())]
    return [option.label[language] for option in options if option]
