"""How long finding the points of a person takes, beside the decoding and inference that cannot be left out.

``python -m benchmarks.movement.speed`` measures it on a phone video of the reference data; ``--minutes 10`` is how long
the video is on which the memory is watched (0 leaves that out).
"""

import argparse
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import numpy as np

from benchmarks.figures import Figure

VIDEO = Path(__file__).parents[3] / "shared" / "movement-data" / "video" / "opencap_squat" / "video.mp4"
FRAMES = 240
ROUNDS = 7
CLIP_FRAMES = 600
"""Ten seconds of sixty pictures."""
MOST_RATIO, LEAST_FPS, MOST_CORE_S = 1.15, 60.0, 12.0
RECORDINGS = 10_000
SMALL = (360, 640)


def figures(minutes: float) -> Iterator[Figure]:
    """Everything, or the reason why it is not measured."""
    from herstel_pose.weights import missing

    reason = "the recordings (../shared/movement-data) are not beside the project" if not VIDEO.is_file() else ""
    reason = f"not there: {', '.join(missing())}; make weights fetches them" if missing() else reason
    if reason:
        yield Figure(name="speed", value=f"not measured: {reason}")
        return
    yield from _frame_by_frame()
    yield from _on_the_wall()
    if minutes:
        yield from _memory(minutes)


class Parts:
    """The parts of the work, each on its own, in milliseconds of processor a frame on one core."""

    def __init__(self) -> None:
        from herstel_pose.blazepose import BlazePose

        self.backend = BlazePose(threads=1)
        self._networks: list[Any] = [self.backend._landmarks._network, self.backend._detector._network]

    def decode(self) -> float:
        """Decoding alone, each picture as RGB."""
        import av

        with av.open(str(VIDEO)) as container:
            stream = container.streams.video[0]
            stream.codec_context.thread_count = 1
            start = process_time()
            for number, frame in enumerate(container.decode(stream), start=1):
                frame.to_ndarray(format="rgb24")
                if number == FRAMES:
                    break
        return 1000 * (process_time() - start) / FRAMES

    def infer(self) -> float:
        """The networks alone: the points in every frame, the detector once in sixty."""
        landmarks, detector = (
            self._invoked(network, times) for network, times in zip(self._networks, (60, 10), strict=True)
        )
        return landmarks + detector / 60

    def whole(self) -> float:
        """From the file to the points, all that ``find_pose`` does."""
        start = process_time()
        self._find(FRAMES)
        return 1000 * (process_time() - start) / FRAMES

    @staticmethod
    def _invoked(network: Any, times: int) -> float:
        start = process_time()
        for _ in range(times):
            network._interpreter.invoke()
        return 1000 * (process_time() - start) / times

    def _find(self, frames: int) -> None:
        find_some(VIDEO, self.backend, frames)


class Enough(Exception):  # noqa: N818 - it is no error
    """So many frames were read."""


def find_some(path: Path, backend: Any, frames: int) -> None:
    """Find the points in the first frames of a video."""
    from herstel_pose.recording import Reading, find_pose

    def tell(done: int, _: int | None) -> None:
        if done == frames:
            raise Enough

    try:
        find_pose(path, backend, Reading(on_frame=tell))
    except Enough:
        return


def _frame_by_frame() -> Iterator[Figure]:
    """Processor time by frame; the parts take turns, so that a busy machine slows all of them."""
    from herstel_pose.many import settled

    settled()
    parts = Parts()
    parts._find(60)  # what is loaded at first is no work by frame
    rounds = np.array([[parts.decode(), parts.infer(), parts.whole()] for _ in range(ROUNDS)])
    decode, infer, whole = np.median(rounds, axis=0)
    ratio = float(np.median(rounds[:, 2] / rounds[:, :2].sum(axis=1)))
    yield Figure(name="bare decoding", value=f"{decode:.2f} ms a frame")
    yield Figure(name="bare inference", value=f"{infer:.2f} ms a frame")
    yield Figure(name="end to end", value=f"{whole:.2f} ms a frame")
    yield Figure(
        name="end to end against bare decoding and inference",
        value=f"{ratio:.3f} times",
        aim=f"<= {MOST_RATIO:g}",
        met=ratio <= MOST_RATIO,
    )
    core_s = whole * CLIP_FRAMES / 1000
    yield Figure(
        name="ten seconds of 60 pictures",
        value=f"{core_s:.1f} core-seconds",
        aim=f"<= {MOST_CORE_S:g}",
        met=core_s <= MOST_CORE_S,
    )
    hours = core_s * RECORDINGS / 3600
    yield Figure(name=f"{RECORDINGS:,} such recordings", value=f"{hours:.0f} core-hours")


def _on_the_wall() -> Iterator[Figure]:
    """Frames a second by the clock: on one core, and as two recordings at a time on two."""
    busy = os.getloadavg()[0]
    for cores in (1, 2):
        fps = _in_processes(cores)
        yield Figure(
            name=f"frames a second with {cores} process{'es' if cores > 1 else ''}",
            value=f"{fps:.0f} (load of the machine before: {busy:.1f} on {os.cpu_count()} cores)",
            aim=f">= {LEAST_FPS:g}" if cores > 1 else "",
            met=fps >= LEAST_FPS if cores > 1 else None,
        )


def _in_processes(count: int) -> float:
    """Frames a second of so many processes together, from when all are ready until the last is."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(count)
    with context.Manager() as manager:
        spans = manager.list()
        processes = [context.Process(target=_span, args=(ready, spans)) for _ in range(count)]
        for one in processes:
            one.start()
        for one in processes:
            one.join()
        starts, ends = zip(*spans, strict=True)
    return count * FRAMES / (max(ends) - min(starts))


def _span(ready: Any, spans: Any) -> None:
    """When one process began and ended; the clock is that of the machine."""
    from herstel_pose.many import settled

    settled()
    parts = Parts()
    parts._find(10)
    ready.wait()
    start = perf_counter()
    parts._find(FRAMES)
    spans.append((start, perf_counter()))


def _memory(minutes: float) -> Iterator[Figure]:
    """How much more memory a long video takes at its end than after a minute."""
    with tempfile.TemporaryDirectory() as folder:
        path = _long(Path(folder) / "long.mp4", minutes)
        context = multiprocessing.get_context("spawn")
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_watched, args=(path, there))
        process.start()
        first, last, frames = here.recv()
        process.join()
    yield Figure(
        name=f"memory from minute 1 to minute {minutes:g} ({frames} frames)",
        value=f"{last - first:+.0f} MB, {first:.0f} to {last:.0f}",
    )


def _long(path: Path, minutes: float) -> Path:
    """The video again and again, small and at 15 pictures a second: the points are as many as in any video."""
    import av
    import cv2

    from herstel_pose.video import opened

    with opened(VIDEO) as video:
        pictures = [cv2.resize(frame.picture, SMALL) for frame in video.frames()][::4]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=15, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = *SMALL, "yuv420p"
        for number in range(round(minutes * 60 * 15)):
            frame = av.VideoFrame.from_ndarray(pictures[number % len(pictures)], format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _watched(path: Path, there: Any) -> None:
    from herstel_pose.many import settled

    settled()
    parts = Parts()
    from herstel_pose.recording import Reading, find_pose

    after: dict[int, float] = {}

    def tell(done: int, _: int | None) -> None:
        if done % (60 * 15) == 0:
            after[done] = resident_mb()

    pose = find_pose(path, parts.backend, Reading(on_frame=tell))
    there.send((after[min(after)], after[max(after)], pose.frames))


def resident_mb() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.movement.speed")
    parser.add_argument("--minutes", type=float, default=10, help="of the video on which the memory is watched (10)")
    for figure in figures(parser.parse_args().minutes):
        aim = "" if figure.met is None else f" [aim: {figure.aim}: {'met' if figure.met else 'NOT MET'}]"
        print(f"{figure.name}: {figure.value}{aim}", flush=True)


if __name__ == "__main__":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    main()
