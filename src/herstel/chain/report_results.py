"""The numbers of a chain in words: every result with its norm, side difference and error, and the two indices."""

from collections.abc import Iterator

from herstel.assessment.report_parts import Line, Section
from herstel.chain.model import BODY_SIDES, Index, LinkState, SideDifference, TestResult
from herstel.chain.report_words import LINK_VERDICTS, UNITS, VERDICTS, ChainTelling
from herstel.chain.story import STORY_LINKS, told_of
from herstel.errors import marked
from herstel.knowledge.chain_entries import ChainTest, ClinicianGrading, IndexName

CLEARLY_BELOW, BELOW, ABOVE = -2.0, -1.0, 1.0
"""Standard deviations from the mean at which an index gets other words."""
_SEEN = {"gait": marked("how you walk"), "gap": marked("a dent felt in the muscle")}


def indices(t: ChainTelling) -> Section | None:
    """Both indices apart, the hamstring's first: a good chain never hides a weak hamstring."""
    if not t.chain.results:
        return None
    lines = (
        *_index(t, "hamstring", t.tell("Capacity of the hamstring"), t.chain.hamstring_index),
        *_index(t, "chain", t.tell("The rest of the chain"), t.chain.chain_index),
    )
    return Section(id="indices", title=t.tell("The hamstring and the chain, each by itself"), lines=lines)


def _index(t: ChainTelling, name: IndexName, title: str, index: Index) -> Iterator[Line]:
    if index.value is None:
        text = t.tell("cannot be told: nothing of it could be compared with a norm.")
    else:
        text = f"{t.tell(_level(index.value))}."
    yield Line(mark=title, text=text, detail=_of_what(t, name, index), sources=t.cite("chain-dossier"))


def _level(value: float) -> str:
    if value <= CLEARLY_BELOW:
        return marked("clearly less than usual")
    if value <= BELOW:
        return marked("less than usual")
    return marked("more than usual") if value >= ABOVE else marked("about as usual")


def _of_what(t: ChainTelling, name: IndexName, index: Index) -> str:
    said = []
    if index.value is not None:
        scale = marked("On a scale where 0 is the mean and two of three people lie between -1 and 1, this is {z}.")
        said.append(t.tell(scale, z=t.number(index.value, 1)))
        said.append(t.tell("From: {parts}.", parts=t.apart(_part(t, name, part) for part in index.parts)))
    if index.missing:
        said.append(t.tell("Still missing: {parts}.", parts=t.apart(_part(t, name, part) for part in index.missing)))
    return " ".join(said)


def _part(t: ChainTelling, name: IndexName, part: str) -> str:
    """A part is called by the first test that can fill it."""
    tests = t.knowledge.chain.tests.values()
    return t.of(next(test.name for test in tests if test.index == name and test.index_part == part))


def results(t: ChainTelling) -> Section | None:
    """Every link that was measured, with the numbers of its tests."""
    lines = [line for state in t.chain.links.values() if state.results for line in _link(t, state)]
    if not lines:
        return None
    return Section(id="results", title=t.tell("What was measured"), lines=tuple(lines), folded=True)


def _link(t: ChainTelling, state: LinkState) -> Iterator[Line]:
    left, right = (t.tell(LINK_VERDICTS[state.verdicts[side]]) for side in BODY_SIDES)
    both = t.tell("both sides: {state}.", state=left)
    text = both if left == right else t.tell("left: {left}; right: {right}.", left=left, right=right)
    yield Line(mark=t.of(t.link(state.link).name), text=text, heading=True)
    for result in state.results:
        yield result_line(t, result)


def result_line(t: ChainTelling, result: TestResult) -> Line:
    """One result: its verdict, the value, and what it was compared with."""
    test, measured = t.test(result.test), result.measurement
    where = t.tell("{name}, {side}", name=t.of(test.name), side=t.side(result.side)) if result.side else t.of(test.name)
    value = t.amount(test, measured.value)
    text = t.tell("{test}: {value} on {day}.", test=where, value=value, day=measured.date.isoformat())
    norm = t.norm(result)
    detail = [
        _against_norm(t, test, result),
        *([_against_side(t, test, result.difference)] if result.difference else []),
    ]
    sources = t.cite(norm.sources if norm else test.source)
    return Line(mark=t.tell(VERDICTS[result.verdict]), text=text, detail=" ".join(detail), sources=sources)


def _against_norm(t: ChainTelling, test: ChainTest, result: TestResult) -> str:
    norm = t.norm(result)
    if norm is None:
        return t.of(test.no_norm) if test.no_norm else t.tell("There is no norm for someone like you.")
    said = [t.tell("Compared with: {people}.", people=t.of(norm.name))]
    if norm.mean is not None and test.unit != "yes_no":
        said.append(t.tell("Mean there: {mean}.", mean=t.amount(test, norm.mean)))
    if result.threshold is not None and test.unit != "yes_no":
        said.append(t.tell("The limit is {limit}.", limit=t.amount(test, result.threshold)))
    if result.agreeing:
        said.append(t.tell("Other groups may fit you too; it counts only when it deviates for all of them."))
    if result.beyond_threshold:
        said.append(_error(t, test, result.error, outside=result.beyond_error))
    return " ".join(one for one in said if one)


def _against_side(t: ChainTelling, test: ChainTest, difference: SideDifference) -> str:
    size = t.amount(test, abs(difference.difference))
    if difference.difference == 0:
        return t.tell("No difference with the other side.")
    if difference.difference < 0:
        return t.tell("Better than the other side by {size}.", size=size)
    said = [t.tell("Worse than the other side by {size}.", size=size)]
    if difference.threshold is None:
        said.append(t.tell("No limit is known for this difference."))
        return " ".join(said)
    said.append(t.tell("It counts from {limit}.", limit=t.amount(test, difference.threshold)))
    if difference.verdict in ("within_error", "deviating"):
        said.append(_error(t, test, difference.error, outside=difference.verdict == "deviating"))
    return " ".join(one for one in said if one)


def _error(t: ChainTelling, test: ChainTest, error: float | None, *, outside: bool | None) -> str:
    if test.unit == "yes_no":
        return ""
    if error is None:
        return t.tell("The error of this test is not known, so it is no finding.")
    size = t.amount(test, error)
    if outside:
        return t.tell("That is more than the error of the test ({error}).", error=size)
    return t.tell("But the error of the test is {error}, so it may be chance. Measure again.", error=size)


def not_measured(t: ChainTelling) -> Section | None:
    """What is not known; never the same as normal."""
    open_links = [state for state in t.chain.links.values() if state.worst == "not_measured" and not _told(t, state)]
    if not open_links:
        return None
    intro = Line(text=t.tell("Not measured is not the same as normal. Of these parts nothing can be said yet."))
    lines = tuple(_not_known(t, state) for state in open_links)
    return Section(id="not_measured", title=t.tell("What is not known yet"), lines=(intro, *lines))


def _told(t: ChainTelling, state: LinkState) -> bool:
    """Whether the story settles a link that no test measures."""
    return state.link in STORY_LINKS and told_of(state.link, t.chain, t.knowledge) != "unknown"


def _not_known(t: ChainTelling, state: LinkState) -> Line:
    detail = t.tell("It was measured, but there is nothing to compare it with.") if state.results else ""
    return Line(mark=t.of(t.link(state.link).name), text=t.of(t.link(state.link).role), detail=detail)


def second_opinion(t: ChainTelling) -> Section | None:
    """What a clinician's first measurements say about the grade, beside the story."""
    opinion = t.chain.clinician_grade
    if opinion is None:
        return None
    told = t.chain.assessment.grade.ladder_grade
    text = t.tell("The measurements of the first days fit grade {grade}.", grade=opinion.grade)
    if told is not None:
        text += " " + t.tell("Your own story fits grade {grade}.", grade=told)
    intro = t.tell("This is a second opinion. It never makes the advice less urgent.")
    lines = [Line(text=text, detail=intro, sources=t.cite("recognition-dossier"))]
    entries: dict[str, ClinicianGrading] = {entry.id: entry for entry in t.knowledge.chain.grading}
    for one in opinion.measures:
        entry = entries.get(one.measure)
        mark = t.of(entry.name) if entry else t.tell(_SEEN[one.measure])
        said = t.tell("fits grade {grade}.", grade=one.grade)
        if entry is not None and one.value is not None:
            said = f"{t.tell(UNITS[entry.unit], value=t.number(one.value))}: {said}"
        lines.append(Line(mark=mark, text=said))
    return Section(id="second_opinion", title=t.tell("What the measurements say about the grade"), lines=tuple(lines))


def replaced(t: ChainTelling) -> Section | None:
    """Records that a later one corrected, so that nothing is lost."""
    lines = []
    for old in t.chain.corrected:
        key = (old.test, old.side, old.date)
        new = next(one for one in t.chain.measurements if (one.test, one.side, one.date) == key)
        test = t.test(old.test)
        was, now = t.amount(test, old.value), t.amount(test, new.value)
        text = t.tell("was {before}, is now {after}. {reason}", before=was, after=now, reason=new.correction)
        lines.append(Line(mark=t.of(test.name), text=text.strip()))
    return Section(id="corrected", title=t.tell("Corrected"), lines=tuple(lines), folded=True) if lines else None
