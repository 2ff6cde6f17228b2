"""What may go on and what to leave, day by day: the answer to "mag ik sporten?"."""

from collections.abc import Mapping

from herstel.knowledge.plan_entries import ActivityRule
from herstel.plan.circumstances import Circumstances
from herstel.plan.model import SportEvent

DAYS_A_WEEK = 7


def activities_on(weekday: int, now: Circumstances) -> tuple[str, ...]:
    """The ids of the rules that hold on a day of the week, one for each topic, in the order of the file.

    None while somebody has to be called today: then nothing else matters.
    """
    if now.call_today:
        return ()
    kinds = {event.kind for event in now.goal.events if event.weekday == weekday}
    before_match = any(_is_match(event, weekday + 1) for event in now.goal.events)
    special = {"training": "training" in kinds, "match": "match" in kinds, "before_match": before_match, "any": True}
    answers: dict[str, str] = {}
    for rule in now.knowledge.plan.activities:
        if special[rule.day] and _holds(rule, now):
            answers.setdefault(rule.topic, rule.id)
    return tuple(answers.values())


def _holds(rule: ActivityRule, now: Circumstances) -> bool:
    of_track = not rule.tracks or now.track.id in rule.tracks
    codes = rule.when_contraindicated
    return of_track and now.phase in rule.phases and (not codes or any(code in now.contraindications for code in codes))


def _is_match(event: SportEvent, weekday: int) -> bool:
    return event.kind == "match" and event.weekday == weekday % DAYS_A_WEEK


def takes_part(kind: str, now: Circumstances) -> bool:
    """Whether the person may join a training or play a match, as far as the plan knows."""
    if now.track.id == "prevention":
        return True
    limits: Mapping[str, float] = now.knowledge.plan.rules["match"].limits
    step = limits["full_from_step" if kind == "match" else "part_from_step"]
    return now.phase == max(now.knowledge.plan.phases) and now.position.running_step >= step
