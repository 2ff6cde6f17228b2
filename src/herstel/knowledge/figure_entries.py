"""The figures of the exercises as knowledge: key poses in degrees, what the body rests on, and what stands around it.

One convention for every angle; 0 everywhere is standing upright with the arms hanging. The person faces right.

======================  ===========================================================================================
trunk                   the pelvis leans forward (+) or back (-) from upright: 90 lies on the belly, -90 on the back
spine                   the back bends round (+) or hollow (-); divided over the waist and the chest
neck                    the head bends to the chest (+) or back (-)
hip                     flexion: the thigh comes forward (+)
knee                    flexion: the heel goes to the buttock (+)
ankle                   dorsiflexion: the foot is pulled up (+); plantar flexion is below zero
arch                    the front of the foot is bent down, so that the arch is higher (+)
toes                    the toes are bent up (+)
shoulder                flexion: the arm comes forward and up (+); 180 is overhead
elbow                   flexion (+)
wrist                   the hand bends to the side to which the elbow bends the forearm (+)
======================  ===========================================================================================

In the front view the same names are the angles as they are seen: trunk leans to the right of the picture, hip and
shoulder are abduction, and knee and elbow say how the lower part turns, knee inwards and elbow outwards.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from herstel.knowledge.entry import Entry
from herstel.knowledge.reader import Reader
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

View = Literal["side", "front", "above"]
"""``above`` is a side view of somebody who lies on one side, seen from the ceiling: there is no ground line."""
Motion = Literal["there_and_back", "round", "alternating"]
"""How the poses become a loop: back the same way, on to the first, or on to the other side's turn."""
Region = Literal[
    "hamstring", "quadriceps", "hip_flexors", "adductors", "glute_max", "glute_med", "core", "obliques", "low_back",
    "upper_back", "shoulder", "calf", "foot", "ankle", "hip",
]  # fmt: skip
PropKind = Literal[
    "mat", "box", "bench", "step", "chair", "couch", "cushion", "wall", "rail", "roller", "ball", "band", "strap",
    "dumbbell", "barbell", "stick", "plate", "slider", "pad", "post", "water", "wheel", "cone",
]  # fmt: skip
Place = str | tuple[float, float]
"""A point of the body by its name, or (x, height) in the picture."""

TRUNK_JOINTS = ("trunk", "spine", "neck")
LIMB_JOINTS = ("hip", "knee", "ankle", "arch", "toes", "shoulder", "elbow", "wrist")
SIDES: tuple[str, str] = ("near", "far")
"""Near the viewer and behind; in the front view near stands on the left of the picture."""
SEGMENTS = ("thigh", "shank", "foot", "upper_arm", "forearm", "hand", "trunk")
JOINTS = (*TRUNK_JOINTS, *(f"{side}_{joint}" for side in SIDES for joint in LIMB_JOINTS))
MOST_POSES = 6
_NAMES = {*JOINTS, *LIMB_JOINTS}


def without_side(name: str) -> str:
    """The name of a joint, segment or point without near_ or far_."""
    return name.removeprefix("near_").removeprefix("far_")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose(Entry):
    """One key pose.

    Attributes
    ----------
    angles : mapping of str to float
        Degrees by joint. A limb joint without ``near_`` or ``far_`` is meant for both sides; what is not named is 0.
    rests : tuple of str
        The points that rest on something: "near_foot" (on the ground) or "near_heel on box". The first one carries
        the figure; the others must touch as well.
    at : float
        Where the first point stands, in hundredths of the height of the body, as all lengths here.
    hip_x : float or None
        Where the hip is instead, when the figure moves in one place.
    hip : tuple of float or None
        (x, height) of the hip when nothing else carries the figure: a flight, floating, on a saddle. What rests is
        then checked only.
    seen : mapping of str to float
        The share of a segment's length that is seen when it points to or from the viewer; below zero when it has
        passed the line of sight and points the other way.
    move_s, hold_s : float
        Seconds of the movement to this pose and in it.
    caption : Text or None
        What is seen, in a few words.
    """

    angles: Mapping[str, float]
    rests: tuple[str, ...] = ()
    at: float = 0.0
    hip_x: float | None = None
    hip: tuple[float, float] | None = None
    seen: Mapping[str, float] = field(default_factory=dict)
    move_s: float = 1.2
    hold_s: float = 0.5
    caption: Text | None = None

    def __post_init__(self) -> None:
        for joint in self.angles:
            if joint not in _NAMES:
                raise ValueError(f"{joint!r} is not a joint; use {', '.join(sorted(_NAMES))}")
        for segment, share in self.seen.items():
            if without_side(segment) not in SEGMENTS or abs(share) > 1:
                raise ValueError(f"{segment!r} seen for {share} needs a segment and a share from -1 to 1")
        if not self.rests and self.hip is None:
            raise ValueError("a pose rests on something or has its hip somewhere")
        if not self.move_s > 0 or self.hold_s < 0:
            raise ValueError("move_s is above zero and hold_s is not below zero")

    def angle(self, joint: str) -> float:
        """The angle of one of ``JOINTS`` in degrees."""
        return self.angles.get(joint, self.angles.get(without_side(joint), 0.0))

    def share(self, segment: str) -> float:
        """The share of a segment's length that is seen."""
        return self.seen.get(segment, self.seen.get(without_side(segment), 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop(Entry):
    """Something beside the body.

    What stands on the ground has its middle ``at`` and a ``width`` and ``height``; ``low`` lifts it from the ground.
    What is carried names the point ``held`` by; a band or strap runs ``between`` two places.
    """

    kind: PropKind
    name: str = ""
    at: float = 0.0
    width: float = 0.0
    height: float = 0.0
    low: float = 0.0
    held: str = ""
    between: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        return self.name or self.kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Entry):
    """The drawn figure of one exercise; its id is that of the exercise.

    Attributes
    ----------
    telling : int
        Number of the pose (from 1) that stands for the exercise when nothing moves.
    frame : tuple of float
        (left, low, size) of the square that is shown; None: everything.
    """

    id: str
    view: View = "side"
    motion: Motion = "there_and_back"
    trains: tuple[Region, ...]
    trains_far: bool = False
    """The far side is trained as well, or at the same time in another place."""
    telling: int = 2
    props: tuple[Prop, ...] = ()
    poses: tuple[Pose, ...]
    frame: tuple[float, float, float] | None = None

    def __post_init__(self) -> None:
        if not 2 <= len(self.poses) <= MOST_POSES:
            raise ValueError(f"a figure has 2 to {MOST_POSES} key poses")
        if not 1 <= self.telling <= len(self.poses):
            raise ValueError("telling is the number of one of the poses")
        for segment in {segment for pose in self.poses for segment in pose.seen}:
            if not any(pose.share(segment) for pose in self.poses):
                raise ValueError(f"nothing is seen of {segment!r} in any pose")
        if any(self.poses[number].caption is None for number in (0, self.telling - 1)):
            raise ValueError("the first and the telling pose need a caption")


FIGURE_FILES = tuple(
    f"figures/{region}.yaml"
    for region in (
        "hamstring_isometric", "hamstring_strength", "hamstring_long", "glutes", "core_and_back", "hip_and_mobility",
        "foot_and_calf", "running", "fitness_and_routines", "tendon_and_older",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureKnowledge:
    figures: Mapping[str, Figure]

    def __getitem__(self, exercise: str) -> Figure:
        return self.figures[exercise]

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        for figure in self.figures.values():
            yield f"figures, {figure.id}", figure

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """Exercises without a figure and figures without an exercise."""
        for exercise in knowledge.exercises.exercises:
            if exercise not in self.figures:
                yield f"figures, {exercise}", "this exercise has no figure"
        for figure in self.figures:
            if figure not in knowledge.exercises.exercises:
                yield f"figures, {figure}", "there is no exercise with this id"


def read_figures(read: Reader) -> FigureKnowledge:
    """Read ``figures/``."""
    return FigureKnowledge(figures=read.by_id_in(FIGURE_FILES, Figure))
