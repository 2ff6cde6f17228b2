import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge

settings.register_profile("herstel", deadline=None)  # how busy the machine is says nothing about the program
settings.load_profile("herstel")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The knowledge that ships with the package."""
    return load_knowledge()


@pytest.fixture(scope="session")
def published_cases() -> list[dict[str, Any]]:
    """Cases that clinicians published; they stand in a folder beside the project, not in it."""
    file = Path(__file__).parents[2] / "shared" / "cases" / "public.jsonl"
    if not file.is_file():
        pytest.skip("the published cases (../shared/cases) are not beside the project")
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
