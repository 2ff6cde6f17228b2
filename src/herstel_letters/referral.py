"""Why the letter is written, how soon, which warning signs, and which image: what the reader must know first."""

from collections.abc import Iterator, Mapping

from herstel.assessment.assess import suspected_of
from herstel.assessment.report_sections.doing import MODALITIES
from herstel.errors import marked
from herstel.knowledge.criterion import Urgency
from herstel.knowledge.entry import source_ids
from herstel.knowledge.model import ImagingRule, urgency_rank
from herstel_letters.model import LetterSection
from herstel_letters.words import LetterTelling, bullet, section, sentence

ASKED: Mapping[Urgency, str] = {
    "emergency": marked("Immediate assessment, as an emergency. This letter does not replace a phone call."),
    "same_day": marked("Assessment today."),
    "gp_week": marked("Assessment within a week."),
    "physio": marked("Your opinion on the working hypothesis and the plan. By the rules no referral is needed now."),
    "self_care": marked("For your information: by the rules no referral is needed now."),
}
LEVELS: Mapping[Urgency, str] = {
    "emergency": marked("emergency, at once (Dutch triage U0–U2)"),
    "same_day": marked("today (Dutch triage U3–U4)"),
    "gp_week": marked("within a week (Dutch triage U5; the week is a choice of Herstel)"),
    "physio": marked("not urgent (Dutch triage U5)"),
    "self_care": marked("not urgent, advice is enough (Dutch triage U5)"),
}
OPERATION_IN_QUESTION = ("proximal_avulsion", "distal_tendon_injury", "ischial_apophyseal_avulsion")
MOST_OPEN = 6


def complaint_in_words(t: LetterTelling) -> str:
    """What it is about: the suspicion, else the working hypothesis, else the complaint, with its side."""
    suspected = suspected_of(t.judged, t.knowledge)
    if suspected:
        text = t.tell("suspected {condition}", condition=t.term("conditions", suspected[0]))
    elif t.judged.cannot_tell:
        text = t.tell("posterior thigh pain, cause not established")
    else:
        text = t.term("conditions", t.judged.likely.condition)
    return f"{text} {side_in_words(t)}".strip()


def followed_in_words(t: LetterTelling) -> str:
    """The same in a letter that tells how it went: a suspicion has the working hypothesis beside it."""
    suspected, likely = suspected_of(t.judged, t.knowledge), t.judged.likely.condition
    if not suspected or likely in suspected or t.judged.cannot_tell:
        return complaint_in_words(t)
    condition = t.term("conditions", likely)
    return t.tell("{complaint}; working hypothesis {condition}", complaint=complaint_in_words(t), condition=condition)


def side_in_words(t: LetterTelling) -> str:
    """Left, right, on both sides; "" when it is not known."""
    if t.recovery.chain.injured_side is not None:
        return t.side(t.recovery.chain.injured_side)
    return t.tell("on both sides") if {"left", "right"} <= t.judged.complaint.sides else ""


def question(t: LetterTelling) -> LetterSection | None:
    """The reason and the request, before anything else."""
    lines = [t.tell("Reason: {complaint}.", complaint=complaint_in_words(t)), *_requests(t)]
    return section("question", t.tell("Reason for writing and question"), lines)


def specialist_question(t: LetterTelling) -> LetterSection | None:
    """The same to a specialist, who is asked how to treat it as well."""
    lines = [t.tell("Reason: {complaint}.", complaint=complaint_in_words(t)), *_requests(t)]
    first = (*suspected_of(t.judged, t.knowledge), t.judged.likely.condition)[0]
    if first in OPERATION_IN_QUESTION:
        lines.append(bullet(t.tell("Your advice on surgical or conservative treatment.")))
    else:
        lines.append(bullet(t.tell("Your diagnosis and advice on treatment and loading.")))
    return section("question", t.tell("Reason for writing and question"), lines)


def _requests(t: LetterTelling) -> Iterator[str]:
    yield bullet(t.tell(ASKED[t.urgency.level]))
    for one in t.knowledge.progress.contacts:
        if one.id in t.recovery.progress.contacts and one.who != "physio":
            yield bullet(sentence(t.term("contacts", one.id)))
    if t.judged.imaging.modality != "none":
        yield bullet(t.tell("Imaging requested: {image}.", image=image_in_words(t)))


# --- urgency ----------------------------------------------------------------------------------------------------------


def urgency(t: LetterTelling) -> LetterSection | None:
    """How soon and why, the warning signs that fired, and those that are not ruled out."""
    lines = [sentence(t.tell("Urgency: {level}", level=t.tell(LEVELS[t.urgency.level]))), *_how_firm(t)]
    if t.red_flags:
        lines.append(t.tell("Red flags: {flags}.", flags=t.terms("red_flags", t.red_flags)))
    else:
        lines.append(t.tell("No red flag among what was asked."))
    still_open = _open(t)
    if still_open:
        named = t.terms("red_flags", still_open[:MOST_OPEN])
        lines.append(t.tell("Not ruled out, because not asked or not known: {flags}.", flags=named))
        if len(still_open) > MOST_OPEN:
            lines[-1] += " " + t.tell("And {n} more.", n=len(still_open) - MOST_OPEN)
    return section("urgency", t.tell("Urgency and red flags"), lines)


def _how_firm(t: LetterTelling) -> Iterator[str]:
    if t.urgency.leaned:
        yield t.tell("The estimates lie on a border; the safer side was chosen.")
    elif not t.urgency.robust:
        same = round(100 * t.urgency.share_same)
        yield t.tell("Not firm: {same} of 100 recalculations within the ranges give the same urgency.", same=same)


def _open(t: LetterTelling) -> list[str]:
    """Open signs that would ask for more hurry, most urgent first."""
    flags = [t.knowledge.red_flags[name] for name in t.judged.open_red_flags if name not in t.red_flags]
    now = urgency_rank(t.urgency.level)
    sooner = [one for one in flags if one.level is not None and urgency_rank(one.level) > now]
    return [one.id for one in sorted(sooner, key=lambda one: -urgency_rank(one.level or "self_care"))]


# --- imaging ----------------------------------------------------------------------------------------------------------


def image_in_words(t: LetterTelling) -> str:
    """The image with its term."""
    advice = t.judged.imaging
    kind, days = t.tell(MODALITIES[advice.modality]), advice.by_days or 0
    when = t.tell("today") if days == 0 else t.tell("within {days} days", days=days)
    if days == 1:
        when = t.tell("today or tomorrow")
    text = t.tell("{image} {when}", image=kind, when=when)
    return ", ".join([text, t.tell("unless already done")]) if _may_be_done(t) else text


def _may_be_done(t: LetterTelling) -> bool:
    """Whether somebody decided about it since, or the term has passed."""
    since = (t.recovery.progress.today - t.recovery.plan.goal.start).days
    return t.recovery.plan.goal.managed is not None or since > (t.judged.imaging.by_days or 0)


def imaging(t: LetterTelling) -> LetterSection | None:
    """The request with the rule behind it; or why none."""
    rules = {one.id: one for one in t.knowledge.advice.imaging}
    if t.judged.imaging.modality == "none":
        lines = [t.tell("No imaging requested: no rule asks for it now.")]
    else:
        text = t.tell("Requested: {image}.", image=image_in_words(t))
        lines = [text, *(_rule(t, rules[name]) for name in t.judged.imaging.rules)]
    return section("imaging", t.tell("Imaging"), lines)


def _rule(t: LetterTelling, rule: ImagingRule) -> str:
    origin = marked("Rule of the founding document") if rule.origin == "founding" else marked("Rule from research")
    text = f"{t.tell(origin)}: {t.term('imaging', rule.id)}"
    published = [one for one in source_ids(rule.source) if t.knowledge.sources[one].kind == "published"]
    cited = "; ".join(t.knowledge.sources[one].cited(t.language) for one in published) or t.tell("no published source")
    return bullet(f"{text} ({cited}).")
