"""The figure of markers with the measured angle: the lines, what it is measured against, and what is not known."""

from dataclasses import replace

import numpy as np
import pytest

from herstel.drawing.shapes import Circle, Label, Path
from herstel.movement.mocap.stick_picture import SIDE, stick_picture
from herstel.movement.model import DrawnAngle
from herstel.movement.pose import BONES, INDEX, PointName
from tests.unit.movement import figures as f

KNEE: tuple[PointName, ...] = ("right_hip", "right_knee", "right_ankle")
SHOWN = DrawnAngle(frame=74, points=KNEE, label="30°")


def test_every_line_of_the_body_and_the_angle_with_its_value() -> None:
    drawing = stick_picture(f.knee_extension(30), SHOWN, "The bend of your knee: 30°")
    lines = [one for one in drawing.shapes if isinstance(one, Path)]
    assert len([one for one in lines if one.ink == "soft"]) == len(BONES)
    assert len([one for one in lines if one.ink == "accent"]) == 2
    assert [one.text for one in drawing.shapes if isinstance(one, Label)] == ["30°"]
    assert drawing.description == "The bend of your knee: 30°"
    places = np.array([place for one in lines for place in one.points])
    assert places.min() >= 0
    assert places.max() <= SIDE


@pytest.mark.parametrize(("against", "way"), [("horizontal", (1, 0)), ("vertical", (0, -1))])
def test_what_is_measured_against_is_a_broken_line(against: str, way: tuple[int, int]) -> None:
    shown = replace(SHOWN, points=KNEE[:2], against=against)  # type: ignore[arg-type]
    (broken,) = (
        one for one in stick_picture(f.leg_raise(50), shown, "x").shapes if isinstance(one, Path) and one.dashed
    )
    along = np.subtract(broken.points[1], broken.points[0])
    assert along / np.linalg.norm(along) == pytest.approx(way)


def test_the_level_line_goes_to_where_the_limb_is() -> None:
    shown = replace(SHOWN, points=KNEE[:2], against="horizontal")
    (broken,) = (
        one
        for one in stick_picture(
            f.mirrored(f.leg_raise(50)), replace(shown, points=("left_hip", "left_knee")), "x"
        ).shapes
        if isinstance(one, Path) and one.dashed
    )
    assert broken.points[1][0] < broken.points[0][0]


def test_a_frame_without_points_is_an_empty_figure_and_without_a_corner_there_is_no_reference() -> None:
    nothing = f.without(f.leg_raise(50), slice(None), *INDEX)
    shown = replace(SHOWN, points=KNEE[:2], against="horizontal")
    assert stick_picture(nothing, shown, "x").shapes == ()
    no_hip = stick_picture(f.without(f.leg_raise(50), slice(None), "right_hip"), shown, "x")
    assert not [one for one in no_hip.shapes if isinstance(one, Path) and one.dashed]


def test_two_lines_that_do_not_meet_stay_apart() -> None:
    shown = replace(SHOWN, points=("right_knee", "right_ankle", "left_hip", "left_knee"))
    lines = [one for one in stick_picture(f.jurdan(), shown, "x").shapes if isinstance(one, Path)]
    assert len([one for one in lines if one.ink == "accent"]) == 2


def test_what_is_not_known_is_not_drawn() -> None:
    pose = f.without(f.knee_extension(30), slice(None), "right_knee", "left_toe")
    drawing = stick_picture(pose, SHOWN, "x")
    assert not [one for one in drawing.shapes if isinstance(one, Label)]
    assert not [one for one in drawing.shapes if isinstance(one, Path) and one.ink == "accent"]
    known = np.isfinite(pose.xy_px[74]).all(axis=1)
    assert len([one for one in drawing.shapes if isinstance(one, Circle)]) == known.sum()
    assert not known[INDEX["right_knee"]]
