"""What it probably is, how bad, how sure, and what may play a part in the chain."""

from collections.abc import Iterator, Mapping

from herstel.assessment.assess import suspected_of
from herstel.assessment.result import GRADES, GradeName
from herstel.assessment.severity import GRADE_TOLD_FROM
from herstel.chain.model import Contributor
from herstel.errors import marked
from herstel.knowledge.chain_entries import EvidenceGrade
from herstel_letters.model import LetterSection
from herstel_letters.words import LetterTelling, section

ALSO_FROM, GRADE_FROM = 0.05, 0.05
MOST_ALSO, MOST_CONTRIBUTORS = 3, 3
EVIDENCE: Mapping[EvidenceGrade, str] = {
    "strong": marked("strong evidence"),
    "moderate": marked("moderate evidence"),
    "weak": marked("weak evidence"),
    "none": marked("no prospective evidence"),
    "against": marked("research points the other way"),
}
_GRADES = {
    "0": marked("grade 0"), "1": marked("grade 1"), "2": marked("grade 2"), "3": marked("grade 3"),
    "tendon": marked("tendon or apophysis, outside the grades"),
}  # fmt: skip


def hypothesis(t: LetterTelling) -> LetterSection | None:
    """The working hypothesis with its certainty, the differential, the grade, and what may contribute."""
    first, severity = [*_first(t), *_differential(t)], [*_grade(t), *_second_opinion(t)]
    lines = [" ".join(first), " ".join(severity), *contributors(t)]
    return section("hypothesis", t.tell("Working hypothesis and differential"), lines)


def _first(t: LetterTelling) -> Iterator[str]:
    suspected, likely = suspected_of(t.judged, t.knowledge), t.judged.likely
    for name in suspected:
        form = marked("To be ruled out first: {condition}, {chance}.")
        if name == likely.condition:
            form = marked("Working hypothesis, to be ruled out first: {condition}, {chance}.")
        yield t.tell(form, condition=t.term("conditions", name), chance=t.likelihood(t.judged.likelihood(name)))
    if t.judged.cannot_tell:
        yield t.tell("No working hypothesis: no explanation clearly stands out.")
    elif likely.condition not in suspected:
        condition = t.term("conditions", likely.condition)
        yield t.tell("Working hypothesis: {condition}, {chance}.", condition=condition, chance=t.likelihood(likely))


def _differential(t: LetterTelling) -> Iterator[str]:
    said = set(suspected_of(t.judged, t.knowledge))
    if not t.judged.cannot_tell:
        said.add(t.judged.likely.condition)
    also = [one for one in t.judged.differential if one.probability >= ALSO_FROM and one.condition not in said]
    if also:
        named = (f"{t.term('conditions', one.condition)}, {t.likelihood(one)}" for one in also[:MOST_ALSO])
        yield t.tell("Differential: {conditions}.", conditions="; ".join(named))
    else:
        yield t.tell("Differential: every other explanation below {percent}%.", percent=round(100 * ALSO_FROM))


def _grade(t: LetterTelling) -> Iterator[str]:
    """Grade probabilities, where muscle or tendon are likely enough to be the matter."""
    judged = t.judged.grade
    if judged.applies < GRADE_TOLD_FROM:
        return
    likely = sorted(GRADES, key=lambda grade: -judged.probabilities[grade])
    told = [_one_grade(t, grade) for grade in likely if judged.probabilities[grade] >= GRADE_FROM]
    yield t.tell("Severity, given muscle or tendon injury: {grades}.", grades="; ".join(told))


def _one_grade(t: LetterTelling, grade: GradeName) -> str:
    share, span = t.judged.grade.probabilities[grade], t.judged.grade.ranges[grade]
    return f"{t.tell(_GRADES[grade])} {t.share(share, span.low, span.high)}"


def _second_opinion(t: LetterTelling) -> Iterator[str]:
    opinion = t.recovery.chain.clinician_grade
    if opinion is not None:
        yield t.tell("The measurements of the first days fit grade {grade}.", grade=opinion.grade)


def contributors(t: LetterTelling) -> Iterator[str]:
    """The best supported hypotheses of why it came or stays; rejected ones left out."""
    counted = [one for one in t.recovery.chain.contributors if one.counts][:MOST_CONTRIBUTORS]
    if counted:
        named = "; ".join(_contributor(t, one) for one in counted)
        yield t.tell("Possible contributors (hypotheses): {names}.", names=named)


def _contributor(t: LetterTelling, one: Contributor) -> str:
    if one.id in t.knowledge.chain.implications:
        name = t.term("implications", one.id)
    else:
        name = t.of(t.knowledge.chain.links[one.link].name)
    side = f" {t.side(one.side)}" if one.side else ""
    grounds = [t.tell(EVIDENCE[one.grade])]
    if one.judgement is not None:
        grounds.append(t.tell("confirmed by the therapist"))
    return f"{name}{side} ({', '.join(grounds)})"
