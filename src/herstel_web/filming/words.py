"""Numbers and names as the pages of filming say them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from herstel.movement.model import MovementUnit
from herstel.text import Language

DECIMALS: Mapping[str, int] = {"s": 2, "ratio": 2, "m": 2}
SIGNS: Mapping[str, str] = {"deg": "°", "count": "", "s": " s", "percent": "%", "ratio": "", "m": " m"}
CURVES: Mapping[str, str | Promise] = {
    "knee_flex": gettext_lazy("bend of the knee"),
    "hip_ankle_line_to_horizontal": gettext_lazy("height of the leg"),
    "thigh_to_horizontal": gettext_lazy("stand of the thigh"),
    "knee_shoulder_lean": gettext_lazy("lean of the body"),
    "shank_fwd_lean": gettext_lazy("lean of the shin"),
    "trunk_lean_fwd": gettext_lazy("lean of the trunk"),
    "trunk_thigh_flex": gettext_lazy("bend of the hip"),
    "fppa2d": gettext_lazy("knee inwards (+) or outwards (-)"),
}
"""The curves that are drawn, in words."""


def number(value: float, decimals: int, language: Language) -> str:
    """A number as it is written in a language, with a real minus; nothing is not negative."""
    told = f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "\N{MINUS SIGN}")
    return told.replace(".", ",") if language == "nl" else told


def amount(value: float, unit: MovementUnit, language: Language, *, finer: bool = False) -> str:
    """A number with its unit; ``finer`` with one decimal more."""
    told = number(value, DECIMALS.get(unit, 0) + finer, language)
    return f"{told} {gettext('steps/min')}" if unit == "steps/min" else f"{told}{SIGNS[unit]}"


def side_in_words(side: str | None) -> str:
    return {"left": gettext("left"), "right": gettext("right")}.get(side or "", "")
