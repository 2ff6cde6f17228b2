"""The plan of today as it was this morning: what was done meanwhile is ticked off in it, and does not move it away."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from herstel.assessment.result import Assessment, Referral
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Plan
from herstel.progress.model import CheckIn, Progress


def plan_of_today(assessment: Assessment | Referral, plan: Plan, progress: Progress, knowledge: Knowledge) -> Plan:
    """The plan whose first day is what to do today, also after a part of it was done.

    Everything else that was told today counts: a flare-up, a stop sign and a warning sign change the day at once.

    Parameters
    ----------
    assessment : Assessment or Referral
        That the plan was made for.
    plan : Plan
        As it is after the check-ins, today's included.
    progress : Progress
    knowledge : Knowledge
    """
    today, done = progress.today, plan.position.last_done
    if today not in done.values():
        return plan
    earlier = _last_done([one for one in progress.check_ins if one.date < today], knowledge)
    before = {name: earlier.get(name) if day == today else day for name, day in done.items()}
    position = replace(plan.position, last_done={name: day for name, day in before.items() if day is not None})
    return make_plan(assessment, plan.chain, plan.goal, knowledge, position=position, edits=plan.edits)


def _last_done(check_ins: Iterable[CheckIn], knowledge: Knowledge) -> Mapping[str, date]:
    """The last day on which each exercise was done, the runs as the exercise of their step."""
    last: dict[str, date] = {}
    for one in check_ins:
        runs = (knowledge.progress.running[run.step].exercise for run in one.runs if run.step is not None)
        last |= dict.fromkeys([*(done.exercise for done in one.done), *filter(None, runs)], one.date)
    return last
