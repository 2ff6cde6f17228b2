"""What a simulated person wants, has and can give, and what the plan then asks of a week."""

from collections.abc import Mapping

from herstel.knowledge.model import Knowledge
from herstel.plan.model import SPORT_LEVELS, Goal, Plan, SportEvent, SportKind
from herstel_simulation.answers import Programme
from herstel_simulation.person import Person

MINUTES_A_DAY: Mapping[str, Mapping[int, int]] = {
    "professional": dict.fromkeys(range(6), 75),
    "semi_professional": dict.fromkeys((0, 1, 3, 4, 5), 60),
}
MINUTES_OTHERS: Mapping[int, int] = {0: 45, 2: 45, 4: 45, 5: 45}
SPORTS: Mapping[str, SportKind] = {
    "sprint_ball": "sprint_ball",
    "endurance_running": "running",
    "dance_gymnastics_martial": "stretch",
}
RUNNING = "running"
TRAININGS: Mapping[str, tuple[SportEvent, ...]] = {
    level: tuple(SportEvent(kind="training", weekday=weekday, minutes=75) for weekday in weekdays)
    for level, weekdays in {"professional": (0, 1, 3, 4), "semi_professional": (0, 1, 3)}.items()
}
TRAININGS_OTHERS = tuple(SportEvent(kind="training", weekday=weekday, minutes=75) for weekday in (1, 3))


def goal_of(person: Person, knowledge: Knowledge) -> Goal:
    """What the person wants: back to the own sport, or daily life; everything an exercise may need is at hand."""
    complaint = person.complaint
    told = complaint.sport or "none"
    sport = None if told == "none" else SPORTS.get(told, "other")
    return Goal(
        kind="sport" if sport else "daily_life",
        start=person.start,
        minutes=MINUTES_A_DAY.get(complaint.level or "", MINUTES_OTHERS),
        sport=sport,
        level=next((level for level in SPORT_LEVELS if level == complaint.level), None),
        equipment=frozenset(knowledge.exercises.equipment),
        injury_date=person.injury_date,
        events=TRAININGS.get(complaint.level or "", TRAININGS_OTHERS) if sport else (),
    )


def programme_of(plan: Plan, knowledge: Knowledge) -> Programme:
    """What a plan asks of a week; the doses say how often the running ladder may be practised, walking included."""
    known = knowledge.exercises.exercises
    running = [one for one in plan.exercises if known[one.exercise].target == RUNNING]
    doses = (dose for dose in knowledge.plan.doses_of(plan.position.phase, plan.track) if dose.target == RUNNING)
    often = max((dose.sessions_high for dose in doses if not dose.goals or plan.goal.kind in dose.goals), default=0)
    return Programme(
        exercises=tuple(one for one in plan.exercises if one not in running),
        runs_a_week=often if running else 0,
        trainings_a_week=len(plan.goal.events) if running else 0,
        fewer_sets=knowledge.plan.tracks[plan.track].fewer_sets,
    )
