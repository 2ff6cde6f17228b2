"""TRC files: read exactly, refused when they cannot be trusted, written so that they read back."""

from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.mocap.trc import read_trc, write_trc
from tests.unit.movement.mocap.walker import walker

SHARED = Path(__file__).parents[5] / "shared" / "movement-data"


@pytest.fixture
def written(tmp_path: Path) -> Path:
    file = tmp_path / "walk.trc"
    write_trc(file, walker())
    return file


def changed(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


@pytest.mark.parametrize("unit", ["m", "mm"])
def test_what_is_written_reads_back(tmp_path: Path, unit: str) -> None:
    markers = walker()
    markers.positions_m[7, 3] = np.nan
    write_trc(tmp_path / "walk.trc", markers, unit=unit)
    read = read_trc(tmp_path / "walk.trc")
    assert read.labels == markers.labels
    assert read.rate_hz == pytest.approx(100)
    assert np.isnan(read.positions_m[7, 3]).all()
    np.testing.assert_allclose(read.positions_m, markers.positions_m, atol=1e-6)


def test_the_same_walk_in_metres_and_millimetres_is_the_same(tmp_path: Path) -> None:
    for unit in ("m", "mm"):
        write_trc(tmp_path / f"{unit}.trc", walker(), unit=unit)
    in_m, in_mm = (read_trc(tmp_path / f"{unit}.trc").positions_m for unit in ("m", "mm"))
    np.testing.assert_allclose(in_m, in_mm, atol=1e-6)


def test_the_word_nan_is_a_marker_that_was_not_seen(written: Path) -> None:
    line = written.read_text(encoding="utf-8").splitlines()[6]
    cells = line.split("\t")
    read = read_trc(changed(written, line, "\t".join([*cells[:2], "NaN", "nan", "NaN", *cells[5:]])))
    assert np.isnan(read.positions_m[0, 0]).all()
    assert np.isfinite(read.positions_m[0, 1]).all()


def test_names_of_a_person_before_the_marker_are_left_out(written: Path) -> None:
    assert read_trc(changed(written, "LHJC", "Somebody:LHJC")).labels[0] == "LHJC"


def test_a_person_of_one_point_seven_millimetres_is_refused(written: Path) -> None:
    with pytest.raises(InputError, match=r"walk\.trc: By the unit in the file the markers span .* Correct the unit"):
        read_trc(changed(written, "\tmm\t", "\tm\t"))


def test_a_person_of_one_kilometre_is_refused(tmp_path: Path) -> None:
    write_trc(tmp_path / "walk.trc", walker(), unit="m")
    with pytest.raises(InputError, match="which no person does"):
        read_trc(changed(tmp_path / "walk.trc", "\tm\t", "\tmm\t"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("PathFileType", "Something", "not a TRC file"),
        ("\tUnits\t", "\tOther\t", "does not say Units"),
        ("\tmm\t", "\tfeet\t", 'The unit of length is "feet"'),
        ("\t300\t18\t", "\t299\t18\t", "announces 299 pictures, the file holds 300"),
        ("\t300\t18\t", "\t302\t18\t", "announces 302 pictures, the file holds 300"),
        ("\t300\t18\t", "\tmany\t18\t", '"many" is no number for NumFrames'),
        ("\t300\t18\t", "\tinf\t18\t", "is no number for NumFrames"),
        ("\t300\t18\t", "\t300\t17\t", "announces 17 markers and names 18"),
        ("RTIO", "RFEO", 'The marker "RFEO" occurs twice'),
        ("\n2\t0.010000\t", "\n2\t0.000000\t", "The time of picture 2 is missing or not later"),
        ("\n2\t0.010000\t", "\n2\t\t", "The time of picture 2 is missing"),
        ("\n2\t0.010000\t", "\n2\t0.010000\tabc\t", "more values than there are markers"),
        ("\n2\t0.01", "\n2\tabc", "has a value that is no number"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused(written: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_trc(changed(written, old, new))
    assert told in str(caught.value)
    assert str(caught.value).startswith("walk.trc: ")


def test_a_file_that_is_cut_off_is_refused(written: Path) -> None:
    text = written.read_text(encoding="utf-8")
    written.write_text(text[: len(text) // 2].rsplit("\n", 1)[0], encoding="utf-8")
    with pytest.raises(InputError, match="announces 300 pictures, the file holds 1"):
        read_trc(written)


def test_a_file_that_ends_within_its_last_row_is_refused(written: Path) -> None:
    text = written.read_text(encoding="utf-8").rstrip("\n")
    assert read_trc(written).frames == 300
    written.write_text(text, encoding="utf-8")
    assert read_trc(written).frames == 300, "only the end of the line is missing"
    written.write_text(text[:-25], encoding="utf-8")
    with pytest.raises(InputError, match="announces 300 pictures"):
        read_trc(written)


def test_a_header_that_announces_one_picture_too_many_is_read(written: Path) -> None:
    """Pose2Sim writes such files."""
    assert read_trc(changed(written, "\t300\t18\t", "\t301\t18\t")).frames == 300


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "walk.trc").write_bytes(b"")
    with pytest.raises(InputError, match="not a TRC file"):
        read_trc(tmp_path / "walk.trc")


def test_a_recording_of_one_picture_is_refused(tmp_path: Path) -> None:
    write_trc(tmp_path / "walk.trc", walker())
    lines = (tmp_path / "walk.trc").read_text(encoding="utf-8").splitlines()[:7]
    (tmp_path / "walk.trc").write_text("\n".join(lines).replace("\t300\t", "\t1\t"), encoding="utf-8")
    with pytest.raises(InputError, match="has 1 pictures; at least two are needed"):
        read_trc(tmp_path / "walk.trc")


def test_a_recording_without_pictures_is_refused(tmp_path: Path) -> None:
    write_trc(tmp_path / "walk.trc", walker())
    lines = (tmp_path / "walk.trc").read_text(encoding="utf-8").splitlines()[:5]
    (tmp_path / "walk.trc").write_text("\n".join(lines).replace("\t300\t", "\t0\t"), encoding="utf-8")
    with pytest.raises(InputError, match="has 0 pictures"):
        read_trc(tmp_path / "walk.trc")


def test_a_recording_in_which_no_marker_was_seen_is_refused(tmp_path: Path) -> None:
    markers = walker()
    markers.positions_m[:] = np.nan
    write_trc(tmp_path / "walk.trc", markers)
    with pytest.raises(InputError, match="No picture shows two markers"):
        read_trc(tmp_path / "walk.trc")


def test_the_recordings_of_four_laboratories_are_read() -> None:
    if not SHARED.is_dir():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    files = {
        "mocap/gait2392_walk/subject01_walk1.trc": (151, 41, 60),
        "mocap/opensim_ik_test/subject01_synthetic_marker_data.trc": (73, 31, 60),
        "mocap/opencap_subject4/walking1.trc": (131, 51, 100),
        "mocap/running_bmc/motion_capture_run.trc": (123, 78, 150),
    }
    for name, (frames, labels, rate_hz) in files.items():
        read = read_trc(SHARED / name)
        assert (read.frames, len(read.labels)) == (frames, labels)
        assert read.rate_hz == pytest.approx(rate_hz, rel=0.005)
    first = read_trc(SHARED / "mocap/gait2392_walk/subject01_walk1.trc").positions_m[0, 0]
    np.testing.assert_allclose(first, [0.61724762, 1.05527502, 0.17078198], atol=1e-9)
