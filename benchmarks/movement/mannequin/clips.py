"""A case as an mp4, made once: the same case gives the same file."""

import hashlib
import tempfile
from fractions import Fraction
from pathlib import Path

from benchmarks.movement.mannequin.cases import Case
from benchmarks.movement.mannequin.render import frames

FOLDER = Path(tempfile.gettempdir()) / "herstel-mannequin"


def clip(case: Case, folder: Path = FOLDER) -> Path:
    """The clip of a case, rendered when it is not there yet."""
    path = folder / f"{case.name.replace('/', '-')}-{_hash(case)}.mp4"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part.mp4")
        write(case, unfinished)
        unfinished.rename(path)
    return path


def write(case: Case, path: Path) -> None:
    """Encode by x264 on one thread and without what differs between processors, so that the file is always the same."""
    import av  # heavy, and only needed where a clip is made

    scene = case.scene
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(scene.fps).limit_denominator(1000))
        stream.width, stream.height, stream.pix_fmt = scene.camera.width_px, scene.camera.height_px, "yuv420p"
        stream.options = {"crf": "23", "preset": "veryfast", "threads": "1", "x264-params": "cpu-independent=1"}
        stream.thread_count = 1
        for picture in frames(scene):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def _hash(case: Case) -> str:
    """Of the code that draws and of what is drawn."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    digest.update(case.name.encode())
    return digest.hexdigest()[:12]
