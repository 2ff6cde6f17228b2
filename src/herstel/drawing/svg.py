"""A drawing as SVG: readable in a page, as a file of its own, in a letter and in the dark.

Every shape carries its light colour as an attribute, which every reader of SVG understands, and a class such as
``hd-fill-accent`` or ``hd-line-ink``. A style sheet may recolour the classes; a file brings the sheet for the dark
with it. There are no ``style`` attributes, so a page that forbids inline styles shows the same picture.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, get_args
from xml.sax.saxutils import escape
from zlib import crc32

from herstel.drawing.curves import cubics
from herstel.drawing.shapes import Circle, Drawing, Ink, Label, Path, Pattern, Point, Shape

Style = Literal["file", "page"]
"""``file`` brings its own ground and its colours for the dark; ``page`` leaves both to the page around it."""

INKS: tuple[Ink, ...] = get_args(Ink)
LIGHT: dict[Ink, str] = {
    "ink": "#1b1f24", "soft": "#57606a", "paper": "#ffffff", "accent": "#0b4f8a", "good": "#14622f",
    "warn": "#8a4b00", "bad": "#9a1212", "unknown": "#6b7280", "skin": "#8492a0", "cloth": "#4a5763", "prop": "#8a7453",
}  # fmt: skip
DARK: dict[Ink, str] = {
    "ink": "#e8eaed", "soft": "#aab2bb", "paper": "#16191d", "accent": "#82bdf2", "good": "#7fd49a",
    "warn": "#f0b35e", "bad": "#ff8f8f", "unknown": "#9aa3ad", "skin": "#6d7987", "cloth": "#aab6c2", "prop": "#a68f6b",
}  # fmt: skip
_TILES_ACROSS = 60
"""How many times a pattern repeats over the longest side of a drawing."""


def as_svg(drawing: Drawing, *, style: Style = "file") -> str:
    """The drawing as one ``<svg>`` element that scales and says in words what it shows.

    Parameters
    ----------
    drawing : Drawing
    style : {"file", "page"}
        ``page`` holds no ``<style>`` and no ground, for a page that gives both by its own style sheet.
    """
    name = identity(drawing)
    body = [shape_as_svg(shape, name) for shape in drawing.shapes]
    return svg_document(drawing, body, patterns(drawing, name), name, style=style)


def svg_document(drawing: Drawing, body: Iterable[str], head: Iterable[str], name: str, *, style: Style) -> str:
    """An ``<svg>`` with the size, title and description of the drawing around elements that are already written."""
    width, height = number(drawing.width), number(drawing.height)
    ground = f'<rect width="{width}" height="{height}" class="hd-fill-paper" fill="{LIGHT["paper"]}"/>'
    content = "\n".join([*head, *([ground] if style == "file" else []), *body])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="{name}-t {name}-d" stroke-linecap="round" stroke-linejoin="round">',
        f'<title id="{name}-t">{escape(drawing.title)}</title>',
        f'<desc id="{name}-d">{escape(drawing.description)}</desc>',
        *([f"<style>{style_sheet(_inks_in(content))}</style>"] if style == "file" else []),
        content,
        "</svg>",
    ]
    return "\n".join(parts)


def identity(drawing: Drawing) -> str:
    """A name for the drawing that differs from those of other drawings on the same page."""
    return f"hd{crc32(repr((drawing.title, drawing.description, drawing.shapes)).encode()):08x}"


def _inks_in(content: str) -> tuple[Ink, ...]:
    return tuple(ink for ink in INKS if f"hd-fill-{ink}" in content or f"hd-line-{ink}" in content)


def style_sheet(inks: Iterable[Ink] = INKS) -> str:
    """The colours of the classes in the dark; on paper and in the light the attributes hold."""
    rules = "".join(f".hd-fill-{ink}{{fill:{DARK[ink]}}}.hd-line-{ink}{{stroke:{DARK[ink]}}}" for ink in inks)
    return f"@media screen and (prefers-color-scheme:dark){{{rules}}}"


def number(value: float) -> str:
    """A length with at most two decimals, as short as it can be."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def shape_as_svg(shape: Shape, name: str) -> str:
    """One shape as an SVG element, of the drawing with this identity."""
    if isinstance(shape, Label):
        weight = ' font-weight="700"' if shape.bold else ""
        anchor = f' text-anchor="{shape.anchor}"' if shape.anchor != "start" else ""
        where = f'x="{number(shape.at[0])}" y="{number(shape.at[1])}" font-size="{number(shape.size)}"'
        font = 'font-family="system-ui, sans-serif"'
        colour = f'class="hd-fill-{shape.ink}" fill="{LIGHT[shape.ink]}"'
        return f"<text {where} {font}{weight}{anchor} {colour}>{escape(shape.text)}</text>"
    if isinstance(shape, Circle):
        x, y = shape.centre
        where = f'cx="{number(x)}" cy="{number(y)}" r="{number(shape.radius)}"'
        return f"<circle {where} {_paint(shape, name)}/>"
    lengths = f"{number(3 * shape.width)} {number(2.5 * shape.width)}"
    dashes = f' stroke-dasharray="{lengths}" stroke-linecap="butt"' if shape.dashed else ""
    return f'<path d="{_line(shape)}" {_paint(shape, name)}{dashes}/>'


def _line(path: Path) -> str:
    first, *others = path.points
    if path.smooth and len(path.points) > 2:
        pieces = ["C" + " ".join(_pair(point) for point in piece) for piece in cubics(path.points, closed=path.closed)]
    else:
        pieces = ["L" + _pair(point) for point in others]
    return f"M{_pair(first)}{''.join(pieces)}{'Z' if path.closed else ''}"


def _pair(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _paint(shape: Path | Circle, name: str) -> str:
    """Fill and line as attributes, with the classes that may recolour them; a pattern is recoloured inside itself."""
    classes, fill = [], "none"
    if shape.fill is not None and shape.pattern == "solid":
        classes.append(f"hd-fill-{shape.fill}")
        fill = LIGHT[shape.fill]
    elif shape.fill is not None and shape.pattern != "none":
        fill = f"url(#{_pattern_name(name, shape.pattern, shape.fill)})"
    line = ""
    if shape.width > 0:
        classes.append(f"hd-line-{shape.ink}")
        line = f' stroke="{LIGHT[shape.ink]}" stroke-width="{number(shape.width)}"'
    named = f'class="{" ".join(classes)}" ' if classes else ""
    return f'{named}fill="{fill}"{line}'


def _pattern_name(name: str, pattern: Pattern, ink: Ink) -> str:
    return f"{name}-{pattern}-{ink}"


def patterns(drawing: Drawing, name: str) -> Iterator[str]:
    """The definitions of the patterns that the shapes of the drawing with this identity are filled with."""
    used = dict.fromkeys(
        (shape.pattern, shape.fill)
        for shape in drawing.shapes
        if not isinstance(shape, Label) and shape.fill is not None and shape.pattern in ("hatch", "dots")
    )
    tile = max(drawing.width, drawing.height) / _TILES_ACROSS
    for pattern, ink in used:
        yield _pattern(_pattern_name(name, pattern, ink), pattern, ink, tile)


def _pattern(name: str, pattern: Pattern, ink: Ink, tile: float) -> str:
    side, half, third = number(tile), number(tile / 2), number(tile / 3)
    if pattern == "hatch":
        line = f'class="hd-line-{ink}" stroke="{LIGHT[ink]}" stroke-width="{third}"'
        mark, turned = f'<path d="M0 0V{side}" {line}/>', ' patternTransform="rotate(45)"'
    else:
        mark = f'<circle cx="{half}" cy="{half}" r="{number(tile / 4)}" class="hd-fill-{ink}" fill="{LIGHT[ink]}"/>'
        turned = ""
    ground = f'<rect width="{side}" height="{side}" class="hd-fill-paper" fill="{LIGHT["paper"]}"/>'
    size = f'width="{side}" height="{side}" patternUnits="userSpaceOnUse"{turned}'
    return f'<defs><pattern id="{name}" {size}>{ground}{mark}</pattern></defs>'
