"""The question bank as a Questionnaire, and what was answered as QuestionnaireResponses."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from herstel.case_writing import told_on
from herstel.complaint.model import NONE_OF_THESE, SIDES, UNKNOWN, UNSURE
from herstel.errors import marked
from herstel.knowledge.model import Question
from herstel.text import Text
from herstel_fhir.codes import BASE, DAYS, SCORE, STRUCTURE, UCUM, YEARS, system
from herstel_fhir.elements import Element, both, coding, filled, ours, told
from herstel_fhir.record import Record

URL = f"{BASE}/Questionnaire/intake"
_ITEM_CONTROL = "http://hl7.org/fhir/questionnaire-item-control"
_NUMBER_UNITS = {"age_years": YEARS, "days_since_onset": DAYS, "pain_nrs": SCORE}
_MORE_CHOICES = {NONE_OF_THESE: marked("none of these"), UNSURE: marked("not sure about the rest")}
_NOT_KNOWN = {"extension": [{"url": f"{STRUCTURE}/data-absent-reason", "valueCode": "asked-unknown"}]}
"""The answer "I don't know": asked, and never the same as no."""


def questionnaire(record: Record) -> Element:
    """Every question of the intake with its answers. When a question is left out is a rule of ours and not in it."""
    version = record.knowledge.version
    return record.resource(
        "Questionnaire",
        [version.version],
        url=URL,
        version=version.version,
        name="HerstelIntake",
        **record.told("title", both(marked("The questions of Herstel"))),
        status="active",
        subjectType=["Patient"],
        date=version.date,
        item=[_item(question, record) for question in record.knowledge.questions.values()],
    )


def _item(question: Question, record: Record) -> Element:
    kind = "decimal" if question.kind == "number" else "choice"
    return filled(
        {
            "extension": list(_number_rules(question)),
            "linkId": question.id,
            **record.told("text", question.text),
            "type": kind,
            "repeats": question.kind in ("several", "places") or None,
            "answerOption": [{"valueCoding": one} for one in _options(question, record).values()],
            "item": [_help(question, question.help, record)] if question.help else [],
        }
    )


def _number_rules(question: Question) -> Iterator[Element]:
    if question.fact is not None:
        unit = _NUMBER_UNITS[question.fact]
        yield {"url": f"{STRUCTURE}/questionnaire-unit", "valueCoding": coding(UCUM, unit, unit)}
        yield {"url": f"{STRUCTURE}/minValue", "valueDecimal": question.min}
        yield {"url": f"{STRUCTURE}/maxValue", "valueDecimal": question.max}


def _help(question: Question, text: Text, record: Record) -> Element:
    control = {"coding": [coding(_ITEM_CONTROL, "help")]}
    return {
        "extension": [{"url": f"{STRUCTURE}/questionnaire-itemControl", "valueCodeableConcept": control}],
        "linkId": f"{question.id}.help",
        **record.told("text", text),
        "type": "display",
    }


def _options(question: Question, record: Record) -> dict[str, Element]:
    """The answers that can be chosen, by their id."""
    if question.kind == "places":
        found = {f"{side}.{option.id}": place_name(option.label, side) for side in SIDES for option in question.options}
    else:
        found = {option.id: option.label for option in question.options}
    if question.kind == "several":
        found.update({choice: both(words) for choice, words in _MORE_CHOICES.items()})
    return {
        choice: {
            "system": system("answer"),
            "code": f"{question.id}.{choice}",
            **told("display", text, record.language),
        }
        for choice, text in found.items()
    }


def place_name(place: Text, side: str) -> Text:
    """A place on the body map with its side."""
    which = both(side)
    return Text(nl=f"{place.nl} ({which.nl})", en=f"{place.en} ({which.en})")


def places(record: Record) -> list[Element]:
    """Where it hurts, as body sites."""
    labels = {
        option.id: option.label
        for question in record.knowledge.questions.values()
        if question.kind == "places"
        for option in question.options
    }
    return [
        ours("place", f"{one.side}.{one.place}", place_name(labels[one.place], one.side), record.language)
        for one in sorted(record.assessment.complaint.places)
    ]


# --- answers ----------------------------------------------------------------------------------------------------------


def responses(record: Record) -> Iterator[Element]:
    """The answers of the intake, and those given anew in a check-in."""
    told_first = record.case.complaint.answers
    if told_first:
        yield _response(record, ["intake"], told_first, told_on(record.case))
    for number, check_in in enumerate(record.case.check_ins):
        if check_in.answers:
            yield _response(record, ["check-in", number], check_in.answers, check_in.date)


def _response(record: Record, key: list[object], answers: Mapping[str, Any], day: date) -> Element:
    version = record.knowledge.version.version
    return record.resource(
        "QuestionnaireResponse",
        key,
        questionnaire=f"{URL}|{version}",
        status="completed",
        subject=record.patient,
        authored=day.isoformat(),
        author=record.patient,
        source=record.patient,
        item=[
            {"linkId": question.id, **record.told("text", question.text), "answer": _answers(question, record, answer)}
            for question in record.knowledge.questions.values()
            if (answer := answers.get(question.id)) is not None
        ],
    )


def _answers(question: Question, record: Record, answer: Any) -> list[Element]:
    if answer == UNKNOWN:
        return [_NOT_KNOWN]
    if question.kind == "number":
        return [{"valueDecimal": answer}]
    options = _options(question, record)
    chosen = (answer,) if isinstance(answer, str) else answer
    return [{"valueCoding": options[one]} for one in chosen]
