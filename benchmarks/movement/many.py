"""How well many recordings share the cores: two local Dask workers against one, and what 10,000 recordings cost."""

import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from herstel_pose.many import Where, local_cluster, points_of_all
from herstel_pose.weights import missing

CLIPS = Path(__file__).parents[3] / "shared" / "movement-data" / "synthetic"
TIMES, WORKERS, LEAST_PERCENT = 3, 2, 90


def figures(folder: Path = CLIPS) -> Iterator[Figure]:
    """Seconds with one and with two workers; starting the workers and loading the networks is not counted."""
    clips = sorted(folder.glob("*.mp4"), key=lambda one: -one.stat().st_size) * TIMES
    if not clips or missing():
        yield Figure(name="many recordings", value=f"not measured: {folder} or the networks are not there")
        return
    took = {workers: _seconds(clips, workers) for workers in (1, WORKERS)}
    percent = 100 * took[1] / (WORKERS * took[WORKERS])
    yield Figure(
        name=f"{len(clips)} recordings on local Dask workers",
        value=f"{took[1]:.1f} s with 1, {took[WORKERS]:.1f} s with {WORKERS}: {percent:.0f} % efficient",
        aim=f">= {LEAST_PERCENT} %", met=percent >= LEAST_PERCENT,
    )  # fmt: skip


def _seconds(clips: list[Path], workers: int) -> float:
    with local_cluster(workers) as cluster:
        where = Where(cluster=cluster.scheduler_address)
        list(points_of_all(clips[: 2 * workers], where))
        start = time.perf_counter()
        list(points_of_all(clips, where))
        return time.perf_counter() - start


if __name__ == "__main__":
    for figure in figures():
        print(figure.name, figure.value, figure.aim or "", figure.met)
