from typing import Any

from herstel.knowledge.model import Knowledge
from herstel.progress.load import LoadLog
from herstel.progress.model import CheckIn
from tests.unit.progress.roads import ran, told


def log_of(knowledge: Knowledge, *days: CheckIn | None) -> LoadLog:
    log = LoadLog(knowledge.progress)
    for day in days:
        log.add(day)
    return log


def session(minutes: float | None, rpe: float | None = 5, **changes: Any) -> CheckIn:
    return told(0, session_min=minutes, session_rpe=rpe, **changes)


def weeks(*loads: float) -> list[CheckIn]:
    """Weeks of one session and six days of rest."""
    return [session(load if day == 0 else 0, 1) for load in loads for day in range(7)]


def test_the_load_is_minutes_times_effort_over_seven_days(knowledge: Knowledge) -> None:
    load = log_of(knowledge, session(100), *[session(40)] * 2, *[session(0, None)] * 5).load()
    assert load.session == 400
    assert load.days_known == 7


def test_what_is_not_told_is_not_zero(knowledge: Knowledge) -> None:
    assert log_of(knowledge, session(None), session(40, None), None).load().session is None
    assert log_of(knowledge, session(None), session(40), None).load().session == 200


def test_fast_metres_are_those_above_eighty_per_cent(knowledge: Knowledge) -> None:
    run = ran(7, metres={"jog": 500.0, "80-90": 120.0, "90-100": 30.0})
    log = log_of(knowledge, told(0, runs=(run,)))
    assert log.load().high_speed_m == 150
    assert log.metres == [650]


def test_a_run_without_metres_makes_the_day_unknown(knowledge: Knowledge) -> None:
    assert log_of(knowledge, told(0, runs=(ran(7, metres={}),))).load().high_speed_m is None


def test_the_own_limit_is_the_mean_of_earlier_weeks_and_one_and_a_half_deviations(knowledge: Knowledge) -> None:
    load = log_of(knowledge, *weeks(100, 200, 300, 400, 450)).load()
    assert load.session == 450
    assert load.session_limit is not None
    assert round(load.session_limit, 1) == round(250 + 1.5 * 129.0994, 1)
    assert load.alerts == ("session",)
    assert log_of(knowledge, *weeks(100, 200, 300, 400, 440)).load().alerts == ()


def test_too_few_known_weeks_give_no_limit(knowledge: Knowledge) -> None:
    assert log_of(knowledge, *weeks(100, 100, 400)).load().session_limit is None
    holes = [None if day % 7 in (1, 2, 3) else one for day, one in enumerate(weeks(100, 200, 300, 400, 450))]
    assert log_of(knowledge, *holes).load().session_limit is None


def test_weeks_without_load_are_not_what_one_is_used_to(knowledge: Knowledge) -> None:
    assert log_of(knowledge, *weeks(0, 0, 0, 0, 400)).load().alerts == ()


def test_too_much_fast_running_is_told_as_well(knowledge: Knowledge) -> None:
    days = [
        told(0, runs=(ran(7, metres={"80-90": metres}),) if day == 0 else ())
        for metres in (100.0, 110.0, 100.0, 110.0, 300.0)
        for day in range(7)
    ]
    log = log_of(knowledge, *days)
    assert log.load().alerts == ("high_speed",)
    assert log.too_much() == "load_high"


def distance(*kilometres: float) -> list[CheckIn]:
    return [
        told(0, runs=(ran(3, metres={"jog": 1000 * km}),) if day == 0 else ()) for km in kilometres for day in range(7)
    ]


def test_running_much_further_than_last_week_is_too_much(knowledge: Knowledge) -> None:
    assert log_of(knowledge, *distance(12, 16)).too_much() == "running_jump"
    assert log_of(knowledge, *distance(12, 15)).too_much() is None


def test_small_distances_are_guarded_by_the_ladder_itself(knowledge: Knowledge) -> None:
    assert log_of(knowledge, *distance(2, 6)).too_much() is None


def test_without_a_known_week_before_nothing_is_compared(knowledge: Knowledge) -> None:
    assert log_of(knowledge, *distance(16)).too_much() is None
    assert log_of(knowledge, *[None] * 7, *distance(16)).too_much() is None
    assert log_of(knowledge).load().session is None


def test_an_alert_keeps_running_from_getting_harder(knowledge: Knowledge) -> None:
    from herstel.plan.model import Position
    from tests.unit.progress.roads import START, a_plan, fit, play, rules_on

    loads = {0: 20.0, 7: 22.0, 14: 20.0, 21: 22.0, 28: 200.0}
    runs = {29: ran(3), 31: ran(3)}
    check_ins = [
        told(n, session_min=loads.get(n, 0.0), session_rpe=5.0, runs=(runs[n],) if n in runs else ()) for n in range(33)
    ]
    plan = a_plan(knowledge, position=Position(phase=2, since=START, running_step=3), measurements=fit(0))
    replay = play(plan, check_ins, knowledge, measurements=fit(28))
    assert rules_on(replay, 32, "running") == ["load_high"]
