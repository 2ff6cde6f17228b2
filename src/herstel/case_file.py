"""A whole person in one file: the complaint, what was measured, the goal, the check-ins.

Every part has a reader of its own; this puts them together and tells the problems of all parts at once.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, TypeVar, get_args

from herstel.assessment.report_parts import Line, Section
from herstel.chain.measurement_file import read_judgements, read_measurements
from herstel.chain.model import Judgement, Measurement
from herstel.complaint.complaint_file import complaint_from_mapping
from herstel.complaint.model import Complaint
from herstel.errors import InputError, Problem, marked
from herstel.fields import Fields, as_date
from herstel.knowledge.model import Knowledge
from herstel.plan.goal_file import read_edits, read_goal
from herstel.plan.model import SPORT_LEVELS, Edit, Goal, SportKind
from herstel.progress.check_in_file import read_check_ins, read_confirmations
from herstel.progress.model import CheckIn, Confirmation
from herstel.text import Language, say

Part = Literal["complaint", "measurements", "judgements", "goal", "edits", "check_ins", "confirmations"]
PARTS: tuple[Part, ...] = get_args(Part)
FIELDS = ("name", "source", "simulated", "as_of", "told_on", *PARTS)
EARLIEST = date(1990, 1, 1)
LONGEST_NAME, LONGEST_SOURCE = 100, 1000
MOST_VALUES, DEEPEST = 100_000, 10
DEFAULT_MINUTES: Mapping[int, int] = {0: 25, 2: 25, 4: 25}
"""Three times a week 25 minutes, for a person who has not said otherwise (elicited)."""
SPORTS: Mapping[str, SportKind] = {
    "sprint_ball": "sprint_ball",
    "endurance_running": "running",
    "endurance_cycling": "other",
    "gym_strength": "other",
    "dance_gymnastics_martial": "stretch",
    "other": "other",
}
"""What the sport named in the complaint asks of the hamstring; no sport is not here."""
_PART_NAMES: Mapping[Part, str] = {
    "complaint": marked("the complaint"),
    "measurements": marked("the measurements"),
    "judgements": marked("the judgements of the therapist"),
    "goal": marked("the goal"),
    "edits": marked("the changes by the therapist"),
    "check_ins": marked("the check-ins"),
    "confirmations": marked("the shared decision"),
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One person: only facts, nothing concluded.

    Attributes
    ----------
    name : str
        A label, never the name of a person.
    source : str
        Where the facts come from, such as a citation.
    simulated_parts : tuple of Part
        Which parts are made up.
    as_of : date or None
        The day up to which the file tells the story; None: it is kept up to date.
    default_goal : bool
        Nobody told a goal: ``goal`` is Herstel's own proposal.
    """

    complaint: Complaint
    goal: Goal
    measurements: tuple[Measurement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    edits: tuple[Edit, ...] = ()
    check_ins: tuple[CheckIn, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    name: str = ""
    source: str = ""
    simulated_parts: tuple[Part, ...] = ()
    as_of: date | None = None
    default_goal: bool = False

    @property
    def simulated(self) -> bool:
        """Whether anything of it is made up."""
        return bool(self.simulated_parts)


def read_case(raw: object, knowledge: Knowledge, today: date) -> Case:
    """Read a case.

    Parameters
    ----------
    raw : object
        What the file holds: a mapping with any of ``FIELDS``.
    knowledge : Knowledge
    today : date
        Nothing that was observed may lie after it.

    Raises
    ------
    InputError
        With every problem of every part, each named by its path, such as ``measurements.3.value``.
    """
    _refuse_strange(raw)
    fields = Fields(raw, FIELDS)
    if isinstance(raw, Mapping):
        fields.required("complaint")
    as_of = fields.day("as_of", EARLIEST, today)
    reader = _Reader(fields, knowledge, as_of or today)
    case = reader.case()
    fields.stop_if_wrong()
    return replace(case, as_of=as_of)


def about_case(case: Case, language: Language) -> Section | None:
    """Where the facts come from, what is made up, and what nobody told; None when there is nothing to say."""
    lines = []
    if case.source:
        lines.append(Line(mark=say(language, "Source of the facts"), text=case.source))
    if case.simulated:
        parts = ", ".join(say(language, _PART_NAMES[part]) for part in case.simulated_parts)
        text = say(language, "made up for an example, about no real person: {parts}.", parts=parts)
        lines.append(Line(mark=say(language, "Simulated"), text=text))
    if case.default_goal:
        lines.append(Line(mark=say(language, "No goal was told"), text=_default_in_words(case.goal, language)))
    title = say(language, "About this case")
    return Section(id="case", title=title, lines=tuple(lines)) if lines else None


def _default_in_words(goal: Goal, language: Language) -> str:
    wish = say(language, "back to your sport") if goal.kind == "sport" else say(language, "daily life without trouble")
    return say(
        language,
        "so this is made for {wish}, with {count} times a week {minutes} minutes. Tell your own goal, days and "
        "minutes under 'goal' in the file.",
        wish=wish,
        count=len(goal.minutes),
        minutes=max(goal.minutes.values()),
    )


def _refuse_strange(raw: object) -> None:
    """What no case holds: so much or so deeply nested that it was not meant as one."""
    seen = 0
    pending: list[tuple[object, int]] = [(raw, 0)]
    while pending:
        value, depth = pending.pop()
        seen += 1
        if seen > MOST_VALUES or depth > DEEPEST:
            reason = marked("it holds more values than any case, or nests them more deeply.")
            remedy = marked("Give one person a file.")
            raise InputError([Problem(thing="file", reason=reason, remedy=remedy)])
        if isinstance(value, Mapping):
            pending.extend((part, depth + 1) for part in value.values())
        elif isinstance(value, list | tuple):
            pending.extend((part, depth + 1) for part in value)


class _Reader:
    """Reads the parts of one case; the problems of each go to the same list."""

    def __init__(self, fields: Fields, knowledge: Knowledge, today: date) -> None:
        self._fields, self._knowledge, self._today = fields, knowledge, today

    def case(self) -> Case:
        """The case as far as it could be read."""
        knowledge, today = self._knowledge, self._today
        told = self._part("goal", lambda raw: read_goal(raw, knowledge, today))
        edits = self._part("edits", lambda raw: read_edits(raw, knowledge, today)) or ()
        told_on = self._fields.day("told_on", EARLIEST, today)
        first_day = told_on or min(told.start if told else self._first_check_in(), today)
        complaint = self._complaint(first_day, told)
        goal = self._dated(told or default_goal(complaint, first_day), complaint, first_day)
        own = [edit.exercise for edit in edits if edit.kind == "own"]
        return Case(
            name=self._fields.text("name", LONGEST_NAME),
            source=self._fields.text("source", LONGEST_SOURCE),
            simulated_parts=self._simulated(),
            complaint=complaint,
            measurements=self._part("measurements", lambda raw: read_measurements(raw, knowledge, today)) or (),
            judgements=self._part("judgements", lambda raw: read_judgements(raw, knowledge, today)) or (),
            goal=goal,
            default_goal=told is None,
            edits=edits,
            check_ins=self._part(
                "check_ins", lambda raw: read_check_ins(raw, knowledge, today, own=own, earliest=goal.injury_date)
            )
            or (),
            confirmations=self._part("confirmations", lambda raw: read_confirmations(raw, knowledge, today)) or (),
        )

    def _part(self, part: Part, read: Callable[[object], T]) -> T | None:
        """What a part holds; None when it is missing or wrong."""
        raw = self._fields.get(part)
        if raw is None:
            return None
        try:
            return read(raw)
        except InputError as error:
            self._fields.problems.extend(error.problems)
            return None

    def _first_check_in(self) -> date:
        """Without a goal the plan starts with the first check-in; the complaint was told on that day."""
        raw = self._fields.get("check_ins")
        days = (as_date(item.get("date")) for item in raw if isinstance(item, Mapping)) if isinstance(raw, list) else ()
        return min((day for day in days if day is not None), default=self._today)

    def _complaint(self, first_day: date, goal: Goal | None) -> Complaint:
        raw = self._fields.get("complaint") if "complaint" in self._fields else {}
        injury = goal.injury_date if goal else None
        if isinstance(raw, Mapping) and injury and injury <= first_day and not _tells_when(raw):
            raw = {**raw, "onset_date": injury}
        try:
            return complaint_from_mapping(raw, self._knowledge, first_day)
        except InputError as error:
            self._fields.problems.extend(replace(one, thing=_below_complaint(one.thing)) for one in error.problems)
            return Complaint()

    def _simulated(self) -> tuple[Part, ...]:
        """``true`` says that everything told is made up; a list names the parts that are."""
        if isinstance(self._fields.get("simulated"), list):
            return self._fields.words("simulated", PARTS)
        told = tuple(part for part in PARTS if part in self._fields)
        return told if self._fields.flag("simulated") else ()

    def _dated(self, goal: Goal, complaint: Complaint, first_day: date) -> Goal:
        """The goal with the day of the injury; two days that contradict each other are told."""
        days = complaint.days_since_onset
        if days is None:
            return goal
        onset = first_day - timedelta(days=round(days))
        if goal.injury_date not in (None, onset):
            reason = marked("{value} contradicts {other}, which says {other_value}.")
            values = {"value": goal.injury_date, "other": "complaint", "other_value": onset}
            remedy = marked("Keep one of the two.")
            self._fields.problems.append(Problem(thing="goal.injury_date", reason=reason, remedy=remedy, values=values))
        return replace(goal, injury_date=onset)


def _tells_when(complaint: Mapping[object, object]) -> bool:
    answers = complaint.get("answers")
    return "onset_date" in complaint or any(
        "days_since_onset" in part for part in (complaint, answers) if isinstance(part, Mapping)
    )


def _below_complaint(thing: str) -> str:
    return "complaint" if thing == "file" else f"complaint.{thing}"


def default_goal(complaint: Complaint, start: date) -> Goal:
    """What to aim at when nobody told a goal: the sport of the complaint, else daily life.

    Parameters
    ----------
    complaint : Complaint
    start : date
        The first day of the plan.
    """
    sport = SPORTS.get(complaint.sport or "")
    level = next((one for one in SPORT_LEVELS if one == complaint.level), None)
    return Goal(kind="sport" if sport else "daily_life", start=start, minutes=DEFAULT_MINUTES, sport=sport, level=level)
