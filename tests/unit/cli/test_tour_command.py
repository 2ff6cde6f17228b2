import json
from pathlib import Path

import pytest
import yaml

from herstel.text import LANGUAGES
from tests.unit.cli.conftest import CASES, WHOLE, Run
from tests.unit.cli.page import Page

STEPS = ("Recognise", "Analyse", "Relieve", "Build", "Keep")


def test_the_tour_goes_through_the_five_steps_in_order(run: Run) -> None:
    out = run("tour", WHOLE, "--lang", "en")[1]
    places = [out.index(f"# Step {number}: {name}") for number, name in enumerate(STEPS, start=1)]
    assert places == sorted(places)


def test_without_a_file_an_example_is_told(run: Run) -> None:
    code, out, _ = run("tour", "--lang", "en")
    assert code == 0
    assert "made up" in " ".join(out.split())


@pytest.mark.parametrize("file", sorted(CASES.glob("*.yaml")), ids=lambda file: file.stem)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_can_be_toured(run: Run, file: Path, language: str) -> None:
    code, out, err = run("tour", file, "--lang", language)
    assert (code, err) == (0, "")
    assert out.count("\n####") == 2 * len(STEPS)


def test_the_full_tour_gives_reasons_and_sources(run: Run) -> None:
    short, full = run("tour", WHOLE, "--lang", "en")[1], run("tour", WHOLE, "--lang", "en", "--full")[1]
    assert len(full) > 1.5 * len(short)
    assert "\nSources\n" in full
    assert "\nSources\n" not in short


def test_the_page_of_the_tour_has_a_heading_for_every_step(run: Run) -> None:
    page = Page(run("tour", WHOLE, "--format", "html", "--lang", "en")[1])
    assert page.tags.count("article") == len(STEPS)
    assert page.tags.count("svg") >= 2
    for step in STEPS:
        assert step in page.text


def test_the_data_of_the_tour_holds_every_value_of_the_flow(run: Run) -> None:
    data = json.loads(run("tour", WHOLE, "--json")[1])
    assert {"assessment", "chain", "plan", "progress", "plan_now", "forecast", "reports"} <= data.keys()


def test_all_pictures_are_written_below_one_folder(run: Run, tmp_path: Path) -> None:
    run("tour", WHOLE, "--svg", tmp_path / "all")
    files = {file.relative_to(tmp_path / "all").as_posix() for file in (tmp_path / "all").rglob("*.svg")}
    assert {"chain.svg", "progress.svg", "forecast.svg"} <= files
    assert any(file.startswith("figures/") for file in files)


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_red_flag_in_a_check_in_comes_before_the_first_step(run: Run, form: str) -> None:
    case = yaml.safe_load(WHOLE.read_text(encoding="utf-8"))
    case["check_ins"].append({"date": case["as_of"], "pain_now": 2, "symptoms": {"bladder_bowel_saddle_change": True}})
    out = run("tour", "-", "--lang", "en", "--format", form, stdin=yaml.safe_dump(case).encode())[1]
    assert out.index("112") < out.index("Step 1")
