"""The words of progress: rules with their numbers, criteria with what was found, days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from herstel.errors import marked
from herstel.knowledge.progress_entries import GateCriterion, ProgressRule
from herstel.knowledge.telling import InLanguage
from herstel.plan.report_words import exercise_name
from herstel.progress.model import Decision, GateItem, Progress
from herstel.text import MONTHS, Text

WALKING_WORDS = (marked("pain-free"), marked("with some pain"), marked("limping"), marked("not possible"))
FEAR_WORDS = (marked("low"), marked("some"), marked("high"))
ACTIONS: Mapping[str, str] = {
    "advance": marked("One step on"),
    "hold": marked("Stay"),
    "step_back": marked("One step back"),
    "stop": marked("Stop"),
    "refer": marked("Have it seen"),
    "review": marked("Look along"),
}
SUBJECTS: Mapping[str, str] = {"phase": marked("Your phase"), "running": marked("Running")}
_NUMBERS: Mapping[str, str] = {
    "pain": marked("pain {value}"),
    "limit": marked("limit {value}"),
    "good": marked("{value} times good"),
    "steps": marked("level {value}"),
    "volume_percent": marked("{value} % of the amount"),
    "days": marked("{value} days"),
    "minimum_days_left": marked("{value} days to go at least"),
    "phase": marked("phase {value}"),
    "step": marked("running step {value}"),
    "to_step": marked("back to running step {value}"),
    "missing": marked("{value} not met or not known"),
    "share_percent": marked("{value} % of the plan"),
    "pain_before": marked("worst pain was {value}"),
    "pain_now": marked("worst pain is {value}"),
    "strength_percent": marked("{value} % of the other leg's strength"),
    "changed": marked("{value} parts changed"),
    "sharp_stab": marked("a sharp stab"),
    "gave_way": marked("the leg gave way"),
    "new_bruise": marked("a new bruise"),
}
_UNITS: Mapping[str, str] = {
    "deg": marked("{value} degrees"),
    "cm": marked("{value} cm"),
    "s": marked("{value} seconds"),
    "reps": marked("{value} times"),
    "points": marked("{value} points"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressTelling(InLanguage):
    """A progress being told in one language."""

    progress: Progress
    since: date | None = None
    """The first day of its pictures; None for everything."""

    def date(self, day: date) -> str:
        """A day without its year."""
        return self.tell("{day} {month}", day=day.day, month=self.tell(MONTHS[day.month - 1]))

    def number(self, value: float) -> str:
        """A number as it is written in the language, without needless decimals."""
        text = f"{round(value, 1):g}"
        return text.replace(".", ",") if self.language == "nl" else text

    # --- rules ------------------------------------------------------------------------------------------------------

    def rule(self, rule: str) -> ProgressRule:
        return self.knowledge.progress.rules[rule]

    def filled(self, text: Text, rule: ProgressRule) -> str:
        """A text of a rule with its limits filled in."""
        return self.of(text).format_map({name: self.number(limit) for name, limit in rule.limits.items()})

    def subject(self, decision: Decision) -> str:
        """What a decision is about; "" for the person as a whole."""
        if decision.subject in SUBJECTS:
            return self.tell(SUBJECTS[decision.subject])
        if decision.subject == "person":
            return ""
        return exercise_name(decision.subject, self.progress.plan, self.knowledge, self.language)

    def numbers(self, decision: Decision) -> str:
        """The numbers that decided, in words."""
        told = [self._one_number(name, value) for name, value in decision.numbers.items()]
        if "of" in decision.numbers:
            met, of = (self.number(decision.numbers[name]) for name in ("met", "of"))
            told.insert(0, self.tell("{met} of {of} points met", met=met, of=of))
        return ", ".join(part for part in told if part)

    def _one_number(self, name: str, value: float) -> str:
        if name in self.knowledge.red_flags:
            return self.of(self.knowledge.red_flags[name].title)
        if name == "limp":
            return self.tell("with a limp") if value else ""
        if name == "minimum_days_left" and not value:
            return ""
        return self.tell(_NUMBERS[name], value=self.number(value)) if name in _NUMBERS else ""

    # --- criteria ---------------------------------------------------------------------------------------------------

    def found(self, item: GateItem) -> str:
        """What was found for a criterion, and when; "" when nothing is known."""
        if item.value is None:
            return ""
        told = self._value(self.knowledge.progress.criterion(item.criterion), item.value)
        if item.measured_on is None:
            return told
        return self.tell("{what} ({day})", what=told, day=self.date(item.measured_on))

    def _value(self, one: GateCriterion, value: float) -> str:
        if one.measure == "side_ratio":
            return self.tell("{percent} % of the other side", percent=self.number(100 * value))
        if one.measure == "confirmed":
            return self.tell("agrees") if value else self.tell("does not agree")
        if one.measure == "check_in":
            return self._told(one.subject, value)
        if one.measure in ("run", "run_in_fatigue", "run_weeks", "sessions"):
            return self.tell("{times} times so far", times=self.number(value))
        if self.knowledge.chain.tests[one.subject].unit == "yes_no":
            return self.tell("yes") if value else self.tell("no")
        return self.tell(self._unit(one.subject), value=self.number(value))

    def _told(self, subject: str, value: float) -> str:
        words = {"walking": WALKING_WORDS, "fear_of_movement": FEAR_WORDS}.get(subject)
        return self.number(value) if words is None else self.tell(words[int(value)])

    def _unit(self, test: str) -> str:
        unit = self.knowledge.chain.tests[test].unit
        return _UNITS.get(unit, f"{{value}} {unit}")
