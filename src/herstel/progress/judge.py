"""All check-ins of a person, replayed day by day up to today."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from herstel.knowledge.model import Knowledge
from herstel.plan.model import Plan
from herstel.progress.diary import ONE_DAY
from herstel.progress.model import CheckIn, Confirmation, Progress
from herstel.progress.replay import Replay


def judge_progress(
    plan: Plan,
    check_ins: Sequence[CheckIn],
    today: date,
    knowledge: Knowledge,
    *,
    confirmations: Sequence[Confirmation] = (),
) -> Progress:
    """Say what follows from the check-ins up to today.

    Parameters
    ----------
    plan : Plan
        The plan of the start, with everything that was measured.
    check_ins : sequence of CheckIn
        In any order; of several on one date the last one stands and the others are kept as corrected.
    today : date
        Later check-ins do not count yet.
    knowledge : Knowledge
    confirmations : sequence of Confirmation
        What was agreed in the shared decision, and who lifted a hold.

    Returns
    -------
    Progress

    Raises
    ------
    InputError
        When answers of a re-check contradict those of the complaint.
    """
    standing, corrected = _standing([one for one in check_ins if one.date <= today])
    replay = Replay(plan, knowledge, confirmations=confirmations)
    day = min([plan.goal.start, *standing])
    while day <= today:
        replay.day(day, standing.get(day))
        day += ONE_DAY
    return replace(replay.progress(today), corrected=corrected)


def _standing(check_ins: Sequence[CheckIn]) -> tuple[dict[date, CheckIn], tuple[CheckIn, ...]]:
    """The check-ins that stand, by date, and those that a later one replaced."""
    stand: dict[date, CheckIn] = {}
    replaced: list[CheckIn] = []
    for one in check_ins:
        if one.date in stand:
            replaced.append(stand[one.date])
        stand[one.date] = one
    return stand, tuple(replaced)
