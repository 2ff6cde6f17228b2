"""An assessment in words: the sections a person reads, in the order in which they matter. No markup, no framework.

The wording of the terminal, the page and the letter is decided here and in ``report_sections``, nowhere else.
"""

from collections.abc import Callable

from herstel.assessment.assess import facts_of
from herstel.assessment.recheck import changes
from herstel.assessment.report_parts import Bar, Line, Report, Section, SectionId, Tone
from herstel.assessment.report_sections import act, changed, doing, grounds, judgement
from herstel.assessment.report_sections.telling import Telling
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.knowledge.model import Knowledge
from herstel.text import Language

__all__ = ["Bar", "Line", "Report", "Section", "SectionId", "Tone", "write_report"]

_WRITERS: tuple[Callable[[Telling], Section | None], ...] = (
    act.act,
    judgement.what,
    judgement.soreness_or_injury,
    judgement.grade,
    doing.today,
    doing.sport,
    doing.routines,
    doing.imaging,
    doing.recovery,
    doing.recheck,
    judgement.differential,
    grounds.why,
    grounds.certainty,
    grounds.not_asked,
    grounds.about,
)
_NOT_IN_AN_EMERGENCY = (judgement.soreness_or_injury, judgement.grade, doing.routines, doing.recovery)
"""Left out when hours count: the act must not drown."""


def write_report(
    result: Assessment | Referral, knowledge: Knowledge, language: Language, before: Assessment | None = None
) -> Report:
    """Say an assessment in one language.

    Parameters
    ----------
    result : Assessment or Referral
    knowledge : Knowledge
        Of the version the assessment was made with.
    language : {"nl", "en"}
    before : Assessment, optional
        The assessment that this one revises: the report then tells what changed, right after what to do.
    """
    assessment = assessment_of(result)
    facts = facts_of(assessment, knowledge)
    telling = Telling(language=language, assessment=assessment, knowledge=knowledge, facts=facts)
    left_out = _NOT_IN_AN_EMERGENCY if telling.urgency.level == "emergency" else ()
    sections = [write(telling) for write in _WRITERS if write not in left_out]
    if before is not None:
        sections.insert(1, changed.changed(telling, changes(before, assessment)))
    return Report(
        language=language,
        urgency=telling.urgency.level,
        headline=telling.of(telling.level.call),
        tone=tone_of(telling),
        sections=tuple(section for section in sections if section is not None),
    )


def tone_of(telling: Telling) -> Tone:
    """Act when today counts; reassure when self-care is enough and that is firm."""
    if telling.urgency.level in ("emergency", "same_day"):
        return "act"
    calm = telling.urgency.level == "self_care" and telling.urgency.robust and not telling.assessment.cannot_tell
    return "reassure" if calm else "plain"
