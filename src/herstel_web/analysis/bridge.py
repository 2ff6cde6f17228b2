"""The one place where these pages reach the domain: tests and chains in, what a page shows of them out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from herstel.assessment.report_parts import Section
from herstel.chain.entry import TAKES, Take, of_repetitions, results_with, usual_take
from herstel.chain.history import history_picture
from herstel.chain.measurement_file import METHODS_OF, read_judgements, read_measurements
from herstel.chain.measures import measured_sides
from herstel.chain.model import Chain, Contributor, Measurement, TestResult
from herstel.chain.picture import chain_picture
from herstel.chain.report import contributor_name, why_next, write_chain
from herstel.chain.report_results import result_line
from herstel.chain.report_words import GRADES, UNITS, WHERE, ChainTelling
from herstel.drawing.shapes import Drawing
from herstel.errors import InputError, Problem, marked
from herstel.knowledge.chain_entries import ChainTest
from herstel.text import Language
from herstel_web.analysis.values import ContributorRow, HowTo, LinkGroup, NextRow, ResultRow, TestRow, Typed
from herstel_web.knowledge import knowledge

IN_PICTURE, AS_ROWS = "chain", ("chain", "contributors", "next_tests")
SIDELESS = "value"
"""How a form calls the value of a test that has no sides."""


def telling(chain: Chain, language: Language) -> ChainTelling:
    return ChainTelling(language=language, chain=chain, knowledge=knowledge())


def test_of(test_id: str) -> ChainTest | None:
    return knowledge().chain.tests.get(test_id)


# --- choosing a test --------------------------------------------------------------------------------------------------


def next_rows(chain: Chain, language: Language) -> tuple[NextRow, ...]:
    """The tests worth doing next, best first, each with its reason."""
    t = telling(chain, language)
    return tuple(
        NextRow(
            id=one.test,
            name=t.test_name(one.test),
            why=why_next(t, one),
            where=t.tell(WHERE[one.where]),
            minutes=t.number(t.test(one.test).minutes, 1),
        )
        for one in chain.next_tests
    )


def link_groups(chain: Chain, language: Language, search: str = "") -> tuple[LinkGroup, ...]:
    """Every test by link, with what was measured last; ``search`` keeps those whose name or link holds it."""
    t = telling(chain, language)
    wanted = search.casefold()
    groups = []
    for link in knowledge().chain.links.values():
        tests = [one for one in knowledge().chain.tests.values() if one.link == link.id]
        name = t.of(link.name)
        found = [one for one in tests if wanted in t.of(one.name).casefold() or wanted in name.casefold()]
        if found:
            rows = tuple(_test_row(t, one) for one in found)
            measured = sum(bool(row.results) for row in rows)
            groups.append(LinkGroup(id=link.id, name=name, role=t.of(link.role), tests=rows, measured=measured))
    return tuple(groups)


def _test_row(t: ChainTelling, test: ChainTest) -> TestRow:
    results = [one for one in t.chain.results if one.test == test.id]
    return TestRow(
        id=test.id,
        name=t.of(test.name),
        where=t.tell(WHERE[test.where[0]]),
        results=tuple(result_row(t, one) for one in results),
        too_early=_too_early(test, t.chain),
        earliest_phase=test.earliest_phase,
    )


def _too_early(test: ChainTest, chain: Chain) -> bool:
    return test.earliest_phase > chain.phase


def result_row(t: ChainTelling, result: TestResult) -> ResultRow:
    """A result as a line of a table."""
    line, test, beside = result_line(t, result), t.test(result.test), result.difference
    error = result.error if beside is None or beside.error is None else beside.error

    def amount(value: float | None) -> str:
        return "" if value is None or test.unit == "yes_no" else t.amount(test, value)

    return ResultRow(
        side=t.side(result.side),
        value=t.amount(test, result.measurement.value),
        day=result.measurement.date,
        verdict=result.verdict,
        word=line.mark,
        detail=line.detail,
        sources=line.sources,
        difference=amount(beside.difference if beside else None),
        error=amount(error),
        limit=amount(beside.threshold if beside else None),
    )


# --- entering one -----------------------------------------------------------------------------------------------------


def how_to(test: ChainTest, chain: Chain, language: Language) -> HowTo:
    """How a test is done, told to who does it."""
    t = telling(chain, language)
    return HowTo(
        name=t.of(test.name),
        link=t.of(t.link(test.link).name),
        unit=t.tell(UNITS[test.unit], value="").strip() if test.unit != "yes_no" else "",
        lowest=t.number(test.possible_low, 2),
        highest=t.number(test.possible_high, 2),
        steps=tuple(t.of(one) for one in test.how),
        needs=tuple(t.of(one) for one in test.needs),
        mistakes=tuple(t.of(one) for one in test.mistakes),
        stop_when=t.of(test.stop_when),
        meaning=t.of(test.meaning),
        grade=t.tell(GRADES[test.grade]),
        helper_needed=test.helper_needed,
        no_norm=t.of(test.no_norm) if test.no_norm else "",
        too_early=_too_early(test, chain),
        earliest_phase=test.earliest_phase,
        sources=t.cite(test.source),
    )


def sides_of(test: ChainTest) -> tuple[str, ...]:
    """The names of the values of a form: each side, or the one value of a test without sides."""
    return tuple(side or SIDELESS for side in measured_sides(test))


def methods_of(test: ChainTest) -> tuple[str, ...]:
    return METHODS_OF[test.unit]


def takes_of(test: ChainTest) -> tuple[str, ...]:
    """What can count of several repetitions, the usual first."""
    return tuple(sorted(TAKES, key=lambda one: one != usual_take(test)))


def entries_of(test: ChainTest, typed: Typed, today: date) -> list[dict[str, Any]]:
    """What was typed as entries of the case file, one for each side that was measured.

    Raises
    ------
    InputError
        With every problem; each repetition must be possible by itself.
    """
    problems: list[Problem] = []
    entries = []
    for side, texts in typed.values.items():
        told = [text for text in texts if text.strip()]
        if told:
            alone = [_entry(test, side, typed, number_of(text)) for text in told]
            problems.extend(_problems(alone, today))
            entries.append((side, alone))
    if not entries:
        reason, remedy = marked("nothing was filled in."), marked("Fill in a value of at least one side.")
        problems.append(Problem(thing=SIDELESS, reason=reason, remedy=remedy))
    if problems:
        raise InputError(list({str(one): one for one in problems}.values()))  # the same of two sides is told once
    return [_one_of(test, alone, typed) for _, alone in entries]


def number_of(text: str) -> float | str:
    """A number as it is written in either language; the text itself when it is none."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return text.strip()


def _entry(test: ChainTest, side: str, typed: Typed, value: object) -> dict[str, Any]:
    entry = {
        "test": test.id,
        "value": int(value) if test.unit == "yes_no" and isinstance(value, float) else value,
        "method": typed.method,
        "tester": typed.tester,
        "date": typed.day.isoformat(),
    }
    if side != SIDELESS:
        entry["side"] = side
    return {**entry, "note": typed.note} if typed.note else entry


def _problems(entries: Sequence[Mapping[str, Any]], today: date) -> Iterator[Problem]:
    """What is wrong with each, named by the field and not by its place in a list."""
    for entry in entries:
        try:
            read_measurements([entry], knowledge(), today)
        except InputError as error:
            for problem in error.problems:
                field = problem.thing.rpartition(".")[2]
                yield replace(problem, thing=entry.get("side", SIDELESS) if field == "value" else field)


def _one_of(test: ChainTest, alone: Sequence[dict[str, Any]], typed: Typed) -> dict[str, Any]:
    values = [float(one["value"]) for one in alone]
    if len(values) == 1:
        return alone[0]
    take: Take = next((one for one in TAKES if one == typed.take), usual_take(test))
    said = f"{' / '.join(f'{value:g}' for value in values)} ({take})"
    note = f"{typed.note}; {said}" if typed.note else said
    return {**alone[0], "value": of_repetitions(values, take, test, knowledge()), "note": note}


def results_of(chain: Chain, entries: Sequence[Mapping[str, Any]], today: date, language: Language) -> list[ResultRow]:
    """What entries that can be read would say beside everything measured before."""
    entered: tuple[Measurement, ...] = tuple(
        one for entry in entries for one in read_measurements([entry], knowledge(), today)
    )
    t = telling(chain, language)
    return [result_row(t, one) for one in results_with(chain, entered, knowledge())]


def history(test: ChainTest, chain: Chain, language: Language) -> Drawing | None:
    return history_picture(test, chain, knowledge(), language)


def amount(test_id: str, value: float, chain: Chain, language: Language) -> str:
    t = telling(chain, language)
    return t.amount(t.test(test_id), value)


# --- the chain --------------------------------------------------------------------------------------------------------


def contributor_rows(chain: Chain, language: Language) -> tuple[ContributorRow, ...]:
    """The hypotheses, the best supported first."""
    t = telling(chain, language)
    return tuple(_contributor(t, one) for one in chain.contributors)


def _contributor(t: ChainTelling, one: Contributor) -> ContributorRow:
    implication = t.knowledge.chain.implications.get(one.id)
    tests = dict.fromkeys(result.test for result in one.results)
    return ContributorRow(
        id=one.id,
        name=contributor_name(t, one),
        grade=one.grade,
        evidence=t.tell(GRADES[one.grade]),
        text=t.of(implication.text) if implication else t.of(t.link(one.link).evidence),
        findings=tuple((t.test_name(result.test), result_row(t, result)) for result in one.results),
        meanings=tuple(t.of(t.test(test).meaning) for test in tests),
        targets=tuple(t.of(t.knowledge.exercises.targets[target].name) for target in one.targets),
        sources=t.cite(one.sources),
        modifiable=one.modifiable,
        judgement=one.judgement,
    )


def not_listed(chain: Chain, language: Language) -> list[tuple[str, str]]:
    """The links that are no hypothesis now, which a therapist may have found otherwise."""
    listed = {one.id for one in chain.contributors}
    return [(one.id, one.name[language]) for one in knowledge().chain.links.values() if one.id not in listed]


def check_judgement(entry: Mapping[str, Any], today: date) -> None:
    """Say whether a judgement can be read.

    Raises
    ------
    InputError
        With every problem.
    """
    read_judgements([entry], knowledge(), today)


def headline_and_sections(chain: Chain, language: Language) -> tuple[str, tuple[Section, ...]]:
    """The report without what the page shows in a form of its own."""
    report = write_chain(chain, knowledge(), language)
    return report.headline, tuple(one for one in report.sections if one.id not in AS_ROWS)


def picture_of(chain: Chain, language: Language) -> Drawing:
    return chain_picture(chain, knowledge(), language)
