from dataclasses import replace
from itertools import pairwise

import pytest

from herstel.knowledge.model import Knowledge
from herstel_simulation import assumptions as numbers
from herstel_simulation.body import Body, Chance, Load
from herstel_simulation.person import Person, draw_person, random_of

NOTHING_HAPPENS = Chance(flare_up=0.99, relapse=0.99, keeps=0.5)


@pytest.fixture
def person(knowledge: Knowledge) -> Person:
    drawn = draw_person(1, random_of(1, 1), knowledge)
    truth = replace(drawn.truth, days=40.0, grade="2", pain_nrs=6.0, stiff_deg=15.0, strength_first=0.5)
    return replace(drawn, truth=truth, injury_date=drawn.start)


def test_a_leg_that_is_left_alone_heals_and_then_is_fit(person: Person) -> None:
    body = Body(person)
    for _ in range(60):
        body.live(None, NOTHING_HAPPENS)
    assert body.fit
    assert body.days_to_fit() == 0


def test_pain_and_stiffness_fall_and_strength_rises_while_it_heals(person: Person) -> None:
    body = Body(person)
    course = []
    for _ in range(50):
        body.live(None, NOTHING_HAPPENS)
        course.append((body.worst_pain, body.stiff_deg, -body.strength, -body.isometric))
    for before, after in pairwise(course):
        assert all(late <= early for early, late in zip(before, after, strict=True))
    assert course[0][0] > 3 > course[-1][0]


def test_more_than_the_leg_can_take_may_flare_up_and_costs_days(person: Person) -> None:
    body = Body(person)
    before, pain = body.fraction, body.worst_pain
    assert body.live(Load(asks=0.8, running=True), Chance(flare_up=0.0, relapse=0.99, keeps=0.5)) == "flare_up"
    assert body.fraction <= before
    assert body.worst_pain > pain


def test_far_more_than_the_leg_can_take_may_tear_it_again(person: Person) -> None:
    body = Body(person)
    for _ in range(20):
        body.live(None, NOTHING_HAPPENS)
    before = body.fraction
    assert body.live(Load(asks=1.0, running=True), Chance(flare_up=0.0, relapse=0.0, keeps=0.5)) == "relapse"
    assert body.fraction < 0.7 * before
    assert body.setbacks == [(20, "relapse")]


def test_what_the_leg_can_take_never_tears_it(person: Person) -> None:
    body = Body(person)
    for _ in range(60):
        body.live(None, NOTHING_HAPPENS)
    assert body.live(Load(asks=0.9, running=True), Chance(flare_up=0.5, relapse=0.0, keeps=0.5)) is None


def test_readiness_is_lost_by_tearing_again(person: Person) -> None:
    body = Body(person)
    while not body.fit:
        body.live(None, NOTHING_HAPPENS)
    assert set(body.ready_on) == {"1", "2", "3", "return"}
    body.tear_again(0.0)
    assert "return" not in body.ready_on
    assert body.unready("return")


def test_just_below_what_a_gate_asks_is_not_called_unready(person: Person) -> None:
    body = Body(person)
    body.fraction = numbers.READY["2"] - 0.5 * numbers.TOLERANCE
    assert not body.unready("2")
    assert body.unready("3")


def test_a_tendon_starts_to_heal_when_the_programme_starts(person: Person) -> None:
    tendon = replace(person, truth=replace(person.truth, grade="tendinopathy"))
    late = replace(tendon, injury_date=tendon.start.replace(year=tendon.start.year - 1))
    assert Body(late).fraction == 0
