"""Tests of the chain, entered by a therapist."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases import queries
from herstel_web.cases.models import Case, Fact
from herstel_web.knowledge import knowledge
from tests.web.actors import Actors, client_of

TODAY = timezone.localdate()
KNEE = "active_knee_extension"


def url(name: str, case: Case, **parts: Any) -> str:
    return reverse(name, kwargs={"case_id": case.pk, **parts})


def typed(**changes: Any) -> dict[str, Any]:
    usual = {"left_1": "40", "right_1": "17,5", "day": TODAY.isoformat(), "method": "goniometer", "tester": "therapist",
             "take": "mean"}  # fmt: skip
    return {**usual, **changes}


def save(actors: Actors, who: Any = None, test: str = KNEE, **changes: Any) -> Any:
    client = client_of(who or actors.treats)
    return client.post(url("case_chain_test_save", actors.case, test_id=test), typed(**changes))


def measured(case: Case) -> list[dict[str, Any]]:
    return [fact.entry or {} for fact in queries.facts(case, "measurements")]


def page(actors: Actors, name: str, who: Any = None, **parts: Any) -> str:
    answer = client_of(who or actors.treats).get(url(name, actors.case, **parts))
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_test_is_listed_by_link_with_what_is_worth_doing_first(actors: Actors) -> None:
    text = page(actors, "case_chain_tests")
    assert text.index("Nu het meest de moeite waard") < text.index("gestrekt been heffen")
    assert "Niet gemeten is niet hetzelfde als normaal." in text
    assert "niet gemeten" in text


def test_a_test_is_found_by_a_part_of_its_name(actors: Actors) -> None:
    client = client_of(actors.treats)
    found = client.get(url("case_chain_tests", actors.case), {"q": "MUUR"}).content.decode()
    assert "knie naar de muur: afstand" in found
    assert "zijwaarts steunen" not in found
    nothing = client.get(url("case_chain_tests", actors.case), {"q": "xyzzy"}).content.decode()
    assert "Geen test heet zo" in nothing


def test_how_a_test_is_done_stands_beside_the_form(actors: Actors) -> None:
    text = page(actors, "case_chain_test", test_id=KNEE)
    known = knowledge().chain.tests[KNEE]
    for part in (*known.how, *known.mistakes, *known.needs, known.stop_when):
        assert part.nl in text
    assert 'name="left_1"' in text
    assert 'name="right_3"' in text


def test_a_test_before_its_time_says_so(actors: Actors) -> None:
    assert "te vroeg kan hij schaden" in page(actors, "case_chain_test", test_id="nordic_force")


def test_both_sides_are_recorded_at_once_with_a_comma_or_a_point(actors: Actors) -> None:
    answer = save(actors)
    assert answer.status_code == 302
    assert [(one["side"], one["value"]) for one in measured(actors.case)] == [("left", 40.0), ("right", 17.5)]
    assert all(one["tester"] == "therapist" for one in measured(actors.case))


def test_what_is_being_typed_is_judged_by_the_server_and_not_kept(actors: Actors) -> None:
    look = url("case_chain_test_look", actors.case, test_id=KNEE)
    text = client_of(actors.treats).post(look, typed()).content.decode()
    assert "links: 40 graden" in text
    assert "slechter dan de andere kant" in text
    assert "meetfout van de test" in text
    assert measured(actors.case) == []
    assert "<html" not in text


def test_one_side_is_looked_at_alone(actors: Actors) -> None:
    look = url("case_chain_test_look", actors.case, test_id=KNEE)
    text = client_of(actors.treats).post(look, typed(right_1="")).content.decode()
    assert "links: 40 graden" in text
    assert "rechts" not in text


def test_without_scripts_checking_shows_the_same_and_keeps_what_was_typed(actors: Actors) -> None:
    answer = save(actors, check="1")
    text = answer.content.decode()
    assert "links: 40 graden" in text
    assert 'value="17,5"' in text
    assert measured(actors.case) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"left_1": "400"}, "-15"),
        ({"left_1": "veel"}, "veel"),
        ({"left_1": "", "right_1": ""}, "niets ingevuld"),
        ({"day": (TODAY + timedelta(days=1)).isoformat()}, "te laat"),
        ({"left_2": "500"}, "100"),
    ],
)
def test_what_is_not_possible_is_refused_with_the_reason_and_nothing_typed_is_lost(
    changes: dict[str, str], said: str, actors: Actors
) -> None:
    answer = save(actors, note="na het fietsen", **changes)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert said in text
    assert "na het fietsen" in text
    assert measured(actors.case) == []


def test_a_method_that_cannot_give_such_a_value_is_refused(actors: Actors) -> None:
    assert save(actors, method="stopwatch").status_code == 400


def test_of_several_repetitions_the_mean_counts_and_all_are_kept(actors: Actors) -> None:
    save(actors, left_1="38", left_2="40", left_3="42", right_1="")
    (left,) = measured(actors.case)
    assert left["value"] == 40.0
    assert left["note"] == "38 / 40 / 42 (mean)"
    save(actors, test="side_plank", left_1="30", left_2="44", right_1="", method="stopwatch", take="best")
    assert measured(actors.case)[-1]["value"] == 44.0


def test_a_yes_or_no_test_can_be_left_undone_on_one_side(actors: Actors) -> None:
    name = "palpation_pain"
    assert save(actors, test=name, left_1="1", right_1="", method="observation").status_code == 302
    assert [one["value"] for one in measured(actors.case)] == [1]


def test_the_same_side_on_the_same_day_is_a_correction_and_not_a_second_value(actors: Actors) -> None:
    save(actors)
    again = save(actors, left_1="30")
    assert again.status_code == 400
    assert "op dezelfde dag al gemeten" in again.content.decode()
    assert len(measured(actors.case)) == 2


def test_a_value_is_corrected_with_a_reason_and_the_first_is_kept(actors: Actors) -> None:
    save(actors)
    old = queries.facts(actors.case, "measurements").filter(entry__side="left").get()
    address = url("case_chain_test_correct", actors.case, test_id=KNEE, fact_id=old.pk)
    client = client_of(actors.treats)
    refused = client.post(address, {"value": "24", "reason": ""})
    assert refused.status_code == 400
    assert 'value="24"' in refused.content.decode()
    assert client.post(address, {"value": "24", "reason": "verkeerd afgelezen"}).status_code == 302
    values = {one["side"]: one["value"] for one in measured(actors.case)}
    assert values == {"left": 24.0, "right": 17.5}
    assert Fact.objects.filter(pk=old.pk).exists()
    assert "verkeerd afgelezen" in page(actors, "case_chain_test", test_id=KNEE)
    assert client.get(address).status_code == 404, "what was corrected cannot be corrected again"


def test_a_correction_must_be_possible_too(actors: Actors) -> None:
    save(actors)
    old = queries.facts(actors.case, "measurements").first()
    assert old
    address = url("case_chain_test_correct", actors.case, test_id=KNEE, fact_id=old.pk)
    answer = client_of(actors.treats).post(address, {"value": "999", "reason": "x"})
    assert answer.status_code == 400
    assert "100" in answer.content.decode()


def test_a_value_can_be_taken_back(actors: Actors) -> None:
    save(actors, right_1="")
    old = queries.facts(actors.case, "measurements").get()
    address = url("case_chain_test_correct", actors.case, test_id=KNEE, fact_id=old.pk)
    client_of(actors.treats).post(address, {"remove": "1", "reason": "andere persoon"})
    assert measured(actors.case) == []


def test_the_history_of_a_test_is_a_picture_and_a_table(actors: Actors) -> None:
    assert "nog niet gedaan" in page(actors, "case_chain_test", test_id=KNEE)
    save(actors, day=(TODAY - timedelta(days=7)).isoformat())
    save(actors, left_1="30")
    text = page(actors, "case_chain_test", test_id=KNEE)
    assert "in de tijd</title>" in text
    assert text.count("40 graden") >= 1


def test_who_may_only_read_sees_the_test_and_no_form(actors: Actors) -> None:
    text = page(actors, "case_chain_test", actors.read_only, test_id=KNEE)
    assert knowledge().chain.tests[KNEE].stop_when.nl in text
    assert 'name="left_1"' not in text
    assert save(actors, actors.read_only).status_code == 404
    assert measured(actors.case) == []


def test_an_unknown_test_does_not_exist(actors: Actors) -> None:
    client = client_of(actors.treats)
    assert client.get(url("case_chain_test", actors.case, test_id="no_such_test")).status_code == 404
    address = url("case_chain_test_correct", actors.case, test_id=KNEE, fact_id=999_999)
    assert client.get(address).status_code == 404


def test_the_pages_ask_the_database_little(actors: Actors, django_assert_max_num_queries: Any) -> None:
    for back in range(5):
        save(actors, day=(TODAY - timedelta(days=back)).isoformat())
    client = client_of(actors.treats)
    for name, parts in (("case_chain_tests", {}), ("case_chain_test", {"test_id": KNEE})):
        client.get(url(name, actors.case, **parts))
        with django_assert_max_num_queries(30):
            client.get(url(name, actors.case, **parts))
