import re
from pathlib import Path

import pytest

from tests.repo import markdown
from tests.repo.markdown import ROOT

TEXTS = (".md", ".py", ".yaml", ".csv", ".toml", ".txt", ".html", ".css", ".js", ".po", ".json", ".jsonl")
# A folder that only exists on somebody's own machine.
MACHINE_PATH = re.compile(r"(?<![\w/.~:$-])/(?:home|root|Users|tmp|work|workspace|opt|mnt|media)/\w")
DOCUMENTS = list(markdown.files(".md"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", markdown.prose(document)):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        leads_to = (document.parent / file).resolve() if file else document
        assert leads_to.exists(), f"{named(document)} links to {target}, which does not exist"
        if anchor:
            assert anchor in markdown.anchors(leads_to), f"{named(document)}: {target} has no such heading"


def test_every_page_of_the_documentation_is_on_the_map() -> None:
    docs = ROOT / "docs"
    the_map = (docs / "README.md").read_text(encoding="utf-8")
    for page in docs.rglob("*.md"):
        link = page.relative_to(docs).as_posix()
        assert link == "README.md" or f"({link})" in the_map, f"docs/README.md does not name {link}"


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    for path in [*markdown.files(*TEXTS), ROOT / "Makefile", ROOT / ".ci" / "run", ROOT / "tools" / "lock"]:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found = MACHINE_PATH.search(line)
            assert not found, f"{named(path)}:{number} names {found[0]}..., which exists on one machine only"


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_every_make_command_in_the_documents_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    commands = re.findall(r"(?:^\s*(?:\$ )?|`)make ([a-z-]+)", text, flags=re.MULTILINE)
    assert set(commands) <= make_targets(), f"{named(document)} names targets that the Makefile does not have"


def test_the_readme_gives_the_two_commands_and_continuous_integration_runs_the_second() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in readme
    assert "make test" in readme
    assert "\nmake test\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_every_decision_says_its_context_its_choice_and_what_follows() -> None:
    decisions = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    numbers = [int(page.name[:4]) for page in decisions]
    assert numbers == list(range(1, len(decisions) + 1)), "a number is missing or double"
    for page in decisions:
        assert {"context", "decision", "consequence"} <= markdown.anchors(page), f"{page.name} lacks a heading"
