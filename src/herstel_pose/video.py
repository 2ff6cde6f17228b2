"""Pictures out of a video file, one at a time, upright, each with the time it was taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from herstel.errors import InputError, Problem, marked
from herstel_pose.backend import Frame, Picture
from herstel_pose.installed import check_installed

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,asf,flv,ogg"
"""What may hold a video. A playlist, which could name other files and addresses, may not."""
DECODE_AGAIN = marked("Film it again, or choose another file.")
FOLLOWED_PX = 1920
"""People are looked for in a picture no longer than this; the network sees one of them in a square of 256."""
LOST_S, LOST_SHARE = 0.5, 0.1
"""A video that ends this much earlier than it says was cut off."""
PADDED = 1.1
"""Pictures are packed with sides that are rounded up; one that grows beyond this on the way is not unpacked."""
IMAGES = ("png", "mjpeg", "bmp", "gif", "webp", "tiff", "jpeg2000")


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoFacts:
    """What a file says of itself.

    ``frames`` is what it announces, which need not be what it holds; None when it says nothing.
    """

    width_px: int
    height_px: int
    fps: float
    duration_s: float | None
    frames: int | None
    codec: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """How large a video may be."""

    seconds_of_video: float = 900
    pixels: int = 4096 * 2304
    megabytes: float = 2000


def unusable(thing: str, reason: str, remedy: str = DECODE_AGAIN, **values: object) -> InputError:
    """The error for a video that cannot be used."""
    return InputError([Problem(thing=thing, reason=reason, remedy=remedy, values=values)])


class Video:
    """An open video. ``facts`` is what it says of itself; ``frames()`` reads it once, from the beginning."""

    def __init__(self, container: Any, stream: Any, thing: str) -> None:
        self._container, self._stream, self._thing = container, stream, thing
        self.facts = _facts(container, stream)

    def frames(self, longest_px: int | None = None) -> Iterator[Frame]:
        """Every picture, no longer than this on its longest side.

        Raises
        ------
        InputError
            When the file breaks off or holds nothing that can be shown.
        """
        import av

        start_s: float | None = None
        last_s, end_s, count, size = -1.0, 0.0, 0, None
        try:
            for frame in self._container.decode(self._stream):
                at_s = count / (self.facts.fps or 30.0) if frame.time is None else float(frame.time)
                start_s = at_s if start_s is None else start_s
                time_s = at_s - start_s
                if time_s <= last_s:  # a time stamp that does not go on: the picture is shown no time at all
                    continue
                if size not in (None, (frame.width, frame.height)):
                    raise unusable(self._thing, marked("The size of the picture changes in the middle of this video."))
                size, last_s, count = (frame.width, frame.height), time_s, count + 1
                end_s = max(at_s, time_s) + self._shown_s(frame)
                times = max(1.0, max(size) / longest_px) if longest_px else 1.0
                yield Frame(time_s=time_s, picture=_upright(frame, times), times=times)
        except (av.error.FFmpegError, MemoryError) as error:
            reason = marked("This video is damaged: it breaks off after {count} pictures.")
            raise unusable(self._thing, reason, count=count) from error
        self._check_end(count, end_s)

    def _shown_s(self, frame: Any) -> float:
        """How long a picture is shown."""
        if frame.duration and frame.time_base:
            return float(frame.duration * frame.time_base)
        return 1 / self.facts.fps if self.facts.fps else 0.0

    def _check_end(self, count: int, end_s: float) -> None:
        if count < 2:
            raise unusable(
                self._thing, marked("There is no moving picture in this file: it holds {count}."), count=count
            )
        wanted = self.facts.duration_s
        if wanted is not None and wanted - end_s > max(LOST_S, LOST_SHARE * wanted):
            reason = marked("This video was cut off: it says {wanted} seconds and holds {found}.")
            raise unusable(self._thing, reason, wanted=f"{wanted:.1f}", found=f"{end_s:.1f}")


@contextmanager
def opened(path: Path, allowed: Allowed | None = None, *, threads: int = 1) -> Iterator[Video]:
    """A video file, open as long as it is needed.

    Raises
    ------
    InputError
        When there is no such file, it is no video, it is larger than allowed, or what reads it is not installed.
    """
    check_installed()
    import av

    _check_file(path, allowed or Allowed())
    # An absolute path: a name such as "concat:a.mp4" would be taken for an address.
    options = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}
    try:
        container = av.open(str(path.absolute()), options=options, metadata_errors="replace")
    except av.error.PermissionError as error:
        reason, remedy = marked("the file cannot be opened: {error}."), marked("Check that you may read it.")
        raise unusable(path.name, reason, remedy, error=error.strerror) from error
    except (av.error.FFmpegError, ValueError) as error:
        raise unusable(path.name, marked("This is no video that can be read.")) from error
    with container:
        streams = container.streams.video
        if not streams or streams[0].codec_context.name in IMAGES:
            raise unusable(path.name, marked("There is no moving picture in this file."))
        streams[0].codec_context.thread_count = threads
        streams[0].codec_context.options = {"max_pixels": str(round((allowed or Allowed()).pixels * PADDED))}
        video = Video(container, streams[0], path.name)
        _check_size(video.facts, allowed or Allowed(), path.name)
        yield video


def _check_file(path: Path, allowed: Allowed) -> None:
    if not path.is_file():
        raise unusable(path.name, marked("There is no such file."), marked("Check its name and folder."))
    size = path.stat().st_size
    if not size:
        raise unusable(path.name, marked("This file is empty."))
    if size > allowed.megabytes * 1e6:
        reason = marked("This file is {size} MB; the most is {most} MB.")
        raise unusable(path.name, reason, SHORTER, size=round(size / 1e6), most=round(allowed.megabytes))


SHORTER = marked("Film it shorter, or with a smaller picture.")


def _check_size(facts: VideoFacts, allowed: Allowed, thing: str) -> None:
    if facts.width_px * facts.height_px > allowed.pixels:
        reason = marked("The picture is {width} by {height} points, which is larger than what is read.")
        remedy = marked("Film with 1080p or 4K.")
        raise unusable(thing, reason, remedy, width=facts.width_px, height=facts.height_px)
    if min(facts.width_px, facts.height_px) < SMALLEST_PX:
        reason = marked("The picture is only {width} by {height} points: too small to find a body in.")
        raise unusable(thing, reason, width=facts.width_px, height=facts.height_px)
    if facts.duration_s is not None and facts.duration_s > allowed.seconds_of_video:
        reason = marked("This video is {seconds} seconds long; the most is {most}.")
        raise unusable(thing, reason, SHORTER, seconds=round(facts.duration_s), most=round(allowed.seconds_of_video))


SMALLEST_PX = 64


def _facts(container: Any, stream: Any) -> VideoFacts:
    duration = None
    if stream.duration is not None and stream.time_base is not None:
        duration = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        duration = container.duration / 1e6
    rate = stream.average_rate or stream.guessed_rate
    return VideoFacts(
        width_px=stream.codec_context.width, height_px=stream.codec_context.height, fps=float(rate or 0),
        duration_s=duration, frames=stream.frames or None, codec=stream.codec_context.name,
    )  # fmt: skip


def _upright(frame: Any, times: float) -> Picture:
    """The picture as it is shown, so many times smaller: the camera says how it was held."""
    width, height = round(frame.width / times), round(frame.height / times)
    plane = frame.reformat(width, height, "rgb24", interpolation="AREA", threads=1).planes[0]
    rows = np.frombuffer(plane, dtype=np.uint8).reshape(plane.height, plane.line_size)  # no copy of the whole picture
    picture: Picture = rows[:, : 3 * plane.width].reshape(plane.height, plane.width, 3)
    quarters = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture
