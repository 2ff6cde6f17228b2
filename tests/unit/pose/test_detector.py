"""The numbers of the detector become people, from left to right; many boxes of one person are one."""

import numpy as np
import pytest

from herstel_pose.detector import SIZE, Detector, anchors


class Told:
    """A network that gives numbers that were made by hand."""

    def __init__(self, boxes: dict[int, tuple[float, list[float]]]) -> None:
        self.raw, self.logits = np.zeros((1, 2254, 12), dtype=np.float32), np.full((1, 2254, 1), -100, dtype=np.float32)
        for place, (logit, numbers) in boxes.items():
            self.raw[0, place], self.logits[0, place] = numbers, logit
        self.seen = np.zeros(0)

    def __call__(self, picture: np.ndarray, times: float, plus: float = 0.0) -> list[np.ndarray]:  # type: ignore[type-arg]
        self.seen = picture * times + plus
        return [self.raw, self.logits]


def box(hips: tuple[float, float], up: tuple[float, float], place: int) -> list[float]:
    """The twelve numbers of a box of 80 by 100 around the hips, as seen from a fixed place."""
    at = anchors()[place] * SIZE
    spread = [*(np.array(hips) - at), *(np.array(up) - at), 0.0, 0.0, 0.0, 0.0]
    return [*(np.array(hips) - at), 80.0, 100.0, *spread]


def people(told: Told, width: int = 448, height: int = 448) -> list[tuple[float, float, float, float]]:
    found = Detector(told).people(np.zeros((height, width, 3), dtype=np.uint8))  # type: ignore[arg-type]
    return [(*one.hips_px, one.reach_px, one.turn_rad) for one in found]


def test_there_are_2254_fixed_places_within_the_picture() -> None:
    places = anchors()
    assert places.shape == (2254, 2)
    assert places.min() == pytest.approx(0.5 / 28)
    assert places.max() == pytest.approx(1 - 0.5 / 28)
    assert len(np.unique(places, axis=0)) == 28**2 + 14**2 + 7**2
    assert places[0] == pytest.approx(places[1])  # two at each place of the finest grid
    assert places[2] == pytest.approx([1.5 / 28, 0.5 / 28])  # along the row first


def test_a_person_stands_where_the_numbers_say() -> None:
    (one,) = people(Told({40: (5.0, box((100, 120), (100, 60), 40))}))
    assert one == pytest.approx((200, 240, 2 * 60 * 1.25, 0), abs=1e-4)


def test_bars_beside_an_oblong_picture_are_taken_away() -> None:
    (one,) = people(Told({40: (5.0, box((112, 112), (112, 60), 40))}), width=448, height=224)
    assert one[:2] == pytest.approx((224, 112), abs=1e-4)


def test_boxes_of_one_person_are_one_weighed_by_how_sure_they_are() -> None:
    sure, unsure = box((100, 120), (100, 60), 40), box((104, 120), (104, 60), 41)
    ((x, *_),) = people(Told({40: (20.0, sure), 41: (0.0, unsure)}))
    assert x == pytest.approx(2 * (100 * 1.0 + 104 * 0.5) / 1.5, abs=1e-3)


def test_people_apart_are_told_from_left_to_right() -> None:
    told = Told({7: (3.0, box((180, 120), (180, 60), 7)), 900: (9.0, box((40, 120), (40, 60), 900))})
    assert [round(one[0]) for one in people(told)] == [80, 360]


def test_what_is_unlikely_is_nobody() -> None:
    assert people(Told({40: (-0.1, box((100, 120), (100, 60), 40))})) == []
    assert people(Told({})) == []


def test_numbers_beyond_all_measure_do_no_harm() -> None:
    told = Told({40: (1e9, box((100, 120), (100, 60), 40))})
    assert len(people(told)) == 1


def test_the_network_sees_black_as_minus_one_and_white_as_one() -> None:
    told = Told({})
    Detector(told).people(np.full((50, 50, 3), 255, dtype=np.uint8))  # type: ignore[arg-type]
    assert told.seen.shape == (SIZE, SIZE, 3)
    assert told.seen[9:-9, 9:-9].min() == pytest.approx(1, abs=1e-6)  # but for the edge, which runs into the bar
    Detector(told).people(np.zeros((50, 50, 3), dtype=np.uint8))  # type: ignore[arg-type]
    assert told.seen.max() == pytest.approx(-1, abs=1e-6)
