import pytest

from herstel.drawing.shapes import Circle, Label, Path
from herstel.drawing.svg import as_svg
from herstel.forecast.score import Coverage
from herstel.knowledge.model import Knowledge
from herstel.outcomes.kaplan_meier import Followed, kaplan_meier
from herstel.outcomes.picture import promise_picture, promise_words, return_picture
from herstel.outcomes.reference import usual_days
from herstel.outcomes.summary import forecast_scores
from herstel.text import LANGUAGES, Language
from tests.unit.outcomes.cases import case, judged

SCORES = forecast_scores(
    [
        *(case(name, forecasts=(judged(name != "a", day=3),)) for name in "abcdef"),
        *(case(name, forecasts=(judged(True, day=30),)) for name in "ghi"),
    ]
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_promises_are_drawn_and_told(language: Language) -> None:
    drawing = promise_picture(SCORES, language)
    dots = [one for one in drawing.shapes if isinstance(one, Circle)]
    assert len(dots) == 2 * 3 + 1  # two groups with enough people, three levels, and the legend
    assert "80" in drawing.description
    assert as_svg(drawing, style="page").count("<circle") == len(dots)


def test_too_few_people_are_not_drawn() -> None:
    drawing = promise_picture(SCORES, "en")
    assert "three weeks" not in drawing.description
    assert "first week: promised 80 in 100, came true so far 83 in 100 (44 to 97), 5 of 6" in drawing.description


def test_of_nothing_every_share_is_possible() -> None:
    words = promise_words(80, Coverage(inside=0, outside=0, undecided=3), "en")
    assert words == "promised 80 in 100, came true so far 0 in 100 (0 to 100), 0 of 0"


def test_where_a_share_may_end_is_drawn_while_people_wait() -> None:
    waiting = [case(name, forecasts=(judged(None, day=3, reached=False),)) for name in "uvw"]
    told = [case(name, forecasts=(judged(True, day=3),)) for name in "abcde"]
    boxes = [
        sum(isinstance(one, Path) and one.dashed for one in promise_picture(forecast_scores(cases), "en").shapes)
        for cases in (told, [*told, *waiting])
    ]
    assert boxes == [1, 7]  # that of the legend; and one for each level of two groups


def test_nothing_to_draw_is_only_an_axis() -> None:
    assert promise_picture({}, "en").description == "."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_return_is_drawn_beside_what_is_usual(language: Language, knowledge: Knowledge) -> None:
    estimate = kaplan_meier([Followed(until=float(day), happened=day != 40) for day in range(20, 60, 5)], 1)
    usual = usual_days([case("a")], knowledge.forecast)["full_session"]
    drawing = return_picture(estimate, usual, language)
    alone = return_picture(estimate, None, language)
    assert len(drawing.shapes) > len(alone.shapes)
    assert drawing.description.count(";") == len(estimate.steps)
    labels = [one for one in drawing.shapes if isinstance(one, Label)]
    assert all(0 <= one.at[0] <= drawing.width and one.at[1] <= drawing.height for one in labels)


def test_a_curve_without_steps_is_a_line() -> None:
    estimate = kaplan_meier([Followed(until=10.0, happened=False)])
    assert return_picture(estimate, None, "en").description == "."
    empty = kaplan_meier([])
    assert return_picture(empty, None, "en").description == "."


def test_everybody_back_is_told() -> None:
    estimate = kaplan_meier([Followed(until=day, happened=True) for day in (5.0, 9.0)])
    assert "day 9: 100 in 100 back" in return_picture(estimate, None, "en").description
