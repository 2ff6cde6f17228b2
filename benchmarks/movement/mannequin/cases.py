"""Named recordings with their exact answer: what must be measured, refused or flagged."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np

from benchmarks.movement.mannequin import motions as m
from benchmarks.movement.mannequin.body import Clothes
from benchmarks.movement.mannequin.camera import Camera
from benchmarks.movement.mannequin.kinematics import Build
from benchmarks.movement.mannequin.scene import Actor, Board, Scene
from herstel.movement.model import Code, MovementTest
from herstel.movement.pose import BodySide, FloatArray

Must = Literal["measure", "refuse", "flag"]
LYING = Camera(target_m=(0.05, 0.3, 0.0))
STANDING = Camera()
FAR_OFF = Camera(distance_m=4.6)
KNEELING = Camera(target_m=(0.35, 0.5, 0.0))
LOW = Camera(target_m=(0.0, -0.35, 0.0), height_m=0.0, distance_m=3.6)
FRONT = Camera(width_px=720, height_px=1280, focal_px=1500, yaw_deg=90, distance_m=3.6)
BENCH = Board(low_m=(-0.9, -0.8), high_m=(0.0, -0.1), aside_m=0.05)
BOARD = Board(low_m=(-0.12, -1.1), high_m=(1.3, 1.2), aside_m=0.6)
BAR = Board(low_m=(-2.6, -1.3), high_m=(2.6, -0.1), aside_m=0.6)
COLOURS = {
    "pale_in_blue": Clothes(shirt=(60, 90, 170), shorts=(90, 90, 96), skin=(240, 205, 184), hair=(190, 150, 90)),
    "dark_in_yellow": Clothes(shirt=(214, 180, 60), shorts=(60, 30, 60), skin=(104, 68, 48), hair=(22, 18, 16)),
}
SHAPES = {
    "small_and_broad": Build(trunk_m=0.46, thigh_m=0.38, shank_m=0.37, girth=1.2),
    "tall_and_thin": Build(trunk_m=0.54, thigh_m=0.47, shank_m=0.46, girth=0.88),
}
LIMITS: Mapping[str, float] = {
    "break_point_lean_deg": 4, "break_point_knee_deg": 4, "peak_trunk_lean_deg": 5, "reps": 0, "pelvic_drop_deg": 3,
    "trunk_lean_deg": 3, "cadence_steps_per_min": 4, "stride_time_s": 0.03, "knee_peak_flexion_deg": 6,
    "hip_peak_flexion_deg": 5, "hip_peak_extension_deg": 5, "hip_flexion_at_top_deg": 5,
    "hold_ankle_dorsiflexion_deg": 6, "fppa_deg": 4, "hip_bend_at_break_deg": 5, "peak_lean_deg": 4,
    "knee_flexion_at_peak_deg": 6, "trunk_lean_mean_deg": 4,
}  # fmt: skip
"""How far a number may be off; what is held: 3 degrees."""
HELD_DEG = 3.0
LEGS_UP: tuple[MovementTest, ...] = ("active_knee_extension", "straight_leg_raise")
ON_FOOT: tuple[MovementTest, ...] = ("running", "walking", "forward_bend")
STANDING_HIP_M = 0.95


@dataclass(frozen=True, kw_only=True, eq=False)
class Case:
    """One recording: who does what, seen from where, and what must come of it.

    Attributes
    ----------
    turned : everything mirrored: the other leg, seen from the other side.
    far : the other leg, seen from the same side.
    onlookers : where somebody else stands, forward and to the right of who is measured.
    """

    name: str
    test: MovementTest
    done: m.Performance
    camera: Camera
    must: Must = "measure"
    code: Code | None = None
    boards: tuple[Board, ...] = ()
    onlookers: tuple[tuple[float, float], ...] = ()
    build: Build = field(default_factory=Build)
    clothes: Clothes = field(default_factory=Clothes)
    light: float = 1.0
    turned: bool = False
    far: bool = False

    @property
    def side(self) -> BodySide:
        """The leg that is tested."""
        return "left" if self.turned or self.far else "right"

    @property
    def off_sagittal_deg(self) -> float:
        """How far the camera is off square to the side, 0 to 90."""
        return float(np.degrees(np.arcsin(abs(np.sin(np.radians(self.camera.yaw_deg))))))

    @cached_property
    def scene(self) -> Scene:
        done = self.done.exchanged() if self.turned or self.far else self.done
        camera = self.camera
        if self.turned:
            x, y, z = camera.target_m
            camera = replace(camera, yaw_deg=180 - camera.yaw_deg, target_m=(x, y, -z))
        boards = self.boards
        if self.turned:
            boards = tuple(replace(one, aside_m=-one.aside_m) for one in boards)
        person = Actor(motion=done.motion, build=self.build, clothes=self.clothes)
        clothes = COLOURS["pale_in_blue"]
        hips_m = Scene(actors=(person,)).floor + STANDING_HIP_M
        onlooker = m.upright(done.motion)
        others = tuple(Actor(motion=onlooker, clothes=clothes, at_m=(x, hips_m, z)) for x, z in self.onlookers)
        return Scene(actors=(person, *others), camera=camera, boards=boards, light=self.light)

    def allowed(self, name: str) -> float:
        """How far a measurement may be off."""
        return LIMITS.get(name, HELD_DEG)

    def truth(self) -> dict[str, object]:
        """The exact answer frame by frame, as it is written beside a clip."""
        scene = self.scene
        rounded = {name: np.round(curve, 3).tolist() for name, curve in self._angles().items()}
        return {
            "name": self.name, "fps": scene.fps, "frames": scene.frames, "width": scene.camera.width_px,
            "height": scene.camera.height_px, "test": self.test, "side": self.side[0], "must": self.must,
            "code": self.code, "view_yaw_off_sagittal": round(self.off_sagittal_deg, 1),
            "expect": dict(self.done.wanted), "hold_frames": self.done.hold_frames,
            "break_frame": self.done.break_frame,
            "angles_deg": rounded,
            "joint_centres_px": {name: np.round(xy, 2).tolist() for name, xy in scene.joint_centres_px().items()},
        }  # fmt: skip

    def _angles(self) -> dict[str, FloatArray]:
        return self.scene.actors[0].angles


def _lying_boards(test: MovementTest) -> tuple[Board, ...]:
    return (BENCH,) if test in ("jurdan", "modified_thomas") else ()


DONE_WELL: Mapping[MovementTest, tuple[m.Performance, Camera]] = {
    "active_knee_extension": (m.knee_extension(30), LYING),
    "straight_leg_raise": (m.leg_raise(75), LYING),
    "jurdan": (m.jurdan(25, -12), replace(LYING, target_m=(0.05, 0.1, 0.0))),
    "modified_thomas": (m.thomas(-8, 60), replace(LYING, target_m=(0.05, 0.0, 0.0))),
    "nordic": (m.nordic(50), KNEELING),
    "knee_to_wall": (m.knee_to_wall(38), LOW),
    "forward_bend": (m.forward_bend(100), STANDING),
    "single_leg_bridge": (m.bridge(5), replace(LYING, target_m=(0.0, 0.2, 0.0))),
    "single_leg_squat": (m.single_leg_squat(2), FRONT),
    "running": (m.running(), Camera(width_px=960, height_px=960)),
    "walking": (m.walking(), replace(FAR_OFF, distance_m=5.0)),
}


def cases() -> Iterator[Case]:
    """Every case, each name once."""
    yield from _done_well()
    yield from _other_answers()
    yield from _other_people()
    yield from _views()
    yield from _cheats()
    yield from _bad_recordings()


def _case(name: str, test: MovementTest, **more: object) -> Case:
    done, camera = DONE_WELL[test]
    given = {"done": done, "camera": camera, "boards": _lying_boards(test), **more}
    return Case(name=f"{test}/{name}", test=test, **given)  # type: ignore[arg-type]


def _done_well() -> Iterator[Case]:
    for test in DONE_WELL:
        yield _case("near", test)
        yield _case("facing_left", test, turned=True)
    for test in ("active_knee_extension", "jurdan"):
        yield _case("far", test, far=True)


def _other_answers() -> Iterator[Case]:
    for knee in (5, 15, 45, 60):
        yield _case(f"knee_{knee}", "active_knee_extension", done=m.knee_extension(knee))
    for thigh in (40, 60, 90, 105):
        yield _case(f"thigh_{thigh}", "straight_leg_raise", done=m.leg_raise(thigh, knee=2))
    for knee, hanging in ((10, -20), (40, 5)):
        yield _case(f"knee_{knee}", "jurdan", done=m.jurdan(knee, hanging))
    for hanging, knee in ((5, 45), (-18, 75)):
        yield _case(f"thigh_{hanging}", "modified_thomas", done=m.thomas(hanging, knee))
    for at in (30, 40, 65):
        yield _case(f"break_{at}", "nordic", done=m.nordic(at))
    yield _case("break_50_60fps", "nordic", done=m.nordic(50, fps=60))
    yield _case("without_a_fall", "nordic", done=m.nordic(60, falls=False))
    for lean in (25, 46):
        yield _case(f"lean_{lean}", "knee_to_wall", done=m.knee_to_wall(lean))
    for lean in (60, 85, 115):
        yield _case(f"lean_{lean}", "forward_bend", done=m.forward_bend(lean))
    for reps in (1, 8, 12):
        yield _case(f"reps_{reps}", "single_leg_bridge", done=m.bridge(reps, seconds=1.2))
    for reps, inwards in ((1, 4), (4, 8)):
        yield _case(f"reps_{reps}", "single_leg_squat", done=m.single_leg_squat(reps, inwards=inwards))
    yield _case("leaning", "single_leg_squat", done=m.single_leg_squat(3, inwards=6, drop=8, side_lean=12))
    yield _case("slow", "running", done=m.running(0.76, bend=0.7))
    yield _case("fast", "running", done=m.running(0.62, fps=120, frames=240, lean=12))
    yield _case("slow", "walking", done=m.walking(1.3, speed=1.0, frames=200))
    yield _case("30fps", "walking", done=m.walking(1.12, fps=30, frames=85))


def _other_people() -> Iterator[Case]:
    for test in ("active_knee_extension", "straight_leg_raise", "modified_thomas"):
        for name, clothes in COLOURS.items():
            yield _case(name, test, clothes=clothes)
        for name, build in SHAPES.items():
            yield _case(name, test, build=build)


def _views() -> Iterator[Case]:
    for test in ("active_knee_extension", "straight_leg_raise", "forward_bend", "running"):
        camera = DONE_WELL[test][1]
        for yaw in (-12, 8, 12):
            yield _case(f"yaw_{yaw}", test, camera=replace(camera, yaw_deg=yaw))
        for yaw in (-45, 40, 55, 75, 90):
            yield _case(f"yaw_{yaw}", test, camera=replace(camera, yaw_deg=yaw), must="refuse", code="wrong_view")
    for yaw in (0, 45, 60, 70, 115):
        camera = replace(FRONT, yaw_deg=yaw)
        yield _case(f"yaw_{yaw}", "single_leg_squat", camera=camera, must="refuse", code="wrong_view")
    yield _case("far", "straight_leg_raise", far=True, must="refuse", code="wrong_view")
    yield _case(
        "standing", "straight_leg_raise", done=m.forward_bend(30), camera=STANDING, must="refuse", code="wrong_view"
    )


def _cheats() -> Iterator[Case]:
    yield _case("small_tremor", "active_knee_extension", done=m.knee_extension(30, shakes=0.8))
    yield _case("tremor", "active_knee_extension", done=m.knee_extension(30, shakes=7), must="flag", code="not_still")
    yield _case("tremor", "straight_leg_raise", done=m.leg_raise(70, shakes=6), must="flag", code="not_still")
    yield _case(
        "thigh_drops", "active_knee_extension", done=m.knee_extension(15, thigh=68), must="refuse", code="not_still"
    )
    for knee in (20, 35):
        yield _case(
            f"knee_bent_{knee}",
            "straight_leg_raise",
            done=m.leg_raise(85, knee=knee),
            must="flag",
            code="knee_not_straight",
        )
    yield _case("hip_bend", "nordic", done=m.nordic(50, hip_bend=30))
    for knee in (20, 40):
        yield _case(
            f"knees_bent_{knee}", "forward_bend", done=m.forward_bend(95, knee=knee), must="flag", code="knees_bent"
        )


def _bad_recordings() -> Iterator[Case]:
    for test in ("active_knee_extension", "forward_bend", "walking"):
        yield _case("second_person", test, onlookers=((-0.9, -0.8),), must="refuse", code="several_people")
        yield _case("dark", test, light=0.12, must="refuse", code="too_dark")
        camera = replace(DONE_WELL[test][1], drift_m_s=0.7)
        yield _case("moving_camera", test, camera=camera, must="refuse", code="camera_moving")
    for lying in LEGS_UP:
        yield _case("behind_a_board", lying, boards=(BOARD,), must="refuse", code="occluded")
    for test in ON_FOOT:
        yield _case("behind_a_bar", test, boards=(BAR,), must="refuse", code="occluded")
    high: Mapping[MovementTest, float] = {"running": 1.0, "walking": 0.9, "forward_bend": 0.6}
    for test, up in high.items():
        camera = DONE_WELL[test][1]
        camera = replace(camera, target_m=(0.0, up, 0.0))
        yield _case("feet_outside", test, camera=camera, must="refuse", code="feet_not_visible")
    low = replace(LYING, target_m=(0.05, -0.25, 0.0))
    yield _case("feet_outside", "straight_leg_raise", camera=low, must="refuse", code="feet_not_visible")
    yield _case("30fps", "running", done=m.running(fps=30, frames=75), must="refuse", code="low_frame_rate")
    yield _case("15fps", "nordic", done=m.nordic(50, fps=15), must="refuse", code="low_frame_rate")
