"""Which recordings are measured, what was measured before, and the files that are written beside the answer."""

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from herstel.errors import InputError, Problem, marked
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel.movement.length_report import LegRecording, LengthQuestion, recording_of
from herstel.movement.mocap.cameras import is_project, project_files, triangulated
from herstel.movement.mocap.motion import Motion, read_motion
from herstel.movement.mocap.recording import Markers
from herstel.movement.mocap.report import (
    MocapQuestion,
    leg_angles,
    marker_report,
    motion_report,
    read_markers,
    seen_for,
)
from herstel.movement.model import MovementReport
from herstel.movement.pose import BodySide, Pose
from herstel.movement.report_data import report_data
from herstel.text import Language, say, say_problem

VIDEO = (".mp4", ".mov", ".m4v", ".webm", ".mkv", ".avi", ".3gp", ".mts", ".mpg", ".mpeg")
ANGLES = (".mot", ".sto")
MOCAP = (".trc", ".c3d", *ANGLES)
DONE = ".json"
ANOTHER = marked("Name another folder.")
ABOUT = {
    "--person": marked("It chooses among people in a video, and there is no video."),
    "--model": marked("It is for markers in a TRC file, and there is none."),
    "--knee-sign": marked("It is for joint angles in a MOT or STO file, and there is none."),
    "--earlier": marked("It is about the recording of --beside, and there is none."),
}
LEAVE_OUT = marked("Leave this option out, or name the recording that it is about.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recordings:
    """What was asked for: the files, the folder they are named from, and the question."""

    paths: tuple[Path, ...]
    base: Path
    folder: bool
    knowledge: Knowledge
    language: Language

    def name(self, path: Path) -> str:
        """What a recording is called: its place below the folder."""
        return path.relative_to(self.base).as_posix()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Measured:
    """One recording: its report and its points, what was written of it before, or what is wrong with it.

    ``pose`` holds the points of a video; ``figure`` the markers of motion capture as a camera would see them.
    """

    name: str
    report: MovementReport | None = None
    pose: Pose | None = None
    figure: Pose | None = None
    data: Mapping[str, Any] | None = None
    problems: tuple[Problem, ...] = ()
    knowledge: Knowledge | None = None
    length: LengthQuestion | None = None
    told: Mapping[str, object] = field(default_factory=dict)


def recordings(options: argparse.Namespace) -> Recordings:
    """The recordings in a folder and the folders below it, or the one that is named.

    Raises
    ------
    InputError
        When there is none, or they would be mixed with what is written of them.
    """
    try:
        return _recordings(options)
    except OSError as error:
        raise InputError([_unopened(options.recording, error)]) from None


def _recordings(options: argparse.Namespace) -> Recordings:
    path = Path(options.recording)
    path = path.resolve() if is_project(path) else path
    out = Path(options.out).resolve() if options.out else None
    folder = path.is_dir() and not is_project(path)
    if folder:
        if out is not None and path.resolve().is_relative_to(out):
            reason = marked("The recordings themselves are in this folder.")
            raise InputError([Problem(thing=f"--out {options.out}", reason=reason, remedy=ANOTHER)])
        files = [one for one in sorted(path.rglob("*")) if one.suffix.lower() in VIDEO + MOCAP and one.is_file()]
        files = [one for one in files if out is None or out not in one.resolve().parents]
        if not files:
            reason = marked("There is no video and no motion-capture file in this folder.")
            raise InputError([Problem(thing=options.recording, reason=reason, remedy=ANOTHER)])
    elif path.exists():
        files = [path]
    else:
        reason, remedy = marked("There is no such file."), marked("Check its name and folder.")
        raise InputError([Problem(thing=options.recording, reason=reason, remedy=remedy)])
    return Recordings(
        paths=tuple(files), base=path if folder else path.parent, folder=folder,
        knowledge=load_knowledge(), language=options.lang,
    )  # fmt: skip


def check_used(found: Recordings, options: argparse.Namespace) -> None:
    """Refuse options that say something about none of the recordings, instead of ignoring them.

    Raises
    ------
    InputError
        Naming every such option.
    """
    paths = found.paths if options.beside is None else (*found.paths, Path(options.beside))
    endings = {path.suffix.lower() for path in paths if not path.is_dir()}
    about_angles = endings & {*ANGLES} or options.model
    unused = {
        "--person": options.person and endings <= {*MOCAP},
        "--model": options.model and ".trc" not in endings,
        "--knee-sign": options.knee_sign and not about_angles,
        "--earlier": options.earlier and options.beside is None,
    }
    problems = [Problem(thing=name, reason=ABOUT[name], remedy=LEAVE_OUT) for name in unused if unused[name]]
    if problems:
        raise InputError(problems)


def with_pictures(found: Recordings, options: argparse.Namespace) -> Iterator[Measured]:
    """Every recording measured, with its files written where they are asked for."""
    if options.out is None:
        yield from measured(found, found.paths, options)
        return
    from herstel_cli.movement_files import Folder

    folder = Folder(Path(options.out), options)
    before = {path: folder.before(found, path) for path in found.paths}
    left = [path for path in found.paths if before[path] is None]
    if len(left) < len(found.paths):
        count = len(found.paths) - len(left)
        message = marked("Measured before and not measured again: {count}; see {folder}.")
        print(say(found.language, message, count=count, folder=options.out), file=sys.stderr)
    yield from (one for one in before.values() if one is not None)
    for one in measured(found, left, options):
        yield folder.written(found, one)


def measured(found: Recordings, paths: Sequence[Path], options: argparse.Namespace) -> Iterator[Measured]:
    """Measure recordings: motion capture at once, videos in as many processes as were asked for."""
    videos = [path for path in paths if path.suffix.lower() not in MOCAP and not path.is_dir()]
    for path in paths:
        if path not in videos:
            yield _mocap(found, path, options)
    if videos:
        yield from _videos(found, videos, options)


def _mocap(found: Recordings, path: Path, options: argparse.Namespace) -> Measured:
    name = found.name(path)
    try:
        if options.test == "auto":
            reason = marked("Which test this is cannot be told from motion capture.")
            raise InputError([Problem(thing=name, reason=reason, remedy=marked("Name it with --test."))])
        sign = {"positive": 1, "negative": -1, None: None}[options.knee_sign]
        question = MocapQuestion(test=options.test, side=options.side, knee_sign=sign, limits=found.knowledge.movement)  # type: ignore[arg-type]
        if options.model and path.suffix.lower() == ".trc":
            return _motion(found, name, _solved(path, options), question)
        if path.suffix.lower() in ANGLES:
            return _motion(found, name, read_motion(path), question)
        markers = triangulated(path) if path.is_dir() else read_markers(path)
        one = _reported(found, name, marker_report(markers, question, path.name), None)
        return one if options.out is None else replace(one, figure=_figure(markers, question, name))
    except InputError as error:
        return _refused(found, name, error.problems)
    except OSError as error:
        return _refused(found, name, (_unopened(name, error),))


def _figure(markers: Markers, question: MocapQuestion, name: str) -> Pose | None:
    """The markers as they are drawn; None when it cannot be told which way is up."""
    try:
        return seen_for(markers, question, name)
    except InputError:
        return None


def _motion(found: Recordings, name: str, motion: Motion, question: MocapQuestion) -> Measured:
    """Joint angles; of a leg that is named also how long its hamstring became, beside the other leg of the file."""
    one = _reported(found, name, motion_report(motion, question), None)
    if question.side is None:
        return one
    other: BodySide = "left" if question.side == "right" else "right"
    legs = [_leg(motion, side, question) for side in (question.side, other)]
    return replace(one, length=LengthQuestion(recording=legs[0], other=legs[1]))


def _leg(motion: Motion, side: BodySide, question: MocapQuestion) -> LegRecording:
    return LegRecording(times_s=motion.times_s, angles=leg_angles(motion, side, question.knee_sign))


def _unopened(name: str, error: OSError) -> Problem:
    said = {"error": error.strerror or str(error)}
    reason, remedy = marked("the file cannot be opened: {error}."), marked("Check that you may read it.")
    return Problem(thing=name, reason=reason, remedy=remedy, values=said)


def _solved(path: Path, options: argparse.Namespace) -> Motion:
    """The joint angles of markers by a model, with a bar for whoever is watching: a second takes about a second."""
    from herstel.movement.mocap.opensim_ik import inverse_kinematics

    with _bar_of_frames(options.lang) as progress:
        return inverse_kinematics(Path(options.model), path, progress=progress)


@contextmanager
def _bar_of_frames(language: Language) -> Iterator[Callable[[int, int | None], None]]:
    """A bar for whoever is watching, and what tells it how many frames are done of how many."""
    from tqdm import tqdm

    with tqdm(desc=say(language, "Pictures"), disable=None, leave=False, file=sys.stderr) as bar:

        def tell(done: int, frames: int | None) -> None:
            bar.total = frames
            bar.update(done - bar.n)

        yield tell


def _videos(found: Recordings, paths: Sequence[Path], options: argparse.Namespace) -> Iterator[Measured]:
    from herstel_pose.analysis import VideoQuestion
    from herstel_pose.analysis import measured as measured_points
    from herstel_pose.landmarks_file import from_bytes

    question = VideoQuestion(test=options.test, side=options.side, person=options.person)
    for path, points in _points(paths, options):
        name = found.name(path)
        if not isinstance(points, bytes):
            yield _refused(found, name, points)
            continue
        try:
            pose = from_bytes(points)
            yield _reported(found, name, measured_points(pose, question, name, limits=found.knowledge.movement), pose)
        except InputError as error:
            yield _refused(found, name, error.problems)


def _points(paths: Sequence[Path], options: argparse.Namespace) -> Iterator[tuple[Path, Any]]:
    """The points of every video, with a bar for whoever is watching: frames of one video, or videos of many."""
    from tqdm import tqdm

    from herstel_pose.many import Where, points_of_all

    if len(paths) == 1 and options.cluster is None:
        yield paths[0], _one_with_bar(paths[0], options)
        return
    where = Where(workers=options.workers, cluster=options.cluster)
    work = points_of_all(paths, where, options.person)
    title = say(options.lang, "Recordings")
    yield from tqdm(work, desc=title, total=len(paths), disable=None, leave=False, file=sys.stderr)


def _one_with_bar(path: Path, options: argparse.Namespace) -> Any:
    import os

    from herstel_pose.blazepose import BlazePose
    from herstel_pose.landmarks_file import to_bytes
    from herstel_pose.recording import Reading, find_pose

    with _bar_of_frames(options.lang) as on_frame:
        try:
            backend = BlazePose(threads=min(os.cpu_count() or 1, 4))
            return to_bytes(find_pose(path, backend, Reading(person=options.person, on_frame=on_frame)))
        except InputError as error:
            return error.problems


def _reported(found: Recordings, name: str, report: MovementReport, pose: Pose | None) -> Measured:
    data = report_data(report, found.knowledge.movement, found.language)
    leg = None if pose is None else recording_of(report, pose.times_s)
    length = None if leg is None or report.refusals else LengthQuestion(recording=leg)
    return Measured(name=name, report=report, pose=pose, data=data, knowledge=found.knowledge, length=length)


def _refused(found: Recordings, name: str, problems: tuple[Problem, ...]) -> Measured:
    named = tuple(replace(one, thing=name) if one.thing == Path(name).name else one for one in problems)
    told = {"problems": [say_problem(found.language, one) for one in named]}
    return Measured(name=name, problems=named, told=told)


def fingerprint(path: Path) -> str:
    """What is in a file, in short; of a project of several cameras what is in all its files."""
    if path.is_dir():
        return hashlib.sha256("".join(map(fingerprint, project_files(path))).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_json(path: Path) -> Mapping[str, Any] | None:
    """What was written before; None when it is not there or is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
