"""Many recordings: one a task, on this machine or on a Dask cluster; only the points travel back."""

import ctypes
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from herstel.errors import InputError, Problem, marked
from herstel_pose.analysis import embedded
from herstel_pose.landmarks_file import to_bytes
from herstel_pose.recording import Reading

Points = bytes | tuple[Problem, ...]
"""The points of one recording as ``landmarks_file`` keeps them, or what is wrong with it."""
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, KEPT_BYTES = -1, -3, 32 * 1024 * 1024
"""Pictures are taken from memory that the process keeps, instead of from the system again for every frame."""
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
FELL_OVER = marked("A process that measured recordings fell over before this one was done.")
ONE_BY_ONE = marked("Measure the recordings one by one, to find the file that does it.")
NO_DASK = marked("Dask is not installed.")
INSTALL_DASK = marked("Install Herstel with its extra [cluster], on every machine of the cluster.")
NO_CLUSTER = marked("No Dask cluster answers at this address.")
START_CLUSTER = marked("Start a scheduler with workers, or check the address; it looks like tcp://host:8786.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Where the work is done: in this many processes here, or on a cluster."""

    workers: int = 1
    cluster: str | None = None


def points_of_all(
    paths: Sequence[Path], where: Where, person: int | None = None
) -> Iterator[tuple[Path, Points]]:  # fmt: skip
    """The points of every recording, in the order in which they are ready.

    Raises
    ------
    InputError
        When the cluster cannot be reached.
    """
    if where.cluster is not None:
        yield from _on_cluster(paths, where.cluster, person)
    elif where.workers > 1 and len(paths) > 1:
        yield from _in_processes(paths, where.workers, person)
    else:
        for path in paths:
            yield path, points_of(str(path), person)


def points_of(path: str, person: int | None) -> Points:
    """One task: the points of one recording. What is wrong comes back as a value, since errors do not travel whole."""
    settled()
    try:
        return to_bytes(embedded(Path(path), Reading(person=person)))
    except InputError as error:
        return error.problems


@cache
def settled() -> bool:
    """Set this process up for one recording at a time on one core (source: movement-notes, section 6).

    Returns
    -------
    bool
        Whether the memory could be set as well; that needs the C library of Linux.
    """
    import cv2

    cv2.setNumThreads(1)
    try:
        library = ctypes.CDLL(None)
        return bool(library.mallopt(M_MMAP_THRESHOLD, KEPT_BYTES) and library.mallopt(M_TRIM_THRESHOLD, KEPT_BYTES))
    except (OSError, AttributeError):
        return False


def _in_processes(paths: Sequence[Path], workers: int, person: int | None) -> Iterator[tuple[Path, Points]]:
    with _environment(ONE_THREAD), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(points_of, str(path), person): path for path in paths}
        try:
            for done in as_completed(waiting):
                yield waiting[done], _of_process(done, waiting[done].name)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _of_process(done: "Future[Points]", thing: str) -> Points:
    """What a process told; when one fell over, all that were still to come say so."""
    try:
        return done.result()
    except BrokenProcessPool:
        return (Problem(thing=thing, reason=FELL_OVER, remedy=ONE_BY_ONE),)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """What processes that start now find in their environment."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _on_cluster(paths: Sequence[Path], address: str, person: int | None) -> Iterator[tuple[Path, Points]]:
    try:
        import distributed
    except ImportError as error:
        raise _cannot(address, NO_DASK, INSTALL_DASK) from error
    dask: Any = distributed
    try:
        client = dask.Client(address, timeout="10s")
    except (OSError, ValueError) as error:
        raise _cannot(address, NO_CLUSTER, START_CLUSTER) from error
    with client:
        whole = [path.resolve() for path in paths]
        futures = [client.submit(points_of, str(path), person, pure=False) for path in whole]
        keys = {future.key: path for future, path in zip(futures, paths, strict=True)}
        for future in dask.as_completed(futures):
            yield keys[future.key], future.result()
            future.release()


def _cannot(address: str, reason: str, remedy: str) -> InputError:
    return InputError([Problem(thing=address, reason=reason, remedy=remedy)])


def local_cluster(workers: int) -> Any:
    """A Dask cluster on this machine, a process of one thread for each worker."""
    import dask
    import distributed

    made: Any = distributed.LocalCluster
    settings = {**ONE_THREAD, "MALLOC_MMAP_THRESHOLD_": str(KEPT_BYTES), "MALLOC_TRIM_THRESHOLD_": str(KEPT_BYTES)}
    with dask.config.set({"distributed.nanny.pre-spawn-environ": settings}):
        return made(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)
