import time
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
import typst

from herstel.errors import InputError
from herstel.text import LANGUAGES, Language
from herstel_letters import typesetting
from herstel_letters.model import LetterDraft, LetterKind, LetterSection
from herstel_letters.typesetting import TEMPLATE, Letterhead, People, blocks, letter_pdf
from tests.unit.letters.letters import CASES, KINDS, pdf_of, read, words

PRACTICE = Letterhead(name="Practice of an example", lines=("Street 1", "T 000"))
MOST_PAGES = 3
"""Two of text and one of pictures."""


def plain(*sections: LetterSection, **other: str) -> LetterDraft:
    one = LetterDraft(
        kind="gp_referral",
        language="nl",
        day=date(2026, 11, 24),
        title="Brief",
        subject="Iets",
        salutation="Geachte collega,",
        sections=sections,
        pictures=(),
        closing="Met groet,",
        statement="Schattingen.",
        knowledge_version="2026.11.2",
    )
    return replace(one, **other)  # type: ignore[arg-type]


def told(text: str, heading: str = "Kop") -> LetterSection:
    return LetterSection(id="history", heading=heading, text=text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [*KINDS, "result"])
@pytest.mark.parametrize("name", [*CASES, "suspected-avulsion", "ordinary-soreness"])
def test_every_letter_of_every_example_becomes_a_tagged_pdf_of_a_few_pages(
    name: str, kind: LetterKind, language: Language
) -> None:
    pdf = read(pdf_of(name, kind, language))
    assert 1 <= len(pdf.pages) <= MOST_PAGES
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert str(pdf.trailer["/Root"]["/Lang"]).startswith(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_referral_of_a_suspected_avulsion_fits_on_one_page(language: Language) -> None:
    people = People(addressee=("GP",), person="P. Example", born="1-1-1974", signer=("T. Example", "physiotherapist"))
    assert len(read(pdf_of("suspected-avulsion", "gp_referral", language, people)).pages) == 1


def test_everything_a_draft_says_stands_in_the_pdf() -> None:
    people = People(addressee=("Huisarts A", "Straat 2"), person="P. Persoon", born="1 mei 1990", reference="K-17",
                    signer=("T. Tekenaar", "fysiotherapeut"))  # fmt: skip
    said = words(letter_pdf(plain(told("Eerste alinea.\n- een punt\n- nog een\nSlot.")), PRACTICE, people, version=3))
    for text in ("Practice of an example", "Street 1", "Huisarts A", "P. Persoon", "1 mei 1990", "K-17", "Iets",
                 "Geachte collega,", "Kop", "Eerste alinea.", "een punt", "Slot.", "T. Tekenaar", "fysiotherapeut",
                 "Schattingen.", "24 november 2026", "Versie 3", "2026.11.2", "pagina 1 van 1"):  # fmt: skip
        assert text in said, text
    assert "niet ondertekend" not in said


def test_a_letter_without_a_signer_says_that_it_is_a_draft() -> None:
    assert "Concept, niet ondertekend." in words(letter_pdf(plain(told("Tekst.")), Letterhead(), People()))


def test_a_notice_stands_before_everything_else() -> None:
    said = words(letter_pdf(plain(told("Tekst."), notice="Verzonnen voorbeeld."), Letterhead(), People()))
    assert said.startswith("Verzonnen voorbeeld.")


MARKUP = r'#read("/etc/passwd") $x$ *b* _i_ @ref <label> \ `raw` // uit /* uit */ #sys.inputs = kop ~ [a] #{1+1}'


@pytest.mark.parametrize("line", ["{}", "- {}", "= {}"])
def test_markup_in_a_text_stands_there_literally(line: str) -> None:
    said = words(letter_pdf(plain(told(line.format(MARKUP), heading=MARKUP)), Letterhead(), People()))
    assert said.count(MARKUP) == 2
    assert "root:" not in said


def test_markup_in_a_name_stands_there_literally() -> None:
    people = People(addressee=(MARKUP,), person="#x $y", reference="*z*", signer=('#panic("no")',))
    said = words(letter_pdf(plain(told("Tekst."), subject=MARKUP), Letterhead(name="#evil", lines=("$1$",)), people))
    for text in (MARKUP, "#x $y", "*z*", '#panic("no")', "#evil", "$1$"):
        assert text in said


@pytest.mark.parametrize("path", ["/etc/passwd", "/../terms.yaml", "/../../../pyproject.toml"])
def test_a_template_reads_nothing_outside_its_own_folder(path: str, tmp_path: Path) -> None:
    beside = tmp_path / "template.typ"
    beside.write_text(f'#read("{path}")', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        typst.compile(beside, root=tmp_path)


def test_the_folder_of_the_template_holds_nothing_but_the_template() -> None:
    assert [path.name for path in TEMPLATE.parent.iterdir()] == [TEMPLATE.name]


def test_an_empty_letter_and_a_very_long_one_are_set() -> None:
    assert len(read(letter_pdf(plain(), Letterhead(), People())).pages) == 1
    long = letter_pdf(plain(told("lang " * 20_000 + "\n" + "x" * 3_000)), Letterhead(), People())
    assert len(read(long).pages) > 10


@pytest.mark.parametrize("name", ["Łukasz Żółć", "Αλέξης", "Юрий Щукин", "Nguyễn Thị Hương", "İnci Öğütçü", "שלום"])
def test_names_in_other_alphabets_are_set(name: str) -> None:
    said = words(letter_pdf(plain(told("Tekst.")), Letterhead(), People(person=name)))
    assert name in said or name[::-1] in said


def test_a_sign_that_no_font_holds_is_an_error_that_names_it_and_never_an_empty_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    embedded = typst.Fonts(include_system_fonts=False)
    monkeypatch.setattr(typesetting, "_fonts", lambda of_the_machine: embedded)
    with pytest.raises(InputError) as wrong:
        letter_pdf(plain(told("Tekst.")), Letterhead(), People(person="王"))
    (problem,) = wrong.value.problems
    assert problem.thing == "letter"
    assert problem.values["sign"] == "王"


def test_a_sign_that_only_the_fonts_of_the_machine_hold_is_set_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded, machine, set_letter = object(), typst.Fonts(include_system_fonts=True), typesetting._set

    def fail_first(letter: str, made: datetime, fonts: object) -> bytes:
        if fonts is embedded:
            raise typst.TypstError('the text `"王"` could not be displayed with font `"Libertinus Serif"`', "", [], [])
        assert fonts is machine
        return set_letter(letter, made, machine)

    monkeypatch.setattr(typesetting, "_fonts", lambda of_the_machine: machine if of_the_machine else embedded)
    monkeypatch.setattr(typesetting, "_set", fail_first)
    assert "Tekst." in words(letter_pdf(plain(told("Tekst.")), Letterhead(), People()))


def test_another_error_of_the_template_is_not_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "letter.typ"
    broken.write_text("#panic()", encoding="utf-8")
    monkeypatch.setattr(typesetting, "TEMPLATE", broken)
    with pytest.raises(typst.TypstError):
        letter_pdf(plain(told("Tekst.")), Letterhead(), People())


def test_control_characters_of_a_form_do_not_disturb() -> None:
    said = words(letter_pdf(plain(told("voor\x00\x07 na\r\n- punt\x1b")), Letterhead(), People(person="A\x00B")))
    assert "voor na" in said
    assert "AB" in said


def test_equal_letters_are_equal_to_the_byte_and_bear_the_date_of_the_letter() -> None:
    first, second = pdf_of("whole-person", "progress"), pdf_of("whole-person", "progress")
    assert first == second
    assert str((read(first).metadata or {})["/CreationDate"]).startswith("D:20260914")


def test_the_title_of_the_file_says_what_it_is_and_not_about_whom() -> None:
    pdf = read(pdf_of("whole-person", "progress", people=People(person="P. Secret")))
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Progress report"


def test_a_letter_with_pictures_is_set_within_a_second() -> None:
    pdf_of("whole-person", "progress")
    start = time.perf_counter()
    pdf_of("whole-person", "progress")
    assert time.perf_counter() - start < 1


def test_lines_become_paragraphs_and_lists() -> None:
    assert blocks("Een.\n\n- a\n- b\n Twee. \n") == [{"text": "Een."}, {"list": ["a", "b"]}, {"text": "Twee."}]
    assert blocks("") == []
