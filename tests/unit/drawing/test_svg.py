import re
from xml.etree import ElementTree

import pytest

from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Shape
from herstel.drawing.svg import DARK, INKS, LIGHT, as_svg, number, style_sheet

NS = "{http://www.w3.org/2000/svg}"
TRIANGLE = ((10.0, 10.0), (50.0, 10.0), (50.0, 40.0))


def drawing(*shapes: Shape, title: str = "Title", description: str = "In words") -> Drawing:
    return Drawing(width=120, height=60, shapes=shapes, title=title, description=description)


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def luminance(colour: str) -> float:
    """Relative luminance as in WCAG 2.2."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_the_picture_is_said_in_words_and_scales() -> None:
    root = parsed(as_svg(drawing(title="Pain <3 & rest", description='The "curve" falls')))
    assert root.get("role") == "img"
    assert root.get("viewBox") == "0 0 120 60"
    title, description = root.find(f"{NS}title"), root.find(f"{NS}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == ("Pain <3 & rest", 'The "curve" falls')
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_two_drawings_on_a_page_have_different_names() -> None:
    first, second = (parsed(as_svg(drawing(title=title))).get("aria-labelledby") for title in ("one", "two"))
    assert first != second


def test_a_page_that_forbids_inline_styles_gets_none_and_no_ground() -> None:
    svg = as_svg(drawing(Path(points=TRIANGLE, closed=True, fill="good", pattern="hatch")), style="page")
    assert "<style" not in svg
    assert "style=" not in svg
    assert parsed(svg).find(f"{NS}rect") is None


def test_a_file_brings_its_ground_and_the_dark_colours_it_needs() -> None:
    svg = as_svg(drawing(Circle(centre=(10, 10), radius=5, fill="accent")))
    assert DARK["accent"] in svg
    assert DARK["bad"] not in svg
    assert "prefers-color-scheme:dark" in svg
    assert "style=" not in svg
    ground = parsed(svg).find(f"{NS}rect")
    assert ground is not None
    assert ground.get("fill") == LIGHT["paper"]


def test_the_style_sheet_recolours_every_class() -> None:
    assert set(re.findall(r"hd-fill-(\w+)", style_sheet())) == set(INKS)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_shapes_and_text_stand_out_from_the_paper(colours: dict[Ink, str]) -> None:
    for ink in set(INKS) - {"paper"}:
        least = 3.0 if ink in ("skin", "cloth", "prop") else 4.5  # the body and the things around it are never text
        assert contrast(colours[ink], colours["paper"]) >= least, ink


def test_a_path_is_open_or_closed_straight_or_smooth() -> None:
    straight, smooth, short = (
        parsed(as_svg(drawing(path), style="page")).find(f"{NS}path")
        for path in (
            Path(points=TRIANGLE),
            Path(points=TRIANGLE, smooth=True, closed=True),
            Path(points=TRIANGLE[:2], smooth=True),
        )
    )
    assert straight is not None
    assert smooth is not None
    assert short is not None
    assert straight.get("d") == "M10 10L50 10L50 40"
    assert (smooth.get("d") or "").count("C") == 3
    assert (smooth.get("d") or "").endswith("Z")
    assert short.get("d") == "M10 10L50 10"


def test_a_dashed_line_has_straight_ends() -> None:
    line = parsed(as_svg(drawing(Path(points=TRIANGLE, width=2, dashed=True)))).find(f"{NS}path")
    assert line is not None
    assert line.get("stroke-dasharray") == "6 5"
    assert line.get("stroke-linecap") == "butt"


def test_a_pattern_is_defined_once_and_used() -> None:
    svg = as_svg(
        drawing(
            Path(points=TRIANGLE, closed=True, fill="bad", pattern="hatch"),
            Circle(centre=(70, 30), radius=9, fill="bad", pattern="hatch"),
            Circle(centre=(90, 30), radius=9, fill="good", pattern="dots", width=0),
        )
    )
    root = parsed(svg)
    names = [pattern.get("id") for pattern in root.iter(f"{NS}pattern")]
    used = set(re.findall(r"url\(#([^)]+)\)", svg))
    assert len(names) == 2
    assert set(names) == used


def test_a_fill_without_pattern_leaves_the_shape_open() -> None:
    circle = parsed(as_svg(drawing(Circle(centre=(9, 9), radius=5, fill="good", pattern="none")))).find(f"{NS}circle")
    assert circle is not None
    assert circle.get("fill") == "none"
    assert circle.get("stroke") == LIGHT["ink"]


def test_a_shape_without_line_and_fill_has_no_class() -> None:
    circle = parsed(as_svg(drawing(Circle(centre=(9, 9), radius=5, width=0)))).find(f"{NS}circle")
    assert circle is not None
    assert circle.get("class") is None


def test_a_label_keeps_its_place_weight_and_signs() -> None:
    label = Label(at=(60, 20), text="< 5 & > 3", anchor="middle", bold=True, size=12, ink="bad")
    text = parsed(as_svg(drawing(label, Label(at=(1, 2), text="plain")))).find(f"{NS}text")
    assert text is not None
    assert text.text == "< 5 & > 3"
    assert (text.get("text-anchor"), text.get("font-weight"), text.get("font-size")) == ("middle", "700", "12")


@pytest.mark.parametrize(
    ("value", "said"), [(1.0, "1"), (10.0, "10"), (0.126, "0.13"), (-0.001, "0"), (-2.5, "-2.5"), (100.004, "100")]
)
def test_a_number_is_as_short_as_it_can_be(value: float, said: str) -> None:
    assert number(value) == said
