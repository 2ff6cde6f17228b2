"""The plan of a case, changed by a therapist in a draft that nobody overwrites."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel.plan.goal_file import WEEKDAYS
from herstel.plan.model import Plan
from herstel_web.cases import actions, queries
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from herstel_web.planning import bridge
from herstel_web.planning.models import PlanDraft
from tests.web.actors import Actors, client_of

TODAY = timezone.localdate()
WEEK = dict.fromkeys(WEEKDAYS, 60)


@pytest.fixture(autouse=True)
def time_every_day(actors: Actors) -> None:
    goal = {**dict(queries.facts(actors.case, "goal").get().entry or {}), "days": WEEK}
    fact = NewFact(part=Fact.Part.GOAL, entry=goal, day=TODAY)
    actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    actions.conclude(case=actors.case, today=TODAY)


def url(name: str, case: Case, **parts: Any) -> str:
    return reverse(name, kwargs={"case_id": case.pk, **parts})


def plan_now(case: Case) -> Plan:
    case.refresh_from_db()
    return queries.standing(case, TODAY).recovery.plan_now


def ids(plan: Plan) -> set[str]:
    return {one.exercise for one in plan.exercises}


def first(case: Case) -> str:
    """An exercise that can be moved."""
    plan = plan_now(case)
    return next(one.exercise for one in plan.exercises if bridge.day_choices(plan, one.exercise, "nl"))


def change(client: Client, case: Case, kind: str, exercise: str = "", **told: Any) -> Any:
    return client.post(url("case_plan_change", case), {"kind": kind, "exercise": exercise, **told})


def page(client: Client, case: Case) -> str:
    answer = client.get(url("case_plan", case))
    assert answer.status_code == 200
    return answer.content.decode()


def save(client: Client, case: Case, reason: str = "past beter", **told: Any) -> Any:
    """Saves what stands on the page as it is now."""
    shown = client.get(url("case_plan", case)).context["editor"]
    seen = {"basis": shown.basis, "version": shown.version, "reason": reason, **told}
    return client.post(url("case_plan_save", case), seen)


def saved(case: Case) -> list[dict[str, Any]]:
    return [fact.entry or {} for fact in queries.facts(case, "edits")]


# --- looking --------------------------------------------------------------------------------------------------------


def test_the_plan_shows_the_week_and_every_exercise_with_its_reason(actors: Actors) -> None:
    text = page(client_of(actors.treats), actors.case)
    assert "De komende zeven dagen" in text
    assert "Waarom: " in text
    for name in ids(plan_now(actors.case)):
        assert reverse("case_plan_exercise", args=[actors.case.pk, name]) in text


def test_who_may_only_read_sees_the_plan_and_cannot_change_it(actors: Actors) -> None:
    client, name = client_of(actors.read_only), first(actors.case)
    text = page(client, actors.case)
    assert "De komende zeven dagen" in text
    for part in ('name="move"', "Oefening toevoegen", "plan_drag"):
        assert part not in text
    for name_of_page in ("case_plan_exercise", "case_plan_library"):
        parts = {"exercise_id": name} if name_of_page == "case_plan_exercise" else {}
        assert b'name="kind" value=' not in client.get(url(name_of_page, actors.case, **parts)).content.replace(
            b'<input type="hidden" name="kind" value="add">', b""
        )
    assert change(client, actors.case, "remove", name).status_code == 404
    for post in ("case_plan_move", "case_plan_undo", "case_plan_drop", "case_plan_keep", "case_plan_save"):
        assert client.post(url(post, actors.case)).status_code == 404
    assert not PlanDraft.objects.exists()


# --- changing -------------------------------------------------------------------------------------------------------


def test_a_change_stands_in_a_draft_with_what_it_changes_until_it_is_saved(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    assert change(client, actors.case, "remove", name, reason="irriteert").status_code == 302
    text = page(client, actors.case)
    assert "Nog niet bewaard" in text
    assert "Niet meer" in text, "what changes, in words"
    assert "irriteert" in text
    assert name in ids(plan_now(actors.case)), "nobody else sees it"
    assert "Nog niet bewaard" not in page(client_of(actors.colleague), actors.case)
    assert save(client, actors.case).status_code == 302
    assert name not in ids(plan_now(actors.case))
    assert [(one["kind"], one["reason"]) for one in saved(actors.case)] == [("remove", "irriteert")]
    assert "Nog niet bewaard" not in page(client, actors.case)


def test_nothing_is_saved_without_a_reason(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "remove", first(actors.case))
    answer = save(client, actors.case, reason="  ")
    assert answer.status_code == 400
    assert "de reden is leeg" in answer.content.decode()
    assert saved(actors.case) == []
    assert save(client, actors.case, reason="op verzoek").status_code == 302
    assert saved(actors.case)[0]["reason"] == "op verzoek"


def test_an_exercise_is_kept_in(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    change(client, actors.case, "lock", name, reason="gaat goed")
    save(client, actors.case)
    assert next(one for one in plan_now(actors.case).exercises if one.exercise == name).locked


def test_equivalents_are_offered_and_what_is_not_safe_only_with_its_reason(actors: Actors) -> None:
    client, plan = client_of(actors.treats), plan_now(actors.case)
    name = first(actors.case)
    text = client.get(url("case_plan_exercise", actors.case, exercise_id=name)).content.decode()
    rows = bridge.equivalent_rows(plan, name, "nl")
    assert any(one.reason for one in rows)
    for one in rows:
        offered = f'name="other" value="{one.exercise}"' in text
        assert offered is (not one.reason)
    other = next(one.exercise for one in rows if not one.reason)
    assert change(client, actors.case, "replace", name, other=other, reason="liever dit").status_code == 302
    save(client, actors.case)
    assert other in ids(plan_now(actors.case))


def test_what_is_not_safe_now_is_refused_with_the_reason_and_what_was_typed_stays(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    answer = change(client, actors.case, "replace", name, other="max_sprint", reason="snel terug")
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "niet veilig" in text
    assert "snel terug" in text
    assert change(client, actors.case, "add", "nordic_curl", reason="x").status_code == 400
    assert not PlanDraft.objects.exists()


def test_dose_and_times_a_week_are_changed_and_the_hold_stays(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    before = next(one for one in plan_now(actors.case).exercises if one.exercise == name)
    told = {"sets": "2", "amount": "7", "unit": before.dose.unit, "times_per_week": "1"}
    assert change(client, actors.case, "dose", name, reason="rustiger", **told).status_code == 302
    save(client, actors.case)
    after = next(one for one in plan_now(actors.case).exercises if one.exercise == name)
    assert (after.dose.sets_high, after.dose.amount_high, after.times_per_week) == (2, 7, 1)
    assert after.dose.per_side == before.dose.per_side


@pytest.mark.parametrize(
    ("field", "value"), [("sets", "99"), ("amount", "veel"), ("times_per_week", "9"), ("sets", "")]
)
def test_a_dose_that_is_not_possible_is_refused(field: str, value: str, actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    told = {"sets": "2", "amount": "7", "unit": "reps", "times_per_week": "2", field: value}
    answer = change(client, actors.case, "dose", name, reason="rustiger", **told)
    assert answer.status_code == 400
    assert "rustiger" in answer.content.decode()


def test_an_exercise_of_the_library_is_found_and_added(actors: Actors) -> None:
    client = client_of(actors.treats)
    text = client.get(url("case_plan_library", actors.case), {"q": "kat en kameel"}).content.decode()
    assert "Kat en kameel" in text
    assert "Zijplank" not in text
    assert change(client, actors.case, "add", "cat_camel", reason="stijve rug").status_code == 302
    save(client, actors.case)
    assert "cat_camel" in ids(plan_now(actors.case))


OWN = {
    "name_nl": "Handdoek schuiven", "name_en": "Towel slide", "target": "hamstring_strength", "sets": "3",
    "amount": "8", "unit": "reps", "minutes": "6", "times_per_week": "2", "per_side": "on", "cues": "Hiel naar je toe",
    "contraindications": ["pregnancy_supine"],
}  # fmt: skip


def test_a_therapist_adds_an_exercise_of_their_own_and_can_change_it_later(actors: Actors) -> None:
    client = client_of(actors.treats)
    assert change(client, actors.case, "own", reason="kent ze", **OWN).status_code == 302
    save(client, actors.case)
    (own,) = plan_now(actors.case).own.values()
    assert (own.name.nl, own.name.en) == ("Handdoek schuiven", "Towel slide")
    assert own.contraindications == {"pregnancy_supine"}
    assert own.cues[0].nl == "Hiel naar je toe"
    assert change(client, actors.case, "lock", own.id, reason="blijft").status_code == 302
    assert save(client, actors.case).status_code == 302
    change(client, actors.case, "remove", own.id, reason="klaar ermee")
    save(client, actors.case)
    assert own.id not in ids(plan_now(actors.case))
    assert "Handdoek schuiven" in page(client, actors.case), "by its name, also after it was taken out"


def test_an_own_exercise_that_is_not_complete_is_refused_and_nothing_typed_is_lost(actors: Actors) -> None:
    answer = change(
        client_of(actors.treats), actors.case, "own", reason="kent ze", **{**OWN, "minutes": "", "sets": "0"}
    )
    assert answer.status_code == 400
    text = answer.content.decode()
    assert 'value="Handdoek schuiven"' in text
    assert "Hiel naar je toe" in text
    assert 'value="pregnancy_supine" id="not-pregnancy_supine" checked' in text


def test_an_own_exercise_heavy_asks_for_rest(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "own", reason="zwaar", **OWN, heavy="on")
    save(client, actors.case)
    (own,) = plan_now(actors.case).own.values()
    assert own.heavy
    assert own.rest_h == 48


def test_a_change_of_nothing_that_exists_is_refused(actors: Actors) -> None:
    client = client_of(actors.treats)
    assert change(client, actors.case, "remove", "no_such_exercise").status_code == 400
    assert change(client, actors.case, "explode", first(actors.case)).status_code == 400
    assert client.get(url("case_plan_exercise", actors.case, exercise_id="no_such_exercise")).status_code == 404


# --- days -----------------------------------------------------------------------------------------------------------


def test_an_exercise_moves_to_another_day_by_a_button_that_needs_no_mouse(actors: Actors) -> None:
    client = client_of(actors.treats)
    text = page(client, actors.case)
    start, card = next(
        (day.weekday, card)
        for day in bridge.day_columns(plan_now(actors.case), "nl")
        for session in day.sessions
        for card in session.cards
        if card.later is not None
    )
    name = card.exercise
    value = f"{name} {start} {card.later}"
    assert f'name="move" value="{value}"' in text
    assert client.post(url("case_plan_move", actors.case), {"move": value}).status_code == 302
    assert save(client, actors.case, reason="druk op die dag").status_code == 302
    days = bridge.weekdays_of(plan_now(actors.case), name)
    assert card.later in days
    assert start not in days
    (edit,) = saved(actors.case)
    assert (edit["kind"], edit["reason"]) == ("day", "druk op die dag")


@pytest.mark.parametrize("wrong", ["", "glute_bridge", "no_such 0 1", "{name} 0 9", "{name} x y"])
def test_a_day_that_is_not_possible_is_refused(wrong: str, actors: Actors) -> None:
    client = client_of(actors.treats)
    answer = client.post(
        url("case_plan_move", actors.case), {"move": wrong.format(name=first(actors.case))}, follow=True
    )
    assert "Die dag kan niet" in answer.content.decode()
    assert not PlanDraft.objects.exists()


def test_days_can_be_ticked_too(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    change(client, actors.case, "day", name, days=["1", "5"], reason="past beter")
    save(client, actors.case)
    assert bridge.weekdays_of(plan_now(actors.case), name) == {1, 5}
    assert change(client, actors.case, "day", name, reason="geen").status_code == 400, "at least one day"


def test_moving_twice_is_one_change(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    change(client, actors.case, "day", name, days=["1", "5"])
    change(client, actors.case, "day", name, days=["2", "5"])
    assert [one["edit"]["days"] for one in PlanDraft.objects.get().entries] == [["wednesday", "saturday"]]


# --- taking back ----------------------------------------------------------------------------------------------------


def test_a_saved_change_is_undone_through_the_draft_and_kept_in_the_record(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    change(client, actors.case, "remove", name, reason="irriteert")
    save(client, actors.case)
    fact = queries.facts(actors.case, "edits").get()
    client.post(url("case_plan_undo", actors.case), {"fact": fact.pk})
    assert "teruggedraaid" in page(client, actors.case)
    save(client, actors.case, reason="toch niet")
    assert name in ids(plan_now(actors.case))
    assert saved(actors.case) == []
    assert Fact.objects.filter(case=actors.case, part="edits").count() == 2
    gone = client.post(url("case_plan_undo", actors.case), {"fact": fact.pk}, follow=True)
    assert "al teruggedraaid" in gone.content.decode()


def test_one_change_is_left_out_of_the_draft_or_all_are_thrown_away(actors: Actors) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    change(client, actors.case, "lock", name)
    change(client, actors.case, "add", "cat_camel")
    drop = url("case_plan_drop", actors.case)
    client.post(drop, {"place": 0, "version": 2})
    assert [one["edit"]["exercise"] for one in PlanDraft.objects.get().entries] == ["cat_camel"]
    old = client.post(drop, {"place": 0, "version": 2}, follow=True)
    assert "ander venster" in old.content.decode()
    client.post(drop, {"all": "1", "version": 3})
    assert not PlanDraft.objects.exists()


# --- two therapists -------------------------------------------------------------------------------------------------


def test_who_saves_second_overwrites_nothing_sees_both_and_chooses(actors: Actors) -> None:
    mine, theirs = client_of(actors.treats), client_of(actors.colleague)
    name = first(actors.case)
    change(mine, actors.case, "lock", name)
    change(mine, actors.case, "add", "cat_camel", reason="ook van mij")
    shown = mine.get(url("case_plan", actors.case)).context["editor"]
    change(theirs, actors.case, "remove", name, reason="van de collega")
    assert save(theirs, actors.case).status_code == 302

    late = mine.post(
        url("case_plan_save", actors.case), {"basis": shown.basis, "version": shown.version, "reason": "toch nodig"}
    )
    assert late.status_code == 409
    text = late.content.decode()
    for part in ("Iemand anders heeft intussen iets bewaard", "van de collega", "ook van mij", "toch nodig"):
        assert part in text
    assert [one["kind"] for one in saved(actors.case)] == ["remove"], "nothing was written over"
    again = save(mine, actors.case)
    assert again.status_code == 409, "not before both were looked at and a choice was made"

    now = mine.get(url("case_plan", actors.case)).context["editor"]
    keep = {"basis": now.basis, "version": now.version, "keep": ["1"]}
    assert mine.post(url("case_plan_keep", actors.case), keep).status_code == 302
    assert save(mine, actors.case).status_code == 302
    assert [(one["kind"], one["exercise"]) for one in saved(actors.case)] == [("remove", name), ("add", "cat_camel")]


def test_a_new_goal_counts_as_saved_in_between_too(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "add", "cat_camel", reason="x")
    goal = dict(queries.last_fact(actors.case, "goal").entry or {})  # type: ignore[union-attr]
    fact = NewFact(part=Fact.Part.GOAL, entry={**goal, "days": {"monday": 20}}, day=TODAY)
    actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    text = page(client, actors.case)
    assert "Het doel" in text
    assert "Iemand anders heeft intussen iets bewaard" in text
    assert save(client, actors.case).status_code == 409
    now = client.get(url("case_plan", actors.case)).context["editor"]
    client.post(url("case_plan_keep", actors.case), {"basis": now.basis - 1, "version": now.version, "keep": ["0"]})
    assert PlanDraft.objects.get().basis != now.basis, "not on a basis that is no longer the last"
    client.post(url("case_plan_drop", actors.case), {"all": "1", "version": now.version})
    assert not PlanDraft.objects.exists()


def test_an_old_window_does_not_save_what_it_does_not_show(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "add", "cat_camel", reason="x")
    shown = client.get(url("case_plan", actors.case)).context["editor"]
    change(client, actors.case, "lock", first(actors.case), reason="y")
    old = {"basis": shown.basis, "version": shown.version, "reason": "z"}
    assert client.post(url("case_plan_save", actors.case), old).status_code == 409
    assert saved(actors.case) == []


def test_what_somebody_else_took_back_in_between_is_not_taken_back_twice(actors: Actors) -> None:
    mine, theirs = client_of(actors.treats), client_of(actors.colleague)
    change(mine, actors.case, "remove", first(actors.case), reason="irriteert")
    save(mine, actors.case)
    fact = queries.facts(actors.case, "edits").get()
    for client in (mine, theirs):
        client.post(url("case_plan_undo", actors.case), {"fact": fact.pk, "reason": "toch niet"})
    save(theirs, actors.case)
    assert save(mine, actors.case).status_code == 409
    now = mine.get(url("case_plan", actors.case)).context["editor"]
    mine.post(url("case_plan_keep", actors.case), {"basis": now.basis, "version": now.version, "keep": ["0"]})
    assert not PlanDraft.objects.exists(), "nothing is left to do"
    assert Fact.objects.filter(case=actors.case, part="edits", entry__isnull=True).count() == 1


# --- safe -----------------------------------------------------------------------------------------------------------


def test_a_change_that_became_unsafe_never_keeps_a_check_in_from_being_recorded(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "add", "glute_bridge", reason="x")
    save(client, actors.case)
    assert "glute_bridge" in ids(plan_now(actors.case))
    goal = dict(queries.last_fact(actors.case, "goal").entry or {})  # type: ignore[union-attr]
    fact = NewFact(part=Fact.Part.GOAL, entry={**goal, "contraindications": ["pregnancy_supine"]}, day=TODAY)
    actions.record_fact(case=actors.case, fact=fact, by=actors.patient, today=TODAY)
    told = {"date": TODAY.isoformat(), "pain_now": 8, "sharp_stab": True}
    actions.record_fact(
        case=actors.case, fact=NewFact(part=Fact.Part.CHECK_INS, entry=told, day=TODAY), by=actors.patient, today=TODAY
    )
    assert "glute_bridge" not in ids(plan_now(actors.case)), "set aside, not refused"
    assert queries.facts(actors.case, "check_ins").exists()


def test_while_somebody_must_look_first_nothing_is_put_in(actors: Actors) -> None:
    told = {"date": TODAY.isoformat(), "symptoms": {"bladder_bowel_saddle_change": True}}
    actions.record_fact(
        case=actors.case, fact=NewFact(part=Fact.Part.CHECK_INS, entry=told, day=TODAY), by=actors.patient, today=TODAY
    )
    client = client_of(actors.treats)
    assert "Nu geen oefeningen" in page(client, actors.case)
    change(client, actors.case, "add", "cat_camel", reason="x")
    save(client, actors.case)
    assert ids(plan_now(actors.case)) == set()


# --- paper and speed ------------------------------------------------------------------------------------------------


def test_the_sheet_holds_the_week_and_every_exercise_with_its_figure(actors: Actors) -> None:
    text = client_of(actors.read_only).get(url("case_plan_sheet", actors.case)).content.decode()
    plan = plan_now(actors.case)
    assert text.count('<figure class="chart">') == len(plan.exercises)
    assert "112" in text
    assert "Je week" in text


def test_the_sheet_says_where_there_is_no_figure(actors: Actors) -> None:
    client = client_of(actors.treats)
    change(client, actors.case, "own", reason="kent ze", **OWN)
    save(client, actors.case)
    assert "Geen tekening" in client.get(url("case_plan_sheet", actors.case)).content.decode()


def test_the_pages_ask_the_database_little(actors: Actors, django_assert_max_num_queries: Any) -> None:
    client, name = client_of(actors.treats), first(actors.case)
    for exercise in sorted(ids(plan_now(actors.case)))[:3]:
        change(client, actors.case, "lock", exercise, reason="blijft")
        save(client, actors.case)
    change(client, actors.case, "add", "cat_camel", reason="x")
    pages = (
        ("case_plan", {}), ("case_plan_sheet", {}), ("case_plan_library", {}),
        ("case_plan_exercise", {"exercise_id": name}),
    )  # fmt: skip
    for page_name, parts in pages:
        client.get(url(page_name, actors.case, **parts))
        with django_assert_max_num_queries(30):
            client.get(url(page_name, actors.case, **parts))
