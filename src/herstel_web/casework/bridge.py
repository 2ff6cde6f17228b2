"""The one place where these pages reach the domain: rules, reports, and what ids are called."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from herstel.assessment.assess import facts_of
from herstel.assessment.report import Report, write_report
from herstel.assessment.report_sections.doing import MODALITIES
from herstel.assessment.result import GRADES, assessment_of
from herstel.flow import Recovery
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import ClinicianTest
from herstel.plan.report_words import exercise_name as name_of_exercise
from herstel.plan.tracks import injury_day
from herstel.progress.model import Decision
from herstel.progress.words import ProgressTelling
from herstel.text import Language, say
from herstel_web.cases.bridge import (
    URGENT,
    condition_name,
    looked_on,
    present_assessment,
    rule_out_first,
    rule_out_in_words,
    urgency_name,
)
from herstel_web.cases.models import DecisionMade
from herstel_web.knowledge import knowledge

__all__ = ["URGENT", "looked_on"]

_UNITS = {"deg": "°", "percent": " %"}
SIGNS = ("sharp_stab", "gave_way", "new_bruise")


def limit_days(rule: str) -> int:
    """The number of days that a rule of progress names."""
    return int(knowledge().progress.limit(rule, "days"))


# --- the assessment, and judging otherwise ---------------------------------------------------------------------------


def assessment_report(recovery: Recovery, language: Language) -> Report:
    """The whole assessment in words; a later one with what it changed."""
    present = present_assessment(recovery)
    before = None if present is recovery.assessment else assessment_of(recovery.assessment)
    return write_report(present, knowledge(), language, before)


def engine_view(recovery: Recovery) -> Mapping[str, str]:
    """What Herstel says of each subject a therapist may judge otherwise, as ids."""
    assessment = assessment_of(present_assessment(recovery))
    return {
        "condition": assessment.likely.condition,
        "grade": assessment.grade.most_likely,
        "urgency": present_assessment(recovery).urgency.level,
        "imaging": assessment.imaging.modality,
    }


def possible_values(subject: str) -> tuple[str, ...]:
    """What a subject may be judged to be, as ids."""
    return {
        "condition": tuple(knowledge().conditions),
        "grade": tuple(GRADES),
        "urgency": tuple(URGENCY_LEVELS),
        "imaging": tuple(MODALITIES),
    }[subject]


def value_name(subject: str, value: str, language: Language) -> str:
    """A value of a subject by its name."""
    if subject == "condition":
        return condition_name(value, language)
    if subject == "urgency":
        return urgency_name(value, language)
    if subject == "grade":
        return next(info.name[language] for info in knowledge().advice.grades if info.id == value)
    return next(say(language, name) for modality, name in MODALITIES.items() if modality == value)


def is_lower(engine: str, value: str) -> bool:
    """Whether one urgency is less than another."""
    levels: tuple[str, ...] = URGENCY_LEVELS
    return levels.index(value) < levels.index(engine)


def assessment_lines(recovery: Recovery, language: Language) -> tuple[str, ...]:
    """What it probably is, what must be ruled out first, and how soon to see whom, each in one line."""
    view = engine_view(recovery)
    first = rule_out_first(assessment_of(present_assessment(recovery)))
    return (
        value_name("condition", view["condition"], language),
        *([rule_out_in_words(first, language)] if first else []),
        value_name("urgency", view["urgency"], language),
    )


def clinician_tests() -> tuple[ClinicianTest, ...]:
    """The tests of an examination that count in the assessment, then those that are only kept."""
    tests = knowledge().tests.values()
    return tuple(sorted(tests, key=lambda one: not counts(one)))


def counts(test: ClinicianTest) -> bool:
    """Whether the assessment uses what a test finds."""
    return test.use_positive is not None or test.use_negative is not None


# --- names for the timeline ------------------------------------------------------------------------------------------


def decision_words(made: DecisionMade, recovery: Recovery, language: Language) -> tuple[str, str]:
    """A decision as a title and a line with its numbers."""
    telling = ProgressTelling(language=language, knowledge=knowledge(), progress=recovery.progress)
    if made.rule not in knowledge().progress.rules:
        return made.rule, ""
    decision = Decision(
        date=made.day,
        subject=made.subject,
        action=made.action,  # type: ignore[arg-type]  # it was kept from a decision
        rule=made.rule,
        numbers=made.numbers,
    )
    name = telling.of(telling.rule(made.rule).name)
    subject = (
        exercise_name(made.subject, recovery, language) if _is_exercise(made.subject) else telling.subject(decision)
    )
    title = ": ".join(part for part in (subject, name) if part)
    return title[:1].upper() + title[1:], telling.numbers(decision)


def _is_exercise(subject: str) -> bool:
    return subject not in ("phase", "running", "person", "plan")


def exercise_name(exercise: str, recovery: Recovery, language: Language) -> str:
    """An exercise by its name, also one of the therapist's own; the id of one that is no longer known."""
    try:
        return name_of_exercise(exercise, recovery.plan_now, knowledge(), language)
    except KeyError:
        return exercise


def measurement_line(entry: Mapping[str, Any], language: Language) -> str:
    """A measurement in one line: the test, the side and the value."""
    test = knowledge().chain.tests.get(str(entry.get("test")))
    name = test.name[language] if test else str(entry.get("test"))
    sides = {"left": gettext("left"), "right": gettext("right")}
    unit = str(entry.get("unit", test.unit if test else ""))
    value = entry.get("value")
    if unit == "yes_no":
        shown = gettext("yes") if value else gettext("no")
    else:
        number = round(float(value or 0), 1)
        shown = number_format(int(number) if number.is_integer() else number) + _UNITS.get(unit, f" {unit}")
    parts = (name, sides.get(str(entry.get("side")), ""))
    return f"{', '.join(part for part in parts if part)}: {shown}"


def link_name(contributor: str, language: Language) -> str:
    """A contributor by the link of the chain it is about; its id when that is not known."""
    chain = knowledge().chain
    known = chain.implications.get(contributor)
    link = next((one for one in chain.links.values() if one.id == (known.link if known else contributor)), None)
    return link.name[language] if link else contributor


def goal_line(entry: Mapping[str, Any]) -> str:
    """A goal in one line."""
    kinds = {
        "daily_life": gettext("daily life without trouble"),
        "work": gettext("back to work"),
        "sport": gettext("back to sport"),
        "prevention": gettext("keep it from coming back"),
    }
    count = len(entry.get("days") or {})
    days = ngettext("{n} day a week", "{n} days a week", count).format(n=count)
    parts = (kinds.get(str(entry.get("kind")), ""), days, str(entry.get("target_date") or ""))
    return ", ".join(part for part in parts if part)


def signs_told(entries: Iterable[Mapping[str, Any]], language: Language) -> Iterator[str]:
    """The warning and stop signs that check-ins told, each once."""
    seen: set[str] = set()
    names = {
        "sharp_stab": gettext("a sharp stab"),
        "gave_way": gettext("the leg gave way"),
        "new_bruise": gettext("a new bruise"),
    }
    for entry in entries:
        told = [names[sign] for sign in SIGNS if entry.get(sign)]
        findings = knowledge().findings
        symptoms = (entry.get("symptoms") or {}).items()
        told += [findings[one].name[language] for one, is_so in symptoms if is_so and one in findings]
        for name in told:
            if name not in seen:
                seen.add(name)
                yield name


def warnings(recovery: Recovery, language: Language) -> tuple[str, ...]:
    """The warning signs for which somebody must look, by their name."""
    referral = recovery.progress.referral
    return tuple(knowledge().red_flags[name].title[language] for name in (referral.red_flags if referral else ()))


# --- looking again ---------------------------------------------------------------------------------------------------


def planned_rechecks(recovery: Recovery) -> tuple[date, ...]:
    """The days on which the complaint is to be looked at again."""
    assessment = assessment_of(recovery.assessment)
    onset = injury_day(assessment, recovery.plan.goal)
    if onset is None:
        return ()
    facts = facts_of(assessment, knowledge())
    planned = sorted(one.day for one in knowledge().advice.rechecks if one.when.holds(facts))
    return tuple(onset + timedelta(days=day) for day in planned)


def weeks_after_return() -> tuple[float, ...]:
    """How many weeks after the return somebody looks again, by the rule of progress."""
    return tuple(sorted(knowledge().progress.rules["watch_check"].limits.values()))


def is_positive(told: object) -> bool:
    """A clinician's test as the complaint holds it: yes or no, or in words."""
    return told is True or told == "positive"
