from datetime import date, datetime

import pytest

from herstel.errors import InputError
from herstel.fields import Fields, as_date

KNOWN = ("side", "value", "day", "note", "sure", "items", "more", "count")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def said(fields: Fields) -> list[str]:
    return [str(problem) for problem in fields.problems]


def test_what_is_right_is_read_as_it_stands() -> None:
    raw = {"side": "left", "value": 3, "day": "2026-03-01", "note": " firm ", "sure": True, "items": ["left"],
           "more": {1: "x"}, "count": 4}  # fmt: skip
    fields = Fields(raw, KNOWN)
    assert fields.choice("side", ("left", "right")) == "left"
    assert fields.number("value", 0, 10) == 3.0
    assert fields.day("day", FIRST, LAST) == date(2026, 3, 1)
    assert fields.text("note") == "firm"
    assert fields.flag("sure") is True
    assert fields.words("items", ("left", "right")) == ("left",)
    assert fields.mapping("more") == {"1": "x"}
    assert fields.whole("count", 0, 9) == 4
    assert "side" in fields
    assert fields.get("value") == 3
    fields.stop_if_wrong()


def test_what_is_missing_or_null_is_unknown_and_no_problem() -> None:
    fields = Fields({"value": None}, KNOWN)
    assert fields.number("value", 0, 1) is fields.whole("count", 0, 1) is fields.choice("side", ("left",)) is None
    assert fields.flag("sure") is fields.day("day", FIRST, LAST) is None
    assert (fields.text("note"), fields.mapping("more"), fields.words("items", ("a",))) == ("", {}, ())
    assert said(fields) == []


def test_a_missing_field_is_told_where_it_is_required() -> None:
    fields = Fields({"side": "left"}, KNOWN, "measurements.2")
    fields.required("side", "value")
    assert said(fields) == ["measurements.2.value: this field is missing. Add it."]


@pytest.mark.parametrize("value", [True, "ten", 11, -1, float("nan"), float("inf")])
def test_a_number_that_is_none_or_out_of_range_is_named(value: object) -> None:
    fields = Fields({"value": value}, KNOWN)
    assert fields.number("value", 0, 10) is None
    assert said(fields) == [f"value: {value!r} is not possible here. Give a number from 0 to 10."]


def test_half_a_time_is_not_a_whole_number() -> None:
    fields = Fields({"count": 1.5}, KNOWN)
    assert fields.whole("count", 0, 9) is None
    assert said(fields) == ["count: 1.5 is not a whole number. Give one from 0 to 9."]


def test_a_wrong_word_gets_the_words_that_are_right() -> None:
    fields = Fields({"side": "linkss", "sure": "perhaps", "items": ["left", "up"]}, KNOWN)
    assert fields.choice("side", ("left", "right")) is fields.flag("sure") is None
    assert fields.words("items", ("left",)) == ("left",)
    assert said(fields) == [
        "side: 'linkss' is not possible here. Choose from: left, right.",
        "sure: 'perhaps' is not possible here. Write true or false.",
        "items.2: 'up' is not possible here. Choose from: left.",
    ]


@pytest.mark.parametrize(
    ("value", "reason"),
    [("soon", "'soon' is not a date"), ("2027-01-01", "lies too late"), (date(2025, 1, 1), "lies too early")],
)
def test_a_day_outside_the_range_gets_the_range(value: object, reason: str) -> None:
    fields = Fields({"day": value}, KNOWN)
    assert fields.day("day", FIRST, LAST) is None
    assert reason in said(fields)[0]
    assert "from 2026-01-01 to 2026-12-31" in said(fields)[0]


def test_a_text_too_long_and_a_thing_of_another_kind_are_refused() -> None:
    fields = Fields({"note": "x" * 9, "items": "left", "more": [1]}, KNOWN)
    assert fields.text("note", longest=8) == ""
    assert list(fields.listed("items")) == []
    assert fields.mapping("more") == {}
    assert [one.split(":")[0] for one in said(fields)] == ["note", "items", "more"]


def test_an_unknown_field_and_something_that_is_no_mapping_are_named() -> None:
    assert said(Fields({"sied": 1}, ("side",)))[0].startswith("sied: there is no field of this name.")
    assert said(Fields([1], ("side",)))[0] == "file: [1] is not a list of names with values. Use: side."


def test_every_problem_is_raised_at_once() -> None:
    fields = Fields({"side": 1, "value": 99}, KNOWN)
    fields.choice("side", ("left",))
    fields.number("value", 0, 1)
    with pytest.raises(InputError) as error:
        fields.stop_if_wrong()
    assert len(error.value.problems) == 2


def test_a_moment_is_read_as_its_day() -> None:
    assert as_date(datetime(2026, 5, 1, 12, 0)) == date(2026, 5, 1)  # noqa: DTZ001 - as YAML gives it
    assert as_date(7) is None
