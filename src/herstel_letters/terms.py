"""The professional's word for every id of the knowledge: ``terms.yaml``, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from herstel.knowledge.yaml_reading import read_yaml
from herstel.text import Text

TermKind = Literal[
    "conditions", "findings", "denied", "red_flags", "imaging", "tests", "implications", "phases", "contacts",
    "recurrence", "gates",
]  # fmt: skip
TERMS_FILE = Path(__file__).parent / "terms.yaml"


@cache
def load_terms() -> Mapping[str, Mapping[str, Text]]:
    """Every term by its kind and id."""
    raw = read_yaml(TERMS_FILE.read_text(encoding="utf-8"))
    return {kind: {str(name): Text(**text) for name, text in terms.items()} for kind, terms in raw.items()}
