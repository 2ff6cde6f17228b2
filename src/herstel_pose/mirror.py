"""Every other frame is looked at in the mirror, so that what the network does wrong differs from frame to frame.

The mean of a picture and its mirror image is a usual way to make such a network more exact, at twice the cost. Frames
follow each other fast enough to share it: what differs between two of them is smoothed away like other noise. Where
the network is lost in one of the two, it says so by its heat, and the other counts.
"""

import numpy as np

from herstel.movement.legs import JOINTS, POINT_OF, SIDES
from herstel.movement.pose import INDEX, FloatArray, IntArray

LEGS = np.array([[INDEX[POINT_OF[side, joint]] for side in SIDES] for joint in JOINTS[2:]])
"""The rows of both sides of each joint from the knee down."""
CLEARLY = 0.7
"""Names are exchanged when the legs are then nearer to those of the frames around by this much."""
LESS_SURE = 0.7
"""A point with less heat than this share of what it has in the frame before and in the frame after is not believed.
Elicited, from one clip in which a knee was lost in every other frame: it had 0.56 at most, and 0.81 in the mirror.
"""


def is_mirrored(frame: int) -> bool:
    """Whether the frame of this number is looked at in the mirror."""
    return frame % 2 == 1


def named_alike(xy: FloatArray) -> IntArray:
    """Which point belongs under which name, so that what was seen in the mirror has the names of the frames around it.

    Parameters
    ----------
    xy : (frames, points, 2)

    Returns
    -------
    (frames, points)
        For every name the row in which its point stands.
    """
    rows = np.tile(np.arange(xy.shape[1]), (len(xy), 1))
    seen, around = xy[1:-1:2][:, LEGS], ((xy[:-2:2] + xy[2::2]) / 2)[:, LEGS]
    straight, across = (np.linalg.norm(one - around, axis=-1).sum(axis=(1, 2)) for one in (seen, seen[:, :, ::-1]))
    exchanged = 1 + 2 * np.flatnonzero(across < CLEARLY * straight)
    rows[exchanged[:, None, None], LEGS] = LEGS[:, ::-1]
    return rows


def agreed(xy: FloatArray, sure: FloatArray) -> FloatArray:
    """Points that are sure in the frames before and after and lost in between, put halfway between those.

    Lost is what has less heat than both and is further from either than they are from each other.

    Parameters
    ----------
    xy : (frames, points, 2)
    sure : (frames, points)
        Heat, 0 to 1; NaN where it is not known.
    """
    found = xy.copy()
    before, here, after = xy[:-2], xy[1:-1], xy[2:]
    apart, *away = (
        np.linalg.norm(one - other, axis=-1) for one, other in ((before, after), (before, here), (here, after))
    )
    lost = (sure[1:-1] < LESS_SURE * np.minimum(sure[:-2], sure[2:])) & (np.minimum(*away) > apart)
    found[1:-1][lost] = ((before + after) / 2)[lost]
    return found
