from herstel.assessment.picture import RIGHT, differential_picture
from herstel.assessment.report_parts import Bar
from herstel.drawing.shapes import Circle, Label

LIKELY = Bar(label="A tear", probability=0.6, low=0.3, high=0.8, text="about 60 in 100 (range 30 to 80)")
SURE = Bar(label="Soreness", probability=0.99, low=0.97, high=1.0, text="more than 95 in 100 (range 95 to 100)")
RARE = Bar(label="Rare " * 20, probability=0.001, low=0.0, high=0.003, text="fewer than 1 in 100 (range 0 to 1)")


def labels(*bars: Bar) -> list[str]:
    return [one.text for one in differential_picture(bars, "en").shapes if isinstance(one, Label)]


def test_every_possibility_stands_with_its_estimate_and_its_range() -> None:
    assert labels(LIKELY)[:2] == ["A tear", "60 (30 to 80)"]


def test_no_estimate_is_drawn_surer_than_an_estimate_is() -> None:
    assert "> 95 (95 to 100)" in labels(SURE)


def test_what_is_nearly_impossible_is_less_than_one_and_never_none() -> None:
    assert "< 1 (0 to 1)" in labels(RARE)


def test_a_long_name_takes_more_lines_and_the_picture_grows_with_it() -> None:
    drawing = differential_picture((RARE,), "nl")
    assert drawing.height > differential_picture((LIKELY,), "nl").height
    assert all(one.at[1] <= drawing.height for one in drawing.shapes if isinstance(one, Label))


def test_the_estimate_lies_on_the_scale_between_the_ends_of_its_range() -> None:
    drawing = differential_picture((LIKELY, SURE), "en")
    first, second = [one.centre[0] for one in drawing.shapes if isinstance(one, Circle)]
    assert first < second < RIGHT


def test_the_picture_says_in_words_what_it_shows() -> None:
    drawing = differential_picture((LIKELY, RARE), "nl")
    assert LIKELY.text in drawing.description
    assert drawing.title == "De belangrijkste mogelijkheden naast elkaar"
