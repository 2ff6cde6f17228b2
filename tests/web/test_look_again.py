import pytest

from herstel_web.self_check import bridge
from herstel_web.visit_cookie import VisitStore
from tests.web.visitor import SPRINT_STRAIN, Visitor, finished

WORSE = {**SPRINT_STRAIN, "days_since_onset": 5, "walking": "limping", "bruise": "spreading", "course_72h": "worse"}


def test_the_result_offers_to_look_again() -> None:
    assert "/look-again/" in finished().get("/result/").links()


def test_before_there_is_a_result_there_is_nothing_to_look_at_again() -> None:
    assert Visitor().get("/look-again/").leads_to == "/check/age/"


def test_only_what_may_have_changed_is_asked_and_the_result_says_what_that_did() -> None:
    visitor = finished()
    kept = dict(visitor.answers)
    assert visitor.post("/look-again/", answer="5").leads_to == "/check/"
    visitor.visited.clear()
    result = visitor.answer_all(WORSE)
    assert "Wat je nieuwe antwoorden veranderen" in result.text
    assert "was: " in result.text
    asked = {place.split("/")[2] for place in visitor.visited if place.startswith("/check/") and place != "/check/"}
    assert {"walking", "bruise", "rf_now"} <= asked
    assert not {"age", "onset", "mechanism", "places"} & asked
    assert visitor.answers["mechanism"] == kept["mechanism"]
    assert visitor.answers["days_since_onset"] == 5


def test_the_same_answers_again_change_nothing() -> None:
    visitor = finished()
    same = dict(visitor.answers)
    visitor.post("/look-again/", answer=str(same["days_since_onset"]))
    result = visitor.answer_all({n: v if v != ["none"] else "none" for n, v in same.items()})  # type: ignore[misc]
    assert "het blijft zoals het was" in result.text


def test_days_that_are_no_number_are_explained_and_kept() -> None:
    page = finished().post("/look-again/", answer="gisteren")
    assert page.status == 200
    assert "Vul een getal in" in page.text
    assert 'value="gisteren"' in page.html


def test_in_an_emergency_nothing_is_planned() -> None:
    page = finished(story="bladder").post("/look-again/", answer="5")
    assert "Er is niets om later opnieuw te bekijken" in page.text


def test_starting_over_forgets_the_recheck() -> None:
    visitor = finished()
    visitor.post("/look-again/", answer="5")
    visitor.post("/start-over/", what="again")
    assert "recheck" not in visitor.kept


def test_a_recheck_that_makes_no_sense_is_no_recheck() -> None:
    assert bridge.Recheck.from_session({"questions": "walking", "earlier": {}, "kept": 3}) is None


def test_a_cookie_that_would_grow_too_large_keeps_the_answers_as_they_were() -> None:
    visitor = finished()
    before = visitor.answers
    plan = bridge.plan_recheck(dict(before), 5)  # type: ignore[arg-type]
    assert plan is not None
    recheck, kept = plan
    assert recheck.answers_before({**kept, "walking": "limping"}).items() <= before.items()
    assert set(kept) == set(before) - set(recheck.questions)


def test_a_recheck_that_does_not_fit_the_cookie_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = finished()
    before = visitor.answers
    monkeypatch.setattr(VisitStore, "fits", lambda _: False)
    page = visitor.post("/look-again/", answer="5")
    assert "kan niet nog meer antwoorden bewaren" in page.text
    assert visitor.answers == before
    assert "recheck" not in visitor.kept
