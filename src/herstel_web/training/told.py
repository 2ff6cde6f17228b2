"""A check-in that was told, as the fields of its form, to correct it."""

from collections.abc import Mapping
from typing import Any

from herstel_web.training import bridge
from herstel_web.training.forms import NONE, NUMBERS, SCALES, STOP_SIGNS, WORDS, Form


def as_form(entry: Mapping[str, Any]) -> Form:
    """A check-in as the fields of its form, to correct it."""
    fields: dict[str, list[str]] = {}
    for name in (*SCALES, *NUMBERS):
        if entry.get(name) is not None:
            fields[name] = [f"{entry[name]:g}"]
    fields |= {name: [entry[name]] for name in (*WORDS, "note") if entry.get(name)}
    fields["stop"] = _told_stop_signs(entry)
    fields["sign"] = _told_signs(entry.get("symptoms", {}))
    done = entry.get("done", ())
    if done or entry.get("could_not"):
        fields["done"] = ["some"]
        fields |= {f"sets.{one['exercise']}": [str(one["sets"])] for one in done if one.get("sets") is not None}
        fields["could_not"] = list(entry.get("could_not", ()))
    for run in entry.get("runs", ())[:1]:
        fields |= {f"run_{name}": [f"{run[name]:g}"] for name in ("step", "pain") if run.get(name) is not None}
        if run.get("limp") is not None:
            fields["run_limp"] = ["yes" if run["limp"] else "no"]
        if run.get("in_fatigue"):
            fields["run_in_fatigue"] = ["1"]
    return Form(fields=fields)


def _told_stop_signs(entry: Mapping[str, Any]) -> list[str]:
    present = [sign for sign in STOP_SIGNS if entry.get(sign)]
    return present or ([NONE] if all(entry.get(sign) is False for sign in STOP_SIGNS) else [])


def _told_signs(symptoms: Mapping[str, bool]) -> list[str]:
    present = [
        sign for sign, findings in bridge.sign_findings().items() if any(symptoms.get(finding) for finding in findings)
    ]
    return present or ([NONE] if symptoms and not any(symptoms.values()) else [])
