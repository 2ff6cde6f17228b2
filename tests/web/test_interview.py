import pytest

from herstel_web.self_check import bridge
from tests.web.visitor import LANGUAGES, SPRINT_STRAIN, Visitor, finished


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_interview_leads_to_a_result(language: str) -> None:
    result = Visitor(language).answer_all(SPRINT_STRAIN)
    assert result.status == 200
    assert result.language == language
    assert 'class="verdict"' in result.html
    assert result.html.count("<h2>") > 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_i_dont_know_to_everything_still_gives_a_result(language: str) -> None:
    visitor = Visitor(language)
    assert visitor.answer_all({}).status == 200
    assert set(visitor.answers.values()) == {"unknown"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_is_shown_in_the_language_of_the_page(language: str) -> None:
    visitor = finished(language)
    stand = bridge.interview(bridge.still_valid(visitor.answers))
    for asked in (*stand.asked, *stand.open):
        page = visitor.get(f"/check/{asked.id}/")
        assert page.status == 200
        assert page.heading == asked.text[language]  # type: ignore[index]
        for option in asked.options:
            assert option.label[language] in page.text  # type: ignore[index]


def test_every_question_offers_i_dont_know() -> None:
    visitor = Visitor()
    visitor.answer_all({})
    for question in visitor.answers:
        assert 'name="choice" value="unknown"' in visitor.get(f"/check/{question}/").html


def test_age_and_red_flags_come_first() -> None:
    visitor = finished()
    blocks = [bridge.knowledge().questions[question].block for question in visitor.answers]
    assert blocks[:7] == ["person", *["red_flags"] * 6]


def test_an_answer_ends_in_a_redirect_and_reloading_loses_nothing() -> None:
    visitor = Visitor()
    kept = visitor.answer("age", "25")
    assert (kept.status, kept.leads_to) == (302, "/check/rf_now/")
    visitor.get("/check/rf_now/")
    visitor.get("/check/rf_now/")
    assert visitor.answers == {"age": 25}
    assert 'value="25"' in visitor.get("/check/age/").html


@pytest.mark.parametrize("early", ["places", "pop", "sex"])
def test_a_question_out_of_turn_leads_to_the_right_one(early: str) -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    assert visitor.get(f"/check/{early}/").leads_to == "/check/rf_now/"
    assert visitor.answer(early, "unknown").leads_to == "/check/rf_now/"
    assert visitor.answers == {"age": 25}


def test_a_result_out_of_turn_leads_to_the_question() -> None:
    assert Visitor().get("/result/").leads_to == "/check/age/"
    assert Visitor().get("/act-now/").leads_to == "/check/age/"
    assert Visitor().get("/answers/").leads_to == "/"


def test_a_question_that_does_not_exist_is_not_found() -> None:
    assert Visitor().get("/check/shoe_size/").status == 404


def test_back_leads_to_the_question_before_with_its_answer() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.answer("rf_now", ["severe_pain"])
    page = visitor.get("/check/rf_ill/")
    assert "/check/rf_now/" in page.links()
    before = visitor.get("/check/rf_now/")
    assert 'value="severe_pain" checked' in before.html
    assert "/check/age/" in before.links()
    assert "/" in visitor.get("/check/age/").links()


def test_going_on_from_an_earlier_question_passes_the_answers_already_given() -> None:
    visitor = Visitor()
    for question, value in {"age": 25, "rf_now": "none", "rf_ill": "none"}.items():
        visitor.answer(question, value)  # type: ignore[arg-type]
    assert visitor.answer("age", 26).leads_to == "/check/rf_now/"
    assert visitor.answers == {"age": 26, "rf_now": ["none"], "rf_ill": ["none"]}


def test_the_chosen_answer_is_marked_when_coming_back() -> None:
    visitor = finished()
    assert 'value="painful" aria-current="true"' in visitor.get("/check/walking/").html
    assert 'value="none" aria-current="true"' in visitor.get("/check/rf_ill/").html
    assert 'value="left.thigh_middle" aria-labelledby' in visitor.get("/check/places/").html
    assert visitor.get("/check/places/").html.count(" checked") == 1


@pytest.mark.parametrize(
    ("question", "typed", "still_there", "said"),
    [
        ("age", "about forty", 'value="about forty"', "Vul een getal in van 10 tot en met 110"),
        ("age", "9", 'value="9"', "Vul een getal in van 10 tot en met 110"),
        ("age", "", "", "Vul een getal in"),
        ("age", "nan", 'value="nan"', "Vul een getal in"),
        ("rf_now", [], "", "Kruis aan wat bij jou past"),
        ("rf_now", ["severe_pain", "none"], 'value="severe_pain" checked', "ook 'Geen van deze'"),
        ("walking", "on my hands", "", "Kies een van de antwoorden"),
        ("places", [], "", "Kies minstens één plek"),
        ("places", ["left.calf", "left.ear"], 'checked><span id="side-left-calf"', "Kies minstens één plek"),
    ],
)
def test_a_refused_answer_loses_nothing(question: str, typed: object, still_there: str, said: str) -> None:
    visitor = Visitor()
    story = dict(SPRINT_STRAIN)
    while (place := visitor.get("/check/").leads_to) != f"/check/{question}/":
        visitor.answer(place.split("/")[2], story.get(place.split("/")[2], "unknown"))
    before = visitor.answers
    page = visitor.answer(question, typed)  # type: ignore[arg-type]
    assert page.status == 200
    assert page.title.startswith("Fout:")
    assert said in page.text
    assert 'role="alert"' in page.html
    assert still_there in page.html
    assert visitor.answers == before


def test_what_was_typed_is_shown_as_text_and_not_as_markup() -> None:
    page = Visitor().answer("age", '"><script>alert(1)</script>')
    assert "<script" not in page.html


def test_a_contradiction_is_named_with_its_remedy() -> None:
    visitor = finished()
    before = visitor.answers
    page = visitor.answer("both_legs", "both_same")
    assert page.status == 200
    assert 'role="alert"' in page.html
    assert "alleen de linkerkant" in page.text
    assert visitor.answers == before


def test_none_of_these_is_one_press() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    assert visitor.answer("rf_now", "none").leads_to == "/check/rf_ill/"
    assert visitor.answers["rf_now"] == ["none"]


def test_not_sure_about_the_rest_is_kept_with_the_ticks() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    visitor.answer("rf_now", ["severe_pain", "unsure"])
    assert visitor.answers["rf_now"] == ["severe_pain", "unsure"]
    assert "over de rest niet zeker" in visitor.get("/answers/").text


def test_a_small_number_is_chosen_with_a_button() -> None:
    visitor = finished()
    page = visitor.get("/check/pain_at_worst/")
    assert page.html.count('class="option"') == 11
    visitor.answer("pain_at_worst", "0")
    assert visitor.answers["pain_at_worst"] == 0


def test_the_page_says_how_far_it_is() -> None:
    visitor = Visitor()
    first, second = visitor.get("/check/age/"), None
    visitor.answer("age", 25)
    second = visitor.get("/check/rf_now/")
    assert "Over jou Vraag 1, hooguit nog" in first.text
    assert "Eerst veilig Vraag 2, hooguit nog" in second.text


def test_all_answers_are_listed_with_a_way_to_change_each() -> None:
    visitor = finished()
    page = visitor.get("/answers/")
    for said in ("25 jaar", "3 dagen", "Bovenbeen achter, midden (links)", "Geen van deze", "Met pijn, maar niet mank"):
        assert said in page.text
    for question in visitor.answers:
        assert f"/check/{question}/?from=answers" in page.links()


def test_changing_an_answer_from_the_list_leads_back_to_the_list() -> None:
    visitor = finished()
    page = visitor.get("/check/age/?from=answers")
    assert 'name="from" value="answers"' in page.html
    assert visitor.answer("age", 31, **{"from": "answers"}).leads_to == "/answers/"
    assert "31 jaar" in visitor.get("/answers/").text


def test_a_change_that_makes_a_new_question_matter_leads_to_that_question() -> None:
    visitor = Visitor()
    visitor.answer("age", 25)
    assert visitor.answer("age", 31, **{"from": "answers"}).leads_to == "/check/rf_now/"


def test_a_question_that_was_left_out_may_still_be_answered() -> None:
    visitor = finished()
    left_out = bridge.interview(bridge.still_valid(visitor.answers)).open[0].id
    assert f"/check/{left_out}/?from=answers" in visitor.get("/answers/").links()
    visitor.answer(left_out, "unknown", **{"from": "answers"})
    assert visitor.answers[left_out] == "unknown"


def test_an_answer_from_a_page_left_open_in_another_tab_is_kept() -> None:
    visitor = Visitor()
    story = {**SPRINT_STRAIN}
    while True:
        question = visitor.get("/check/").leads_to.split("/")[2]
        if not bridge.knowledge().questions[question].always:
            break
        visitor.answer(question, story.get(question, "unknown"))
    other = next(one for one in ("sex", "level") if one != question)
    assert visitor.answer(other, "unknown").status == 302
    assert visitor.answers[other] == "unknown"


def test_starting_over_asks_first_and_can_be_undone() -> None:
    visitor = finished()
    before = visitor.answers
    assert "Opnieuw beginnen?" in visitor.get("/start-over/").text
    assert visitor.answers == before
    assert visitor.post("/start-over/", what="again").leads_to == "/"
    assert visitor.answers == {}
    start = visitor.get("/")
    assert "Zet mijn eerdere antwoorden terug" in start.text
    assert "Zet mijn eerdere antwoorden terug" in visitor.get("/check/age/").text
    visitor.post("/start-over/undo/")
    assert visitor.answers == before
    assert "Je antwoorden zijn terug." in visitor.get("/").text
    assert "Je antwoorden zijn terug." not in visitor.get("/").text


def test_there_is_nothing_to_undo_without_earlier_answers() -> None:
    visitor = Visitor()
    assert visitor.post("/start-over/undo/").leads_to == "/"
    visitor.post("/start-over/", what="again")
    assert "eerdere antwoorden terug" not in visitor.get("/").text
    assert visitor.get("/start-over/undo/").status == 405


def test_the_start_page_knows_how_far_somebody_is() -> None:
    visitor = Visitor()
    assert "Begin" in visitor.get("/").text
    visitor.answer("age", 25)
    assert "Ga verder met vraag 2" in visitor.get("/").text
    visitor.answer_all(SPRINT_STRAIN)
    assert "Bekijk je uitslag" in visitor.get("/").text
