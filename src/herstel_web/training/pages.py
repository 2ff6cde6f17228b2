"""What the pages of a day show, as values: everything a template needs and nothing it has to work out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from herstel.assessment.report import Line
from herstel.flow import Recovery
from herstel.plan.model import Day, Plan, Session
from herstel.text import Language
from herstel_web.cases.models import Fact
from herstel_web.reporting import ShownSection, shown_section
from herstel_web.training import bridge, queries
from herstel_web.training.forms import PlannedSets

NO_TRAINING = ("morning", "advice")
EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExercise:
    """An exercise of a session, as a line of the day."""

    id: str
    name: str
    amount: str
    why: str
    drawn: bool
    in_library: bool
    ticked: int
    sets: int

    @property
    def done(self) -> bool:
        return self.ticked >= self.sets


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """What is done together; ``step`` is the name and the content of a step of the running ladder."""

    kind: str
    name: str
    minutes: str
    exercises: tuple[ShownExercise, ...]
    step: str
    """The name of the step of the running ladder; empty without one."""
    playable: bool

    @property
    def ticked(self) -> int:
        return sum(min(one.ticked, one.sets) for one in self.exercises)

    @property
    def sets(self) -> int:
        return sum(one.sets for one in self.exercises)


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something of daily life or sport that may go on today, may in another way, or may not yet."""

    answer: str
    answer_in_words: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What comes before all training: the call, how urgent it is, and the sections that say what to do and why."""

    headline: str
    emergency: bool
    sections: tuple[ShownSection, ...]
    gp_name: str
    gp_how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage:
    day: date
    headline: str
    phase: str
    aim: str
    act: Act | None
    sessions: tuple[ShownSession, ...]
    all_day: tuple[ShownSession, ...]
    also_done: tuple[str, ...]
    events: tuple[str, ...]
    activities: tuple[Activity, ...]
    changed: tuple[Line, ...]
    look_again: bridge.LookAgain | None
    checked_in: Fact | None
    resting: bool
    """Nothing to train today, though nothing is wrong."""


def today_page(recovery: Recovery, ticks: Iterable[Fact], checked_in: Fact | None, language: Language) -> TodayPage:
    """The day: what to do first, what may go on, what changed."""
    plan, counted = bridge.todays_plan(recovery), queries.counted(ticks)
    today = plan.week.days[0]
    act = act_page(recovery, language)
    sessions = sessions_of(today, plan, counted, language) if act is None else ()
    shown = {one.id for session in sessions for one in session.exercises}
    return TodayPage(
        day=recovery.progress.today,
        headline=_headline(recovery, plan, today),
        phase=bridge.phase_name(recovery, language),
        aim=bridge.phase_aim(recovery, language) if plan.track not in ("see_first", "prevention") else "",
        act=act,
        sessions=tuple(one for one in sessions if one.playable),
        all_day=tuple(one for one in sessions if not one.playable),
        also_done=tuple(bridge.name_of(one, plan, language) for one in counted if one not in shown),
        events=tuple(events_of(today)),
        activities=tuple(
            Activity(answer=answer, answer_in_words=words, line=line)
            for answer, words, line in bridge.activities(today, plan, language)
        ),
        changed=bridge.decisions(recovery, recovery.progress.today - bridge.A_DAY, language),
        look_again=bridge.look_again(recovery, language),
        checked_in=checked_in,
        resting=act is None and not any(one.kind not in NO_TRAINING for one in today.sessions),
    )


def _headline(recovery: Recovery, plan: Plan, today: Day) -> str:
    """The first thing of the day in one line."""
    sessions = [one for one in today.sessions if one.kind not in NO_TRAINING]
    if recovery.progress.position.discharged or plan.track == "prevention":
        return gettext("Keep what you have built up")
    if not sessions:
        return gettext("A day without training")
    minutes = sum(one.minutes for one in sessions)
    return gettext("Today: about {minutes} minutes").format(minutes=round(minutes))


def act_page(recovery: Recovery, language: Language) -> Act | None:
    """What somebody must do before anything is trained; None when nothing stands in the way."""
    if bridge.may_train(recovery):
        return None
    report = bridge.progress_report(recovery, language)
    name, how = bridge.out_of_hours(language)
    return Act(
        headline=_call(recovery, report.headline, language),
        emergency=report.urgency == EMERGENCY,
        sections=tuple(shown_section(one) for one in report.sections if one.id in ("act", "call")),
        gp_name=name,
        gp_how=how,
    )


def _call(recovery: Recovery, headline: str, language: Language) -> str:
    """What to do first: the headline of a referral says it, else it stands in the assessment of the complaint."""
    if recovery.progress.referral is not None:
        return headline
    return f"{bridge.urgency_level(recovery.assessment.urgency.level).call[language]} {headline}"


def events_of(day: Day) -> Iterator[str]:
    """The trainings and matches of the person's own week."""
    names = {"match": gettext("Match"), "training": gettext("Team training")}
    for event in day.events:
        yield gettext("{event}, {minutes} minutes").format(event=names[event.kind], minutes=event.minutes)


# --- sessions --------------------------------------------------------------------------------------------------------


def sessions_of(day: Day, plan: Plan, ticked: Mapping[str, int], language: Language) -> list[ShownSession]:
    """The sessions of a day, in the order in which they are done."""
    return [_session(one, plan, ticked, language) for one in day.sessions]


def _session(session: Session, plan: Plan, ticked: Mapping[str, int], language: Language) -> ShownSession:
    words = bridge.in_words(plan, language)
    return ShownSession(
        kind=session.kind,
        name=words.kind(session),
        minutes=words.minutes(round(session.minutes)) if session.minutes else "",
        exercises=tuple(shown_exercise(one, plan, ticked, language) for one in session.exercises),
        step=bridge.running_steps(language).get(session.running_step or 0, ""),
        playable=bridge.is_planned_for(session),
    )


def shown_exercise(exercise: str, plan: Plan, ticked: Mapping[str, int], language: Language) -> ShownExercise:
    """One exercise with its amount, why it is there and how much of it was done."""
    words = bridge.in_words(plan, language)
    planned = words.planned.get(exercise)
    known = bridge.library_exercise(exercise)
    why = words.why(planned) if planned else known.leads_to[language] if known else ""
    return ShownExercise(
        id=exercise,
        name=bridge.name_of(exercise, plan, language),
        amount=bridge.amount_of(exercise, plan, language),
        why=_sentence(why),
        drawn=bridge.has_figure(exercise),
        in_library=known is not None,
        ticked=ticked.get(exercise, 0),
        sets=bridge.dose_of(exercise, plan).sets_high,
    )


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("." if text and text[-1] not in ".!?" else "")


def planned_sets(day: Day, plan: Plan) -> tuple[list[PlannedSets], int | None, float]:
    """What a day asks: sets by exercise, the step of the running ladder, and the minutes of training."""
    sets: list[PlannedSets] = []
    step, minutes = None, 0.0
    for session in day.sessions:
        if not bridge.is_planned_for(session):
            continue
        minutes += session.minutes if session.kind != "morning" else 0
        step = session.running_step or step
        if session.running_step is None:
            sets += [_planned(one, plan) for one in session.exercises]
    return sets, step, minutes


def _planned(exercise: str, plan: Plan) -> PlannedSets:
    dose = bridge.dose_of(exercise, plan)
    return PlannedSets(exercise=exercise, sets=dose.sets_high, amount=dose.amount_high)


# --- the week --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDay:
    date: date
    today: bool
    sessions: tuple[ShownSession, ...]
    events: tuple[str, ...]
    minutes: str


def week_page(recovery: Recovery, ticks: Iterable[Fact], language: Language) -> tuple[ShownDay, ...]:
    """Seven days from today; only today is certain, the others follow what today tells."""
    today_plan, plan, counted = bridge.todays_plan(recovery), recovery.plan_now, queries.counted(ticks)
    days = [(today_plan.week.days[0], today_plan, counted), *((day, plan, {}) for day in plan.week.days[1:])]
    return tuple(_day(day, of_plan, done, language) for day, of_plan, done in days)


def _day(day: Day, plan: Plan, ticked: Mapping[str, int], language: Language) -> ShownDay:
    training = [one for one in day.sessions if one.kind not in NO_TRAINING]
    minutes = sum(one.minutes for one in training)
    return ShownDay(
        date=day.date,
        today=day.date == plan.week.start,
        sessions=tuple(_session(one, plan, ticked, language) for one in training),
        events=tuple(events_of(day)),
        minutes=bridge.in_words(plan, language).minutes(round(minutes)) if minutes else "",
    )


# --- one exercise ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """An easier or harder exercise of the same kind."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExercisePage:
    """How an exercise is done, and when to stop; ``amount`` is "" for one that is not in the plan now."""

    shown: ShownExercise
    amount: str
    often: str
    start: str
    cues: tuple[str, ...]
    mistakes: tuple[str, ...]
    limit: str
    stop_why: str
    easier: tuple[Ladder, ...]
    harder: tuple[Ladder, ...]
    evidence: str
    sources: tuple[str, ...]


def exercise_page(exercise: str, recovery: Recovery, language: Language) -> ExercisePage | None:
    """Everything about an exercise of the library, or of the therapist's own in this plan; None for another."""
    plan, known = recovery.plan_now, bridge.library_exercise(exercise)
    own = plan.own.get(exercise)
    if known is None and own is None:
        return None
    words = bridge.in_words(plan, language)
    planned = words.planned.get(exercise)
    _, why = bridge.too_much_pain(language)
    cues = known.cues if known else own.cues if own else ()
    return ExercisePage(
        shown=shown_exercise(exercise, plan, {}, language),
        amount=bridge.amount_of(exercise, plan, language) if planned else "",
        often=words.often(planned) if planned else "",
        start=known.start[language] if known else "",
        cues=tuple(one[language] for one in cues),
        mistakes=tuple(one[language] for one in known.mistakes) if known else (),
        limit=f"{bridge.pain_limit(exercise, recovery):g}",
        stop_why=why,
        easier=_ladder(known.easier if known else (), plan, language),
        harder=_ladder(known.harder if known else (), plan, language),
        evidence=known.evidence[language] if known else "",
        sources=words.cite(known.source) if known else (),
    )


def _ladder(names: Iterable[str], plan: Plan, language: Language) -> tuple[Ladder, ...]:
    return tuple(Ladder(id=one, name=bridge.name_of(one, plan, language)) for one in names)
