import pytest

from herstel.assessment.result import Assessment, Referral
from herstel.errors import InputError
from herstel.flow import assess, recognise, take_complaint
from herstel.knowledge.model import Knowledge


def test_recognising_takes_the_complaint_and_assesses_it(knowledge: Knowledge) -> None:
    answers: dict[str, object] = {"age": 25, "onset": "sudden", "mechanism": "sprint"}
    result = recognise(answers, knowledge)
    assert isinstance(result, Assessment)
    assert result == assess(take_complaint(answers, knowledge), knowledge)


def test_recognising_a_danger_sign_gives_a_referral(knowledge: Knowledge) -> None:
    assert isinstance(recognise({"rf_now": ["bladder_bowel"]}, knowledge), Referral)


def test_recognising_refuses_what_is_no_answer(knowledge: Knowledge) -> None:
    with pytest.raises(InputError, match="mechanism"):
        recognise({"mechanism": "aliens"}, knowledge)
