"""Small video files that are made for one test."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from herstel_pose.backend import Picture

WIDTH, HEIGHT = 160, 96
RED, GREEN, BLUE, WHITE = (230, 20, 20), (20, 200, 20), (20, 20, 230), (240, 240, 240)
TICKS = 90_000


def corners(width: int = WIDTH, height: int = HEIGHT) -> Picture:
    """A grey picture with red at the top left, green at the top right, blue below left and white below right."""
    picture = np.full((height, width, 3), 90, dtype=np.uint8)
    half_h, half_w = height // 4, width // 4
    picture[:half_h, :half_w], picture[:half_h, -half_w:] = RED, GREEN
    picture[-half_h:, :half_w], picture[-half_h:, -half_w:] = BLUE, WHITE
    return picture


def named_corners(picture: Picture) -> tuple[str, str, str, str]:
    """The colours of the corners: top left, top right, below left, below right."""
    height, width = picture.shape[:2]
    middles = [(height // 10, width // 10), (height // 10, -width // 10), (-height // 10, width // 10)]
    found = [_name(picture[place]) for place in [*middles, (-height // 10, -width // 10)]]
    return found[0], found[1], found[2], found[3]


def _name(colour: np.ndarray) -> str:  # type: ignore[type-arg]
    names = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    return min(names, key=lambda name: float(np.abs(colour.astype(float) - names[name]).sum()))


def moving(frames: int, width: int = WIDTH, height: int = HEIGHT) -> list[Picture]:
    """Pictures of a pale square that goes to the right."""
    pictures = []
    for number in range(frames):
        picture = np.full((height, width, 3), 60, dtype=np.uint8)
        left = 4 + number * 2 % (width - 40)
        picture[height // 3 : height // 3 + 24, left : left + 24] = 220
        pictures.append(picture)
    return pictures


def film(
    path: Path,
    pictures: Sequence[Picture],
    *,
    fps: float = 30,
    codec: str = "libx264",
    times_s: Sequence[float] | None = None,
    options: dict[str, str] | None = None,
    held: dict[str, str] | None = None,
) -> Path:
    """Write pictures as a video; ``times_s`` when they are not evenly spaced, ``held`` for the container."""
    with av.open(str(path), "w", options=held or {}) as container:
        stream = container.add_stream(codec, rate=Fraction(fps).limit_denominator(1000), options=options or {})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            time_s = number / fps if times_s is None else times_s[number]
            frame.pts, frame.time_base = round(time_s * TICKS), Fraction(1, TICKS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


MATRICES = {
    0: (1, 0, 0, 1),
    90: (0, 1, -1, 0),
    180: (-1, 0, 0, -1),
    270: (0, -1, 1, 0),
}
"""What a phone that was turned clockwise by so much writes: the first four numbers of the display matrix."""


def turned(path: Path, degrees: int) -> Path:
    """Say in the header of an MP4 that its pictures are shown turned clockwise."""
    data = bytearray(path.read_bytes())
    header = data.index(b"tkhd")
    start = header + 4 + 4 + 20 + 8 + 8  # version, times, number and length; nothing; layer, group, volume
    a, b, c, d = MATRICES[degrees]
    for place, value in zip((0, 4, 12, 16), (a, b, c, d), strict=True):
        data[start + place : start + place + 4] = (value * 65536).to_bytes(4, "big", signed=True)
    path.write_bytes(bytes(data))
    return path


def sound(path: Path) -> Path:
    """A second of sound and nothing to see."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44_100)
        stream.layout = "mono"
        for number in range(40):
            tone = np.sin(np.arange(1024) / 20).astype(np.float32)[None]
            frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 44_100, number * 1024
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path
