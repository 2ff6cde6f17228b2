"""What the person wants as a Goal, and the plan as it is now as a CarePlan."""

from collections.abc import Iterator, Mapping

from herstel.errors import marked
from herstel.knowledge.exercise_entries import Dose
from herstel.plan.model import Goal, GoalKind, PlannedExercise, SportKind
from herstel.plan.report_grounds import EDITS
from herstel.plan.report_words import PlanTelling
from herstel.text import Text
from herstel_fhir.check_ins import exercise_concept
from herstel_fhir.codes import DOSE_UNITS, SECONDS, SETS
from herstel_fhir.elements import Element, both, compound, extension, note, side_concept
from herstel_fhir.judgements import likely
from herstel_fhir.record import Record

_GOALS: Mapping[GoalKind, str] = {
    "daily_life": marked("Daily life without trouble"),
    "work": marked("Back to work"),
    "sport": marked("Back to sport"),
    "prevention": marked("Keeping it away"),
}
_SPORTS: Mapping[SportKind, str] = {
    "running": marked("running"),
    "sprint_ball": marked("a ball sport with sprinting"),
    "kicking": marked("a sport with kicking"),
    "stretch": marked("dance, gymnastics or martial arts"),
    "other": marked("another sport"),
}


def goal(record: Record) -> Element:
    """What the person aims at; its own proposal is told to be one."""
    wish, case = record.case.goal, record.case
    proposed = note(record.tell("Nobody told a goal: this one is proposed by Herstel."))
    return record.resource(
        "Goal",
        [wish.start],
        lifecycleStatus="completed" if record.recovery.progress.position.discharged else "active",
        description=record.ours("goal", wish.kind, _wish(wish)),
        subject=record.patient,
        startDate=wish.start.isoformat(),
        target=[{"dueDate": wish.target_date.isoformat()}] if wish.target_date else [],
        expressedBy=None if case.default_goal else record.patient,
        addresses=[likely(record)],
        note=[proposed] if case.default_goal else [],
    )


def _wish(wish: Goal) -> Text:
    kind = both(_GOALS[wish.kind])
    if wish.sport is None:
        return kind
    sport = both(_SPORTS[wish.sport])
    return Text(nl=f"{kind.nl}: {sport.nl}", en=f"{kind.en}: {sport.en}")


def care_plan(record: Record) -> Element:
    """The phase, and every exercise with how much, how often and why."""
    plan, position = record.recovery.plan_now, record.recovery.progress.position
    phase = record.knowledge.plan.phases[position.phase]
    telling = PlanTelling(language=record.language, knowledge=record.knowledge, plan=plan)
    status = "on-hold" if position.on_hold else "completed" if position.discharged else "active"
    return record.resource(
        "CarePlan",
        [record.case.goal.start],
        status=status,
        intent="plan",
        category=[
            record.ours("phase", str(phase.number), phase.name),
            record.ours("track", plan.track, telling.track.name),
        ],
        **record.told("title", phase.name),
        description=phase.aim[record.language],
        subject=record.patient,
        period={"start": record.case.goal.start.isoformat()},
        created=record.instant,
        author=record.device,
        contributor=[record.by("therapist")] if record.case.edits else [],
        addresses=[likely(record)],
        goal=[record.ref("Goal", record.case.goal.start)],
        activity=[{"detail": _activity(record, telling, one)} for one in plan.exercises],
        note=[*_changes(record), *_not_in_it(record, telling)],
    )


def _activity(record: Record, telling: PlanTelling, one: PlannedExercise) -> Element:
    stopped = record.recovery.progress.position.on_hold
    return {
        "extension": [_dose(record, one.dose), *(_side(record, side) for side in one.sides)],
        "code": exercise_concept(record, one.exercise),
        "reasonCode": [{"text": telling.finding(finding)} for finding in one.why.findings],
        "goal": [record.ref("Goal", record.case.goal.start)],
        "status": "on-hold" if stopped else "scheduled",
        "scheduledTiming": {"repeat": {"frequency": one.times_per_week, "period": 1, "periodUnit": "wk"}},
        "performer": [record.patient],
        "description": f"{telling.often(one)} {telling.why(one)}",
    }


def _dose(record: Record, dose: Dose) -> Element:
    """How much at a time, as numbers."""
    hold = None if dose.hold_s is None else record.quantity(dose.hold_s, SECONDS)
    return compound(
        "dose",
        [
            ("sets", "valueRange", record.interval(dose.sets_low, dose.sets_high, SETS)),
            ("amount", "valueRange", record.interval(dose.amount_low, dose.amount_high, DOSE_UNITS[dose.unit])),
            ("per-side", "valueBoolean", dose.per_side),
            ("hold", "valueQuantity", hold),
            ("tempo", "valueString", dose.tempo),
        ],
    )


def _side(record: Record, side: str) -> Element:
    return extension("side", valueCodeableConcept=side_concept(side, record.language))


def _changes(record: Record) -> Iterator[Element]:
    """What the therapist changed, when and why."""
    for edit in record.case.edits:
        name = exercise_concept(record, edit.exercise)["text"]
        text = f"{name}: {record.tell(EDITS[edit.kind])}. {edit.reason}"
        yield note(text, time=edit.date.isoformat(), **_author(record))


def _author(record: Record) -> dict[str, object]:
    if record.clinician is None:
        return {"authorString": record.tell("the therapist")}
    return {"authorReference": record.by("therapist")}


def _not_in_it(record: Record, telling: PlanTelling) -> Iterator[Element]:
    """What does not fit the week, and what was left out and why."""
    for wish in telling.plan.given_up:
        yield note(wish.text[record.language])
    for exercise, reason in telling.plan.left_out.items():
        yield note(
            record.tell(
                "{exercise} is not in it: {reason}.", exercise=telling.name(exercise), reason=telling.left_out(reason)
            )
        )
