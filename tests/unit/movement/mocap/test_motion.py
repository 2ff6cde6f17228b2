"""MOT and STO files: both signs of the knee, degrees and radians, and nothing guessed."""

from pathlib import Path

import numpy as np
import pytest

from herstel.errors import InputError
from herstel.movement.mocap.motion import hip_angle_deg, knee_flexion_deg, knee_sign, read_motion, write_mot
from herstel.movement.pose import FloatArray
from tests.unit.movement.mocap.walker import write_motion

SHARED = Path(__file__).parents[5] / "shared" / "movement-data"
TIMES = np.linspace(0, 1, 51)


def columns(bend: float = 60, *, sign: int = 1, turn: float = 1) -> dict[str, FloatArray]:
    knee = sign * bend * np.sin(np.pi * TIMES) * turn
    hip = 30 * np.cos(2 * np.pi * TIMES) * turn
    names = [f"hip_{angle}_{letter}" for letter in "lr" for angle in ("flexion", "adduction", "rotation")]
    return {"time": TIMES, **dict.fromkeys(names, hip), "knee_angle_l": knee, "knee_angle_r": knee}


@pytest.mark.parametrize(("sign", "family"), [(1, "flexion_positive"), (-1, "flexion_negative")])
def test_a_bent_knee_is_positive_whatever_the_sign_in_the_file(tmp_path: Path, sign: int, family: str) -> None:
    motion = read_motion(write_motion(tmp_path / "a.mot", columns(sign=sign)))
    assert knee_sign(motion) == family
    assert knee_flexion_deg(motion, "left").max() == pytest.approx(60, abs=1e-3)
    assert hip_angle_deg(motion, "left", "flexion").max() == pytest.approx(30)


def test_knees_that_hardly_bend_do_not_tell_the_sign(tmp_path: Path) -> None:
    motion = read_motion(write_motion(tmp_path / "a.mot", columns(bend=8)))
    with pytest.raises(InputError, match=r"cannot be told from its values\. Say which sign"):
        knee_flexion_deg(motion, "right")
    assert knee_flexion_deg(motion, "right", "flexion_negative").min() == pytest.approx(-8, abs=0.01)


def test_knees_that_bend_to_both_sides_do_not_tell_the_sign(tmp_path: Path) -> None:
    both = columns()
    both["knee_angle_l"] = -both["knee_angle_r"]
    with pytest.raises(InputError, match="cannot be told"):
        knee_sign(read_motion(write_motion(tmp_path / "a.mot", both)))


def test_the_coupled_kneecap_tells_the_family_when_the_knees_hardly_bend(tmp_path: Path) -> None:
    held = {**columns(bend=8), "knee_angle_r_beta": np.zeros_like(TIMES)}
    assert knee_sign(read_motion(write_motion(tmp_path / "a.mot", held))) == "flexion_positive"


def test_radians_are_turned_into_degrees(tmp_path: Path) -> None:
    file = write_motion(tmp_path / "a.mot", columns(turn=np.pi / 180), "version=1\ninDegrees=no\n")
    assert knee_flexion_deg(read_motion(file), "right").max() == pytest.approx(60, abs=1e-3)


def test_angles_of_more_than_a_turn_are_not_radians(tmp_path: Path) -> None:
    motion = read_motion(write_motion(tmp_path / "a.mot", columns(), "inDegrees=no\n"))
    with pytest.raises(InputError, match=r"says radians, but its angles go to 60.*Correct inDegrees"):
        motion.degrees("hip_flexion_r")


def test_without_a_word_large_angles_are_degrees_and_small_ones_are_not_guessed(tmp_path: Path) -> None:
    large = read_motion(write_motion(tmp_path / "a.mot", columns(), "name first trial\n"))
    assert large.in_degrees is None
    assert large.degrees("knee_angle_r").max() == pytest.approx(60, abs=1e-3)
    small = read_motion(write_motion(tmp_path / "b.mot", columns(turn=np.pi / 180), "name first trial\n"))
    with pytest.raises(InputError, match="could be either"):
        small.degrees("knee_angle_r")


def test_a_sentence_in_the_header_says_degrees_too(tmp_path: Path) -> None:
    assert read_motion(write_motion(tmp_path / "a.mot", columns(), "Angles are in degrees.\n")).in_degrees is True


def test_columns_of_states_are_known_by_their_joint_angle(tmp_path: Path) -> None:
    states = {
        "time": TIMES,
        "/jointset/knee_r/knee_angle_r/value": 60 * TIMES,
        "/jointset/knee_r/knee_angle_r/speed": TIMES,
    }
    motion = read_motion(write_motion(tmp_path / "a.sto", states))
    assert motion.degrees("knee_angle_r")[-1] == pytest.approx(60)


def test_an_angle_that_is_not_there_is_named(tmp_path: Path) -> None:
    motion = read_motion(write_motion(tmp_path / "a.mot", {"time": TIMES, "knee_angle_r": 50 * TIMES}))
    with pytest.raises(InputError, match="The angle hip_flexion_l is not in the file"):
        hip_angle_deg(motion, "left", "flexion")


def test_a_file_of_which_no_angle_is_known_is_not_guessed(tmp_path: Path) -> None:
    empty = {"time": TIMES, "hip_flexion_r": np.full_like(TIMES, np.nan)}
    motion = read_motion(write_motion(tmp_path / "a.mot", empty))
    assert np.isnan(motion.degrees("hip_flexion_r")).all()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "not a MOT or STO file"),
        ("Coordinates\nendheader\n", "not a MOT or STO file"),
        ("endheader\nframe\tknee\n0\t1\n", "The first column is not time"),
        ("endheader\ntime\ta\ta\n0\t1\t1\n", "a column occurs twice"),
        ("endheader\n\n", "The first column is not time"),
        ("nRows=3\nendheader\ntime\ta\n0\t1\n1\t1\n", "announces 3 rows, the file holds 2"),
        ("datarows 3\nendheader\ntime\ta\n0\t1\n1\t1\n", "announces 3 rows, the file holds 2"),
        ("endheader\ntime\ta\n0\t1\n1\n", "Row 2 does not have 2 numbers"),
        ("endheader\ntime\ta\n0\t1\n1\tx\n", "Row 2 does not have 2 numbers"),
        ("endheader\ntime\ta\n0\t1\n0\t1\n", "The time of picture 2"),
        ("endheader\ntime\ta\n", "has 0 pictures"),
    ],
)  # fmt: skip
def test_a_file_that_contradicts_itself_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.mot").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_motion(tmp_path / "a.mot")
    assert told in str(caught.value)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    angles = {name: values for name, values in columns().items() if name != "time"}
    write_mot(tmp_path / "a.mot", TIMES, angles)
    read = read_motion(tmp_path / "a.mot")
    assert read.in_degrees is True
    for name, values in angles.items():
        np.testing.assert_allclose(read.degrees(name), values, atol=1e-7)


@pytest.mark.parametrize(
    ("name", "family", "largest"),
    [
        ("mocap/normal_gait.mot", "flexion_negative", 58.25),
        ("mocap/gait2392_walk/subject01_walk1_ik.mot", "flexion_negative", 69.455),
        ("mocap/opensim_ik_test/std_subject01_walk1_ik.mot", "flexion_negative", 69.677),
        ("mocap/running_hamner_2ms/run200_ik.mot", "flexion_negative", 88.346),
        ("mocap/opencap_subject4/walking1_marker_ik.mot", "flexion_positive", 65.237),
        ("mocap/running_bmc/ik_output_run.mot", "flexion_positive", 93.028),
    ],
)
def test_the_files_of_both_families_are_read(name: str, family: str, largest: float) -> None:
    if not SHARED.is_dir():
        pytest.skip("the recordings (../shared/movement-data) are not beside the project")
    motion = read_motion(SHARED / name)
    assert knee_sign(motion) == family
    assert knee_flexion_deg(motion, "right").max() == pytest.approx(largest, abs=0.01)
