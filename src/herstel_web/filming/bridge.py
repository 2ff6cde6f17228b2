"""The one place where the pages of filming reach the domain."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, cast
from uuid import UUID, uuid5

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from herstel.chain.model import Chain
from herstel.errors import InputError, Problem, marked
from herstel.knowledge.movement_entries import MovementTask
from herstel.movement.measuring import WAYS
from herstel.movement.model import MOVEMENT_TESTS, MovementMeasurement, MovementReport, MovementTest, Notice
from herstel.movement.pose import BodySide
from herstel.movement.remedy_picture import remedy_symbols
from herstel.text import Language, say, say_problem
from herstel_web.analysis.actions import Sent
from herstel_web.filming import engine
from herstel_web.filming.engine import Question
from herstel_web.filming.models import Recording
from herstel_web.filming.plotting import plot_of
from herstel_web.filming.report_json import from_json
from herstel_web.filming.values import MeasuredRow, NoticeRow, ResultPage, Task
from herstel_web.filming.words import amount, side_in_words
from herstel_web.knowledge import knowledge

NO_SIDE = "none"
"""How an address calls the side of a test that has none."""
DECIMALS = 1
"""Of a value that becomes a result of the chain."""
FIGURES: Mapping[str, Literal["lying", "standing", "kneeling"]] = {
    "lying": "lying", "standing": "standing", "kneeling": "kneeling"
}  # fmt: skip


# --- choosing ---------------------------------------------------------------------------------------------------------


def tasks(chain: Chain, language: Language) -> list[Task]:
    """Every test that can be filmed: what is worth doing next first, what is too early last."""
    advised = {one.test for one in chain.next_tests}
    found = [task_of(one, chain.phase, language, advised) for one in MOVEMENT_TESTS]
    return sorted((one for one in found if one), key=lambda one: (one.early, not one.advised))


def task_of(movement: str, phase: int, language: Language, advised: Collection[str] = ()) -> Task | None:
    """One test; None when there is none of this name. ``advised`` are tests of the chain that are worth doing next."""
    entry = knowledge().movement.tests.get(movement)
    if entry is None:
        return None
    from_phase = _earliest(movement)
    return Task(
        id=entry.id,
        name=entry.name[language],
        film=entry.film[language],
        view=entry.view,
        figure=_figure(entry),
        sided=WAYS[entry.id].sided,
        least_fps=int(entry.least_fps),
        from_phase=from_phase,
        early=from_phase > phase,
        advised=not _answers(movement).isdisjoint(advised),
    )


def _figure(entry: MovementTask) -> Literal["lying", "standing", "kneeling", "front"]:
    return "front" if entry.view == "front" else FIGURES[entry.posture]


def _answers(movement: str) -> set[str]:
    """The tests of the chain that a movement answers."""
    measures = knowledge().movement.measures.values()
    return {one.chain_test for one in measures if one.test == movement and one.chain_test}


def _earliest(movement: str) -> int:
    """The earliest phase of the tests of the chain that a movement answers; 1 when it answers none."""
    known = knowledge().chain.tests
    return max((known[one].earliest_phase for one in _answers(movement)), default=1)


def task_name(movement: str, language: Language) -> str:
    """The name of a test; its id when the knowledge does not know it any more."""
    entry = knowledge().movement.tests.get(movement)
    return entry.name[language] if entry else movement


def movement_of(test_id: str) -> str | None:
    """The movement that measures a test of the chain, when a camera can."""
    return next((one.test for one in knowledge().movement.measures.values() if one.chain_test == test_id), None)


def sides(movement: str) -> tuple[str, ...]:
    """What an address may say of the side of this test."""
    sided = movement in WAYS and WAYS[cast("MovementTest", movement)].sided
    return ("left", "right") if sided else (NO_SIDE,)


# --- measuring --------------------------------------------------------------------------------------------------------


def probe(path: Path) -> None:
    """Look whether a file is a video that may be measured.

    Raises
    ------
    InputError
        With the reason and the remedy; also when nothing can be measured here.
    """
    absent = engine.missing()
    if absent:
        reason = marked("videos cannot be measured here: {names} is not installed.")
        remedy = marked("Ask who looks after this installation to install it: herstel doctor says how.")
        raise InputError([Problem(thing="video", reason=reason, remedy=remedy, values={"names": ", ".join(absent)})])
    engine.probe(path)


def question_of(recording: Recording) -> Question:
    side = cast("BodySide", recording.side) if recording.side in ("left", "right") else None
    return Question(test=cast("MovementTest", recording.movement), side=side, person=recording.person_number)


# --- into the chain ---------------------------------------------------------------------------------------------------


def report_of(recording: Recording) -> MovementReport | None:
    """What was measured, if it was."""
    return from_json(recording.report) if recording.report else None


def results(recording: Recording) -> list[MovementMeasurement]:
    """The numbers that are results of a test of the chain."""
    report = report_of(recording)
    known = knowledge().chain.tests
    return [one for one in report.measurements if one.test in known] if report else []


def entries_of(recording: Recording) -> list[dict[str, Any]]:
    """What was measured as entries of the case file, each with its error and where it comes from."""
    tester = "self" if recording.from_person else "therapist"
    entries = []
    for one in results(recording):
        test = knowledge().chain.tests[str(one.test)]
        value = round(one.value) if test.unit == "reps" else round(one.value, DECIMALS)
        entry = {
            "test": test.id, "value": value, "method": "phone_video", "tester": tester,
            "date": recording.filmed_on.isoformat(), "standard_error": one.standard_error, "note": gettext("filmed"),
        }  # fmt: skip
        entries.append({**entry, "side": one.side} if test.per_side else entry)
    return entries


def sent_of(recording: Recording, *, replace: bool) -> Sent:
    """The keys of these entries, so that accepting twice is accepting once."""
    keys: list[UUID] = [uuid5(recording.pk, one.name) for one in results(recording)]
    return Sent(keys=keys, instead_because=gettext("Filmed, and looked at by a therapist.") if replace else "")


# --- telling ----------------------------------------------------------------------------------------------------------


def result_page(recording: Recording, language: Language) -> ResultPage | None:
    """What was measured, in words."""
    report = report_of(recording)
    if report is None:
        return None
    return ResultPage(
        rows=tuple(_rows(report, language)),
        refusals=tuple(notice_row(one, language) for one in report.refusals),
        flags=tuple(notice_row(one, language) for one in report.flags),
        not_measured=tuple(_not_measured(report, language)),
        counts=any(one.test for one in report.measurements),
        plot=plot_of(report, language) if report.measurements else None,
        facts=_facts(report, language),
    )


def _rows(report: MovementReport, language: Language) -> Iterator[MeasuredRow]:
    drawn = [one for one in report.measurements if one.shown]
    for one in report.measurements:
        yield _row(report, one, language, drawn.index(one) if one in drawn else None)


def _row(report: MovementReport, one: MovementMeasurement, language: Language, mark: int | None) -> MeasuredRow:
    known = knowledge()
    return MeasuredRow(
        name=known.movement.measure(report.test, one.name).text[language],
        value=amount(one.value, one.unit, language),
        error=amount(one.standard_error, one.unit, language, finer=True),
        detectable=amount(one.detectable, one.unit, language, finer=True),
        side=side_in_words(one.side),
        fair=one.quality == "fair",
        chain_test=known.chain.tests[one.test].name[language] if one.test else "",
        mark=mark,
    )


def notice_row(one: Notice, language: Language) -> NoticeRow:
    return NoticeRow(
        code=one.code,
        reason=say(language, one.message, **one.values),
        remedy=say(language, one.remedy, **one.values),
        pictured=one.pictured,
    )


def _not_measured(report: MovementReport, language: Language) -> list[str]:
    """By the knowledge where it stands there, else as the measuring said it."""
    known = knowledge().movement.not_measured
    return [known[id_].text[language] if id_ in known else say(language, text) for id_, text in
            report.not_measured.items()]  # fmt: skip


def _facts(report: MovementReport, language: Language) -> Mapping[str, str]:
    """About the recording itself."""
    told = {gettext("Frames a second"): f"{report.fps:.0f}", gettext("Frames"): str(report.frames)}
    if report.near_side:
        told[gettext("Side towards the camera")] = side_in_words(report.near_side)
    if report.view_off_sagittal_deg is not None:
        told[gettext("Camera off square to the side")] = amount(report.view_off_sagittal_deg, "deg", language)
    return told


def problems_in_words(kept: Sequence[Mapping[str, Any]], language: Language) -> list[str]:
    """Why nothing could be measured, without the name that only programs know."""
    return [say_problem(language, Problem(**one)).partition(": ")[2] for one in kept]


def remedy_pictures() -> SafeString:
    """The small drawings of what to do differently, which a page refers to."""
    return mark_safe(remedy_symbols())  # noqa: S308 - drawings of our own, without a word of anybody
