"""The numbers of the landmark network become places, pulled to the middle of the heat where there is any."""

import numpy as np
import pytest

from herstel_pose.backend import picked
from herstel_pose.landmarks import (
    IN_MIRROR,
    MAP_SIZE,
    NUMBERS,
    POINTS_OUT,
    SIZE,
    Landmarks,
    on_own_leg,
    refined,
    sigmoid,
)
from tests.unit.pose.fakes import person

COLD = -50.0
CELL = SIZE // MAP_SIZE
NOSE, EYE, LEFT_EAR = 0, 1, 7


def heat(*warm: tuple[int, int, int, float]) -> np.ndarray:  # type: ignore[type-arg]
    """A map that is cold but for (row, column, point, logit)."""
    grid = np.full((MAP_SIZE, MAP_SIZE, POINTS_OUT), COLD, dtype=np.float32)
    for row, column, point, logit in warm:
        grid[row, column, point] = logit
    return grid


def test_without_heat_a_place_stays() -> None:
    places = np.array([[10.0, 20.0], [130.5, 7.25], [255.0, 255.0]] * 13)
    assert refined(places, heat()) == pytest.approx(places)


def test_a_place_moves_to_the_heat_near_it() -> None:
    places = np.array([[80.0, 120.0]] * POINTS_OUT)
    moved = refined(places, heat((31, 22, LEFT_EAR, 9.0)))
    assert moved[LEFT_EAR] == pytest.approx([22 * CELL, 31 * CELL], abs=1e-6)
    assert np.delete(moved, LEFT_EAR, axis=0) == pytest.approx(np.delete(places, LEFT_EAR, axis=0))


def test_a_point_that_nobody_asks_for_stays_where_the_network_puts_it() -> None:
    places = np.array([[80.0, 120.0]] * POINTS_OUT)
    assert refined(places, heat((31, 22, EYE, 9.0))) == pytest.approx(places)


def test_between_two_warm_cells_it_lies_by_how_warm_they_are() -> None:
    moved = refined(np.array([[80.0, 120.0]] * POINTS_OUT), heat((30, 20, NOSE, 0.0), (30, 22, NOSE, 50.0)))
    assert moved[NOSE] == pytest.approx([(20 * 0.5 + 22) / 1.5 * CELL, 30 * CELL], abs=1e-6)


def test_heat_further_than_three_cells_does_not_pull() -> None:
    places = np.array([[80.0, 120.0]] * POINTS_OUT)
    assert refined(places, heat((30, 24, NOSE, 9.0))) == pytest.approx(places)
    assert refined(places, heat((30, 23, NOSE, 9.0)))[NOSE] != pytest.approx(places[NOSE])


def test_faint_heat_does_not_pull() -> None:
    places = np.array([[80.0, 120.0]] * POINTS_OUT)
    assert refined(places, heat((30, 21, NOSE, -0.01))) == pytest.approx(places)


@pytest.mark.parametrize("place", [[0.0, 0.0], [255.9, 255.9], [0.0, 255.9]])
def test_at_the_edge_the_window_ends_with_the_map(place: list[float]) -> None:
    row, column = (min(MAP_SIZE - 1, int(one // CELL)) for one in reversed(place))
    moved = refined(np.array([place] * POINTS_OUT), heat((row, column, NOSE, 9.0)))
    assert moved[NOSE] == pytest.approx([column * CELL, row * CELL], abs=1e-6)


def test_a_place_outside_the_square_stays() -> None:
    places = np.array([[-1.0, 20.0], [20.0, 256.0], [900.0, -900.0]] * 13)
    assert refined(places, np.full((MAP_SIZE, MAP_SIZE, POINTS_OUT), 9.0, dtype=np.float32)) == pytest.approx(places)


def test_the_places_that_were_given_are_not_changed() -> None:
    places = np.array([[80.0, 120.0]] * POINTS_OUT)
    refined(places, heat((31, 22, NOSE, 9.0)))
    assert (places == [80.0, 120.0]).all()


def test_a_logit_beyond_all_measure_is_a_share() -> None:
    assert sigmoid(np.array([-1e9, 0.0, 1e9])) == pytest.approx([0, 0.5, 1])


class Told:
    """A network that puts all points at the middle of the square but for a few."""

    def __call__(self, picture: np.ndarray, times: float, plus: float = 0.0) -> list[np.ndarray]:  # type: ignore[type-arg]
        self.seen = picture * times + plus
        points = np.zeros((39, 5), dtype=np.float32)
        points[:, :2] = 128
        points[34, :2] = (128, 28)
        points[NUMBERS["left_knee"], :2], points[NUMBERS["left_knee"], 3] = (192, 128), 2.0
        world = np.zeros((39, 3), dtype=np.float32)
        world[NUMBERS["left_knee"]] = (0.1, 0.2, 0.3)
        cold = np.full((1, MAP_SIZE, MAP_SIZE, 39), COLD, dtype=np.float32)
        return [points.reshape(1, -1), np.array([[0.75]], dtype=np.float32), cold, world.reshape(1, -1)]


def test_points_are_told_in_the_picture_and_say_where_to_look_next() -> None:
    told = Told()
    body = Landmarks(told).of(np.full((200, 300, 3), 255, dtype=np.uint8), person(150, 100, 64))  # type: ignore[arg-type]
    knee = NUMBERS["left_knee"]
    assert body.xy_px[knee] == pytest.approx([182, 100])
    assert body.visible[knee] == pytest.approx(1 / (1 + np.exp(-2)))
    assert body.world_m[knee] == pytest.approx([0.1, 0.2, 0.3])
    assert body.sure[knee] == pytest.approx(0)
    assert body.present == 0.75
    assert body.person.hips_px == pytest.approx((150, 100))
    assert body.person.reach_px == pytest.approx(50 * 1.25)
    assert told.seen.max() == pytest.approx(1)


def test_in_the_mirror_the_left_knee_is_the_right_one_at_the_other_side() -> None:
    picture = np.full((200, 300, 3), 255, dtype=np.uint8)
    body = Landmarks(Told()).of(picture, person(150, 100, 64), mirrored=True)  # type: ignore[arg-type]
    left, right = NUMBERS["left_knee"], NUMBERS["right_knee"]
    assert body.xy_px[right] == pytest.approx([118, 100])
    assert body.xy_px[left] == pytest.approx([150, 100])
    assert body.visible[right] == pytest.approx(1 / (1 + np.exp(-2)))
    assert body.world_m[right] == pytest.approx([-0.1, 0.2, 0.3])
    assert body.person.hips_px == pytest.approx((150, 100))


def test_every_name_has_its_other_side_in_the_mirror() -> None:
    for name, number in NUMBERS.items():
        other = {"left": "right", "right": "left"}.get(name.partition("_")[0])
        assert IN_MIRROR[number] == (number if other is None else NUMBERS[f"{other}_{name.partition('_')[2]}"])  # type: ignore[index]


def test_how_sure_a_place_is_is_its_heat() -> None:
    class Warm(Told):
        def __call__(self, *given: np.ndarray) -> list[np.ndarray]:  # type: ignore[override,type-arg]
            points, present, heat, world = super().__call__(*given)
            heat[0, 32, 48, LEFT_KNEE] = 1.5
            return [points, present, heat, world]

    picture = np.zeros((200, 300, 3), dtype=np.uint8)
    for mirrored, knee in ((False, LEFT_KNEE), (True, RIGHT_KNEE)):
        body = Landmarks(Warm()).of(picture, person(150, 100, 64), mirrored=mirrored)  # type: ignore[arg-type]
        assert body.sure[knee] == pytest.approx(1 / (1 + np.exp(-1.5)))
        assert np.nansum(body.sure) == pytest.approx(body.sure[knee])


def test_points_that_a_network_has_not_are_unknown() -> None:
    found = picked(np.arange(10.0).reshape(5, 2), {"nose": 0, "left_hip": 4})
    assert found[0] == pytest.approx([0, 1])
    assert found[7] == pytest.approx([8, 9])
    assert np.isnan(found).sum() == 2 * 15


LEFT_KNEE, RIGHT_KNEE = NUMBERS["left_knee"], NUMBERS["right_knee"]


def legs(*warm: tuple[int, int, int, float]) -> np.ndarray:  # type: ignore[type-arg]
    grid = np.full((MAP_SIZE, MAP_SIZE, 39), COLD, dtype=np.float32)
    for row, column, point, logit in warm:
        grid[row, column, point] = logit
    return grid


def test_a_knee_between_the_legs_goes_to_the_leg_where_it_is_seen() -> None:
    places = np.full((39, 2), 128.0)
    found, _ = on_own_leg(places, legs((32, 10, LEFT_KNEE, 3.0)))
    assert found[LEFT_KNEE] == pytest.approx([40, 128], abs=1e-6)
    assert found[RIGHT_KNEE] == pytest.approx([128, 128])


def test_two_knees_on_one_leg_part_when_the_other_leg_is_seen() -> None:
    places = np.full((39, 2), 128.0)
    both = [(32, 10, point, logit) for point, logit in ((LEFT_KNEE, 3.0), (RIGHT_KNEE, 2.0))]
    found, _ = on_own_leg(places, legs(*both, (32, 50, RIGHT_KNEE, 0.0)))
    assert found[LEFT_KNEE] == pytest.approx([40, 128], abs=1e-6)
    assert found[RIGHT_KNEE] == pytest.approx([200, 128], abs=1e-6)


def test_two_knees_behind_each_other_stay_together() -> None:
    places = np.full((39, 2), 128.0)
    found, _ = on_own_leg(places, legs((32, 32, LEFT_KNEE, 3.0), (32, 32, RIGHT_KNEE, 2.0), (32, 50, RIGHT_KNEE, -3.0)))
    assert found[[LEFT_KNEE, RIGHT_KNEE]] == pytest.approx(np.full((2, 2), 128.0), abs=1e-6)


def test_a_knee_that_is_seen_where_it_is_stays() -> None:
    places = np.full((39, 2), 128.0)
    found, _ = on_own_leg(places, legs((32, 32, LEFT_KNEE, 1.0), (32, 50, LEFT_KNEE, 1.2)))
    assert found[LEFT_KNEE] == pytest.approx([128, 128], abs=1e-6)
