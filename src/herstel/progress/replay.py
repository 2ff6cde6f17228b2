"""Day by day forward: safety first, then the morning after, then what was done, then the gates.

Where a day's answers are not known nothing is guessed and nothing moves forward. Only criteria move the person forward.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

from herstel.assessment.result import Referral
from herstel.chain.measures import side_ratio
from herstel.chain.model import Measurement
from herstel.knowledge.model import Knowledge, RedFlag
from herstel.knowledge.plan_entries import PhaseNumber
from herstel.knowledge.progress_entries import Milestone
from herstel.plan.model import Plan, Position
from herstel.plan.tracks import minimum_stay_days
from herstel.progress.diary import ONE_DAY, Diary, has_stop_sign
from herstel.progress.evidence import Evidence
from herstel.progress.exercises import Exercises
from herstel.progress.gates import GATES, LAST_PHASE, Gates
from herstel.progress.hold import Hold, hold_of, said_after
from herstel.progress.load import LoadLog
from herstel.progress.model import CheckIn, Confirmation, Decision, Gate, GateName, Progress
from herstel.progress.review import PERSON, Reviews, adherence
from herstel.progress.running import Running
from herstel.progress.screening import Screening
from herstel.progress.strength import weakened
from herstel.progress.today import Today

PHASE = "phase"
SIGNS = ("red_flag", "sign_to_mention", "stop_sign")
"""Rules of signs: on a day on which one was told nothing moves on, also after somebody looked the same day."""
OFF_THE_ROAD = ("see_first", "prevention")
"""Tracks without gates: nothing is built up on them."""


class Replay:
    """One person's progress while the days go by.

    Parameters
    ----------
    plan : Plan
        The plan of the start; its position is where the replay begins.
    knowledge : Knowledge
    confirmations : sequence of Confirmation
        What was agreed, each counting from its own date on; ``confirm`` adds one later.
    """

    def __init__(self, plan: Plan, knowledge: Knowledge, *, confirmations: Sequence[Confirmation] = ()) -> None:
        self._plan, self._knowledge, self._rules = plan, knowledge, knowledge.progress
        self._phase, self._since = plan.position.phase, plan.position.since
        self._discharged = plan.position.discharged
        self._diary = Diary(self._rules, knowledge.plan.tracks[plan.track])
        self._gates, self._evidence = Gates(plan, knowledge), Evidence(self._diary)
        self._exercises = Exercises(plan, knowledge)
        self._running = Running(plan, knowledge, self._gates)
        self._load = LoadLog(self._rules)
        self._screening = Screening(plan, knowledge)
        self._reviews = Reviews(plan, knowledge, self._diary, self._screening)
        self._confirmations = list(confirmations)
        self._milestones: dict[Milestone, date] = {}
        self._decisions: list[Decision] = []
        on_hold = plan.position.on_hold or plan.chain.referral is not None or plan.track == "see_first"
        first = Hold(since=plan.goal.start - ONE_DAY, referral=plan.chain.referral)
        self._hold: Hold | None = first if on_hold else None
        self._returned_on: date | None = None
        self._session_on: date | None = None
        self._last_day: date | None = None
        self._future = sorted(plan.chain.measurements, key=lambda one: one.date, reverse=True)

    # --- one day ----------------------------------------------------------------------------------------------------

    def day(
        self, day: date, check_in: CheckIn | None, measurements: Sequence[Measurement] = ()
    ) -> tuple[Decision, ...]:
        """Go one day forward.

        Parameters
        ----------
        day : date
            Later than all days before it; days passed over are not known.
        check_in : CheckIn or None
            None when nothing was told.
        measurements : sequence of Measurement
            Taken on that day, beside those of the plan's chain.

        Returns
        -------
        tuple of Decision
            What was decided on this day.
        """
        while self._last_day is not None and self._last_day < day - ONE_DAY:
            self.day(self._last_day + ONE_DAY, None)
        self._take_measurements(day, measurements)
        today = Today(day, check_in, self._rules, self._diary.open(day, check_in))
        self._load.add(check_in)
        said = self._take_confirmations(today)
        late = said_after(said, check_in)
        self._release(today, (one for one in said if one not in late))
        self._screen(today)
        self._release(today, late)
        self._stop_signs(today)
        today.weakened = bool(measurements) and weakened(self._evidence.measurements, measurements, self._rules)
        if self._hold is not None:
            self._stand_still(today)
        else:
            self._go_on(today)
        self._note_facts(today)
        self._diary.close(check_in)
        self._decisions.extend(today.decisions)
        self._last_day = day
        return tuple(today.decisions)

    def _take_measurements(self, day: date, measurements: Sequence[Measurement]) -> None:
        while self._future and self._future[-1].date <= day:
            self._evidence.measure((self._future.pop(),))
        self._evidence.measure(measurements)

    def _stand_still(self, today: Today) -> None:
        """A clinician must look first: facts are kept, nothing is judged."""
        self._exercises.drop_waiting()
        self._running.drop_waiting()
        if today.check_in is not None and not any(one.rule == "red_flag" for one in today.decisions):
            today.decide(PERSON, "on_hold")

    def _go_on(self, today: Today) -> None:
        self._judge_gap(today)
        today.calm = self._diary.calm(today.day)
        self._note_flare_up(today)
        crowded = self._diary.too_many_flare_ups(today.day)
        told_today = any(one.rule in SIGNS for one in today.decisions)
        today.may_advance = today.check_in is not None and not crowded and not told_today and not today.flared_up
        self._exercises.morning(today, self.position)
        self._running.morning(today, self._evidence)
        if crowded and today.flared_up:
            self._step_back_phase(today, "two_flare_ups")
        self._exercises.day(today)
        self._running.day(today)
        if today.check_in is None:
            return
        step = self._running.step
        self._running.advance(today, self._phase, self._evidence, self._load.too_much)
        if self._running.step > step:
            self._reviews.moved_on(today.day)
        if self._plan.track not in OFF_THE_ROAD:
            self._judge_phase(today)
        self._reviews.day(today, self._returned_on)

    # --- safety -----------------------------------------------------------------------------------------------------

    def _take_confirmations(self, today: Today) -> list[Confirmation]:
        """What was said up to today and did not count yet."""
        due = [one for one in self._confirmations if one.date <= today.day]
        self._confirmations = [one for one in self._confirmations if one.date > today.day]
        self._evidence.confirmations.extend(due)
        return due

    def _release(self, today: Today, said: Iterable[Confirmation]) -> None:
        """Go on when a therapist looked at what was told."""
        if self._hold is not None and any(self._hold.is_ended_by(one) for one in said):
            self._screening.look_at(self._hold.flags)
            self._hold = None
            today.decide(PERSON, "released")

    def confirm(self, confirmation: Confirmation) -> None:
        """Add what a role said; it counts from its date on, or from the next day that is judged."""
        self._confirmations.append(confirmation)

    def _screen(self, today: Today) -> None:
        told = today.check_in
        if told is None:
            return
        flags = self._screening.new_flags(told)
        serious = tuple(flag for flag in flags if self._screening.is_serious(flag))
        if serious:
            self._put_on_hold(self._screening.refer(serious, today.day), serious, today, told)
        elif flags:
            today.decide(PERSON, "sign_to_mention", {flag.id: 1.0 for flag in flags})
        if told.answers:
            self._reassess(today, told)

    def _reassess(self, today: Today, check_in: CheckIn) -> None:
        before = self._screening.assessment
        result = self._screening.reassess(check_in)
        after = self._screening.assessment
        self._exercises.revise(after)
        self._running.revise(after)
        changed = self._screening.changed(before)
        if changed:
            today.decide(PERSON, "revised", {"changed": float(changed)})
        if not self._screening.asks_for_hold(result, before):
            return
        if self._hold is not None:
            self._hold = self._hold.asked_again(check_in)
        else:
            referral = result if isinstance(result, Referral) else self._screening.as_referral(after)
            flags = tuple(self._knowledge.red_flags[name] for name in referral.red_flags)
            self._put_on_hold(referral, flags, today, check_in)

    def _put_on_hold(self, referral: Referral, flags: Iterable[RedFlag], today: Today, told: CheckIn) -> None:
        self._hold = hold_of(told, referral, self._hold)
        today.decide(PERSON, "red_flag", {flag.id: 1.0 for flag in flags})

    def _stop_signs(self, today: Today) -> None:
        """A sharp stab, giving way or a new bruise: stop, one phase back, rest, and have the strength measured."""
        told = today.check_in
        if told is None or not has_stop_sign(told):
            return
        signs = {"sharp_stab": told.sharp_stab, "gave_way": told.gave_way, "new_bruise": told.new_bruise}
        today.decide(PERSON, "stop_sign", {name: 1.0 for name, present in signs.items() if present})
        self._diary.stops.append(today.day)
        until = today.rest_until("stop_sign")
        self._exercises.rest((one.exercise for one in told.done), until)
        self._running.rests_until = until
        self._running.lower()
        self._step_back_phase(today, "stop_sign_back")
        ratio = self._strength_ratio(today.day)
        limit = self._rules.limit("stop_sign", "strength_percent") / 100
        if told.new_bruise or (ratio is not None and ratio < limit):
            numbers = {} if ratio is None else {"strength_percent": round(100 * ratio)}
            today.decide(PERSON, "stop_sign_reassess", numbers)

    def _strength_ratio(self, day: date) -> float | None:
        """The strength measured on the day itself or later than the sign, injured side over the other."""
        side = self._plan.injured_sides[0] if len(self._plan.injured_sides) == 1 else None
        known = self._evidence.measurements.get("isometric_90", ())
        found = side_ratio(known, "isometric_90", side, day, 1)
        return None if found is None else found[0]

    # --- flare-ups and gaps -----------------------------------------------------------------------------------------

    def _note_flare_up(self, today: Today) -> None:
        """A morning well above ordinary counts as a flare-up when the leg was, or may have been, loaded before it."""
        if today.flared_up and self._diary.loaded_on(today.yesterday):
            self._diary.flare_ups.append(today.day)

    def _judge_gap(self, today: Today) -> None:
        gap = self._diary.gap_days
        if today.check_in is None or gap < self._rules.limit("gap", "days"):
            return
        numbers = {"days": float(gap)}
        self._exercises.forget_good_times()
        self._running.forget_good_times()
        if gap < self._rules.limit("long_gap", "days"):
            today.decide(PERSON, "gap", numbers)
            return
        self._exercises.less_of_everything(self._rules.limit("long_gap", "volume_percent"))
        self._running.lower()
        today.decide(PERSON, "long_gap", numbers)

    # --- phases -----------------------------------------------------------------------------------------------------

    def _judge_phase(self, today: Today) -> None:
        if self._discharged:
            return
        last = self._phase == LAST_PHASE
        gate = self._gate(GATES[self._phase - 1], today.day)
        met = sum(item.met is True for item in gate.items)
        numbers = {"met": float(met), "of": float(len(gate.items)), "minimum_days_left": gate.minimum_days_left}
        if not gate.criteria_met:
            today.decide(PHASE, "gate_closed", numbers)
        elif gate.minimum_days_left > 0:
            today.decide(PHASE, "minimum_stay", numbers)
        elif not today.may_advance or not self._diary.calm_lately(today.day):
            today.decide(PHASE, "gate_not_calm", numbers)
        elif last:
            self._discharged, self._returned_on = True, today.day
            self._milestones.setdefault("return", today.day)
            today.decide(PHASE, "return", numbers)
        else:
            self._phase, self._since = cast("PhaseNumber", self._phase + 1), today.day
            self._reviews.moved_on(today.day)
            today.decide(PHASE, "gate_open", {**numbers, "phase": float(self._phase)})

    def _gate(self, name: GateName, day: date) -> Gate:
        left = 0.0
        if name != "return":
            stay = minimum_stay_days(self._phase, self._plan.track, self._screening.assessment, self._knowledge)
            left = stay - (day - self._since).days
        return self._gates.gate(name, day, self._evidence, left)

    def _step_back_phase(self, today: Today, rule: str) -> None:
        """One phase back; who was back in sport is so no longer."""
        self._discharged, self._returned_on = False, None
        if self._phase > 1:
            self._phase, self._since = cast("PhaseNumber", self._phase - 1), today.day
            self._running.within(self._phase)
        today.decide(PHASE, rule, {"phase": float(self._phase)})

    # --- facts ------------------------------------------------------------------------------------------------------

    def _note_facts(self, today: Today) -> None:
        """What was reached, whatever is decided about it."""
        told = today.check_in
        if told is None:
            return
        if told.walking == "pain_free":
            self._milestones.setdefault("walk_pain_free", today.day)
        for milestone, day in self._running.milestones.items():
            self._milestones.setdefault(milestone, day)
        if self._session_on == today.yesterday and today.response == "settled":
            self._evidence.sessions.append(self._session_on)
        full = told.sport_share is not None and told.sport_share >= 1 and not has_stop_sign(told)
        self._session_on = today.day if full and self._hold is None else None

    # --- what came of it --------------------------------------------------------------------------------------------

    @property
    def position(self) -> Position:
        """Where the person is now."""
        return Position(
            phase=self._phase,
            since=self._since,
            on=self._last_day,
            running_step=self._running.step,
            volume=dict(self._exercises.volume),
            paused_until=dict(self._exercises.paused_until),
            steps=dict(self._exercises.steps),
            replaced=dict(self._exercises.replaced),
            last_done=self._last_done(),
            on_hold=self._hold is not None,
            discharged=self._discharged,
        )

    def _last_done(self) -> dict[str, date]:
        """When each exercise was last done, the runs as the exercise of their step."""
        done = dict(self._exercises.last_done)
        for step, day in self._running.last_done.items():
            exercise = self._rules.running[step].exercise
            if exercise is not None and day > done.get(exercise, date.min):
                done[exercise] = day
        return done

    def progress(self, today: date) -> Progress:
        """Everything that follows from the days so far, seen from today."""
        return Progress(
            plan=self._plan,
            today=today,
            position=replace(self.position, on=today),
            decisions=tuple(self._decisions),
            gate=self._present_gate(today),
            return_table=self._gate("return", today),
            load=self._load.load(),
            adherence=adherence(self._plan, self._diary, today, self._rules),
            milestones=dict(sorted(self._milestones.items(), key=lambda one: one[1])),
            contacts=self._contacts(today),
            referral=self._hold.referral if self._hold is not None else None,
            reassessment=self._screening.assessment if self._screening.revised else None,
            confirmations=tuple(self._evidence.confirmations),
            check_ins=tuple(self._diary.check_ins.values()),
            baseline_pain=self._diary.pain.value,
            running_asks=self._gates.of_running(self._running.step + 1, today, self._evidence),
            usual_stiffness_min=self._diary.stiffness.value,
            watch_until=self._watch_until(),
        )

    def _present_gate(self, today: date) -> Gate | None:
        if self._discharged or self._plan.track in OFF_THE_ROAD:
            return None
        return self._gate(GATES[self._phase - 1], today)

    def _watch_until(self) -> date | None:
        weeks = self._rules.limit("return", "watch_weeks")
        return None if self._returned_on is None else self._returned_on + timedelta(weeks=weeks)

    def _contacts(self, today: date) -> tuple[str, ...]:
        """Who to call: what rules asked for lately, most urgent first."""
        asked: dict[str, date] = {one.rule: one.date for one in self._decisions}
        held = self._hold is not None
        return tuple(
            one.id
            for one in self._rules.contacts
            if one.rule in asked
            and ((today - asked[one.rule]).days < one.days if one.rule not in ("red_flag", "on_hold") else held)
        )
