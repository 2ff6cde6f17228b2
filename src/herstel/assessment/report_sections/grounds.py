"""What it rests on: what spoke for and against, how certain it is, what was not answered, and what this is."""

import math
from collections.abc import Iterator

from herstel.assessment.explain import Reason, reasons
from herstel.assessment.report_parts import Line, Section
from herstel.assessment.report_sections.telling import BASIS_IN_WORDS, Telling, in_100
from herstel.complaint.intake import is_applicable
from herstel.complaint.model import UNKNOWN
from herstel.knowledge.model import Question, age_band, urgency_rank
from herstel.text import say

EXPLAINED, MOST_REASONS = 3, 10
TELLING_FACTOR = 1.15
"""A reason that changes the odds less than this is left out of the words (not out of the data)."""


def why(t: Telling) -> Section:
    """For the first of the ranking: each answer's part, its number with range, basis and source."""
    lines: list[Line] = [
        Line(
            text=say(
                t.language,
                "How to read this: '3 times more likely' compares with the average of all possibilities. "
                "Answers that usually come together count for less, because they tell the same story.",
            )
        )
    ]
    for condition in t.assessment.ranking[:EXPLAINED]:
        lines += _explained(t, condition)
    return Section(id="why", title=say(t.language, "Why we think so"), lines=tuple(lines), folded=True)


def _explained(t: Telling, condition: str) -> Iterator[Line]:
    one = t.assessment.likelihood(condition)
    text = say(t.language, "we estimate {chance}.", chance=t.chance(one))
    yield Line(mark=t.name(condition), text=text, heading=True)
    yield _starting_point(t, condition)
    found = reasons(t.assessment.complaint, condition, t.knowledge)
    telling = [reason for reason in found if math.exp(abs(reason.log_weight)) >= TELLING_FACTOR]
    for reason in telling[:MOST_REASONS]:
        yield _reason(t, reason)
    if not telling:
        yield Line(text=say(t.language, "None of your answers spoke clearly for or against it."))
    for test, positive in t.assessment.complaint.examination.items():
        if condition in t.knowledge.tests[test].targets:
            yield _test(t, test, positive)


def _starting_point(t: Telling, condition: str) -> Line:
    """How common it is before any answer counts."""
    complaint, prior = t.assessment.complaint, t.assessment.likelihood(condition).prior
    bands = [priors[condition] for (context, _), priors in t.knowledge.priors.items() if context == complaint.context]
    low, high = min(prior, *(one.low for one in bands)), max(prior, *(one.high for one in bands))
    if complaint.age_years is not None:
        known = t.knowledge.priors[complaint.context, age_band(complaint.age_years)][condition]
        low, high = min(prior, known.low), max(prior, known.high)
    chance = in_100(t.language, prior, low, high)
    sources = t.cite(bands[0].sources)
    text = say(
        t.language,
        "before your answers counted: {chance} of the people with pain at the back of the thigh.",
        chance=chance,
    )
    return Line(mark=say(t.language, "Starting point"), text=text, sources=sources)


def _reason(t: Telling, reason: Reason) -> Line:
    names = say(t.language, " or ").join(t.of(t.knowledge.findings[one].name) for one in reason.findings)
    answer = names if reason.present else say(t.language, "not present: {name}", name=names)
    factor = math.exp(abs(reason.log_weight))
    size = f"{factor:.0f}" if factor >= 10 else f"{factor:.1f}"
    if t.language == "nl":
        size = size.replace(".", ",")
    if reason.log_weight > 0:
        mark, effect = say(t.language, "For"), say(t.language, "{size} times more likely", size=size)
    else:
        mark, effect = say(t.language, "Against"), say(t.language, "{size} times less likely", size=size)
    return Line(mark=mark, text=f"{answer}: {effect}.", detail=_cells(t, reason), sources=_sources(t, reason))


def _cells(t: Telling, reason: Reason) -> str:
    cells = [
        say(
            t.language,
            "Seen in {chance} of the people with this condition ({basis}).",
            chance=in_100(t.language, cell.value, cell.low, cell.high),
            basis=say(t.language, BASIS_IN_WORDS[cell.basis]),
        )
        for cell in reason.cells
    ]
    return cells[0] if len(cells) == 1 else " ".join(f"{i}. {cell}" for i, cell in enumerate(cells, start=1))


def _sources(t: Telling, reason: Reason) -> tuple[str, ...]:
    return tuple(dict.fromkeys(citation for cell in reason.cells for citation in t.cite(cell.sources)))


def _test(t: Telling, test_id: str, positive: bool) -> Line:
    test = t.knowledge.tests[test_id]
    result = say(t.language, "positive") if positive else say(t.language, "negative")
    ratio = test.use_positive if positive else test.use_negative
    if ratio is None:
        text = say(
            t.language,
            "{test}: {result}. It does not count, because it tells too little.",
            test=t.of(test.name),
            result=result,
        )
    else:
        text = say(
            t.language, "{test}: {result}. Counts {ratio} times.", test=t.of(test.name), result=result, ratio=ratio
        )
    return Line(
        mark=say(t.language, "Examination"), text=text, detail=t.of(test.use_reason), sources=t.cite(test.source)
    )


def certainty(t: Telling) -> Section:
    """How firm the numbers and the urgency are, and which warning signs stay open."""
    urgency, first = t.urgency, t.assessment.differential[0]
    same = round(100 * urgency.share_same)
    lines = [
        Line(
            text=say(
                t.language,
                "We calculated {draws} times, each time with slightly different numbers, because most numbers are "
                "estimates. In {same} of 100 calculations the advice on how soon was the same.",
                draws=t.assessment.draws,
                same=same,
            )
        ),
        Line(text=_verdict(t)),
        Line(
            text=say(
                t.language,
                "The ranges come from the same calculations: 90 of 100 outcomes lie within them. "
                "For {name} that is {chance}.",
                name=t.name(first.condition),
                chance=t.chance(first),
            )
        ),
        *_open_flags(t),
    ]
    return Section(id="certainty", title=say(t.language, "How sure is this?"), lines=tuple(lines), folded=True)


def _verdict(t: Telling) -> str:
    if t.urgency.leaned:
        return say(t.language, "The advice on how soon is not firm. It leans to the safer side on purpose.")
    if not t.urgency.robust:
        return say(t.language, "The advice on how soon is not firm. If in doubt, see someone sooner.")
    return say(t.language, "The advice on how soon is firm: small changes in the numbers do not change it.")


def _open_flags(t: Telling) -> Iterator[Line]:
    flags = [t.knowledge.red_flags[flag] for flag in t.assessment.open_red_flags]
    titles = [t.of(f.title) for f in flags if f.level and urgency_rank(f.level) > urgency_rank(t.urgency.level)]
    if titles:
        text = say(
            t.language,
            "These warning signs could not be ruled out, because an answer is missing: {titles}.",
            titles="; ".join(titles),
        )
    else:
        text = say(t.language, "No warning sign that asks for more hurry was left open.")
    yield Line(text=text)


def not_asked(t: Telling) -> Section | None:
    """Questions that were not answered, told apart from those answered with "I don't know"."""
    answers = t.assessment.complaint.answers
    missing = [question for question in t.knowledge.questions.values() if _is_open(t, question)]
    unknown = [question for question in missing if answers.get(question.id) == UNKNOWN]
    lines = [
        Line(mark=mark, text=", ".join(t.of(question.summary) for question in questions) + ".")
        for mark, questions in (
            (say(t.language, "You don't know"), unknown),
            (say(t.language, "Not asked or not answered"), [one for one in missing if one not in unknown]),
        )
        if questions
    ]
    if not lines:
        return None
    note = say(t.language, "What is not known counts neither for nor against anything.")
    title = say(t.language, "What we do not know")
    return Section(id="not_asked", title=title, lines=(*lines, Line(text=note)), folded=True)


def _is_open(t: Telling, question: Question) -> bool:
    """Whether a question applies and nothing it asks about is known, from its own answer or from elsewhere."""
    complaint = t.assessment.complaint
    if complaint.answers.get(question.id, UNKNOWN) != UNKNOWN or not is_applicable(question, complaint):
        return False
    if question.fact is not None:
        return getattr(complaint, question.fact) is None
    findings = {one for option in question.options for one in (*option.present, *option.absent)}
    facts = {name for option in question.options for name in option.facts}
    return not (findings & complaint.findings.keys() or any(getattr(complaint, name) for name in facts))


def about(t: Telling) -> Section:
    """What this is and is not: version, review state, estimates."""
    version = t.knowledge.version
    lines = (
        Line(text=t.of(version.review_text)),
        Line(
            text=say(
                t.language,
                "Most numbers were estimated for Herstel, because hardly any were ever counted. "
                "A number made from estimates is an estimate.",
            )
        ),
        Line(
            text=say(
                t.language,
                "This does not replace an examination by a doctor or physiotherapist. In an emergency, phone 112.",
            )
        ),
        Line(
            text=say(
                t.language,
                "Knowledge version {version} of {date}.",
                version=t.assessment.knowledge_version,
                date=version.date,
            )
        ),
    )
    return Section(id="about", title=say(t.language, "About this assessment"), lines=lines)
