import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases import actions
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from herstel_web.cases.queries import facts, standing
from herstel_web.training import bridge
from herstel_web.training.forms import STOP_SIGNS, Form, check_in_entry, told_together
from herstel_web.training.told import as_form
from tests.web.actors import Actors, check_in, client_of, in_training
from tests.web.visitor import Page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)
CALM: Mapping[str, Any] = {"pain_next_morning": "2", "stiffness_min": "5", "pain_now": "2", "pain_worst": "3"}


def posted(case: Case, day: date | None = None, **fields: object) -> Page:
    """Send a check-in the way the page does."""
    address = reverse("check_in") if day is None else reverse("check_in_day", args=[day.isoformat()])
    given = {"key": str(uuid4()), "date": (day or TODAY).isoformat(), **fields}
    return Page(client_of(case.person.user).post(address, given))


def standing_entry(case: Case, day: date = TODAY) -> dict[str, Any]:
    found = facts(case, "check_ins").filter(day=day).last()
    assert found is not None
    return dict(found.entry or {})


def entry_of(ticked: Mapping[str, int] | None = None, **fields: object) -> dict[str, Any]:
    """What a form becomes."""
    lists = {name: value if isinstance(value, list) else [str(value)] for name, value in fields.items()}
    form = Form(fields={"date": [TODAY.isoformat()], **{name.replace("__", "."): one for name, one in lists.items()}})
    return check_in_entry(form, ticked or {}, bridge.sign_findings())


# --- what was filled in ----------------------------------------------------------------------------------------------


def test_what_is_left_open_is_not_in_the_record() -> None:
    assert entry_of() == {"date": TODAY.isoformat()}
    assert entry_of(pain_now="", walking="", note="") == {"date": TODAY.isoformat()}


def test_a_zero_is_an_answer_and_a_comma_is_a_point() -> None:
    assert entry_of(pain_now="0")["pain_now"] == 0
    assert entry_of(sleep_h="7,5")["sleep_h"] == 7.5


def test_only_none_of_these_says_that_a_stop_sign_is_not_there() -> None:
    assert entry_of(stop="none") | dict.fromkeys(STOP_SIGNS, False) == entry_of(stop="none")
    told = entry_of(stop=["gave_way"])
    assert told["gave_way"] is True
    assert "sharp_stab" not in told
    assert not set(STOP_SIGNS) & set(entry_of())


def test_a_warning_sign_is_told_as_its_findings_and_none_of_these_as_their_absence() -> None:
    told = entry_of(sign=["rf_now.bladder_bowel"])["symptoms"]
    assert told == {"bladder_bowel_saddle_change": True}
    none = entry_of(sign="none")["symptoms"]
    assert set(none.values()) == {False}
    assert set(none) == {finding for found in bridge.sign_findings().values() for finding in found}


def test_a_sign_beside_none_of_these_counts_as_a_sign() -> None:
    assert entry_of(sign=["none", "rf_now.cold_leg"])["symptoms"] == {"cold_pale_blue_leg": True}
    assert entry_of(stop=["none", "sharp_stab"])["sharp_stab"] is True


def test_as_planned_is_what_the_page_said_was_planned() -> None:
    told = entry_of(done="as_planned", plan=["glute_bridge|3|12", "hip_hinge|2|"], plan_step="2", plan_minutes="25")
    assert told["done"] == [
        {"exercise": "glute_bridge", "sets": 3, "amount": 12.0},
        {"exercise": "hip_hinge", "sets": 2},
    ]
    assert told["runs"] == [{"step": 2}]
    assert told["session_min"] == 25


def test_sets_that_were_ticked_off_speak_for_themselves() -> None:
    told = entry_of({"glute_bridge": 3}, done="as_planned", plan=["glute_bridge|3|12", "hip_hinge|2|8"])
    assert [one["exercise"] for one in told["done"]] == ["hip_hinge"]
    assert "done" not in entry_of({"glute_bridge": 3}, done="ticked", plan=["glute_bridge|3|12"])
    assert "done" not in entry_of({"glute_bridge": 3}, done="some", sets__glute_bridge="3")


def test_something_else_is_told_exercise_by_exercise() -> None:
    told = entry_of(
        done="some", sets__glute_bridge="2", sets__hip_hinge="", sets__bird_dog="0", could_not=["hip_hinge"]
    )
    assert told["done"] == [{"exercise": "glute_bridge", "sets": 2}]
    assert told["could_not"] == ["hip_hinge"]
    assert "session_min" not in entry_of(done="some", plan_minutes="25")


def test_nothing_done_is_no_exercise_and_no_minutes() -> None:
    told = entry_of(done="nothing", plan=["glute_bridge|3|12"], plan_minutes="25", plan_step="2")
    assert told == {"date": TODAY.isoformat()}


def test_a_run_is_told_with_its_step_pain_and_limp() -> None:
    told = entry_of(run_step="4", run_pain="1", run_limp="no", run_in_fatigue="1")
    assert told["runs"] == [{"step": 4, "pain": 1, "limp": False, "in_fatigue": True}]


def test_a_plan_that_no_page_of_ours_wrote_is_left_alone() -> None:
    assert "done" not in entry_of(done="as_planned", plan=["glute_bridge", "x|y|z", "x|2|z"])


def test_the_walking_of_a_look_again_is_that_of_the_check_in_too() -> None:
    told = entry_of(q__walking="limping_painless", qs__bruise=["none"], qs__course=["unknown", "better"])
    assert told["walking"] == "limping"
    assert told["answers"] == {"walking": "limping_painless", "bruise": ["none"], "course": "unknown"}


def test_a_second_telling_completes_the_first_and_takes_no_sign_away() -> None:
    first = {"date": "d", "pain_now": 3, "gave_way": True, "symptoms": {"a": True, "b": False}, "note": "one"}
    later = {"date": "d", "pain_now": 1, "gave_way": False, "symptoms": {"a": False, "b": True}, "note": "two"}
    told = told_together(first, later)
    assert told == {
        "date": "d", "pain_now": 1, "gave_way": True, "symptoms": {"a": True, "b": True}, "note": "one / two",
    }  # fmt: skip
    assert told_together({"date": "d"}, {"date": "d", "pain_now": 2}) == {"date": "d", "pain_now": 2}


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "asked"), [("nl", "Hoe loop je?"), ("en", "How do you walk?")])
def test_the_check_in_asks_everything_in_both_languages(language: str, asked: str) -> None:
    client = client_of(in_training(days=30).person.user)
    client.cookies["herstel_language"] = language
    page = Page(client.get(reverse("check_in")))
    assert page.status == 200
    for sign in bridge.signs(language):  # type: ignore[arg-type]
        assert f'value="{sign.id}"' in page.html
    assert 'name="sign" value="none"' in page.html
    assert "112" in page.text
    assert asked in page.text or "q.walking" in page.html


def test_a_check_in_is_recorded_and_says_what_it_changed() -> None:
    case = in_training()
    page = posted(case, **CALM, walking="pain_free", sign="none", stop="none")
    assert page.leads_to == reverse("check_in_saved")
    entry = standing_entry(case)
    assert (entry["pain_now"], entry["walking"], entry["sharp_stab"]) == (2, "pain_free", False)
    saved = Page(client_of(case.person.user).get(page.leads_to))
    assert "Je check-in is binnen" in saved.text


def test_the_same_form_sent_twice_is_one_check_in() -> None:
    case = in_training()
    key = str(uuid4())
    for _ in range(2):
        posted(case, key=key, **CALM)
    assert Fact.objects.filter(case=case, part="check_ins", day=TODAY).count() == 1


def test_a_second_check_in_of_a_day_keeps_the_first_readable() -> None:
    case = in_training()
    posted(case, pain_now="6", sign="rf_ill.fever")
    posted(case, pain_worst="7", sign="none")
    entry = standing_entry(case)
    assert (entry["pain_now"], entry["pain_worst"], entry["symptoms"]["fever_or_unwell"]) == (6, 7, True)
    assert Fact.objects.filter(case=case, part="check_ins", day=TODAY).count() == 2


def test_a_warning_sign_leads_to_the_call_at_once() -> None:
    case = in_training()
    page = posted(case, **CALM, sign="rf_now.bladder_bowel")
    client = client_of(case.person.user)
    answer = client.get(page.leads_to)
    assert answer.headers["Location"] == reverse("act")
    assert 'href="tel:112"' in Page(client.get(reverse("act"))).html


def test_a_stop_sign_says_stop_and_whom_to_call() -> None:
    case = in_training()
    page = posted(case, **CALM, stop="gave_way")
    saved = Page(client_of(case.person.user).get(page.leads_to))
    assert "Wie je belt" in saved.text
    assert "Stop met wat je deed" in saved.text


def test_a_complaint_that_somebody_must_see_says_whom_and_when_and_still_takes_check_ins() -> None:
    case = in_training()
    complaint = {"answers": {"age": 40, "rf_ill": ["weight_loss"], "places": ["left.thigh_middle"]}}
    fact = NewFact(part=Fact.Part.COMPLAINT, entry=complaint, day=TODAY)
    actions.record_fact(case=case, fact=fact, by=case.person.user, today=TODAY)
    page = posted(case, **CALM)
    client = client_of(case.person.user)
    assert client.get(page.leads_to).headers["Location"] == reverse("act")
    assert "huisarts" in Page(client.get(reverse("act"))).heading
    assert standing_entry(case)["pain_now"] == 2


def test_what_cannot_be_is_told_with_its_field_and_nothing_typed_is_lost() -> None:
    case = in_training()
    page = posted(case, pain_now="3", session_min="lots", note="still here")
    assert page.status == 400
    assert "Minuten: 'lots'" in page.text
    assert "still here" in page.html
    assert re.search(r'name="pain_now" value="3" checked', page.html)
    assert not facts(case, "check_ins").filter(day=TODAY).exists()
    assert "Slaap: 30" in posted(case, sleep_h="30").text


def test_what_was_ticked_off_is_chosen_beforehand() -> None:
    case = in_training()
    tick = {"date": TODAY.isoformat(), "exercise": "glute_bridge", "set": 1, "amount": 8}
    actions.record_fact(
        case=case, fact=NewFact(part=Fact.Part.SETS, entry=tick, day=TODAY), by=case.person.user, today=TODAY
    )
    page = Page(client_of(case.person.user).get(reverse("check_in")))
    assert re.search(r'name="done" value="ticked" checked', page.html)
    assert "Wat ik heb afgevinkt: 1 serie" in page.text


def test_as_planned_from_the_page_becomes_the_exercises_of_the_day() -> None:
    case = in_training()
    page = Page(client_of(case.person.user).get(reverse("check_in")))
    plan = re.findall(r'name="plan" value="([^"]+)"', page.html)
    assert plan
    posted(case, done="as_planned", plan=plan, pain_during="1")
    assert [one["exercise"] for one in standing_entry(case)["done"]] == [one.split("|")[0] for one in plan]
    recovery = standing(Case.objects.get(pk=case.pk), TODAY, patience=timedelta(0)).recovery
    assert recovery.progress.check_ins[-1].done


def test_a_look_again_is_asked_and_revises_the_assessment() -> None:
    case = in_training(days=2)
    page = Page(client_of(case.person.user).get(reverse("check_in")))
    assert 'name="q.straighten"' in page.html
    page = posted(case, **{**CALM, "q.walking": "painful", "q.straighten": "full", "q.bruise": "no"})
    assert page.leads_to == reverse("check_in_saved")
    recovery = standing(Case.objects.get(pk=case.pk), TODAY, patience=timedelta(0)).recovery
    assert recovery.progress.reassessment is not None
    assert bridge.look_again(recovery, "nl") is None
    assert standing_entry(case)["walking"] == "some_pain"


def test_trust_and_fear_are_asked_once_a_week() -> None:
    case = in_training()
    client = client_of(case.person.user)
    assert 'name="confidence"' in Page(client.get(reverse("check_in"))).html
    check_in(case, YESTERDAY, confidence=6, fear_of_movement="low")
    assert 'name="confidence"' not in Page(client.get(reverse("check_in"))).html


# --- correcting and filling in later ---------------------------------------------------------------------------------


def test_a_day_is_corrected_with_a_reason_and_the_first_telling_stays() -> None:
    case = in_training()
    page = Page(client_of(case.person.user).get(reverse("check_in_day", args=[YESTERDAY.isoformat()])))
    assert re.search(r'name="pain_now" value="2" checked', page.html)
    assert posted(case, YESTERDAY, pain_now="7").status == 400
    assert posted(case, YESTERDAY, pain_now="7", reason="mixed up two days").leads_to == reverse("check_in_saved")
    assert standing_entry(case, YESTERDAY)["pain_now"] == 7
    old = Fact.objects.get(case=case, part="check_ins", day=YESTERDAY, corrects=None)
    assert old.corrected_by.reason == "mixed up two days"


def test_what_the_form_does_not_ask_stays_through_a_correction() -> None:
    case = in_training()
    done = [{"exercise": "glute_bridge", "sets": 3, "amount": 12, "rpe": 4, "pain": 1}]
    check_in(case, YESTERDAY, answers={"straighten": "tight"}, confidence=7, done=done, sport_share=1)
    posted(case, YESTERDAY, pain_now="1", reason="x", done="some", **{"sets.glute_bridge": "3"})
    entry = standing_entry(case, YESTERDAY)
    assert entry["answers"] == {"straighten": "tight"}
    assert entry["done"] == done
    assert (entry["confidence"], entry["pain_now"]) == (7, 1)


def test_two_corrections_at_once_do_not_overwrite_each_other(actors: Actors) -> None:
    from herstel.errors import InputError
    from herstel_web.training import actions as training

    fact = check_in(actors.case, TODAY)
    form = Form(fields={"date": [TODAY.isoformat()], "pain_now": ["5"]})
    training.correct_check_in(earlier=fact, form=form, reason="first", by=actors.patient, today=TODAY)
    with pytest.raises(InputError, match="somebody else"):
        training.correct_check_in(earlier=fact, form=form, reason="second", by=actors.patient, today=TODAY)


def test_the_check_in_of_today_opens_to_be_changed_and_needs_no_reason() -> None:
    case = in_training()
    posted(case, **CALM)
    answer = client_of(case.person.user).get(reverse("check_in"))
    assert answer.headers["Location"] == reverse("check_in_day", args=[TODAY.isoformat()])
    assert posted(case, TODAY, pain_now="4").leads_to == reverse("check_in_saved")
    assert standing_entry(case)["pain_now"] == 4


def test_a_forgotten_day_can_be_filled_in_and_another_day_cannot() -> None:
    case = in_training(days=20)
    client = client_of(case.person.user)
    free = TODAY - timedelta(days=5)
    for fact in facts(case, "check_ins").filter(day=free):
        taken_back = NewFact(part=Fact.Part.CHECK_INS, entry=None, day=free, corrects=fact)
        actions.record_fact(case=case, fact=taken_back, by=case.person.user, today=TODAY)
    page = Page(client.get(reverse("check_in_days")))
    assert reverse("check_in_day", args=[free.isoformat()]) in page.links()
    assert 'value="as_planned"' not in Page(client.get(reverse("check_in_day", args=[free.isoformat()]))).html
    assert posted(case, free, pain_now="2").leads_to == reverse("check_in_saved")
    assert standing_entry(case, free)["pain_now"] == 2
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=300)):
        assert client.get(reverse("check_in_day", args=[day.isoformat()])).status_code == 404
    assert client.get(reverse("check_in_day", args=["no-day"])).status_code == 404


def test_a_check_in_comes_back_in_its_form_as_it_was_told() -> None:
    entry = {
        "date": TODAY.isoformat(), "pain_now": 2, "stiffness_min": 7.5, "walking": "limping", "gave_way": True,
        "symptoms": {"fever_or_unwell": True}, "done": [{"exercise": "glute_bridge", "sets": 2}],
        "could_not": ["hip_hinge"], "runs": [{"step": 3, "pain": 1, "limp": True, "in_fatigue": True}], "note": "n",
    }  # fmt: skip
    fields = {"date": [TODAY.isoformat()], **as_form(entry).fields}
    assert check_in_entry(Form(fields=fields), {}, bridge.sign_findings()) == entry
    nothing = {"date": TODAY.isoformat(), **dict.fromkeys(STOP_SIGNS, False)}
    fields = {"date": [TODAY.isoformat()], **as_form(nothing).fields}
    assert check_in_entry(Form(fields=fields), {}, bridge.sign_findings()) == nothing
    none = entry_of(sign="none")
    fields = {"date": [TODAY.isoformat()], **as_form(none).fields}
    assert check_in_entry(Form(fields=fields), {}, bridge.sign_findings()) == none


def test_the_days_are_listed_fourteen_at_a_time() -> None:
    case = in_training(days=20)
    client = client_of(case.person.user)
    first = Page(client.get(reverse("check_in_days")))
    assert first.html.count('<li class="panel">') == 14
    assert "Eerdere dagen" in first.text
    second = Page(client.get(reverse("check_in_days") + "?page=2"))
    assert second.html.count('<li class="panel">') == 6


def test_somebody_without_check_ins_reads_how_to_begin(actors: Actors) -> None:
    page = Page(client_of(actors.patient).get(reverse("check_in_days")))
    assert "Nog geen check-ins" in page.text
