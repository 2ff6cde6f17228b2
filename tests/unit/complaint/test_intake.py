from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from herstel.complaint.intake import add_answer, applicable, take_complaint
from herstel.complaint.model import Complaint, Place
from herstel.errors import InputError
from herstel.knowledge.load import load_knowledge
from herstel.knowledge.model import Knowledge
from tests.answer_strategies import Answers, answers_to

ANSWERS = answers_to(load_knowledge())


def taken(**answers: object) -> Complaint:
    return take_complaint(answers, load_knowledge())


def problems_of(answers: dict[str, Any]) -> list[str]:
    with pytest.raises(InputError) as refusal:
        take_complaint(answers, load_knowledge())
    return [str(problem) for problem in refusal.value.problems]


# ------------------------------------------------------------------ what an answer says


def test_no_answers_are_a_complaint_of_which_nothing_is_known() -> None:
    assert taken() == Complaint()


def test_an_unanswered_question_leaves_its_findings_unknown() -> None:
    assert "pop_heard_felt" not in taken(age=34).findings
    assert "pop_heard_felt" not in taken(pop="unknown").findings


def test_one_answer_says_what_is_there_and_what_is_not() -> None:
    complaint = taken(walking="limping")
    assert complaint.findings == {"pain_walking": True, "limp": True, "cannot_weight_bear_4_steps": False}
    assert complaint.ladder == {"walking": 2}


def test_one_of_an_exclusive_group_denies_the_others() -> None:
    assert taken(onset="sudden").findings == {
        "onset_sudden": True,
        "onset_gradual": False,
        "onset_delayed_12_72h": False,
    }


def test_what_is_not_ticked_in_a_finished_list_is_absent() -> None:
    findings = taken(rf_ill=["fever"]).findings
    assert findings["fever_or_unwell"] is True
    assert findings["seriously_ill"] is False
    assert findings["unexplained_weight_loss"] is False


def test_none_of_these_makes_the_whole_list_absent(knowledge: Knowledge) -> None:
    listed = {finding for option in knowledge.questions["rf_ill"].options for finding in option.present}
    assert taken(rf_ill=["none"]).findings == dict.fromkeys(listed, False)


def test_not_sure_leaves_what_is_not_ticked_unknown() -> None:
    assert taken(rf_ill=["fever", "unsure"]).findings == {"fever_or_unwell": True}
    assert taken(rf_ill=["unsure"]).findings == {}


def test_numbers_are_facts_of_the_person() -> None:
    complaint = taken(age="34", days_since_onset=2, pain_at_worst="6,5")
    assert (complaint.age_years, complaint.days_since_onset, complaint.pain_nrs) == (34, 2, 6.5)


@pytest.mark.parametrize(("days", "lasting"), [(0, False), (42, False), (43, True)])
def test_more_than_six_weeks_follows_from_the_number_of_days(days: int, lasting: bool) -> None:
    assert taken(days_since_onset=days).findings["duration_over_6_weeks"] is lasting


def test_facts_about_the_person_are_kept() -> None:
    complaint = taken(sex="female", sport="endurance_running", level="competitive")
    assert (complaint.sex, complaint.sport, complaint.level) == ("female", "endurance_running", "competitive")
    assert complaint.findings["endurance_sport"] is True


def test_where_the_complaint_is_told_is_kept(knowledge: Knowledge) -> None:
    assert take_complaint({}, knowledge).context == "self_report_web"
    assert take_complaint({}, knowledge, context="gp_practice").context == "gp_practice"


def test_the_answers_themselves_are_kept_as_they_count() -> None:
    assert taken(age="34", pop=True, rf_ill="fever").answers == {"age": 34, "pop": "yes", "rf_ill": ("fever",)}


# ------------------------------------------------------------------ places


def test_one_marked_place_is_the_worst_place() -> None:
    complaint = taken(places=["left.sit_bone"])
    assert complaint.places == {Place("left", "sit_bone")}
    assert complaint.findings == {"loc_sit_bone": True}


def test_of_several_places_each_may_be_the_worst_and_the_others_stay_unknown() -> None:
    findings = taken(places=["left.sit_bone", "left.calf"]).findings
    assert findings == {"loc_sit_bone": True, "loc_calf": True}


def test_the_worst_place_narrows_the_places_to_one() -> None:
    findings = taken(places=["left.sit_bone", "middle.low_back"], worst_place="sit_bone").findings
    assert findings["loc_sit_bone"] is True
    assert findings["loc_low_back_si"] is False
    assert findings["loc_calf"] is False
    assert findings["low_back_pain_now"] is True, "it still hurts there too"


def test_not_knowing_the_worst_place_leaves_every_marked_one_open() -> None:
    open_places = taken(places=["left.sit_bone", "left.calf"], worst_place="unknown").findings
    assert open_places == {"loc_sit_bone": True, "loc_calf": True}


# ------------------------------------------------------------------ which questions apply


def applying(**answers: Any) -> set[str]:
    return {question.id for question in applicable(answers, load_knowledge())}


def test_a_question_is_asked_unless_it_is_known_to_make_no_sense() -> None:
    assert "bruise" in applying()
    assert "bruise" in applying(days_since_onset=2)
    assert "bruise" not in applying(days_since_onset=1)


def test_an_answer_to_a_question_that_does_not_apply_says_nothing() -> None:
    early = taken(days_since_onset=1, bruise="no")
    assert "bruise_visible_by_day5" not in early.findings
    assert early.answers["bruise"] == "no", "it is kept, for the days may still be corrected"
    assert taken(places=["left.calf"], worst_place="buttock").findings == {"loc_calf": True}


def test_questions_come_in_the_order_of_the_question_bank(knowledge: Knowledge) -> None:
    asked = [question.id for question in applicable({}, knowledge)]
    assert asked == [name for name in knowledge.questions if name in asked]


def test_what_was_already_reported_counts_for_what_applies(knowledge: Knowledge) -> None:
    early = Complaint(days_since_onset=1)
    assert "bruise" not in {question.id for question in applicable({}, knowledge, early)}


def test_present_is_never_overruled_by_a_later_absent(knowledge: Knowledge) -> None:
    limping = Complaint(findings={"limp": True})
    normal = add_answer(limping, knowledge.questions["walking"], "normal")
    assert normal.findings["limp"] is True
    feverish = Complaint(findings={"fever_or_unwell": True})
    none = add_answer(feverish, knowledge.questions["rf_ill"], ("none",))
    assert none.findings["fever_or_unwell"] is True


def test_present_overrules_an_earlier_absent(knowledge: Knowledge) -> None:
    no_limp = Complaint(findings={"limp": False})
    assert add_answer(no_limp, knowledge.questions["walking"], "limping").findings["limp"] is True


def test_one_more_answer_leaves_the_complaint_it_was_added_to_alone(knowledge: Knowledge) -> None:
    before = Complaint()
    add_answer(before, knowledge.questions["walking"], "limping")
    assert before == Complaint()


# ------------------------------------------------------------------ refusals


def test_contradictory_answers_are_refused() -> None:
    assert problems_of({"both_legs": "both_same", "places": ["left.thigh_middle"]}) == [
        "both_legs_similar: both legs are said to feel the same, but only the left side is marked. "
        "Mark the other side as well, or say that one leg is worse."
    ]


@pytest.mark.parametrize(
    "answers",
    [
        {"both_legs": "both_same", "places": ["left.calf", "right.calf"]},
        {"both_legs": "both_same", "places": ["middle.low_back"]},
        {"both_legs": "both_same", "places": ["middle.low_back", "left.calf"]},
        {"both_legs": "both_same"},
        {"both_legs": "both_one_worse", "places": ["left.calf"]},
        {"both_legs": "one", "places": ["right.calf"]},
    ],
    ids=str,
)
def test_answers_that_can_be_true_together_are_taken(answers: dict[str, object]) -> None:
    assert taken(**answers).answers.keys() == answers.keys()


def test_all_problems_are_named_at_once() -> None:
    problems = problems_of(
        {
            "age": 200,
            "pop": "perhaps",
            "rf_ill": ["none", "fever"],
            "colour": "blue",
            "both_legs": "both_same",
            "places": ["right.calf"],
        }
    )
    assert [problem.partition(":")[0] for problem in problems] == [
        "age",
        "pop",
        "rf_ill",
        "colour",
        "both_legs_similar",
    ]
    assert all(problem.count(". ") >= 1 for problem in problems), "each has its reason and its remedy"


# ------------------------------------------------------------------ properties


@given(ANSWERS)
def test_possible_answers_are_always_taken(answers: Answers) -> None:
    knowledge = load_knowledge()
    complaint = take_complaint(answers, knowledge)
    assert set(complaint.findings) <= set(knowledge.findings)
    assert set(complaint.ladder) <= {item.id for item in knowledge.advice.ladder}


@given(ANSWERS, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_are_given_does_not_matter(answers: Answers, random: Any) -> None:
    shuffled = list(answers)
    random.shuffle(shuffled)
    knowledge = load_knowledge()
    assert take_complaint({name: answers[name] for name in shuffled}, knowledge) == take_complaint(answers, knowledge)


@given(ANSWERS, st.sets(st.sampled_from(list(load_knowledge().questions)), max_size=5))
def test_i_do_not_know_is_the_same_as_not_answering(answers: Answers, dropped: set[str]) -> None:
    knowledge = load_knowledge()
    silent = take_complaint({name: value for name, value in answers.items() if name not in dropped}, knowledge)
    unsure = take_complaint({**answers, **dict.fromkeys(dropped, "unknown")}, knowledge)
    assert replace(unsure, answers={}) == replace(silent, answers={})


@given(ANSWERS)
def test_answering_with_what_was_kept_gives_the_same_complaint(answers: Answers) -> None:
    knowledge = load_knowledge()
    complaint = take_complaint(answers, knowledge)
    assert take_complaint(complaint.answers, knowledge) == complaint
