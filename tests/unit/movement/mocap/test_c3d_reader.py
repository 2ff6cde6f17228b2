"""C3D files: all six encodings, events from the first frame on, and damaged files refused."""

import sys
from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.mocap.c3d_reader import read_c3d
from tests.unit.movement.mocap.walker import knee_truth_deg, walker, write_c3d

SHARED = Path(__file__).parents[5] / "shared" / "movement-data"
pytestmark = pytest.mark.filterwarnings("ignore:No analog data")


def test_markers_angles_and_events_are_read(tmp_path: Path) -> None:
    markers = walker()
    lab = np.stack([knee_truth_deg(markers.times_s, left=True)] * 3, axis=1)
    events = [("Left", "Foot Strike", 1.35), ("Right", "Foot Off", 1.44), ("General", "Event", 2.0)]
    write_c3d(
        tmp_path / "a.c3d", markers, first_frame=124, events=events, angles={"LKneeAngles": lab}, missing=[(3, 2)]
    )
    read = read_c3d(tmp_path / "a.c3d")
    assert read.labels == markers.labels, "without the name of the person, and without the angles"
    assert np.isnan(read.positions_m[3, 2]).all()
    np.testing.assert_allclose(read.positions_m[4:], markers.positions_m[4:], atol=1e-6)
    np.testing.assert_allclose(read.lab_angles_deg["LKneeAngles"], lab, atol=1e-5)
    assert [(e.kind, e.side) for e in read.events] == [("foot_strike", "left"), ("foot_off", "right")]
    assert [e.time_s for e in read.events] == pytest.approx([0.12, 0.21], abs=1e-6)


def test_more_than_255_points_are_named(tmp_path: Path) -> None:
    """The names go on in LABELS2; a point without a name, or with that of another, is left out."""
    read = _with_labels(tmp_path, ["A", "B"], ["LHJC", "A"])
    assert read == ("A", "B", "LHJC")


def _with_labels(folder: Path, first: list[str], more: list[str]) -> tuple[str, ...]:
    import c3d

    markers = walker()
    held = np.zeros((20, 5, 5), dtype=np.float32)
    held[:, :, :3] = 1000 * markers.positions_m[:20, :5]
    writer = c3d.Writer(point_rate=100)
    writer.set_point_labels(first)
    writer.point_group.add_str("LABELS2", "", "".join(name.ljust(16) for name in more), 16, len(more))
    writer.add_frames([(frame, np.zeros((0, 0))) for frame in held])
    with (folder / "a.c3d").open("wb") as handle:
        writer.write(handle)
    return read_c3d(folder / "a.c3d").labels


def test_a_unit_that_cannot_be_is_refused(tmp_path: Path) -> None:
    write_c3d(tmp_path / "a.c3d", walker(), unit="ft")
    with pytest.raises(InputError, match='The unit of length is "ft"'):
        read_c3d(tmp_path / "a.c3d")


@pytest.mark.parametrize("content", [b"", b"\x00" * 2000, b"\x00\x00\x00\x18ftypisom" * 200])
def test_what_is_no_c3d_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.c3d").write_bytes(content)
    with pytest.raises(InputError, match=r"a\.c3d: This is not a C3D file\. Export"):
        read_c3d(tmp_path / "a.c3d")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.9])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, share: float) -> None:
    write_c3d(tmp_path / "a.c3d", walker())
    content = (tmp_path / "a.c3d").read_bytes()
    (tmp_path / "a.c3d").write_bytes(content[: max(600, int(share * len(content)))])
    with pytest.raises(InputError, match=r"damaged or cut off|announces 300 pictures"):
        read_c3d(tmp_path / "a.c3d")


def test_without_the_library_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_c3d(tmp_path / "a.c3d", walker())
    monkeypatch.setitem(sys.modules, "c3d", None)
    with pytest.raises(InputError, match=r"Install herstel\[mocap\]"):
        read_c3d(tmp_path / "a.c3d")


def test_a_rate_of_zero_is_refused(tmp_path: Path) -> None:
    write_c3d(tmp_path / "a.c3d", walker())
    content = (tmp_path / "a.c3d").read_bytes()
    rate, nothing = np.float32(100).tobytes(), np.float32(0).tobytes()
    (tmp_path / "a.c3d").write_bytes(content[:2048].replace(rate, nothing) + content[2048:])
    with pytest.raises(InputError, match="damaged or cut off"):
        read_c3d(tmp_path / "a.c3d")


def test_one_recording_in_six_encodings_reads_the_same() -> None:
    folder = SHARED / "c3d" / "encodings"
    if not folder.is_dir():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    read = {file.name: read_c3d(file) for file in sorted(folder.glob("*.c3d"))}
    assert len(read) == 6
    first = read["pc_real.c3d"]
    step_m = 0.28118187 / 1000  # the files of whole numbers keep places in steps of this
    for name, other in read.items():
        assert other.labels == first.labels
        assert np.array_equal(np.isnan(other.positions_m), np.isnan(first.positions_m)), name
        np.testing.assert_allclose(other.positions_m, first.positions_m, atol=1.001 * step_m, err_msg=name)


def test_the_laboratorys_events_count_from_the_first_frame() -> None:
    file = SHARED / "c3d" / "walking_pig" / "HC002D06.c3d"
    if not file.is_file():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    read = read_c3d(file)
    assert (read.frames, read.rate_hz) == (255, pytest.approx(100))
    assert len(read.events) == 12
    assert read.events[0].time_s == pytest.approx(0.12, abs=0.001)


def test_another_library_reads_the_same() -> None:
    ezc3d = pytest.importorskip("ezc3d", reason="ezc3d, an outside authority, is not installed")
    folder = SHARED / "c3d"
    if not folder.is_dir():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    for file in [folder / "walking_pig" / "HC030A05.c3d", folder / "encodings" / "dec_real.c3d"]:
        read, other = read_c3d(file), ezc3d.c3d(str(file))
        labels = [label.strip() for label in other["parameters"]["POINT"]["LABELS"]["value"]]
        places = other["data"]["points"][:3].transpose(2, 1, 0) / 1000
        for number, label in enumerate(read.labels):
            if label in labels:
                np.testing.assert_allclose(read.positions_m[:, number], places[:, labels.index(label)], atol=1e-6)
