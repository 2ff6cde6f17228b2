"""A camera that looks at the person from a distance, and where it sees a place in the room."""

from dataclasses import dataclass, replace

import numpy as np

from herstel.movement.pose import FloatArray


@dataclass(frozen=True, kw_only=True)
class Camera:
    """Where the camera stands and looks.

    Attributes
    ----------
    yaw_deg : 0 square to the person's right side, 90 the front, 180 the left side.
    distance_m, height_m : from and above the place that is looked at.
    roll_deg : the phone turned clockwise.
    focal_px : of the picture.
    drift_m_s : how fast the camera moves to its right.
    """

    width_px: int = 1280
    height_px: int = 720
    focal_px: float = 1000.0
    yaw_deg: float = 0.0
    distance_m: float = 3.3
    height_m: float = 0.25
    roll_deg: float = 0.0
    target_m: tuple[float, float, float] = (0.0, 0.0, 0.0)
    drift_m_s: float = 0.0

    def later(self, seconds: float) -> "Camera":
        """Where it looks after a time."""
        if not self.drift_m_s:
            return self
        place = np.asarray(self.target_m) + self.drift_m_s * seconds * _level_right(self.yaw_deg)
        return replace(self, target_m=(float(place[0]), float(place[1]), float(place[2])), drift_m_s=0.0)

    @property
    def place_m(self) -> FloatArray:
        turn = np.radians(self.yaw_deg)
        away = np.array([np.sin(turn) * self.distance_m, self.height_m, np.cos(turn) * self.distance_m])
        place: FloatArray = np.asarray(self.target_m) + away
        return place

    @property
    def axes(self) -> FloatArray:
        """Rows: to the right of the picture, down, and away from the camera."""
        away = np.asarray(self.target_m) - self.place_m
        away = away / np.linalg.norm(away)
        right = _level_right(self.yaw_deg)
        down = np.cross(away, right)
        roll = np.radians(self.roll_deg)
        turned = np.cos(roll) * right - np.sin(roll) * down, np.sin(roll) * right + np.cos(roll) * down
        return np.stack([*turned, away])

    def seen(self, place_m: FloatArray) -> FloatArray:
        """In metres along the axes of the camera."""
        along: FloatArray = (place_m - self.place_m) @ self.axes.T
        return along

    def pixels(self, seen_m: FloatArray) -> FloatArray:
        """Where in the picture."""
        middle = (self.width_px / 2, self.height_px / 2)
        found: FloatArray = self.focal_px * seen_m[..., :2] / seen_m[..., 2:] + np.asarray(middle)
        return found


def _level_right(yaw_deg: float) -> FloatArray:
    turn = np.radians(yaw_deg)
    return np.array([np.cos(turn), 0.0, -np.sin(turn)])
