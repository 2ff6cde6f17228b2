"""Any file at all gives an assessment or a clear error: exit code 0 or 2, never a traceback, the file untouched."""

import io
import json
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from herstel.complaint.complaint_file import FIELDS
from herstel.knowledge.load import load_knowledge
from herstel_cli.main import main

KNOWLEDGE = load_knowledge()
NAMES = st.sampled_from([*FIELDS, *KNOWLEDGE.questions, *KNOWLEDGE.findings, *KNOWLEDGE.tests, "walking", ""])
CHOICES = [option.id for question in KNOWLEDGE.questions.values() for option in question.options]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from([*CHOICES, "unknown", "none", "positive", "left.sit_bone", "right.calf", "2026-11-19"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAMES, inner, max_size=4)),
    max_leaves=12,
)
COMPLAINTS = st.dictionaries(NAMES, VALUES, max_size=6)


def outcome(content: bytes, ending: str) -> tuple[int, str, str]:
    """Assess a file with this content; checks that it is left alone."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"complaint{ending}"
        file.write_bytes(content)
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["assess", str(file), "--format", "json", "--draws", "20", "--today", "2026-11-22"])
        assert file.read_bytes() == content
    return code, out.getvalue(), err.getvalue()


def is_clear(code: int, out: str, err: str) -> None:
    if code == 0:
        probabilities = [one["probability"] for one in json.loads(out)["differential"]]
        assert sum(probabilities) == pytest.approx(1)
        assert err == ""
    else:
        assert code == 2
        assert out == ""
        assert err.strip()
        assert "Traceback" not in err


@given(content=st.binary(max_size=200), ending=st.sampled_from([".yaml", ".json", ""]))
@example(content=b"[" * 50_000, ending=".yaml")
@example(content=b"a: !!int ''", ending=".yaml")
@example(content=b"{1: 2}", ending="")
def test_any_file_gives_an_assessment_or_a_clear_error(content: bytes, ending: str) -> None:
    is_clear(*outcome(content, ending))


@given(complaint=COMPLAINTS)
def test_any_fields_with_any_values_give_an_assessment_or_a_clear_error(complaint: dict[str, object]) -> None:
    is_clear(*outcome(json.dumps(complaint).encode(), ".json"))


@given(text=st.text(alphabet=st.sampled_from("age_yrs:placs-[]{}&*!?|>'\"#%@` \n\t0123"), max_size=120))
def test_any_scribble_of_yaml_gives_an_assessment_or_a_clear_error(text: str) -> None:
    is_clear(*outcome(text.encode(), ".yaml"))


@given(content=st.binary(max_size=200))
def test_any_bytes_through_a_pipe_give_an_assessment_or_a_clear_error(content: bytes) -> None:
    kept = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8")
    try:
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(["assess", "-", "--format", "json", "--draws", "20"])
    finally:
        sys.stdin = kept
    is_clear(code, out.getvalue(), err.getvalue())
