"""A camera of Chromium that shows a drawn person doing a test."""

from pathlib import Path

from benchmarks.movement.mannequin.cases import cases
from benchmarks.movement.mannequin.clips import clip


def showing(name: str, folder: Path) -> list[str]:
    """The arguments of a Chromium whose camera sees this case of the drawn person, over and over."""
    return [
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={_as_frames(name, folder)}",
    ]


def _as_frames(name: str, folder: Path) -> Path:
    """The clip of a case as the camera reads it."""
    import av

    case = next(one for one in cases() if one.name == name)
    path = folder / "camera.mjpeg"
    with av.open(str(clip(case))) as source, av.open(str(path), "w", format="mjpeg") as target:
        stream = target.add_stream("mjpeg", rate=30)
        stream.width, stream.height, stream.pix_fmt = 1280, 720, "yuvj420p"
        stream.options = {"qscale": "3"}
        for frame in source.decode(video=0):
            target.mux(stream.encode(frame.reformat(format="yuvj420p")))
        target.mux(stream.encode())
    return path
