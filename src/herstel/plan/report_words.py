"""The words of a plan: names, amounts, sides, days and reasons, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from herstel.chain.model import BodySide
from herstel.errors import marked
from herstel.knowledge.exercise_entries import Dose, DoseUnit
from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import ActivityRule, Track
from herstel.knowledge.telling import InLanguage
from herstel.plan.model import EventKind, Plan, PlannedExercise, Session, SessionKind, SportEvent
from herstel.text import Language, say

WEEKDAYS = (
    marked("Monday"), marked("Tuesday"), marked("Wednesday"), marked("Thursday"), marked("Friday"),
    marked("Saturday"), marked("Sunday"),
)  # fmt: skip
_SESSIONS: Mapping[SessionKind, str] = {
    "morning": marked("In the morning"),
    "warm_up": marked("Warm-up"),
    "running": marked("Walking and running"),
    "main": marked("Exercises"),
    "conditioning": marked("Condition"),
    "cool_down": marked("Afterwards"),
    "advice": marked("All day"),
}
_EVENTS: Mapping[EventKind, str] = {"match": marked("match"), "training": marked("team training")}
_AMOUNTS: Mapping[DoseUnit, str] = {
    "reps": marked("{sets} × {amount} times"),
    "seconds": marked("{sets} × {amount} seconds"),
    "minutes": marked("{sets} × {amount} minutes"),
    "metres": marked("{sets} × {amount} metres"),
}
_ONE_SET: Mapping[DoseUnit, str] = {
    "reps": marked("{amount} times"),
    "seconds": marked("{amount} seconds"),
    "minutes": marked("{amount} minutes"),
    "metres": marked("{amount} metres"),
}
_SIDES: Mapping[BodySide, str] = {"left": marked("left"), "right": marked("right")}
_REASONS: Mapping[str, str] = {
    "phase": marked("it belongs to this phase"),
    "track": marked("it belongs to your kind of complaint"),
    "prevention": marked("it belongs to the prevention programme"),
    "edit": marked("your therapist chose it"),
}
_LEFT_OUT: Mapping[str, str] = {
    "equipment": marked("you do not have what it needs"),
    "edit": marked("your therapist took it out"),
    "paused": marked("it is paused"),
    "time": marked("there was no time left for it this week"),
    "track": marked("it does not suit your kind of complaint"),
    "too_early": marked("it is too early for it"),
    "phase": marked("it belongs to another phase"),
}
ANSWERS: Mapping[str, str] = {"yes": marked("Yes"), "adapted": marked("Adapted"), "no": marked("No")}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTelling(InLanguage):
    """A plan being told in one language."""

    plan: Plan

    @property
    def track(self) -> Track:
        return self.knowledge.plan.tracks[self.plan.track]

    @property
    def planned(self) -> Mapping[str, PlannedExercise]:
        return {one.exercise: one for one in self.plan.exercises}

    def name(self, exercise: str) -> str:
        return exercise_name(exercise, self.plan, self.knowledge, self.language)

    def weekday(self, day: date) -> str:
        return say(self.language, WEEKDAYS[day.weekday()])

    def minutes(self, minutes: float) -> str:
        return say(self.language, "about {minutes} minutes", minutes=f"{minutes:g}")

    def kind(self, session: Session) -> str:
        """What kind of session it is."""
        return say(self.language, _SESSIONS[session.kind])

    def session(self, session: Session) -> str:
        """What is done in a session: names with sets and amounts."""
        planned = self.planned
        told = [
            f"{self.name(one)} ({sets_in_words(planned[one].dose, self.language)})"
            if one in planned
            else self.name(one)
            for one in session.exercises
        ]
        return f"{self.kind(session)}: {', '.join(told)}"

    def event(self, event: SportEvent) -> str:
        """A training or match of the person's own week."""
        name = say(self.language, _EVENTS[event.kind])
        return say(self.language, "In your calendar: {event}, {minutes} minutes.", event=name, minutes=event.minutes)

    def often(self, planned: PlannedExercise) -> str:
        """How much, how often, and how long to rest after it."""
        parts = [amount_in_words(planned, self.language), times_in_words(planned.times_per_week, self.language)]
        if planned.heavy:
            parts.append(say(self.language, "heavy: {hours} hours of rest after it", hours=f"{planned.rest_h:g}"))
        return ". ".join(part[:1].upper() + part[1:] for part in parts) + "."

    def why(self, planned: PlannedExercise) -> str:
        """The finding, what is trained for it, and what that leads to."""
        reasons = ", ".join(self.finding(one) for one in planned.why.findings)
        parts = [say(self.language, "Why: {reasons}.", reasons=reasons)]
        target = self.knowledge.exercises.targets.get(planned.why.target)
        if target is not None:
            parts.append(say(self.language, "It trains: {target}.", target=self.of(target.name)))
        leads_to = self.of(planned.why.leads_to)
        return " ".join([*parts, f"{leads_to[:1].upper()}{leads_to[1:]}."])

    def finding(self, finding: str) -> str:
        """A reason for an exercise in words: something found in the chain, or the phase, track or therapist."""
        chain = self.knowledge.chain
        if finding in _REASONS:
            return say(self.language, _REASONS[finding])
        if finding in chain.implications:
            return self.of(chain.implications[finding].title)
        link = next((one for one in chain.links.values() if one.id == finding), None)
        return (
            say(self.language, "found in the chain: {link}", link=self.of(link.name)) if link is not None else finding
        )

    def left_out(self, reason: str) -> str:
        """Why an exercise is not in the plan."""
        codes, rules = self.knowledge.exercises.contraindications, self.knowledge.plan.rules
        if reason in codes:
            return self.of(codes[reason].name)
        if reason in rules:
            return self.of(rules[reason].text)
        return say(self.language, _LEFT_OUT.get(reason, reason))

    def activity(self, rule: str) -> ActivityRule:
        """A rule of activities.yaml."""
        return next(one for one in self.knowledge.plan.activities if one.id == rule)


def exercise_name(exercise: str, plan: Plan, knowledge: Knowledge, language: Language) -> str:
    """The name of an exercise of the library or of the therapist's own."""
    if exercise in plan.own:
        return plan.own[exercise].name[language]
    return knowledge.exercises.exercises[exercise].name[language]


def amount_in_words(planned: PlannedExercise, language: Language) -> str:
    """How much at a time: sets, amount, hold, effort and sides.

    Returns
    -------
    str
        Such as "3 × 12 times, each side, left first".
    """
    dose = planned.dose
    told = sets_in_words(dose, language)
    if dose.hold_s:
        told += say(language, ", hold {seconds} seconds", seconds=f"{dose.hold_s:g}")
    if dose.effort is not None:
        told += f", {dose.effort[language]}"
    return told + _on_sides(planned.sides, language)


def sets_in_words(dose: Dose, language: Language) -> str:
    """Sets and amount only, such as "3 × 12 times"."""
    form = (_ONE_SET if dose.sets_high == 1 else _AMOUNTS)[dose.unit]
    if (dose.unit, dose.amount_high) == ("minutes", 1):
        form = marked("{sets} × {amount} minute")
    return say(language, form, sets=dose.sets_high, amount=f"{dose.amount_high:g}")


def times_in_words(times: int, language: Language) -> str:
    """How often, such as "3 times a week"."""
    return say(language, "{times} times a week", times=times) if times > 1 else say(language, "once a week")


def _on_sides(sides: tuple[BodySide, ...], language: Language) -> str:
    if len(sides) == 1:
        return say(language, ", {side} leg only", side=say(language, _SIDES[sides[0]]))
    return say(language, ", each side, {side} first", side=say(language, _SIDES[sides[0]])) if sides else ""
