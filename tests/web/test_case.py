"""The page of a case: its head, who treats it, releasing a hold, an examination, follow-up, closing."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.cases import queries
from herstel_web.cases.actions import NewFact, conclude, record_fact
from herstel_web.cases.bridge import complaint_entry
from herstel_web.cases.models import Case, Conclusion, DecisionMade, Fact
from herstel_web.casework.follow_up import follow_up
from herstel_web.casework.models import Closure
from herstel_web.knowledge import knowledge
from herstel_web.training.actions import record_check_in
from herstel_web.training.forms import Form
from tests.web.actors import ANSWERS, Actors, check_in, client_of, opened_case, user

MOST_QUERIES = 30
WARNING = {"bladder_bowel_saddle_change": True}
LOOKED = "Gezien op de praktijk: gevoel en kracht normaal, geen afwijking."


def today() -> date:
    return timezone.localdate()


def address(case: Case, name: str = "case") -> str:
    return reverse(name, args=[case.pk])


def page_of(client: Client, case: Case, name: str = "case", query: str = "") -> str:
    answer = client.get(f"{address(case, name)}?{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def held_since_yesterday(actors: Actors) -> Case:
    case = opened_case(user("held@example.org", "Held Person"), actors.practice, days_ago=3)
    check_in(case, today() - timedelta(days=1), symptoms=WARNING)
    conclude(case=case, today=today())
    return case


# --- the head


def test_the_head_says_who_what_and_where_it_stands(actors: Actors) -> None:
    page = page_of(client_of(actors.treats), actors.case)
    for said in ("<h1>Patient", "25 jaar", "graad 2), links", "Fase 1", "dag 3", "Jij behandelt deze persoon"):
        assert said in page


def test_the_date_of_birth_tells_the_age_when_it_is_known(actors: Actors) -> None:
    person = actors.case.person
    person.birth_date = date(today().year - 40, 1, 1)
    person.save()
    assert "40 jaar" in page_of(client_of(actors.treats), actors.case)


def test_only_pages_that_exist_have_a_tab_and_the_open_one_is_marked(actors: Actors) -> None:
    page = page_of(client_of(actors.treats), actors.case, "case_notes")
    tabs = page.partition('class="tabs-row"')[2].partition("</ul>")[0]
    assert f'<a href="{address(actors.case, "case_notes")}" aria-current="page">' in tabs
    assert tabs.count("aria-current") == 1


def test_a_hold_stands_in_the_head_with_its_day_and_the_urgency(actors: Actors) -> None:
    page = page_of(client_of(actors.treats), held_since_yesterday(actors))
    assert "staat stil sinds" in page
    assert "Er wordt niets belast tot een behandelaar heeft gekeken" in page


def test_the_page_asks_as_often_after_two_months_of_check_ins(
    actors: Actors, django_assert_max_num_queries: object
) -> None:
    client = client_of(actors.treats)
    case = opened_case(user("long@example.org", "Long"), actors.practice, days_ago=60)
    for names in ("case", "case_assessment", "case_notes", "case_messages"):
        page_of(client, case, names)
        with django_assert_max_num_queries(MOST_QUERIES) as few:  # type: ignore[operator]
            page_of(client, case, names)
        entries = [
            Fact(case=case, part="check_ins", day=day, entry={"date": day.isoformat(), "pain_now": 2, "pain_worst": 3})
            for number in range(50)
            if (day := today() - timedelta(days=number))
        ]
        Fact.objects.bulk_create(entries)
        conclude(case=case, today=today())
        with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
            page_of(client, case, names)


# --- who treats it


def test_a_member_takes_a_case_on_and_hands_it_back(actors: Actors) -> None:
    client = client_of(actors.colleague)
    client.post(address(actors.case, "case_assign"), {"to": "me", "seen": actors.treats.pk})
    assert Case.objects.get(pk=actors.case.pk).therapist == actors.colleague
    client.post(address(actors.case, "case_assign"), {"to": "nobody", "seen": actors.colleague.pk})
    assert Case.objects.get(pk=actors.case.pk).therapist is None
    assert Event.objects.filter(what="case:assigned", by=actors.colleague, case_id=actors.case.pk).count() == 2


def test_of_two_who_take_a_case_on_at_once_the_second_is_told(actors: Actors) -> None:
    Case.objects.filter(pk=actors.case.pk).update(therapist=None)
    for who in (actors.colleague, actors.owner):
        client = client_of(who)
        client.post(address(actors.case, "case_assign"), {"to": "me", "seen": ""})
    assert Case.objects.get(pk=actors.case.pk).therapist == actors.colleague
    assert "Iemand anders nam dit dossier intussen op zich" in page_of(client, actors.case)


@pytest.mark.parametrize(
    "name", ["case_assign", "case_release", "case_notes", "case_messages", "case_file_add", "case_close", "case_draft"]
)
def test_who_only_reads_writes_nothing(actors: Actors, name: str) -> None:
    answer = client_of(actors.read_only).post(address(actors.case, name), {"to": "me", "text": "x", "seen": ""})
    assert answer.status_code == 404


# --- releasing a hold


def release(who: User, case: Case, **fields: str) -> HttpResponse:
    """Somebody releases with the page that they see now in front of them."""
    seen = str(Case.objects.get(pk=case.pk).facts_version)
    given = {"looked_at": LOOKED, "sure": "on", "seen": seen} | fields
    answer: HttpResponse = client_of(who).post(address(case, "case_release"), given)
    return answer


def held(case: Case) -> bool:
    return bool(queries.standing(Case.objects.get(pk=case.pk), today()).recovery.progress.position.on_hold)


def test_a_release_says_what_was_looked_at_and_lifts_the_hold(actors: Actors) -> None:
    case = held_since_yesterday(actors)
    answer = release(actors.treats, case)
    assert answer.headers["Location"] == address(case)
    assert not Conclusion.objects.get(case=case).on_hold
    told = Fact.objects.get(case=case, part="confirmations")
    assert told.entry == {"role": "therapist", "agrees": True, "date": today().isoformat(), "note": LOOKED}
    assert Event.objects.filter(what="case:released", by=actors.treats, case_id=case.pk).exists()
    assert LOOKED in page_of(client_of(actors.treats), case)


def test_a_hold_says_which_warning_sign_it_is_for(actors: Actors) -> None:
    case = held_since_yesterday(actors)
    page = page_of(client_of(actors.treats), case)
    assert knowledge().red_flags["cauda_equina"].title.nl in page
    assert "ook op de dag waarop het signaal is doorgegeven" in page


def test_who_looked_on_the_day_of_the_sign_releases_on_that_day(actors: Actors) -> None:
    check_in(actors.case, today(), symptoms=WARNING)
    assert held(actors.case)
    assert release(actors.treats, actors.case).status_code == 302
    assert not held(actors.case)
    assert not Conclusion.objects.get(case=actors.case).on_hold
    day = client_of(actors.patient).get(reverse("today")).content.decode()
    assert "Je fysiotherapeut of arts heeft gekeken" in day
    assert "Stop met oefenen en sporten" not in day


def test_a_check_in_with_a_sign_after_the_release_of_that_day_sets_the_hold_again(actors: Actors) -> None:
    check_in(actors.case, today(), symptoms=WARNING)
    release(actors.treats, actors.case)
    told = {"date": [today().isoformat()], "sign": ["rf_now.bladder_bowel"], "pain_now": ["1"]}
    record_check_in(case=actors.case, form=Form(fields=told), key=uuid4(), by=actors.patient, today=today())
    assert held(actors.case)
    release(actors.colleague, actors.case)
    assert not held(actors.case)


def test_a_sign_added_to_yesterday_after_the_release_sets_the_hold_again(actors: Actors) -> None:
    case = held_since_yesterday(actors)
    release(actors.treats, case)
    yesterday = queries.last_fact(case, "check_ins")
    assert yesterday
    mended = {**(yesterday.entry or {}), "symptoms": {**WARNING, "calf_swelling": True}}
    mend(yesterday, mended, case.person.user)
    assert held(case)


def test_mending_another_number_of_a_day_that_was_looked_at_leaves_the_person_released(actors: Actors) -> None:
    case = held_since_yesterday(actors)
    release(actors.treats, case)
    yesterday = queries.last_fact(case, "check_ins")
    assert yesterday
    mend(yesterday, {**(yesterday.entry or {}), "pain_now": 4}, case.person.user)
    assert not held(case)


def mend(fact: Fact, entry: dict[str, object], by: User | None) -> None:
    new = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=fact.day, corrects=fact, reason="a mistake")
    record_fact(case=fact.case, fact=new, by=by, today=today())


def test_what_was_told_after_the_page_was_opened_is_looked_at_first_and_what_was_typed_stays(actors: Actors) -> None:
    case = held_since_yesterday(actors)
    seen = str(Case.objects.get(pk=case.pk).facts_version)
    check_in(case, today(), symptoms={"calf_swelling": True})
    answer = release(actors.treats, case, seen=seen)
    page = answer.content.decode()
    assert "Er is iets bijgekomen nadat je deze pagina opende" in page
    assert LOOKED in page
    assert "checked" not in page.partition('name="sure"')[2].partition(">")[0]
    assert held(case)
    assert not Fact.objects.filter(case=case, part="confirmations").exists()
    form = page.partition('id="release"')[2]
    new_seen = form.partition('name="seen" value="')[2].partition('"')[0]
    assert release(actors.treats, case, seen=new_seen).status_code == 302
    assert not held(case)


def test_the_page_of_somebody_for_whom_no_look_is_planned_opens(actors: Actors) -> None:
    """Nothing to look at again was planned for an emergency."""
    answers = {**ANSWERS, "rf_now": ["bladder_bowel"]}
    told = NewFact(part=Fact.Part.COMPLAINT, entry=complaint_entry(answers, today()), day=today())
    record_fact(case=actors.case, fact=told, by=actors.treats, today=today())
    assert "Opnieuw naar de klacht kijken" not in page_of(client_of(actors.treats), actors.case)


def test_nobody_releases_before_the_plan_begins(actors: Actors) -> None:
    later = {"kind": "daily_life", "start": (today() + timedelta(days=2)).isoformat(), "days": {"monday": 30}}
    goal = NewFact(part=Fact.Part.GOAL, entry=later, day=today())
    answers = {**ANSWERS, "rf_now": ["bladder_bowel"]}
    complaint = NewFact(part=Fact.Part.COMPLAINT, entry=complaint_entry(answers, today()), day=today())
    for fact in (goal, complaint):
        record_fact(case=actors.case, fact=fact, by=None, today=today())
    answer = release(actors.treats, actors.case)
    assert "Het plan van deze persoon begint later" in answer.content.decode()
    assert not Fact.objects.filter(case=actors.case, part="confirmations").exists()


@pytest.mark.parametrize("fields", [{"sure": ""}, {"looked_at": "ok"}, {"sure": "", "looked_at": ""}])
def test_nothing_is_released_without_saying_what_was_looked_at_and_by_whom(
    actors: Actors, fields: dict[str, str]
) -> None:
    case = held_since_yesterday(actors)
    assert release(actors.treats, case, **fields).status_code == 200
    assert held(case)


@pytest.mark.parametrize("who", ["read_only", "assistant", "outsider", "patient", "other_patient"])
def test_who_may_not_write_the_record_releases_nobody(actors: Actors, who: str) -> None:
    case = held_since_yesterday(actors)
    assert release(getattr(actors, who), case).status_code == 404
    assert held(case)


# --- an examination


def examined(actors: Actors, **found: str) -> Client:
    client = client_of(actors.treats)
    last = queries.last_fact(actors.case, "complaint")
    assert last
    client.post(address(actors.case, "case_examination"), {"seen": last.pk, **found})
    return client


def test_an_examination_is_a_new_version_of_the_complaint_and_counts(actors: Actors) -> None:
    before = queries.standing(actors.case, today()).recovery.assessment
    client = examined(actors, puranen_orava="positive", bent_knee_stretch="negative", hamstring_syndrome="")
    told = [fact.entry for fact in queries.facts(actors.case, "complaint")]
    assert len(told) == 2
    assert told[1] == {**told[0], "examination": {"puranen_orava": True, "bent_knee_stretch": False}}
    after = queries.standing(Case.objects.get(pk=actors.case.pk), today()).recovery.assessment
    assert before != after
    page = page_of(client, actors.case, "case_examination")
    assert 'name="puranen_orava" value="positive" checked' in page


def test_an_examination_made_on_an_outdated_complaint_is_refused(actors: Actors) -> None:
    last = queries.last_fact(actors.case, "complaint")
    assert last
    examined(actors, puranen_orava="positive")
    client = client_of(actors.colleague)
    client.post(address(actors.case, "case_examination"), {"seen": last.pk, "puranen_orava": "negative"})
    assert "Iemand anders wijzigde dit intussen" in page_of(client, actors.case, "case_examination")
    assert queries.facts(actors.case, "complaint").count() == 2


def test_tests_left_open_again_become_unknown(actors: Actors) -> None:
    examined(actors, puranen_orava="positive")
    examined(actors)
    last = queries.last_fact(actors.case, "complaint")
    assert last
    assert "examination" not in (last.entry or {})


# --- follow-up


def states(case: Case) -> list[tuple[str, str]]:
    recovery = queries.standing(Case.objects.get(pk=case.pk), today()).recovery
    return [(str(look.what), look.state) for look in follow_up(case, recovery)]


def test_planned_looks_reach_from_the_first_days_to_a_year_after_the_return(actors: Actors) -> None:
    told = states(actors.case)
    assert told[0] == ("Opnieuw naar de klacht kijken", "planned")
    assert [what for what, _ in told][-1] == "52 weken na de terugkeer"
    assert ("26 weken na de terugkeer", "planned") in told


def test_a_look_is_done_when_answers_were_taken_anew_and_missed_when_they_were_not(actors: Actors) -> None:
    case = opened_case(user("looks@example.org", "Looks"), actors.practice, days_ago=2)
    looks = [state for what, state in states(case) if what.startswith("Opnieuw")]
    assert looks[0] == "missed", "day 4 was yesterday"
    check_in(case, today(), answers={"walking": ANSWERS["walking"]})
    assert next(state for what, state in states(case) if what.startswith("Opnieuw")) == "done"


def test_what_a_therapist_measured_is_a_look_as_well(actors: Actors) -> None:
    case = opened_case(user("looks@example.org", "Looks"), actors.practice, days_ago=2)
    assert Conclusion.objects.get(case=case).next_recheck == today() - timedelta(days=1)
    entry = {"test": "straight_leg_raise", "side": "left", "value": 60, "unit": "deg", "method": "inclinometer",
             "tester": "therapist", "date": today().isoformat()}  # fmt: skip
    fact = NewFact(part=Fact.Part.MEASUREMENTS, entry=entry, day=today())
    record_fact(case=case, fact=fact, by=actors.treats, today=today())
    assert next(state for what, state in states(case) if what.startswith("Opnieuw")) == "done"
    assert Conclusion.objects.get(case=case).next_recheck > today()


def test_a_phase_that_was_gained_is_done_with_its_day(actors: Actors) -> None:
    recovery = queries.standing(actors.case, today()).recovery
    from dataclasses import replace

    moved = replace(recovery.progress, position=replace(recovery.progress.position, phase=2))
    DecisionMade.objects.create(
        case=actors.case, day=today(), subject="phase", action="advance", rule="gate_open", numbers={"phase": 2.0}
    )
    looks = follow_up(actors.case, replace(recovery, progress=moved))
    assert [(look.day, look.state) for look in looks if look.what.startswith("Fase")] == [
        (today(), "done"), (None, "planned"), (None, "planned"),
    ]  # fmt: skip


# --- closing


def test_a_case_is_closed_with_a_reason_and_opened_again(actors: Actors) -> None:
    client = client_of(actors.treats)
    client.post(address(actors.case, "case_close"), {"reason": "recovered", "note": "Terug in het eerste."})
    assert Case.objects.get(pk=actors.case.pk).closed_on == today()
    assert "gesloten op" in page_of(client, actors.case)
    client.post(address(actors.case, "case_close"), {"note": "De klacht kwam terug."})
    assert Case.objects.get(pk=actors.case.pk).closed_on is None
    assert list(Closure.objects.order_by("pk").values_list("reason", flat=True)) == ["recovered", "reopened"]
    assert Event.objects.filter(what__in=["case:closed", "case:reopened"], case_id=actors.case.pk).count() == 2


def test_a_case_is_not_opened_again_without_a_reason(actors: Actors) -> None:
    client = client_of(actors.treats)
    client.post(address(actors.case, "case_close"), {"reason": "stopped"})
    page = client.post(address(actors.case, "case_close"), {"note": ""}).content.decode()
    assert "Schrijf op waarom" in page
    assert Case.objects.get(pk=actors.case.pk).closed_on == today()


def test_closing_a_case_on_hold_is_warned_against(actors: Actors) -> None:
    page = page_of(client_of(actors.treats), held_since_yesterday(actors), "case_close")
    assert "Dit dossier staat stil door een alarmsignaal" in page


def test_every_look_at_a_case_leaves_a_line(actors: Actors) -> None:
    page_of(client_of(actors.colleague), actors.case, "case_assessment")
    assert Event.objects.filter(action="read", what="case_assessment", by=actors.colleague).count() == 1


def test_a_correction_of_facts_still_opens(actors: Actors) -> None:
    fact = check_in(actors.case, today())
    gone = NewFact(part=Fact.Part.CHECK_INS, entry=None, day=today(), corrects=fact, reason="verkeerde dag")
    record_fact(case=actors.case, fact=gone, by=actors.patient, today=today())
    assert "check-in deze week" not in page_of(client_of(actors.treats), actors.case)
