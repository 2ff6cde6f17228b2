"""What is usual for a test of the movement chain, and in whom: the rows of ``tests/norms.csv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from herstel.quantities import BASES, Basis
from herstel.text import Text

NormSex = Literal["female", "male", "any"]
NormLevel = Literal["any", "athlete", "elite"]
NormState = Literal["any", "healthy", "acute", "after_return"]
W = TypeVar("W", bound=str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """What is usual for a test in one population; a row of ``tests/norms.csv``.

    A result beyond ``deficit``, in the test's direction, deviates; ``inclusive``: the limit itself does so too.
    ``asymmetry`` and ``mdc`` are in the unit of the test, or in percent of the better side / of the value where
    ``*_percent`` is true. Ages are whole years, both ends included.
    """

    test: str
    population: str
    name: Text
    sex: NormSex
    age_low: float
    age_high: float
    level: NormLevel
    state: NormState
    mean: float | None
    sd: float | None
    deficit: float | None
    deficit_high: float | None
    """The upper limit where too much deviates as well."""
    asymmetry: float | None
    asymmetry_percent: bool
    mdc: float | None
    mdc_percent: bool
    basis: Basis
    sources: tuple[str, ...]
    note: str
    inclusive: bool = False


def read_norm(row: Mapping[str, str]) -> tuple[tuple[str, str], Norm]:
    """A row of ``tests/norms.csv`` as the norm and its key, the test and the population.

    Raises
    ------
    ValueError
        When a cell holds what it cannot; the message names what was found.
    """
    sources = tuple(row["sources"].split())
    if not sources:
        raise ValueError("has no source; name at least one id of the sources files")
    norm = Norm(
        test=row["test"],
        population=row["population"],
        name=Text(nl=row["name_nl"], en=row["name_en"]),
        sex=_word(row["sex"], get_args(NormSex)),
        age_low=float(row["age_low"]),
        age_high=float(row["age_high"]),
        level=_word(row["level"], get_args(NormLevel)),
        state=_word(row["state"], get_args(NormState)),
        mean=_number(row["mean"]),
        sd=_number(row["sd"]),
        deficit=_number(row["deficit"]),
        deficit_high=_number(row["deficit_high"]),
        inclusive=_flag(row["inclusive"]),
        asymmetry=_number(row["asymmetry"]),
        asymmetry_percent=_flag(row["asymmetry_percent"]),
        mdc=_number(row["mdc"]),
        mdc_percent=_flag(row["mdc_percent"]),
        basis=_word(row["basis"], BASES),
        sources=sources,
        note=row["note"],
    )
    if norm.age_low > norm.age_high:
        raise ValueError("age_low lies above age_high")
    if norm.sd is not None and norm.sd <= 0:
        raise ValueError(f"sd is above zero, not {norm.sd:g}")
    return (norm.test, norm.population), norm


def _number(text: str) -> float | None:
    return float(text) if text else None


def _flag(text: str) -> bool:
    return _word(text or "no", ("no", "yes")) == "yes"


def _word(text: str, allowed: tuple[W, ...]) -> W:
    for one in allowed:
        if text == one:
            return one
    raise ValueError(f"{text!r} is not one of: {', '.join(allowed)}")
