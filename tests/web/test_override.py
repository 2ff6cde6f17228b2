"""A therapist judges otherwise: with the reason, beside what Herstel says, which stays."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from herstel_web.audit.models import Event
from herstel_web.cases.models import Conclusion
from herstel_web.cases.queries import standing
from herstel_web.casework import bridge
from herstel_web.casework.models import Override
from tests.web.actors import Actors, check_in, client_of

WHY = "Kracht in buiklig gelijk aan de andere kant."


def judge(actors: Actors, subject: str, value: str, reason: str = WHY, seen: object = "") -> Client:
    client = client_of(actors.treats)
    address = reverse("case_override", args=[actors.case.pk, subject])
    client.post(address, {"value": value, "reason": reason, "seen": seen})
    return client


def assessment(client: Client, actors: Actors) -> str:
    return str(client.get(reverse("case_assessment", args=[actors.case.pk])).content.decode())


@pytest.mark.parametrize(
    ("subject", "value", "said"),
    [
        ("condition", "proximal_tendinopathy", "peesklacht"),
        ("grade", "1", "Graad 1: lichte scheur"),
        ("urgency", "gp_week", "Deze week naar de huisarts"),
        ("imaging", "mri", "MRI"),
    ],
)
def test_each_subject_is_judged_otherwise_and_both_views_are_shown(
    actors: Actors, subject: str, value: str, said: str
) -> None:
    engine = bridge.engine_view(standing(actors.case, timezone.localdate()).recovery)[subject]
    page = assessment(judge(actors, subject, value), actors)
    kept = Override.objects.get(case=actors.case)
    assert (kept.subject, kept.value, kept.engine, kept.reason, kept.made_by) == (
        subject, value, engine, WHY, actors.treats,
    )  # fmt: skip
    shown = page.partition('id="own"')[2]
    assert bridge.value_name(subject, engine, "nl") in shown
    assert bridge.value_name(subject, value, "nl") in shown
    assert WHY in shown


def test_what_herstel_concludes_is_never_changed_by_it(actors: Actors) -> None:
    before = standing(actors.case, timezone.localdate()).recovery
    judge(actors, "urgency", "self_care")
    assert standing(actors.case, timezone.localdate()).recovery == before
    assert Conclusion.objects.get(case=actors.case).urgency == "physio"


def test_a_lower_urgency_is_marked_and_lifts_no_hold(actors: Actors) -> None:
    check_in(actors.case, timezone.localdate(), symptoms={"bladder_bowel_saddle_change": True})
    page = assessment(judge(actors, "urgency", "self_care"), actors)
    assert "lager dan Herstel zegt" in page
    assert Conclusion.objects.get(case=actors.case).on_hold
    listed = client_of(actors.treats).get(reverse("work_list"), {"reason": "on_hold"}).content.decode()
    assert ">Patient<" in listed


def test_a_higher_urgency_is_not_marked_as_lower(actors: Actors) -> None:
    assert "lager dan Herstel zegt" not in assessment(judge(actors, "urgency", "same_day"), actors)


@pytest.mark.parametrize(("value", "reason"), [("1", ""), ("1", "kort"), ("", WHY), ("nonsense", WHY)])
def test_without_a_reason_or_a_value_nothing_is_kept_and_what_was_typed_stays(
    actors: Actors, value: str, reason: str
) -> None:
    address = reverse("case_override", args=[actors.case.pk, "grade"])
    page = client_of(actors.treats).post(address, {"value": value, "reason": reason, "seen": ""}).content.decode()
    assert not Override.objects.exists()
    assert "errorlist" in page
    assert reason in page


def test_a_subject_that_does_not_exist_is_not_found(actors: Actors) -> None:
    address = reverse("case_override", args=[actors.case.pk, "mood"])
    assert client_of(actors.treats).post(address, {"value": "1", "reason": WHY}).status_code == 404


def test_a_new_judgement_ends_the_earlier_one_which_is_kept(actors: Actors) -> None:
    judge(actors, "grade", "1")
    first = Override.objects.get()
    judge(actors, "grade", "3", seen=first.pk)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert Override.objects.get(ended_at=None).value == "3"


def test_of_two_who_judge_at_once_the_second_is_told(actors: Actors) -> None:
    judge(actors, "grade", "1")
    client = judge(actors, "grade", "3", seen="")
    assert "Iemand anders wijzigde dit intussen" in assessment(client, actors)
    assert Override.objects.get(ended_at=None).value == "1"


def test_a_judgement_is_taken_back(actors: Actors) -> None:
    judge(actors, "grade", "1")
    address = reverse("case_override", args=[actors.case.pk, "grade"])
    client_of(actors.treats).post(address, {"back": "1", "seen": Override.objects.get().pk})
    assert not Override.objects.filter(ended_at=None).exists()
    assert Event.objects.filter(what="override:grade", case_id=actors.case.pk).count() == 2


def test_when_herstel_says_something_else_since_it_asks_whether_the_judgement_still_stands(actors: Actors) -> None:
    judge(actors, "grade", "1")
    assert "Klopt het oordeel nog?" not in assessment(client_of(actors.treats), actors)
    Override.objects.update(engine="3")
    assert "Klopt het oordeel nog?" in assessment(client_of(actors.treats), actors)


def test_who_only_reads_is_offered_no_judgement(actors: Actors) -> None:
    page = assessment(client_of(actors.read_only), actors)
    assert "Anders oordelen" not in page
    assert "<h3>Hoe erg</h3>" in page
