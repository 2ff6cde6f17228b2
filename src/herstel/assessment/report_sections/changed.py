"""After a re-check: what the new answers changed in the advice."""

from herstel.assessment.recheck import Change, Part
from herstel.assessment.report_parts import Line, Section
from herstel.assessment.report_sections.doing import MODALITIES
from herstel.assessment.report_sections.telling import Telling
from herstel.errors import marked
from herstel.text import Text, say

_PARTS: dict[Part, str] = {
    "urgency": marked("How soon"),
    "see": marked("Whom to see"),
    "imaging": marked("Image"),
    "grade": marked("Grade"),
    "likely": marked("First thought"),
}


def changed(t: Telling, changes: tuple[Change, ...]) -> Section:
    """Each part of the advice that differs, before and after; or that nothing does."""
    title = say(t.language, "What your new answers changed")
    if not changes:
        same = say(t.language, "Nothing in the advice: it still stands as it was.")
        return Section(id="changed", title=title, lines=(Line(text=same),))
    return Section(id="changed", title=title, lines=tuple(_line(t, change) for change in changes))


def _line(t: Telling, change: Change) -> Line:
    before, after = (_said(t, change.part, value) for value in (change.before, change.after))
    text = say(t.language, "was: {before}; now: {after}.", before=before, after=after)
    return Line(mark=say(t.language, _PARTS[change.part]), text=text)


def _said(t: Telling, part: Part, value: str) -> str:
    advice = t.knowledge.advice
    if part == "likely":
        return t.name(value)
    names: dict[str, Text] = {one.id: one.name for one in advice.urgency}
    names |= {one.id: one.name for one in advice.destinations}
    names |= {one.id: one.name for one in advice.grades}
    if part == "imaging":
        return next(say(t.language, name) for modality, name in MODALITIES.items() if modality == value)
    return t.of(names[value])
