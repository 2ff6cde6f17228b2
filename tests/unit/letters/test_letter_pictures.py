from herstel.assessment.result import assessment_of
from herstel_letters.compose import compose_result
from herstel_letters.pictures import letter_pictures, result_pictures
from tests.unit.letters.letters import DAY, KNOWLEDGE, draft, example


def test_a_progress_letter_has_its_pictures_each_said_in_words_and_in_light_colours() -> None:
    pictures = letter_pictures(draft("whole-person", "progress"), example("whole-person"), KNOWLEDGE)
    assert [one.name for one in pictures] == ["chain", "progress", "function", "forecast"]
    for one in pictures:
        assert one.svg.startswith("<svg")
        assert "<style" not in one.svg
        assert one.caption
        assert len(one.alternative) > 50


def test_what_was_not_measured_or_told_has_no_picture() -> None:
    assert draft("suspected-avulsion", "gp_referral").pictures == ()
    assert "forecast" not in draft("suspected-avulsion", "progress").pictures


def test_the_own_result_needs_an_assessment_only() -> None:
    result = example("suspected-avulsion").assessment
    one = compose_result(result, KNOWLEDGE, "nl", DAY)
    (picture,) = result_pictures(one, result, KNOWLEDGE)
    likely = KNOWLEDGE.conditions[assessment_of(result).likely.condition]
    assert likely.name.nl in picture.alternative
    assert one.knowledge_version == KNOWLEDGE.version.version
