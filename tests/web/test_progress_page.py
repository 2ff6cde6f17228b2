"""How a case goes, for the therapist."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases import actions, queries
from herstel_web.cases.models import Case, Fact
from tests.web.actors import Actors, check_in, client_of, opened_case

TODAY = timezone.localdate()


def url(name: str, case: Case, **parts: Any) -> str:
    return reverse(name, kwargs={"case_id": case.pk, **parts})


@pytest.fixture
def going(actors: Actors) -> Case:
    """A case of six weeks with a check-in on most days and one flare-up."""
    actors.case.delete()
    actors.patient.person.delete()  # type: ignore[attr-defined]
    case = opened_case(actors.patient, actors.practice, days_ago=60)
    for back in range(60, -1, -1):
        if back not in (10, 11, 33):
            pain = 6 if back == 20 else max(0, back // 15)
            check_in(case, TODAY - timedelta(days=back), pain_now=pain, pain_worst=pain, pain_next_morning=pain)
    actions.conclude(case=case, today=TODAY)
    return case


def page(actors: Actors, case: Case, who: Any = None, **query: Any) -> str:
    answer = client_of(who or actors.treats).get(url("case_progress", case), query)
    assert answer.status_code == 200
    return answer.content.decode()


def told(case: Case) -> list[dict[str, Any]]:
    return [fact.entry or {} for fact in queries.facts(case, "check_ins")]


def test_a_decision_stands_with_its_rule_numbers_reason_and_source(actors: Actors, going: Case) -> None:
    text = page(actors, going)
    for part in ("Wat het laatst is besloten", "Regel", "Beslist op", "Waarom, en bron"):
        assert part in text
    assert "punten gehaald" in text


def test_a_gate_tells_what_is_met_not_yet_and_not_known(actors: Actors, going: Case) -> None:
    text = page(actors, going)
    assert "Gehaald" in text
    assert "Niet bekend" in text
    assert "nooit verteld of gemeten" in text
    assert "Wat niet bekend is, opent nooit een fase" in text
    assert "Wat teruggaan naar je sport vraagt" in text


def test_the_forecast_stands_with_the_familiar_range_beside_it(actors: Actors, going: Case) -> None:
    text = page(actors, going)
    assert "Hoe lang het kan duren" in text
    assert "vuistregel" in text
    assert "De kans dat het terugkomt" in text


def test_a_case_without_check_ins_says_what_will_stand_here(actors: Actors) -> None:
    text = page(actors, actors.case)
    assert "Geen check-ins in deze periode" in text
    assert "Hier staat wat de persoon elke dag invult." in text


def test_never_more_than_the_chosen_period_is_shown(actors: Actors, going: Case) -> None:
    def days(**query: Any) -> int:
        return page(actors, going, **query).count('<th scope="row"><time')

    assert days() == 39
    assert days(weeks="13") == 58
    assert days(weeks="999") == 39
    assert days(weeks="x") == 39


def test_what_is_older_than_four_weeks_is_folded_away(actors: Actors, going: Case) -> None:
    text = page(actors, going, weeks="13")
    unfolds = text.index('<details class="fold"', text.index('id="check-ins"'))
    days = [date.fromisoformat(day) for day in re.findall(r'<th scope="row"><time datetime="([\d-]+)"', text[:unfolds])]
    assert days
    assert min(days) == TODAY - timedelta(days=27)
    older = re.findall(r'<th scope="row"><time datetime="([\d-]+)"', text[unfolds:])
    assert len(days) + len(older) == 58
    assert f"{len(older)} check-ins van meer dan vier weken geleden" in text
    changed = text[text.index('id="earlier"') : text.index('id="check-ins"')]
    open_now, _, folded = changed.partition('<details class="fold"')
    assert folded, "somebody of sixty days has older changes"
    assert all(
        date.fromisoformat(day) > TODAY - timedelta(days=28) for day in re.findall(r'datetime="([\d-]+)"', open_now)
    )
    assert all(
        date.fromisoformat(day) <= TODAY - timedelta(days=28) for day in re.findall(r'datetime="([\d-]+)"', folded)
    )


def test_both_pictures_show_the_chosen_period(actors: Actors, going: Case) -> None:
    for weeks, days in (("6", 42), ("13", 61)):
        text = page(actors, going, weeks=weeks)
        assert "Pijn en stijfheid in de tijd" in text
        assert "Functie, belasting en kracht in de tijd" in text
        assert text.count(f"van de {days} dagen zijn ingevuld") == 2


def test_what_was_not_told_is_a_dash_and_a_zero_is_a_zero(actors: Actors) -> None:
    check_in(actors.case, TODAY, pain_now=0, pain_next_morning=None)
    text = page(actors, actors.case)
    row = text[text.index('<th scope="row"><time') :]
    assert '<td class="number">0</td><td class="number">3</td><td class="number">–</td>' in row


# --- going back -----------------------------------------------------------------------------------------------------


def decide(actors: Actors, case: Case, who: Any = None, **changes: Any) -> Any:
    usual = {"role": "person", "agrees": "yes", "note": "voelt zich klaar"}
    return client_of(who or actors.treats).post(url("case_progress_decide", case), {**usual, **changes})


def test_each_role_says_whether_it_agrees_with_going_back(actors: Actors) -> None:
    assert "nog niets gezegd" in page(actors, actors.case)
    assert decide(actors, actors.case).status_code == 302
    assert decide(actors, actors.case, role="coach", agrees="no", note="nog niet fit").status_code == 302
    text = page(actors, actors.case)
    assert "voelt zich klaar" in text
    assert "nog niet fit" in text
    facts = [fact.entry for fact in queries.facts(actors.case, "confirmations")]
    assert [(one["role"], one["agrees"]) for one in facts if one] == [("person", True), ("coach", False)]


def test_neither_yes_nor_no_is_not_guessed(actors: Actors) -> None:
    answer = decide(actors, actors.case, agrees="")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "Kies ja of nee." in text
    assert "voelt zich klaar" in text
    assert not queries.facts(actors.case, "confirmations").exists()


def test_an_agreement_never_releases_somebody_who_must_be_seen_first(actors: Actors) -> None:
    check_in(actors.case, TODAY, symptoms={"bladder_bowel_saddle_change": True})
    text = page(actors, actors.case)
    assert "Eerst moet iemand kijken" in text
    assert 'name="agrees"' not in text
    answer = decide(actors, actors.case, role="therapist")
    assert answer.status_code == 400
    assert not queries.facts(actors.case, "confirmations").exists()
    actors.case.refresh_from_db()
    assert queries.standing(actors.case, TODAY).recovery.progress.position.on_hold


# --- mending a check-in ---------------------------------------------------------------------------------------------


def mend(actors: Actors, case: Case, who: Any = None, **changes: Any) -> Any:
    fact = queries.facts(case, "check_ins").last()
    assert fact
    usual = {"pain_now": "1", "pain_worst": "3", "stiffness_min": "5", "walking": "pain_free", "reason": "typefout"}
    address = url("case_progress_check_in", case, check_in_id=fact.pk)
    return client_of(who or actors.treats).post(address, {**usual, **changes})


def test_a_check_in_is_mended_with_a_reason_and_what_was_told_is_kept(actors: Actors) -> None:
    done = [{"exercise": "glute_bridge", "sets": 2}]
    first = check_in(actors.case, TODAY, pain_now=8, done=done, symptoms={"fever_or_unwell": False})
    assert mend(actors, actors.case, pain_now="1,5").status_code == 302
    (now,) = told(actors.case)
    assert now["pain_now"] == 1.5
    assert now["done"] == done
    assert now["symptoms"] == {"fever_or_unwell": False}
    assert Fact.objects.filter(pk=first.pk).exists()
    assert "Verbeterd: typefout" in page(actors, actors.case)


def test_emptied_is_not_told_and_no_is_no(actors: Actors) -> None:
    check_in(actors.case, TODAY, pain_now=8, sharp_stab=True)
    assert mend(actors, actors.case, pain_now="", sharp_stab="no", gave_way="").status_code == 302
    (now,) = told(actors.case)
    assert "pain_now" not in now
    assert now["sharp_stab"] is False
    assert "gave_way" not in now


@pytest.mark.parametrize(
    ("changes", "said"), [({"reason": ""}, "Zeg waarom"), ({"pain_now": "44"}, "10"), ({"pain_now": "erg"}, "erg")]
)
def test_what_is_not_possible_is_refused_and_nothing_typed_is_lost(
    changes: dict[str, str], said: str, actors: Actors
) -> None:
    check_in(actors.case, TODAY, pain_now=8)
    answer = mend(actors, actors.case, note="lang verhaal", **changes)
    assert answer.status_code == 400
    text = answer.content.decode()
    assert said in text
    assert "lang verhaal" in text
    assert told(actors.case)[0]["pain_now"] == 8


def test_the_form_starts_from_what_was_told(actors: Actors) -> None:
    fact = check_in(actors.case, TODAY, pain_now=8, sharp_stab=False)
    address = url("case_progress_check_in", actors.case, check_in_id=fact.pk)
    text = client_of(actors.treats).get(address).content.decode()
    assert 'value="8"' in text
    assert '<option value="no" selected>' in text
    assert client_of(actors.treats).get(address.replace(str(fact.pk), "999999")).status_code == 404


def test_who_may_only_read_cannot_write(actors: Actors) -> None:
    check_in(actors.case, TODAY, pain_now=8)
    text = page(actors, actors.case, actors.read_only)
    assert 'name="agrees"' not in text
    assert "/check-ins/" not in text
    assert decide(actors, actors.case, actors.read_only).status_code == 404
    assert mend(actors, actors.case, actors.read_only).status_code == 404
    assert told(actors.case)[0]["pain_now"] == 8


def test_the_page_asks_the_database_little_however_long_it_goes(
    actors: Actors, going: Case, django_assert_max_num_queries: Any
) -> None:
    client, address = client_of(actors.treats), reverse("case_progress", args=[going.pk])
    client.get(address, {"weeks": "13"})
    with django_assert_max_num_queries(30):
        client.get(address, {"weeks": "13"})
