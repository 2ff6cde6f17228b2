"""The smallest parts of a resource: codings, texts in two languages, quantities, extensions, notes."""

from collections.abc import Iterable, Mapping
from typing import Any

from herstel.assessment.report_parts import Report
from herstel.text import LANGUAGES, Language, Text, say
from herstel_fhir.codes import SIDES_SNOMED, SNOMED, STRUCTURE, UCUM, UNIT_WORDS, extension_url, system

Element = dict[str, Any]
_TRANSLATION = f"{STRUCTURE}/translation"


def filled(elements: Mapping[str, Any]) -> Element:
    """Only the elements that hold something: FHIR knows no null and no empty list."""
    return {name: value for name, value in elements.items() if value is not None and value not in ([], {}, "")}


def both(message: str, /, **values: object) -> Text:
    """An interface text in both languages."""
    return Text(nl=say("nl", message, **values), en=say("en", message, **values))


def told(name: str, text: Text, language: Language) -> Element:
    """A text element in one language, with the other as a translation."""
    others = [other for other in LANGUAGES if other != language and text[other] != text[language]]
    translations = [
        {
            "url": _TRANSLATION,
            "extension": [{"url": "lang", "valueCode": other}, {"url": "content", "valueString": text[other]}],
        }
        for other in others
    ]
    return {name: text[language], **({f"_{name}": {"extension": translations}} if translations else {})}


def coding(url: str, code: str, display: str | None = None) -> Element:
    """One code of one system."""
    return filled({"system": url, "code": code, "display": display})


def concept(text: Text, language: Language, *codings: Element) -> Element:
    """A concept with its codes and its name."""
    return {"coding": list(codings), **told("text", text, language)} if codings else told("text", text, language)


def ours(name: str, code: str, text: Text, language: Language, *more: Element) -> Element:
    """A concept of a code system of Herstel; ``more`` are codes of others that mean the same."""
    return concept(text, language, *more, coding(system(name), code, text[language]))


def of_hl7(url: str, code: str) -> Element:
    """A concept of HL7, whose name every reader knows."""
    return {"coding": [coding(url, code)]}


def side_concept(side: str, language: Language) -> Element:
    """Left, right or middle."""
    snomed = [coding(SNOMED, *SIDES_SNOMED[side])] if side in SIDES_SNOMED else []
    return ours("side", side, both(side), language, *snomed)


def quantity(value: float, unit: str, language: Language) -> Element:
    """A number with its UCUM unit, and that unit as people write it."""
    words = say(language, UNIT_WORDS[unit]) if UNIT_WORDS.get(unit) else UNIT_WORDS.get(unit, unit)
    return filled({"value": value, "unit": words, "system": UCUM, "code": unit})


def extension(name: str, **value: Any) -> Element:
    """An extension of ours with one value, such as ``valueDecimal``."""
    return {"url": extension_url(name), **value}


def compound(name: str, parts: Iterable[tuple[str, str, Any]]) -> Element:
    """An extension of ours of several parts: the name of each, its type and its value; a part may have none."""
    return {
        "url": extension_url(name),
        "extension": [{"url": part, kind: value} for part, kind, value in parts if value is not None],
    }


def note(text: str, **more: Any) -> Element:
    """Something said beside; ``more`` may say by whom and when."""
    return {**filled(more), "text": text}


def said(report: Report, section: str) -> list[Element]:
    """What a section of a report says, as notes."""
    lines = [line for one in report.sections if one.id == section for line in one.lines]
    return [note(f"{line.mark}: {line.text}" if line.mark else line.text) for line in lines]
