"""The knowledge of measuring movement: how each test is filmed, what is measured with which error, and the limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, get_args

from herstel.knowledge.entry import Entry, Sources
from herstel.knowledge.forecast_entries import Constant
from herstel.knowledge.reader import Reader
from herstel.quantities import Basis
from herstel.text import Text

if TYPE_CHECKING:
    from herstel.knowledge.model import Knowledge

MovementTest = Literal[
    "active_knee_extension", "straight_leg_raise", "jurdan", "modified_thomas", "nordic", "knee_to_wall",
    "forward_bend", "single_leg_bridge", "single_leg_squat", "running", "walking",
]  # fmt: skip
MOVEMENT_TESTS: tuple[MovementTest, ...] = get_args(MovementTest)
MovementUnit = Literal["deg", "count", "steps/min", "s", "percent", "ratio", "m"]
Joint = Literal["shoulder", "hip", "knee", "ankle", "heel", "toe"]
LIMITS = (
    "gap_s", "cutoff_hz", "cutoff_running_hz", "side_view_deg", "front_view_deg", "leg_score", "shank_ratio_low",
    "shank_ratio_high", "known_share", "outside_share", "foot_edge", "inside_s", "brightness", "people_share",
    "camera_speed_percent", "hold_s", "still_range_deg", "hold_reach_deg", "thigh_vertical_deg", "knee_bent_deg",
    "break_speed_deg_s",
    "repetition_deg", "squat_depth_percent", "shoulder_breadth", "hip_breadth", "lying_deg", "swapped_cost",
    "stride_spread", "lying_narrower", "nose_ahead", "squat_knee_most_deg",
    "flat_thigh_deg", "flat_shank_deg", "travel_legs", "walking_most_steps", "running_least_steps",
)  # fmt: skip
"""The limits that must exist."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementTask(Entry):
    """One test as it is filmed.

    Attributes
    ----------
    cutoff : {"cutoff_hz", "cutoff_running_hz"}
        The limit that says how the points are smoothed.
    needs : tuple of str
        Joints of the measured leg without which nothing can be said.
    far_side : bool
        Whether the leg away from the camera may be measured, with its own larger error.
    """

    id: MovementTest
    name: Text
    view: Literal["side", "front"]
    posture: Literal["standing", "lying", "kneeling"]
    film: Text
    least_fps: float
    cutoff: Literal["cutoff_hz", "cutoff_running_hz"] = "cutoff_hz"
    needs: tuple[Joint, ...]
    far_side: bool = False
    basis: Basis
    source: Sources


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementMeasure(Entry):
    """One number of a test with one standard error of measuring it, near and, where it may be told, far.

    ``id`` is the test and the name: the same name may occur in several tests. ``chain_test`` is the test of the chain
    that it is a result of.
    """

    id: str
    unit: MovementUnit
    text: Text
    near_error: float
    far_error: float | None = None
    chain_test: str | None = None
    basis: Basis
    source: Sources

    def __post_init__(self) -> None:
        if self.near_error <= 0 or (self.far_error is not None and self.far_error < self.near_error):
            raise ValueError("an error is more than 0, and that of the far side is not the smaller one")

    @property
    def test(self) -> str:
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        return self.id.partition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotMeasured(Entry):
    """Something that such a recording cannot tell, and why; in these tests, or in all when none is named."""

    id: str
    text: Text
    tests: tuple[MovementTest, ...] = ()
    basis: Basis
    source: Sources


_LIMITS, _TESTS = "movement/limits.yaml", "movement/tests.yaml"
_MEASURES, _NOT_MEASURED = "movement/measures.yaml", "movement/not_measured.yaml"


@dataclass(frozen=True, kw_only=True)
class MovementKnowledge:
    tests: Mapping[str, MovementTask]
    measures: Mapping[str, MovementMeasure]
    not_measured: Mapping[str, NotMeasured]
    numbers: Mapping[str, Constant] = field(repr=False)

    @cached_property
    def limits(self) -> Mapping[str, float]:
        """The limits by id."""
        return {name: one.value for name, one in self.numbers.items()}

    def measure(self, test: MovementTest, name: str) -> MovementMeasure:
        """A measure of a test by its name; KeyError for an unknown one."""
        return self.measures[f"{test}/{name}"]

    def cannot(self, test: MovementTest) -> tuple[NotMeasured, ...]:
        """What a recording of this test cannot tell."""
        return tuple(one for one in self.not_measured.values() if not one.tests or test in one.tests)

    def entries(self) -> Iterator[tuple[str, object]]:
        """Every entry with where it stands."""
        files: tuple[tuple[str, Mapping[str, object]], ...] = (
            (_LIMITS, self.numbers), (_TESTS, self.tests), (_MEASURES, self.measures),
            (_NOT_MEASURED, self.not_measured),
        )  # fmt: skip
        for file, entries in files:
            for name, entry in entries.items():
                yield f"{file}, {name}", entry

    def faults(self, knowledge: "Knowledge") -> Iterator[tuple[str, str]]:
        """What does not fit together: missing tests and limits, measures of unknown tests."""
        for missing in sorted(set[str](MOVEMENT_TESTS) - set(self.tests)):
            yield f"{_TESTS}, {missing}", "the entry is missing"
        for missing in sorted(set(LIMITS) - set(self.numbers)):
            yield f"{_LIMITS}, {missing}", "the entry is missing"
        for extra in sorted(set(self.numbers) - set(LIMITS)):
            yield f"{_LIMITS}, {extra}", "nothing uses this number"
        for measure in self.measures.values():
            where = f"{_MEASURES}, {measure.id}"
            if measure.test not in MOVEMENT_TESTS or not measure.name:
                yield where, "the id should be the id of a test of movement, a stroke, and a name"
            if measure.chain_test is not None and measure.chain_test not in knowledge.chain.tests:
                yield where, f"the test {measure.chain_test!r} does not exist"


def read_movement(read: Reader) -> MovementKnowledge:
    """Read ``movement/``."""
    return MovementKnowledge(
        tests=read.by_id(_TESTS, MovementTask),
        measures=read.by_id(_MEASURES, MovementMeasure),
        not_measured=read.by_id(_NOT_MEASURED, NotMeasured),
        numbers=read.by_id(_LIMITS, Constant),
    )
