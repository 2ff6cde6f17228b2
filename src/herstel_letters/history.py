"""The story in short, as told: who, how it began, what was said, what was denied, what was not asked."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from herstel.complaint.model import Place
from herstel.errors import marked
from herstel_letters.model import LetterSection
from herstel_letters.words import LetterTelling, section, sentence

BEGINNING = ("onset", "mechanism")
"""Groups of findings that the first sentence tells."""
IN_THE_SENTENCE = ("forced_to_stop_within_5min", "pop_heard_felt")
PERTINENT = (
    "pop_heard_felt", "bruise_visible_by_day5", "palpable_gap", "tender_one_spot", "limp", "cannot_straighten_leg",
    "marked_weakness", "rest_pain", "night_pain_waking", "sitting_pain_sit_bone", "low_back_pain_now",
    "tingling_numbness_leg", "radiates_below_knee", "worse_cough_sneeze_strain", "groin_pain",
    "previous_hamstring_injury", "hamstring_operated",
)  # fmt: skip
"""What a colleague wants to know was denied (elicited)."""
_SEXES = {"female": marked("woman"), "male": marked("man")}
_LEVELS = {
    "recreational": marked("recreational"),
    "competitive": marked("competitive"),
    "semi_professional": marked("semi-professional"),
    "professional": marked("professional"),
}
_SPORTS = {
    "sprint_ball": marked("ball or sprint sport"),
    "endurance_running": marked("distance running"),
    "endurance_cycling": marked("cycling or triathlon"),
    "gym_strength": marked("gym or strength training"),
    "dance_gymnastics_martial": marked("dance, gymnastics or martial arts"),
    "other": marked("another sport"),
    "none": marked("no sport"),
}
_SIDES = {"left": marked("left"), "right": marked("right"), "middle": marked("midline")}


def history(t: LetterTelling) -> LetterSection | None:
    """Every part that is known; what is not known is said to be so."""
    story = " ".join(sentence("; ".join(parts)) for parts in (_person(t), _beginning(t)))
    lines = [story, " ".join(_places(t)), *_told(t), *_denied(t)]
    return section("history", t.tell("History"), lines)


def _person(t: LetterTelling) -> Iterator[str]:
    complaint = t.judged.complaint
    who = t.tell(_SEXES[complaint.sex]) if complaint.sex in _SEXES else t.tell("sex not told")
    age = t.tell("{age} years", age=t.number(complaint.age_years)) if complaint.age_years else t.tell("age not told")
    yield f"{who}, {age}"
    if complaint.sport is None:
        yield t.tell("sport not told")
        return
    sport = t.tell(_SPORTS[complaint.sport])
    yield f"{sport}, {t.tell(_LEVELS[complaint.level])}" if complaint.level in _LEVELS else sport


def _beginning(t: LetterTelling) -> Iterator[str]:
    """When and how it began."""
    goal = t.recovery.plan.goal
    days = t.judged.complaint.days_since_onset
    start = goal.injury_date or (goal.start - timedelta(days=days) if days is not None else None)
    yield t.tell("complaints since {day}", day=t.day(start)) if start else t.tell("start of the complaints not told")
    present = [name for name, is_so in t.judged.complaint.findings.items() if is_so]
    groups = {name: t.knowledge.findings[name].group for name in present}
    for group in BEGINNING:
        named = [name for name in present if groups[name] == group]
        if named:
            yield t.tell(" or ").join(t.term("findings", name) for name in named)
    yield from (t.term("findings", name) for name in IN_THE_SENTENCE if name in present)


def _places(t: LetterTelling) -> Iterator[str]:
    complaint = t.judged.complaint
    if complaint.places:
        labels = {o.id: t.of(o.label) for q in t.knowledge.questions.values() if q.kind == "places" for o in q.options}
        yield t.tell(
            "Site: {places}.", places="; ".join(_place(t, one, labels[one.place]) for one in sorted(complaint.places))
        )
    if complaint.pain_nrs is not None:
        yield t.tell("Pain at its worst: NRS {pain}/10.", pain=t.number(complaint.pain_nrs))


def _place(t: LetterTelling, place: Place, label: str) -> str:
    return f"{label[:1].lower()}{label[1:]} ({t.tell(_SIDES[place.side])})"


def _told(t: LetterTelling) -> Iterator[str]:
    said = {*IN_THE_SENTENCE, *(one.id for one in t.knowledge.findings.values() if one.group is not None)}
    findings = t.judged.complaint.findings
    told = [t.term("findings", name) for name, is_so in findings.items() if is_so and name not in said]
    if findings.get("previous_injury_rehabilitated") is False:
        told.append(t.term("implications", "earlier_recovery_not_finished"))
    if told:
        yield t.tell("Reported: {findings}.", findings="; ".join(told))


def _denied(t: LetterTelling) -> Iterator[str]:
    """What was denied, and which questions about warning signs were not answered."""
    findings = t.judged.complaint.findings
    denied = [name for name in PERTINENT if findings.get(name) is False]
    asked = t.knowledge.questions
    groups = {name: [findings.get(one) for one in asked[name].findings] for name in _grouped(t)}
    whole = [name for name, answers in groups.items() if all(one is False for one in answers)]
    if denied or whole:
        named = "; ".join(one for one in (t.terms("findings", denied), t.terms("denied", whole)) if one)
        yield t.tell("Denied: {findings}.", findings=named)
    unknown = [name for name, answers in groups.items() if all(one is None for one in answers)]
    if unknown:
        yield t.tell("Not asked or not known: {findings}.", findings=t.terms("denied", unknown))


def _grouped(t: LetterTelling) -> Sequence[str]:
    return [question.id for question in t.knowledge.questions.values() if question.id in DENIED_AS_A_WHOLE]


DENIED_AS_A_WHOLE = ("rf_now", "rf_ill", "rf_leg", "rf_history", "medicines")
"""Questions about warning signs with many answers: told in one phrase when all of them are denied."""
