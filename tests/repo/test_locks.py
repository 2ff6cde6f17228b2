import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.repo.markdown import ROOT

LOCKS = [ROOT / "requirements" / "lock.txt", ROOT / "requirements" / "lock-dev.txt"]
RUNTIME, DEVELOPMENT = LOCKS
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(path: Path) -> dict[str, str]:
    """Name and version of everything a lock file holds."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;]+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def requirements(path: Path) -> list[str]:
    """The requirements of a lock file, each on one line, without comments."""
    text = re.sub(r"^\s*#.*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def asked(requirement: Requirement) -> list[Requirement]:
    """A requirement, or where it is the project itself with extras, those of the extras."""
    if requirement.name != PROJECT["project"]["name"]:
        return [requirement]
    extras = PROJECT["project"]["optional-dependencies"]
    return [Requirement(one) for extra in sorted(requirement.extras) for one in extras[extra]]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_requirement_is_pinned_with_its_hashes(lock: Path) -> None:
    assert requirements(lock)
    for line in requirements(lock):
        assert re.fullmatch(r"[\w.-]+==[^\s;]+(?: *;[^-]+)?(?:\s+--hash=sha256:[0-9a-f]{64})+\s*", line), line[:80]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_no_addresses(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    for address in ("://", "--index-url", "--extra-index-url", "--find-links", "--trusted-host"):
        assert address not in text


def test_the_tests_run_with_the_versions_the_program_runs_with() -> None:
    assert locked(RUNTIME).items() <= locked(DEVELOPMENT).items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"], "herstel[mocap,video]"]),
        (DEVELOPMENT, PROJECT["project"]["optional-dependencies"]["dev"]),
    ],
    ids=["runtime", "development"],
)
def test_the_locks_answer_what_the_project_asks(lock: Path, wanted: list[str]) -> None:
    versions = locked(lock)
    for requirement in (one for text in wanted for one in asked(Requirement(text))):
        name = canonicalize_name(requirement.name)
        assert name in versions, f"{name} is not locked: run make lock"
        assert versions[name] in requirement.specifier, f"{name} {versions[name]} is not {requirement}: run make lock"
