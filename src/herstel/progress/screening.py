"""Every check-in is screened for red flags, and a re-check of day 2, 4 or 7 revises the assessment.

A rule counts as new when a sign told today is one it asks for, it holds now, and nobody has looked at it since it was
told in a check-in. That the complaint held the sign already does not count as looked at: who tells it again as
something new may mean something new, and one stop too many costs a phone call.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from herstel.assessment.assess import assess
from herstel.assessment.recheck import answers_to_keep, changes, due_recheck
from herstel.assessment.red_flags import rank, red_flag_rules
from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.complaint.intake import take_complaint
from herstel.complaint.model import Complaint
from herstel.errors import InputError
from herstel.knowledge.criterion import URGENCY_LEVELS
from herstel.knowledge.model import Context, Knowledge, RedFlag
from herstel.plan.model import Plan
from herstel.plan.tracks import injury_day
from herstel.progress.model import CheckIn

SIGNS_OF_FIELDS = ("cannot_weight_bear_4_steps",)
"""Findings that a check-in tells in its own fields: not being able to walk."""


class Screening:
    """What is known of one person's signs while the days go by.

    Attributes
    ----------
    assessment : Assessment
        As the last re-check revised it.
    revised : bool
        Whether a re-check revised it.
    rechecked_on : date or None
    """

    def __init__(self, plan: Plan, knowledge: Knowledge) -> None:
        self.assessment = plan.assessment
        self.revised = False
        self.rechecked_on: date | None = None
        self._knowledge = knowledge
        self._rules = red_flag_rules(knowledge)
        self._injured_on = injury_day(plan.assessment, plan.goal)
        self._looked_at: set[str] = set()
        self._told: dict[str, bool] = {}
        self._hold_from = knowledge.progress.limit("red_flag", "urgency_at_least")

    def days_since_injury(self, day: date) -> int | None:
        """Days since the complaint began; None when that is not known."""
        return None if self._injured_on is None else (day - self._injured_on).days

    # --- signs ------------------------------------------------------------------------------------------------------

    def new_flags(self, check_in: CheckIn) -> tuple[RedFlag, ...]:
        """The rules that today's signs make hold, most urgent first."""
        signs = self._signs(check_in)
        if not signs:
            return ()
        self._told.update(signs)
        facts = self._complaint_on(check_in.date).facts()
        numbers = {number for sign in signs for number in self._rules.asked_by.get(sign, ())}
        holding = {number for number in numbers if self._rules.rules[number].when.holds(facts) is True}
        self._looked_at -= {self._rules.rules[number].id for number in numbers - holding}
        present = {number for sign, is_so in signs.items() if is_so for number in self._rules.asked_by.get(sign, ())}
        rules = (self._rules.rules[number] for number in sorted(holding & present))
        return tuple(rule for rule in rules if rule.id not in self._looked_at)

    def _signs(self, check_in: CheckIn) -> Mapping[str, bool]:
        """The signs of a check-in, its walking included when that says something new."""
        (cannot_walk,) = SIGNS_OF_FIELDS
        told = check_in.walking
        before = self._told.get(cannot_walk, False)
        if told is None or (told == "cannot") == before or cannot_walk in check_in.symptoms:
            return check_in.symptoms
        return {**check_in.symptoms, cannot_walk: told == "cannot"}

    def _complaint_on(self, day: date) -> Complaint:
        complaint = self.assessment.complaint
        days = self.days_since_injury(day)
        since = complaint.days_since_onset if days is None else days
        return replace(complaint, findings={**complaint.findings, **self._told}, days_since_onset=since)

    def is_serious(self, flag: RedFlag) -> bool:
        """Whether a rule asks that nothing moves on before somebody has looked."""
        return rank(flag) >= self._hold_from

    def refer(self, flags: tuple[RedFlag, ...], day: date) -> Referral:
        """The referral that rules ask for, whatever the probabilities say."""
        result = assess(self._complaint_on(day), self._knowledge)
        return result if isinstance(result, Referral) else self.as_referral(result, flags)

    def as_referral(self, assessment: Assessment, flags: tuple[RedFlag, ...] = ()) -> Referral:
        """An assessment that says that somebody must look first, as a referral."""
        named = tuple(flag.id for flag in flags) or assessment.red_flags
        suspects = (condition for name in named for condition in self._knowledge.red_flags[name].suspects)
        return Referral(
            urgency=assessment.urgency,
            red_flags=named,
            suspected=tuple(dict.fromkeys(suspects)),
            assessment=assessment,
        )

    def look_at(self, flags: tuple[str, ...]) -> None:
        """Somebody looked at what these rules say."""
        self._looked_at.update(flags)

    # --- answers taken anew -----------------------------------------------------------------------------------------

    def reassess(self, check_in: CheckIn) -> Assessment | Referral:
        """Assess again with the answers taken anew at a re-check.

        Raises
        ------
        InputError
            When the answers contradict those that were kept.
        """
        result = assess(self._retaken(check_in), self._knowledge)
        self.assessment, self.revised, self.rechecked_on = assessment_of(result), True, check_in.date
        return result

    def _retaken(self, check_in: CheckIn) -> Complaint:
        """The complaint with the new answers; what was told in another way than by answers stays as it was."""
        before = self.assessment.complaint
        days = self.days_since_injury(check_in.date)
        kept = dict(before.answers)
        recheck = due_recheck(self.assessment, days, self._knowledge) if days is not None else None
        if recheck is not None and days is not None:
            kept = answers_to_keep(kept, recheck, days)
        given = {**kept, **check_in.answers}
        told = self._taken(given, before.context, check_in.date)
        asked = {finding for question in given for finding in self._knowledge.questions[question].findings}
        stays = {finding: present for finding, present in before.findings.items() if finding not in asked}
        return replace(
            told,
            findings={**stays, **told.findings, **self._told},
            ladder={**before.ladder, **told.ladder},
            places=told.places or before.places,
            examination=before.examination,
            age_years=before.age_years if told.age_years is None else told.age_years,
            sex=told.sex or before.sex,
            sport=told.sport or before.sport,
            level=told.level or before.level,
            days_since_onset=told.days_since_onset if days is None else days,
        )

    def _taken(self, answers: Mapping[str, object], context: Context, day: date) -> Complaint:
        """The complaint of these answers; what is wrong with them is told with the day of the check-in."""
        try:
            return take_complaint(answers, self._knowledge, context=context)
        except InputError as error:
            raise InputError([replace(one, thing=f"check_ins, {day}: {one.thing}") for one in error.problems]) from None

    def asks_for_hold(self, result: Assessment | Referral, before: Assessment) -> bool:
        """Whether a revised assessment says that somebody must look before anything moves on."""
        if isinstance(result, Referral):
            return True
        now, then = (URGENCY_LEVELS.index(one.urgency.level) for one in (result, before))
        flags = (self._knowledge.red_flags[name] for name in result.red_flags)
        fresh = any(self.is_serious(flag) and flag.id not in self._looked_at for flag in flags)
        return fresh or (now > then and now >= self._hold_from)

    def changed(self, before: Assessment) -> int:
        """How many parts of the advice the re-check changed."""
        return len(changes(before, self.assessment))
