from dataclasses import replace
from math import cos, radians, sin

import pytest

from herstel.figures.body import (
    FOREARM,
    HALF_HIPS,
    LUMBAR,
    PELVIS,
    SHANK,
    THIGH,
    THORAX,
    UPPER_ARM,
    frames,
    stretch,
)
from herstel.figures.contacts import body_points
from herstel.figures.timeline import swapped
from herstel.knowledge.figure_entries import Figure, Pose, View
from herstel.text import Text

CAPTION = Text(nl="Sta", en="Stand")


def figure(view: View = "side", *poses: Pose) -> Figure:
    standing = Pose(angles={}, rests=("near_foot",), caption=CAPTION)
    return Figure(id="test", view=view, trains=("hamstring",), poses=poses or (standing, standing))


def pose(**angles: float) -> Pose:
    return Pose(angles=angles, rests=("near_foot",), caption=CAPTION)


def joint(bone: str, view: View = "side", **angles: float) -> tuple[float, float]:
    return frames(pose(**angles), figure(view))[bone].origin


def test_standing_the_joints_are_above_each_other() -> None:
    assert joint("near_shank") == pytest.approx((0, THIGH))
    assert joint("near_foot") == pytest.approx((0, THIGH + SHANK))
    assert joint("head") == pytest.approx((0, -PELVIS - LUMBAR - THORAX))
    assert joint("near_hand")[0] == pytest.approx(0)


def test_the_body_is_as_tall_as_its_parts() -> None:
    """Drillis and Contini: hip at 0.530, shoulder at 0.818 and the crown at 1.000 of the height."""
    points = body_points(pose(), figure(), frames(pose(), figure()))
    sole = points["near_heel"].at[1] + points["near_heel"].radius
    assert sole == pytest.approx(53.0, abs=0.2)
    assert sole - (-PELVIS - LUMBAR - THORAX) == pytest.approx(81.8, abs=0.2)
    assert sole - (points["head"].at[1] - points["head"].radius) == pytest.approx(100, abs=1)


def test_hip_flexion_brings_the_thigh_forward() -> None:
    assert joint("near_shank", near_hip=90) == pytest.approx((THIGH, 0))
    assert joint("far_shank", near_hip=90) == pytest.approx((0, THIGH))


def test_knee_flexion_brings_the_heel_to_the_buttock() -> None:
    assert joint("near_foot", knee=90) == pytest.approx((-SHANK, THIGH))


def test_dorsiflexion_lifts_the_toes_and_toe_extension_too() -> None:
    flat, up = (frames(pose(ankle=ankle), figure())["near_toes"].origin for ankle in (0, 20))
    assert up[1] < flat[1]
    points = [body_points(one, figure(), frames(one, figure()))["near_toe"].at for one in (pose(), pose(toes=30))]
    assert points[1][1] < points[0][1]


def test_a_higher_arch_brings_the_ball_down_and_back() -> None:
    flat, high = (joint("near_toes", arch=arch) for arch in (0, 20))
    assert high[1] > flat[1]
    assert high[0] < flat[0]


def test_the_shoulder_lifts_the_arm_forward_and_the_elbow_the_hand() -> None:
    shoulder = joint("near_upper_arm")
    elbow, wrist = joint("near_forearm", shoulder=90), joint("near_hand", shoulder=90, elbow=90)
    assert elbow == pytest.approx((shoulder[0] + UPPER_ARM, shoulder[1]))
    assert wrist == pytest.approx((elbow[0], elbow[1] - FOREARM))


def test_lying_on_the_back_the_head_is_left_and_a_flexed_hip_points_up() -> None:
    assert joint("head", trunk=-90)[0] < -25
    assert joint("near_foot", trunk=-90) == pytest.approx((THIGH + SHANK, 0))
    assert joint("near_shank", trunk=-90, hip=90) == pytest.approx((0, -THIGH))


def test_lying_on_the_front_the_head_is_right_and_a_bent_knee_points_up() -> None:
    assert joint("head", trunk=90)[0] > 25
    assert joint("near_foot", trunk=90, knee=90) == pytest.approx((-THIGH, -SHANK))


def test_a_hand_computed_hinge() -> None:
    """Trunk 60 forward, hip 70, knee 20: thigh 10 in front of the vertical, shank 10 behind it."""
    knee, ankle = joint("near_shank", trunk=60, hip=70, knee=20), joint("near_foot", trunk=60, hip=70, knee=20)
    assert knee == pytest.approx((THIGH * sin(radians(10)), THIGH * cos(radians(10))))
    assert ankle == pytest.approx((knee[0] - SHANK * sin(radians(10)), knee[1] + SHANK * cos(radians(10))))


def test_the_spine_bends_in_two_places() -> None:
    placed = frames(pose(spine=40, neck=10), figure())
    assert [placed[bone].turn for bone in ("pelvis", "lumbar", "thorax", "head")] == pytest.approx([0, 20, 40, 50])


def test_from_the_front_both_legs_go_outwards() -> None:
    near, far = joint("near_foot", "front", hip=20), joint("far_foot", "front", hip=20)
    assert near[0] < -HALF_HIPS
    assert far[0] > HALF_HIPS
    assert near[1] == pytest.approx(far[1])


def test_from_the_front_near_and_far_are_mirror_images() -> None:
    angles = {"near_hip": 30.0, "near_knee": 12.0, "far_hip": -5.0, "near_shoulder": 40.0, "far_elbow": -60.0}
    one = Pose(angles=angles, rests=("near_foot",), seen={"near_thigh": 0.7}, caption=CAPTION)
    placed, mirrored = frames(one, figure("front")), frames(swapped(one), figure("front"))
    for bone, frame in placed.items():
        side, _, part = bone.partition("_")
        other = mirrored[{"near": f"far_{part}", "far": f"near_{part}"}.get(side, bone)]
        assert other.origin == pytest.approx((-frame.origin[0], frame.origin[1]))


def test_a_segment_that_points_to_the_viewer_is_shorter_and_past_that_points_back() -> None:
    half = replace(pose(), seen={"thigh": 0.5, "near_shank": -1.0})
    placed = frames(half, figure())
    assert placed["near_shank"].origin == pytest.approx((0, THIGH / 2))
    assert placed["near_foot"].origin == pytest.approx((0, THIGH / 2 - SHANK))


def test_what_is_seen_of_a_bone_is_along_the_bone() -> None:
    seen = replace(pose(), seen={"thigh": 0.5, "far_foot": 0.3, "trunk": 0.4})
    assert stretch(seen, "near_thigh") == (1.0, 0.5)
    assert stretch(seen, "far_toes") == (0.3, 1.0)
    assert stretch(seen, "near_toes") == (1.0, 1.0)
    assert stretch(seen, "lumbar") == (1.0, 0.4)
    assert stretch(seen, "head") == (1.0, 1.0)
