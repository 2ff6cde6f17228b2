"""The one place where these pages reach the domain: a recovery in, values and words out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from herstel.assessment.recheck import due_recheck
from herstel.assessment.red_flags import screen
from herstel.assessment.report import Line, Report
from herstel.assessment.result import assessment_of
from herstel.complaint.intake import applicable
from herstel.complaint.model import Complaint
from herstel.flow import Recovery
from herstel.knowledge.exercise_entries import Dose, Exercise
from herstel.knowledge.model import Knowledge, Question, UrgencyLevel
from herstel.plan.calendar import as_calendar
from herstel.plan.dosing import dose_at
from herstel.plan.model import Day, Plan, Session
from herstel.plan.report import write_plan
from herstel.plan.report_words import ANSWERS, PlanTelling, amount_in_words, exercise_name, sets_in_words
from herstel.progress.day_plan import plan_of_today
from herstel.progress.exercises import Exercises
from herstel.progress.report import FIRST, decision_line, write_progress
from herstel.progress.words import ProgressTelling
from herstel.text import Language, say
from herstel_web.cases import bridge as cases
from herstel_web.knowledge import knowledge
from herstel_web.library import bridge as library

SIGN_QUESTIONS = ("rf_now", "rf_leg", "rf_ill")
"""The questions about signs that can be new any day; past illness and medicines are asked once."""
NOT_WALKING = "cannot_weight_bear_4_steps"
REPETITION_S = 4.0
"""What one repetition takes where no tempo and no hold is named (elicited)."""
LEAST_REST_S, MOST_REST_S = 15, 120

has_figure = library.has_figure
last_look_again_due = cases.next_recheck


# --- the plan of today -----------------------------------------------------------------------------------------------


def todays_plan(recovery: Recovery) -> Plan:
    """The plan whose first day is today, with what was done today still in it."""
    return plan_of_today(recovery.assessment, recovery.plan_now, recovery.progress, knowledge())


def in_words(plan: Plan, language: Language) -> PlanTelling:
    """The words of a plan."""
    return PlanTelling(language=language, plan=plan, knowledge=knowledge())


def name_of(exercise: str, plan: Plan, language: Language) -> str:
    """The name of an exercise; the id of one that is not known any more."""
    known = exercise in plan.own or exercise in knowledge().exercises.exercises
    return exercise_name(exercise, plan, knowledge(), language) if known else exercise


def library_exercise(exercise: str) -> Exercise | None:
    return knowledge().exercises.exercises.get(exercise)


def dose_of(exercise: str, plan: Plan) -> Dose:
    """How much of it: as planned, or the usual amount of what stands beside the plan, such as a warm-up."""
    planned = next((one for one in plan.exercises if one.exercise == exercise), None)
    if planned is not None:
        return planned.dose
    own = plan.own.get(exercise)
    return own.dose if own else dose_at(knowledge().exercises.exercises[exercise].dose, knowledge())


def amount_of(exercise: str, plan: Plan, language: Language) -> str:
    """The same in words, with the sides."""
    planned = next((one for one in plan.exercises if one.exercise == exercise), None)
    return amount_in_words(planned, language) if planned else sets_in_words(dose_of(exercise, plan), language)


def sides_of(exercise: str, plan: Plan) -> tuple[str, ...]:
    """The sides to do one after the other, the first one first; empty for an exercise without sides."""
    planned = next((one for one in plan.exercises if one.exercise == exercise), None)
    if planned is not None:
        return planned.sides
    return ("left", "right") if dose_of(exercise, plan).per_side else ()


def minutes_of(exercise: str, plan: Plan) -> float:
    """What it takes, with its rests."""
    planned = next((one for one in plan.exercises if one.exercise == exercise), None)
    return planned.minutes if planned else knowledge().exercises.exercises[exercise].minutes


def work_s(dose: Dose) -> float:
    """What one set of one side takes, in seconds; 0 for a distance, of which the time is not known."""
    if dose.unit == "metres":
        return 0.0
    if dose.unit == "reps":
        tempo = sum(map(int, dose.tempo.split("-"))) if dose.tempo else 0
        return dose.amount_high * (dose.hold_s or tempo or REPETITION_S)
    return dose.amount_high * (60 if dose.unit == "minutes" else 1)


def rest_s(exercise: str, plan: Plan) -> int:
    """The rest between two sets: what is left of the minutes it takes, in steps of five seconds."""
    dose, sides = dose_of(exercise, plan), max(1, len(sides_of(exercise, plan)))
    if dose.sets_high == 1:
        return 0
    left = minutes_of(exercise, plan) * 60 - dose.sets_high * sides * work_s(dose)
    return round(min(max(left / (dose.sets_high - 1), LEAST_REST_S), MOST_REST_S) / 5) * 5


def running_steps(language: Language) -> Mapping[int, str]:
    """All steps of the ladder by number."""
    return {number: step.name[language] for number, step in knowledge().progress.running.items()}


def pain_limit(exercise: str, recovery: Recovery) -> float:
    """The pain 0-10 this exercise may give today."""
    progress = recovery.progress
    exercises = Exercises(progress.plan, knowledge())
    if progress.reassessment is not None:
        exercises.revise(progress.reassessment)
    return exercises.pain_limit(exercise, progress.today)


def too_much_pain(language: Language) -> tuple[str, str]:
    """What the rule says of an exercise that hurts too much, and why."""
    rule = knowledge().progress.rules["pain_during"]
    numbers = {name: f"{limit:g}" for name, limit in rule.limits.items()}
    return rule.text[language], rule.why[language].format_map(numbers)


def activities(day: Day, plan: Plan, language: Language) -> Iterator[tuple[str, str, Line]]:
    """What may and may not on a day: yes, adapted or no, that in words, and the line with its reason."""
    words = in_words(plan, language)
    for name in day.activities:
        rule = words.activity(name)
        line = Line(mark=rule.activity[language], text=rule.text[language], detail=rule.why[language])
        yield rule.answer, say(language, ANSWERS[rule.answer]), line


def calendar(plan: Plan, language: Language, whose: str) -> bytes:
    """The week as a calendar that says only when there is training."""
    return as_calendar(plan, knowledge(), language, whose=whose, described=False)


# --- how it stands ---------------------------------------------------------------------------------------------------


def phase_name(recovery: Recovery, language: Language) -> str:
    """The phase; the name of the track where there are no phases."""
    plan, known = recovery.plan_now, knowledge().plan
    off_the_road = plan.track in ("see_first", "prevention")
    return known.tracks[plan.track].name[language] if off_the_road else known.phases[plan.week.phase].name[language]


def phase_aim(recovery: Recovery, language: Language) -> str:
    return knowledge().plan.phases[recovery.plan_now.week.phase].aim[language]


def decisions(recovery: Recovery, since: date, language: Language) -> tuple[Line, ...]:
    """What changed since a day and why, what keeps somebody safe first; that something stays as it is, is left out.

    Who was released reads that, and no longer that somebody must look.
    """
    telling = ProgressTelling(progress=recovery.progress, knowledge=knowledge(), language=language)
    left_out = ("hold",) if recovery.progress.position.on_hold else ("hold", "refer")
    found = [
        one
        for one in recovery.progress.decisions
        if one.date >= since and (one.action not in left_out or one.rule == "released")
    ]
    return tuple(decision_line(telling, one) for one in sorted(found, key=lambda one: FIRST.index(one.action)))


def progress_report(recovery: Recovery, language: Language) -> Report:
    return write_progress(recovery.progress, knowledge(), language)


def plan_report(recovery: Recovery, language: Language) -> Report:
    return write_plan(recovery.plan_now, knowledge(), language)


def urgency_level(level: str) -> UrgencyLevel:
    return next(one for one in knowledge().advice.urgency if one.id == level)


def out_of_hours(language: Language) -> tuple[str, str]:
    """Where to call when the own practice is closed, and how."""
    place = next(one for one in knowledge().advice.destinations if one.id == "huisartsenpost")
    return place.name[language], place.how[language]


# --- what a check-in asks --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """A warning sign that every check-in asks about, and what to do about it by itself.

    ``findings`` is what its answer shows to be there; ``level`` is "" for a sign that by itself asks for no haste.
    """

    id: str
    question: str
    label: str
    findings: tuple[str, ...]
    level: str
    title: str
    action: str
    why: str


def sign_findings() -> Mapping[str, tuple[str, ...]]:
    """The findings that each sign shows."""
    return {one.id: one.findings for one in signs("nl")}


@cache
def signs(language: Language) -> tuple[Sign, ...]:
    """The warning signs of the check-in, with what to do about each."""
    questions = (knowledge().questions[name] for name in SIGN_QUESTIONS)
    return tuple(
        _sign(f"{asked.id}.{option.id}", asked.id, option.label[language], option.present, language)
        for asked in questions
        for option in asked.options
    )


def not_walking(language: Language) -> Sign:
    """Not being able to walk four steps, which is told by how somebody walks."""
    return _sign("walking.cannot", "walking", "", (NOT_WALKING,), language)


def _sign(name: str, question: str, label: str, findings: tuple[str, ...], language: Language) -> Sign:
    fired = screen(Complaint(findings=dict.fromkeys(findings, True)).facts(), knowledge()).fired
    flag = fired[0] if fired else None
    return Sign(
        id=name,
        question=question,
        label=label,
        findings=findings,
        level=(flag.level or "") if flag else "",
        title=flag.title[language] if flag else "",
        action=flag.action[language] if flag else "",
        why=flag.why[language] if flag else "",
    )


def question_text(question: str, language: Language) -> str:
    return knowledge().questions[question].text[language]


def stop_text(language: Language) -> str:
    """What to do after a sharp stab, giving way or a new bruise."""
    rule = knowledge().progress.rules["stop_sign"]
    return rule.text[language].format_map({name: f"{limit:g}" for name, limit in rule.limits.items()})


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAgain:
    """A planned day to answer some questions anew, because of what may show only then."""

    text: str
    why: str
    questions: tuple[Question, ...]


def look_again(recovery: Recovery, language: Language) -> LookAgain | None:
    """The look-again that is due today or was missed; None when none is."""
    planned, today = cases.next_recheck(recovery), recovery.progress.today
    days = cases.days_since_start(recovery)
    if planned is None or planned > today or days is None:
        return None
    before = assessment_of(recovery.assessment)
    due = due_recheck(before, days, knowledge())
    if due is None:
        return None
    asked = _asked(due.questions, before.complaint, knowledge())
    return LookAgain(text=due.text[language], why=due.why[language], questions=asked)


def _asked(names: tuple[str, ...], complaint: Complaint, known: Knowledge) -> tuple[Question, ...]:
    """The questions that apply; the signs are asked by every check-in already."""
    fitting = {one.id for one in applicable(dict(complaint.answers), known)}
    return tuple(known.questions[name] for name in names if name in fitting and name not in SIGN_QUESTIONS)


def may_train(recovery: Recovery) -> bool:
    """Whether anything may be trained; nothing may while somebody must look first."""
    return not recovery.progress.position.on_hold


def is_planned_for(session: Session) -> bool:
    """Whether a session is something to do at one time; advice holds all day."""
    return session.kind != "advice"


A_DAY = timedelta(days=1)
