import pytest

from herstel.drawing.characters import as_characters
from herstel.drawing.curves import cubics, flattened
from herstel.drawing.shapes import Circle, Drawing, Label, Path, Pattern, Point, Shape

SQUARE: tuple[Point, ...] = ((0, 0), (40, 0), (40, 40), (0, 40))


def lines(*shapes: Shape, width: float = 40, height: float = 40, columns: int = 20) -> list[str]:
    drawing = Drawing(width=width, height=height, shapes=shapes, title="T", description="D")
    return as_characters(drawing, columns).splitlines()


def dots(text: list[str]) -> int:
    return sum((ord(letter) - 0x2800).bit_count() for line in text for letter in line if letter >= "⠀")


def filled(pattern: Pattern) -> list[str]:
    return lines(Path(points=SQUARE, closed=True, width=0, fill="ink", pattern=pattern))


def test_a_solid_square_sets_every_dot() -> None:
    assert filled("solid") == ["⣿" * 20] * 10


def test_patterns_are_told_apart_by_how_many_dots_they_set() -> None:
    assert dots(filled("solid")) > dots(filled("hatch")) > dots(filled("dots")) > dots(filled("none")) == 0


def test_paper_wipes_out_what_lies_below() -> None:
    ink = Path(points=SQUARE, closed=True, width=0, fill="ink")
    hole = Circle(centre=(20, 20), radius=10, width=0, fill="paper")
    gap = Path(points=((0, 20), (40, 20)), width=4, ink="paper")
    whole, with_hole, with_gap = (dots(lines(*shapes)) for shapes in ((ink,), (ink, hole), (ink, gap)))
    assert whole - with_hole == pytest.approx(3.14 * 100, rel=0.1)
    assert whole - with_gap == pytest.approx(40 * 4, rel=0.3)


def test_an_outline_without_pattern_leaves_what_is_below_it() -> None:
    ink = Path(points=SQUARE, closed=True, width=0, fill="ink")
    over = Path(points=SQUARE, closed=True, width=0, fill="good", pattern="none")
    assert lines(ink, over) == lines(ink)


def test_a_line_is_as_thick_as_it_is_wide_and_at_least_one_dot() -> None:
    thin, thick = (dots(lines(Path(points=((5, 20), (35, 20)), width=width))) for width in (0.1, 6))
    assert 28 <= thin <= 34
    assert thick > 4 * thin


def test_a_dashed_line_is_broken() -> None:
    whole, broken = (dots(lines(Path(points=((0, 20), (40, 20)), dashed=dashed))) for dashed in (False, True))
    assert 0.3 < broken / whole < 0.8


def test_what_falls_outside_the_picture_is_left_out() -> None:
    text = lines(Path(points=((-50, 20), (90, 20))), Circle(centre=(500, 500), radius=4))
    assert max(map(len, text)) == 20
    assert len(text) == 10


def test_a_drawing_keeps_its_shape_and_fits_the_room() -> None:
    drawing = Drawing(width=10, height=100, shapes=(Path(points=((5, 0), (5, 100))),), title="T", description="D")
    text = as_characters(drawing, 80, rows=20).splitlines()
    assert len(text) == 20
    assert max(map(len, text)) <= 4


def test_a_label_stands_over_the_dots_with_room_around_it() -> None:
    square = Path(points=SQUARE, closed=True, width=0, fill="ink")
    text = lines(square, Label(at=(20, 21), text="hip", anchor="middle", size=4))
    row = next(line for line in text if "hip" in line)
    assert " hip " in row
    assert row.startswith("⣿")


@pytest.mark.parametrize(("anchor", "column"), [("start", 10), ("middle", 8), ("end", 5)])
def test_a_label_is_anchored_at_its_point(anchor: str, column: int) -> None:
    label = Label(at=(20, 20), text="ankle", anchor=anchor)  # type: ignore[arg-type]
    row = next(line for line in lines(label) if "ankle" in line)
    assert row.index("ankle") == column


def test_a_label_never_runs_out_of_the_picture() -> None:
    text = lines(Label(at=(39, 10), text="knee"), Label(at=(0, 30), text="a label that is far too long for it"))
    assert any(line.endswith("knee") and len(line) == 20 for line in text)
    assert any(line.endswith("…") and len(line) == 20 for line in text)


def test_labels_at_one_place_move_to_a_free_row_below_the_picture_if_need_be() -> None:
    labels = [Label(at=(0, 38), text=f"label {number}") for number in range(4)]
    text = lines(*labels)
    assert sum("label" in line for line in text) == 4
    fifth = lines(*labels, Label(at=(0, 38), text="label 4"))
    assert any("label 4" in line for line in fifth)


def test_an_empty_drawing_is_empty_lines() -> None:
    assert set(lines()) <= {""}


def test_a_smooth_line_goes_through_its_points_and_a_closed_one_ends_where_it_starts() -> None:
    open_line = flattened(Path(points=SQUARE[:3], smooth=True))
    closed_line = flattened(Path(points=SQUARE, smooth=True, closed=True))
    assert set(SQUARE[:3]) <= set(open_line)
    assert closed_line[0] == closed_line[-1]
    assert flattened(Path(points=SQUARE, closed=True))[-1] == SQUARE[0]
    assert flattened(Path(points=SQUARE[:2], smooth=True)) == SQUARE[:2]


def test_three_points_on_a_line_stay_on_it() -> None:
    for piece in cubics(((0, 0), (10, 10), (20, 20)), closed=False):
        assert all(x == pytest.approx(y) for x, y in piece)
