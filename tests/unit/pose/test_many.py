"""Many recordings at once give what one after the other gives, wherever the work is done."""

import os
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel_pose.landmarks_file import from_bytes
from herstel_pose.many import ONE_THREAD, Points, Where, _of_process, local_cluster, points_of, points_of_all, settled
from herstel_pose.weights import missing

CLIPS = Path(__file__).parents[4] / "shared" / "movement-data" / "synthetic"
NAMES = ("ake_r_near_30.mp4", "nordic_break_50.mp4")


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    """Two recordings, and one that is none."""
    if not CLIPS.is_dir() or missing():
        pytest.skip(f"{CLIPS} or the networks are not there")
    bad = tmp_path / "bad.mp4"
    bad.write_text("no video")
    return [*(CLIPS / name for name in NAMES), bad]


@pytest.fixture
def cluster() -> Iterator[str]:
    pytest.importorskip("distributed", reason="Dask (extra [cluster]) is not installed")
    with local_cluster(2) as running:
        yield running.scheduler_address


def check(found: dict[Path, object], paths: list[Path]) -> None:
    assert set(found) == set(paths)
    for path in paths[:2]:
        alone, other = points_of(str(path), None), found[path]
        assert isinstance(alone, bytes)
        assert isinstance(other, bytes)
        assert np.array_equal(from_bytes(alone).xy_px, from_bytes(other).xy_px, equal_nan=True)
    assert found[paths[2]][0].thing == "bad.mp4"  # type: ignore[index]


def test_processes_give_what_one_after_the_other_gives(paths: list[Path]) -> None:
    before = dict(os.environ)
    check(dict(points_of_all(paths, Where(workers=2))), paths)
    assert {name: os.environ.get(name) for name in ONE_THREAD} == {name: before.get(name) for name in ONE_THREAD}


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_gives_the_same_and_is_sent_no_pictures(paths: list[Path], cluster: str) -> None:
    found = dict(points_of_all(paths, Where(cluster=cluster)))
    check(found, paths)
    assert all(len(one) < 200_000 for one in found.values() if isinstance(one, bytes))


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_that_does_not_answer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask (extra [cluster]) is not installed")

    def nobody(*args: object, **more: object) -> None:
        raise OSError("Timed out")

    monkeypatch.setattr(distributed, "Client", nobody)
    with pytest.raises(InputError, match=r"tcp://127.0.0.1:1: No Dask cluster answers"):
        list(points_of_all([tmp_path / "a.mp4"], Where(cluster="tcp://127.0.0.1:1")))


def test_setting_a_process_up_is_done_once() -> None:
    import cv2

    settled()
    assert cv2.getNumThreads() == 1
    assert settled() is settled()


def test_a_process_that_falls_over_is_said_of_the_recording(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Future[Points] = Future()
    broken.set_exception(BrokenProcessPool("it was ended"))
    (problem,) = _of_process(broken, "a.mp4")
    assert problem.thing == "a.mp4"  # type: ignore[union-attr]
    assert "fell over" in problem.reason  # type: ignore[union-attr]
