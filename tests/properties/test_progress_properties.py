"""What must hold of the progress of anybody whatsoever; what keeps a person safe first."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from herstel.assessment.red_flags import rank
from herstel.chain.model import Measurement
from herstel.knowledge.load import load_knowledge
from herstel.plan.model import Plan, Position
from herstel.progress.judge import judge_progress
from herstel.progress.model import WALKING, CheckIn, Confirmation, Decision, Done, Run
from herstel.progress.replay import Replay
from tests.unit.plan import people
from tests.unit.progress.roads import SIDED, START, a_plan, fit, measured, on, play

KNOWLEDGE = load_knowledge()
EXERCISES = ("supine_heel_dig_90", "glute_bridge", "single_leg_glute_bridge", "slider_curl_eccentric", "dead_bug")
DAYS = 24
SERIOUS = KNOWLEDGE.progress.limit("red_flag", "urgency_at_least")
VISITS = tuple(one for day in range(0, DAYS, 4) for one in fit(day))
PLANS = {
    start: a_plan(KNOWLEDGE, measurements=fit(0), position=Position(phase=phase, since=START, running_step=step))
    for start, phase, step in (("first", 1, 1), ("second", 2, 3), ("third", 3, 6), ("fourth", 4, 9))
}

holds = settings(deadline=None, derandomize=True, max_examples=120)

low = st.sampled_from([0.0, 0.0, 1.0, 1.0, 2.0])
pain = low | st.sampled_from([3.0, 5.0, 8.0])
a_done = st.builds(
    Done, exercise=st.sampled_from(EXERCISES), sets=st.sampled_from([8, 8, 8, 1, None]),
    amount=st.sampled_from([60.0, None]), pain=pain | st.none(),
)  # fmt: skip
a_run = st.builds(
    Run, step=st.sampled_from([1, 2, 3, 4, 5, 6, 7, 9, None]), pain=pain | st.none(),
    limp=st.sampled_from([False, False, False, True, None]), in_fatigue=st.booleans(),
    metres=st.sampled_from([{"jog": 900.0}, {"80-90": 240.0}, {}]),
)  # fmt: skip
fields: dict[str, Any] = {
    "pain_now": low | st.none(), "pain_worst": pain | st.none(), "pain_during": pain | st.none(),
    "pain_next_morning": pain | st.none(), "stiffness_min": st.sampled_from([0.0, 5.0, 10.0, 30.0, 60.0, None]),
    "walking": st.sampled_from(["pain_free", "pain_free", "pain_free", "some_pain", "limping", None]),
    "done": st.lists(a_done, max_size=2).map(tuple), "runs": st.lists(a_run, max_size=1).map(tuple),
    "could_not": st.frozensets(st.sampled_from(EXERCISES), max_size=1),
    "sharp_stab": st.sampled_from([None, False, False, False, True]),
}  # fmt: skip
calm_done = st.builds(Done, exercise=st.sampled_from(EXERCISES), sets=st.just(8), amount=st.just(60.0), pain=low)
calm_run = st.builds(
    Run, step=st.integers(1, 9), pain=low, limp=st.just(False), metres=st.just({"jog": 900.0}), in_fatigue=st.booleans()
)
calm_fields: dict[str, Any] = {
    "pain_now": low, "pain_worst": low, "pain_during": low, "pain_next_morning": st.sampled_from([0.0, 1.0]),
    "stiffness_min": st.sampled_from([0.0, 5.0]), "walking": st.just("pain_free"),
    "done": st.lists(calm_done, max_size=2, unique_by=lambda one: one.exercise).map(tuple),
    "runs": st.lists(calm_run, max_size=1).map(tuple), "could_not": st.just(frozenset()),
    "sharp_stab": st.just(None),
}  # fmt: skip


@st.composite
def histories(draw: Callable[..., Any], *, calm: bool = False, missing: bool = True) -> list[CheckIn]:
    """Days in a row, some of them not filled in."""
    kinds = draw(st.lists(st.sampled_from(["calm", "calm", "any" if not calm else "calm"]), min_size=4, max_size=DAYS))
    told = []
    for day, kind in enumerate(kinds):
        of = {name: draw(one) for name, one in (calm_fields if kind == "calm" else fields).items()}
        if not missing or draw(st.integers(0, 9)) > 0:
            told.append(CheckIn(date=on(day), **of))
    return told


some_more = st.sampled_from([1.0, 2.0, 4.0])
any_start = st.sampled_from(list(PLANS))


def position_after(plan: Plan, check_ins: Sequence[CheckIn], **more: Any) -> Position:
    return play(plan, check_ins, KNOWLEDGE, until=DAYS, measurements=VISITS, **more).position


def level(exercise: str, position: Position) -> tuple[int, int, float]:
    """How far an exercise is: what it became, how often that was advanced, and how much of it is done."""
    seen = {exercise}
    while (other := position.replaced.get(exercise)) is not None and other not in seen:
        seen.add(other)
        exercise = other
    load = KNOWLEDGE.exercises[exercise].load
    return load, position.steps.get(exercise, 0), position.volume.get(exercise, 1.0)


def assert_no_further(worse: Position, better: Position) -> None:
    assert worse.phase <= better.phase
    assert worse.running_step <= better.running_step
    assert worse.discharged <= better.discharged
    for exercise in EXERCISES:
        assert level(exercise, worse) <= level(exercise, better), exercise


def more(value: float | None, by: float) -> float | None:
    return None if value is None else min(10.0, value + by)


def hurting_more(told: CheckIn, by: float, *, mornings: bool) -> CheckIn:
    """The same day with more pain wherever pain was told, worse walking and, if asked, a worse morning."""
    changes: dict[str, Any] = {
        "pain_now": more(told.pain_now, by), "pain_worst": more(told.pain_worst, by),
        "pain_during": more(told.pain_during, by),
        "done": tuple(replace(one, pain=more(one.pain, by)) for one in told.done),
        "runs": tuple(replace(one, pain=more(one.pain, by)) for one in told.runs),
    }  # fmt: skip
    if told.walking is not None:
        changes["walking"] = WALKING[min(WALKING.index(told.walking) + (by > 2), 2)]
    if mornings:
        changes["pain_next_morning"] = more(told.pain_next_morning, by)
        changes["stiffness_min"] = None if told.stiffness_min is None else told.stiffness_min + 10 * by
    return replace(told, **changes)


def changed(check_ins: Sequence[CheckIn], at: int, change: Callable[[CheckIn], CheckIn]) -> list[CheckIn]:
    return [change(one) if number == at % len(check_ins) else one for number, one in enumerate(check_ins)]


# --- pain -----------------------------------------------------------------------------------------------------------


@holds
@given(start=any_start, check_ins=histories().filter(bool), by=some_more)
def test_more_pain_or_stiffness_today_never_leads_further(start: str, check_ins: list[CheckIn], by: float) -> None:
    """Whatever came before: the day itself decides nothing better for hurting more."""
    worse = changed(check_ins, len(check_ins) - 1, lambda one: hurting_more(one, by, mornings=True))
    last = (check_ins[-1].date - START).days
    after = [
        play(PLANS[start], told, KNOWLEDGE, until=last, measurements=VISITS).position for told in (worse, check_ins)
    ]
    assert_no_further(*after)


@holds
@given(
    start=any_start, check_ins=histories().filter(bool), at=st.integers(0, DAYS), by=st.sampled_from([1.0, 2.0, 4.0])
)
def test_more_pain_on_any_day_never_leads_further_later(
    start: str, check_ins: list[CheckIn], at: int, by: float
) -> None:
    worse = changed(check_ins, at, lambda one: hurting_more(one, by, mornings=False))
    assert_no_further(position_after(PLANS[start], worse), position_after(PLANS[start], check_ins))


CALM_BEFORE = [
    CheckIn(date=on(day), pain_now=0, pain_worst=0, pain_next_morning=0, stiffness_min=0) for day in range(-5, 0)
]


@holds
@given(
    start=any_start, check_ins=histories().filter(bool), at=st.integers(0, DAYS), by=st.sampled_from([1.0, 2.0, 4.0])
)
def test_once_the_ordinary_morning_is_known_no_worse_morning_leads_further_later(
    start: str, check_ins: list[CheckIn], at: int, by: float
) -> None:
    """What is ordinary never goes up, so a worse morning cannot make the next one look good."""
    worse = changed(check_ins, at, lambda one: hurting_more(one, by, mornings=True))
    after, usual = (position_after(PLANS[start], [*CALM_BEFORE, *told]) for told in (worse, check_ins))
    assert_no_further(after, usual)


# --- red flags ------------------------------------------------------------------------------------------------------


def is_caught(finding: str, day: int) -> bool:
    """Whether a sign told on a day puts the person on hold."""
    replay = Replay(PLANS["second"], KNOWLEDGE)
    replay.day(on(day), CheckIn(date=on(day), symptoms={finding: True}))
    return replay.position.on_hold


@pytest.fixture(scope="module")
def signs() -> list[str]:
    """Findings that by themselves make a serious rule fire in the story of the plan, on the first day and the last."""
    return [one for one in KNOWLEDGE.findings if is_caught(one, 0) and is_caught(one, DAYS)]


def test_every_serious_rule_that_one_sign_fires_is_caught() -> None:
    from herstel.assessment.red_flags import screen
    from tests.unit.progress.roads import strain

    complaint = strain().complaint
    known = {flag.id for flag in screen(complaint.facts(), KNOWLEDGE).fired}
    for finding in KNOWLEDGE.findings:
        told = replace(complaint, findings={**complaint.findings, finding: True})
        fired = [flag for flag in screen(told.facts(), KNOWLEDGE).fired if flag.id not in known]
        assert is_caught(finding, 0) == any(rank(flag) >= SERIOUS for flag in fired), finding


@holds
@given(number=st.integers(0, 99), start=any_start, check_ins=histories().filter(bool), at=st.integers(0, DAYS))
def test_after_a_red_flag_nothing_goes_forward(
    signs: list[str], number: int, start: str, check_ins: list[CheckIn], at: int
) -> None:
    sign = signs[number % len(signs)]
    flagged = changed(check_ins, at, lambda one: replace(one, symptoms={sign: True}))
    day = flagged[at % len(flagged)].date
    replay = play(PLANS[start], flagged, KNOWLEDGE, until=DAYS, measurements=VISITS)
    since = [one for one in replay.progress(on(DAYS)).decisions if one.date >= day]
    assert replay.position.on_hold
    assert all(one.action != "advance" for one in since)
    before = play(PLANS[start], [one for one in flagged if one.date < day], KNOWLEDGE, until=(day - START).days - 1,
                  measurements=VISITS).position  # fmt: skip
    assert_no_further(replay.position, before)


@holds
@given(start=any_start, check_ins=histories(calm=True).filter(bool), role=st.sampled_from(["person", "coach"]))
def test_only_a_therapist_lifts_a_hold(start: str, check_ins: list[CheckIn], role: Any) -> None:
    flagged = changed(check_ins, 0, lambda one: replace(one, symptoms={"calf_swelling": True}))
    said = [Confirmation(role=role, agrees=True, date=on(day)) for day in range(DAYS)]
    assert position_after(PLANS[start], flagged, confirmations=said).on_hold


@st.composite
def told_in_order(draw: Callable[..., Any]) -> tuple[list[CheckIn], list[Confirmation], list[bool]]:
    """Days with and without a sign and therapists who look, all in one order of recording; whether each came last.

    A check-in may be recorded days later, and somebody may look before or after the check-in of that day.
    """
    days = draw(st.lists(st.integers(0, DAYS), min_size=1, max_size=6, unique=True).map(sorted))
    order = draw(st.permutations(range(1, 2 * len(days) + 1)))
    signs = [draw(st.booleans()) for _ in days]
    check_ins = [
        CheckIn(date=on(day), symptoms={"calf_swelling": True} if sign else {}, recorded=order[number])
        for number, (day, sign) in enumerate(zip(days, signs, strict=True))
    ]
    said = [
        Confirmation(role="therapist", agrees=True, date=on(draw(st.sampled_from(days))), recorded=place)
        for place in draw(st.lists(st.sampled_from(order[len(days) :]), max_size=3, unique=True))
    ]
    return check_ins, said, signs


@holds
@given(start=any_start, told=told_in_order())
def test_a_sign_that_nobody_looked_at_since_it_was_recorded_holds(
    start: str, told: tuple[list[CheckIn], list[Confirmation], list[bool]]
) -> None:
    """In whatever order days are filled in and people released: the last word about a sign is a therapist's."""
    check_ins, said, signs = told
    first = next((one for one, sign in zip(check_ins, signs, strict=True) if sign), None)
    looked = [one for one in said if first and one.date >= first.date and (one.recorded or 0) > (first.recorded or 0)]
    after = position_after(PLANS[start], check_ins, confirmations=said)
    if first is None:
        assert not after.on_hold
    elif not looked:
        assert after.on_hold


@holds
@given(start=any_start, told=told_in_order())
def test_knowing_the_order_never_releases_who_was_told_a_sign_later(
    start: str, told: tuple[list[CheckIn], list[Confirmation], list[bool]]
) -> None:
    """One more release before anything else was recorded changes nothing, whatever its day."""
    check_ins, said, _ = told
    early = [replace(one, recorded=(one.recorded or 0) + 1) for one in (*check_ins, *said)]
    days, words = early[: len(check_ins)], early[len(check_ins) :]
    for day in (on(0), on(DAYS)):
        first = Confirmation(role="therapist", agrees=True, date=day, recorded=1)
        without = position_after(PLANS[start], days, confirmations=words)  # type: ignore[arg-type]
        with_it = position_after(PLANS[start], days, confirmations=[first, *words])  # type: ignore[list-item]
        assert with_it.on_hold == without.on_hold


@holds
@given(start=any_start, check_ins=histories().filter(bool), at=st.integers(0, DAYS))
def test_on_the_day_of_a_sign_nothing_goes_forward_although_somebody_looked(
    start: str, check_ins: list[CheckIn], at: int
) -> None:
    recorded = [replace(one, recorded=number) for number, one in enumerate(check_ins, start=1)]
    flagged = changed(recorded, at, lambda one: replace(one, symptoms={"calf_swelling": True}))
    day = flagged[at % len(flagged)]
    said = [Confirmation(role="therapist", agrees=True, date=day.date, recorded=100)]
    replay = play(PLANS[start], flagged, KNOWLEDGE, until=DAYS, measurements=VISITS, confirmations=said)
    decisions = replay.progress(on(DAYS)).decisions
    assert not replay.position.on_hold
    assert all(one.action != "advance" for one in decisions if one.date == day.date)


# --- what is not known ----------------------------------------------------------------------------------------------


def forgotten(told: CheckIn, what: str) -> CheckIn:
    """The same day without one kind of answer."""
    if what == "exercise":
        return replace(told, pain_during=None, done=tuple(replace(one, pain=None) for one in told.done))
    if what == "run":
        return replace(told, runs=tuple(replace(one, pain=None) for one in told.runs))
    if what == "limp":
        return replace(told, runs=tuple(replace(one, limp=None) for one in told.runs))
    return replace(told, **{what: None})


@holds
@given(
    start=any_start,
    check_ins=histories(calm=True, missing=False),
    at=st.integers(0, DAYS),
    what=st.sampled_from(["pain_next_morning", "stiffness_min", "walking", "pain_worst", "exercise", "run", "limp"]),
)
def test_leaving_an_answer_out_of_a_calm_road_never_leads_further(
    start: str, check_ins: list[CheckIn], at: int, what: str
) -> None:
    unknown = changed(check_ins, at, lambda one: forgotten(one, what))
    assert_no_further(position_after(PLANS[start], unknown), position_after(PLANS[start], check_ins))


@holds
@given(start=any_start, check_ins=histories(calm=True, missing=False), test=st.sampled_from(sorted(SIDED)))
def test_an_unmeasured_test_never_leads_further(start: str, check_ins: list[CheckIn], test: str) -> None:
    """Neither does a fallen stand-in: what was measured and is not met is not made up for by leaving it out."""
    bare = replace(PLANS[start], chain=replace(PLANS[start].chain, measurements=()))
    weak = [measured(test, 0.0 if SIDED[test][0] else 60.0, day=day) for day in range(0, DAYS, 4)]
    taken: list[Measurement] = [one for one in VISITS if (one.test, one.side) != (test, "left")]

    def after(measurements: list[Measurement]) -> Position:
        return play(bare, check_ins, KNOWLEDGE, until=DAYS, measurements=measurements).position

    assert_no_further(after([*taken, *weak]), after([*VISITS]))
    assert after(taken).phase <= after([*VISITS]).phase


@holds
@given(days=st.integers(1, 400), start=any_start)
def test_the_calendar_alone_opens_nothing(days: int, start: str) -> None:
    assert_no_further(play(PLANS[start], [], KNOWLEDGE, until=days).position, PLANS[start].position)


@holds
@given(start=any_start, check_ins=histories(calm=True))
def test_without_measurements_no_phase_opens(start: str, check_ins: list[CheckIn]) -> None:
    bare = replace(PLANS[start], chain=replace(PLANS[start].chain, measurements=()))
    assert play(bare, check_ins, KNOWLEDGE, until=DAYS).position.phase <= PLANS[start].position.phase


# --- doing ----------------------------------------------------------------------------------------------------------


@holds
@given(start=any_start, check_ins=histories().filter(bool), at=st.integers(0, DAYS))
def test_doing_less_because_of_pain_never_leads_further(start: str, check_ins: list[CheckIn], at: int) -> None:
    def less(told: CheckIn) -> CheckIn:
        return replace(told, done=tuple(replace(one, sets=1) for one in told.done))

    fewer = position_after(PLANS[start], changed(check_ins, at, less))
    usual = position_after(PLANS[start], check_ins)
    for exercise in EXERCISES:
        assert level(exercise, fewer) <= level(exercise, usual)


# --- the rest -------------------------------------------------------------------------------------------------------


@holds
@given(start=any_start, check_ins=histories())
def test_every_decision_has_a_rule_with_a_source(start: str, check_ins: list[CheckIn]) -> None:
    progress = play(PLANS[start], check_ins, KNOWLEDGE, until=DAYS, measurements=VISITS).progress(on(DAYS))
    for decision in progress.decisions:
        rule = KNOWLEDGE.progress.rules[decision.rule]
        assert rule.source
        assert decision.action == ("hold" if rule.action == "none" else rule.action)
    assert list(progress.decisions) == sorted(progress.decisions, key=lambda one: one.date)
    assert 1 <= progress.position.phase <= 4
    assert 1 <= progress.position.running_step <= 12
    assert all(0.33 <= share <= 1 for share in progress.position.volume.values())
    assert all(steps >= 0 for steps in progress.position.steps.values())


@holds
@given(data=st.data(), check_ins=histories())
def test_the_order_in_which_check_ins_are_given_does_not_matter(data: st.DataObject, check_ins: list[CheckIn]) -> None:
    shuffled = data.draw(st.permutations(check_ins))
    one, other = (judge_progress(PLANS["second"], told, on(DAYS), KNOWLEDGE) for told in (check_ins, shuffled))
    assert one.decisions == other.decisions
    assert one.position == other.position


OTHER_SIDE = {"left": "right", "right": "left", None: None}


def mirrored(measurements: Sequence[Measurement]) -> tuple[Measurement, ...]:
    return tuple(replace(one, side=OTHER_SIDE[one.side]) for one in measurements)  # type: ignore[arg-type]


MIRRORED = {
    name: a_plan(
        KNOWLEDGE,
        assessment=people.assessed_as({**people.SPRINT_STRAIN, "places": ["right.thigh_middle"]}, KNOWLEDGE),
        measurements=mirrored(fit(0)),
        position=plan.position,
    )
    for name, plan in PLANS.items()
}


@holds
@given(name=st.sampled_from(list(PLANS)), check_ins=histories())
def test_the_mirror_image_gets_the_same_decisions(name: str, check_ins: list[CheckIn]) -> None:
    def decisions(plan: Plan, measurements: Sequence[Measurement]) -> tuple[Decision, ...]:
        return play(plan, check_ins, KNOWLEDGE, until=DAYS, measurements=measurements).progress(on(DAYS)).decisions

    assert MIRRORED[name].injured_sides == ("right",)
    assert decisions(PLANS[name], VISITS) == decisions(MIRRORED[name], mirrored(VISITS))
