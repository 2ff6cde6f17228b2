"""What was filled in becomes an entry of the case file. The same for a form that is posted and for one that waited.

What was left open stays out of the entry: unknown is not "no" and not zero.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from herstel.errors import InputError, Problem, marked

NONE = "none"
STOP_SIGNS = ("sharp_stab", "gave_way", "new_bruise")
UNKNOWN = "unknown"
SCALES = ("pain_next_morning", "pain_now", "pain_worst", "pain_during", "session_rpe", "confidence")
NUMBERS = ("stiffness_min", "sleep_h", "session_min", "sport_share", "predicted_days")
WORDS = ("walking", "fear_of_movement")
BY_QUESTION = {
    "normal": "pain_free",
    "painful": "some_pain",
    "limping_painless": "limping",
    "limping": "limping",
    "cannot": "cannot",
}
"""How the question of a look-again says what a check-in calls walking."""
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The fields of a form, each with everything that was sent for it."""

    fields: Mapping[str, Sequence[str]]

    def one(self, name: str) -> str:
        """The last value of a field, "" when it was left open."""
        values = self.fields.get(name) or [""]
        return values[-1].strip()

    def all(self, name: str) -> list[str]:
        return [value for value in self.fields.get(name, ()) if value]

    def number(self, name: str) -> float | None:
        """A number, with a comma or a point; None when it was left open.

        Raises
        ------
        InputError
            When it is something else.
        """
        typed = self.one(name)
        if not typed:
            return None
        try:
            value = float(typed.replace(",", "."))
        except ValueError:
            raise InputError([not_a_number(name, typed)]) from None
        return int(value) if value.is_integer() else value


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSets:
    """What the page said was planned: an exercise with its sets and amount, or (``run``) a step of the ladder."""

    exercise: str
    sets: int
    amount: float | None

    @property
    def value(self) -> str:
        """As a field of the form holds it."""
        return f"{self.exercise}|{self.sets}|{'' if self.amount is None else f'{self.amount:g}'}"

    @classmethod
    def read(cls, value: str) -> "PlannedSets | None":
        """From the field; None for what no page of ours wrote."""
        exercise, _, rest = value.partition("|")
        sets, _, amount = rest.partition("|")
        if not sets.isdigit():
            return None
        try:
            return cls(exercise=exercise, sets=int(sets), amount=float(amount) if amount else None)
        except ValueError:
            return None


def not_a_number(field: str, typed: str) -> Problem:
    return Problem(
        thing=field,
        reason=marked("{value!r} is not possible here."),
        remedy=marked("Give a number from {low} to {high}."),
        values={"value": typed[:40], "low": 0, "high": 1440},
    )


def day_of(form: Form, field: str = "date") -> date:
    """The day a form is about.

    Raises
    ------
    InputError
        When it is not a day.
    """
    typed = form.one(field)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        problem = Problem(
            thing=field,
            reason=marked("{value!r} is not a date."),
            remedy=marked("Write it as 2026-03-01."),
            values={"value": typed[:40]},
        )
        raise InputError([problem]) from None


# --- a check-in ------------------------------------------------------------------------------------------------------


def check_in_entry(form: Form, ticked: Mapping[str, int], findings: Mapping[str, Sequence[str]]) -> Entry:
    """A check-in from its form.

    Parameters
    ----------
    form : Form
    ticked : mapping of exercise to int
        How many sets were ticked off that day; they speak for themselves.
    findings : mapping of sign to findings
        What each warning sign shows.
    """
    entry: Entry = {"date": day_of(form).isoformat()}
    entry |= {name: value for name in (*SCALES, *NUMBERS) if (value := form.number(name)) is not None}
    entry |= {name: form.one(name) for name in WORDS if form.one(name)}
    entry |= dict(_stop_signs(form))
    parts: Mapping[str, Any] = {
        "symptoms": _symptoms(form, findings),
        "answers": _answers(form),
        "done": list(_done(form, ticked)),
        "could_not": form.all("could_not"),
        "runs": list(_runs(form)),
        "note": form.one("note"),
    }
    entry |= {name: value for name, value in parts.items() if value}
    walking = BY_QUESTION.get(str(entry.get("answers", {}).get("walking", "")))
    if walking and "walking" not in entry:
        entry["walking"] = walking
    return entry | dict(_planned_minutes(form, entry))


def _stop_signs(form: Form) -> Iterator[tuple[str, bool]]:
    """What was ticked is there; only "none of these" says that something is not."""
    ticked = form.all("stop")
    for sign in STOP_SIGNS:
        if sign in ticked:
            yield sign, True
        elif ticked == [NONE]:
            yield sign, False


def _symptoms(form: Form, findings: Mapping[str, Sequence[str]]) -> dict[str, bool]:
    ticked = form.all("sign")
    if ticked == [NONE]:
        return {finding: False for shown in findings.values() for finding in shown}
    return {finding: True for sign in ticked for finding in findings.get(sign, ())}


def _answers(form: Form) -> dict[str, object]:
    """The questions of a look-again: ``q.`` before the name of one answer, ``qs.`` before that of a tick list."""
    answers: dict[str, object] = {}
    for name in form.fields:
        kind, _, question = name.partition(".")
        if kind == "q" and form.one(name):
            answers[question] = form.one(name)
        elif kind == "qs" and form.all(name):
            ticked = form.all(name)
            answers[question] = UNKNOWN if UNKNOWN in ticked else ticked
    return answers


def _done(form: Form, ticked: Mapping[str, int]) -> Iterator[Entry]:
    """What was done; what the ticked sets tell already is left to them."""
    what = form.one("done")
    if what == "as_planned":
        for value in form.all("plan"):
            planned = PlannedSets.read(value)
            if planned is not None and ticked.get(planned.exercise, 0) < planned.sets:
                amount = {} if planned.amount is None else {"amount": planned.amount}
                yield {"exercise": planned.exercise, "sets": planned.sets, **amount}
    elif what == "some":
        for name in form.fields:
            field, _, exercise = name.partition(".")
            sets = form.number(name) if field == "sets" else None
            if sets and sets != ticked.get(exercise, 0):
                yield {"exercise": exercise, "sets": sets}


def _runs(form: Form) -> Iterator[Entry]:
    """The run of the day: the planned step, or the one that was chosen."""
    step = form.number("run_step")
    if step is None and form.one("done") == "as_planned":
        step = form.number("plan_step")
    pain, limp = form.number("run_pain"), form.one("run_limp")
    if step is None and pain is None and not limp:
        return
    run: Entry = {name: value for name, value in (("step", step), ("pain", pain)) if value is not None}
    if limp in ("yes", "no"):
        run["limp"] = limp == "yes"
    if form.one("run_in_fatigue"):
        run["in_fatigue"] = True
    yield run


def _planned_minutes(form: Form, entry: Entry) -> Iterator[tuple[str, float]]:
    """Who did everything as planned and named no minutes, trained as long as the plan says."""
    minutes = form.number("plan_minutes")
    if form.one("done") == "as_planned" and "session_min" not in entry and minutes:
        yield "session_min", minutes


def told_together(earlier: Entry, later: Entry) -> Entry:
    """Two tellings of one day, from two devices or after a wait: the later one stands, and no sign gets lost."""
    both = {**earlier, **later}
    both["symptoms"] = {**later.get("symptoms", {})}
    for sign, present in earlier.get("symptoms", {}).items():
        both["symptoms"][sign] = present or both["symptoms"].get(sign, False)
    for sign in STOP_SIGNS:
        if earlier.get(sign):
            both[sign] = True
    if not both["symptoms"]:
        del both["symptoms"]
    notes = dict.fromkeys(one["note"] for one in (earlier, later) if one.get("note"))
    return both | ({"note": " / ".join(notes)} if notes else {})


# --- a set -----------------------------------------------------------------------------------------------------------


def set_entry(form: Form) -> Entry:
    """A set that was ticked off, from its form."""
    number = form.number("set")
    entry: Entry = {"date": day_of(form).isoformat(), "exercise": form.one("exercise"), "set": number or 1}
    told = {name: form.number(name) for name in ("amount", "pain", "rpe")}
    return entry | {name: value for name, value in told.items() if value is not None}
