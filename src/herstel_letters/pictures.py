"""The pictures of a letter, as SVG in the light colours of paper, each with its caption and its text alternative."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from herstel.assessment.picture import differential_picture
from herstel.assessment.report import write_report
from herstel.assessment.result import Assessment, Referral
from herstel.chain.picture import chain_picture
from herstel.drawing.shapes import Drawing
from herstel.drawing.svg import as_svg
from herstel.errors import marked
from herstel.flow import Recovery
from herstel.forecast.picture import forecast_picture
from herstel.knowledge.model import Knowledge
from herstel.progress.function_picture import function_picture
from herstel.progress.picture import progress_picture
from herstel.text import Language, say
from herstel_letters.model import LetterDraft, PictureName

CAPTIONS: Mapping[PictureName, str] = {
    "chain": marked("Movement chain, posterior view"),
    "progress": marked("Pain and morning stiffness"),
    "function": marked("Function, training load and strength"),
    "forecast": marked("Expected milestones"),
}
"""What a colleague reads above them; the drawings themselves speak to the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterPicture:
    """One picture as it goes into the letter."""

    name: PictureName
    svg: str
    caption: str
    alternative: str


def letter_pictures(draft: LetterDraft, recovery: Recovery, knowledge: Knowledge) -> tuple[LetterPicture, ...]:
    """The pictures a draft asks for.

    Parameters
    ----------
    draft : LetterDraft
    recovery : Recovery
        The one the draft was composed from.
    knowledge : Knowledge
    """
    draw: Mapping[PictureName, Callable[[], Drawing]] = {
        "differential": lambda: _differential(recovery.assessment, knowledge, draft.language),
        "chain": lambda: chain_picture(recovery.chain, knowledge, draft.language),
        "progress": lambda: progress_picture(recovery.progress, knowledge, draft.language),
        "function": lambda: function_picture(recovery.progress, knowledge, draft.language),
        "forecast": lambda: forecast_picture(recovery.forecast, knowledge, draft.language),
    }
    found = (as_letter_picture(name, draw[name]()) for name in draft.pictures)
    return tuple(
        replace(one, caption=say(draft.language, CAPTIONS[one.name])) if one.name in CAPTIONS else one for one in found
    )


def result_pictures(
    draft: LetterDraft, result: Assessment | Referral, knowledge: Knowledge
) -> tuple[LetterPicture, ...]:
    """The picture of the person's own result, which needs an assessment only."""
    return (as_letter_picture("differential", _differential(result, knowledge, draft.language)),)


def as_letter_picture(name: PictureName, drawing: Drawing) -> LetterPicture:
    """A drawing in the colours of paper, with what it says in words."""
    svg = as_svg(drawing, style="page")
    return LetterPicture(name=name, svg=svg, caption=drawing.title, alternative=drawing.description)


def _differential(result: Assessment | Referral, knowledge: Knowledge, language: Language) -> Drawing:
    report = write_report(result, knowledge, language)
    bars = next(one.bars for one in report.sections if one.id == "differential")
    return differential_picture(bars, language)
