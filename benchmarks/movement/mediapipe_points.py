"""The points that mediapipe itself finds in a video, to be judged beside ours.

mediapipe needs packages that cannot be installed together with ours, so it gets a Python of its own::

    python3.11 -m venv "$elsewhere" && "$elsewhere"/bin/pip install mediapipe==0.10.21
    for name in opencap_squat opencap_walk; do
        "$elsewhere"/bin/python benchmarks/movement/mediapipe_points.py \\
            ../shared/movement-data/video/$name/video.mp4 "$elsewhere"/$name.npy
    done
    python -m benchmarks.movement.opencap "$elsewhere"
"""

import sys

import cv2
import mediapipe  # type: ignore[import-not-found]
import numpy as np


def main(video: str, out: str) -> None:
    """Write (frames, 33, 2): the points in pixels, NaN where nobody was found."""
    film, found = cv2.VideoCapture(video), []
    with mediapipe.solutions.pose.Pose(model_complexity=1, smooth_landmarks=False) as pose:
        while True:
            more, picture = film.read()
            if not more:
                break
            told = pose.process(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).pose_landmarks
            places = np.full((33, 2), np.nan) if told is None else [[one.x, one.y] for one in told.landmark]
            found.append(np.array(places) * picture.shape[1::-1])
    np.save(out, np.array(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
