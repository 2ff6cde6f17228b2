"""Joint angles from markers by OpenSim's inverse kinematics, for laboratories whose markers show no joint centres.

Needs the extra ``[opensim]`` and a model scaled to the person. OpenSim is slow (7 to 18 s for 10 s of recording), so
progress is told after every frame.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from herstel.errors import marked
from herstel.movement.mocap.motion import Motion
from herstel.movement.mocap.recording import unusable
from herstel.movement.mocap.trc import read_trc
from herstel.movement.pose import FloatArray

Progress = Callable[[int, int], None]
_ACCURACY = 1e-5
_ROTATIONAL = 1
"""What OpenSim calls a coordinate that turns."""


def inverse_kinematics(
    model: Path, markers: Path, *, weights: Mapping[str, float] | None = None, progress: Progress | None = None
) -> Motion:
    """Find the joint angles that bring a model closest to the markers of a TRC file.

    Parameters
    ----------
    model : Path
        An .osim file, scaled to the person.
    markers : Path
        A TRC file.
    weights : mapping of marker to float, optional
        Only these markers count; without it all that the model knows, equally.
    progress : callable, optional
        Called with the frames done and the frames in all.

    Raises
    ------
    InputError
        When OpenSim is not installed, or refuses the model or the markers.
    """
    recording = read_trc(markers)
    try:
        opensim = import_module("opensim")
    except ImportError:
        reason = marked("For inverse kinematics a part must be installed that is not there.")
        raise unusable(markers.name, reason, marked("Install herstel[opensim].")) from None
    try:
        return _solved(opensim, model, markers, weights or {}, _Steps(recording.times_s, progress))
    except RuntimeError as error:
        reason = marked("OpenSim refuses the model or the markers: {error}")
        told = " ".join(str(error).split())[:200]
        remedy = marked("Choose a model that is scaled to this person and has these markers.")
        raise unusable(model.name, reason, remedy, error=told) from None


class _Steps:
    """The times of the frames; going through them tells the progress."""

    def __init__(self, times_s: FloatArray, progress: Progress | None) -> None:
        self.times_s, self._progress = times_s, progress

    def done(self, frames: int) -> None:
        if self._progress is not None:
            self._progress(frames, len(self.times_s))


def _solved(opensim: Any, model_file: Path, markers: Path, weights: Mapping[str, float], steps: _Steps) -> Motion:
    opensim.Logger.setLevelString("Error")
    model = opensim.Model(str(model_file.resolve()))  # OpenSim takes relative paths from where a setup file lies
    state = model.initSystem()
    held = opensim.SetMarkerWeights()
    for name, weight in weights.items():
        held.cloneAndAppend(opensim.MarkerWeight(name, weight))
    reference = opensim.MarkersReference(str(markers.resolve()), held)
    solver = opensim.InverseKinematicsSolver(model, reference, opensim.SimTKArrayCoordinateReference())
    solver.setAccuracy(_ACCURACY)
    coordinates = [model.getCoordinateSet().get(number) for number in range(model.getCoordinateSet().getSize())]
    rows = []
    for frame, time_s in enumerate(steps.times_s):
        state.setTime(float(time_s))
        (solver.track if frame else solver.assemble)(state)
        rows.append([coordinate.getValue(state) for coordinate in coordinates])
        steps.done(frame + 1)
    table = np.array(rows)
    turning = [coordinate.getMotionType() == _ROTATIONAL for coordinate in coordinates]
    table[:, turning] = np.degrees(table[:, turning])
    names = [coordinate.getName() for coordinate in coordinates]
    columns = dict(zip(names, table.T, strict=True))
    return Motion(thing=markers.name, times_s=steps.times_s, columns=columns, in_degrees=True)
