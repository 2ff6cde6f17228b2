"""What is around the person: how light it is, and whether the camera moves."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from herstel_pose.backend import Frame, Person, Picture

EVERY_S = 0.2
LONGEST_PX = 480
MOST_CORNERS, LEAST_CORNERS = 60, 8
STEP = 16


def brightness(picture: Picture) -> float:
    """Mean of the picture, 0 to 255, by every sixteenth point."""
    return float(picture[::STEP, ::STEP].mean())


@dataclass(slots=True, eq=False)
class Background:
    """Follows corners of the background, outside the person, from look to look."""

    _before: Any = None
    _before_s: float = -np.inf
    _frames: int = 0
    _corners: Any = None
    _scale: float = 1.0
    shifts: list[float] = field(default_factory=list)
    """How far the background moved since the frame before, a value a frame; NaN where it cannot be told."""

    def look(self, frame: Frame, person: Person | None) -> None:
        """Take one more frame."""
        self._frames += 1
        if frame.time_s - self._before_s < EVERY_S and self._before is not None:
            return
        import cv2

        grey = self._small(frame.picture)
        moved = self._moved(grey)
        self.shifts += [moved / self._frames] * self._frames
        self._before, self._before_s, self._frames = grey, frame.time_s, 0
        self._corners = cv2.goodFeaturesToTrack(grey, MOST_CORNERS, 0.01, 8, mask=self._outside(grey, person))

    def finished(self) -> list[float]:
        """The shifts, with those of the last frames."""
        return self.shifts + [float("nan")] * self._frames

    def _small(self, picture: Picture) -> Any:
        import cv2

        self._scale = min(1.0, LONGEST_PX / max(picture.shape[:2]))
        size = (round(picture.shape[1] * self._scale), round(picture.shape[0] * self._scale))
        return cv2.cvtColor(cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR), cv2.COLOR_RGB2GRAY)

    def _moved(self, grey: Any) -> float:
        """Median shift of the corners since the last look, in pixels of the video."""
        if self._before is None or self._corners is None or len(self._corners) < LEAST_CORNERS:
            return float("nan")
        import cv2

        now, found, _ = cv2.calcOpticalFlowPyrLK(self._before, grey, self._corners, None)  # type: ignore[call-overload]
        kept = found.ravel() == 1
        if kept.sum() < LEAST_CORNERS:
            return float("nan")
        shift = np.median((now - self._corners)[kept].reshape(-1, 2), axis=0)
        return float(np.hypot(*shift)) / self._scale

    def _outside(self, grey: Any, person: Person | None) -> Any:
        """A mask without the person."""
        import cv2

        mask = np.full(grey.shape, 255, dtype=np.uint8)
        if person is not None:
            middle = (round(person.hips_px[0] * self._scale), round(person.hips_px[1] * self._scale))
            cv2.circle(mask, middle, max(1, round(person.reach_px * self._scale)), 0, -1)
        return mask
