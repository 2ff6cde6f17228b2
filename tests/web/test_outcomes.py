"""The outcomes of a practice: what counts, for whom, and what is not shown."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel.outcomes.model import AfterReturn
from herstel_web.accounts.models import User
from herstel_web.audit.models import Event
from herstel_web.cases import actions as cases
from herstel_web.cases.models import Case, Fact
from herstel_web.outcomes import actions, bridge
from herstel_web.outcomes.models import CaseOutcome
from herstel_web.outcomes.queries import first_forecasts
from herstel_web.people.export import export_zip
from tests.unit.outcomes.cases import phase
from tests.web.actors import Actors, check_in, client_of, opened_case, user
from tests.web.counted import counted, many, told

PAGE, FILE = "outcomes", "outcomes_csv"
Queries = Callable[[int], Any]


def page(who: User, **asked: str) -> str:
    client = client_of(who)
    client.cookies["herstel_language"] = "en"
    answer = client.get(reverse(PAGE), asked)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def lines(who: User, **asked: str) -> list[dict[str, str]]:
    answer = client_of(who).get(reverse(FILE), asked)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def line(who: User, figure: str, about: str = "", **asked: str) -> dict[str, str]:
    (found,) = [one for one in lines(who, **asked) if (one["figure"], one["about"]) == (figure, about)]
    return found


@pytest.fixture
def five(actors: Actors) -> Actors:
    """Five persons who came back after 10 to 50 days, of whom the forecast held for four."""
    for number in range(1, 6):
        counted(
            actors.practice,
            therapist=actors.treats if number < 3 else None,
            days_ago=30 * number,
            milestones={"return": 10.0 * number},
            full_session_day=10.0 * number - number,
            returned_on=timezone.localdate(),
            after_return=AfterReturn(followed_days=20.0, stop_sign_days=4.0 if number == 1 else None),
            forecasts=(told(inside=number > 1),),
            phases=(phase(1, days=14, told=2 * number, trained=number, planned=8.0, as_planned=3, fewer=1),),
            gates={"1": number > 2},
        )
    CaseOutcome.objects.filter(case=actors.case).delete()
    return actors


# --- working out -----------------------------------------------------------------------------------------------------


def test_what_came_of_a_case_is_renewed_with_its_conclusion(actors: Actors) -> None:
    before = bridge.from_texts([CaseOutcome.objects.get(case=actors.case).value])[0]
    assert before.last_check_in is None
    assert before.person == str(actors.case.person_id)
    today = timezone.localdate()
    check_in(actors.case, today, sharp_stab=True)
    after = bridge.from_texts([CaseOutcome.objects.get(case=actors.case).value])[0]
    assert after.last_check_in == today
    assert (after.asked_fields, after.told_fields) == (5, 4)


def test_the_first_forecast_of_each_time_is_scored(actors: Actors) -> None:
    case = opened_case(user("other@example.org"), actors.practice, days_ago=30, sport="sprint_ball")
    today = timezone.localdate()
    for days_ago in (25, 24, 15, 2, 1):
        cases.conclude(case=case, today=today - timedelta(days=days_ago))
    records = first_forecasts(case)
    injured = today - timedelta(days=33)
    assert [one["day"] for one in records] == [  # type: ignore[index]
        (today - timedelta(days=days_ago) - injured).days for days_ago in (30, 25, 2)
    ]
    check_in(case, today, sharp_stab=True)
    outcome = bridge.from_texts([CaseOutcome.objects.get(case=case).value])[0]
    assert [(one.day, one.reached) for one in outcome.forecasts] == [
        (3.0, False),
        (8.0, False),
        (31.0, False),
    ]


def test_a_record_of_an_older_form_is_not_scored_and_breaks_nothing(actors: Actors) -> None:
    recovery = cases.work_out(case=actors.case, today=timezone.localdate())
    outcome = bridge.outcome_of(recovery, [{"day": 3}], "a", actors.case.opened_on)
    assert outcome.forecasts == ()


def test_what_goes_wrong_here_never_keeps_a_conclusion_from_being_kept(
    actors: Actors, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def wrong(*_: object) -> str:
        raise ValueError("no")

    monkeypatch.setattr(bridge, "to_text", wrong)
    today = timezone.localdate()
    check_in(actors.case, today, sharp_stab=True)
    actors.case.refresh_from_db()
    assert actors.case.conclusion.last_stop_sign == today
    assert "keep_outcome" in caplog.text


def test_cases_without_an_outcome_are_worked_out_in_the_background(actors: Actors) -> None:
    CaseOutcome.objects.filter(case=actors.case).delete()
    old = counted(actors.practice)
    CaseOutcome.objects.filter(case=old).update(form=0)  # its facts were never concluded: it stays as it is
    assert actions.work_out_some() is False
    assert CaseOutcome.objects.get(case=actors.case).form == bridge.FORM
    assert CaseOutcome.objects.get(case=old).form == 0


def test_the_background_does_some_at_a_time(actors: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    CaseOutcome.objects.all().delete()
    monkeypatch.setattr(actions, "SOME", 1)
    assert actions.work_out_some() is True
    assert CaseOutcome.objects.count() == 1
    assert actions.work_out_some() is False


def test_facts_that_cannot_be_worked_out_are_not_tried_again_and_not_counted(five: Actors) -> None:
    Fact.objects.bulk_create([Fact(case=five.case, part="check_ins", entry={"date": "never"}, day="2026-01-01")])
    actions.work_out_some()
    assert CaseOutcome.objects.get(case=five.case).value == ""
    assert actions.work_out_some() is False
    assert "1 case is not counted yet" in page(five.owner)


# --- who and which ---------------------------------------------------------------------------------------------------


def test_an_assistant_finds_no_outcomes(five: Actors) -> None:
    for name in (PAGE, FILE):
        assert client_of(five.assistant).get(reverse(name)).status_code == 404
        assert client_of(five.read_only).get(reverse(name)).status_code == 200


def test_cases_of_another_practice_never_count(five: Actors) -> None:
    elsewhere = five.outsider.memberships.get().practice
    assert "Not enough cases yet" in page(five.outsider)
    for _ in range(7):
        counted(elsewhere, milestones={"return": 400.0})
    assert line(five.owner, "own_goal")["n"] == "5"
    assert line(five.outsider, "own_goal")["n"] == "7"


def test_a_case_that_is_no_longer_shared_counts_no_more(five: Actors) -> None:
    case = Case.objects.filter(practice=five.practice, outcome__isnull=False).first()
    assert case is not None
    cases.share_with(case=case, practice=None, by=five.owner)
    assert "Not enough cases yet" in page(five.owner)


@pytest.mark.parametrize(
    ("asked", "n"),
    [
        ({}, 7),
        ({"months": "3"}, 5),
        ({"months": "6"}, 7),
        ({"months": "nonsense", "of": "kind-nonsense", "whose": "nobody"}, 7),
        ({"of": "kind-2"}, 5),
        ({"of": "track-strain"}, 7),
        ({"of": "track-see_first"}, 7),
    ],
)
def test_what_is_chosen_is_what_counts(actors: Actors, asked: dict[str, str], n: int) -> None:
    CaseOutcome.objects.all().delete()
    for number in range(7):
        counted(actors.practice, days_ago=10 if number < 5 else 120, component="2" if number < 5 else "1")
    assert line(actors.owner, "own_goal", **asked)["n"] == str(n)


def test_mine_are_those_that_i_treat(actors: Actors) -> None:
    CaseOutcome.objects.all().delete()
    for number in range(9):
        counted(actors.practice, therapist=actors.treats if number < 6 else actors.colleague)
    assert line(actors.treats, "own_goal", whose="mine")["n"] == "6"
    assert "Fewer than five persons fit this choice" in page(actors.colleague, whose="mine")


# --- what is shown ---------------------------------------------------------------------------------------------------


def test_figures_are_those_worked_out_by_hand(five: Actors) -> None:
    inside = line(five.owner, "inside_80", "all")
    assert (inside["persons"], inside["n"], inside["value"]) == ("5", "5", "0.8")
    assert (inside["low"], inside["high"]) == ("0.3755", "0.9638")  # Wilson
    shown = page(five.owner)
    assert '80 % (38–96 %)</span><span class="small">4 of 5<' in shown
    assert "<span>3 days</span>" in shown  # 2.6 on average, rounded and not cut off
    assert "30 (20–40)" in shown  # days to return: median and middle half; not the ends, which are of one person each
    assert '60 % (23–88 %)</span><span class="small">3 of 5<' in shown  # strength at the gate of phase 1
    assert "3.0 (2.0–4.0)" in shown  # check-in days a week
    assert "it came back in 1 of 5 cases" in shown.replace("\n", " ")


def test_fewer_than_five_persons_are_not_shown_anywhere(five: Actors) -> None:
    case = Case.objects.filter(practice=five.practice, outcome__isnull=False).first()
    assert case is not None
    assert "30 (20–40)" in page(five.owner)
    case.outcome.delete()
    assert "Not enough cases yet" in page(five.owner)
    assert {one["persons"] for one in lines(five.owner)} <= {"fewer than 5", "minder dan 5"}
    assert not any(one["value"] or one["n"] for one in lines(five.owner))


def test_persons_count_and_not_cases(actors: Actors) -> None:
    CaseOutcome.objects.all().delete()
    person = counted(actors.practice).person
    for _ in range(6):
        counted(actors.practice, person=person)
    assert "Not enough cases yet" in page(actors.owner)


def test_a_part_with_too_few_persons_is_not_shown_while_others_are(five: Actors) -> None:
    shown = page(five.owner)
    assert "fewer than 5" in shown
    assert line(five.owner, "inside_80", "7-20")["value"] == ""


@pytest.mark.parametrize(("number", "told"), [(2, "fewer than 5"), (6, "6")])
def test_how_many_stopped_is_not_told_of_a_phase_with_few_persons(actors: Actors, number: int, told: str) -> None:
    CaseOutcome.objects.all().delete()
    for place in range(8):
        counted(actors.practice, phase=3 if place < number else 4)
    row = re.search(r'<th scope="row">Phase 3.*?</tr>', page(actors.owner), re.DOTALL)
    assert row
    assert f'data-name="May have dropped out"><span>{told}</span>' in row[0]


def test_a_new_complaint_of_a_person_shows_that_it_came_back(five: Actors) -> None:
    first = Case.objects.filter(practice=five.practice, outcome__isnull=False, therapist=None).first()
    assert first is not None
    outcome = bridge.from_texts([first.outcome.value])[0]
    assert outcome.returned_on is not None
    counted(five.practice, person=first.person, days_ago=-3)
    assert line(five.owner, "by_new_complaint")["n"] == "1"


def test_other_complaints_are_left_out_and_counted(five: Actors) -> None:
    counted(five.practice, of_hamstring=False)
    counted(five.practice, of_hamstring=False)
    assert "2 cases are left out" in page(five.owner)
    assert line(five.owner, "own_goal")["n"] == "5"


def test_a_closed_case_has_not_dropped_out(actors: Actors) -> None:
    CaseOutcome.objects.all().delete()
    for number in range(6):
        counted(actors.practice, closed=number == 0)
    assert line(actors.owner, "may_have_dropped_out")["value"] == str(round(5 / 6, 4))
    assert line(actors.owner, "closed_before_return")["value"] == str(round(1 / 6, 4))


def test_the_page_says_which_day_a_forecast_is_held_against(five: Actors) -> None:
    counted(five.practice, sport=False)
    shown = page(five.owner)
    assert "how often the day of the first whole training or match lay inside" in shown
    assert "return by the table: 3 (2–4) days, median (middle half), of 5 persons" in shown
    assert "Left out, because the goal is no sport: 1." in shown
    assert line(five.owner, "days_from_whole_training_to_table")["value"] == "3.0"


def test_nothing_usual_stands_beside_the_return_by_the_table(five: Actors) -> None:
    usual = {one["about"] for one in lines(five.owner) if one["figure"] == "usual_median_and_80_in_100"}
    assert "eerste hele training of wedstrijd" in usual
    assert "volledig terug" not in usual


def test_the_page_says_how_it_counted_and_what_it_does_not_mean(five: Actors) -> None:
    shown = page(five.owner)
    for text in ("does not say why", "No scan confirms it", "not to compare people or practices", "Ekstrand 2012"):
        assert text in shown
    assert shown.count("<svg") >= 2  # the icons and at least one chart


def test_no_figure_names_anybody(five: Actors) -> None:
    answers = [client_of(five.owner).get(reverse(name)).content.decode() for name in (PAGE, FILE)]
    assert not any("Secret Name" in one for one in answers)


def test_taking_the_figures_along_leaves_a_line_in_the_trail(five: Actors) -> None:
    lines(five.treats)
    event = Event.objects.get(action=Event.Action.EXPORT, what="outcomes")
    assert (event.by, event.practice_id, event.person_id, event.case_id) == (five.treats, five.practice.pk, None, None)


def test_a_person_takes_along_what_was_kept_of_them(actors: Actors) -> None:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(export_zip(actors.case.person, timezone.now()))) as archive:
        assert str(actors.case.person_id) in archive.read("outcomes.json").decode()


def test_two_thousand_cases_take_few_queries(actors: Actors, django_assert_max_num_queries: Queries) -> None:
    many(actors.practice, 2000)
    client = client_of(actors.owner)
    with django_assert_max_num_queries(15):
        answer = client.get(reverse(PAGE))
    assert "2001" in answer.content.decode()
