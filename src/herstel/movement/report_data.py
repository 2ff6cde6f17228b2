"""A movement report as plain data: what ``herstel movement --json`` prints, whatever the recording was."""

import math
from collections.abc import Iterator, Mapping

from herstel.knowledge.movement_entries import MovementKnowledge
from herstel.movement.model import MovementMeasurement, MovementReport, Notice
from herstel.text import Language, say


def report_data(report: MovementReport, limits: MovementKnowledge, language: Language) -> dict[str, object]:
    """The report with its texts in one language; a number that is not known is None.

    Parameters
    ----------
    report : MovementReport
    limits : MovementKnowledge
        Holds the texts of what no recording can tell.
    language : {"nl", "en"}
    """
    return {
        "test": report.test,
        "side": report.side,
        "near_side": report.near_side,
        "measurements": [_measurement(one) for one in report.measurements],
        "refusals": [notice_data(one, language) for one in report.refusals],
        "flags": [notice_data(one, language) for one in report.flags],
        "not_measured": not_measured(report, limits, language),
        "view_off_sagittal_deg": _rounded(report.view_off_sagittal_deg, 1),
        "fps": _rounded(report.fps, 3),
        "frames": report.frames,
        "series": dict(_series(report)),
    }


def not_measured(report: MovementReport, limits: MovementKnowledge, language: Language) -> dict[str, str]:
    """What this recording cannot tell and why, by name."""
    always = {one.id: one.text[language] for one in limits.cannot(report.test)}
    return {name: always.get(name) or say(language, reason) for name, reason in report.not_measured.items()}


def notice_data(notice: Notice, language: Language) -> dict[str, str]:
    """A refusal or a flag in words."""
    return {
        "code": notice.code,
        "message": say(language, notice.message, **notice.values),
        "remedy": say(language, notice.remedy, **notice.values),
    }


def _measurement(one: MovementMeasurement) -> Mapping[str, object]:
    return {
        "name": one.name,
        "value": _rounded(one.value, 3),
        "unit": one.unit,
        "side": one.side,
        "standard_error": one.standard_error,
        "detectable_change": _rounded(one.detectable, 2),
        "quality": one.quality,
        "frame": one.frame,
        "chain_test": one.test,
    }


def _series(report: MovementReport) -> Iterator[tuple[str, list[float | None]]]:
    for name, curve in report.series.items():
        yield name, [_rounded(float(value), 2) for value in curve]


def _rounded(value: float | None, decimals: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, decimals)
