"""The norms of the tests against the evidence table they were taken from."""

import csv
import re
from pathlib import Path

import pytest

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.norm_entries import Norm

CHAIN = load_knowledge().chain
NO_NORM = {
    "HHD knee flexors vs Isokinetic",
    "Ankle dorsiflexion vs hamstring injury",
    "Pelvic tilt change after 6-week programme",
    "Glute med EMG while running",
    "Trunk cluster EMG early swing and glute max late swing",
    "Days to walk pain-free",
}
"""Rows that hold an association or nothing; they are evidence in words."""
EVIDENCE_IN_WORDS = {("S-MAS", "men elite, prospective")}

TESTS = {
    "Active knee extension deficit (AKE, hip 90)": "active_knee_extension",
    "Active knee extension deficit at return to play": "active_knee_extension",
    "Passive knee extension deficit (PKE, hip 90)": "passive_knee_extension",
    "Passive straight leg raise": "straight_leg_raise",
    "Straight leg raise, injured leg at baseline": "straight_leg_raise",
    "Jurdan test (thigh flexion with other hip extended)": "jurdan",
    "Maximal hip flexion active knee extension (MHFAKE)": "mhfake",
    "Askling H-test (active ballistic SLR)": "h_test",
    "Askling H-test insecurity VAS": "h_test_insecurity",
    "H-test maximum speed": "h_test_speed",
    "Modified Thomas, hip angle": "modified_thomas_hip",
    "Modified Thomas, knee angle": "modified_thomas_knee",
    "Prone passive hip extension": "prone_hip_extension",
    "Active straight-leg-raise pain with knee extension test": "knee_extension_discomfort",
    "Length of palpation tenderness": "palpation_length",
    "Single-leg hamstring bridge (SLHB)": "single_leg_bridge",
    "Single-leg glute bridge hold": "glute_bridge_hold",
    "Double-leg long-lever bridge hold": "long_lever_bridge",
    "Side plank": "side_plank",
    "Biering-Sorensen": "back_extension_hold",
    "Trunk flexor hold (60 deg)": "trunk_flexor_hold",
    "Prone plank": "front_plank",
    "Single-leg squat FPPA": "single_leg_squat_fppa",
    "Single-leg squat pelvic drop": "single_leg_squat_pelvic_drop",
    "Single-leg squat trunk lean": "single_leg_squat_trunk_lean",
    "Lateral step-down quality score": "lateral_step_down",
    "Nordic peak force after >3-week hamstring injury": "nordic_after_injury",
    "Nordic break-point angle": "nordic_break_point",
    "Isometric hamstring 90/90 supine": "isometric_90",
    "Isometric hamstring 30 deg": "isometric_30",
    "Isometric hamstring, sphygmomanometer 90 or 30": "isometric_pressure",
    "Isometric 15/15 long length": "isometric_15",
    "HHD outer range (prone, hip flexed), injured leg early": "outer_range_ratio",
    "HHD mid range, injured leg early": "mid_range_ratio",
    "HHD inner range, injured leg early": "inner_range_ratio",
    "Isokinetic hamstring concentric 60 deg/s": "isokinetic_hamstring",
    "H:Q conventional 60 deg/s": "hq_conventional",
    "H:Q functional ecc 30 / con 240": "hq_functional",
    "Eccentric strength asymmetry (isokinetic)": "isokinetic_eccentric_asymmetry",
    "Knee-to-wall distance": "knee_to_wall",
    "Knee-to-wall angle": "knee_to_wall_angle",
    "Navicular drop static": "navicular_drop",
    "Navicular drop dynamic": "navicular_drop_dynamic",
    "Foot posture index": "foot_posture",
    "Single-leg balance eyes open": "balance_open",
    "Single-leg balance eyes closed": "balance_closed",
    "Y-balance anterior reach": "y_balance_anterior",
    "Y-balance composite": "y_balance",
    "Single-leg hop distance": "single_leg_hop",
    "Triple hop distance": "triple_hop",
    "Heel raise single-leg": "heel_raise",
    "30 m sprint": "sprint_30m",
    "Maximal sprint speed": "max_sprint_speed",
    "S-MAS (sprint mechanics score)": "s_mas",
    "Anterior pelvic tilt static": "pelvic_tilt_standing",
    "Anterior pelvic tilt, late swing, maximal sprint (2D)": "pelvic_tilt_sprint",
    "Trunk side-bend in sprint": "sprint_trunk_side_bend",
    "Biceps femoris fascicle length": "fascicle_length",
    "Overstride (foot ahead of hip at contact)": "overstride",
    "Pain on single-leg bridge day 7": "bridge_pain",
}
BOTH_LIMITS = {"navicular_drop", "nordic_force_newton", "s_mas"}
"""Two limits in one row: the larger is used, or each has a norm of its own, or the first is the one that counts."""
RELATIVE = {"jurdan", "mhfake", "h_test", "h_test_speed", "isometric_15", "active_knee_extension"}
"""Their limit is a share of or a difference with the other side, so it stands as the asymmetry."""


def rows() -> list[dict[str, str]]:
    file = Path(__file__).parents[3] / "shared" / "evidence" / "chain_norms.csv"
    if not file.is_file():
        pytest.skip("the evidence table (../shared/evidence/chain_norms.csv) is not beside the project")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


def test_of(row: dict[str, str]) -> str:
    if row["test"] == "Nordic peak force":
        return "nordic_force" if row["unit"] == "N/kg" else "nordic_force_newton"
    return TESTS[row["test"]]


test_of.__test__ = False  # type: ignore[attr-defined]


def numeric_rows() -> list[dict[str, str]]:
    return [
        row for row in rows()
        if row["test"] not in NO_NORM and (row["test"], row["population"]) not in EVIDENCE_IN_WORDS
    ]  # fmt: skip


def numbers(text: str) -> list[float]:
    """The numbers of a cell; a range counts by its ends, a minus only where no digit stands before it."""
    return [float(found) for found in re.findall(r"(?<![\d.])-?\d+(?:\.\d+)?|(?<=-)\d+(?:\.\d+)?", text)]


def norms_of(row: dict[str, str]) -> tuple[Norm, ...]:
    return CHAIN.norms[test_of(row)]


def test_the_table_has_the_rows_this_was_made_from() -> None:
    assert len(rows()) == 94
    assert len(numeric_rows()) == 94 - len(NO_NORM) - len(EVIDENCE_IN_WORDS)
    assert {test_of(row) for row in numeric_rows()} <= set(CHAIN.norms)


@pytest.mark.parametrize("column", ["mean", "sd"])
def test_every_mean_and_spread_of_the_table_is_a_norm(column: str) -> None:
    for row in numeric_rows():
        found = {getattr(norm, column) for norm in norms_of(row)}
        for number in row[column].split("/"):
            assert not number or float(number) in found, (row["test"], row["population"], column)


def test_a_mean_stands_in_one_norm_with_its_spread() -> None:
    for row in numeric_rows():
        if row["mean"] and row["sd"]:
            pairs = {(norm.mean, norm.sd) for norm in norms_of(row)}
            assert (float(row["mean"]), float(row["sd"])) in pairs, (row["test"], row["population"])


def test_every_limit_of_the_table_is_a_norm() -> None:
    for row in numeric_rows():
        test, cell = test_of(row), row["deficit_threshold"]
        if test in RELATIVE and not re.match(r"[<>]=?-?\d+(\.\d+)?$", cell):
            continue
        limits = {limit for norm in norms_of(row) for limit in (norm.deficit, norm.deficit_high) if limit is not None}
        found = re.findall(r"[<>]=?\s*(-?\d+(?:\.\d+)?)", cell) if "%" not in cell else []
        wanted = [max(map(float, found))] if test == "navicular_drop" else list(map(float, found))
        if test == "s_mas":
            wanted = wanted[:1]
        for number in wanted:
            assert number in limits, (row["test"], row["population"], cell)


def test_every_asymmetry_and_detectable_change_is_a_norm_and_of_a_range_the_larger() -> None:
    for row in numeric_rows():
        for cell, attribute, percent in (
            (row["asymmetry_threshold"], "asymmetry", "asymmetry_percent"),
            (row["mdc"], "mdc", "mdc_percent"),
        ):
            found = [abs(number) for number in numbers(cell)]
            if not found:
                continue
            wanted = (found[0] if " and " in cell else max(found), "%" in cell)
            pairs = {(getattr(norm, attribute), getattr(norm, percent)) for norm in norms_of(row)}
            if CHAIN.tests[test_of(row)].unit == "percent":  # a percentage is the unit itself there
                wanted, pairs = (wanted[0], True), {(limit, True) for limit, _ in pairs}
            assert wanted in pairs, (row["test"], row["population"], cell)


def test_each_age_of_balance_has_its_own_mean() -> None:
    for test, ages in (("balance_open", "18-39 / 40-49 / 50-59 / 60-69 / 70-79"),
                       ("balance_closed", "18-39 / 40-49 / 50-59 / 60-69")):  # fmt: skip
        (row,) = (row for row in rows() if TESTS.get(row["test"]) == test)
        assert row["population"] == ages
        means = [norm.mean for norm in CHAIN.norms[test]]
        assert means == [float(mean) for mean in row["mean"].split("/")]
        bands = [f"{norm.age_low:g}-{norm.age_high:g}" for norm in CHAIN.norms[test]]
        assert bands == ages.split(" / ")


def test_a_number_that_was_published_is_not_called_an_estimate_and_the_reverse() -> None:
    """A row of the table is never more certain in the norms than it is there."""
    surest = {"published": 2, "mixed": 2, "background": 1, "elicited": 0}
    for row in numeric_rows():
        if row["mean"]:
            for norm in norms_of(row):
                if norm.mean == float(row["mean"].split("/")[0]):
                    assert {"published": 2, "background": 1, "elicited": 0}[norm.basis] <= surest[row["basis"]], row
