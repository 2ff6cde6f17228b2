"""Reads measurements and the therapist's judgements from what a file or a form holds; all problems at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from herstel.chain.model import BODY_SIDES, METHODS, TESTERS, Judgement, Measurement, Method
from herstel.complaint.answers import unknown_id
from herstel.errors import Problem, marked
from herstel.fields import Fields
from herstel.knowledge.chain_entries import LINKS, ChainTest, Unit
from herstel.knowledge.model import Knowledge

FIELDS = (
    "test", "side", "value", "unit", "method", "tester", "date", "standard_error", "note", "correction",
)  # fmt: skip
JUDGEMENT_FIELDS = ("contributor", "verdict", "reason", "date")
EARLIEST = date(1990, 1, 1)
_CENTIMETRES: Mapping[str, float] = {"mm": 0.1, "cm": 1.0, "m": 100.0}
_MILLIMETRES: Mapping[str, float] = {"mm": 1.0, "cm": 10.0, "m": 1000.0}
_CONVERSIONS: Mapping[Unit, Mapping[str, float]] = {
    "cm": _CENTIMETRES,
    "mm": _MILLIMETRES,
    "s": {"s": 1.0, "min": 60.0},
    "km/h": {"km/h": 1.0, "m/s": 3.6},
    "mmHg": {"mmHg": 1.0, "kPa": 7.50062},
    "ratio": {"ratio": 1.0, "percent": 0.01},
    "percent": {"percent": 1.0, "ratio": 100.0},
}
"""Other units that can only mean one thing. Kilograms for a force are not here: devices differ in what they show."""
METHODS_OF: Mapping[Unit, tuple[Method, ...]] = {
    "deg": ("goniometer", "inclinometer", "phone_video", "motion_capture", "device", "observation"),
    "deg/s": ("phone_video", "motion_capture", "device", "inclinometer"),
    "cm": ("tape", "phone_video", "motion_capture", "device", "observation"),
    "mm": ("tape", "device", "motion_capture"),
    "s": ("stopwatch", "device", "phone_video", "motion_capture"),
    "reps": ("count", "observation", "phone_video"),
    "N": ("dynamometer", "device"),
    "N/kg": ("dynamometer", "device"),
    "Nm/kg": ("dynamometer", "device"),
    "mmHg": ("device", "dynamometer"),
    "kg": ("device", "dynamometer", "count"),
    "km/h": ("device", "phone_video", "stopwatch", "motion_capture"),
    "ratio": ("dynamometer", "device"),
    "percent": ("dynamometer", "device", "tape"),
    "points": ("observation", "phone_video", "story", "motion_capture"),
    "yes_no": ("observation", "story"),
}
"""How a value in a unit can have come about, the usual way first."""


def read_measurements(
    raw: object, knowledge: Knowledge, today: date, *, path: str = "measurements"
) -> tuple[Measurement, ...]:
    """Read measurements.

    Parameters
    ----------
    raw : object
        A list of mappings with any of ``FIELDS``; None for none. Values in another unit are converted where that can
        only mean one thing.
    knowledge : Knowledge
    today : date
        Nothing was measured after it.

    Returns
    -------
    tuple of Measurement
        In the order of the file. A record with a ``correction`` stands after the one that it replaces.

    Raises
    ------
    InputError
        With every problem found: unknown tests, missing or needless sides, impossible values, units, methods and
        dates, and two records of one test, side and date without a reason for the correction.
    """
    listing = Fields({path: raw}, (path,))
    read = [_read_one(item, knowledge, today, at, listing.problems) for at, item in listing.listed(path)]
    found = [(at, one) for at, one in read if one is not None]
    listing.problems.extend(_duplicates(found))
    listing.stop_if_wrong()
    return tuple(one for _, one in found)


def _read_one(
    raw: object, knowledge: Knowledge, today: date, path: str, problems: list[Problem]
) -> tuple[str, Measurement | None]:
    before = len(problems)
    fields = Fields(raw, FIELDS, path, problems)
    if not isinstance(raw, Mapping):
        return path, None
    fields.required("test", "value", "date")
    test = _test(fields, knowledge)
    side = fields.choice("side", BODY_SIDES)
    day = fields.day("date", EARLIEST, today)
    if test is None:
        return path, None
    _check_side(fields, test)
    factor = _factor(fields, test)
    value = _value(fields, test, factor)
    error = fields.number("standard_error", 0, (test.possible_high - test.possible_low) / factor)
    method = _method(fields, test)
    tester = fields.choice("tester", TESTERS) or "self"
    note, correction = fields.text("note"), fields.text("correction")
    if len(problems) > before or day is None or value is None:
        return path, None
    return path, Measurement(
        test=test.id,
        side=side,
        value=value,
        unit=test.unit,
        method=method,
        tester=tester,
        date=day,
        standard_error=None if error is None else error * factor,
        note=note,
        correction=correction,
    )


def _test(fields: Fields, knowledge: Knowledge) -> ChainTest | None:
    name = fields.get("test")
    test = knowledge.chain.tests.get(name) if isinstance(name, str) else None
    if test is None and name is not None:
        problem = unknown_id(str(name), marked("there is no test {name!r}."), knowledge.chain.tests)
        values = {**problem.values, "name": str(name)}
        fields.problems.append(replace(problem, thing=fields.at("test"), values=values))
    return test


def _check_side(fields: Fields, test: ChainTest) -> None:
    if test.per_side and "side" not in fields:
        reason, remedy = marked("{test} is measured on each side."), marked("Add side: left or side: right.")
        fields.wrong("side", reason, remedy, test=test.id)
    if not test.per_side and "side" in fields:
        reason, remedy = marked("{test} has no sides."), marked("Leave the side out.")
        fields.wrong("side", reason, remedy, test=test.id)


def _factor(fields: Fields, test: ChainTest) -> float:
    """What a value is multiplied by to be in the unit of the test."""
    allowed = _CONVERSIONS.get(test.unit, {test.unit: 1.0})
    unit = fields.choice("unit", tuple(allowed))
    return allowed[unit] if unit else 1.0


def _value(fields: Fields, test: ChainTest, factor: float) -> float | None:
    if test.unit == "yes_no":
        if isinstance(fields.get("value"), bool):
            return float(fields.get("value") is True)
        return fields.whole("value", 0, 1)
    value = fields.number("value", test.possible_low / factor, test.possible_high / factor)
    return None if value is None else value * factor


def _method(fields: Fields, test: ChainTest) -> Method:
    """The method told, which must be able to give such a value; the usual one when none is told."""
    allowed = METHODS_OF[test.unit]
    method = fields.choice("method", METHODS)
    if method is not None and method not in allowed:
        reason = marked("{method} does not give a value in {unit}.")
        remedy = marked("Choose from: {allowed}.")
        fields.wrong("method", reason, remedy, method=method, unit=test.unit, allowed=", ".join(allowed))
    return method or allowed[0]


def _duplicates(found: Iterable[tuple[str, Measurement]]) -> Iterable[Problem]:
    """Two records of the same test, side and date, of which the later does not say why it replaces the earlier."""
    seen: dict[tuple[object, ...], str] = {}
    for path, one in found:
        key = (one.test, one.side, one.date)
        if key in seen and not one.correction:
            yield Problem(
                thing=path,
                reason=marked("the same test on the same side and day stands in {other} too."),
                remedy=marked("Remove one, or give the later one a 'correction' with the reason; then both are kept."),
                values={"other": seen[key]},
            )
        if key not in seen and one.correction:
            yield Problem(
                thing=f"{path}.correction",
                reason=marked("there is no earlier record of this test, side and day to correct."),
                remedy=marked("Put the first record before it, or leave the correction out."),
            )
        seen[key] = path


def read_judgements(
    raw: object, knowledge: Knowledge, today: date, *, path: str = "judgements"
) -> tuple[Judgement, ...]:
    """Read what the therapist confirmed or rejected.

    Parameters
    ----------
    raw : object
        A list of mappings with all of ``JUDGEMENT_FIELDS``; None for none.
    knowledge : Knowledge
    today : date

    Raises
    ------
    InputError
        With every problem found; a judgement needs a reason and is about a link or an implication that exists.
    """
    listing = Fields({path: raw}, (path,))
    judgements: list[Judgement] = []
    for at, item in listing.listed(path):
        judgement = _read_judgement(item, knowledge, today, at, listing.problems)
        if judgement is not None:
            judgements.append(judgement)
    listing.stop_if_wrong()
    return tuple(judgements)


def _read_judgement(
    raw: object, knowledge: Knowledge, today: date, path: str, problems: list[Problem]
) -> Judgement | None:
    before = len(problems)
    fields = Fields(raw, JUDGEMENT_FIELDS, path, problems)
    if not isinstance(raw, Mapping):
        return None
    fields.required(*JUDGEMENT_FIELDS)
    contributor = fields.text("contributor")
    if contributor:
        fields.problems.extend(unknown_contributor(contributor, knowledge, fields.at("contributor")))
    verdict = fields.choice("verdict", ("confirmed", "rejected"))
    reason, day = fields.text("reason"), fields.day("date", EARLIEST, today)
    if "reason" in fields and not reason:
        fields.wrong("reason", marked("the reason is empty."), marked("Say in a few words why."))
    if len(problems) > before or verdict is None or day is None:
        return None
    return Judgement(
        contributor=contributor, verdict="confirmed" if verdict == "confirmed" else "rejected", reason=reason, date=day
    )


def unknown_contributor(contributor: str, knowledge: Knowledge, thing: str) -> Iterable[Problem]:
    """A problem when no link and no implication of the story has this id."""
    known: dict[str, object] = {**dict.fromkeys(LINKS), **knowledge.chain.implications}
    if contributor not in known:
        problem = unknown_id(contributor, marked("there is no link or implication {name!r}."), known)
        yield replace(problem, thing=thing, values={**problem.values, "name": contributor})
