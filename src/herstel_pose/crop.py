"""A turned square of a picture, and the way back from it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from herstel.movement.pose import FloatArray
from herstel_pose.backend import Person, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Crop:
    """A square around ``middle_px`` with ``side_px``, turned clockwise, as ``size`` x ``size`` pixels; or mirrored."""

    middle_px: tuple[float, float]
    side_px: float
    turn_rad: float
    size: int
    mirrored: bool = False

    @classmethod
    def around(cls, person: Person, size: int, *, mirrored: bool = False) -> "Crop":
        """The square that holds a person, upright."""
        return cls(
            middle_px=person.hips_px,
            side_px=2 * person.reach_px,
            turn_rad=person.turn_rad,
            size=size,
            mirrored=mirrored,
        )

    @classmethod
    def whole(cls, width_px: int, height_px: int, size: int) -> "Crop":
        """The whole picture with bars beside it."""
        return cls(middle_px=(width_px / 2, height_px / 2), side_px=max(width_px, height_px), turn_rad=0.0, size=size)

    def matrix(self) -> FloatArray:
        """(2, 3): from a place in the crop to a place in the picture."""
        scale = self.side_px / self.size
        cos, sin = scale * np.cos(self.turn_rad), scale * np.sin(self.turn_rad)
        half = self.size / 2
        x, y = self.middle_px
        upright = np.array([[cos, -sin, x - half * (cos - sin)], [sin, cos, y - half * (sin + cos)]])
        return upright @ np.array([[-1, 0, self.size], [0, 1, 0], [0, 0, 1]]) if self.mirrored else upright

    def cut(self, picture: Picture, *, edges_repeated: bool) -> npt.NDArray[np.uint8]:
        """The square as a small picture; what is outside the large one is black, or its edge goes on."""
        import cv2

        border = cv2.BORDER_REPLICATE if edges_repeated else cv2.BORDER_CONSTANT
        turned = self.matrix()
        turned[:, 2] += (turned[:, :2].sum(axis=1) - 1) / 2  # places count from the corner, pixels from their middle
        reach = abs(turned[1, :2]).sum() * self.size / 2 + 2
        first = min(max(0, int(self.middle_px[1] - reach)), len(picture) - 1)
        rows = picture[first : max(int(self.middle_px[1] + reach), first) + 1]  # at most one step of colour is lost
        turned[1, 2] -= first
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        small = cv2.warpAffine(
            cv2.cvtColor(rows, cv2.COLOR_RGB2RGBA), turned, (self.size, self.size), flags=flags, borderMode=border,
            hint=cv2.ALGO_HINT_APPROX,
        )  # fmt: skip # four colours and the hint: each twice as fast, and the pictures that were compared the same
        return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGBA2RGB), dtype=np.uint8)

    def back(self, xy: FloatArray) -> FloatArray:
        """(..., 2) places in the crop as places in the picture."""
        matrix = self.matrix()
        placed: FloatArray = xy @ matrix[:, :2].T + matrix[:, 2]
        return placed

    def turned_back(self, xyz: FloatArray) -> FloatArray:
        """(..., 3) lengths along the axes of the crop as lengths along those of the picture."""
        cos, sin = np.cos(self.turn_rad), np.sin(self.turn_rad)
        across = xyz * [-1, 1, 1] if self.mirrored else xyz
        placed: FloatArray = across @ np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
        return placed


def upright(hips: FloatArray, up: FloatArray, wider: float) -> Person:
    """A person from the middle of the hips and the point that marks size and way up; both (2,) in the picture."""
    away = up - hips
    turn = np.arctan2(away[0], -away[1])
    reach = float(np.hypot(away[0], away[1])) * wider
    return Person(hips_px=(float(hips[0]), float(hips[1])), reach_px=reach, turn_rad=float(turn))
