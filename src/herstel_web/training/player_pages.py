"""What the player of a session shows: one exercise at a time, its sets, its times and its limit of pain."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext

from herstel.flow import Recovery
from herstel.plan.model import Plan
from herstel.text import Language
from herstel_web.cases.models import Fact
from herstel_web.training import bridge
from herstel_web.training.pages import NO_TRAINING


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRow:
    """A set to do or done; ``key`` makes ticking it off twice the same as once."""

    number: int
    key: UUID
    done: bool
    pain: str
    """As it was told; "" when it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayedExercise:
    """An exercise in the player. Times are in seconds; ``set_s`` is 0 where nobody knows how long it takes."""

    id: str
    name: str
    amount: str
    start: str
    cues: tuple[str, ...]
    drawn: bool
    in_library: bool
    sets: tuple[SetRow, ...]
    sides: tuple[str, ...]
    side_names: tuple[str, ...]
    unit: str
    unit_name: str
    per_set: str
    set_s: int
    rest_s: int
    repetitions: int
    limit: str
    stopped: bool
    """A set hurt more than the limit: no more of this today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPage:
    kind: str
    name: str
    day: date
    step: str
    """The name of the step of the running ladder; empty without one."""
    exercises: tuple[PlayedExercise, ...]
    stop: str
    stop_why: str
    following: tuple[str, str] | None
    """Kind and name of the session that comes after this one."""

    @property
    def finished(self) -> bool:
        return all(one.stopped or all(row.done for row in one.sets) for one in self.exercises)


def session_page(kind: str, recovery: Recovery, ticks: Iterable[Fact], language: Language) -> SessionPage | None:
    """A session of today; None when today has none of this kind, or while somebody must look first."""
    plan = bridge.todays_plan(recovery)
    todays = [one for one in plan.week.days[0].sessions if bridge.is_planned_for(one)]
    session = next((one for one in todays if one.kind == kind), None)
    if session is None or not bridge.may_train(recovery):
        return None
    words = bridge.in_words(plan, language)
    stop, why = bridge.too_much_pain(language)
    after = todays[todays.index(session) + 1 :]
    return SessionPage(
        kind=kind,
        name=words.kind(session),
        day=recovery.progress.today,
        step=bridge.running_steps(language).get(session.running_step or 0, ""),
        exercises=tuple(_played(one, plan, recovery, list(ticks), language) for one in session.exercises),
        stop=stop,
        stop_why=why,
        following=(after[0].kind, words.kind(after[0])) if after and kind not in NO_TRAINING else None,
    )


def _played(exercise: str, plan: Plan, recovery: Recovery, ticks: Sequence[Fact], language: Language) -> PlayedExercise:
    known, dose = bridge.library_exercise(exercise), bridge.dose_of(exercise, plan)
    own = plan.own.get(exercise)
    limit = bridge.pain_limit(exercise, recovery)
    done = {one.entry["set"]: one.entry for one in ticks if one.entry and one.entry["exercise"] == exercise}
    cues = known.cues if known else own.cues if own else ()
    sides = bridge.sides_of(exercise, plan)
    return PlayedExercise(
        id=exercise,
        name=bridge.name_of(exercise, plan, language),
        amount=bridge.amount_of(exercise, plan, language),
        start=known.start[language] if known else "",
        cues=tuple(one[language] for one in cues),
        drawn=bridge.has_figure(exercise),
        in_library=known is not None,
        sets=tuple(_row(number, done) for number in range(1, max([dose.sets_high, *done]) + 1)),
        sides=sides,
        side_names=tuple(side_name(side) for side in sides),
        unit=dose.unit,
        unit_name=unit_name(dose.unit),
        per_set=f"{dose.amount_high:g}",
        set_s=round(bridge.work_s(dose)),
        rest_s=bridge.rest_s(exercise, plan),
        repetitions=round(dose.amount_high) if dose.unit == "reps" else 0,
        limit=f"{limit:g}",
        stopped=any((one.get("pain") or 0) > limit for one in done.values()),
    )


def _row(number: int, done: Mapping[int, Mapping[str, object]]) -> SetRow:
    told = done.get(number)
    pain = told.get("pain") if told else None
    return SetRow(number=number, key=uuid4(), done=told is not None, pain="" if pain is None else f"{pain:g}")


def side_name(side: str) -> str:
    return {"left": gettext("left"), "right": gettext("right")}[side]


def unit_name(unit: str) -> str:
    """What is counted in a set."""
    return {
        "reps": gettext("times"),
        "seconds": gettext("seconds"),
        "minutes": gettext("minutes"),
        "metres": gettext("metres"),
    }[unit]
