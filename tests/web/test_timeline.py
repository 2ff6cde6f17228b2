"""One line of time: everything that happened, from several apps, four weeks at a time."""

from datetime import date, timedelta
from itertools import pairwise

from django.urls import reverse
from django.utils import timezone

from herstel_web.cases.actions import NewFact, conclude, record_fact
from herstel_web.cases.models import Case, DecisionMade, Fact
from herstel_web.cases.queries import standing
from herstel_web.casework import actions
from herstel_web.casework.actions import Judged
from herstel_web.casework.timeline import Entry, kinds, timeline
from herstel_web.correspondence.actions import Upload, Written, add_file, remove_file, send_message, write_note
from tests.web.actors import Actors, check_in, client_of, opened_case, user


def today() -> date:
    return timezone.localdate()


def told(case: Case, back: int = 0, only: str = "") -> tuple[Entry, ...]:
    recovery = standing(Case.objects.get(pk=case.pk), today()).recovery
    return timeline(case, recovery, back, only).entries


def titles(case: Case, only: str) -> list[str]:
    return [one.title for one in told(case, only=only)]


def record(actors: Actors, part: Fact.Part, entry: dict[str, object], corrects: Fact | None = None) -> Fact:
    fact = NewFact(part=part, entry=entry, day=today(), corrects=corrects, reason="verkeerd getypt" if corrects else "")
    return record_fact(case=actors.case, fact=fact, by=actors.treats, today=today())


def measured(actors: Actors, value: int, corrects: Fact | None = None) -> Fact:
    entry = {"test": "straight_leg_raise", "side": "left", "value": value, "unit": "deg", "method": "inclinometer",
             "tester": "therapist", "date": today().isoformat()}  # fmt: skip
    return record(actors, Fact.Part.MEASUREMENTS, entry, corrects)


# --- what is told


def test_it_begins_with_the_complaint_its_assessment_and_the_goal(actors: Actors) -> None:
    assert titles(actors.case, "complaint") == ["De klacht is verteld", "Beoordeling, zoals die nu is"]
    (goal,) = told(actors.case, only="plan")
    assert goal.lines == ("gewone dag zonder last, 3 dagen per week",)


def test_check_ins_are_told_a_week_at_a_time_with_the_range_of_what_was_told(actors: Actors) -> None:
    case = opened_case(user("weeks@example.org", "Weeks"), actors.practice, days_ago=21)
    for number in range(15):
        check_in(
            case, today() - timedelta(days=number), pain_worst=1 + number % 4, note="Ging goed." if not number else ""
        )
    weeks = told(case, only="check_ins")
    assert len(weeks) == 3
    assert any("ergste pijn 1–4" in line for one in weeks for line in one.lines)
    assert f"{today():%d-%m}: Ging goed." in weeks[0].lines


def test_a_sign_in_a_check_in_stands_out(actors: Actors) -> None:
    check_in(actors.case, today(), sharp_stab=True, symptoms={"bladder_bowel_saddle_change": True})
    (week,) = told(actors.case, only="check_ins")
    assert week.tone == "is-bad"
    assert week.lines[0] == "een scherpe steek"


def test_sets_that_were_ticked_off_are_counted_with_their_week(actors: Actors) -> None:
    check_in(actors.case, today())
    for number in (1, 2):
        entry = {"date": today().isoformat(), "exercise": "glute_bridge", "set": number, "amount": 10}
        record(actors, Fact.Part.SETS, entry)
    (week,) = told(actors.case, only="check_ins")
    assert "2 series afgevinkt" in week.lines


def test_measurements_of_a_day_stand_together_and_a_correction_says_what_it_corrects(actors: Actors) -> None:
    wrong = measured(actors, 26)
    measured(actors, 62, corrects=wrong)
    (entry,) = told(actors.case, only="measurements")
    assert entry.who == "Treats"
    assert "62°" in entry.lines[0]
    assert entry.lines[1] == "verbetert een eerdere: verkeerd getypt"


def test_what_the_therapist_says_of_a_contributor_is_told(actors: Actors) -> None:
    for contributor in ("core", "previous_injury"):
        entry = {"contributor": contributor, "verdict": "rejected", "reason": "Goed.", "date": today().isoformat()}
        record(actors, Fact.Part.JUDGEMENTS, entry)
    said = told(actors.case, only="measurements")
    assert {one.title for one in said} == {"Oorzaak in de keten verworpen"}
    assert {one.lines[1] for one in said} == {"Goed."}
    assert not {one.lines[0] for one in said} & {"core", "previous_injury"}


def test_what_the_therapist_changed_in_the_plan_is_told_with_the_name_of_the_exercise(actors: Actors) -> None:
    entry = {"kind": "lock", "exercise": "glute_bridge", "reason": "Doet goed.", "date": today().isoformat()}
    record(actors, Fact.Part.EDITS, entry)
    edit = next(one for one in told(actors.case, only="plan") if one.title == "Oefening vastgezet")
    assert "glute_bridge" not in edit.lines[0]
    assert edit.lines[1] == "Doet goed."


def test_a_phase_and_other_decisions_are_told_by_their_rules(actors: Actors) -> None:
    for subject, action, rule in (
        ("phase", "step_back", "two_flare_ups"),
        ("glute_bridge", "advance", "two_good"),
        ("person", "refer", "red_flag"),
        ("an_own_exercise", "advance", "a_rule_of_long_ago"),
    ):
        DecisionMade.objects.create(case=actors.case, day=today(), subject=subject, action=action, rule=rule)
    (phase,) = told(actors.case, only="phases")
    assert phase.title.startswith("Je fase: ")
    assert phase.tone == "is-warn"
    (others,) = told(actors.case, only="decisions")
    assert others.title == "3 beslissingen"
    assert others.tone == "is-bad"
    assert "Alarmsignaal" in others.lines


def test_who_agreed_to_a_shared_decision_is_told(actors: Actors) -> None:
    entry = {"role": "coach", "agrees": False, "date": today().isoformat(), "note": "Nog niet in de wedstrijd."}
    record(actors, Fact.Part.CONFIRMATIONS, entry)
    (said,) = told(actors.case, only="decisions")
    assert (said.title, said.lines) == ("Niet akkoord: de trainer", ("Nog niet in de wedstrijd.",))


def test_what_the_practice_did_is_told(actors: Actors) -> None:
    judged = Judged(subject="grade", value="1", engine="2", reason="Kracht is gelijk.", seen="")
    actions.override(case=actors.case, judged=judged, by=actors.treats)
    actions.close(case=actors.case, reason="stopped", note="", by=actors.treats, today=today())
    actions.close(case=actors.case, reason="reopened", note="Toch verder.", by=actors.treats, today=today())
    actions.look_at(case=actors.case, reason="stalled", since=today(), by=actors.treats)
    assert titles(actors.case, "practice") == ["Bekeken", "Weer geopend", "Gesloten", "Anders geoordeeld"]
    assert told(actors.case, only="practice")[0].lines == ("Geen stap vooruit",)
    assert "Herstel: Graad 2" in told(actors.case, only="practice")[-1].lines[0]


def test_notes_messages_and_files_are_told_with_who_wrote_them(actors: Actors) -> None:
    wrong = write_note(case=actors.case, written=Written(text="SLR links 62.", by=actors.treats))
    write_note(case=actors.case, written=Written(text="x" * 400, by=actors.colleague), corrects=wrong)
    send_message(case=actors.case, written=Written(text="Dag!", by=actors.patient), from_person=True, address="")
    upload = Upload(name="brief.pdf", kind="application/pdf", chunks=[b"%PDF-1.7"])
    kept = add_file(case=actors.case, upload=upload, from_person=True, by=actors.patient)
    (note,) = told(actors.case, only="notes")
    assert (note.title, note.who, note.lines[0][-1]) == ("Notitie, verbeterd", "Colleague", "…")
    assert titles(actors.case, "messages") == ["Bericht van de persoon"]
    assert told(actors.case, only="files")[0].lines == ("brief.pdf",)
    remove_file(file=kept, because="van iemand anders", by=actors.treats)
    assert told(actors.case, only="files")[0].lines == ("verwijderd: van iemand anders",)


# --- how it is shown


def test_newest_stands_first(actors: Actors) -> None:
    case = opened_case(user("order@example.org", "Order"), actors.practice, days_ago=20)
    check_in(case, today())
    days = [one.day for one in told(case)]
    assert days == sorted(days, reverse=True)
    assert len(set(days)) > 1


def test_four_weeks_are_shown_at_a_time_and_nothing_falls_between(actors: Actors) -> None:
    case = opened_case(user("far@example.org", "Far"), actors.practice, days_ago=100)
    conclude(case=case, today=today())
    recovery = standing(case, today()).recovery
    parts = [timeline(case, recovery, back) for back in range(4)]
    assert [one.earlier for one in parts] == [1, 2, 3, None]
    assert [one.later for one in parts] == [None, 0, 1, 2]
    assert all(new.first - timedelta(days=1) == old.last for new, old in pairwise(parts))
    assert (parts[0].last, parts[3].first) == (today(), case.opened_on)
    assert "De klacht is verteld" in [one.title for one in parts[3].entries]
    assert timeline(case, recovery, 99) == parts[3]


def test_the_page_turns_back_filters_and_survives_nonsense(actors: Actors) -> None:
    case = opened_case(user("turn@example.org", "Turn"), actors.practice, days_ago=100)
    client, address = client_of(actors.treats), reverse("case", args=[case.pk])
    page = client.get(address).content.decode()
    assert 'href="?back=1"' in page
    assert "De klacht is verteld" not in page
    assert "De klacht is verteld" in client.get(address, {"back": "3", "kind": "complaint"}).content.decode()
    assert "In deze weken is niets vastgelegd" in client.get(address, {"back": "1", "kind": "notes"}).content.decode()
    assert client.get(address, {"back": "-7", "kind": "nonsense"}).status_code == 200


def test_every_kind_has_a_name_and_can_be_chosen(actors: Actors) -> None:
    page = client_of(actors.treats).get(reverse("case", args=[actors.case.pk])).content.decode()
    for kind in kinds().values():
        assert f'<option value="{kind.id}">{kind.name}</option>' in page


def test_more_entries_take_no_more_queries(actors: Actors, django_assert_max_num_queries: object) -> None:
    recovery = standing(actors.case, today()).recovery

    def filled(times: int) -> None:
        for _ in range(times):
            write_note(case=actors.case, written=Written(text="Notitie", by=actors.treats))
            send_message(case=actors.case, written=Written(text="Dag", by=actors.treats), from_person=False, address="")
            DecisionMade.objects.create(
                case=actors.case, day=today(), subject="person", action="review", rule="recheck_due"
            )
            judged = Judged(subject="grade", value="", engine="2", reason="", seen="")
            actions.override(case=actors.case, judged=judged, by=actors.treats)

    filled(2)
    with django_assert_max_num_queries(20) as few:  # type: ignore[operator]
        timeline(actors.case, recovery)
    filled(20)
    with django_assert_max_num_queries(len(few)):  # type: ignore[operator]
        timeline(actors.case, recovery)
