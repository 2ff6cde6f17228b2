import io
import sys
from pathlib import Path

import pytest

from herstel.learn.library import load_articles
from herstel_cli import main
from tests.unit.cli.conftest import Run

ARTICLES = load_articles()


@pytest.mark.parametrize(("language", "title"), [("nl", "Herkennen"), ("en", "Recognising")])
def test_without_a_name_the_articles_are_listed_in_the_order_of_reading(run: Run, language: str, title: str) -> None:
    code, out, _ = run("learn", "--lang", language)
    listed = [line.split(":")[0] for line in out.splitlines() if not line.startswith(" ")]
    assert (code, listed) == (0, list(ARTICLES))
    assert f"recognising: {title}" in out
    assert max(len(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_printed_with_its_sources_and_its_review_state(run: Run, name: str) -> None:
    code, out, err = run("learn", name, "--lang", "en")
    assert (code, err) == (0, "")
    assert ARTICLES[name].title.en in out
    assert "not yet been reviewed by a clinician" in out
    assert "\n[1] " in out


def test_the_illustration_is_written_beside_the_text(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "pictures" / "grades.svg"
    code, out, err = run("learn", "grades", "--lang", "en", "--svg", file)
    assert code == 0
    assert "Grade 1, 2 or 3" in out
    assert str(file) in err
    assert file.read_text(encoding="utf-8").startswith("<svg ")


def test_the_illustration_alone_goes_to_standard_output(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", written)
    assert main.main(["learn", "may_i_sport", "--svg", "-"]) == 0
    written.seek(0)
    alone = written.read()
    assert alone.startswith("<svg ")
    assert alone.endswith("</svg>\n")


def test_an_unknown_article_is_named_with_the_nearest(run: Run) -> None:
    code, out, err = run("learn", "grade", "--lang", "en")
    assert (code, out) == (2, "")
    assert err == "grade: is not an article. Did you mean grades?\n"


def test_a_name_that_is_near_to_nothing_is_sent_to_the_list(run: Run) -> None:
    assert run("learn", "xyzzy", "--lang", "en")[2] == "xyzzy: is not an article. 'herstel learn' lists them all.\n"


def test_a_picture_without_an_article_is_refused(run: Run, tmp_path: Path) -> None:
    code, _, err = run("learn", "--svg", tmp_path / "a.svg", "--lang", "en")
    assert code == 2
    assert err.startswith("--svg: no article was named.")


def test_an_article_without_a_drawing_says_so_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    code, out, err = run("learn", "exercises_at_home", "--svg", file, "--lang", "en")
    assert (code, out, file.exists()) == (2, "", False)
    assert err.startswith("exercises_at_home: this article shows exercises and has no illustration of its own.")
