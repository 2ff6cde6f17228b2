"""Stick figures whose angles are known exactly, as the points that a camera would see."""

from dataclasses import replace

import numpy as np

from herstel.knowledge.load import load_knowledge
from herstel.knowledge.movement_entries import MovementTest
from herstel.movement.measuring import measure
from herstel.movement.model import MovementReport
from herstel.movement.pose import INDEX, POINTS, BodySide, FloatArray, Pose

LIMITS = load_knowledge().movement
PX_PER_M = 250.0
WIDTH, HEIGHT = 1280, 960
TRUNK_M, THIGH_M, SHANK_M, FOOT_M = 0.50, 0.43, 0.43, 0.2
HALF_SHOULDER_M, HALF_HIP_M = 0.18, 0.083
Curve = FloatArray | float


def ramp(frames: int, start: float, end: float, *, hold_from: float = 0.35) -> FloatArray:
    """From start to end in a smooth movement, and held from a share of the frames on."""
    moving = max(2, round(frames * hold_from))
    way = (1 - np.cos(np.linspace(0, np.pi, moving))) / 2
    return np.concatenate([start + (end - start) * way, np.full(frames - moving, float(end))])


def direction(to_horizontal: Curve, frames: int) -> FloatArray:
    """A unit vector forward and up from the angle to the horizontal."""
    angle = np.radians(np.broadcast_to(np.asarray(to_horizontal, dtype=float), (frames,)))
    return np.stack([np.cos(angle), np.sin(angle)], axis=1)


def drawn(
    *, frames: int = 75, fps: float = 30, lean: Curve = 0.0, thigh: tuple[Curve, Curve] = (-90, -90),
    knee: tuple[Curve, Curve] = (0, 0), foot: Curve = 90, hip_m: FloatArray | None = None, yaw: float = 0.0,
) -> Pose:  # fmt: skip
    """A figure that faces right, seen from its right side.

    Parameters
    ----------
    thigh, knee : (right, left)
        Thigh to the horizontal, and flexion of the knee.
    foot : float or (frames,)
        Angle of the foot to the shank.
    """
    hip = np.zeros((frames, 2)) if hip_m is None else hip_m
    shoulder = hip + TRUNK_M * direction(90 - np.asarray(lean), frames)
    xyz = np.full((frames, len(POINTS), 3), np.nan)

    def put(name: str, place: FloatArray, aside: float) -> None:
        turned = np.radians(yaw)
        forward, up = place[:, 0], place[:, 1]
        xyz[:, INDEX[name]] = np.stack(  # type: ignore[index]
            [forward * np.cos(turned) + aside * np.sin(turned), -up, aside * np.cos(turned) - forward * np.sin(turned)],
            axis=1,
        )

    for number, (side, sign) in enumerate((("right", -1), ("left", 1))):
        down = np.asarray(thigh[number], dtype=float)
        knee_at = hip + THIGH_M * direction(down, frames)
        shank = down - np.asarray(knee[number], dtype=float)
        ankle = knee_at + SHANK_M * direction(shank, frames)
        toe = ankle + FOOT_M * direction(shank + np.asarray(foot), frames)
        for name, place, half in (
            ("shoulder", shoulder, HALF_SHOULDER_M), ("hip", hip, HALF_HIP_M), ("knee", knee_at, HALF_HIP_M),
            ("ankle", ankle, HALF_HIP_M), ("heel", ankle, HALF_HIP_M), ("toe", toe, HALF_HIP_M),
        ):  # fmt: skip
            put(f"{side}_{name}", place, sign * half)
    return Pose(
        times_s=np.arange(frames) / fps,
        xy_px=xyz[:, :, :2] * PX_PER_M + (WIDTH / 2, HEIGHT / 2),
        score=np.full((frames, len(POINTS)), 0.95),
        outside=np.zeros((frames, len(POINTS)), dtype=bool),
        width_px=WIDTH,
        height_px=HEIGHT,
    )


def with_depth(pose: Pose, yaw: float) -> Pose:
    """The same with world landmarks that say how far the camera is turned."""
    turned = np.radians(yaw)
    world = np.zeros((pose.frames, len(POINTS), 3))
    for name, number in INDEX.items():
        half = HALF_SHOULDER_M if "shoulder" in name else HALF_HIP_M
        aside = half if name.startswith("left") else -half
        world[:, number] = (aside * np.sin(turned), 0, aside * np.cos(turned))
    return replace(pose, world_m=world)


def exchanged(pose: Pose, frames: slice) -> Pose:
    """The same with the names of left and right exchanged in some frames."""
    xy, score = pose.xy_px.copy(), pose.score.copy()
    for name, number in INDEX.items():
        if name.startswith("left"):
            other = INDEX[name.replace("left", "right")]  # type: ignore[index]
            xy[frames, number], xy[frames, other] = pose.xy_px[frames, other], pose.xy_px[frames, number]
            score[frames, number], score[frames, other] = pose.score[frames, other], pose.score[frames, number]
    return replace(pose, xy_px=xy, score=score)


def mirrored(pose: Pose) -> Pose:
    """The picture in a mirror, with left and right named as one sees them then."""
    xy = pose.xy_px.copy()
    xy[..., 0] = pose.width_px - xy[..., 0]
    return exchanged(replace(pose, xy_px=xy), slice(None))


def noisy(pose: Pose, px: float, seed: int = 3) -> Pose:
    return replace(pose, xy_px=pose.xy_px + np.random.default_rng(seed).normal(0, px, pose.xy_px.shape))


def without(pose: Pose, frames: slice, *names: str) -> Pose:
    """The same with some points unknown in some frames."""
    xy = pose.xy_px.copy()
    for name in names:
        xy[frames, INDEX[name]] = np.nan  # type: ignore[index]
    return replace(pose, xy_px=xy)


# ------------------------------------------------------------------ the tests, done well


def knee_extension(knee: float = 30, thigh: float = 90, **more: object) -> Pose:
    return drawn(lean=-90, thigh=(thigh, 0), knee=(ramp(75, 90, knee), 0), **more)  # type: ignore[arg-type]


def leg_raise(height: float = 70, knee: float = 0, **more: object) -> Pose:
    return drawn(lean=-90, thigh=(ramp(75, 0, height), 0), knee=(knee, 0), **more)  # type: ignore[arg-type]


def jurdan(knee: float = 25, hanging: float = -12) -> Pose:
    return drawn(lean=-90, thigh=(90, hanging), knee=(ramp(75, 80, knee), 70))


def thomas(hanging: float = -8, knee: float = 60) -> Pose:
    return drawn(lean=-90, thigh=(ramp(75, 40, hanging), 125), knee=(knee, 120))


def nordic(at: float = 50, speed: float = 30, *, falls: bool = True, fps: float = 30) -> Pose:
    lowering = np.arange(0, at, speed / fps)
    after = np.arange(1, round(0.5 * fps)) / fps
    falling = at + speed * after + 170 * after**2 if falls else np.full(len(after), at)
    lean = np.concatenate([np.zeros(10), lowering, falling])
    shank = 90 - lean  # the knee opens as far as the body leans; the shank stays on the floor
    return drawn(frames=len(lean), fps=fps, lean=lean, thigh=(-90 - lean, -90 - lean), knee=(shank, shank), foot=110)


def knee_to_wall(lean: float = 38) -> Pose:
    shank = ramp(75, 5, lean)  # the front shank leans forward over its foot
    return drawn(thigh=(-60, -115), knee=(30 + shank, 20), foot=90 + shank)


def forward_bend(lean: float = 95, knee: float = 2) -> Pose:
    bend = np.concatenate([ramp(45, 0, lean, hold_from=1.0), ramp(45, lean, 0, hold_from=1.0)])
    return drawn(frames=90, lean=bend, thigh=(-90, -90), knee=(knee, knee))


def bridge(times: int = 5) -> Pose:
    frames = 45 * times
    up = (1 - np.cos(np.arange(frames) / 45 * 2 * np.pi)) / 2
    return drawn(frames=frames, lean=-90 - 32 * up, thigh=(45 - 10 * up, 60), knee=(95.0, 0))


def gait(stride_s: float = 0.7, fps: float = 60, frames: int = 150, swing: float = 60, **more: object) -> Pose:
    """Legs that swing to and fro half a stride apart, with the knee bent most on the way forward."""
    turn = 2 * np.pi * np.arange(frames) / fps / stride_s
    legs = [(-90 + 28 * np.sin(turn + shift), 10 + swing * (1 + np.cos(turn + shift)) / 2) for shift in (0, np.pi)]
    return drawn(
        frames=frames, fps=fps, lean=8, thigh=(legs[0][0], legs[1][0]), knee=(legs[0][1], legs[1][1]), **more  # type: ignore[arg-type]
    )  # fmt: skip


def across(frames: int, metres: float) -> FloatArray:
    """Hips that go through the picture, (frames, 2)."""
    return np.stack([np.linspace(-metres / 2, metres / 2, frames), np.zeros(frames)], axis=1)


def squat(times: int = 3, inwards: float = 20, *, stands_on: BodySide = "right", drop_px: float = 0) -> Pose:
    """Seen from the front: the standing knee goes inwards as the hip sinks; the free foot is behind and higher."""
    frames = 60 * times
    down = (1 - np.cos(2 * np.pi * np.arange(frames) / 60)) / 2
    xy = np.full((frames, len(POINTS), 2), np.nan)
    sink = 40 * down
    half = np.tan(np.radians(inwards / 2)) * down

    def put(name: str, x: Curve, y: Curve) -> None:
        xy[:, INDEX[name], 0], xy[:, INDEX[name], 1] = x, y  # type: ignore[index]

    for side, x in (("right", 600.0), ("left", 650.0)):
        put(f"{side}_shoulder", 570 if side == "right" else 680, 300 + sink)
        put(f"{side}_hip", x, 460 + sink + (drop_px * down if side == "left" else 0))
        put(f"{side}_knee", x + (half * (120 - sink / 2) if side == "right" else 0), 580 + sink / 2)
        put(f"{side}_ankle", x, 700.0 if side == "right" else 640.0)
        put(f"{side}_heel", x, 710.0 if side == "right" else 630.0)
        put(f"{side}_toe", x, 720.0 if side == "right" else 650.0)
    pose = Pose(
        times_s=np.arange(frames) / 30, xy_px=xy, score=np.ones(xy.shape[:2]), outside=np.zeros(xy.shape[:2], bool),
        width_px=1250, height_px=960,
    )  # fmt: skip
    return with_depth(pose if stands_on == "right" else mirrored(pose), 88)


# ------------------------------------------------------------------ asking


def measured(pose: Pose, test: MovementTest, side: BodySide | None = "right") -> MovementReport:
    return measure(pose, test, side, limits=LIMITS)


def values(report: MovementReport) -> dict[str, float]:
    assert not report.refusals, [one.code for one in report.refusals]
    return {one.name: one.value for one in report.measurements}


def codes(report: MovementReport) -> list[str]:
    assert not report.measurements
    return [one.code for one in report.refusals]
