"""A place in a picture, in the square that is cut from it, and back: the same place, however the square is turned."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel_pose.crop import Crop, upright
from tests.unit.pose.fakes import person

TURNS = (0.0, 0.4, np.pi / 2, -2.5, np.pi)


def spot(x: int, y: int, width: int = 300, height: int = 200) -> np.ndarray:  # type: ignore[type-arg]
    """A picture with a white dot of which the middle is the middle of a pixel."""
    picture = np.zeros((height, width, 3), dtype=np.uint8)
    picture[y - 3 : y + 4, x - 3 : x + 4] = 255
    return picture


def middle(picture: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    """The middle of what is light, as a place: the first pixel lies between 0 and 1."""
    light = picture[..., 0].astype(float)
    rows, columns = np.arange(light.shape[0]) + 0.5, np.arange(light.shape[1]) + 0.5
    return np.array([light.sum(axis=0) @ columns, light.sum(axis=1) @ rows]) / light.sum()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn", TURNS)
def test_a_dot_in_the_square_lies_where_it_was_in_the_picture(turn: float, mirrored: bool) -> None:
    crop = Crop(middle_px=(150, 100), side_px=160, turn_rad=turn, size=256, mirrored=mirrored)
    small = crop.cut(spot(170, 90), edges_repeated=False)
    assert crop.back(middle(small)) == pytest.approx([170.5, 90.5], abs=0.1)


@given(
    x=st.floats(-500, 500), y=st.floats(-500, 500), turn=st.floats(-4, 4), side=st.floats(10, 3000),
    place=st.tuples(st.floats(0, 256), st.floats(0, 256)),
)  # fmt: skip
def test_a_square_keeps_its_middle_and_its_lengths(
    x: float, y: float, turn: float, side: float, place: tuple[float, float]
) -> None:
    crop = Crop(middle_px=(x, y), side_px=side, turn_rad=turn, size=256)
    assert crop.back(np.array([128.0, 128.0])) == pytest.approx([x, y], abs=1e-6)
    away = float(np.hypot(*(crop.back(np.array(place)) - [x, y])))
    assert away == pytest.approx(float(np.hypot(place[0] - 128, place[1] - 128)) * side / 256, abs=1e-6)


def test_the_top_of_the_square_of_a_person_lying_to_the_right_is_to_the_right() -> None:
    crop = Crop.around(person(100, 100, reach=50, turn=np.pi / 2), 256)
    assert crop.back(np.array([128.0, 0.0])) == pytest.approx([150, 100])


@pytest.mark.parametrize("turn", TURNS)
def test_in_the_mirror_left_is_right(turn: float) -> None:
    plain, mirrored = (Crop.around(person(150, 100, 80, turn), 256, mirrored=one) for one in (False, True))
    seen, in_mirror = (crop.cut(spot(170, 90), edges_repeated=False) for crop in (plain, mirrored))
    assert np.abs(in_mirror[:, ::-1].astype(int) - seen).max() <= 2


def test_the_whole_picture_is_in_the_middle_of_its_square_with_black_bars() -> None:
    crop = Crop.whole(300, 200, 240)
    assert crop.back(np.array([0.0, 0.0])) == pytest.approx([0, -50])
    small = crop.cut(np.full((200, 300, 3), 255, dtype=np.uint8), edges_repeated=False)
    assert (small[:38] == 0).all()
    assert (small[-38:] == 0).all()
    assert (small[42:-42] == 255).all()


def test_outside_the_picture_its_edge_goes_on_where_that_is_asked() -> None:
    crop = Crop.whole(300, 200, 240)
    small = crop.cut(np.full((200, 300, 3), 77, dtype=np.uint8), edges_repeated=True)
    assert (small == 77).all()


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("turn", TURNS)
def test_lengths_are_turned_as_places_are(turn: float, mirrored: bool) -> None:
    crop = Crop(middle_px=(0, 0), side_px=1, turn_rad=turn, size=1, mirrored=mirrored)
    one = np.array([0.3, -0.2, 0.7])
    turned = crop.turned_back(one)
    assert turned[:2] == pytest.approx(crop.back(one[:2]) - crop.back(np.zeros(2)))
    assert turned[2] == one[2]


@pytest.mark.parametrize(
    ("up", "turn"), [((100, 40), 0.0), ((160, 100), np.pi / 2), ((40, 100), -np.pi / 2), ((100, 160), np.pi)]
)
def test_a_person_is_turned_by_where_the_head_is(up: tuple[float, float], turn: float) -> None:
    found = upright(np.array([100.0, 100.0]), np.array(up, dtype=float), 1.25)
    assert found.hips_px == (100, 100)
    assert found.reach_px == pytest.approx(75)
    assert np.cos(found.turn_rad - turn) == pytest.approx(1)


@pytest.mark.parametrize("edges_repeated", [True, False])
@pytest.mark.parametrize("middle_px", [(150.0, 400.0), (20.0, 10.0), (290.0, 790.0), (150.0, -300.0), (150.0, 1100.0)])
def test_only_the_rows_it_reaches_are_looked_at_and_nothing_else_changes(
    middle_px: tuple[float, float], edges_repeated: bool
) -> None:
    import cv2

    noise = np.random.default_rng(4).integers(0, 255, (800, 300, 3), dtype=np.uint8)
    picture = cv2.GaussianBlur(noise, (0, 0), 6)
    crop = Crop(middle_px=middle_px, side_px=180, turn_rad=0.7, size=64)
    turned = crop.matrix()
    turned[:, 2] += (turned[:, :2].sum(axis=1) - 1) / 2
    border = cv2.BORDER_REPLICATE if edges_repeated else cv2.BORDER_CONSTANT
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    whole = cv2.warpAffine(picture, turned, (64, 64), flags=flags, borderMode=border)
    cut = crop.cut(picture, edges_repeated=edges_repeated)
    assert np.abs(cut.astype(int) - whole).max() <= 1
