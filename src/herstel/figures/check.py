"""Checks of the figures that need the drawn body: feet that float or sink, hands that miss their place."""

from collections.abc import Iterator

from herstel.errors import Problem
from herstel.figures.body import frames
from herstel.figures.contacts import GROUND, TOLERANCE, body_points, contacts, gaps, sunk
from herstel.knowledge.figure_entries import Figure, FigureKnowledge
from herstel.knowledge.model import Knowledge
from herstel.knowledge.reader import REMEDY


def check_figures(figures: FigureKnowledge, knowledge: Knowledge) -> list[Problem]:
    """Everything in the figures that does not fit together, with itself or with the exercises.

    Returns
    -------
    list of Problem
        Empty when all is well.
    """
    faults = [*figures.faults(knowledge)]
    for figure in figures.figures.values():
        faults += _unknown_names(figure) or list(_wrong_poses(figure))
    return [
        Problem(thing=thing, reason="{reason}.", remedy=REMEDY, values={"reason": reason}) for thing, reason in faults
    ]


def _unknown_names(figure: Figure) -> list[tuple[str, str]]:
    """Points of the body and things that are named but do not exist."""
    known = set(body_points(figure.poses[0], figure, frames(figure.poses[0], figure)))
    props = {prop.id for prop in figure.props} | {GROUND}
    named = {name for prop in figure.props for name in (prop.held, *prop.between) if isinstance(name, str) and name}
    resting = [pair for pose in figure.poses for pair in contacts(pose)]
    named |= {name for name, _ in resting}
    surfaces = {surface for _, surface in resting}
    thing = f"figures, {figure.id}"
    return [
        *((thing, f"{name!r} is not a point of the body") for name in sorted(named - known)),
        *((thing, f"there is no {surface!r} among the props") for surface in sorted(surfaces - props)),
    ]


def _wrong_poses(figure: Figure) -> Iterator[tuple[str, str]]:
    for number, pose in enumerate(figure.poses, 1):
        thing = f"figures, {figure.id}, pose {number}"
        for name, surface, gap in gaps(pose, figure):
            if abs(gap) > TOLERANCE:
                yield thing, f"{name} misses the {surface} by {gap:.1f} (at most {TOLERANCE})"
        if figure.view != "above":
            for name, depth in sunk(pose, figure):
                yield thing, f"{name} is {depth:.1f} below the ground"
