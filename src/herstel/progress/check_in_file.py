"""Check-ins and confirmations from outside, checked as a whole: every problem at once, nothing guessed."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from herstel.complaint.answers import check_answers, unknown_id
from herstel.errors import Problem, marked
from herstel.fields import Fields
from herstel.knowledge.model import Knowledge
from herstel.plan.model import FEARS
from herstel.progress.model import SPEED_BANDS, WALKING, CheckIn, Confirmation, Done, Role, Run, SpeedBand

FIELDS = (
    "date", "pain_now", "pain_worst", "pain_during", "pain_next_morning", "stiffness_min", "walking", "sleep_h", "done",
    "could_not", "runs", "session_min", "session_rpe", "sport_share", "confidence", "fear_of_movement", "sharp_stab",
    "gave_way", "new_bruise", "symptoms", "answers", "predicted_days", "note", "correction",
    "recorded",
)  # fmt: skip
DONE_FIELDS = ("exercise", "sets", "amount", "rpe", "pain")
RUN_FIELDS = ("step", "metres", "pain", "limp", "in_fatigue")
CONFIRMATION_FIELDS = ("role", "agrees", "date", "note", "recorded")
ROLES: tuple[Role, ...] = get_args(Role)
YEARS_BACK = timedelta(days=3650)
WORST, MOST_STIFF_MIN, HOURS, MOST_SESSION_MIN = 10, 1440, 24, 720
MOST_SETS, MOST_AMOUNT, MOST_METRES, MOST_DAYS = 30, 20_000, 60_000, 1_500
MOST_RECORDED = 10_000_000
LONGEST_NOTE = 2_000


def read_check_ins(  # noqa: PLR0913 - what an own exercise is and when it all began is known from elsewhere
    raw: object,
    knowledge: Knowledge,
    today: date,
    *,
    path: str = "check_ins",
    own: Collection[str] = (),
    earliest: date | None = None,
) -> tuple[CheckIn, ...]:
    """Read check-ins.

    Parameters
    ----------
    raw : object
        A list of mappings with any of ``FIELDS``; None is an empty list.
    knowledge : Knowledge
    today : date
        No check-in lies in the future.
    path : str
        Where it stands in the file.
    own : collection of str
        Exercises of the therapist's own, beside those of the library.
    earliest : date, optional
        The day of the injury: no check-in lies before it.

    Returns
    -------
    tuple of CheckIn
        In the order of the file. A record with a ``correction`` stands after the one of the same date it replaces.

    Raises
    ------
    InputError
        With every problem found.
    """
    listing = Fields({path: raw}, (path,))
    reader = _Reader(knowledge, own, (earliest or today - YEARS_BACK, today), listing.problems)
    found = [(at, reader.check_in(item, at)) for at, item in listing.listed(path)]
    read = [(at, one) for at, one in found if one is not None]
    listing.problems.extend(_duplicates(read))
    listing.stop_if_wrong()
    return tuple(one for _, one in read)


def read_confirmations(
    raw: object, knowledge: Knowledge, today: date, *, path: str = "confirmations"
) -> tuple[Confirmation, ...]:
    """Read what was agreed in a shared decision, or who released the person after a warning sign.

    Parameters
    ----------
    raw : object
        A list of mappings with any of ``CONFIRMATION_FIELDS``; None is an empty list.
    knowledge : Knowledge
        Not needed so far; all readers take it.
    today : date
        Nothing was agreed in the future.
    path : str
        Where it stands in the file.

    Raises
    ------
    InputError
        With every problem found.
    """
    del knowledge
    listing = Fields({path: raw}, (path,))
    read = []
    for at, item in listing.listed(path):
        fields = Fields(item, CONFIRMATION_FIELDS, at, listing.problems)
        fields.required("role", "agrees", "date")
        role, agrees = fields.choice("role", ROLES), fields.flag("agrees")
        day, note = fields.day("date", today - YEARS_BACK, today), fields.text("note", LONGEST_NOTE)
        recorded = fields.whole("recorded", 1, MOST_RECORDED)
        if role is not None and agrees is not None and day is not None:
            read.append(Confirmation(role=role, agrees=agrees, date=day, note=note, recorded=recorded))
    listing.stop_if_wrong()
    return tuple(read)


def _duplicates(read: Iterable[tuple[str, CheckIn]]) -> Iterator[Problem]:
    """A second record of a date must say why it replaces the first."""
    seen: set[date] = set()
    for at, one in read:
        if one.date in seen and not one.correction:
            yield Problem(
                thing=f"{at}.date",
                reason=marked("there is another check-in of {value}."),
                remedy=marked("Keep one of the two, or say under 'correction' why this one replaces the other."),
                values={"value": one.date},
            )
        seen.add(one.date)


class _Reader:
    """Reads check-ins; the problems of all of them go to one list."""

    def __init__(
        self, knowledge: Knowledge, own: Collection[str], days: tuple[date, date], problems: list[Problem]
    ) -> None:
        self._knowledge, self._problems = knowledge, problems
        self._exercises = {**dict.fromkeys(knowledge.exercises.exercises), **dict.fromkeys(own)}
        self._earliest, self._today = days

    def check_in(self, raw: object, path: str) -> CheckIn | None:
        """One check-in; None when it has no date."""
        fields = Fields(raw, FIELDS, path, self._problems)
        fields.required("date")
        day = fields.day("date", self._earliest, self._today)
        told = CheckIn(
            date=day or self._today,
            pain_now=fields.number("pain_now", 0, WORST),
            pain_worst=fields.number("pain_worst", 0, WORST),
            pain_during=fields.number("pain_during", 0, WORST),
            pain_next_morning=fields.number("pain_next_morning", 0, WORST),
            stiffness_min=fields.number("stiffness_min", 0, MOST_STIFF_MIN),
            walking=fields.choice("walking", WALKING),
            sleep_h=fields.number("sleep_h", 0, HOURS),
            done=tuple(self._done(fields)),
            could_not=frozenset(self._could_not(fields)),
            runs=tuple(self._runs(fields)),
            session_min=fields.number("session_min", 0, MOST_SESSION_MIN),
            session_rpe=fields.number("session_rpe", 0, WORST),
            sport_share=fields.number("sport_share", 0, 1),
            confidence=fields.number("confidence", 0, WORST),
            fear_of_movement=fields.choice("fear_of_movement", FEARS),
            sharp_stab=fields.flag("sharp_stab"),
            gave_way=fields.flag("gave_way"),
            new_bruise=fields.flag("new_bruise"),
            symptoms=self._symptoms(fields),
            answers=self._answers(fields),
            predicted_days=fields.number("predicted_days", 0, MOST_DAYS),
            note=fields.text("note", LONGEST_NOTE),
            correction=fields.text("correction"),
            recorded=fields.whole("recorded", 1, MOST_RECORDED),
        )
        return None if day is None else told

    def _done(self, fields: Fields) -> Iterator[Done]:
        for path, item in fields.listed("done"):
            done = Fields(item, DONE_FIELDS, path, self._problems)
            done.required("exercise")
            exercise = self._exercise(done.get("exercise"), f"{path}.exercise")
            sets, amount = done.whole("sets", 0, MOST_SETS), done.number("amount", 0, MOST_AMOUNT)
            rpe, pain = done.number("rpe", 0, WORST), done.number("pain", 0, WORST)
            if exercise is not None:
                yield Done(exercise=exercise, sets=sets, amount=amount, rpe=rpe, pain=pain)

    def _could_not(self, fields: Fields) -> Iterator[str]:
        for path, item in fields.listed("could_not"):
            exercise = self._exercise(item, path)
            if exercise is not None:
                yield exercise

    def _exercise(self, given: object, path: str) -> str | None:
        if given is None or (isinstance(given, str) and given in self._exercises):
            return given
        self._problems.append(_unknown(str(given), path, marked("{value!r} is not an exercise."), self._exercises))
        return None

    def _runs(self, fields: Fields) -> Iterator[Run]:
        for path, item in fields.listed("runs"):
            run = Fields(item, RUN_FIELDS, path, self._problems)
            yield Run(
                step=run.whole("step", 1, len(self._knowledge.progress.running)),
                metres=self._metres(run),
                pain=run.number("pain", 0, WORST),
                limp=run.flag("limp"),
                in_fatigue=run.flag("in_fatigue") or False,
            )

    def _metres(self, run: Fields) -> dict[SpeedBand, float]:
        bands = Fields(dict(run.mapping("metres")), SPEED_BANDS, run.at("metres"), self._problems)
        read = {band: bands.number(band, 0, MOST_METRES) for band in SPEED_BANDS}
        return {band: metres for band, metres in read.items() if metres is not None}

    def _symptoms(self, fields: Fields) -> dict[str, bool]:
        told = fields.mapping("symptoms")
        known = [name for name in told if name in self._knowledge.findings]
        for name in told:
            if name not in known:
                reason = marked("{value!r} is not a sign that Herstel knows.")
                self._problems.append(_unknown(name, fields.at("symptoms"), reason, self._knowledge.findings))
        signs = Fields({name: told[name] for name in known}, known, fields.at("symptoms"), self._problems)
        return {name: present for name in known if (present := signs.flag(name)) is not None}

    def _answers(self, fields: Fields) -> Mapping[str, object]:
        answers, problems = check_answers(fields.mapping("answers"), self._knowledge)
        self._problems.extend(replace(one, thing=fields.at(f"answers.{one.thing}")) for one in problems)
        return dict(answers)


def _unknown(given: str, path: str, reason: str, known: Mapping[str, object]) -> Problem:
    """An id that does not exist, told at its place, with the nearest ones that do."""
    near = unknown_id(given, reason, known)
    return replace(near, thing=path, values={**near.values, "value": given})
