"""What one test finds in a body, before it becomes a report."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from herstel.movement.body import Body, Leg
from herstel.movement.legs import LegJoint
from herstel.movement.model import Notice
from herstel.movement.pose import FloatArray

Drawn = tuple[LegJoint, Leg]
HIP_LINE: tuple[Drawn, ...] = (("hip", "measured"), ("ankle", "measured"))
KNEE: tuple[Drawn, ...] = (("hip", "measured"), ("knee", "measured"), ("ankle", "measured"))
THIGH: tuple[Drawn, ...] = (("hip", "measured"), ("knee", "measured"))
SHANK: tuple[Drawn, ...] = (("ankle", "measured"), ("knee", "measured"))
TRUNK: tuple[Drawn, ...] = (("hip", "measured"), ("shoulder", "measured"))
HIP: tuple[Drawn, ...] = (("shoulder", "measured"), ("hip", "measured"), ("knee", "measured"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One number, the frame that shows it, and the joints to draw."""

    name: str
    value: float
    frame: int
    drawn: tuple[Drawn, ...]
    against: Literal["horizontal", "vertical"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a test found.

    ``flags`` make every number one to read with care. ``absent`` says what could not be found, by name.
    """

    found: tuple[Found, ...] = ()
    refusals: tuple[Notice, ...] = ()
    flags: tuple[Notice, ...] = ()
    absent: Mapping[str, str] = field(default_factory=dict)
    series: Mapping[str, FloatArray] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A body in one test, with the limits that hold."""

    body: Body
    limits: Mapping[str, float]

    @property
    def fps(self) -> float:
        return self.body.pose.fps


def refused(*notices: Notice) -> Outcome:
    """Nothing but refusals."""
    return Outcome(refusals=notices)
