from pathlib import Path

import pytest

from tools import tours

ROOT = tours.ROOT


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def made() -> dict[Path, bytes]:
    """Every file of the tours as it is made now."""
    return tours.everything()


@pytest.mark.parametrize("name", tours.TOURED)
def test_a_tour_is_what_is_made_of_its_case_now(made: dict[Path, bytes], name: str) -> None:
    folder = tours.FOLDER / name
    now = {named(path): content for path, content in made.items() if path.is_relative_to(folder)}
    kept = {named(path): path.read_bytes() for path in folder.rglob("*.*")}
    assert sorted(kept) == sorted(now), "run make tours"
    assert [path for path in now if kept[path] != now[path]] == [], "run make tours, and look at what changed"


@pytest.mark.parametrize("name", tours.TOURED)
def test_a_tour_holds_the_text_in_both_languages_the_week_and_the_pictures(name: str) -> None:
    files = {path.relative_to(tours.FOLDER / name).as_posix() for path in (tours.FOLDER / name).rglob("*.*")}
    assert {"tour.nl.txt", "tour.en.txt", "chain.svg", "progress.svg", "forecast.svg", "week.ics"} <= files
    assert sum(file.startswith("figures/") for file in files) >= 3


def test_the_packaged_person_is_the_one_of_the_examples(made: dict[Path, bytes]) -> None:
    assert tours.tour.EXAMPLE.read_bytes() == made[tours.tour.EXAMPLE], "run make tours"
