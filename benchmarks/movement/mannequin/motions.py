"""The tests of movement as made-up smooth curves, each with its right answers; nothing was recorded from a person."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from benchmarks.movement.mannequin.kinematics import Build, Curve, Motion, centres, direction
from herstel.movement.pose import FloatArray

HOLD = (24, 60)
"""The frames of a held end position."""
USUAL = Build()


@dataclass(frozen=True, kw_only=True, eq=False)
class Performance:
    """A motion, and the right answers by the name of the measurement."""

    motion: Motion
    wanted: Mapping[str, float]
    hold_frames: tuple[int, int] | None = None
    reps: int | None = None
    break_frame: int | None = None
    build: Build = field(default_factory=Build)

    def exchanged(self) -> "Performance":
        """The same done with the other leg."""
        return replace(self, motion=self.motion.exchanged())


def eased(count: int) -> FloatArray:
    """From 0 to 1 in a smooth movement."""
    return (1 - np.cos(np.linspace(0, np.pi, count))) / 2


def held(start: float, end: float, *, frames: int = 75, hold: tuple[int, int] = HOLD) -> FloatArray:
    """To an end position, held there, and back."""
    there = start + (end - start) * eased(hold[0] + 1)
    back = end + (start - end) * eased(frames - hold[1])
    return np.concatenate([there, np.full(hold[1] - hold[0] - 1, end), back])


def tremor(degrees: float, *, frames: int = 75, fps: float = 30, hertz: float = 3.0) -> FloatArray:
    """A shaking that goes this far to either side."""
    shaken: FloatArray = degrees * np.sin(2 * np.pi * hertz * np.arange(frames) / fps)
    return shaken


def knee_extension(knee: float = 30, *, thigh: float = 90, shakes: float = 0, fps: float = 30) -> Performance:
    """On the back, the thigh upright, the knee straightens."""
    motion = Motion(
        frames=75, fps=fps, trunk_lean=-90, lies=True, thigh=(held(90, thigh), 0.0),
        knee=(held(90, knee) + tremor(shakes), 0.0),
    )  # fmt: skip
    return Performance(
        motion=motion, wanted={"hold_knee_flexion_deg": knee, "hold_thigh_to_horizontal_deg": thigh}, hold_frames=HOLD
    )


def leg_raise(thigh: float = 75, *, knee: float = 4, shakes: float = 0) -> Performance:
    """On the back, a straight leg goes up."""
    motion = Motion(
        frames=75, fps=30, trunk_lean=-90, lies=True, thigh=(held(0, thigh) + tremor(shakes), 0.0),
        knee=(held(0, knee), 0.0),
    )  # fmt: skip
    line = thigh - knee / 2  # thigh and shank are equally long
    return Performance(
        motion=motion, wanted={"hold_hip_ankle_line_deg": line, "hold_knee_flexion_deg": knee}, hold_frames=HOLD
    )


def jurdan(knee: float = 25, hanging: float = -12) -> Performance:
    """On the edge of a table: one leg hangs, the knee of the other straightens."""
    motion = Motion(
        frames=75, fps=30, trunk_lean=-90, lies=True, thigh=(90.0, hanging), knee=(held(85, knee), 70.0)
    )  # fmt: skip
    between = 90 - knee - hanging
    return Performance(
        motion=motion, hold_frames=HOLD,
        wanted={"hold_jurdan_deg": 90 - between, "hold_shank_thigh_deg": between, "hold_knee_flexion_deg": knee},
    )  # fmt: skip


def thomas(hanging: float = -8, knee: float = 60) -> Performance:
    """On the edge of a table: one knee is held to the chest, the other leg is let down."""
    motion = Motion(
        frames=75, fps=30, trunk_lean=-90, lies=True, thigh=(held(40, hanging), 125.0), knee=(held(80, knee), 125.0),
        arm=(15.0, 60.0), elbow=(20.0, 30.0),
    )  # fmt: skip
    return Performance(
        motion=motion, wanted={"hold_thigh_to_horizontal_deg": hanging, "hold_knee_flexion_deg": knee}, hold_frames=HOLD
    )


def nordic(at: float = 50, *, hip_bend: float = 0, fps: float = 30, falls: bool = True) -> Performance:
    """Kneeling, lowered straight forward at 30 degrees a second until the fall begins; the hands catch it."""
    waiting, speed = round(fps / 3), 30.0
    lowering = np.arange(0, at, speed / fps)
    after = np.arange(0, round(0.5 * fps) + 1) / fps
    falling = np.minimum(at + speed * after + 170 * after**2, 86.0) if falls else np.full(len(after), at)
    body = np.concatenate([np.zeros(waiting), lowering, falling])
    bend = hip_bend * np.minimum(1, body / 20)
    trunk_share = USUAL.trunk_m / (USUAL.trunk_m + USUAL.thigh_m)
    thigh = body - bend * trunk_share
    middle = USUAL.thigh_m * direction(90 - thigh)
    motion = Motion(
        frames=len(body), fps=fps, trunk_lean=thigh + bend, thigh=(-90 - thigh, -90 - thigh),
        knee=(90 - thigh, 90 - thigh),
        ankle=(-65.0, -65.0), middle_m=middle, arm=(25 + 1.4 * body, 25 + 1.4 * body), elbow=(50.0, 50.0),
    )  # fmt: skip
    begun = waiting + len(lowering)
    lean = _knee_to_shoulder(motion)[begun]
    wanted = {
        "break_point_lean_deg": float(lean),
        "break_point_knee_deg": float(90 - thigh[begun]),
        "hip_bend_at_break_deg": float(bend[begun]),
    }
    return Performance(
        motion=motion, wanted=wanted if falls else {"peak_lean_deg": float(_knee_to_shoulder(motion).max())},
        break_frame=begun if falls else None,
    )  # fmt: skip


def _knee_to_shoulder(motion: Motion) -> FloatArray:
    at = centres(motion, USUAL)
    line = at["sh_r"] - at["knee_r"]
    return np.degrees(np.arctan2(line[:, 0], line[:, 1]))


def knee_to_wall(lean: float = 38) -> Performance:
    """The front knee goes over the foot, which stays on the floor."""
    shank = held(5, lean)
    thigh = -60 + 0 * shank
    motion = Motion(
        frames=75, fps=30, trunk_lean=5.0, thigh=(thigh, -112.0), knee=(thigh + 90 + shank, 25.0),
        ankle=(shank, 15.0), arm=(60.0, 60.0),
    )  # fmt: skip
    return Performance(
        motion=_standing(motion), wanted={"hold_shank_lean_deg": lean, "hold_ankle_dorsiflexion_deg": lean},
        hold_frames=HOLD,
    )  # fmt: skip


def forward_bend(lean: float = 100, *, knee: float = 3) -> Performance:
    """Bending forward, with the arms hanging down."""
    trunk = held(0, lean)
    bent = held(min(knee, 3), knee)
    motion = Motion(
        frames=75, fps=30, trunk_lean=trunk, pelvis_lean=0.55 * trunk, thigh=(-90 + bent / 2, -90 + bent / 2),
        knee=(bent, bent), ankle=(bent / 2, bent / 2), arm=(trunk + 8, trunk + 8), elbow=(5.0, 5.0),
    )  # fmt: skip
    return Performance(motion=_standing(motion), wanted={"peak_trunk_lean_deg": lean, "knee_flexion_at_peak_deg": knee})


def bridge(reps: int = 5, *, top: float = 28, fps: float = 30, seconds: float = 1.4) -> Performance:
    """On the back, one foot on the floor: the hips go up and down while the shoulders and the foot stay."""
    each = round(seconds * fps)
    quiet = np.zeros(round(0.4 * fps))
    up = np.concatenate([quiet, np.tile((1 - np.cos(2 * np.pi * np.arange(each) / each)) / 2, reps), quiet])
    lean = -90 - top * up
    middle = np.array([-USUAL.trunk_m, 0, 0]) - USUAL.trunk_m * direction(90 - lean)
    middle[:, 2] = 0
    thigh, knee = _reach(middle, np.array([0.33, -0.06, 0]))
    motion = Motion(
        frames=len(up), fps=fps, trunk_lean=lean, lies=True, thigh=(thigh, thigh), knee=(knee, 8.0),
        ankle=(-90 - (thigh - knee), 0.0), middle_m=middle, arm=(8.0, 8.0),
    )  # fmt: skip
    highest = int(np.argmax(up))
    hip = float(lean[highest] + thigh[highest] + 90)
    return Performance(motion=motion, wanted={"reps": reps, "hip_flexion_at_top_deg": abs(hip)}, reps=reps)


def _reach(hip: FloatArray, ankle: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Thigh to the horizontal and flexion of the knee when the ankle stands at a place."""
    line = ankle - hip
    share = np.clip(np.hypot(line[:, 0], line[:, 1]) / (USUAL.thigh_m + USUAL.shank_m), 0, 1)
    half = np.degrees(np.arccos(share))
    return np.degrees(np.arctan2(line[:, 1], line[:, 0])) + half, 2 * half


def single_leg_squat(
    reps: int = 2, *, inwards: float = 11, drop: float = 0, side_lean: float = 0, fps: float = 30
) -> Performance:
    """Standing on the right leg: the knee goes inwards as the hips sink."""
    each = round(1.67 * fps)
    quiet = np.zeros(round(0.8 * fps))
    down = np.concatenate([quiet, np.tile((1 - np.cos(2 * np.pi * np.arange(each) / each)) / 2, reps), quiet])
    thigh, knee = -80 + 40 * down, 10 + 60 * down
    motion = Motion(
        frames=len(down), fps=fps, trunk_lean=10 * down, side_lean=side_lean * down, pelvis_drop=drop * down,
        thigh=(thigh, -85 + 20 * down), knee=(knee, 70.0), ankle=(knee - thigh - 90, 0.0),
        inward=(2 + inwards * down, 0.0), shank_inward=(-2 - inwards * down * 0.7, 0.0), arm=(20.0, 20.0),
    )  # fmt: skip
    motion = _standing(motion)
    lowest = int(np.argmax(down))
    wanted = {
        "reps": reps,
        "fppa_deg": _frontal_knee(motion, lowest),
        "pelvic_drop_deg": drop,
        "trunk_lean_deg": side_lean,
    }
    return Performance(motion=motion, wanted=wanted, reps=reps)


def _frontal_knee(motion: Motion, frame: int) -> float:
    """How far the right knee goes inwards, seen square from the front."""
    at = centres(motion, USUAL)
    hip, knee, ankle = (at[f"{joint}_r"][frame][[2, 1]] for joint in ("hip", "knee", "ankle"))
    one, other = knee - hip, ankle - knee
    turned = np.degrees(np.arctan2(one[0] * other[1] - one[1] * other[0], one @ other))
    return float(turned)


def _standing(motion: Motion) -> Motion:
    """With the right foot kept where it is."""
    at = centres(motion, USUAL)
    middle = at["middle"] - at["ankle_r"]
    return replace(motion, middle_m=middle - (0, USUAL.thigh_m + USUAL.shank_m, middle[0, 2]))


def _bump(phase: FloatArray, at: float, width: float) -> FloatArray:
    """A smooth hill in a stride that repeats."""
    away = (phase - at + 0.5) % 1 - 0.5
    return np.exp(-((away / width) ** 2))


def _gait(
    step: Callable[[FloatArray], tuple[FloatArray, FloatArray, FloatArray]], stride_s: float, frames: int, fps: float,
    lean: float,
) -> tuple[Motion, dict[str, float]]:  # fmt: skip
    """Both legs by the same curves, half a stride apart; the arms go with the other leg."""
    phase = np.arange(frames) / fps / stride_s
    right, left = step(phase % 1), step((phase + 0.5) % 1)
    motion = Motion(
        frames=frames, fps=fps, trunk_lean=lean, thigh=(right[0], left[0]), knee=(right[1], left[1]),
        ankle=(right[2], left[2]), arm=(0.9 * (left[0] + 90), 0.9 * (right[0] + 90)),
    )  # fmt: skip
    fine = step(np.arange(2000) / 2000)
    hip = lean + fine[0] + 90
    wanted = {
        "knee_peak_flexion_deg": float(fine[1].max()), "hip_peak_flexion_deg": float(hip.max()),
        "hip_peak_extension_deg": float(-hip.min()), "trunk_lean_mean_deg": lean,
        "cadence_steps_per_min": 120 / stride_s, "stride_time_s": stride_s,
    }  # fmt: skip
    return motion, wanted


def walking(
    stride_s: float = 1.12, *, frames: int = 170, fps: float = 60, lean: float = 4, speed: float = 1.25
) -> Performance:
    """Walking past the camera."""

    def step(phase: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        thigh = -90 + 6 + 21 * np.cos(2 * np.pi * (phase + 0.06)) + 2.5 * np.cos(4 * np.pi * (phase - 0.1))
        knee = 6 + 12 * _bump(phase, 0.13, 0.08) + 55 * _bump(phase, 0.73, 0.12)
        ankle = 8 * _bump(phase, 0.42, 0.14) - 18 * _bump(phase, 0.62, 0.06)
        return thigh, knee, ankle

    motion, wanted = _gait(step, stride_s, frames, fps, lean)
    forward = speed * (np.arange(frames) / fps - frames / fps / 2)
    return Performance(motion=_on_the_floor(motion, forward), wanted=wanted)


def running(
    stride_s: float = 0.70, *, frames: int = 150, fps: float = 60, lean: float = 8, bend: float = 1
) -> Performance:
    """Running on a treadmill."""

    def step(phase: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        thigh = -90 + 10 + 32 * np.cos(2 * np.pi * (phase + 0.12)) + 3 * np.cos(4 * np.pi * (phase + 0.02))
        knee = 12 + 24 * _bump(phase, 0.14, 0.11) + bend * 84 * _bump(phase, 0.62, 0.15)
        ankle = 18 * _bump(phase, 0.18, 0.12) - 22 * _bump(phase, 0.42, 0.09)
        return thigh, knee, ankle

    motion, wanted = _gait(step, stride_s, frames, fps, lean)
    motion = _on_the_floor(motion, np.zeros(frames))
    flight = 0.05 * np.maximum(0, -np.cos(4 * np.pi * (np.arange(frames) / fps / stride_s - 0.16)))
    middle = np.asarray(motion.middle_m) + np.stack([0 * flight, flight, 0 * flight], axis=1)
    return Performance(motion=replace(motion, middle_m=middle, elbow=(85.0, 85.0)), wanted=wanted)


def _on_the_floor(motion: Motion, forward: FloatArray) -> Motion:
    """With the lowest foot on the floor in every frame."""
    at = centres(motion, USUAL)
    lowest = np.min([at[f"{point}_{side}"][:, 1] for point in ("heel", "toe") for side in ("r", "l")], axis=0)
    return replace(motion, middle_m=np.stack([forward, lowest.mean() - lowest, 0 * forward], axis=1))


def upright(motion: Motion, *, lean: Curve = 0.0) -> Motion:
    """Somebody who stands and looks on, for as long as the motion lasts."""
    return Motion(frames=motion.frames, fps=motion.fps, trunk_lean=lean, knee=(4.0, 4.0))
