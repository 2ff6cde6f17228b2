import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel_web.cases.models import Case, Conclusion, Fact
from herstel_web.cases.queries import last_fact, standing
from herstel_web.goals import bridge
from herstel_web.goals.forms import EVENT_KINDS, FEARS, KINDS, LEVELS, MANAGED, SPORTS
from tests.web.actors import Actors, client_of
from tests.web.visitor import Page

TODAY = timezone.localdate()
A_WEEK = {"kind": "sport", "sport": "sprint_ball", "tuesday": "30", "friday": "40", "morning_routine": "on"}


def seen(client: Client, address: str) -> str:
    found = re.search(r'goal-form">.*?name="seen" value="(\d+)"', Page(client.get(address)).html, re.DOTALL)
    assert found
    return found[1]


def told(case: Case) -> dict[str, object]:
    last = last_fact(case, Fact.Part.GOAL)
    assert last
    return dict(last.entry or {})


def test_the_words_of_the_form_are_those_the_domain_knows() -> None:
    for words, known in (
        (KINDS, bridge.GOAL_KINDS),
        (SPORTS, bridge.SPORT_KINDS),
        (LEVELS, bridge.SPORT_LEVELS),
        (FEARS, bridge.FEARS),
        (MANAGED, bridge.MANAGED),
        (EVENT_KINDS, bridge.EVENT_KINDS),
    ):
        assert set(words) == set(known)


def test_the_plan_is_made_for_the_week_that_was_told(actors: Actors) -> None:
    client, address = client_of(actors.patient), reverse("goal")
    answer = client.post(address, A_WEEK | {"seen": seen(client, address), "equipment": ["band"]})
    assert answer.headers["Location"] == reverse("home")
    assert told(actors.case)["days"] == {"tuesday": 30, "friday": 40}
    case = Case.objects.get(pk=actors.case.pk)
    assert Conclusion.objects.get(case=case).facts_version == case.facts_version
    plan = standing(case, TODAY).recovery.plan_now
    trained = {day.date.weekday() for day in plan.week.days if any(one.kind == "main" for one in day.sessions)}
    assert trained <= {1, 4}


def test_what_the_form_does_not_ask_stays(actors: Actors) -> None:
    before = told(actors.case)
    client, address = client_of(actors.patient), reverse("goal")
    client.post(address, A_WEEK | {"seen": seen(client, address), "managed": "loading_cleared"})
    after = told(actors.case)
    assert after["start"] == before["start"]
    assert "managed" not in after, "only a clinician decides that"


def test_only_the_therapist_takes_a_reason_away(actors: Actors) -> None:
    reason = bridge.reasons_to_name("nl")[0][0]
    therapist, theirs = client_of(actors.treats), reverse("case_plan_goal", args=[actors.case.pk])
    person, mine = client_of(actors.patient), reverse("goal")
    therapist.post(theirs, A_WEEK | {"seen": seen(therapist, theirs), "contraindications": [reason]})
    person.post(mine, A_WEEK | {"seen": seen(person, mine)})
    assert told(actors.case)["contraindications"] == [reason]
    therapist.post(theirs, A_WEEK | {"seen": seen(therapist, theirs), "managed": "loading_cleared"})
    assert told(actors.case)["contraindications"] == []
    assert told(actors.case)["managed"] == "loading_cleared"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"tuesday": "", "friday": ""}, "minstens één dag"),
        ({"tuesday": "900"}, "240"),
        ({"event_1_kind": "match", "event_1_day": "saturday"}, "hoeveel minuten"),
        ({"target_date": (TODAY - timedelta(days=40)).isoformat()}, "target_date"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(typed: dict[str, str], says: str, actors: Actors) -> None:
    client, address = client_of(actors.patient), reverse("goal")
    facts = Fact.objects.filter(case=actors.case).count()
    answer = client.post(address, A_WEEK | typed | {"seen": seen(client, address)})
    page = Page(answer)
    assert page.status == 200
    assert says in page.text
    for value in typed.values():
        assert not value or f'value="{value}"' in page.html
    assert Fact.objects.filter(case=actors.case).count() == facts


def test_person_and_therapist_never_overwrite_each_other(actors: Actors) -> None:
    person, mine = client_of(actors.patient), reverse("goal")
    therapist, theirs = client_of(actors.treats), reverse("case_plan_goal", args=[actors.case.pk])
    old = seen(person, mine)
    therapist.post(theirs, A_WEEK | {"seen": seen(therapist, theirs), "monday": "15"})
    answer = person.post(mine, A_WEEK | {"seen": old, "sunday": "55"})
    assert answer.status_code == 409
    assert 'value="55"' in Page(answer).html
    assert told(actors.case)["days"] == {"monday": 15, "tuesday": 30, "friday": 40}


def test_a_therapist_sees_what_another_week_changes_before_it_is_kept(actors: Actors) -> None:
    client, address = client_of(actors.treats), reverse("case_plan_goal", args=[actors.case.pk])
    before, first = told(actors.case), seen(client, address)
    text = Page(client.post(address, A_WEEK | {"seen": first, "look": "1"})).html
    assert "Wat dat verandert in het plan" in text
    assert f'name="seen" value="{first}"' in text
    assert told(actors.case) == before
    assert "Wat dat verandert" not in Page(client_of(actors.patient).get(reverse("goal"))).html


def test_a_therapist_who_comes_second_sees_what_saving_would_change(actors: Actors) -> None:
    address = reverse("case_plan_goal", args=[actors.case.pk])
    mine, theirs = client_of(actors.treats), client_of(actors.colleague)
    first = seen(mine, address)
    theirs.post(address, A_WEEK | {"seen": first})
    late = mine.post(address, A_WEEK | {"seen": first, "tuesday": "60"})
    assert late.status_code == 409
    assert "Wat dat verandert in het plan" in late.content.decode()
    assert told(actors.case)["days"] == {"tuesday": 30, "friday": 40}
