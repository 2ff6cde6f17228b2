"""A chain in words: what stands out, what may play a part, what to measure next, and every number behind it.

What the chain shows are hypotheses, and they are told as such. No markup, no framework.
"""

from collections.abc import Callable, Iterator

from herstel.assessment.report_parts import Line, Report, Section, Tone
from herstel.chain.model import Chain, Contributor, NextTest
from herstel.chain.picture import chain_picture
from herstel.chain.report_results import indices, not_measured, replaced, results, second_opinion
from herstel.chain.report_words import GRADES, WHERE, ChainTelling
from herstel.errors import marked
from herstel.knowledge.model import Knowledge
from herstel.text import Language

NAMED_IN_HEADLINE = 2


def write_chain(chain: Chain, knowledge: Knowledge, language: Language) -> Report:
    """Say a chain in one language.

    Parameters
    ----------
    chain : Chain
    knowledge : Knowledge
        Of the version the chain was analysed with.
    language : {"nl", "en"}

    Returns
    -------
    Report
        What stands out first, then what may play a part, what to measure next, and the numbers.
    """
    telling = ChainTelling(language=language, chain=chain, knowledge=knowledge)
    sections = [write(telling) for write in _WRITERS]
    return Report(
        language=language,
        urgency=chain.assessment.urgency.level,
        headline=_headline(telling),
        tone=_tone(chain),
        sections=tuple(section for section in sections if section is not None),
    )


def _tone(chain: Chain) -> Tone:
    return "act" if chain.referral is not None else "plain"


def _headline(t: ChainTelling) -> str:
    """A referral first; then a weak hamstring, which no good chain hides; then what weighs most."""
    if t.chain.referral is not None:
        call = next(one.call for one in t.knowledge.advice.urgency if one.id == t.chain.referral.urgency.level)
        later = t.tell("Measuring the chain can wait until then.")
        return f"{t.of(call)} {later}"
    found = [one for one in t.chain.contributors if one.counts and (one.results or one.judgement)]
    if found:
        names = [contributor_name(t, one) for one in sorted(found, key=lambda one: one.link != "hamstring")]
        return t.tell("What stands out: {names}.", names=t.listed(names[:NAMED_IN_HEADLINE]))
    if not t.chain.results:
        return " ".join([t.tell("Nothing of your movement chain has been measured yet."), *_begin_with(t)])
    return t.tell("Nothing that was measured deviates. What was not measured is not known.")


def _begin_with(t: ChainTelling) -> Iterator[str]:
    for one in t.chain.next_tests[:1]:
        yield t.tell("Begin with: {test}.", test=t.test_name(one.test))


def contributor_name(t: ChainTelling, one: Contributor) -> str:
    """What a contributor is called: the part of the story or the link, with its side."""
    implications = t.knowledge.chain.implications
    name = t.of(implications[one.id].title if one.id in implications else t.link(one.link).name)
    return t.tell("{name} ({side})", name=name, side=t.side(one.side)) if one.side else name


# --- what stands out --------------------------------------------------------------------------------------------------


def _summary(t: ChainTelling) -> Section:
    lines = [
        Line(
            text=t.tell(
                "These tests show what you can improve. They do not prove why it began. Getting stronger and getting "
                "used to sprinting again have the best support from research; other parts of the chain have less."
            ),
            sources=t.cite("chain-dossier"),
        ),
        *_compared_sides(t),
    ]
    drawing = chain_picture(t.chain, t.knowledge, t.language)
    return Section(id="chain", title=t.tell("Your movement chain"), lines=tuple(lines), drawings=(drawing,))


def _compared_sides(t: ChainTelling) -> Iterator[Line]:
    if t.chain.injured_side is None and t.chain.results:
        text = marked("It hurts on both sides, or the side is not known. So the worse side is compared with the other.")
        yield Line(text=t.tell(text))


# --- what may play a part ---------------------------------------------------------------------------------------------


def _contributors(t: ChainTelling) -> Section:
    title = t.tell("What may play a part")
    if not t.chain.contributors:
        text = t.tell("Nothing in your story or in the tests points to a part of the chain.")
        return Section(id="contributors", title=title, lines=(Line(text=text),))
    intro = Line(text=t.tell("These are hypotheses, the best supported first. A therapist can confirm or reject them."))
    lines = [line for rank, one in enumerate(t.chain.contributors, start=1) for line in _contributor(t, rank, one)]
    return Section(id="contributors", title=title, lines=(intro, *lines))


def _contributor(t: ChainTelling, rank: int, one: Contributor) -> Iterator[Line]:
    implication = t.knowledge.chain.implications.get(one.id)
    text = t.of(implication.text) if implication else t.of(t.link(one.link).evidence)
    yield Line(mark=f"{rank}. {contributor_name(t, one)}", text=t.tell(GRADES[one.grade]), heading=True)
    yield Line(text=text, sources=t.cite(one.sources))
    for test in dict.fromkeys(result.test for result in one.results):
        yield Line(mark=t.test_name(test), text=t.of(t.test(test).meaning), sources=t.cite(t.test(test).source))
    if one.targets:
        targets = (t.of(t.knowledge.exercises.targets[target].name) for target in one.targets)
        yield Line(mark=t.tell("To train"), text=t.apart(targets))
    if not one.modifiable:
        yield Line(text=t.tell("This cannot be changed. It does say how carefully to build up."))
    if one.judgement is not None:
        said = marked("Confirmed by the therapist") if one.counts else marked("Rejected by the therapist")
        yield Line(mark=t.tell(said), text=f"{one.judgement.reason} ({one.judgement.date.isoformat()})")


# --- what to measure next ---------------------------------------------------------------------------------------------


def _next(t: ChainTelling) -> Section | None:
    title = t.tell("What to measure next")
    if t.chain.referral is not None:
        text = t.tell("Do not test yourself now. Somebody has to look at it first.")
        return Section(id="next_tests", title=title, lines=(Line(text=text),))
    if not t.chain.next_tests:
        return None
    lines = [line for one in t.chain.next_tests for line in _how_to(t, one)]
    return Section(id="next_tests", title=title, lines=tuple(lines))


def _how_to(t: ChainTelling, one: NextTest) -> Iterator[Line]:
    test = t.test(one.test)
    text = t.tell("{where}, about {minutes} minutes.", where=t.tell(WHERE[one.where]), minutes=t.number(test.minutes))
    if test.helper_needed:
        text += " " + t.tell("You need someone to help.")
    yield Line(mark=t.of(test.name), text=text[:1].upper() + text[1:], detail=why_next(t, one), heading=True)
    yield Line(mark=t.tell("You need"), text=t.apart(t.of(need) for need in test.needs) + ".")
    for number, step in enumerate(test.how, start=1):
        yield Line(mark=f"{number}.", text=t.of(step))
    for mistake in test.mistakes:
        yield Line(mark=t.tell("Common mistake"), text=t.of(mistake))
    yield Line(mark=t.tell("When to stop"), text=t.of(test.stop_when))


def why_next(t: ChainTelling, one: NextTest) -> str:
    """Why this test: the story or the next phase asks for it, or its link is not known well enough."""
    implications = t.knowledge.chain.implications
    told = [t.of(implications[name].title) for name in one.because if name in implications]
    if told:
        return t.tell("Because of: {reasons}.", reasons=t.listed(told))
    if len(one.because) > 1:
        return t.tell("The next phase opens only when this is known.")
    link = t.of(t.link(t.test(one.test).link).name)
    return t.tell("It tells more about: {link}.", link=link)


# --- what was said of it, and about this ------------------------------------------------------------------------------


def _claims(t: ChainTelling) -> Section:
    """The founding document's claim beside what research says, for every link."""
    lines = [
        Line(text=t.tell("The founding document says why complaints return. Research supports some of it, not all."))
    ]
    for link in t.knowledge.chain.links.values():
        lines.append(Line(mark=t.of(link.name), text=t.of(link.claim), sources=t.cite("founding-document")))
        lines.append(Line(text=t.of(link.evidence), detail=t.tell(GRADES[link.grade]), sources=t.cite(link.source)))
    title = t.tell("Why do complaints return? What is said and what is known")
    return Section(id="claims", title=title, lines=tuple(lines), folded=True)


def _about(t: ChainTelling) -> Section:
    norms = [norm for of_test in t.knowledge.chain.norms.values() for norm in of_test]
    elicited = sum(norm.basis != "published" for norm in norms)
    text = t.tell(
        "Of the {norms} norms, {elicited} rest on estimates or on memory of papers. Most published ones come from "
        "young men in sport.",
        norms=len(norms),
        elicited=elicited,
    )
    lines = (Line(text=t.of(t.knowledge.version.review_text)), Line(text=text, sources=t.cite("chain-dossier")))
    return Section(id="about", title=t.tell("About this analysis"), lines=lines, folded=True)


_WRITERS: tuple[Callable[[ChainTelling], Section | None], ...] = (
    _summary,
    _contributors,
    indices,
    _next,
    results,
    not_measured,
    second_opinion,
    replaced,
    _claims,
    _about,
)
