"""What the check-in asks, as values: groups of choices with what was chosen, in the order of the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from django.utils.translation import gettext, ngettext

from herstel.flow import Recovery
from herstel.knowledge.model import Question
from herstel.plan.model import Plan
from herstel.text import Language
from herstel_web.cases.models import Fact
from herstel_web.training import bridge, pages
from herstel_web.training.forms import NONE, UNKNOWN, Form
from herstel_web.training.groups import Choice, Group, Number, choices, pain, scale

STIFFNESS_MIN = ("0", "5", "10", "15", "20", "30", "45", "60", "90")
LAST_PHASES = 3
"""From this phase on a sport session may have been part of the day."""
MORE_SETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """An exercise that may have been done, with how many sets."""

    exercise: str
    name: str
    amount: str
    sets: tuple[Choice, ...]
    could_not: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInPage:
    day: date
    today: bool
    key: UUID
    correcting: Fact | None
    reason: str
    errors: tuple[str, ...]
    state: tuple[Group, ...]
    look_again: bridge.LookAgain | None
    look_again_groups: tuple[Group, ...]
    done: Group
    plan: tuple[PlanLine, ...]
    plan_values: tuple[str, ...]
    plan_minutes: str
    plan_step: str
    effort: tuple[Group, ...]
    minutes: Number
    runs: tuple[Group, ...]
    steps: tuple[Choice, ...]
    sport: Group | None
    stop: Group
    signs: tuple[Group, ...]
    none_of_these: bool
    weekly: tuple[Group, ...]
    more: tuple[Number, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For whom and when a check-in is asked."""

    recovery: Recovery
    day: date
    today: date
    ticks: Sequence[Fact]
    lately: Sequence[Fact]
    """The check-ins of the last seven days."""
    correcting: Fact | None = None


def check_in_page(asked: Asked, form: Form, language: Language, errors: Sequence[str] = ()) -> CheckInPage:
    """The check-in of a day with what was filled in so far."""
    today = asked.day == asked.today
    plan = bridge.todays_plan(asked.recovery)
    sets, step, minutes = pages.planned_sets(plan.week.days[0], plan) if today else ([], None, 0.0)
    again = bridge.look_again(asked.recovery, language) if today else None
    return CheckInPage(
        day=asked.day,
        today=today,
        key=uuid4(),
        correcting=asked.correcting,
        reason=form.one("reason"),
        errors=tuple(errors),
        state=tuple(_state(form, again)),
        look_again=again,
        look_again_groups=tuple(_question(one, form, language) for one in again.questions) if again else (),
        done=_done(form, asked.ticks, planned=bool(sets) or step is not None),
        plan=tuple(_plan_lines(asked, plan, form, language)),
        plan_values=tuple(one.value for one in sets),
        plan_minutes=f"{minutes:g}" if minutes else "",
        plan_step="" if step is None else str(step),
        effort=_effort(form),
        minutes=_minutes(form, minutes),
        runs=_runs(form),
        steps=_steps(form, language, step),
        sport=_sport(asked.recovery, form),
        stop=_stop(form),
        signs=tuple(_signs(form, language)),
        none_of_these=form.all("sign") == [NONE],
        weekly=tuple(_weekly(asked.lately, form)),
        more=tuple(_more(form)),
        note=form.one("note"),
    )


# --- groups ----------------------------------------------------------------------------------------------------------


def _state(form: Form, again: "bridge.LookAgain | None") -> Iterator[Group]:
    yield pain("pain_next_morning", gettext("Pain when you got up this morning"), form)
    told = form.one("stiffness_min")
    minutes = sorted({*STIFFNESS_MIN, *([told] if told.replace(".", "").isdigit() else [])}, key=float)
    yield Group(
        name="stiffness_min",
        legend=gettext("How many minutes were you stiff this morning?"),
        choices=choices("stiffness_min", {one: one for one in minutes}, form),
        hint=gettext("90 is an hour and a half or longer."),
    )
    yield pain("pain_now", gettext("Pain now"), form)
    yield pain("pain_worst", gettext("Worst pain of this day"), form)
    if again is None or all(one.id != "walking" for one in again.questions):
        walking = {
            "pain_free": gettext("without pain"),
            "some_pain": gettext("with some pain"),
            "limping": gettext("with a limp"),
            "cannot": gettext("I cannot take 4 steps"),
        }
        yield Group(name="walking", legend=gettext("How do you walk?"), choices=choices("walking", walking, form))


def _question(asked: Question, form: Form, language: Language) -> Group:
    """A question of the question bank, taken anew."""
    several = asked.kind != "single"
    name = f"{'qs' if several else 'q'}.{asked.id}"
    labels = {option.id: option.label[language] for option in asked.options}
    if several:
        labels[NONE] = gettext("None of these")
    labels[UNKNOWN] = gettext("I don't know")
    return Group(
        name=name,
        legend=asked.text[language],
        hint=asked.help[language] if asked.help else "",
        choices=choices(name, labels, form),
        kind="checkbox" if several else "radio",
        look="options",
    )


def _done(form: Form, ticks: Sequence[Fact], *, planned: bool) -> Group:
    labels: dict[str, str] = {}
    if ticks:
        count = len(ticks)
        labels["ticked"] = ngettext("What I ticked off: {n} set", "What I ticked off: {n} sets", count).format(n=count)
    if planned:
        labels["as_planned"] = gettext("Everything as planned")
    labels |= {"some": gettext("Something else"), "nothing": gettext("Nothing")}
    chosen = form if form.one("done") or not ticks else Form(fields={"done": ["ticked"]})
    return Group(
        name="done",
        legend=gettext("What did you do?"),
        choices=choices("done", labels, chosen),
        look="options",
    )


def _plan_lines(asked: Asked, plan: Plan, form: Form, language: Language) -> Iterator[PlanLine]:
    could_not = form.all("could_not")
    for exercise in _may_have_done(asked, plan, form):
        most = bridge.dose_of(exercise, plan).sets_high + MORE_SETS
        name = f"sets.{exercise}"
        told = form.one(name)
        numbers = [str(number) for number in range(max(most, int(told) if told.isdigit() else 0) + 1)]
        yield PlanLine(
            exercise=exercise,
            name=bridge.name_of(exercise, plan, language),
            amount=bridge.amount_of(exercise, plan, language),
            sets=choices(name, {one: one for one in numbers}, form),
            could_not=exercise in could_not,
        )


def _may_have_done(asked: Asked, plan: Plan, form: Form) -> list[str]:
    """The exercises of the day first; then what was ticked off or told, and on another day everything of the plan."""
    day = plan.week.days[0]
    todays = [one for session in day.sessions if bridge.is_planned_for(session) for one in session.exercises]
    planned = todays if asked.day == asked.today else [one.exercise for one in plan.exercises]
    ticked = [str(one.entry["exercise"]) for one in asked.ticks if one.entry]
    told = [name.partition(".")[2] for name in form.fields if name.startswith("sets.")]
    known = (*plan.own, *(one for one in (*ticked, *told) if bridge.library_exercise(one)))
    return [one for one in dict.fromkeys([*planned, *ticked, *told]) if one in planned or one in known]


def _effort(form: Form) -> tuple[Group, ...]:
    ends = (gettext("no effort"), gettext("everything I had"))
    return (
        pain("pain_during", gettext("Worst pain while you did it"), form),
        scale("session_rpe", gettext("How heavy was it?"), ends, form),
    )


def _minutes(form: Form, planned: float) -> Number:
    hint = gettext("All training and sport of this day together.")
    if planned:
        hint = gettext("Left open with everything as planned: {minutes}.").format(minutes=f"{planned:g}")
    label = gettext("Minutes of training and sport")
    return Number(name="session_min", label=label, value=form.one("session_min"), most=720, hint=hint)


def _runs(form: Form) -> tuple[Group, ...]:
    yes_no = {"no": gettext("no"), "yes": gettext("yes")}
    return (
        pain("run_pain", gettext("Pain during the run"), form),
        Group(name="run_limp", legend=gettext("Did you limp?"), choices=choices("run_limp", yes_no, form)),
        Group(
            name="run_in_fatigue",
            legend=gettext("When?"),
            choices=choices("run_in_fatigue", {"1": gettext("At the end of a tiring session")}, form),
            kind="checkbox",
        ),
    )


def _steps(form: Form, language: Language, planned: int | None) -> tuple[Choice, ...]:
    """The steps of the running ladder; none when running is neither planned nor told."""
    if planned is None and not form.one("run_step") and not form.one("run_pain"):
        return ()
    labels = {str(number): f"{number}. {name}" for number, name in bridge.running_steps(language).items()}
    return choices("run_step", labels, form)


def _sport(recovery: Recovery, form: Form) -> Group | None:
    plan = recovery.plan_now
    if plan.goal.kind != "sport" or (recovery.progress.phase < LAST_PHASES and not plan.goal.events):
        return None
    labels = {"0.5": gettext("a part of it"), "1": gettext("all of it, at full strength")}
    return Group(
        name="sport_share",
        legend=gettext("Did you join a training or match of your sport?"),
        choices=choices("sport_share", labels, form),
        hint=gettext("Did you not? Leave it open."),
    )


def _stop(form: Form) -> Group:
    labels = {
        "sharp_stab": gettext("A sudden, sharp stab"),
        "gave_way": gettext("My leg gave way"),
        "new_bruise": gettext("A new bruise"),
        NONE: gettext("None of these"),
    }
    return Group(
        name="stop",
        legend=gettext("Did one of these happen?"),
        choices=choices("stop", labels, form),
        kind="checkbox",
        look="options",
    )


def _signs(form: Form, language: Language) -> Iterator[Group]:
    """The warning signs, by the question they belong to; all are fields of one name."""
    chosen = form.all("sign")
    for question in bridge.SIGN_QUESTIONS:
        found = [one for one in bridge.signs(language) if one.question == question]
        yield Group(
            name="sign",
            legend=bridge.question_text(question, language),
            choices=tuple(Choice(value=one.id, label=one.label, checked=one.id in chosen) for one in found),
            kind="checkbox",
            look="options",
        )


def _weekly(lately: Sequence[Fact], form: Form) -> Iterator[Group]:
    """What is asked once a week, and what was told already when a check-in is corrected."""
    told = {name for one in lately if one.entry for name in one.entry}
    if "confidence" not in told or form.one("confidence"):
        ends = (gettext("no trust at all"), gettext("full trust"))
        yield scale("confidence", gettext("How much do you trust your leg?"), ends, form)
    if "fear_of_movement" not in told or form.one("fear_of_movement"):
        labels = {"low": gettext("hardly"), "some": gettext("somewhat"), "high": gettext("very much")}
        yield Group(
            name="fear_of_movement",
            legend=gettext("Are you afraid to move your leg?"),
            choices=choices("fear_of_movement", labels, form),
        )


def _more(form: Form) -> Iterator[Number]:
    yield Number(name="sleep_h", label=gettext("Hours of sleep"), value=form.one("sleep_h"), most=24, step="0.5")
    yield Number(
        name="predicted_days",
        label=gettext("How many more days do you think it takes?"),
        value=form.one("predicted_days"),
        most=1500,
        hint=gettext("Your own feeling also tells something about how long it takes."),
    )
