import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from herstel.assessment.report import Bar, Line, Report, Section
from herstel.knowledge.load import load_knowledge
from herstel.text import LANGUAGES
from herstel_cli.files import LARGEST_BYTES
from herstel_cli.page import as_page
from tests.unit.cli.conftest import SPRINT, Run
from tests.unit.cli.page import Page

# ------------------------------------------------------------------ text


def test_the_assessment_is_read_in_dutch_unless_asked_otherwise(run: Run, sprint: Path) -> None:
    code, dutch, err = run("assess", sprint)
    assert (code, err) == (0, "")
    assert "Wat het waarschijnlijk is" in dutch
    assert "Gedeeltelijke scheur van de hamstring" in dutch
    _, english, _ = run("assess", sprint, "--lang", "en")
    assert "Partial hamstring tear" in english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_referral_says_first_what_to_do(run: Run, saddle: Path, language: str) -> None:
    _, out, _ = run("assess", saddle, "--lang", language, "--short")
    first, second, *_ = out.splitlines()
    assert set(first) == {"!"}
    assert "112" in second
    assert out.index("112") < out.index("caud")


@pytest.mark.parametrize("form", ["text", "json", "html"])
@pytest.mark.parametrize("extra", [(), ("--short",)])
def test_every_result_says_that_no_clinician_reviewed_it(
    run: Run, sprint: Path, form: str, extra: tuple[str, ...]
) -> None:
    _, out, _ = run("assess", sprint, "--lang", "en", "--format", form, *extra)
    assert "not yet been reviewed by a clinician" in " ".join(out.split())


def test_the_text_fits_the_terminal(run: Run, sprint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (40, 63, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        _, out, _ = run("assess", sprint)
        assert max(map(len, out.splitlines())) <= columns


def test_every_reference_is_in_the_list_of_sources(run: Run, sprint: Path) -> None:
    _, out, _ = run("assess", sprint, "--lang", "en")
    _, _, sources = out.partition("\nSources\n")
    assert "[1] " in sources
    assert "Vermeulen 2022" in sources


def test_only_the_sections_asked_for_are_printed(run: Run, sprint: Path) -> None:
    code, out, _ = run("assess", sprint, "--lang", "en", "--sections", "what", "imaging")
    assert code == 0
    assert "What it probably is" in out
    assert "X-ray, ultrasound or MRI?" in out
    assert "What to do and when" not in out


def test_the_short_form_leaves_out_reasons_and_sources_and_keeps_the_act(run: Run, sprint: Path) -> None:
    _, short, _ = run("assess", sprint, "--lang", "en", "--short")
    assert "What to do and when" in short
    assert "Why we think so" not in short
    assert "\nSources\n" not in short


def test_the_picture_shows_the_range_as_a_line_and_the_estimate_on_it(run: Run, sprint: Path) -> None:
    _, out, _ = run("assess", sprint)
    pictures = [line.strip() for line in out.splitlines() if line.strip().startswith("|")]
    assert pictures
    for picture in pictures:
        assert picture.count("●") == 1
        assert picture.strip("|").strip(" ").strip("─●") == ""


# ------------------------------------------------------------------ data and page


def test_json_gives_the_assessment_its_reasons_and_the_report(run: Run, sprint: Path) -> None:
    _, out, _ = run("assess", sprint, "--format", "json", "--lang", "en")
    data = json.loads(out)
    assert data["kind"] == "assessment"
    assert data["knowledge_version"] == load_knowledge().version.version
    assert data["differential"][0]["class"] == "strain_grade_2"
    assert abs(sum(one["probability"] for one in data["differential"]) - 1) < 1e-6
    assert data["urgency"]["level"] == "physio"
    assert data["grade"]["most_likely"] == "2"
    assert data["complaint"]["places"] == [{"side": "left", "place": "thigh_middle"}]
    first = data["reasons"][data["ranking"][0]][0]
    assert {"findings", "present", "log_weight", "cells"} == first.keys()
    assert data["report"]["language"] == "en"


def test_json_of_a_referral_names_what_is_suspected(run: Run, saddle: Path) -> None:
    data = json.loads(run("assess", saddle, "--format", "json")[1])
    assert data["kind"] == "referral"
    assert data["suspected"] == ["cauda_equina"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(run: Run, sprint: Path, language: str) -> None:
    page = Page(run("assess", sprint, "--format", "html", "--lang", language)[1])
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert page.attributes["lang"] == [language]
    assert all(href.startswith("#source-") for href in page.attributes["href"])
    assert {href.removeprefix("#") for href in page.attributes["href"]} <= set(page.attributes["id"])
    assert not {"src", "onclick", "onload"} & page.attributes.keys()


def test_the_page_says_what_the_text_says(run: Run, sprint: Path) -> None:
    page = " ".join(Page(run("assess", sprint, "--format", "html", "--lang", "en")[1]).text.split())
    for said in (
        "Make an appointment with a physiotherapist",
        "Partial hamstring tear",
        "Why we think so",
        "Ekstrand 2012",
    ):
        assert said in page


def test_the_page_has_one_main_heading_and_ordered_ones_below(run: Run, saddle: Path) -> None:
    tags = Page(run("assess", saddle, "--format", "html")[1]).tags
    assert tags.count("h1") == tags.count("main") == 1
    assert "h3" not in tags


def test_words_of_a_report_cannot_become_markup() -> None:
    bar = Bar(label="<b>", probability=0.5, low=0.4, high=0.6, text="a & b")
    line = Line(text="<script>", detail="<i>", sources=("<u>",), mark="<s>")
    sections = (Section(id="what", title="<h1>", lines=(line,)), Section(id="differential", title="&", bars=(bar,)))
    page = as_page(Report(language="en", urgency="physio", headline="<p>", tone="plain", sections=sections))
    tags = Page(page).tags
    assert not {"script", "i", "u", "s", "b", "p>"} & set(tags)
    assert tags.count("h1") == 1


# ------------------------------------------------------------------ options


def test_seed_and_draws_decide_the_ranges_and_nothing_else(run: Run, sprint: Path) -> None:
    def data(*options: str) -> dict[str, object]:
        loaded: dict[str, object] = json.loads(run("assess", sprint, "--format", "json", *options)[1])
        return loaded

    first, again, other = (
        data("--seed", "1", "--draws", "50"),
        data("--seed", "1", "--draws", "50"),
        data("--seed", "2"),
    )
    assert first == again
    assert first["draws"] == 50
    assert first["differential"] != other["differential"]
    assert first["ranking"] == other["ranking"]


def test_the_day_of_today_can_be_given(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "complaint.yaml"
    file.write_text("onset_date: 2026-11-19", encoding="utf-8")
    data = json.loads(run("assess", file, "--today", "2026-11-22", "--format", "json")[1])
    assert data["complaint"]["days_since_onset"] == 3
    assert "in de toekomst" in run("assess", file, "--today", "2026-11-18")[2]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--today", "soon"), "'soon' is not a date"),
        (("--draws", "0"), "from 1 to"),
        (("--draws", "many"), "'many' is not a whole number"),
        (("--seed", "-1"), "from 0 to"),
        (("--lang", "de"), "invalid choice"),
    ],
)
def test_an_impossible_option_is_explained(
    run: Run, capsys: pytest.CaptureFixture[str], sprint: Path, options: tuple[str, ...], said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run("assess", sprint, *options)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


# ------------------------------------------------------------------ files


def test_yaml_json_and_standard_input_mean_the_same(run: Run, sprint: Path, tmp_path: Path) -> None:
    import yaml

    as_json = tmp_path / "sprint.json"
    as_json.write_text(json.dumps(yaml.safe_load(SPRINT)), encoding="utf-8")
    outputs = {
        run("assess", sprint)[1],
        run("assess", as_json)[1],
        run("assess", "-", stdin=SPRINT.encode())[1],
        run("assess", "-", stdin=as_json.read_bytes())[1],
        run("assess", "-", stdin=b"\xef\xbb\xbf" + SPRINT.encode())[1],
    }
    assert len(outputs) == 1


def test_a_yaml_mapping_may_begin_with_a_brace(run: Run) -> None:
    assert run("assess", "-", stdin=b"{age_years: 34, sex: female}")[0] == 0


def test_the_file_is_left_untouched(run: Run, sprint: Path) -> None:
    before = (sprint.read_bytes(), sprint.stat().st_mtime_ns)
    run("assess", sprint)
    assert (sprint.read_bytes(), sprint.stat().st_mtime_ns) == before


def nested(opening: str, depth: int) -> bytes:
    return (opening * depth).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"- a\n- b",
        b"just words",
        b"age_years: [34",
        b"age_years: 34\nage_years: 35",
        b'{"age_years": 34, "age_years": 35}',
        b"\xff\xfe\x00a",
        b"\x00\x01\x02",
        b"a: &a [*a]",
        b"? [a, b]\n: c",
        b"x: !!python/object/apply:os.system [ls]",
        b"x: !!timestamp 'q'",
        b"x: !!int ''",
        b"onset_date: 2026-13-45",
        b"age_years: 0x" + b"f" * 6000,
        b"age_years: " + b"9" * 6000,
        b"a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b,*b,*b,*b,*b]",
        nested("[", 100_000),
        nested("{", 100_000),
        nested('{"a":', 100_000),
        nested("- ", 100_000),
        b"a: b\n" * 20_000,
        b"x" * (LARGEST_BYTES + 1),
    ],
    ids=lambda content: repr(content[:24]),
)
@pytest.mark.parametrize("ending", ["yaml", "json"])
def test_a_file_that_is_no_complaint_gets_one_clear_message(
    run: Run, tmp_path: Path, content: bytes, ending: str
) -> None:
    file = tmp_path / f"complaint.{ending}"
    file.write_bytes(content)
    code, out, err = run("assess", file)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) >= 1
    assert "Traceback" not in err
    assert len(err) < 1000
    assert file.read_bytes() == content


def folder(path: Path) -> Path:
    path.mkdir()
    return path


@pytest.mark.parametrize("place", [lambda path: path, folder, lambda path: f"{path}\0"], ids=["none", "folder", "nul"])
def test_a_file_that_cannot_be_opened_is_named(run: Run, tmp_path: Path, place: Callable[[Path], object]) -> None:
    code, _, err = run("assess", str(place(tmp_path / "nothing.yaml")), "--lang", "en")
    assert code == 2
    assert "cannot be opened" in err
    assert len(err.splitlines()) == 1


def test_a_program_that_gives_bytes_through_a_pipe_is_read_no_further_than_the_limit(
    run: Run,
) -> None:
    code, _, err = run("assess", "-", stdin=b"#" * (LARGEST_BYTES + 10))
    assert code == 2
    assert str(LARGEST_BYTES) in err
    assert sys.stdin.buffer.tell() <= LARGEST_BYTES + 8192 * 2
