from dataclasses import replace
from datetime import date

import pytest

from herstel.assessment.assess import assess, assessed
from herstel.assessment.report_parts import Line, Report
from herstel.chain.model import Measurement
from herstel.complaint.model import Complaint
from herstel.drawing.shapes import Label, Path
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.model import Effect, Forecast
from herstel.forecast.picture import LEFT, RIGHT, WIDTH, forecast_picture
from herstel.forecast.report import write_forecast
from herstel.forecast.words import chance_range, date_after, duration, in_100, span
from herstel.knowledge.model import Knowledge
from herstel.knowledge.progress_entries import Milestone
from herstel.progress.model import CheckIn
from herstel.text import LANGUAGES, Language
from tests.forecast_people import SPRINT, chain_of, measured, on, outer_range, progress_of


def forecast_of(
    knowledge: Knowledge,
    *measurements: Measurement,
    complaint: Complaint = SPRINT,
    day: int = 1,
    check_ins: tuple[CheckIn, ...] = (),
    milestones: dict[Milestone, int] | None = None,
) -> Forecast:
    chain = chain_of(assessed(complaint, knowledge), measurements)
    progress = progress_of(chain, check_ins, milestones, today=day)
    return forecast_recovery(chain.assessment, chain, progress, on(day), knowledge)


def texts(report: Report, section: str) -> str:
    found = next(one for one in report.sections if one.id == section)
    return " ".join(" ".join((line.mark, line.text, line.detail)) for line in found.lines)


def lines(report: Report, section: str) -> tuple[Line, ...]:
    return next(one.lines for one in report.sections if one.id == section)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0.2, "1 day"), (3, "3 days"), (14, "14 days"), (20, "3 weeks"), (84, "12 weeks"), (105, "15 weeks"),
     (180, "6 months"), (365, "12 months")],
)  # fmt: skip
def test_a_time_is_as_rough_as_it_is(days: float, words: str) -> None:
    assert duration("en", days) == words


def test_a_range_says_a_shared_unit_once() -> None:
    assert span("en", 21, 119) == "3 to 17 weeks"
    assert span("en", 9, 70) == "9 days to 10 weeks"
    assert span("en", 20, 21) == "3 weeks"
    assert span("en", 118, 124) == "17 to 18 weeks"
    assert span("en", 13, 20) == "13 to 20 days"
    assert span("en", 70, 150) == "10 weeks to 5 months"


def test_chances_are_steps_of_five_and_never_none_or_all() -> None:
    assert [in_100(share) for share in (0.0, 0.01, 0.17, 0.43, 0.999)] == [5, 5, 15, 45, 95]
    assert chance_range("en", 0.1, 0.33) == "10 to 35 in 100"
    assert chance_range("en", 0.16, 0.17) == "about 15 in 100"


def test_a_date_is_said_in_words() -> None:
    assert date_after("en", date(2026, 12, 30), 3.4) == "2 January 2027"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_headline_is_a_range_and_never_a_day(language: Language, knowledge: Knowledge) -> None:
    report = write_forecast(forecast_of(knowledge), knowledge, language)
    assert [section.id for section in report.sections] == ["time", "milestones", "moved", "recurrence", "about"]
    assert "14" in report.headline
    assert "6" in report.headline
    assert "202" not in report.headline


def test_a_calendar_date_never_stands_alone(knowledge: Knowledge) -> None:
    report = write_forecast(forecast_of(knowledge), knowledge, "en")
    dated = [line.text for line in lines(report, "time") if "2026" in line.text]
    assert len(dated) == 1
    assert dated[0].count("2026") == 2
    assert "No single day in between is promised" in dated[0]


def test_without_the_day_of_the_injury_there_is_no_calendar(knowledge: Knowledge) -> None:
    chain = chain_of(assessed(replace(SPRINT, days_since_onset=None), knowledge))
    report = write_forecast(forecast_recovery(chain.assessment, chain, None, on(1), knowledge), knowledge, "en")
    assert "On the calendar" not in texts(report, "time")
    assert "the day it began" in texts(report, "moved")


def test_the_limits_of_the_forecast_are_said(knowledge: Knowledge) -> None:
    early = texts(write_forecast(forecast_of(knowledge), knowledge, "en"), "time")
    assert "29 to 50 per cent" in early
    assert "In the first week nobody can know this well" in early
    assert "takes longer than in most people" not in early
    late = texts(write_forecast(forecast_of(knowledge, day=230), knowledge, "en"), "time")
    assert "takes longer than in most people" in late
    assert "In the first week" not in late


def test_the_familiar_range_stands_beside_with_the_own_chance(knowledge: Knowledge) -> None:
    beside = texts(write_forecast(forecast_of(knowledge), knowledge, "en"), "time")
    assert "the rule of thumb says 4 to 8 weeks" in beside
    assert "about 70 in 100" in beside
    without = replace(forecast_of(knowledge), founding=None, by_founding_upper=None)
    assert "rule of thumb" not in texts(write_forecast(without, knowledge, "en"), "time")


def test_the_two_largest_effects_are_in_sight_and_the_rest_is_named(knowledge: Knowledge) -> None:
    report = write_forecast(forecast_of(knowledge, day=10, check_ins=(CheckIn(date=on(9), predicted_days=90),)),
                            knowledge, "en")  # fmt: skip
    first, second, *rest = lines(report, "moved")
    assert first.mark == "your level of sport"
    assert "80 per cent longer" in first.text
    assert "professional" in first.detail
    assert second.mark in ("what you expect yourself", "the next milestone that is not reached yet")
    assert any("not: began by overstretching (about 10 per cent shorter)" in line.text for line in rest)
    assert any(line.mark == "Not known" and "the same leg was injured before" in line.text for line in rest)


def test_without_anything_that_moves_it_that_is_said(knowledge: Knowledge) -> None:
    forecast = replace(forecast_of(knowledge), effects=(Effect(id="age", shift=0.01, value=1.0),), unknown=())
    (line,) = lines(write_forecast(forecast, knowledge, "en"), "moved")
    assert line.text == "Nothing that is known makes it clearly longer or shorter than usual."


def test_measures_and_milestones_are_named_from_the_knowledge(knowledge: Knowledge) -> None:
    forecast = forecast_of(knowledge, outer_range(0.55, 30), day=30, milestones={"walk_pain_free": 20})
    report = write_forecast(forecast, knowledge, "nl")
    names = {
        knowledge.forecast.measures["outer_range_ratio"].name.nl,
        knowledge.forecast.milestones["walk_pain_free"].name.nl,
    }
    assert names & {line.mark for line in lines(report, "moved")}


def test_a_reached_milestone_is_told_with_its_date(knowledge: Knowledge) -> None:
    forecast = forecast_of(knowledge, day=20, milestones={"jog": 12})
    told = {line.mark: line.text for line in lines(write_forecast(forecast, knowledge, "en"), "milestones")}
    assert told["jogging"] == "reached on 14 March 2026"
    assert "80 in 100" in told["fully back"]


def test_a_referral_first_says_to_let_somebody_look_and_nothing_of_recurrence(knowledge: Knowledge) -> None:
    complaint = replace(SPRINT, findings={**SPRINT.findings, "bladder_bowel_saddle_change": True})
    referral = assess(complaint, knowledge)
    forecast = forecast_recovery(referral, chain_of(referral), None, on(1), knowledge)
    report = write_forecast(forecast, knowledge, "en")
    assert report.tone == "act"
    assert report.urgency == "emergency"
    assert "let somebody look" in report.headline
    assert [section.id for section in report.sections] == ["time", "about"]


def test_after_the_return_it_is_about_keeping_it(knowledge: Knowledge) -> None:
    forecast = forecast_of(knowledge, day=60, milestones={"return": 40})
    report = write_forecast(forecast, knowledge, "en")
    assert "You are back" in report.headline
    assert "Back on 11 April 2026, 6 weeks after it began." in texts(report, "time")
    watch = texts(report, "recurrence")
    assert "Keep watching until 25 July 2026" in watch
    assert "Check on: 25 April 2026, 23 May 2026, 4 July 2026, 11 April 2027" in watch


@pytest.mark.parametrize("reason", ["elsewhere", "image_first", "too_long"])
def test_without_a_time_the_reason_is_given(reason: str, knowledge: Knowledge) -> None:
    forecast = replace(forecast_of(knowledge), no_forecast=reason, milestones={})  # type: ignore[arg-type]
    report = write_forecast(forecast, knowledge, "en")
    assert report.headline.startswith("No time can be given")
    assert len(texts(report, "time")) > 40


def test_recurrence_is_a_band_and_each_factor_comes_with_one_action(knowledge: Knowledge) -> None:
    forecast = forecast_of(knowledge, measured("knee_extension_discomfort", 1, 1), outer_range(0.7, 1))
    told = lines(write_forecast(forecast, knowledge, "en"), "recurrence")
    assert "in 100" in told[0].text
    assert "." not in told[0].text.rstrip(".").replace("in 100", ""), "no decimals"
    raised = {line.text: line.detail for line in told if line.mark == "Raises it"}
    assert raised["discomfort on straightening the knee at the start."] == "You cannot change this."
    assert "Train your strength" in raised["less than 85 per cent of the strength of your other leg."]
    assert [line.text for line in told if line.mark == "Can lower it"] == [
        "Nordics every week.", "a measured sprint every week, built up.",
    ]  # fmt: skip
    assert "15 weeks" in told[-1].text
    everything = replace(forecast, recurrence=replace(forecast.recurrence, unknown=(), lowers=("nordic_weekly",)))
    marks = [line.mark for line in lines(write_forecast(everything, knowledge, "en"), "recurrence")]
    assert "Not known" not in marks
    assert marks.count("Lowers it") == 1


def test_it_says_that_no_clinician_reviewed_it(knowledge: Knowledge) -> None:
    report = write_forecast(forecast_of(knowledge), knowledge, "nl")
    assert knowledge.version.review_text.nl in texts(report, "about")


def test_the_picture_fits_a_small_phone_and_says_the_same_in_words(knowledge: Knowledge) -> None:
    forecast = forecast_of(knowledge, day=20, milestones={"walk_pain_free": 6})
    drawing = forecast_picture(forecast, knowledge, "en")
    points = [point for shape in drawing.shapes if isinstance(shape, Path) for point in shape.points]
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]
    assert drawing.width == WIDTH == 320
    assert all(0 <= x <= WIDTH and 0 <= y <= drawing.height for x, y in points)
    assert all(label.size >= 11 for label in labels)
    assert "walking without pain: reached" in drawing.description
    assert "jogging: about" in drawing.description
    assert "4 to 8 weeks" in drawing.description


def test_the_bands_differ_in_more_than_colour(knowledge: Knowledge) -> None:
    drawing = forecast_picture(forecast_of(knowledge), knowledge, "en")
    filled = {
        (s.pattern, round(s.points[2][1] - s.points[1][1])) for s in drawing.shapes if isinstance(s, Path) and s.fill
    }
    assert filled == {("solid", 4), ("hatch", 10), ("solid", 16), ("dots", 10)}


def test_a_range_that_runs_off_the_axis_says_so(knowledge: Knowledge) -> None:
    drawing = forecast_picture(forecast_of(knowledge), knowledge, "en")
    arrows = [
        s
        for s in drawing.shapes
        if isinstance(s, Path) and not s.fill and len(s.points) == 3 and s.points[1][0] > RIGHT
    ]
    assert arrows
    bars = [s for s in drawing.shapes if isinstance(s, Path) and s.fill]
    assert all(LEFT <= x <= RIGHT for bar in bars for x, _ in bar.points)


def test_it_is_said_what_the_days_are_counted_from(knowledge: Knowledge) -> None:
    injured = forecast_of(knowledge)
    overloaded = replace(injured, counted_from="programme")
    assert "after it began" in write_forecast(injured, knowledge, "en").headline
    assert "after the programme began" in write_forecast(overloaded, knowledge, "en").headline
    words = [shape.text for shape in forecast_picture(overloaded, knowledge, "en").shapes if isinstance(shape, Label)]
    assert "weeks after the programme began" in words


def test_a_short_forecast_counts_in_days_and_one_without_a_rule_of_thumb_has_no_row_for_it(
    knowledge: Knowledge,
) -> None:
    sore = Complaint(
        age_years=30, days_since_onset=1, pain_nrs=3,
        findings={"onset_delayed_12_72h": True, "mech_unaccustomed_exercise": True, "both_legs_similar": True},
    )  # fmt: skip
    short = forecast_of(knowledge, complaint=sore)
    ends = {
        name: replace(one, intervals=dict.fromkeys(one.intervals, one.intervals[50]))
        for name, one in short.milestones.items()
    }
    drawn = forecast_picture(replace(short, milestones=ends, founding=None), knowledge, "en")
    words = [shape.text for shape in drawn.shapes if isinstance(shape, Label)]
    assert "days after it began" in words
    assert not any("rule of thumb" in word for word in words)
    assert "rule of thumb" not in drawn.description


def test_far_along_the_word_today_stays_in_the_picture(knowledge: Knowledge) -> None:
    early = forecast_of(knowledge)
    drawings = (forecast_picture(one, knowledge, "en") for one in (early, replace(early, day=300.0)))
    near, far = (
        next(shape for shape in drawing.shapes if isinstance(shape, Label) and shape.text == "today")
        for drawing in drawings
    )
    assert near.anchor == "start"
    assert far.anchor == "end"
