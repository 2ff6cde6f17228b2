"""From what the flow concluded to a letter that can still be changed: which sections each kind of letter has."""

from collections.abc import Callable, Mapping
from datetime import date

from herstel.assessment.report import write_report
from herstel.assessment.report_parts import Line, Section
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.errors import marked
from herstel.flow import Recovery
from herstel.knowledge.model import Knowledge
from herstel.text import Language, say
from herstel_letters import course, findings, history, judgement, policy, referral
from herstel_letters.model import LetterDraft, LetterKind, LetterSection, PictureName
from herstel_letters.words import LetterTelling, bullet, section

Writer = Callable[[LetterTelling], LetterSection | None]
TITLES: Mapping[LetterKind, str] = {
    "gp_referral": marked("Letter to the GP"),
    "specialist_referral": marked("Referral to a specialist"),
    "progress": marked("Progress report"),
    "discharge": marked("Discharge report"),
    "result": marked("Result of the self-check"),
}
_REFERRAL: tuple[Writer, ...] = (
    referral.urgency, history.history, findings.findings, judgement.hypothesis, referral.imaging, course.course,
    policy.policy, policy.follow_up,
)  # fmt: skip
_WRITERS: Mapping[LetterKind, tuple[Writer, ...]] = {
    "gp_referral": (referral.question, *_REFERRAL),
    "specialist_referral": (referral.specialist_question, *_REFERRAL),
    "progress": (
        policy.progress_reason, course.status, course.gate, findings.side_differences, course.decisions,
        course.prognosis, policy.policy_now, policy.follow_up,
    ),
    "discharge": (
        policy.discharge_reason, judgement.hypothesis, course.milestones, findings.side_differences,
        course.return_table, policy.recurrence, policy.prevention, policy.discharge_follow_up,
    ),
}  # fmt: skip
ON_PAPER = (
    "act", "what", "soreness_or_injury", "grade", "today", "sport", "imaging", "recovery", "recheck", "certainty",
    "about",
)  # fmt: skip
"""The sections of the person's own result on paper; the page has the reasons, the routines and the questions too."""
IN_FULL = ("act", "what", "grade", "today", "sport", "imaging")
"""Those that keep the explanation behind each line."""


def compose_letter(
    kind: LetterKind, recovery: Recovery, knowledge: Knowledge, language: Language, *, notice: str = ""
) -> LetterDraft:
    """A draft to a colleague, or for ``result`` to the person.

    Parameters
    ----------
    kind : LetterKind
    recovery : Recovery
        Everything concluded, on the day of the letter.
    knowledge : Knowledge
        Of the version it was concluded with.
    language : {"nl", "en"}
    notice : str
        What must be seen before anything else, such as that the facts are made up.
    """
    today = recovery.progress.today
    if kind == "result":
        return compose_result(recovery.assessment, knowledge, language, today, notice=notice)
    t = LetterTelling(language=language, knowledge=knowledge, recovery=recovery)
    written = [write(t) for write in _WRITERS[kind]]
    return LetterDraft(
        kind=kind,
        language=language,
        day=today,
        title=t.tell(TITLES[kind]),
        subject=_subject(t, kind),
        salutation=t.tell("Dear colleague,"),
        sections=tuple(one for one in written if one is not None),
        pictures=_pictures(kind, recovery),
        closing=t.tell("With kind regards,"),
        statement=_statement(knowledge, language),
        knowledge_version=t.judged.knowledge_version,
        notice=notice,
    )


def _subject(t: LetterTelling, kind: LetterKind) -> str:
    """What it is about, and with a referral how soon and which image, so that it can be sorted unopened."""
    referred = kind in ("gp_referral", "specialist_referral")
    parts = [referral.complaint_in_words(t) if referred else referral.followed_in_words(t)]
    if referred:
        if t.urgency.level in ("emergency", "same_day", "gp_week"):
            parts.append(t.tell(_SOON[t.urgency.level]))
        if t.judged.imaging.modality != "none":
            parts.append(referral.image_in_words(t))
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}"


_SOON = {
    "emergency": marked("EMERGENCY"),
    "same_day": marked("URGENT: today"),
    "gp_week": marked("within a week"),
}


def _pictures(kind: LetterKind, recovery: Recovery) -> tuple[PictureName, ...]:
    """Those that have something to show."""
    has: dict[PictureName, bool] = {
        "chain": bool(recovery.chain.results),
        "progress": bool(recovery.progress.check_ins),
        "function": bool(recovery.progress.check_ins),
        "forecast": recovery.forecast.no_forecast is None,
    }
    wanted: tuple[PictureName, ...] = ("chain", "progress", "function")
    if kind == "progress":
        wanted = (*wanted, "forecast")
    return tuple(name for name in wanted if has[name])


def _statement(knowledge: Knowledge, language: Language) -> str:
    """What the numbers are: estimates with a range, by knowledge that is reviewed or not."""
    estimates = say(
        language,
        "Probabilities, severity and prognosis are estimates computed by Herstel, with the range in which 90 of 100 "
        "recalculations lie; they do not replace an examination. Not asked or not measured means not known, never "
        "normal.",
    )
    return f"{estimates} {knowledge.version.review_text[language]}"


# --- the person's own result ------------------------------------------------------------------------------------------


def compose_result(
    result: Assessment | Referral, knowledge: Knowledge, language: Language, day: date, *, notice: str = ""
) -> LetterDraft:
    """The person's own result on paper: the words of the page, with the possibilities as a picture."""
    kind: LetterKind = "result"
    report = write_report(result, knowledge, language)
    told = [_as_section(one) for one in report.sections if one.id in ON_PAPER]
    return LetterDraft(
        kind=kind,
        language=language,
        day=day,
        title=say(language, TITLES[kind]),
        subject=report.headline,
        salutation="",
        sections=tuple(one for one in told if one is not None),
        pictures=("differential",),
        closing="",
        statement="",
        knowledge_version=assessment_of(result).knowledge_version,
        notice=notice,
    )


def _as_section(one: Section) -> LetterSection | None:
    return section(one.id, one.title, (_as_line(line, in_full=one.id in IN_FULL) for line in one.lines))


def _as_line(line: Line, *, in_full: bool) -> str:
    """A line of a report as an item of a list."""
    text = f"{line.mark}: {line.text}" if line.mark else line.text
    return bullet(f"{text} {line.detail}".strip() if in_full else text)
