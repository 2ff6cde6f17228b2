"""What must hold of the plan of anybody whatsoever; what keeps a person safe first."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.assessment.assess import assess
from herstel.assessment.matrix import compiled
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.assessment.uncertainty import Draws
from herstel.chain.model import Chain
from herstel.complaint.model import Complaint
from herstel.errors import InputError
from herstel.knowledge.load import load_knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import FEARS, GOAL_KINDS, MANAGED, Edit, Goal, Plan, Position, SportEvent
from tests.unit.plan import people

KNOWLEDGE = load_knowledge()
DRAWS = Draws(compiled(KNOWLEDGE), count=10)
EXERCISES = KNOWLEDGE.exercises.exercises
HOUSEHOLD = {one.id for one in KNOWLEDGE.exercises.equipment.values() if one.household}
OTHER_SIDE = {"left": "right", "right": "left"}
FAST = 7
"""From this load on running is sprinting, or nearly so."""
OUTSIDE_THE_MINUTES = ("morning", "advice")
STORIES = (people.SPRINT_STRAIN, people.SORENESS, people.SUSPECTED_AVULSION, people.CAUDA, {})

holds = settings(deadline=None, derandomize=True, max_examples=50)

any_day = st.integers(0, 6)
any_event = st.builds(SportEvent, kind=st.sampled_from(["training", "match"]), weekday=any_day, minutes=st.just(90))
any_goal = st.builds(
    Goal,
    kind=st.sampled_from(GOAL_KINDS),
    start=st.just(people.START),
    minutes=st.dictionaries(any_day, st.sampled_from([10, 15, 20, 30, 45, 60, 90]), max_size=7),
    equipment=st.frozensets(st.sampled_from(sorted(KNOWLEDGE.exercises.equipment))),
    contraindications=st.frozensets(st.sampled_from(sorted(KNOWLEDGE.exercises.contraindications)), max_size=3),
    events=st.lists(any_event, max_size=4).map(tuple),
    fear_of_movement=st.none() | st.sampled_from(FEARS),
    injury_date=st.none() | st.integers(0, 90).map(lambda days: people.START - timedelta(days=days)),
    managed=st.none() | st.sampled_from(MANAGED),
)
some_exercise = st.sampled_from(sorted(EXERCISES))
likely_exercise = st.sampled_from(sorted({name for dose in KNOWLEDGE.plan.doses for name in dose.prefer}))
any_position = st.builds(
    Position,
    phase=st.sampled_from([1, 2, 3, 4]),
    since=st.integers(0, 90).map(lambda days: people.START + timedelta(days=days)),
    running_step=st.integers(1, 12),
    volume=st.dictionaries(some_exercise, st.sampled_from([0.5, 0.7, 1.0]), max_size=6),
    paused_until=st.dictionaries(
        some_exercise, st.integers(0, 97).map(lambda days: people.START + timedelta(days=days)), max_size=6
    ),
    steps=st.dictionaries(some_exercise, st.integers(0, 6), max_size=6),
    replaced=st.dictionaries(likely_exercise, some_exercise, max_size=20),
    on_hold=st.sampled_from([False, False, False, True]),
    discharged=st.sampled_from([False, False, False, True]),
)
any_targets = st.lists(st.sampled_from(sorted(KNOWLEDGE.exercises.targets)), min_size=1, max_size=3, unique=True)
any_contributors = st.lists(any_targets, max_size=4).map(
    lambda found: tuple(people.contributor(name, *targets) for name, targets in zip(_LINKS, found, strict=False))
)
_LINKS = ("glute_max", "core", "hip_mobility", "ankle_foot")
any_deficit = st.none() | st.floats(-5, 40)


@st.composite
def any_complaint(draw: st.DrawFn) -> Complaint:
    """One of the stories, at any age, with findings that change what is allowed."""
    story = people.complaint_from_mapping(draw(st.sampled_from(STORIES)), KNOWLEDGE, people.START)
    changing = ("blood_thinner_or_bleeding_disorder", "low_back_pain_now", "hamstring_operated", "recurrent_same_leg")
    more = draw(st.dictionaries(st.sampled_from(changing), st.booleans()))
    age = draw(st.sampled_from([story.age_years, None, 15, 30, 67, 80]))
    return replace(story, findings={**story.findings, **more}, age_years=age)


@st.composite
def anybody(draw: st.DrawFn) -> tuple[Assessment | Referral, Chain, Goal, Position | None]:
    assessment = assess(draw(any_complaint()), KNOWLEDGE, draws=DRAWS)
    deficit = draw(any_deficit)
    results = () if deficit is None else (people.result("active_knee_extension", deficit),)
    chain = people.a_chain(assessment, draw(any_contributors), results)
    return assessment, chain, draw(any_goal), draw(st.none() | any_position)


@st.composite
def somebody_training(draw: st.DrawFn) -> tuple[Assessment | Referral, Chain, Goal, Position]:
    """An adult on the way back with time and equipment, so that the week is full of heavy work and its rules bite."""
    age = draw(st.sampled_from([26, 64]))
    assessment = people.with_complaint(people.assessed_as(people.SPRINT_STRAIN, KNOWLEDGE), age_years=age)
    goal = Goal(
        kind="sport",
        start=people.START,
        minutes=draw(st.dictionaries(any_day, st.sampled_from([20, 30, 60, 120]), min_size=4, max_size=7)),
        equipment=frozenset(KNOWLEDGE.exercises.equipment),
        events=(SportEvent(kind="match", weekday=draw(any_day), minutes=90), *draw(st.lists(any_event, max_size=1))),
        injury_date=people.START - timedelta(days=60),
    )
    since = people.START + timedelta(days=draw(st.integers(0, 6)))
    pauses = st.integers(1, 6).map(lambda days: since + timedelta(days=days))
    position = Position(
        phase=draw(st.sampled_from([2, 3, 4])),
        since=since,
        running_step=draw(st.integers(2, 12)),
        paused_until=draw(st.dictionaries(likely_exercise, pauses, max_size=30)),
        replaced=draw(st.dictionaries(likely_exercise, some_exercise, max_size=10)),
    )
    return assessment, people.a_chain(assessment, draw(any_contributors)), goal, position


def on_hold(person: tuple[Assessment | Referral, Chain, Goal, Position]) -> tuple[Any, ...]:
    """The same person after a red flag at a check-in."""
    *others, position = person
    return (*others, replace(position, on_hold=True))


def planned(person: tuple[Assessment | Referral, Chain, Goal, Position | None], edits: tuple[Edit, ...] = ()) -> Plan:
    assessment, chain, goal, position = person
    return make_plan(assessment, chain, goal, KNOWLEDGE, position=position, edits=edits)


def everything_in(plan: Plan) -> set[str]:
    """Every exercise that the plan asks for, its warm-ups and mornings included."""
    placed = {name for day in plan.week.days for session in day.sessions for name in session.exercises}
    return placed | {one.exercise for one in plan.exercises}


def days_with(plan: Plan, names: set[str]) -> list[int]:
    return [
        number
        for number, day in enumerate(plan.week.days)
        if any(name in names for session in day.sessions for name in session.exercises)
    ]


def gaps(days: list[int]) -> list[int]:
    """Days from each to the next, round the end of the week, for the next week looks the same."""
    return [later - day for day, later in pairwise([*days, *(day + 7 for day in days[:1])])] if days else []


@holds
@given(anybody())
def test_no_plan_holds_an_exercise_with_an_active_contraindication(person) -> None:
    plan = planned(person)
    assert plan.goal.contraindications <= set(plan.contraindications)
    for name in everything_in(plan):
        assert not set(EXERCISES[name].contraindications) & set(plan.contraindications), name


@holds
@given(anybody() | somebody_training())
def test_no_plan_leaves_the_range_of_phases_of_an_exercise(person) -> None:
    plan = planned(person)
    for name in everything_in(plan):
        assert EXERCISES[name].phase_low <= plan.week.phase <= EXERCISES[name].phase_high, name


@holds
@given(anybody())
def test_no_plan_asks_for_equipment_that_is_not_there(person) -> None:
    plan = planned(person)
    owned = HOUSEHOLD | plan.goal.equipment
    for name in everything_in(plan):
        needs = EXERCISES[name].equipment
        assert not needs or any(owned.issuperset(one) for one in needs), name


@holds
@given(somebody_training() | somebody_training() | anybody())
def test_no_exercise_comes_back_before_its_rest_is_over(person) -> None:
    plan = planned(person)
    for one in plan.exercises:
        assert all(24 * gap >= one.rest_h for gap in gaps(days_with(plan, {one.exercise}))), one.exercise


@holds
@given(somebody_training() | somebody_training() | anybody())
def test_after_a_heavy_exercise_no_other_heavy_one_before_its_rest_is_over(person) -> None:
    plan = planned(person)
    heavy = {one.exercise for one in plan.exercises if one.heavy}
    hard_days = days_with(plan, heavy)
    for one in (one for one in plan.exercises if one.heavy):
        for day in days_with(plan, {one.exercise}):
            passed = [(other - day) % 7 for other in hard_days if other != day]
            assert all(24 * days >= one.rest_h for days in passed), one.exercise
    for gap in gaps(hard_days):
        assert 24 * gap >= 48


@holds
@given(somebody_training() | somebody_training() | anybody())
def test_nothing_heavy_on_a_match_day_or_the_day_before(person) -> None:
    plan = planned(person)
    matches = {event.weekday for event in plan.goal.events if event.kind == "match"}
    heavy = {one.exercise for one in plan.exercises if one.heavy}
    for number in days_with(plan, heavy):
        weekday = plan.week.days[number].date.weekday()
        assert weekday not in matches
        assert (weekday + 1) % 7 not in matches


@holds
@given(anybody() | somebody_training())
def test_the_sessions_of_a_day_fit_its_minutes(person) -> None:
    plan = planned(person)
    for day in plan.week.days:
        used = sum(one.minutes for one in day.sessions if one.kind not in OUTSIDE_THE_MINUTES)
        assert used <= plan.goal.minutes.get(day.date.weekday(), 0)


@holds
@given(somebody_training() | somebody_training() | anybody())
def test_nothing_is_planned_on_a_day_on_which_it_is_paused(person) -> None:
    plan = planned(person)
    for name, until in plan.position.paused_until.items():
        for number in days_with(plan, {name} & {one.exercise for one in plan.exercises}):
            assert plan.week.days[number].date >= until


@holds
@given(anybody() | somebody_training().map(on_hold))
def test_who_must_be_seen_first_loads_nothing(person) -> None:
    plan = planned(person)
    urgent = assessment_of(person[0]).urgency.level in ("same_day", "emergency")
    assert plan.track == "see_first" or not plan.position.on_hold
    if plan.position.on_hold or (plan.track == "see_first" and urgent):
        assert plan.exercises == ()
        assert all(not day.sessions for day in plan.week.days)
    if plan.track == "see_first":
        assert everything_in(plan) <= set(KNOWLEDGE.plan.tracks["see_first"].only)
    if isinstance(person[0], Referral) and person[2].managed is None and not plan.position.discharged:
        assert plan.track == "see_first"


@holds
@given(anybody())
def test_the_same_person_gets_the_same_plan(person) -> None:
    assert planned(person) == planned(person)


@holds
@given(any_complaint(), any_goal, st.none() | any_position)
def test_the_mirror_image_gets_the_mirrored_plan(complaint, goal, position) -> None:
    def plan_of(one: Complaint) -> Plan:
        assessment = assess(one, KNOWLEDGE, draws=DRAWS)
        return planned((assessment, people.a_chain(assessment), goal, position))

    plan, mirror = plan_of(complaint), plan_of(people.mirrored(complaint))
    assert mirror.week == plan.week
    assert len(mirror.exercises) == len(plan.exercises)
    one_sided = len(plan.injured_sides) == 1
    for one, other in zip(plan.exercises, mirror.exercises, strict=True):
        sides = tuple(OTHER_SIDE[side] for side in one.sides) if one_sided else one.sides
        assert other == replace(one, sides=sides)


@holds
@given(anybody(), st.lists(st.tuples(st.sampled_from(["lock", "add", "remove"]), some_exercise), max_size=4))
def test_what_the_therapist_locked_is_kept_or_refused_or_told(person, wished) -> None:
    day: date = person[3].since if person[3] else person[2].start
    edits = tuple(Edit(kind=kind, exercise=name, reason="tried", date=day) for kind, name in wished)
    try:
        plan = planned(person, edits)
    except InputError:
        return
    last = {edit.exercise: edit.kind for edit in edits}
    told = {wish.id.removeprefix("edit:") for wish in plan.given_up} | {"minutes"}
    no_time = any(wish.id == "minutes" for wish in plan.given_up)
    present = {one.exercise: one for one in plan.exercises}
    for name, kind in last.items():
        if kind == "remove":
            assert name not in everything_in(plan)
        elif name in present:
            assert present[name].locked is (kind == "lock")
        else:
            assert name in told or no_time
    for name in everything_in(plan):
        assert EXERCISES[name].phase_low <= plan.week.phase <= EXERCISES[name].phase_high
        assert not set(EXERCISES[name].contraindications) & set(plan.contraindications)


@holds
@given(anybody() | somebody_training())
def test_the_plan_asks_for_nothing_that_the_day_says_may_not(person) -> None:
    plan = planned(person)
    rules = {rule.id: rule for rule in KNOWLEDGE.plan.activities}
    for day in plan.week.days:
        forbidden = {rules[name].topic for name in day.activities if rules[name].answer == "no"}
        asked = [EXERCISES[name] for session in day.sessions for name in session.exercises]
        runs = [one for one in asked if one.target == "running" and one.id != "walk_long_strides"]
        assert not ("jogging" in forbidden and runs)
        assert not ("sprinting" in forbidden and any(one.load >= FAST for one in runs))
        assert not ("cycling" in forbidden and any(one.id == "bike_easy" for one in asked))
        assert not ("swimming" in forbidden and any(one.id == "swim_pool_run" for one in asked))


@holds
@given(somebody_training(), st.sampled_from([None, "apophyseal_avulsion"]))
def test_a_growing_skeleton_that_was_not_cleared_never_runs(person, managed) -> None:
    assessment, chain, goal, position = person
    young = people.with_complaint(assessment_of(assessment), age_years=15)
    plan = planned((young, chain, replace(goal, managed=managed), position))
    assert plan.track == "growth_plate"
    assert all(EXERCISES[name].kind != "running" or name == "walk_long_strides" for name in everything_in(plan))


@holds
@given(anybody())
def test_every_exercise_says_why_and_every_day_what_may_go_on(person) -> None:
    plan = planned(person)
    for one in plan.exercises:
        assert one.why.findings
        assert one.why.target
        assert one.why.sources
    urgent = assessment_of(person[0]).urgency.level in ("same_day", "emergency") and plan.track == "see_first"
    assert all(bool(day.activities) is not urgent for day in plan.week.days)
    assert plan.week.solution.status in ("optimal", "feasible", "impossible")


@pytest.mark.parametrize("code", sorted(KNOWLEDGE.exercises.contraindications))
def test_every_contraindication_of_the_goal_is_respected_in_every_phase(code: str) -> None:
    assessment = people.assessed_as(people.SPRINT_STRAIN, KNOWLEDGE)
    for phase in (1, 2, 3, 4):
        goal = people.a_goal(contraindications=frozenset({code}))
        plan = planned((assessment, people.a_chain(assessment), goal, people.at_phase(phase)))
        assert all(code not in EXERCISES[name].contraindications for name in everything_in(plan))


@holds
@given(somebody_training(), st.dictionaries(likely_exercise, st.integers(1, 2), min_size=10, max_size=30))
def test_the_rest_that_is_still_due_is_kept_in_a_new_week(person, days_ago) -> None:
    assessment, chain, goal, position = person
    done = {name: position.since - timedelta(days=days) for name, days in days_ago.items()}
    plan = planned((assessment, chain, goal, replace(position, last_done=done)))
    heavy = {one.exercise: one.rest_h for one in plan.exercises if one.heavy}
    for one in plan.exercises:
        for number in days_with(plan, {one.exercise}):
            day = plan.week.days[number].date
            if one.exercise in done:
                assert (day - done[one.exercise]).days * 24 >= one.rest_h
            if one.heavy:
                hard = [last for name, last in done.items() if EXERCISES[name].heavy]
                assert all((day - last).days * 24 >= 48 for last in hard)
    assert all(rest >= 48 for rest in heavy.values())
