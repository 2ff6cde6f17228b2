import io

import pytest
from pypdf import PdfReader

from herstel.assessment.report import Bar, Line, Report, Section
from herstel_web.reporting import report_page
from herstel_web.self_check import bridge
from tests.web.visitor import LANGUAGES, SPRINT_STRAIN, Page, Visitor, finished

REPORT = Report(
    language="nl",
    urgency="gp_week",
    headline="Bel je huisarts deze week.",
    tone="plain",
    sections=(
        Section(id="act", title="Wat te doen", lines=(Line(text="Bel.", detail="Omdat.", mark="Naar wie"),)),
        Section(
            id="soreness_or_injury",
            title="Spierpijn of blessure?",
            lines=(Line(text="Een blessure."), Line(text="Plotseling.", mark="Past"), Line(text="Met een knap.")),
        ),
        Section(id="sport", title="Sport", lines=(Line(text="Nee.", detail="Rust eerst.", sources=("Iemand 2020",)),)),
        Section(
            id="differential",
            title="Naast elkaar",
            bars=(Bar(label="Scheur <2>", probability=0.45, low=0.2, high=0.705, text="ongeveer 45 op de 100"),),
        ),
        Section(id="about", title="Over deze uitslag", lines=(Line(text="Versie 1."),), folded=True),
    ),
)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Page:
    visitor = finished()
    monkeypatch.setattr(bridge, "report", lambda *_: REPORT)
    return visitor.get("/result/")


def test_the_headline_comes_first_and_the_act_next(page: Page) -> None:
    assert page.heading == "Bel je huisarts deze week."
    at = [page.html.index(said) for said in ("Bel je huisarts deze week.</h1>", "Wat te doen", 'id="sport"')]
    assert at == sorted(at)


def test_the_reason_of_the_act_is_shown_without_asking(page: Page) -> None:
    act = page.html[page.html.index("Wat te doen") : page.html.index('id="soreness_or_injury"')]
    assert "Omdat." in act
    assert "<details" not in act


def test_other_reasons_and_their_sources_are_opened_at_the_line(page: Page) -> None:
    sport = page.html[page.html.index('id="sport"') : page.html.index('id="differential"')]
    assert '<details class="why"><summary>Nee.</summary>' in sport
    assert "Bron: Iemand 2020" in sport


def test_a_bar_has_a_text_and_its_picture_is_hidden_from_readers(page: Page) -> None:
    assert "ongeveer 45 op de 100" in page.text
    assert "Scheur &lt;2&gt;" in page.html
    assert 'class="bar" width="100%" height="14" aria-hidden="true"' in page.html
    assert 'width="45.0%"' in page.html
    assert 'x="20.0%"' in page.html


def test_long_lists_and_detail_are_folded(page: Page) -> None:
    assert "Toon alle 2 kenmerken" in page.text
    assert '<details class="part fold" id="about">' in page.html


def test_the_page_wears_its_tone(page: Page) -> None:
    assert "tone-plain urgency-gp_week" in page.html


def test_a_report_without_an_act_is_still_a_page() -> None:
    bare = Report(language="nl", urgency="self_care", headline="Rustig aan.", tone="reassure")
    assert report_page(bare).act is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_of_the_real_report_is_on_the_page(language: str) -> None:
    visitor = Visitor(language)
    page = visitor.answer_all(SPRINT_STRAIN)
    report = bridge.report(bridge.still_valid(visitor.answers), language)  # type: ignore[arg-type]
    assert page.heading == report.headline
    for section in report.sections:
        assert section.title in page.text
        for line in section.lines:
            assert " ".join(line.text.split()) in page.text


def test_the_result_leads_to_the_answers_and_to_a_new_start(page: Page) -> None:
    assert "/answers/" in page.links()
    assert "/start-over/" in page.links()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_result_is_there_as_a_pdf_that_is_kept_nowhere(language: str) -> None:
    visitor = finished(language, "bladder")
    answer = visitor.client.get("/result/pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "112" in text


def test_there_is_no_pdf_before_there_is_a_result() -> None:
    assert Visitor().get("/result/pdf/").leads_to.startswith("/check/")
