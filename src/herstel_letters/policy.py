"""What is done now, what was agreed, and at discharge how it is kept."""

from collections.abc import Iterator
from datetime import timedelta

from herstel.errors import marked
from herstel.forecast.words import chance_range, duration
from herstel.plan.prevention import prevention_programme
from herstel.plan.report_words import exercise_name, sets_in_words, times_in_words
from herstel_letters.course import TRACKS, prognosis_lines
from herstel_letters.judgement import contributors
from herstel_letters.model import LetterSection
from herstel_letters.referral import followed_in_words
from herstel_letters.words import LetterTelling, bullet, section, sentence

MOST_EXERCISES = 5
GOALS = {
    "daily_life": marked("daily life without complaints"),
    "work": marked("return to work"),
    "sport": marked("return to sport"),
    "prevention": marked("prevention"),
}
BANDS = {
    "low": marked("lower than usual"),
    "middle": marked("about as usual"),
    "high": marked("higher than usual"),
}
PROGRAMME_WEEK = 11
"""The week of the prevention programme from which it stays the same (elicited)."""


def policy(t: LetterTelling) -> LetterSection | None:
    """The goal, the phase, the exercises of this phase, and what may be expected."""
    return section("policy", t.tell("Plan"), [" ".join([*_goal(t), *_exercises(t)]), *prognosis_lines(t)])


def policy_now(t: LetterTelling) -> LetterSection | None:
    """The same where the prognosis has a section of its own."""
    return section("policy", t.tell("Plan"), [" ".join([*_goal(t), *_exercises(t)]), *contributors(t)])


def _goal(t: LetterTelling) -> Iterator[str]:
    goal = t.recovery.plan.goal
    parts = [t.tell("Goal: {goal}", goal=t.tell(GOALS[goal.kind]))]
    if goal.target_date is not None:
        parts.append(t.tell("wished for by {day}", day=t.day(goal.target_date)))
    yield sentence(", ".join(parts))


def _exercises(t: LetterTelling) -> Iterator[str]:
    plan = t.recovery.plan_now
    if plan.track == "see_first":
        yield t.tell("No loading of this leg until it has been examined and released.")
        return
    track = t.tell(TRACKS[plan.track])
    phase = track if plan.track == "prevention" else f"{track}, {t.term('phases', str(plan.week.phase))}"
    yield t.tell("Exercise therapy: {phase}.", phase=phase)
    names = [exercise_name(one.exercise, plan, t.knowledge, t.language) for one in plan.exercises]
    if names:
        parts = [t.tell("Exercises: {names}", names="; ".join(names[:MOST_EXERCISES]))]
        if len(names) > MOST_EXERCISES:
            parts.append(t.tell("and {n} more", n=len(names) - MOST_EXERCISES))
        yield sentence("; ".join(parts))


# --- follow-up --------------------------------------------------------------------------------------------------------


def follow_up(t: LetterTelling) -> LetterSection | None:
    """What was agreed, and whom to call."""
    lines = [*_agreed(t), _call(t)]
    if t.recovery.progress.gate is not None:
        rule = marked("Phases change on criteria, not on the calendar; every check-in is screened for red flags.")
        lines.insert(0, bullet(t.tell(rule)))
    return section("follow_up", t.tell("Agreements and contact"), lines)


def discharge_follow_up(t: LetterTelling) -> LetterSection | None:
    """The same after the treatment."""
    return section("follow_up", t.tell("Agreements and contact"), [*_agreed(t), _call(t)])


def _agreed(t: LetterTelling) -> Iterator[str]:
    progress = t.recovery.progress
    for one in t.knowledge.progress.contacts:
        if one.id in progress.contacts and one.who == "physio":
            yield bullet(sentence(t.term("contacts", one.id)))
    if progress.watch_until is not None:
        yield bullet(t.tell("Recurrence watch until {day}.", day=t.day(progress.watch_until)))


def _call(t: LetterTelling) -> str:
    return t.tell(
        "With a new red flag, a sharp stab, giving way or a new bruise the patient stops and contacts us; in an "
        "emergency 112. For consultation: see the details at the top."
    )


# --- discharge --------------------------------------------------------------------------------------------------------


def progress_reason(t: LetterTelling) -> LetterSection | None:
    """A progress report: what it is about, and whether something is asked."""
    lines = [t.tell("Progress report: {complaint}.", complaint=followed_in_words(t)), *_asked(t)]
    return section("question", t.tell("Reason for writing"), lines)


def _asked(t: LetterTelling) -> Iterator[str]:
    asked = [one for one in t.knowledge.progress.contacts if one.id in t.recovery.progress.contacts]
    reader = [one for one in asked if one.who != "physio"]
    for one in reader:
        yield bullet(sentence(t.term("contacts", one.id)))
    if not reader:
        yield t.tell("For your information; nothing is asked of you.")


def discharge_reason(t: LetterTelling) -> LetterSection | None:
    """That the treatment ends, and of what."""
    goal, today = t.recovery.plan.goal, t.recovery.progress.today
    text = t.tell("Discharge report: {complaint}, treated from {start} to {end}.", complaint=followed_in_words(t),
                  start=t.day(goal.start), end=t.day(today))  # fmt: skip
    return section("question", t.tell("Reason for writing"), [text, *_asked(t)])


def recurrence(t: LetterTelling) -> LetterSection | None:
    """The risk that it comes back, what raises it, and the watch up to twelve months."""
    risk = t.recovery.forecast.recurrence
    chance = chance_range(t.language, risk.year.low, risk.year.high)
    lines = [
        t.tell("Recurrence within a year: {chance} ({band}).", chance=chance, band=t.tell(BANDS[risk.band])),
        *_factors(t, marked("Raised by: {names}."), risk.raises),
        *_factors(t, marked("Lowered by: {names}."), risk.lowers),
        *_factors(t, marked("Not known: {names}."), risk.unknown),
        *_watch(t),
    ]
    return section("recurrence", t.tell("Recurrence and watch"), lines)


def _factors(t: LetterTelling, form: str, names: tuple[str, ...]) -> Iterator[str]:
    known = [name for name in names if name in t.knowledge.forecast.recurrence]
    if known:
        yield t.tell(form, names=t.terms("recurrence", known))


def _watch(t: LetterTelling) -> Iterator[str]:
    """On which days to check, or after how long when the return has not been."""
    risk, back = t.recovery.forecast.recurrence, t.recovery.forecast.milestones.get("return")
    if back is not None and back.reached is not None:
        days = ", ".join(t.day(back.reached + timedelta(days=one)) for one in risk.checks_days)
        until = t.day(back.reached + timedelta(days=risk.watch_days))
        yield t.tell("Watch until {until}; checks on {days}.", until=until, days=days)
    else:
        after = ", ".join(duration(t.language, one) for one in risk.checks_days)
        weeks = duration(t.language, risk.watch_days)
        yield t.tell("Watch for {weeks} after the return; checks after {after}.", weeks=weeks, after=after)


def prevention(t: LetterTelling) -> LetterSection | None:
    """The programme that stays, as doses."""
    plan = t.recovery.plan_now
    programme = prevention_programme(
        t.recovery.plan.goal, t.knowledge, week=PROGRAMME_WEEK, contraindications=plan.contraindications
    )
    lines = [
        bullet(
            f"{exercise_name(one.exercise, plan, t.knowledge, t.language)}: {sets_in_words(one.dose, t.language)}, "
            f"{times_in_words(one.times_per_week, t.language)}."
        )
        for one in programme
    ]
    return section("prevention", t.tell("Prevention programme (from week 11 on)"), lines)
