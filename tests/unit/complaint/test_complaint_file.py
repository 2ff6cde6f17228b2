from datetime import date, datetime
from typing import Any

import pytest

from herstel.complaint.complaint_file import FIELDS, MOST_VALUES, complaint_from_mapping
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint, Place
from herstel.errors import InputError
from herstel.knowledge.load import load_knowledge
from herstel.text import say_problem

TODAY = date(2026, 11, 22)


def read(**fields: object) -> Complaint:
    return complaint_from_mapping(fields, load_knowledge(), TODAY)


def problems_of(raw: object) -> list[str]:
    with pytest.raises(InputError) as refusal:
        complaint_from_mapping(raw, load_knowledge(), TODAY)
    for problem in refusal.value.problems:
        assert say_problem("nl", problem) != say_problem("en", problem)
    return [str(problem) for problem in refusal.value.problems]


# ------------------------------------------------------------------ what is accepted


def test_answers_in_a_file_mean_what_they_mean_in_the_interview() -> None:
    answers: dict[str, Any] = {"age": 34, "places": ["left.thigh_middle"], "walking": "limping", "pop": "no"}
    assert read(answers=answers) == take_complaint(answers, load_knowledge())


def test_an_empty_file_is_a_complaint_of_which_nothing_is_known() -> None:
    assert read() == Complaint()
    assert read(findings=None, age_years=None) == Complaint()


def test_every_field_is_read() -> None:
    complaint = read(
        age_years=34,
        sex="female",
        sport="sprint_ball",
        level="competitive",
        context="sports_club",
        days_since_onset=3,
        pain_nrs="6,5",
        places=["left.sit_bone"],
        ladder={"walking": 2},
        findings={"pop_heard_felt": True, "limp": False, "fever_or_unwell": None},
        examination={"puranen_orava": "positive", "bent_knee_stretch": False},
    )
    assert complaint.age_years == 34
    assert (complaint.sex, complaint.sport, complaint.level) == ("female", "sprint_ball", "competitive")
    assert complaint.context == "sports_club"
    assert complaint.pain_nrs == 6.5
    assert complaint.places == {Place("left", "sit_bone")}
    assert complaint.ladder == {"walking": 2}
    assert complaint.findings["pop_heard_felt"] is True
    assert complaint.findings["limp"] is False
    assert "fever_or_unwell" not in complaint.findings
    assert complaint.examination == {"puranen_orava": True, "bent_knee_stretch": False}


@pytest.mark.parametrize("onset", ["2026-11-19", date(2026, 11, 19), datetime(2026, 11, 19, 14, 30)])  # noqa: DTZ001
def test_the_days_are_counted_from_the_date_it_began(onset: object) -> None:
    complaint = read(onset_date=onset)
    assert complaint.days_since_onset == 3
    assert complaint.findings["duration_over_6_weeks"] is False


def test_the_same_fact_may_be_given_twice_when_it_agrees() -> None:
    assert read(age_years=34, answers={"age": 34}).age_years == 34
    assert read(age_years=34, answers={"age": "unknown"}).age_years == 34
    assert read(days_since_onset=3, onset_date="2026-11-19").days_since_onset == 3
    assert read(findings={"limp": True}, answers={"walking": "limping"}, ladder={"walking": 2}).ladder == {"walking": 2}


def test_a_finding_can_make_a_question_apply() -> None:
    operated = {"operated": "yes"}
    assert read(findings={"previous_hamstring_injury": True}, answers=operated).findings["hamstring_operated"] is True
    without = read(findings={"previous_hamstring_injury": False}, answers=operated)
    assert "hamstring_operated" not in without.findings


def test_a_finding_that_names_the_worst_place_decides_between_the_marked_ones() -> None:
    both = ["left.sit_bone", "left.thigh_upper"]
    assert {"loc_sit_bone", "loc_proximal_third"} <= read(places=both).findings.keys()
    narrowed = read(places=both, findings={"loc_sit_bone": True}).findings
    assert narrowed.get("loc_sit_bone") is True
    assert "loc_proximal_third" not in narrowed


def test_a_named_start_denies_the_other_starts_and_two_mean_one_of_these() -> None:
    assert read(findings={"onset_sudden": True}).findings["onset_gradual"] is False
    either = read(findings={"onset_sudden": True, "onset_gradual": True}).findings
    assert either == {"onset_sudden": True, "onset_gradual": True}


def test_no_level_of_sport_follows_from_doing_none() -> None:
    complaint = read(level="none")
    assert (complaint.level, complaint.sport) == ("none", "none")


# ------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("raw", [None, 3, "age_years: 34", [1, 2], [{"age_years": 34}]])
def test_what_is_not_a_list_of_fields_is_refused(raw: object) -> None:
    (problem,) = problems_of(raw)
    assert "not a list of fields" in problem
    assert all(field in problem for field in FIELDS)


def cyclic() -> object:
    circle: list[object] = []
    circle.append(circle)
    return circle


@pytest.mark.parametrize(
    "value",
    [
        "x" * 501,
        10**400,
        float("nan"),
        float("inf"),
        {1, 2},
        b"bytes",
        [[[[[["deep"]]]]]],
        ["many"] * MOST_VALUES,
        cyclic(),
    ],
    ids=["long", "large", "nan", "inf", "set", "bytes", "deep", "many", "cyclic"],
)
def test_what_no_complaint_holds_is_refused_without_being_repeated(value: object) -> None:
    (problem,) = problems_of({"age_years": value})
    assert len(problem) < 200


def test_an_unknown_field_gets_its_nearest_names() -> None:
    (problem,) = problems_of({"age_year": 34})
    assert "Did you mean age_years?" in problem


def test_unknown_findings_tests_questions_and_items_get_their_nearest_names() -> None:
    said = problems_of(
        {
            "findings": {"pop_heard": True},
            "examination": {"puranen": "positive"},
            "answers": {"walkin": "limping"},
            "ladder": {"walkin": 1},
        }
    )
    assert [one.split(":")[0] for one in said] == [
        "answers.walkin",
        "findings.pop_heard",
        "ladder.walkin",
        "examination.puranen",
    ]
    assert all("Did you mean" in one for one in said)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("age_years", 9, "from 10 to 110"),
        ("age_years", 150, "from 10 to 110"),
        ("age_years", "old", "from 10 to 110"),
        ("age_years", True, "from 10 to 110"),
        ("days_since_onset", -1, "from 0 to"),
        ("pain_nrs", 11, "from 0 to 10"),
        ("sex", "vrouw", "Choose from: female"),
        ("sport", ["football"], "Choose from: "),
        ("level", 3, "Choose from: "),
        ("context", "hospital", "Choose from: self_report_web"),
        ("places", ["left.knee"], "left.sit_bone"),
        ("places", 3, "left.sit_bone"),
        ("findings", ["limp"], "not a list of names with values"),
        ("findings", {"limp": "yes"}, "Choose from: true, false, null"),
        ("findings", {"limp": 1}, "Choose from: true, false, null"),
        ("examination", {"puranen_orava": "maybe"}, "Choose from: positive, negative, null"),
        ("answers", "sudden", "not a list of names with values"),
        ("answers", {"walking": "flying"}, "is not one of the answers"),
        ("ladder", {"walking": 4}, "Choose from: 0, 1, 2, 3"),
        ("ladder", {"walking": True}, "Choose from: 0, 1, 2, 3"),
        ("ladder", {"moment": 2}, "Choose from: 0, 1, 3"),
        ("onset_date", "yesterday", "is not a date"),
        ("onset_date", "2026-11-23", "lies in the future"),
        ("onset_date", "1901-01-01", "years ago"),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_remedy(field: str, value: object, said: str) -> None:
    (problem,) = problems_of({field: value})
    assert problem.startswith(field)
    assert said in problem


@pytest.mark.parametrize(
    ("fields", "thing"),
    [
        ({"findings": {"limp": False}, "answers": {"walking": "limping"}}, "findings.limp"),
        ({"findings": {"onset_gradual": True}, "answers": {"onset": "sudden"}}, "findings.onset_gradual"),
        ({"findings": {"loc_calf": True}, "places": ["left.sit_bone"]}, "findings.loc_calf"),
        ({"age_years": 34, "answers": {"age": 43}}, "age_years"),
        ({"days_since_onset": 3, "onset_date": "2026-11-20"}, "onset_date"),
        ({"ladder": {"walking": 1}, "answers": {"walking": "limping"}}, "ladder.walking"),
        ({"days_since_onset": 3, "findings": {"duration_over_6_weeks": True}}, "findings.duration_over_6_weeks"),
        ({"findings": {"both_legs_similar": True}, "places": ["left.thigh_middle"]}, "both_legs_similar"),
        ({"age_years": 12, "days_since_onset": 8000}, "days_since_onset"),
    ],
)
def test_what_cannot_be_true_together_is_refused(fields: dict[str, object], thing: str) -> None:
    (problem,) = problems_of(fields)
    assert problem.startswith(thing)


def test_a_long_duration_without_a_number_of_days_is_accepted() -> None:
    assert read(findings={"duration_over_6_weeks": True}).findings["duration_over_6_weeks"] is True


def test_all_problems_are_named_at_once() -> None:
    said = problems_of({"age_years": 5, "sex": "x", "findings": {"lump": True}, "onset_date": "no", "colour": "red"})
    assert len(said) == 5
