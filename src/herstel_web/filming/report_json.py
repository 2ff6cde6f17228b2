"""A report of the domain as it is kept in the database, and back."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from herstel.movement.model import DrawnAngle, MovementMeasurement, MovementReport, Notice

DECIMALS = 2
Kept = Mapping[str, Any]


def to_json(report: MovementReport) -> dict[str, Any]:
    """Plain values; what is not known of a curve is None."""
    kept = asdict(report)
    kept["series"] = {name: _plain(curve) for name, curve in report.series.items()}
    plain: dict[str, Any] = json.loads(json.dumps(kept, default=lambda one: one.item()))  # numbers of numpy
    return plain


def _plain(curve: Any) -> list[float | None]:
    return [None if np.isnan(one) else round(float(one), DECIMALS) for one in curve]


def from_json(kept: Kept) -> MovementReport:
    """The report as it was."""
    curves = {
        name: np.array([np.nan if one is None else one for one in curve], dtype=float)
        for name, curve in kept["series"].items()
    }
    return MovementReport(
        **{
            **kept,
            "measurements": tuple(_measurement(one) for one in kept["measurements"]),
            "refusals": tuple(Notice(**one) for one in kept["refusals"]),
            "flags": tuple(Notice(**one) for one in kept["flags"]),
            "series": curves,
        }
    )


def _measurement(kept: Kept) -> MovementMeasurement:
    shown = kept["shown"]
    drawn = DrawnAngle(**{**shown, "points": tuple(shown["points"])}) if shown else None
    return MovementMeasurement(**{**kept, "shown": drawn})
