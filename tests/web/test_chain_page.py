"""The chain of a case, judged by a therapist."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from herstel_web.cases import actions, queries
from herstel_web.cases.actions import NewFact
from herstel_web.cases.models import Case, Fact
from tests.web.actors import Actors, client_of

TODAY = timezone.localdate()
ANKLE = "ankle_foot"


def url(name: str, case: Case) -> str:
    return reverse(name, kwargs={"case_id": case.pk})


def with_stiff_ankle(actors: Actors) -> None:
    entries = [
        {"test": "knee_to_wall", "side": side, "value": value, "method": "tape", "tester": "therapist",
         "date": TODAY.isoformat()}
        for side, value in (("left", 5), ("right", 12))
    ]  # fmt: skip
    facts = [NewFact(part=Fact.Part.MEASUREMENTS, entry=one, day=TODAY) for one in entries]
    actions.record_facts(case=actors.case, facts=facts, by=actors.treats, today=TODAY)


def page(actors: Actors, who: Any = None) -> str:
    answer = client_of(who or actors.treats).get(url("case_chain", actors.case))
    assert answer.status_code == 200
    return answer.content.decode()


def judge(actors: Actors, who: Any = None, **told: Any) -> Any:
    usual = {"contributor": ANKLE, "verdict": "confirmed", "reason": "stijf bij onderzoek", "seen": ""}
    return client_of(who or actors.treats).post(url("case_chain_judge", actors.case), {**usual, **told})


def verdicts(case: Case) -> dict[str, str]:
    case.refresh_from_db()
    chain = queries.standing(case, TODAY).recovery.chain
    return {one.id: one.judgement.verdict for one in chain.contributors if one.judgement}


def standing_id(case: Case) -> int:
    return queries.facts(case, "judgements").get().pk


def test_a_finding_is_told_with_its_evidence_and_source_beside_the_picture(actors: Actors) -> None:
    with_stiff_ankle(actors)
    text = page(actors)
    assert "enkel en voet (links)" in text
    assert "bewijs" in text
    assert "Bron:" in text
    assert "van achteren" in text, "the picture"
    assert "Wat je nu het best meet" in text


def test_an_empty_chain_says_how_to_begin(actors: Actors) -> None:
    text = page(actors)
    assert "Niet gemeten is niet hetzelfde als normaal" in text
    assert reverse("case_chain_tests", kwargs={"case_id": actors.case.pk}) in text


def test_a_hypothesis_is_confirmed_or_rejected_with_a_reason(actors: Actors) -> None:
    with_stiff_ankle(actors)
    assert judge(actors).status_code == 302
    assert verdicts(actors.case) == {ANKLE: "confirmed"}
    assert "stijf bij onderzoek" in page(actors)
    assert judge(actors, verdict="rejected", reason="oude breuk", seen=standing_id(actors.case)).status_code == 302
    assert verdicts(actors.case) == {ANKLE: "rejected"}
    assert Fact.objects.filter(case=actors.case, part="judgements").count() == 2


def test_what_is_rejected_is_not_trained_and_what_is_confirmed_is(actors: Actors) -> None:
    def trained_for() -> set[str]:
        actors.case.refresh_from_db()
        plan = queries.standing(actors.case, TODAY).recovery.plan_now
        return {finding for one in plan.exercises for finding in one.why.findings}

    with_stiff_ankle(actors)
    assert ANKLE in trained_for()
    judge(actors, verdict="rejected")
    assert ANKLE not in trained_for()


def test_without_a_reason_nothing_is_kept(actors: Actors) -> None:
    with_stiff_ankle(actors)
    answer = judge(actors, reason="  ")
    assert answer.status_code == 400
    assert "de reden is leeg" in answer.content.decode()
    assert verdicts(actors.case) == {}


def test_a_judgement_is_undone_by_taking_it_back(actors: Actors) -> None:
    with_stiff_ankle(actors)
    judge(actors)
    judge(actors, verdict="back", seen=standing_id(actors.case))
    assert verdicts(actors.case) == {}
    assert Fact.objects.filter(case=actors.case, part="judgements").count() == 2, "nothing is lost"


def test_a_therapist_may_find_what_no_test_named(actors: Actors) -> None:
    assert judge(actors, contributor="pelvis", reason="voorwaarts gekanteld").status_code == 302
    assert verdicts(actors.case) == {"pelvis": "confirmed"}


def test_what_does_not_exist_is_refused(actors: Actors) -> None:
    assert judge(actors, contributor="no_such_link").status_code == 400
    assert judge(actors, verdict="maybe").status_code == 400


def test_two_therapists_do_not_judge_over_each_other(actors: Actors) -> None:
    with_stiff_ankle(actors)
    assert judge(actors).status_code == 302
    late = judge(actors, actors.colleague, verdict="rejected", reason="soepel")
    assert late.status_code == 400
    text = late.content.decode()
    assert "intussen beoordeeld" in text
    assert "soepel" in text, "what was typed is not lost"
    assert verdicts(actors.case) == {ANKLE: "confirmed"}


def test_who_may_only_read_cannot_judge(actors: Actors) -> None:
    with_stiff_ankle(actors)
    text = page(actors, actors.read_only)
    assert "enkel en voet" in text
    assert 'name="verdict"' not in text
    assert judge(actors, actors.read_only).status_code == 404
    assert verdicts(actors.case) == {}


def test_the_page_asks_the_database_little(actors: Actors, django_assert_max_num_queries: Any) -> None:
    with_stiff_ankle(actors)
    page(actors)
    with django_assert_max_num_queries(30):
        page(actors)
