import zlib
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from herstel.errors import InputError
from herstel_web.audit.models import Event
from herstel_web.cases import actions, queries
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Conclusion, Fact
from tests.web.actors import Actors, check_in, opened_case, user

TODAY = timezone.localdate()
CALM = {"date": TODAY.isoformat(), "pain_now": 2}
NOT_WAITING = timedelta(0)


def told(case: Case, **fields: object) -> Fact:
    entry = {**CALM, **fields}
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=TODAY)
    return actions.record_fact(case=case, fact=fact, by=case.person.user, today=TODAY)


def test_a_fact_is_never_changed_or_removed_by_itself(actors: Actors) -> None:
    fact = told(actors.case)
    with pytest.raises(TypeError, match="written once"):
        fact.save()
    with pytest.raises(TypeError, match="never removed"):
        fact.delete()
    with pytest.raises(TypeError, match="written once"):
        Fact.objects.all().update(reason="x")
    with pytest.raises(TypeError, match="never removed"):
        Fact.objects.all().delete()


def test_erasing_a_case_takes_its_facts_along(actors: Actors) -> None:
    told(actors.case)
    actors.case.delete()
    assert not Fact.objects.filter(case_id=actors.case.pk).exists()


def test_the_same_key_twice_is_one_fact(actors: Actors) -> None:
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=CALM, day=TODAY, key=uuid4())
    first, second = (actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY) for _ in range(2))
    assert first == second
    assert Fact.objects.filter(case=actors.case, part="check_ins").count() == 1


def test_what_cannot_be_read_is_refused_and_nothing_is_kept(actors: Actors) -> None:
    with pytest.raises(InputError, match="pain_now"):
        told(actors.case, pain_now=44)
    assert not queries.facts(actors.case, "check_ins").exists()


def test_every_fact_leaves_a_line_in_the_trail(actors: Actors) -> None:
    told(actors.case)
    line = Event.objects.filter(action="write").latest("pk")
    assert (line.what, line.by, line.case_id) == ("fact:check_ins", actors.patient, actors.case.pk)


def test_a_warning_sign_is_judged_before_the_answer_goes_out(actors: Actors) -> None:
    told(actors.case, symptoms={"bladder_bowel_saddle_change": True})
    conclusion = Conclusion.objects.get(case=actors.case)
    assert conclusion.on_hold
    assert conclusion.urgency == "emergency"
    assert conclusion.facts_version == Case.objects.get(pk=actors.case.pk).facts_version


def test_an_ordinary_check_in_is_worked_out_in_the_background(
    actors: Actors, django_capture_on_commit_callbacks: object
) -> None:
    told(actors.case)
    case = Case.objects.get(pk=actors.case.pk)
    assert queries.standing(case, TODAY).pending
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        told(actors.case, date=(TODAY - timedelta(days=0)).isoformat(), pain_worst=3)
    case.refresh_from_db()
    now = queries.standing(case, TODAY)
    assert not now.pending
    assert now.recovery.progress.check_ins


def test_a_page_does_not_wait_for_a_background_that_never_comes(actors: Actors) -> None:
    told(actors.case)
    case = Case.objects.get(pk=actors.case.pk)
    assert not queries.standing(case, TODAY, patience=NOT_WAITING).pending


def test_a_correction_takes_the_place_of_what_it_corrects(actors: Actors) -> None:
    first = told(actors.case, pain_now=8)
    entry = {**CALM, "pain_now": 1}
    fact = NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=TODAY, corrects=first, reason="typing error")
    second = actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    assert list(queries.facts(actors.case, "check_ins")) == [second]
    case = Case.objects.get(pk=actors.case.pk)
    recovery = queries.standing(case, TODAY).recovery
    assert [one.pain_now for one in recovery.progress.check_ins] == [1]
    with pytest.raises(InputError, match="somebody else"):
        actions.record_fact(
            case=actors.case,
            fact=NewFact(part=Fact.Part.CHECK_INS, entry=entry, day=TODAY, corrects=first),
            by=actors.patient,
            today=TODAY,
        )


def test_sets_that_were_ticked_off_become_part_of_the_day(actors: Actors) -> None:
    for number in (1, 2):
        tick = {"date": TODAY.isoformat(), "exercise": "glute_bridge", "set": number, "amount": 8, "pain": number}
        fact = NewFact(part=Fact.Part.SETS, entry=tick, day=TODAY)
        actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    case = Case.objects.get(pk=actors.case.pk)
    recovery = queries.standing(case, TODAY, patience=NOT_WAITING).recovery
    (day,) = recovery.progress.check_ins
    assert [(one.exercise, one.sets, one.amount, one.pain) for one in day.done] == [("glute_bridge", 2, 8, 2)]


def test_the_whole_history_holds_what_was_judged_however_long_ago(actors: Actors) -> None:
    old, today = TODAY - timedelta(days=200), TODAY
    case = opened_case(user("long@example.org"), days_ago=220)
    tick = {"date": old.isoformat(), "exercise": "glute_bridge", "set": 1, "amount": 8, "pain": 1}
    for part, day, entry in (
        (Fact.Part.CHECK_INS, old, {"date": old.isoformat(), "pain_now": 3}),
        (Fact.Part.SETS, old, tick),
        (Fact.Part.CHECK_INS, today, CALM),
    ):
        actions.record_fact(case=case, fact=NewFact(part=part, entry=entry, day=day), by=actors.patient, today=today)
    judged = actions.conclude(case=case, today=today).progress.check_ins
    kept = queries.standing(Case.objects.get(pk=case.pk), today).recovery
    assert [one.date for one in kept.progress.check_ins] == [today]
    whole = queries.with_whole_history(case, kept, today).progress.check_ins
    assert whole == tuple(replace(one, recorded=None) for one in judged)
    assert [one.exercise for one in whole[0].done] == ["glute_bridge"]


def test_the_injury_stays_on_its_day_when_the_plan_starts_later(actors: Actors) -> None:
    began = queries.standing(actors.case, TODAY).recovery.plan.goal.injury_date
    goal = {"kind": "daily_life", "start": (TODAY + timedelta(days=9)).isoformat(), "days": {"monday": 20}}
    fact = NewFact(part=Fact.Part.GOAL, entry=goal, day=TODAY)
    actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    case = Case.objects.get(pk=actors.case.pk)
    assert began == TODAY - timedelta(days=3)
    assert queries.standing(case, TODAY, patience=NOT_WAITING).recovery.plan.goal.injury_date == began


def test_a_new_day_is_worked_out_anew(actors: Actors) -> None:
    check_in(actors.case, TODAY)
    case = Case.objects.get(pk=actors.case.pk)
    later = TODAY + timedelta(days=3)
    assert queries.standing(case, later).recovery.progress.today == later
    assert Conclusion.objects.get(case=case).day == later


@pytest.mark.parametrize(
    "kept", [b"", b"not what it should be", zlib.compress(b"{}"), zlib.compress(b'{"forecast": 1}')]
)
def test_what_another_version_kept_in_another_form_is_worked_out_anew(actors: Actors, kept: bytes) -> None:
    Conclusion.objects.filter(case=actors.case).update(value=kept)
    case = Case.objects.get(pk=actors.case.pk)
    assert queries.standing(case, TODAY).recovery.progress.today == TODAY
    assert bytes(Conclusion.objects.get(case=case).value) != kept
