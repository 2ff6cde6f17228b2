from typing import Any

import pytest

from herstel.knowledge.model import Knowledge
from herstel.plan.activities import activities_on, takes_part
from herstel.plan.circumstances import circumstances
from herstel.plan.model import SportEvent
from tests.unit.plan.people import SPRINT_STRAIN, a_chain, a_goal, assessed_as, at_phase

EVENTS = (SportEvent(kind="training", weekday=1, minutes=90), SportEvent(kind="match", weekday=5, minutes=90))


def now(knowledge: Knowledge, phase: int, track: Any = "strain", *, step: int = 1, **goal: Any) -> Any:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    position = at_phase(phase, running_step=step)
    return circumstances(assessment, a_chain(assessment), a_goal(events=EVENTS, **goal), track, position, knowledge)


def answers(knowledge: Knowledge, weekday: int, one: Any) -> dict[str, str]:
    rules = {rule.id: rule for rule in knowledge.plan.activities}
    return {rules[name].topic: rules[name].answer for name in activities_on(weekday, one)}


def test_every_topic_has_one_answer_on_every_track_and_phase(knowledge: Knowledge) -> None:
    always = {rule.topic for rule in knowledge.plan.activities if rule.day == "any"}
    for track in knowledge.plan.tracks:
        for phase in {"see_first": (1,), "prevention": (4,)}.get(track, (1, 2, 3, 4)):
            found = answers(knowledge, 3, now(knowledge, phase, track))
            assert set(found) == always, (track, phase)


def test_walking_may_and_sprinting_may_not_in_the_first_phase(knowledge: Knowledge) -> None:
    found = answers(knowledge, 3, now(knowledge, 1))
    assert found["walking"] == "yes"
    assert found["sprinting"] == found["jogging"] == found["heat"] == "no"


def test_jogging_opens_with_the_phases(knowledge: Knowledge) -> None:
    assert [answers(knowledge, 3, now(knowledge, phase))["jogging"] for phase in (1, 2, 3)] == ["no", "adapted", "yes"]


def test_a_tendon_and_a_growing_skeleton_jog_later(knowledge: Knowledge) -> None:
    assert answers(knowledge, 3, now(knowledge, 2, "tendinopathy"))["jogging"] == "no"
    assert answers(knowledge, 3, now(knowledge, 3, "growth_plate"))["jogging"] == "adapted"


def test_training_and_match_are_answered_on_their_day(knowledge: Knowledge) -> None:
    assert answers(knowledge, 1, now(knowledge, 2))["training"] == "no"
    assert "training" not in answers(knowledge, 2, now(knowledge, 2))
    assert answers(knowledge, 5, now(knowledge, 4))["match"] == "adapted"
    assert answers(knowledge, 4, now(knowledge, 4))["eve"] == "adapted"


def test_rolling_is_answered_by_what_is_contraindicated(knowledge: Knowledge) -> None:
    assert answers(knowledge, 3, now(knowledge, 3))["rolling"] == "yes"
    blood = now(knowledge, 3, contraindications=frozenset({"anticoagulants"}))
    assert answers(knowledge, 3, blood)["rolling"] == answers(knowledge, 3, blood)["massage"] == "no"
    assert answers(knowledge, 3, now(knowledge, 3, contraindications=frozenset({"acute_72h"})))["rolling"] == "no"


@pytest.mark.parametrize(
    ("phase", "step", "training", "match"),
    [(3, 12, False, False), (4, 10, False, False), (4, 11, True, False), (4, 12, True, True)],
)
def test_taking_part_follows_the_running_ladder(
    phase: int, step: int, training: bool, match: bool, knowledge: Knowledge
) -> None:
    one = now(knowledge, phase, step=step)
    assert (takes_part("training", one), takes_part("match", one)) == (training, match)


def test_who_has_no_complaint_plays(knowledge: Knowledge) -> None:
    assert takes_part("match", now(knowledge, 4, "prevention"))
