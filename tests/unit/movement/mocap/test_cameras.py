"""Several cameras by Pose2Sim: called in order on the project, and a clear error where it cannot be."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from herstel.errors import InputError
from herstel.movement.mocap.cameras import triangulated
from herstel.movement.mocap.trc import write_trc
from tests.unit.movement.mocap.walker import walker


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "Config.toml").touch()
    for folder in ("calibration", "pose/cam01", "pose/cam02", "pose-3d"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "calibration" / "calib.toml").touch()
    return tmp_path


def stand_in(monkeypatch: pytest.MonkeyPatch, filtering: Callable[[str], None]) -> list[str]:
    """A Pose2Sim that notes what it was called with, so that the way to it is tested where it is not installed."""
    called: list[str] = []

    def noted(name: str) -> Callable[[str], None]:
        return lambda config: called.append(f"{name} {config}")

    steps = {name: noted(name) for name in ("personAssociation", "triangulation")}
    module = SimpleNamespace(**steps, filtering=filtering)
    monkeypatch.setitem(sys.modules, "Pose2Sim", SimpleNamespace(Pose2Sim=module))
    monkeypatch.setitem(sys.modules, "Pose2Sim.Pose2Sim", module)
    return called


def test_the_newest_markers_are_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_trc(project / "pose-3d" / "old.trc", walker(1.0))
    called = stand_in(monkeypatch, lambda _: write_trc(project / "pose-3d" / "new.trc", walker(2.0)))
    assert triangulated(project).frames == 200
    assert called == [f"{name} {project}" for name in ("personAssociation", "triangulation")]


def test_a_project_may_be_named_from_where_one_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called = stand_in(monkeypatch, lambda _: write_trc(project / "pose-3d" / "new.trc", walker(2.0)))
    monkeypatch.chdir(project.parent)
    assert triangulated(Path(project.name)).frames == 200
    assert called == [f"{name} {project}" for name in ("personAssociation", "triangulation")]


def test_a_project_of_which_nothing_comes_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_trc(project / "pose-3d" / "old.trc", walker(1.0))
    stand_in(monkeypatch, lambda _: None)
    with pytest.raises(InputError, match="Pose2Sim made no markers"):
        triangulated(project)


def test_what_pose2sim_stumbles_on_is_an_error_of_the_project(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbles(_: str) -> None:
        raise ValueError("secret")

    stand_in(monkeypatch, stumbles)
    with pytest.raises(InputError, match=r"could not combine the cameras \(ValueError\)") as caught:
        triangulated(project)
    assert "secret" not in str(caught.value)


def test_without_pose2sim_the_remedy_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "Pose2Sim.Pose2Sim", None)
    monkeypatch.setitem(sys.modules, "Pose2Sim", None)
    with pytest.raises(InputError, match=r"Install herstel\[pose2sim\]"):
        triangulated(project)


@pytest.mark.parametrize("missing", ["Config.toml", "calibration/calib.toml"])
def test_a_folder_that_is_no_project_is_refused(project: Path, missing: str) -> None:
    (project / missing).unlink()
    with pytest.raises(InputError, match="no project of Pose2Sim"):
        triangulated(project)


def test_one_camera_is_not_enough(project: Path) -> None:
    (project / "pose" / "cam02").rmdir()
    with pytest.raises(InputError, match="Points of 1 cameras are there"):
        triangulated(project)
