from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from herstel.case_file import read_case
from herstel.flow import recover
from herstel.knowledge.model import Knowledge
from herstel_web.cases.stored_recovery import from_bytes, to_bytes

EXAMPLES = sorted((Path(__file__).parents[2] / "examples" / "cases").glob("*.yaml"))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_a_recovery_comes_back_as_it_was_kept(file: Path, knowledge: Knowledge) -> None:
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    today = raw.get("as_of") or date(2026, 11, 1)
    recovery = recover(read_case(raw, knowledge, today), today, knowledge)
    kept = replace(recovery, progress=replace(recovery.progress, corrected=()))
    assert from_bytes(to_bytes(recovery)) == kept
