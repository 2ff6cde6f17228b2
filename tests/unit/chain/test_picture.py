from typing import Any

import pytest

from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Measurement
from herstel.chain.picture import BODY_LINKS, HEIGHT, LOOKS, WIDTH, chain_picture
from herstel.chain.silhouette import REGIONS
from herstel.chain.story import STORY_LINKS
from herstel.drawing.shapes import Circle, Drawing, Label, Path
from herstel.text import LANGUAGES, Language
from tests.unit.chain.people import CHAIN, KNOWLEDGE, assessed, both, measured

STATES = (
    *both("straight_leg_raise", 40, 75), *both("single_leg_squat_fppa", 16, 8), *both("knee_to_wall", 12, 12),
)  # fmt: skip


def drawn(*measurements: Measurement, language: Language = "en", **said: Any) -> Drawing:
    return chain_picture(analyse_chain(assessed(**said), measurements, KNOWLEDGE), KNOWLEDGE, language)


def labels(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Label)]


def test_every_link_stands_in_the_picture_on_both_sides() -> None:
    assert set(BODY_LINKS) == set(REGIONS)
    assert {*BODY_LINKS, *STORY_LINKS} == set(CHAIN.links)
    for language in LANGUAGES:
        said = labels(drawn(language=language))
        for link in BODY_LINKS:
            assert said.count(CHAIN.links[link].short[language]) == 2


def test_a_state_is_told_by_pattern_sign_and_word_and_not_by_colour_alone() -> None:
    looks = list(LOOKS.values())
    assert len({look.pattern for look in looks}) == len({look.sign for look in looks}) == len(looks)
    said = labels(drawn(*STATES))
    for look in looks:
        assert look.word in said
        assert look.sign in said
    fills = {(shape.fill, shape.pattern) for shape in drawn(*STATES).shapes if isinstance(shape, Path)}
    assert {("bad", "hatch"), ("warn", "dots"), ("good", "solid")} <= fills


def test_what_was_not_measured_is_empty_and_never_in_the_fill_of_normal() -> None:
    regions = [shape for shape in drawn().shapes if isinstance(shape, Path) and shape.closed and shape.dashed]
    assert len(regions) == 2 * len(BODY_LINKS) + 1, "and the swatch of the legend"
    assert {shape.fill for shape in regions} == {"paper"}


def test_the_description_says_the_same_in_words() -> None:
    said = drawn(*STATES, findings={"recurrent_same_leg": True}).description
    assert "hamstring: left deviates, right normal" in said
    assert "knee: left within error, right normal" in said
    assert "trunk: not measured on both sides" in said
    assert "history: in your story" in said
    assert "load: not known" in said


def test_a_measured_sprint_comes_before_what_the_story_says_of_it() -> None:
    measured_too = drawn(measured("sprint_30m", 4.4), findings={"mech_sprint": True})
    assert "way of sprinting: normal" in measured_too.description


@pytest.mark.parametrize(("places", "times"), [(None, 1), (frozenset(), 0)])
def test_the_side_of_the_complaint_is_named_when_it_is_known(places: frozenset[Any] | None, times: int) -> None:
    said = labels(drawn(**({} if places is None else {"places": places})))
    assert said.count("side of the complaint") == times


def test_everything_lies_inside_the_picture() -> None:
    for shape in drawn(*STATES).shapes:
        points = (
            shape.points if isinstance(shape, Path) else (shape.centre,) if isinstance(shape, Circle) else (shape.at,)
        )
        for x, y in points:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_the_two_halves_are_mirror_images() -> None:
    found = [shape for shape in drawn().shapes if isinstance(shape, Path) and shape.dashed]
    for left, right in zip(found[: 2 * len(BODY_LINKS) : 2], found[1 : 2 * len(BODY_LINKS) : 2], strict=True):
        for (x, y), (other_x, other_y) in zip(left.points, right.points, strict=True):
            assert x + other_x == pytest.approx(WIDTH)
            assert y == other_y


def test_labels_are_large_enough_to_read_at_320_pixels() -> None:
    sizes = [shape.size * 320 / WIDTH for shape in drawn().shapes if isinstance(shape, Label)]
    assert min(sizes) >= 9.5
