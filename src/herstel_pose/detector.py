"""Where people are: the BlazePose detector and what its numbers mean.

Source: movement-notes, section 1; the layout of the numbers is that of mediapipe 0.10.21.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from herstel.movement.pose import FloatArray, IntArray
from herstel_pose.backend import Person, Picture
from herstel_pose.crop import Crop, upright
from herstel_pose.network import Network

SIZE = 224
LEAST_SCORE, OVERLAP = 0.5, 0.3
WIDER = 1.25
GRIDS = ((28, 2), (14, 2), (7, 6))
HIPS, WHOLE_BODY = 0, 1
LOGIT_MOST = 100.0


def anchors() -> FloatArray:
    """The middles of the 2,254 fixed places that the detector judges, 0 to 1; (places, 2)."""
    found = []
    for side, times in GRIDS:
        middle = (np.arange(side) + 0.5) / side
        x, y = np.meshgrid(middle, middle)
        found.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), times, axis=0))
    return np.concatenate(found)


class Detector:
    """Finds everybody in a picture."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._anchors = anchors()

    def people(self, picture: Picture) -> tuple[Person, ...]:
        """Everybody in the picture from left to right."""
        height, width = picture.shape[:2]
        crop = Crop.whole(width, height, SIZE)
        small = crop.cut(picture, edges_repeated=False)
        raw, logits = self._network(small, np.float32(1 / 127.5), np.float32(-1))
        scores = 1 / (1 + np.exp(-np.clip(logits.ravel(), -LOGIT_MOST, LOGIT_MOST).astype(np.float64)))
        likely = np.flatnonzero(scores >= LEAST_SCORE)
        boxes, points = self._decoded(raw[0, likely].astype(np.float64), likely)
        found = [
            replace(upright(crop.back(pair[0] * SIZE), crop.back(pair[1] * SIZE), WIDER), score=score)
            for pair, score in _merged(boxes, points[:, [HIPS, WHOLE_BODY]], scores[likely])
        ]
        return tuple(sorted(found, key=lambda one: one.hips_px[0]))

    def _decoded(self, raw: FloatArray, which: IntArray) -> tuple[FloatArray, FloatArray]:
        """Boxes (n, 4) as corners and points (n, 4, 2), 0 to 1."""
        at = self._anchors[which]
        middle, size = raw[:, :2] / SIZE + at, raw[:, 2:4] / SIZE
        points = raw[:, 4:].reshape(len(raw), 4, 2) / SIZE + at[:, None]
        return np.concatenate([middle - size / 2, middle + size / 2], axis=1), points


def _merged(boxes: FloatArray, points: FloatArray, scores: FloatArray) -> Iterator[tuple[FloatArray, float]]:
    """Boxes that overlap are one person: their points, each by its score, and the best score."""
    left = np.argsort(-scores)
    while len(left):
        same = _overlap(boxes[left[0]], boxes[left]) > OVERLAP
        same[0] = True
        group = left[same]
        yield np.average(points[group], axis=0, weights=scores[group]), float(scores[group[0]])
        left = left[~same]


def _overlap(one: FloatArray, others: FloatArray) -> FloatArray:
    """What two boxes share over what they cover together."""
    shared = np.clip(np.minimum(one[2:], others[:, 2:]) - np.maximum(one[:2], others[:, :2]), 0, None).prod(axis=1)
    together = (one[2:] - one[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(axis=1) - shared
    share: FloatArray = shared / np.where(together > 0, together, 1.0)
    return share
