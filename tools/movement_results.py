"""Write what ``herstel movement`` says of the published recordings, and pictures of drawn people, into the documents.

    python tools/movement_results.py

The recordings stand beside the project; real people are in some of them, so only drawn people are shown.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from benchmarks.movement.mannequin.cases import cases
from benchmarks.movement.mannequin.clips import clip
from herstel.knowledge.load import load_knowledge
from herstel.movement.model import MovementMeasurement
from herstel_pose.analysis import Analysis, VideoQuestion, analyse
from herstel_pose.pictures import evidence_png

ROOT = Path(__file__).parents[1]
RECORDINGS = ROOT.parent / "shared" / "movement-data"
PAGE, PICTURE = ROOT / "docs" / "reference" / "movement.md", ROOT / "docs" / "pictures" / "movement.jpg"
BEGIN, END = "<!-- recordings -->", "<!-- end -->"
ASKED: tuple[tuple[str, VideoQuestion], ...] = (
    ("synthetic/ake_r_near_30.mp4", VideoQuestion(test="active_knee_extension", side="right")),
    ("synthetic/ake_r_near_30_yaw55_wrong_view.mp4", VideoQuestion(test="active_knee_extension", side="right")),
    ("synthetic/slr_r_near_75.mp4", VideoQuestion(test="straight_leg_raise", side="right")),
    ("synthetic/nordic_break_50.mp4", VideoQuestion(test="nordic")),
    ("synthetic/bridge_r_5reps.mp4", VideoQuestion(test="single_leg_bridge", side="right")),
    ("synthetic/forward_bend_straight_knees.mp4", VideoQuestion(test="forward_bend")),
    ("synthetic/single_leg_squat_r_frontal_valgus.mp4", VideoQuestion(test="single_leg_squat", side="right")),
    ("synthetic/run4_sagittal_60fps.mp4", VideoQuestion(test="running", side="right")),
    ("synthetic/walk_overground_60fps.mp4", VideoQuestion(test="walking", side="right")),
    ("video/opencap_squat/video.mp4", VideoQuestion(test="forward_bend")),
    ("video/opencap_walk/video.mp4", VideoQuestion(test="walking")),
    ("video/sports2d_demo.mp4", VideoQuestion(test="walking")),
    ("video/sports2d_demo.mp4", VideoQuestion(test="walking", person=2)),
)
SHOWN = (
    ("active_knee_extension/near", "hold_knee_flexion_deg"), ("straight_leg_raise/near", "hold_hip_ankle_line_deg"),
    ("modified_thomas/near", "hold_thigh_to_horizontal_deg"), ("nordic/near", "break_point_lean_deg"),
    ("forward_bend/near", "peak_trunk_lean_deg"), ("knee_to_wall/near", "hold_shank_lean_deg"),
)  # fmt: skip
WIDE, HIGH, ACROSS = 520, 292, 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.parse_args()
    if not RECORDINGS.is_dir():
        print(f"{RECORDINGS} is not there: nothing was written", file=sys.stderr)
        return 1
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END, 1)[1]
    PAGE.write_text(f"{before}{BEGIN}\n" + "\n".join(_table()) + f"\n{END}{after}", encoding="utf-8")
    cv2.imwrite(str(PICTURE), _sheet(), [cv2.IMWRITE_JPEG_QUALITY, 82])
    return 0


def _table() -> Iterator[str]:
    limits = load_knowledge().movement
    yield "| recording | test | camera off the side | what is told |"
    yield "| --- | --- | --- | --- |"
    for name, question in ASKED:
        found = analyse(RECORDINGS / name, question, limits=limits)
        off = found.report.view_off_sagittal_deg
        whom = f", person {question.person}" if question.person else ""
        view = "-" if off is None else f"{off:.0f}°"
        yield f"| `{name}`{whom} | {question.test} | {view} | {_told(found)} |"


def _told(found: Analysis) -> str:
    report = found.report
    if report.refusals:
        return ", ".join(f"refused: `{one.code}`" for one in report.refusals)
    flags = "".join(f"; flag `{one.code}`" for one in report.flags)
    return ", ".join(f"{one.name} {_value(one)}" for one in report.measurements) + flags


def _value(one: MovementMeasurement) -> str:
    return f"{one.value:.0f}" if one.unit == "count" else f"{one.value:.2f}" if one.unit == "s" else f"{one.value:.1f}"


def _sheet() -> np.ndarray:  # type: ignore[type-arg]
    """One picture of several measured frames beside each other."""
    limits = load_knowledge().movement
    known = {case.name: case for case in cases()}
    shown = []
    for name, measure in SHOWN:
        case = known[name]
        path = clip(case)
        found = analyse(path, VideoQuestion(test=case.test, side=case.side), limits=limits)
        one = next(one for one in found.report.measurements if one.name == measure)
        png = evidence_png(path, one, found.pose)
        assert png is not None
        picture = cv2.imdecode(np.frombuffer(png, dtype=np.uint8), cv2.IMREAD_COLOR)
        shown.append(cv2.resize(picture, (WIDE, HIGH), interpolation=cv2.INTER_AREA))
    rows = [np.hstack(shown[start : start + ACROSS]) for start in range(0, len(shown), ACROSS)]
    return np.vstack(rows)


if __name__ == "__main__":
    raise SystemExit(main())
