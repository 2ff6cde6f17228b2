"""Every number, choice and sign of a check-in as an Observation of its own, so that each can be followed over time."""

from collections.abc import Iterator, Mapping
from typing import Any

from herstel.errors import marked
from herstel.progress.load import session_load
from herstel.progress.model import WALKING, CheckIn, Done, Run
from herstel.progress.words import FEAR_WORDS, WALKING_WORDS
from herstel.text import Text
from herstel_fhir.codes import DAYS, DOSE_UNITS, HOURS, LOINC, METRES, MINUTES, PAIN_LOINC, SCORE, SETS
from herstel_fhir.elements import Element, both, coding, note, of_hl7
from herstel_fhir.observations import CATEGORY, Occurring, observation, occurring, status_of
from herstel_fhir.record import Record

NUMBERS: Mapping[str, tuple[str, str]] = {
    "pain_now": (marked("Pain now"), SCORE),
    "pain_worst": (marked("Worst pain of the day"), SCORE),
    "pain_during": (marked("Pain during training"), SCORE),
    "pain_next_morning": (marked("Pain this morning, after the day before"), SCORE),
    "stiffness_min": (marked("Morning stiffness"), MINUTES),
    "sleep_h": (marked("Sleep"), HOURS),
    "session_min": (marked("Duration of all training and sport"), MINUTES),
    "session_rpe": (marked("Effort of all training and sport (0 to 10)"), SCORE),
    "sport_share": (marked("Share of a sport session that was taken part in"), "1"),
    "confidence": (marked("Confidence in the leg (0 to 10)"), SCORE),
    "predicted_days": (marked("How many more days the person expects it to take"), DAYS),
}
"""Field, name and UCUM unit of every number of a check-in."""
SIGNS: Mapping[str, str] = {
    "sharp_stab": marked("A sharp stab"),
    "gave_way": marked("The leg gave way"),
    "new_bruise": marked("A new bruise"),
}
_CHOICES: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "walking": (marked("Walking"), dict(zip(WALKING, WALKING_WORDS, strict=True))),
    "fear_of_movement": (marked("Fear of movement"), dict(zip(("low", "some", "high"), FEAR_WORDS, strict=True))),
}
_DONE: Mapping[str, tuple[str, str]] = {
    "sets": (marked("Sets"), SETS),
    "rpe": (marked("Effort (0 to 10)"), SCORE),
    "pain": (marked("Pain during it"), SCORE),
}
_BANDS = marked("Metres at {band} per cent of top speed")
_JOG = marked("Metres of jogging")
Parts = Iterator[tuple[list[object], Element, dict[str, Any]]]
"""What an Observation is about, its code, and its value."""


def told_day_by_day(record: Record) -> Iterator[Element]:
    """The Observations of every check-in, also of those that were corrected later."""
    for one, occurrence in check_ins(record):
        yield from observations_of(record, one, occurrence)


def check_ins(record: Record) -> list[tuple[CheckIn, Occurring]]:
    """The check-ins, each with whether it counts."""
    told = record.case.check_ins
    return list(zip(told, occurring(one.date for one in told), strict=True))


def observations_of(record: Record, one: CheckIn, occurrence: Occurring) -> Iterator[Element]:
    """What one check-in tells; what it leaves out is unknown and not there."""
    common: dict[str, Any] = {
        "status": status_of(occurrence),
        "performer": [record.patient],
        "note": [note(one.correction)] if one.correction else [],
    }
    for key, code, value in (
        *_numbers(record, one),
        *_choices(record, one),
        *_signs(record, one),
        *_training(record, one),
    ):
        yield observation(record, ["check-in", one.date, occurrence[0], *key], code, one.date, **{**common, **value})


def _code(record: Record, name: str, words: str) -> Element:
    more = [coding(LOINC, *PAIN_LOINC)] if name == "pain_now" else []
    return record.ours("check-in", name, both(words), *more)


def _numbers(record: Record, one: CheckIn) -> Parts:
    for name, (words, unit) in NUMBERS.items():
        value = getattr(one, name)
        if value is not None:
            yield [name], _code(record, name, words), {"valueQuantity": record.quantity(value, unit)}
    load = session_load(one)
    if load is not None:
        code = _code(record, "session_load", marked("Session load: minutes times effort"))
        yield ["session_load"], code, {"valueQuantity": record.quantity(load, MINUTES)}


def _choices(record: Record, one: CheckIn) -> Parts:
    for name, (words, choices) in _CHOICES.items():
        value = getattr(one, name)
        if value is not None:
            chosen = record.ours(name, value, both(choices[value]))
            yield [name], _code(record, name, words), {"valueCodeableConcept": chosen}
    if one.note:
        yield ["note"], _code(record, "note", marked("What the person wrote")), {"valueString": one.note}


def _signs(record: Record, one: CheckIn) -> Parts:
    for name, words in SIGNS.items():
        value = getattr(one, name)
        if value is not None:
            yield [name], _code(record, name, words), {"valueBoolean": value}
    for finding, present in one.symptoms.items():
        code = record.ours("finding", finding, record.knowledge.findings[finding].name)
        yield ["symptom", finding], code, {"valueBoolean": present}


# --- what was done ----------------------------------------------------------------------------------------------------


def _training(record: Record, one: CheckIn) -> Parts:
    category = {"category": [of_hl7(CATEGORY, "activity")]}
    for number, done in enumerate(one.done):
        parts = {"component": list(_done(record, done))}
        yield ["done", number], exercise_concept(record, done.exercise), {**category, **parts}
    for number, run in enumerate(one.runs):
        code = _code(record, "run", marked("Running"))
        yield ["run", number], code, {**category, "component": list(_run(record, run))}
    for exercise in sorted(one.could_not):
        code = _code(record, "could_not", marked("Exercise left out because of pain"))
        yield ["could_not", exercise], code, {**category, "valueCodeableConcept": exercise_concept(record, exercise)}


def exercise_concept(record: Record, exercise: str) -> Element:
    """An exercise of the library or of the therapist's own."""
    own = record.own_exercises.get(exercise)
    return record.ours("exercise", exercise, own.name if own else record.knowledge.exercises[exercise].name)


def _component(record: Record, name: str, words: Text, **value: Any) -> Element:
    return {"code": record.ours("check-in", name, words), **value}


def _done(record: Record, done: Done) -> Iterator[Element]:
    for name, (words, unit) in _DONE.items():
        value = getattr(done, name)
        if value is not None:
            yield _component(record, name, both(words), valueQuantity=record.quantity(value, unit))
    if done.amount is not None:
        amount = record.quantity(done.amount, _amount_unit(record, done.exercise))
        yield _component(record, "amount", both(marked("Amount in each set")), valueQuantity=amount)


def _amount_unit(record: Record, exercise: str) -> str:
    """The unit of the exercise's dose, as it was planned."""
    own = record.own_exercises.get(exercise)
    return DOSE_UNITS[(own or record.knowledge.exercises[exercise]).dose.unit]


def _run(record: Record, run: Run) -> Iterator[Element]:
    if run.step is not None:
        step = record.knowledge.progress.running[run.step]
        value = record.ours("running-step", str(run.step), step.name)
        yield _component(record, "step", both(marked("Step of the running ladder")), valueCodeableConcept=value)
    for band, metres in run.metres.items():
        name = both(_JOG if band == "jog" else _BANDS, band=band)
        yield _component(record, f"metres_{band}", name, valueQuantity=record.quantity(metres, METRES))
    if run.pain is not None:
        yield _component(record, "pain", both(_DONE["pain"][0]), valueQuantity=record.quantity(run.pain, SCORE))
    if run.limp is not None:
        yield _component(record, "limp", both(marked("Limping")), valueBoolean=run.limp)
    if run.in_fatigue:
        yield _component(record, "in_fatigue", both(marked("At the end, when tired")), valueBoolean=True)
