"""Several calibrated cameras become markers in space by Pose2Sim (extra ``[pose2sim]``).

The folder is a project of Pose2Sim: a Config.toml, the calibration of the cameras, and for each camera the points that
were found in its video. Which person is followed, the triangulation and the filter are those of Pose2Sim.
"""

from contextlib import chdir
from importlib import import_module
from pathlib import Path

from herstel.errors import marked
from herstel.movement.mocap.recording import Markers, unusable
from herstel.movement.mocap.trc import read_trc

FEWEST_CAMERAS = 2
_STEPS = ("personAssociation", "triangulation", "filtering")


def is_project(folder: Path) -> bool:
    """Whether a folder is a project of Pose2Sim."""
    return (folder / "Config.toml").is_file()


def project_files(project: Path) -> list[Path]:
    """What a recording of several cameras is made of: the settings, the calibration, and the points of each camera."""
    return [project / "Config.toml", *sorted(project.glob("*alib*/*.toml")), *sorted(project.glob("pose/**/*.json"))]


def triangulated(project: Path) -> Markers:
    """Triangulate the recording of a Pose2Sim project.

    Raises
    ------
    InputError
        When Pose2Sim is not installed, the folder is no project of it, or it makes no markers.
    """
    _check_project(project)
    project = project.resolve()
    try:
        pose2sim = import_module("Pose2Sim.Pose2Sim")
    except ImportError:
        reason = marked("To combine several cameras a part must be installed that is not there.")
        raise unusable(project.name, reason, marked("Install herstel[pose2sim].")) from None
    before = _written(project)
    try:
        with chdir(project):  # Pose2Sim looks for the calibration from where it is run
            for step in _STEPS:
                getattr(pose2sim, step)(str(project))
    except Exception as error:  # noqa: BLE001 - whatever Pose2Sim stumbles on, the project is to blame
        reason = marked("Pose2Sim could not combine the cameras ({error}).")
        remedy = marked("Check the calibration, and that the videos were taken at the same time.")
        raise unusable(project.name, reason, remedy, error=type(error).__name__) from None
    new = [path for path, changed in _written(project).items() if before.get(path) != changed]
    if not new:
        reason = marked("Pose2Sim made no markers.")
        raise unusable(project.name, reason, marked("Check that the person is seen by two cameras or more."))
    return read_trc(max(new, key=lambda path: path.stat().st_mtime_ns))


def _check_project(project: Path) -> None:
    if not is_project(project) or not any(project.glob("*alib*/*.toml")):
        reason = marked("The folder is no project of Pose2Sim: Config.toml or the calibration is missing.")
        raise unusable(project.name, reason, marked("Choose the folder of the project."))
    cameras = [path for path in project.glob("pose/*") if path.is_dir()]
    if len(cameras) < FEWEST_CAMERAS:
        reason = marked("Points of {count} cameras are there; at least two are needed.")
        remedy = marked("Find the points in the video of each camera first.")
        raise unusable(project.name, reason, remedy, count=len(cameras))


def _written(project: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in project.glob("pose-3d/*.trc")}
