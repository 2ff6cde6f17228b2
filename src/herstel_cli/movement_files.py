"""The folder in which the data, the pictures and the drawn videos of recordings are kept."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from herstel.drawing.shapes import Drawing
from herstel.drawing.svg import as_svg
from herstel.errors import InputError
from herstel.movement.mocap.stick_picture import stick_picture
from herstel.movement.remedy_picture import remedy_svg
from herstel.text import say
from herstel_cli.data import json_text
from herstel_cli.files import write_bytes
from herstel_cli.movement_recordings import DONE, Measured, Recordings, fingerprint, read_json
from herstel_cli.movement_text import said


class Folder:
    """Files beside the answer; a recording whose data is there is not measured again."""

    def __init__(self, place: Path, options: argparse.Namespace) -> None:
        self._place = place
        self._video = not options.no_video
        self._fingerprints: dict[Path, str] = {}
        self._points_needed = bool(options.svg or options.beside)  # a length is told of points, which are not kept
        self._question = {
            "test": options.test, "side": options.side, "person": options.person, "knee_sign": options.knee_sign,
            "model": options.model, "language": options.lang,
        }  # fmt: skip

    def before(self, found: Recordings, path: Path) -> Measured | None:
        """What was measured of the same file with the same question and knowledge; None when nothing was."""
        kept = None if self._points_needed else read_json(self._data(found.name(path)))
        try:
            if kept is None or kept.get("asked") != self._asked(found, path):
                return None
        except OSError:  # measuring it says what is wrong
            return None
        return Measured(name=found.name(path), data={name: kept[name] for name in kept if name != "asked"})

    def written(self, found: Recordings, one: Measured) -> Measured:
        """Write what belongs to a recording; its data last, since that says that all of it is there."""
        if one.report is None or one.data is None:
            return one
        path = found.base / one.name
        for refusal in (refusal for refusal in one.report.refusals if refusal.pictured):
            self._write(self._place / f"{one.name}.{refusal.code}.svg", remedy_svg(refusal.code).encode())
        for name, drawing in self._figures(one):
            self._write(self._place / name, as_svg(drawing).encode())
        if one.pose is not None:
            try:
                self._pictures(path, one)
            except InputError as error:
                return replace(one, problems=error.problems)
        kept = {**one.data, "asked": self._asked(found, path)}
        self._write(self._data(one.name), (json_text(kept) + "\n").encode())
        return one

    def _figures(self, one: Measured) -> Iterator[tuple[str, Drawing]]:
        """Where each number of markers comes from, as a drawing; a side is named where the report is about both."""
        if one.report is None or one.figure is None or one.knowledge is None:
            return
        for measurement in one.report.measurements:
            if measurement.shown is not None:
                title = said(one.report, measurement, one.knowledge.movement, self._question["language"])
                side = f".{measurement.side}" if measurement.side and one.report.side is None else ""
                yield f"{one.name}.{measurement.name}{side}.svg", stick_picture(one.figure, measurement.shown, title)

    def _pictures(self, path: Path, one: Measured) -> None:
        from herstel_pose.pictures import annotate, evidence_pictures

        if one.report is None or one.pose is None:
            return
        if "several_people" in {refusal.code for refusal in one.report.refusals}:
            self._numbered(path, one.name)
        for measurement, png in evidence_pictures(path, one.report.measurements, one.pose):
            self._write(self._place / f"{one.name}.{measurement.name}.png", png)
        if self._video:
            out = self._place / f"{one.name}.drawn.mp4"
            out.parent.mkdir(parents=True, exist_ok=True)
            annotate(path, out, one.pose, one.report)
        print(say(self._question["language"], "Written: {path}", path=self._place / one.name), file=sys.stderr)

    def _numbered(self, path: Path, name: str) -> None:
        """The picture with most people, each with the number for ``--person``."""
        from herstel_pose.analysis import backend
        from herstel_pose.crowd import fullest
        from herstel_pose.pictures import crowd_png

        png = crowd_png(fullest(path, backend()))
        if png is not None:
            self._write(self._place / f"{name}.people.png", png)

    def _asked(self, found: Recordings, path: Path) -> Mapping[str, Any]:
        if path not in self._fingerprints:
            self._fingerprints[path] = fingerprint(path)
        return {**self._question, "file": self._fingerprints[path], "knowledge": found.knowledge.version.version}

    def _data(self, name: str) -> Path:
        return self._place / f"{name}{DONE}"

    def _write(self, path: Path, content: bytes) -> None:
        part = path.with_name(f"{path.name}.part")
        write_bytes(str(part), content)
        part.replace(path)
