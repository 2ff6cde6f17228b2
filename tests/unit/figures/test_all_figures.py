"""What must hold for the figure of every exercise."""

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from herstel.figures.animation import animated_svg
from herstel.figures.body import frames
from herstel.figures.check import check_figures
from herstel.figures.contacts import body_points, contacts, gap, gaps, sunk
from herstel.figures.figure import figure_drawing, figure_svg, load_figures
from herstel.figures.picture import pose_shapes
from herstel.figures.timeline import between, hips_between, moments
from herstel.knowledge.figure_entries import Figure
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from herstel.text import LANGUAGES, Language, Text
from tests.unit.figures.geometry import apart, drawn_angles, lines_in, lines_of

FIGURES = load_figures().figures
LARGEST_BYTES = 12_000
GLIDE = 2.6
"""A resting point may stray this far, in hundredths of the body's height, in the middle of a movement."""
every_figure = pytest.mark.parametrize("figure", FIGURES.values(), ids=lambda figure: figure.id)


@cache
def svg_of(exercise: str, language: Language) -> str:
    return figure_svg(exercise, load_knowledge(), language)


def test_every_exercise_has_a_figure_and_every_figure_fits(knowledge: Knowledge) -> None:
    assert set(FIGURES) == set(knowledge.exercises.exercises)
    assert check_figures(load_figures(), knowledge) == []


@every_figure
def test_the_angles_that_were_drawn_are_those_of_the_pose(figure: Figure) -> None:
    for pose in figure.poses:
        angles = drawn_angles(lines_of(pose_shapes(pose, figure)), pose, figure)
        assert len(angles) >= 15
        for joint, angle in angles.items():
            assert apart(angle, pose.angle(joint)) < 0.5, joint


@every_figure
def test_the_angles_in_the_svg_are_those_of_the_pose(figure: Figure) -> None:
    named = tuple(replace(pose, caption=pose.caption or Text(nl="-", en="-")) for pose in figure.poses)
    for number, pose in enumerate(named, 1):
        svg = animated_svg(replace(figure, poses=named, telling=number), "T", "D", style="page")
        for joint, angle in drawn_angles(lines_in(svg), pose, figure).items():
            foot = joint.endswith(("ankle", "arch", "toes"))  # short bones, and two decimals in the file
            assert apart(angle, pose.angle(joint)) < (1.5 if foot else 0.5), joint


@every_figure
def test_nothing_floats_or_sinks_in_a_key_pose(figure: Figure) -> None:
    for pose in figure.poses:
        for name, surface, distance in gaps(pose, figure):
            assert abs(distance) <= 1.2, (name, surface)
        if figure.view != "above":
            assert list(sunk(pose, figure)) == []


@every_figure
def test_what_rests_before_and_after_rests_in_between(figure: Figure) -> None:
    for start, end in pairwise(moments(figure)):
        shared = set(contacts(start.pose)) & set(contacts(end.pose))
        for tenth in range(1, 10):
            pose = between(start.pose, end.pose, tenth / 10)
            hips = hips_between(start.pose, end.pose, tenth / 10, figure)
            points = body_points(pose, figure, frames(pose, figure, hips))
            for name, surface in shared:
                assert abs(gap(points[name], surface, figure)) < GLIDE, (name, surface)


@every_figure
def test_the_loop_closes(figure: Figure) -> None:
    turn = moments(figure)
    assert turn[0].at_s == 0
    assert turn[-1].pose == turn[0].pose == figure.poses[0]
    assert 0.3 < turn[-1].at_s < 20


@every_figure
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_small_valid_and_says_what_it_shows(
    figure: Figure, language: Language, knowledge: Knowledge
) -> None:
    svg = svg_of(figure.id, language)
    root = ElementTree.fromstring(svg)
    title, description = (root.find(f"{{http://www.w3.org/2000/svg}}{name}") for name in ("title", "desc"))
    assert title is not None
    assert description is not None
    assert title.text == knowledge.exercises[figure.id].name[language]
    assert figure.poses[0].caption is not None
    assert figure.poses[0].caption[language] in (description.text or "")
    assert len(svg.encode()) <= LARGEST_BYTES
    assert root.get("viewBox") is not None
    assert " style=" not in svg


@every_figure
def test_it_moves_only_for_who_did_not_ask_for_less(figure: Figure, knowledge: Knowledge) -> None:
    svg = svg_of(figure.id, "en")
    head, moving = svg.split("@media screen and (prefers-reduced-motion:no-preference)")
    assert "animation" not in head
    used = set(re.findall(r'class="(f[0-9a-f]+-[\w-]+)"', svg))
    defined = set(re.findall(r"@keyframes ([\w-]+)", moving))
    assert used == defined
    assert used
    page = figure_svg(figure.id, knowledge, "en", style="page")
    assert "<style" not in page
    still = figure_svg(figure.id, knowledge, "en", moving=False)
    assert "prefers-color-scheme:dark" in still
    assert "@keyframes" not in still


@every_figure
def test_key_frames_start_and_end_alike(figure: Figure) -> None:
    for key_frames in re.findall(r"@keyframes [\w-]+\{((?:[^{}]*\{[^{}]*\})*)\}", svg_of(figure.id, "nl")):
        at = {
            when: values
            for times, values in re.findall(r"([^{}]*)\{([^{}]*)\}", key_frames)
            for when in times.split(",")
        }
        first, last = ([float(one) for one in re.findall(r"-?[\d.]+", at[when])] for when in ("0%", "100%"))
        assert all((one - other) % 360 == pytest.approx(0, abs=0.011) for one, other in zip(first, last, strict=True))


def test_figures_do_not_share_the_names_of_their_animations() -> None:
    names = [re.findall(r"@keyframes (f[0-9a-f]+)-", svg_of(one, "nl"))[0] for one in FIGURES]
    assert len(set(names)) == len(FIGURES)


@every_figure
def test_all_poses_stand_next_to_each_other_in_a_drawing(figure: Figure, knowledge: Knowledge) -> None:
    strip = figure_drawing(figure.id, None, knowledge, "en")
    single = figure_drawing(figure.id, 0, knowledge, "en")
    assert strip.width == pytest.approx(single.width * len(figure.poses))
    assert strip.title == knowledge.exercises[figure.id].name["en"]
