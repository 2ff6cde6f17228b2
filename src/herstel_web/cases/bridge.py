"""The one place where cases reach the domain: facts in, conclusions out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext

from herstel.assessment.assess import facts_of
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.case_file import Case as CaseFile
from herstel.case_file import default_goal, read_case
from herstel.chain.measurement_file import read_judgements, read_measurements
from herstel.complaint.complaint_file import complaint_from_mapping
from herstel.flow import Recovery, recover
from herstel.forecast.score import issue
from herstel.forecast.score_file import as_record
from herstel.plan.goal_file import WEEKDAYS, read_edits, read_goal
from herstel.plan.tracks import injury_day
from herstel.progress.check_in_file import read_check_ins, read_confirmations
from herstel.progress.model import CheckIn
from herstel.text import Language
from herstel_web.knowledge import knowledge

Entry = Mapping[str, Any]
DAYS = "days_since_onset"
URGENT = ("same_day", "emergency")
"""Levels at which somebody is to be seen today or sooner."""


def read(case_file: Mapping[str, object], today: date) -> CaseFile:
    """The case of a case file.

    Raises
    ------
    InputError
        With every problem.
    """
    return read_case(case_file, knowledge(), today)


def recovery_of(case_file: Mapping[str, object], today: date) -> Recovery:
    """All five steps for a case file, as they stand today.

    Changes of the plan were looked at when they were made: one that is no longer safe is set aside and told, for it may
    not keep anything else from being recorded.
    """
    return recover(read(case_file, today), today, knowledge(), refuse_edits=False)


def check_ins_of(entries: Sequence[Entry], today: date, own_exercises: tuple[str, ...] = ()) -> tuple[CheckIn, ...]:
    """Check-ins as they were told, without judging them anew."""
    return read_check_ins(entries, knowledge(), today, own=own_exercises)


def check_entry(part: str, entry: Entry, today: date, own_exercises: tuple[str, ...] = ()) -> None:
    """Say whether one entry can be read by itself.

    Raises
    ------
    InputError
        With every problem, each named by its field.
    """
    known = knowledge()
    readers: dict[str, Callable[[], object]] = {
        "complaint": lambda: complaint_from_mapping(entry, known, today),
        "goal": lambda: read_goal(entry, known, today),
        "measurements": lambda: read_measurements([entry], known, today),
        "judgements": lambda: read_judgements([entry], known, today),
        "edits": lambda: read_edits([entry], known, today, own=own_exercises),
        "check_ins": lambda: read_check_ins([entry], known, today, own=own_exercises),
        "confirmations": lambda: read_confirmations([entry], known, today),
        "sets": lambda: read_check_ins([_as_check_in(entry)], known, today, own=own_exercises),
    }
    readers[part]()


def _as_check_in(ticked: Entry) -> Entry:
    """A set that was ticked off, as the check-in that it will be part of."""
    done = {field: value for field, value in ticked.items() if field not in ("date", "set")}
    return {"date": ticked.get("date"), "done": [done]}


def needs_judging_at_once(part: str, entry: Entry | None) -> bool:
    """Whether an entry may change what is safe: anything but an ordinary check-in, a set or a goal."""
    if part == "sets":
        return bool(entry and (entry.get("pain") or 0) >= PAIN_TO_LOOK_AT)
    if part != "check_ins" or entry is None:
        return True
    signs = (*entry.get("symptoms", {}).values(), *(entry.get(sign) for sign in STOP_SIGNS))
    return any(signs) or bool(entry.get("answers")) or entry.get("walking") == "cannot"


STOP_SIGNS = ("sharp_stab", "gave_way", "new_bruise")
PAIN_TO_LOOK_AT = 6
"""Pain 0-10 during a set that is judged at once instead of a moment later; it decides nothing else."""


def complaint_entry(answers: Entry, day: date) -> dict[str, object]:
    """The answers of the self-check as the complaint of a case: days ago become a date, which stays true."""
    days = answers.get(DAYS)
    if not isinstance(days, int):
        return {"answers": dict(answers)}
    kept = {question: answer for question, answer in answers.items() if question != DAYS}
    return {"answers": kept, "onset_date": (day - timedelta(days=days)).isoformat()}


def rule_out_first(assessment: Assessment) -> str:
    """What must be ruled out before the most probable is believed; empty when the most probable itself comes first."""
    first = assessment.ranking[0]
    return "" if first == assessment.likely.condition else first


def urgency_of(recovery: Recovery) -> str:
    """The most urgent of what the assessment and the check-ins ask for."""
    referral = recovery.progress.referral
    return (referral or recovery.assessment).urgency.level


def columns(recovery: Recovery) -> dict[str, Any]:
    """What the work list sorts by and shows, as the columns of ``Conclusion``."""
    progress, assessment = recovery.progress, assessment_of(present_assessment(recovery))
    sides = assessment.complaint.sides - {"middle"}
    return {
        "urgency": urgency_of(recovery),
        "condition": assessment.likely.condition,
        "rule_out": rule_out_first(assessment),
        "grade": assessment.grade.most_likely,
        "side": next(iter(sides)) if len(sides) == 1 else "both" if sides else "",
        "age_years": None if assessment.complaint.age_years is None else int(assessment.complaint.age_years),
        "on_hold": progress.position.on_hold,
        "held_since": held_since(recovery),
        "track": recovery.plan_now.track,
        "phase": progress.phase,
        "discharged": progress.position.discharged,
        "gate_open": bool(progress.gate and progress.gate.open),
        "gate_ready": gate_ready(recovery),
        "last_check_in": max((one.date for one in progress.check_ins), default=None),
        "last_flare_up": last_day(recovery, rule="flare_up"),
        "last_stop_sign": last_day(recovery, rule="stop_sign"),
        "last_advance": last_day(recovery, action="advance"),
        "next_recheck": next_recheck(recovery),
    }


# --- words ------------------------------------------------------------------------------------------------------------


def condition_name(condition: str, language: Language) -> str:
    """A condition by its name; the id of one that the knowledge no longer holds."""
    known = knowledge().conditions.get(condition)
    return known.name[language] if known else condition


def rule_out_in_words(condition: str, language: Language) -> str:
    return gettext("Rule out first: {condition}").format(condition=condition_name(condition, language))


def phase_name(phase: int, language: Language) -> str:
    return knowledge().plan.phases[phase].name[language]


def track_name(track: str, language: Language) -> str:
    return knowledge().plan.tracks[track].name[language]


def urgency_name(urgency: str, language: Language) -> str:
    return next(level.name[language] for level in knowledge().advice.urgency if level.id == urgency)


# --- what the columns hold --------------------------------------------------------------------------------------------


def days_since_start(recovery: Recovery) -> int | None:
    """Days since the complaint began; None when that is not known."""
    began = injury_day(assessment_of(recovery.assessment), recovery.plan.goal)
    return None if began is None else (recovery.progress.today - began).days


def present_assessment(recovery: Recovery) -> Assessment | Referral:
    """The assessment as it stands: a check-in that asked for help, else a re-check that revised it, else the first."""
    progress = recovery.progress
    return progress.referral or progress.reassessment or recovery.assessment


def looked_on(recovery: Recovery) -> Iterator[date]:
    """The days on which answers were taken anew or a therapist measured."""
    yield from (one.date for one in recovery.progress.check_ins if one.answers)
    yield from (one.date for one in recovery.chain.measurements if one.tester == "therapist")


def held_since(recovery: Recovery) -> date | None:
    """The day since which nothing moves on; None when nothing is on hold."""
    if not recovery.progress.position.on_hold:
        return None
    return last_day(recovery, rule="red_flag") or recovery.plan.goal.start


def gate_ready(recovery: Recovery) -> bool:
    """Everything that can be measured for the next phase is met; what is left is that people agree."""
    gate, gates = recovery.progress.gate, knowledge().progress
    if gate is None:
        return False
    measured = [item for item in gate.items if gates.criterion(item.criterion).measure != "confirmed"]
    return bool(measured) and all(item.met for item in measured) and gate.minimum_days_left <= 0


def next_recheck(recovery: Recovery) -> date | None:
    """The planned day to look again that is due: the last that has passed unanswered, else the next; None for none.

    It stands until somebody looked on or after it, so that a list can tell who missed it.
    """
    assessment = assessment_of(recovery.assessment)
    onset = injury_day(assessment, recovery.plan.goal)
    if onset is None or recovery.progress.position.discharged:
        return None
    facts = facts_of(assessment, knowledge())
    planned = sorted(one.day for one in knowledge().advice.rechecks if one.when.holds(facts))
    looked = max(looked_on(recovery), default=date.min)
    waiting = [due for day in planned if (due := onset + timedelta(days=day)) > looked]
    passed = [due for due in waiting if due <= recovery.progress.today]
    return passed[-1] if passed else min(waiting, default=None)


def last_day(recovery: Recovery, *, action: str = "", rule: str = "") -> date | None:
    """The last day on which something of this kind was decided."""
    days = (
        one.date
        for one in recovery.progress.decisions
        if (action and one.action == action) or (rule and one.rule == rule)
    )
    return max(days, default=None)


def forecast_record(recovery: Recovery, label: str) -> dict[str, object] | None:
    """The forecast as it is kept to score later; None when it tells no time."""
    issued = issue(recovery.forecast, label)
    return None if issued is None else as_record(issued)


def proposed_goal(complaint: Entry, day: date) -> dict[str, object]:
    """The goal that Herstel proposes when nobody told one, as the case file writes it."""
    proposed = default_goal(complaint_from_mapping(complaint, knowledge(), day), day)
    goal: dict[str, object] = {
        "kind": proposed.kind,
        "start": proposed.start.isoformat(),
        "days": {WEEKDAYS[number]: minutes for number, minutes in proposed.minutes.items()},
    }
    return goal | {name: value for name in ("sport", "level") if (value := getattr(proposed, name)) is not None}
