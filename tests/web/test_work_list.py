"""The work list: who needs somebody first, why, and nothing that grows with the number of cases."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel_web.audit.models import Event
from herstel_web.cases.models import Case, Conclusion
from herstel_web.casework import actions
from herstel_web.casework.actions import Judged
from herstel_web.casework.models import LookedAt
from herstel_web.casework.reasons import REASONS
from herstel_web.correspondence.actions import Written, mark_read, send_message
from herstel_web.filming.models import Recording
from herstel_web.knowledge import knowledge
from herstel_web.people.models import Consent, Person
from tests.web.actors import Actors, check_in, client_of, opened_case, user

ADDRESS = "/practice/"
MOST_QUERIES = 10
CALM = {
    "knowledge_version": "test", "value": b"", "urgency": "physio", "on_hold": False, "track": "strain", "phase": 2,
    "discharged": False, "gate_open": False, "condition": "hamstring_strain_grade_2", "facts_version": 1,
}  # fmt: skip


def today() -> date:
    return timezone.localdate()


def ago(days: int) -> date:
    return today() - timedelta(days=days)


def listed(actors: Actors, name: str, opened_days_ago: int = 0, **columns: object) -> Case:
    """A case that a therapist treats and in which nothing asks for anybody, but for the columns given."""
    person = Person.objects.create(name=name)
    opened = ago(opened_days_ago)
    case = Case.objects.create(person=person, practice=actors.practice, therapist=actors.treats, opened_on=opened)
    calm = {"last_check_in": today(), "last_advance": today(), "day": today()}
    Conclusion.objects.create(case=case, **{**CALM, **calm, **columns})
    return case


def filmed(case: Case, state: Recording.State, days_ago: int = 1, **columns: object) -> Recording:
    """What a person filmed of the right knee, as far as it came."""
    made = Recording.objects.create(
        **{
            "case": case, "movement": "active_knee_extension", "side": "right", "filmed_on": ago(days_ago),
            "from_person": True, "signed": "Somebody", "keep_until": timezone.now(), "kind": "video/mp4",
            "size_bytes": 1, "state": state, **columns,
        }
    )  # fmt: skip
    Recording.objects.filter(pk=made.pk).update(sent_at=timezone.now() - timedelta(days=days_ago))
    return made


def opened(client: Client, query: str = "") -> str:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def names_in_order(page: str, *names: str) -> bool:
    places = [page.find(f">{name}<") for name in names]
    return -1 not in places and places == sorted(places)


# --- who first


def test_who_needs_somebody_first_stands_first(actors: Actors) -> None:
    listed(actors, "Nothing At All")
    listed(actors, "Ready Now", gate_ready=True)
    listed(actors, "Dropped Out", last_check_in=ago(12))
    listed(actors, "Stood Still", last_advance=ago(16))
    listed(actors, "Missed Look", next_recheck=ago(3))
    listed(actors, "Flared Up", last_flare_up=ago(2))
    listed(actors, "Stabbed", last_stop_sign=ago(1))
    listed(actors, "Warned", on_hold=True, held_since=ago(1))
    page = opened(client_of(actors.treats))
    urgent = ("Warned", "Stabbed", "Flared Up", "Missed Look")
    assert names_in_order(page, *urgent, "Stood Still", "Dropped Out", "Ready Now", "Nothing At All")


def test_an_emergency_stands_above_another_warning_sign_that_is_older(actors: Actors) -> None:
    listed(actors, "Today", on_hold=True, held_since=ago(5), urgency="same_day")
    listed(actors, "At Once", on_hold=True, held_since=ago(1), urgency="emergency")
    assert names_in_order(opened(client_of(actors.treats)), "At Once", "Today")


def test_of_one_kind_who_waits_longest_stands_first(actors: Actors) -> None:
    listed(actors, "Short", last_check_in=ago(11))
    listed(actors, "Long", last_check_in=ago(13))
    assert names_in_order(opened(client_of(actors.treats)), "Long", "Short")


def test_the_reason_stands_beside_the_name_in_words_with_its_day(actors: Actors) -> None:
    listed(actors, "Flared Up", last_flare_up=date(today().year, today().month, today().day))
    page = opened(client_of(actors.treats))
    assert f"Opvlamming op {today().day} " in page


def test_two_reasons_are_both_told(actors: Actors) -> None:
    listed(actors, "Both", last_flare_up=ago(1), next_recheck=ago(2))
    page = opened(client_of(actors.treats))
    assert "Opvlamming op" in page
    assert "gemist" in page


def test_a_real_warning_sign_in_a_check_in_brings_a_case_to_the_top(actors: Actors) -> None:
    listed(actors, "Stabbed", last_stop_sign=ago(1))
    check_in(actors.case, today(), symptoms={"bladder_bowel_saddle_change": True})
    page = opened(client_of(actors.treats))
    assert names_in_order(page, "Patient", "Stabbed")
    assert "er moet eerst iemand kijken" in page


def test_a_therapist_who_raises_the_urgency_brings_a_case_to_the_top_and_lowering_takes_none_away(
    actors: Actors,
) -> None:
    case = listed(actors, "Raised")
    held = listed(actors, "Warned", on_hold=True, held_since=ago(1))
    for one, value in ((case, "same_day"), (held, "self_care")):
        judged = Judged(subject="urgency", value=value, engine="physio", reason="Seen this morning.", seen="")
        actions.override(case=one, judged=judged, by=actors.treats)
    page = opened(client_of(actors.treats), "reason=on_hold")
    assert ">Raised<" in page
    assert ">Warned<" in page


# --- reasons that pass


def test_an_old_flare_up_and_stop_sign_ask_for_nobody_any_more(actors: Actors) -> None:
    listed(actors, "Long Ago", last_flare_up=ago(7), last_stop_sign=ago(7))
    page = opened(client_of(actors.treats))
    assert "Opvlamming" not in page.partition("<table")[2].partition("</table>")[0]
    assert "Stopteken" not in page.partition("<nav aria-label")[2].partition("</nav>")[0]


def test_a_recheck_is_missed_after_a_day_and_forgotten_after_two_weeks(actors: Actors) -> None:
    listed(actors, "Yesterday", next_recheck=ago(1))
    listed(actors, "Missed", next_recheck=ago(2))
    listed(actors, "Forgotten", next_recheck=ago(15))
    page = opened(client_of(actors.treats), "reason=missed_recheck")
    assert ">Missed<" in page
    assert ">Yesterday<" not in page
    assert ">Forgotten<" not in page


def test_who_is_back_or_on_hold_has_not_dropped_out(actors: Actors) -> None:
    listed(actors, "Back", discharged=True, last_check_in=ago(60), last_advance=ago(60))
    listed(actors, "Held", on_hold=True, last_check_in=ago(60), last_advance=ago(60))
    for reason in ("dropped_out", "stalled"):
        page = opened(client_of(actors.treats), f"reason={reason}")
        assert ">Back<" not in page
        assert ">Held<" not in page


def test_who_never_checked_in_has_dropped_out_since_the_case_was_opened(actors: Actors) -> None:
    listed(actors, "Silent", opened_days_ago=10, last_check_in=None, last_advance=None)
    assert ">Silent<" in opened(client_of(actors.treats), "reason=dropped_out")


def test_a_message_asks_for_somebody_until_it_is_read(actors: Actors) -> None:
    written = Written(text="Mag ik fietsen?", by=actors.patient)
    send_message(case=actors.case, written=written, from_person=True, address="http://localhost/")
    client = client_of(actors.treats)
    assert "Ongelezen bericht van" in opened(client)
    mark_read(case=actors.case, by_person=False, by=actors.treats)
    assert "Ongelezen bericht van" not in opened(client)


def test_a_case_that_nobody_treats_is_new(actors: Actors) -> None:
    Case.objects.filter(pk=actors.case.pk).update(therapist=None)
    assert "nog geen therapeut" in opened(client_of(actors.treats))


# --- what was filmed


def test_a_recording_that_waits_stands_below_messages_and_above_who_is_new(actors: Actors) -> None:
    flared = listed(actors, "Flared Up", last_flare_up=ago(1))
    short, long = listed(actors, "Short"), listed(actors, "Long")
    Case.objects.filter(pk=listed(actors, "Nobody Treats").pk).update(therapist=None)
    Case.objects.filter(pk=actors.case.pk).update(therapist=actors.treats)
    send_message(case=actors.case, written=Written(text="Hoi", by=actors.patient), from_person=True, address="")
    for case, days in ((flared, 9), (short, 1), (long, 4)):
        filmed(case, Recording.State.READY, days)
    filmed(listed(actors, "In Vain"), Recording.State.REFUSED)
    page = opened(client_of(actors.treats))
    assert names_in_order(page, "Flared Up", "Patient", "Long", "Short", "Nobody Treats", "In Vain")
    assert f"Opname van {ago(4).day} " in page
    filtered = opened(client_of(actors.treats), "reason=film_waits")
    assert names_in_order(filtered, "Flared Up", "Long", "Short")
    assert ">In Vain<" not in filtered


def test_a_recording_asks_for_somebody_until_it_is_judged_and_is_not_put_away(actors: Actors) -> None:
    case = listed(actors, "Filmed")
    for state in (Recording.State.WAITING, Recording.State.BUSY, Recording.State.ACCEPTED, Recording.State.REJECTED):
        filmed(case, state)
    assert ">Filmed<" not in opened(client_of(actors.treats), "reason=film_waits")
    waits = filmed(case, Recording.State.READY)
    look_at(actors, case, "film_waits")
    assert ">Filmed<" in opened(client_of(actors.treats), "reason=film_waits")
    Recording.objects.filter(pk=waits.pk).update(state=Recording.State.ACCEPTED)
    assert ">Filmed<" not in opened(client_of(actors.treats), "reason=film_waits")


@pytest.mark.parametrize("state", [Recording.State.REFUSED, Recording.State.FAILED])
def test_who_filmed_in_vain_is_shown_until_it_is_filmed_again(actors: Actors, state: Recording.State) -> None:
    case = listed(actors, "In Vain")
    filmed(case, state, days_ago=3)
    filmed(case, Recording.State.WAITING, days_ago=1, side="left")  # the other leg
    assert ">In Vain<" in opened(client_of(actors.treats), "reason=film_failed")
    filmed(case, Recording.State.WAITING, days_ago=1)
    assert ">In Vain<" not in opened(client_of(actors.treats), "reason=film_failed")


def test_who_filmed_in_vain_is_put_away_by_a_look_or_by_time_and_a_therapist_knows_of_their_own(actors: Actors) -> None:
    looked = listed(actors, "Looked At")
    filmed(looked, Recording.State.FAILED)
    look_at(actors, looked, "film_failed")
    filmed(listed(actors, "Long Ago"), Recording.State.FAILED, days_ago=14)
    filmed(listed(actors, "In The Practice"), Recording.State.FAILED, from_person=False)
    filmed(listed(actors, "Lately"), Recording.State.FAILED, days_ago=13)
    page = opened(client_of(actors.treats), "reason=film_failed")
    assert ">Lately<" in page
    for name in ("Looked At", "Long Ago", "In The Practice"):
        assert f">{name}<" not in page


def test_both_languages_tell_of_what_was_filmed(actors: Actors) -> None:
    filmed(listed(actors, "Filmed"), Recording.State.READY)
    client = client_of(actors.treats)
    for language, words in (("nl", "wacht op je oordeel"), ("en", "waits for your judgement")):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        assert words in opened(client).partition("<tbody")[2].partition("</tbody>")[0]


# --- putting a reason away


def look_at(actors: Actors, case: Case, reason: str) -> None:
    client_of(actors.treats).post(reverse("case_look_at", args=[case.pk]), {"reason": reason})


def test_a_reason_that_was_looked_at_is_put_away_and_the_others_stay(actors: Actors) -> None:
    case = listed(actors, "Called", last_check_in=ago(12), last_advance=ago(20))
    look_at(actors, case, "dropped_out")
    assert ">Called<" not in opened(client_of(actors.treats), "reason=dropped_out")
    assert ">Called<" in opened(client_of(actors.treats), "reason=stalled")
    assert Event.objects.filter(what="looked_at:dropped_out", by=actors.treats, case_id=case.pk).exists()


def test_it_comes_back_at_once_when_it_begins_anew(actors: Actors) -> None:
    case = listed(actors, "Again", last_flare_up=ago(3))
    look_at(actors, case, "flare_up")
    assert ">Again<" not in opened(client_of(actors.treats), "reason=flare_up")
    Conclusion.objects.filter(case=case).update(last_flare_up=ago(1))
    assert ">Again<" in opened(client_of(actors.treats), "reason=flare_up")


def test_it_comes_back_after_two_weeks_when_it_is_still_so(actors: Actors) -> None:
    case = listed(actors, "Still", last_check_in=ago(40))
    look_at(actors, case, "dropped_out")
    QuerySet(LookedAt).update(made_at=timezone.now() - timedelta(days=15))
    assert ">Still<" in opened(client_of(actors.treats), "reason=dropped_out")


def test_a_warning_sign_is_never_put_away(actors: Actors) -> None:
    case = listed(actors, "Warned", on_hold=True, held_since=ago(1))
    for reason in ("on_hold", "flare_up", "nonsense"):
        look_at(actors, case, reason)
    assert not LookedAt.objects.exists()
    assert ">Warned<" in opened(client_of(actors.treats), "reason=on_hold")


# --- choosing


def test_mine_shows_only_who_i_treat(actors: Actors) -> None:
    other = listed(actors, "Somebody Elses")
    Case.objects.filter(pk=other.pk).update(therapist=actors.colleague)
    assert ">Somebody Elses<" in opened(client_of(actors.treats))
    assert ">Somebody Elses<" not in opened(client_of(actors.treats), "whose=mine")


def test_a_phase_or_a_reason_narrows_the_list_and_nonsense_does_not(actors: Actors) -> None:
    listed(actors, "Second", phase=2)
    listed(actors, "Third", phase=3)
    page = opened(client_of(actors.treats), "phase=3")
    assert ">Third<" in page
    assert ">Second<" not in page
    assert ">Second<" in opened(client_of(actors.treats), "phase=9&reason=nonsense&page=-3")


def test_closed_cases_stand_on_a_list_of_their_own(actors: Actors) -> None:
    done = listed(actors, "All Done")
    Case.objects.filter(pk=done.pk).update(closed_on=today())
    assert ">All Done<" not in opened(client_of(actors.treats))
    assert ">All Done<" in opened(client_of(actors.treats), "state=closed")


def test_a_name_is_sought_without_standing_in_an_address(actors: Actors) -> None:
    listed(actors, "Annelies Voorbeeld")
    client = client_of(actors.treats)
    answer = client.post(reverse("work_list_search"), {"name": " annelies  "})
    assert answer.headers["Location"] == ADDRESS
    page = opened(client)
    assert ">Annelies Voorbeeld<" in page
    assert ">Patient<" not in page
    client.post(reverse("work_list_search"), {"name": "annelies", "forget": "1"})
    assert ">Patient<" in opened(client)


def test_nobody_of_that_name_says_how_to_go_on(actors: Actors) -> None:
    client = client_of(actors.treats)
    client.post(reverse("work_list_search"), {"name": "zzz"})
    page = opened(client)
    assert "Niemand past bij deze keuze" in page
    assert "Toon iedereen" in page


def test_an_empty_list_says_how_to_begin(actors: Actors) -> None:
    page = opened(client_of(actors.outsider))
    assert "Nog niemand" in page
    assert reverse("case_new") in page


def test_another_practice_stands_on_no_list_of_mine(actors: Actors) -> None:
    assert ">Patient<" not in opened(client_of(actors.outsider))
    assert ">Other Patient<" not in opened(client_of(actors.treats))


def test_who_only_reads_is_offered_nothing_to_write(actors: Actors) -> None:
    assert reverse("case_new") not in opened(client_of(actors.read_only))


def test_an_assistant_begins_at_the_desk(actors: Actors) -> None:
    client = client_of(actors.assistant)
    assert client.get("/home/").headers["Location"] == reverse("desk")
    assert "Welkom, Assistant" in client.get(reverse("desk")).content.decode()
    assert client_of(actors.treats).get("/home/").headers["Location"] == ADDRESS


def test_every_reason_has_words_of_its_own() -> None:
    assert len({str(one.told) for one in REASONS}) == len(REASONS)


# --- as many as there are


@pytest.mark.parametrize("query", ["", "whose=mine&phase=2", "reason=flare_up", "state=closed"])
def test_the_list_asks_as_often_for_fifty_cases_as_for_ten(
    actors: Actors, query: str, django_assert_max_num_queries: object
) -> None:
    client = client_of(actors.treats)
    for number in range(10):
        filmed(listed(actors, f"Person {number}", last_flare_up=ago(1)), Recording.State.READY)
    opened(client, query)
    with django_assert_max_num_queries(MOST_QUERIES) as few:  # type: ignore[operator]
        opened(client, query)
    for number in range(10, 50):
        filmed(listed(actors, f"Person {number}", last_flare_up=ago(1)), Recording.State.READY)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        opened(client, query)


def test_the_list_shows_a_page_at_a_time(actors: Actors) -> None:
    for number in range(30):
        listed(actors, f"Person {number:02}")
    first, second = opened(client_of(actors.treats)), opened(client_of(actors.treats), "page=2")
    assert first.count("row-link") == 25
    assert second.count("row-link") == 6
    assert "bladzijde 2 van 2" in second


# --- a person of flesh and blood who comes in by the door


def new_person(**fields: object) -> dict[str, object]:
    answers = {"q-rf_now": "none", "q-rf_ill": "none", "q-rf_leg": "none", "q-walking": "painful",
               "q-places": "left.thigh_middle", "q-days_since_onset": "3", "q-onset": "sudden"}  # fmt: skip
    person = {"name": "Door De Deur", "birth_date": "1990-05-01", "language": "nl", "agrees": "on"}
    return {**person, **answers, **fields}


def test_somebody_is_entered_with_the_complaint_and_the_consent(actors: Actors) -> None:
    answer = client_of(actors.treats).post(reverse("case_new"), new_person())
    case = Case.objects.get(person__name="Door De Deur")
    assert answer.headers["Location"] == reverse("case_assessment", args=[case.pk])
    assert (case.practice, case.therapist) == (actors.practice, actors.treats)
    kinds = set(Consent.objects.filter(person=case.person).values_list("kind", "practice"))
    assert kinds == {("record", None), ("share", actors.practice.pk)}
    told = case.facts.get(part="complaint").entry
    assert told["context"] == "physio_direct_access"
    assert "rf_history" not in told["answers"], "what was not asked is no answer"
    assert case.conclusion.age_years == int((today() - date(1990, 5, 1)).days / 365.25)


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(actors: Actors) -> None:
    fields = new_person()
    del fields["agrees"]
    page = client_of(actors.treats).post(reverse("case_new"), fields).content.decode()
    assert "Zonder deze toestemming mag er niets worden bewaard" in page
    assert 'value="Door De Deur"' in page
    assert '<option value="painful" selected>' in page
    assert not Person.objects.filter(name="Door De Deur").exists()


def test_an_answer_that_is_none_is_told_at_its_question(actors: Actors) -> None:
    fields = new_person(**{"q-days_since_onset": "soon"})
    page = client_of(actors.treats).post(reverse("case_new"), fields).content.decode()
    assert "Dit is geen antwoord op deze vraag" in page
    assert 'href="#at-days_since_onset"' in page
    assert 'value="soon"' in page


def test_answers_that_contradict_each_other_are_refused_and_nobody_is_kept(actors: Actors) -> None:
    page = client_of(actors.treats).post(reverse("case_new"), new_person(**{"q-both_legs": "both"})).content.decode()
    assert "Er is nog niets bewaard" in page
    assert not Person.objects.filter(name="Door De Deur").exists()


def test_a_warning_sign_told_at_the_door_stands_on_top_at_once(actors: Actors) -> None:
    fields = new_person(name="Alarm", **{"q-rf_now": _emergency_option()})
    client = client_of(actors.treats)
    client.post(reverse("case_new"), fields)
    assert ">Alarm<" in opened(client, "reason=on_hold")


def _emergency_option() -> str:
    from herstel_web.knowledge import knowledge
    from herstel_web.self_check.bridge import _emergency_signs

    return next(option for asked, option in _emergency_signs(knowledge()) if asked == "rf_now")


def test_a_case_shared_by_a_person_is_on_the_list_of_the_practice(actors: Actors) -> None:
    opened_case(user("new@example.org", "Brand New"), actors.practice)
    assert ">Brand New<" in opened(client_of(actors.colleague), "reason=new")


def test_a_suspected_avulsion_stands_beside_what_is_most_probable(actors: Actors) -> None:
    case = opened_case(user("pop@example.org"), actors.practice, age=48, places=["left.sit_bone"], pop="yes")
    words = Conclusion.objects.get(case=case)
    assert words.rule_out == "proximal_avulsion" != words.condition
    name = knowledge().conditions["proximal_avulsion"].name.nl
    for address in (ADDRESS, reverse("case", args=[case.pk])):
        assert f"Eerst uitsluiten: {name}" in client_of(actors.treats).get(address).content.decode()
