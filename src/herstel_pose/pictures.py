"""Pictures that show where numbers come from: the frame of each measurement, and the whole video drawn over."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np

from herstel.movement.model import DrawnAngle, MovementMeasurement, MovementReport
from herstel.movement.pose import Pose
from herstel_pose.backend import Frame, Picture
from herstel_pose.crowd import Look
from herstel_pose.drawing import MEASURED, Pen, angle, evidence, skeleton
from herstel_pose.video import Allowed, opened

SHOWN_S = 1.0
"""A measured angle is drawn this long before and after its frame."""
TICKS = 90_000
LONGEST_PX = 1280
"""Drawn videos are no larger than this: they are looked at, not measured."""


def evidence_png(path: Path, measurement: MovementMeasurement, pose: Pose) -> bytes | None:
    """The frame of one measurement with its angle, as PNG; None when it has no angle to show."""
    return next((png for _, png in evidence_pictures(path, (measurement,), pose)), None)


def evidence_pictures(
    path: Path, measurements: Sequence[MovementMeasurement], pose: Pose
) -> Iterator[tuple[MovementMeasurement, bytes]]:
    """The frame of each measurement with its angle, as PNG, in the order of the frames; the video is read once."""
    wanted = sorted((one for one in measurements if one.shown is not None), key=lambda one: one.frame)
    if not wanted:
        return
    with opened(path, _ALL) as video:
        for number, frame in enumerate(video.frames()):
            while wanted and wanted[0].frame == number:
                one = wanted.pop(0)
                if one.shown is not None:
                    yield one, as_png(evidence(frame.picture, pose, one.shown))
            if not wanted:
                return


_ALL = Allowed(seconds_of_video=24 * 3600)


def crowd_png(look: Look) -> bytes | None:
    """Everybody in a picture with their number, counted from the left; None when nothing was seen."""
    if look.picture is None:
        return None
    pen = Pen(look.picture.copy())
    for number, person in enumerate(look.people, start=1):
        place = np.array(person.hips_px)
        pen.dot(place, MEASURED, 2.0)
        pen.text(str(number), place)
    return as_png(pen.picture)


def as_png(picture: Picture) -> bytes:
    """A picture as PNG."""
    import cv2

    _, packed = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    return packed.tobytes()


def annotate(
    path: Path, out: Path, pose: Pose, report: MovementReport, on_frame: Callable[[int, int | None], None] | None = None
) -> None:
    """Write the video again as H.264 with the points and the measured angles drawn; an unfinished file is removed."""
    import av

    part = out.with_name(f"{out.stem}.part{out.suffix}")
    shown = [one.shown for one in report.measurements if one.shown is not None]
    try:
        with opened(path, _ALL) as video, av.open(str(part), "w") as container:
            stream = None
            for number, frame in enumerate(video.frames()):
                picture = _drawn(frame, pose, number, shown)
                if stream is None:
                    stream = container.add_stream("libx264", rate=Fraction(pose.fps or 30).limit_denominator(1000))
                    stream.height, stream.width = picture.shape[:2]
                    stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, TICKS)
                    stream.options = {"crf": "26", "preset": "veryfast"}
                made = av.VideoFrame.from_ndarray(picture, format="rgb24")
                made.pts, made.time_base = round(frame.time_s * TICKS), Fraction(1, TICKS)
                container.mux(stream.encode(made))
                if on_frame is not None:
                    on_frame(number + 1, pose.frames)
            if stream is not None:
                container.mux(stream.encode())
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _drawn(frame: Frame, pose: Pose, number: int, shown: Sequence[DrawnAngle]) -> Picture:
    """A frame with the points, and each angle around the time it was measured; even sides, as H.264 wants."""
    import cv2

    pen = Pen(frame.picture.copy())
    if number < pose.frames:
        skeleton(pen, pose.xy_px[number])
        for one in shown:
            if abs(frame.time_s - pose.times_s[one.frame]) <= SHOWN_S and one is _nearest(shown, number):
                angle(pen, pose.xy_px[number], one)
    height, width = pen.picture.shape[:2]
    scale = min(1.0, LONGEST_PX / max(height, width))
    size = (round(width * scale / 2) * 2, round(height * scale / 2) * 2)
    picture: Picture = np.asarray(cv2.resize(pen.picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return picture


def _nearest(shown: Sequence[DrawnAngle], number: int) -> DrawnAngle:
    return min(shown, key=lambda one: abs(one.frame - number))
