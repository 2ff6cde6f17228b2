"""A complaint from outside: what a YAML or JSON file holds, checked as a whole and turned into a complaint.

Nothing is guessed: what is unknown, impossible or contradictory is named, all of it at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from herstel.complaint.answers import check_answer, check_answers, unknown_id
from herstel.complaint.intake import add_answer, contradictions, is_applicable, with_duration
from herstel.complaint.model import UNKNOWN, AnswerValue, Complaint
from herstel.errors import InputError, Problem, marked
from herstel.fields import as_date
from herstel.knowledge.model import CONTEXTS, Context, Group, Knowledge, LadderItem, Question

FIELDS = (
    "answers", "findings", "examination", "places", "age_years", "sex", "sport", "level", "context",
    "days_since_onset", "onset_date", "pain_nrs", "ladder",
)  # fmt: skip
MOST_VALUES, DEEPEST, LONGEST_TEXT, LARGEST_NUMBER = 2_000, 4, 500, 10**9
DAYS_A_YEAR = 365.25
_NUMBERS = ("age_years", "days_since_onset", "pain_nrs")
_TEXTS = ("sex", "sport", "level")
_POSITIVE: Mapping[object, bool] = {"positive": True, "negative": False}
ONE_ANSWER: tuple[Group, ...] = ("onset", "mechanism")
"""A finding of these groups that is told denies the others of its group."""
_KEEP_ONE = marked("Keep one of the two.")


def complaint_from_mapping(raw: object, knowledge: Knowledge, today: date) -> Complaint:
    """Read a complaint.

    Parameters
    ----------
    raw : object
        What the file holds: a mapping with any of ``FIELDS``.
    knowledge : Knowledge
    today : date
        To count the days since ``onset_date``.

    Raises
    ------
    InputError
        With every problem found.
    """
    strange = _strange(raw)
    if strange or not isinstance(raw, Mapping):
        raise InputError([strange or _not_a_mapping()])
    reader = _Reader(raw, knowledge, today)
    complaint = reader.complaint()
    if reader.problems:
        raise InputError(reader.problems)
    return with_duration(complaint)


def _not_a_mapping() -> Problem:
    return Problem(
        thing="file",
        reason=marked("this is not a list of fields with values."),
        remedy=marked("Write one field on a line, such as 'age_years: 34'. Fields: {fields}."),
        values={"fields": ", ".join(FIELDS)},
    )


def _strange(raw: object) -> Problem | None:
    """What no complaint holds: nested deeper, longer or larger than anything a person reports, or of another kind."""
    seen = 0
    pending: list[tuple[object, int]] = [(raw, 0)]
    while pending:
        value, depth = pending.pop()
        seen += 1
        if seen > MOST_VALUES or depth > DEEPEST or not _is_plain(value):
            return Problem(
                thing="file",
                reason=marked("it holds a value that is too long, too large, too deep or of an unknown kind."),
                remedy=marked("Use only short texts, numbers, yes or no, and lists of these."),
            )
        if isinstance(value, Mapping):
            pending.extend((part, depth + 1) for pair in value.items() for part in pair)
        elif isinstance(value, list | tuple):
            pending.extend((part, depth + 1) for part in value)
    return None


def _is_plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT
    if isinstance(value, int | float):
        return abs(value) <= LARGEST_NUMBER
    return value is None or isinstance(value, date | Mapping | list | tuple)


class _Reader:
    """Reads the fields of one mapping and collects what is wrong with them."""

    def __init__(self, raw: Mapping[object, object], knowledge: Knowledge, today: date) -> None:
        self._raw = {str(key): value for key, value in raw.items() if value is not None}
        self._knowledge = knowledge
        self._today = today
        self.problems: list[Problem] = []

    def complaint(self) -> Complaint:
        """The complaint as far as it could be read."""
        for field in self._raw:
            if field not in FIELDS:
                self.problems.append(unknown_id(field, marked("is not a field of a complaint."), dict.fromkeys(FIELDS)))
        answers, findings = self._answers(), self._findings()
        told = self._with_answers(Complaint(context=self._context(), answers=answers), findings)
        self._disagreeing(told, findings)
        complaint = replace(
            told,
            findings={**self._narrowed(told, findings), **self._denied(findings), **findings},
            ladder={**told.ladder, **self._ladder(told)},
            examination=self._examination(),
        )
        self.problems.extend(contradictions(complaint))
        self._impossible_times(complaint)
        return complaint

    def _with_answers(self, complaint: Complaint, findings: Mapping[str, bool]) -> Complaint:
        """Add the answers in order; whether a question applies may also follow from the findings."""
        for question in self._knowledge.questions.values():
            known = replace(complaint, findings={**complaint.findings, **findings})
            if question.id in complaint.answers and is_applicable(question, known):
                complaint = add_answer(complaint, question, complaint.answers[question.id])
        return complaint

    def _narrowed(self, told: Complaint, findings: Mapping[str, bool]) -> dict[str, bool]:
        """The places marked say "one of these" about the worst place; a finding that names it decides."""
        groups = {self._knowledge.findings[one].group for one, present in findings.items() if present} - {None}
        return {one: value for one, value in told.findings.items() if self._knowledge.findings[one].group not in groups}

    def _denied(self, findings: Mapping[str, bool]) -> dict[str, bool]:
        """How it began and in which movement have one answer: the one named denies the others."""
        denied: dict[str, bool] = {}
        for group in ONE_ANSWER:
            members = self._knowledge.group_members(group)
            if sum(findings.get(member, False) for member in members) == 1:
                denied.update(dict.fromkeys(members, False))
        return denied

    # --- the fields ---------------------------------------------------------------------------------------------

    def _answers(self) -> dict[str, AnswerValue]:
        raw = self._mapping("answers")
        answers, problems = check_answers(raw, self._knowledge)
        self.problems.extend(replace(problem, thing=f"answers.{problem.thing}") for problem in problems)
        given = {**{name: name for name in ("places", *_NUMBERS, *_TEXTS)}, "onset_date": "days_since_onset"}
        for field, fact in given.items():
            if field in self._raw:
                self._add_answer(field, *self._as_answer(field, fact), answers)
        return answers

    def _as_answer(self, field: str, fact: str) -> tuple[Question | None, object]:
        """The question that asks for a field's fact, and the answer that the field's value is to it."""
        value = self._raw[field]
        questions = self._knowledge.questions.values()
        if field == "places":
            return next(question for question in questions if question.kind == "places"), value
        if fact in _NUMBERS:
            asked = next(question for question in questions if question.fact == fact)
            return asked, self._days(asked) if field == "onset_date" else value
        options = {
            option.facts[fact]: (q, option.id) for q in questions for option in q.options if fact in option.facts
        }
        if isinstance(value, str) and value in options:
            return options[value]
        self.problems.append(_not_one_of(field, value, options))
        return None, value

    def _add_answer(
        self, field: str, question: Question | None, value: object, answers: dict[str, AnswerValue]
    ) -> None:
        if question is None or value is None:
            return
        answer, problem = check_answer(question, value)
        if problem is not None or answer is None:
            self.problems.extend([replace(problem, thing=field)] if problem else [])
        elif answers.get(question.id, UNKNOWN) in (UNKNOWN, answer):
            answers[question.id] = answer
        else:
            self._disagree(field, question.id, answer, answers[question.id])

    def _days(self, question: Question) -> int | None:
        """Days since ``onset_date``."""
        value, most = self._raw["onset_date"], question.max or 0
        onset = as_date(value)
        if onset is None:
            reason = marked("{value!r} is not a date.")
        elif onset > self._today:
            reason = marked("{value} lies in the future.")
        elif (self._today - onset).days > most:
            reason = marked("{value} is more than {years} years ago.")
        else:
            return (self._today - onset).days
        self.problems.append(
            Problem(
                thing="onset_date",
                reason=reason,
                remedy=marked("Write the day it began as year-month-day, such as {example}, at most today."),
                values={"value": str(value), "years": int(most / DAYS_A_YEAR), "example": self._today.isoformat()},
            )
        )
        return None

    def _context(self) -> Context:
        value = self._raw.get("context", CONTEXTS[0])
        for context in CONTEXTS:
            if context == value:
                return context
        self.problems.append(_not_one_of("context", value, dict.fromkeys(CONTEXTS)))
        return CONTEXTS[0]

    def _findings(self) -> dict[str, bool]:
        return self._yes_no("findings", self._knowledge.findings, marked("is not a finding."), lambda value: value)

    def _examination(self) -> dict[str, bool]:
        tests = self._knowledge.tests
        return self._yes_no("examination", tests, marked("is not a test."), lambda value: _POSITIVE.get(value, value))

    def _yes_no(
        self, field: str, known: Mapping[str, object], unknown: str, meaning: Callable[[object], object]
    ) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for name, value in self._mapping(field).items():
            meant = meaning(value) if isinstance(value, str) else value
            if name not in known:
                problem = unknown_id(name, unknown, known)
                self.problems.append(replace(problem, thing=f"{field}.{problem.thing}"))
            elif isinstance(meant, bool):
                found[name] = meant
            elif meant is not None:
                self.problems.append(_not_one_of(f"{field}.{name}", value, dict.fromkeys(_allowed(field))))
        return found

    def _ladder(self, told: Complaint) -> dict[str, int]:
        items: dict[str, LadderItem] = {item.id: item for item in self._knowledge.advice.ladder}
        found: dict[str, int] = {}
        for name, value in self._mapping("ladder").items():
            if name not in items:
                problem = unknown_id(name, marked("is not an item of the ladder."), items)
                self.problems.append(replace(problem, thing=f"ladder.{problem.thing}"))
                continue
            levels = [level for level, text in enumerate(items[name].levels) if text is not None]
            if isinstance(value, bool) or not isinstance(value, int) or value not in levels:
                self.problems.append(_not_one_of(f"ladder.{name}", value, dict.fromkeys(map(str, levels))))
            elif told.ladder.get(name, value) != value:
                self._disagree(f"ladder.{name}", "answers", value, told.ladder[name])
            else:
                found[name] = value
        return found

    def _mapping(self, field: str) -> Mapping[str, object]:
        value = self._raw.get(field, {})
        if isinstance(value, Mapping):
            return {str(key): part for key, part in value.items()}
        self.problems.append(
            Problem(
                thing=field,
                reason=marked("{value!r} is not a list of names with values."),
                remedy=marked("Write one name on a line with its value, such as 'name: value'."),
                values={"value": value},
            )
        )
        return {}

    # --- what cannot be true together -----------------------------------------------------------------------------

    def _disagreeing(self, told: Complaint, findings: Mapping[str, bool]) -> None:
        """A finding against an answer: the same one, or another member of an exclusive group."""
        for finding, present in findings.items():
            if told.findings.get(finding, present) != present:
                self._disagree(f"findings.{finding}", "answers", present, told.findings[finding])
            elif present and finding not in told.findings:
                for other in self._others_present(finding, told):
                    self._disagree(f"findings.{finding}", "answers", finding, other)

    def _others_present(self, finding: str, told: Complaint) -> Iterator[str]:
        group = self._knowledge.findings[finding].group
        members = self._knowledge.group_members(group) if group else ()
        return (member for member in members if told.findings.get(member))

    def _impossible_times(self, complaint: Complaint) -> None:
        days, age = complaint.days_since_onset, complaint.age_years
        if days is not None and age is not None and days / DAYS_A_YEAR > age + 1:
            self.problems.append(
                Problem(
                    thing="days_since_onset",
                    reason=marked("it began before the person of {age} years was born."),
                    remedy=marked("Correct the age or the day it began."),
                    values={"age": age},
                )
            )
        lasting = with_duration(complaint).findings.get("duration_over_6_weeks")
        told = complaint.findings.get("duration_over_6_weeks", lasting)
        if told != lasting and days is not None:
            self._disagree("findings.duration_over_6_weeks", "days_since_onset", told, days)

    def _disagree(self, thing: str, other: str, value: object, other_value: object) -> None:
        self.problems.append(
            Problem(
                thing=thing,
                reason=marked("{value} contradicts {other}, which says {other_value}."),
                remedy=_KEEP_ONE,
                values={"value": value, "other": other, "other_value": other_value},
            )
        )


def _allowed(field: str) -> tuple[str, ...]:
    return ("true", "false", "null") if field == "findings" else ("positive", "negative", "null")


def _not_one_of(thing: str, value: object, allowed: Mapping[str, object]) -> Problem:
    return Problem(
        thing=thing,
        reason=marked("{value!r} is not possible here."),
        remedy=marked("Choose from: {allowed}."),
        values={"value": value, "allowed": ", ".join(allowed)},
    )
