"""Inverse kinematics by OpenSim: the same answer as OpenSim's own, with progress; a clear error without it."""

import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.mocap.motion import knee_flexion_deg, knee_sign, read_motion, write_mot
from herstel.movement.mocap.opensim_ik import inverse_kinematics
from herstel.movement.mocap.trc import read_trc, write_trc
from tests.unit.movement.mocap.walker import walker

SHARED = Path(__file__).parents[5] / "shared" / "movement-data"
OPENSIM_TEST = SHARED / "mocap" / "opensim_ik_test"


class Coordinate:
    """A coordinate that turns, or moves, by a tenth a frame."""

    def __init__(self, name: str, kind: int) -> None:
        self._name, self._kind = name, kind

    def getName(self) -> str:  # noqa: N802 - named by OpenSim
        return self._name

    def getMotionType(self) -> int:  # noqa: N802
        return self._kind

    def getValue(self, state: Any) -> float:  # noqa: N802
        return 0.1 * float(state.frames)


def stand_in(asked: list[Any]) -> SimpleNamespace:
    """As much of OpenSim as is called, so that the way to it is tested where it is not installed."""
    coordinates = [Coordinate("knee_angle_r", 1), Coordinate("pelvis_tx", 2)]
    held = SimpleNamespace(get=lambda number: coordinates[number], getSize=lambda: len(coordinates))

    class State:
        frames = 0

        def setTime(self, time_s: float) -> None:  # noqa: N802
            asked.append(time_s)

    def step(state: State) -> None:
        state.frames += 1

    def model(file: str) -> SimpleNamespace:
        assert Path(file).is_absolute()
        if not Path(file).is_file():
            raise RuntimeError(f"Cannot open\n{Path(file).name}")
        return SimpleNamespace(initSystem=State, getCoordinateSet=lambda: held)

    def solver(*_: object) -> SimpleNamespace:
        return SimpleNamespace(setAccuracy=asked.append, assemble=step, track=step)

    return SimpleNamespace(
        Logger=SimpleNamespace(setLevelString=asked.append),
        Model=model,
        SetMarkerWeights=lambda: SimpleNamespace(cloneAndAppend=asked.append),
        MarkerWeight=lambda name, weight: (name, weight),
        MarkersReference=lambda file, weights: (file, weights),
        InverseKinematicsSolver=solver,
        SimTKArrayCoordinateReference=object,
    )


@pytest.fixture
def markers(tmp_path: Path) -> Path:
    write_trc(tmp_path / "walk.trc", walker(0.1))
    return tmp_path / "walk.trc"


def test_every_frame_is_solved_in_degrees_and_told(
    markers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    monkeypatch.setitem(sys.modules, "opensim", stand_in(asked))
    (tmp_path / "a.osim").touch()
    told: list[tuple[int, int]] = []
    weights = {"LHJC": 2.0}
    motion = inverse_kinematics(
        tmp_path / "a.osim", markers, weights=weights, progress=lambda done, of: told.append((done, of))
    )
    assert told == [(frame, 10) for frame in range(1, 11)]
    assert ("LHJC", 2.0) in asked
    np.testing.assert_allclose(motion.degrees("knee_angle_r"), np.degrees(0.1 * np.arange(1, 11)))
    np.testing.assert_allclose(motion.columns["pelvis_tx"], 0.1 * np.arange(1, 11))
    assert inverse_kinematics(tmp_path / "a.osim", markers).in_degrees, "progress and weights can be left out"


def test_what_opensim_refuses_is_told(markers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensim", stand_in([]))
    with pytest.raises(InputError, match=r"none\.osim: OpenSim refuses .*: Cannot open none\.osim Choose a model"):
        inverse_kinematics(tmp_path / "none.osim", markers)


def test_without_opensim_the_remedy_is_named(markers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opensim", None)
    with pytest.raises(InputError, match=r"Install herstel\[opensim\]"):
        inverse_kinematics(tmp_path / "a.osim", markers)


def authority() -> Any:
    return pytest.importorskip("opensim", reason="OpenSim, the authority, is not installed (extra [opensim])")


def recordings(files: Sequence[Path]) -> None:
    if not all(file.is_file() for file in files):
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")


def test_opensims_own_answer_is_met() -> None:
    authority()
    files = [OPENSIM_TEST / name for name in ("subject01_simbody.osim", "subject01_synthetic_marker_data.trc")]
    recordings(files)
    found = inverse_kinematics(*files)
    expected = read_motion(OPENSIM_TEST / "std_subject01_walk1_ik.mot")
    for name in ("hip_flexion_r", "hip_adduction_l", "hip_rotation_r", "knee_angle_l", "ankle_angle_r"):
        assert np.sqrt(np.mean((found.degrees(name) - expected.degrees(name)) ** 2)) <= 0.05, name


def test_opensim_reads_the_markers_that_we_write(tmp_path: Path) -> None:
    opensim = authority()
    markers = walker()
    markers.positions_m[5, 2] = np.nan
    for unit, factor in (("m", 1.0), ("mm", 1000.0)):
        write_trc(tmp_path / f"{unit}.trc", markers, unit=unit)
        table = opensim.TimeSeriesTableVec3(str(tmp_path / f"{unit}.trc"))
        assert tuple(table.getColumnLabels()) == markers.labels
        assert table.getNumRows() == markers.frames
        for frame, label in ((0, 0), (150, 4), (299, 17)):
            place = table.getRowAtIndex(frame)[label]
            found = [place[axis] for axis in range(3)]
            np.testing.assert_allclose(found, factor * markers.positions_m[frame, label], atol=1e-5)


def test_opensim_reads_the_angles_that_we_write(tmp_path: Path) -> None:
    opensim = authority()
    times = np.linspace(0, 1, 11)
    write_mot(tmp_path / "a.mot", times, {"knee_angle_r": 50 * times, "hip_flexion_r": -20 * times})
    held = opensim.Storage(str(tmp_path / "a.mot"))
    assert held.isInDegrees()
    assert held.getSize() == 11
    table = opensim.TimeSeriesTable(str(tmp_path / "a.mot"))
    np.testing.assert_allclose(table.getDependentColumn("knee_angle_r").to_numpy(), 50 * times, atol=1e-7)


def test_what_opensim_writes_we_read(tmp_path: Path) -> None:
    opensim = authority()
    source = OPENSIM_TEST / "subject01_synthetic_marker_data.trc"
    recordings([source])
    opensim.TRCFileAdapter.write(opensim.TimeSeriesTableVec3(str(source)), str(tmp_path / "again.trc"))
    first, again = read_trc(source), read_trc(tmp_path / "again.trc")
    np.testing.assert_allclose(again.positions_m, first.positions_m, atol=1e-4)
    opensim.Storage(str(OPENSIM_TEST / "std_subject01_walk1_ik.mot")).printToFile(str(tmp_path / "again.sto"), "w")
    motion = read_motion(tmp_path / "again.sto")
    assert knee_sign(motion) == "flexion_negative"
    assert knee_flexion_deg(motion, "right").max() == pytest.approx(69.677, abs=0.01)
