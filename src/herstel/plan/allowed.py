"""Whether an exercise may be done now. What is refused here is never given up for a fuller week."""

from collections.abc import Callable, Iterator

from herstel.knowledge.exercise_entries import Exercise
from herstel.plan.circumstances import Circumstances, measured
from herstel.plan.tracks import running_allowed

Check = Callable[[Exercise, Circumstances], str | None]


def why_not(exercise: Exercise, now: Circumstances) -> str | None:
    """Why an exercise is not possible now; None when it is.

    Returns
    -------
    str or None
        "track", "phase", a contraindication code, "too_early", a rule of ``rules.yaml``, "edit" or "equipment".
    """
    return next((reason for check in _CHECKS if (reason := check(exercise, now)) is not None), None)


def unsafe(exercise: Exercise, now: Circumstances) -> str | None:
    """Like ``why_not``, without what is a matter of equipment or of the therapist's own choice."""
    return next((reason for check in _SAFETY if (reason := check(exercise, now)) is not None), None)


def _track(exercise: Exercise, now: Circumstances) -> str | None:
    if exercise.id in now.track.exclude or (now.track.only and exercise.id not in now.track.only):
        return "track"
    return None


def _running(exercise: Exercise, now: Circumstances) -> str | None:
    """Nothing of the running ladder but walking before a clinician has cleared it."""
    walking = now.knowledge.plan.rules["walking"].names
    barred = exercise.kind == "running" and exercise.id not in walking and not running_allowed(now.track, now.goal)
    return "walking" if barred else None


def _phase(exercise: Exercise, now: Circumstances) -> str | None:
    return None if exercise.phase_low <= now.phase <= exercise.phase_high else "phase"


def _contraindicated(exercise: Exercise, now: Circumstances) -> str | None:
    return next((code for code in exercise.contraindications if code in now.contraindications), None)


def _too_early(exercise: Exercise, now: Circumstances) -> str | None:
    track = now.track
    counts = not track.avoid_weeks_for or now.goal.managed in track.avoid_weeks_for
    for name in _names(exercise):
        if counts and now.weeks_since_injury < track.avoid_weeks.get(name, 0):
            return "too_early"
        if now.phase < track.avoid_before_phase.get(name, 1):
            return "too_early"
    return None


def _names(exercise: Exercise) -> Iterator[str]:
    """What a track may call an exercise by."""
    yield from (exercise.id, exercise.kind, exercise.target, exercise.contraction, exercise.hamstring_length)


def _long_length(exercise: Exercise, now: Circumstances) -> str | None:
    """Work at length only when the knee straightens nearly as far as the other; unmeasured it begins gently."""
    if exercise.hamstring_length not in ("long", "very_long") or exercise.target in ("running", "sprint_technique"):
        return None
    limits = now.knowledge.plan.rules["long_length"].limits
    result = measured(now, "active_knee_extension", limits["measured_within_days"])
    if result is not None and result.difference is not None:
        fits = result.difference.difference < limits["knee_extension_deficit_deg"]
        late_enough = now.injured_on is None or (now.day - now.injured_on).days >= limits["earliest_day"]
        return None if fits and late_enough else "long_length"
    gentle = exercise.load <= limits["gentle_load"] and not exercise.heavy
    first = limits["gentle_phase"] if gentle else limits["free_phase"]
    return None if now.phase >= first else "long_length"


def _eccentric_start(exercise: Exercise, now: Circumstances) -> str | None:
    limits = now.knowledge.plan.rules["eccentric_start"].limits
    if exercise.contraction != "eccentric" or now.phase > limits["phase"]:
        return None
    result = measured(now, "isometric_30", limits["measured_within_days"])
    if result is None or result.difference is None or result.difference.percent is None:
        return None
    return "eccentric_start" if 1 - result.difference.percent / 100 < limits["isometric_ratio"] else None


def _nordic(exercise: Exercise, now: Circumstances) -> str | None:
    rule, before = now.knowledge.plan.rules["nordic"], now.knowledge.plan.rules["nordic_before"].names
    if exercise.id not in rule.names or now.phase >= rule.limits["free_phase"]:
        return None
    position = now.position
    calm = any(
        position.steps.get(one, 0) >= rule.limits["steps_before"] or position.replaced.get(one) == exercise.id
        for one in before
    )
    return None if calm else "nordic"


def _edit(exercise: Exercise, now: Circumstances) -> str | None:
    return "edit" if exercise.id in now.removed else None


def lacks_equipment(exercise: Exercise, now: Circumstances) -> bool:
    """Whether the person does not have what an exercise needs."""
    return bool(exercise.equipment) and not any(now.household.issuperset(one) for one in exercise.equipment)


def _equipment(exercise: Exercise, now: Circumstances) -> str | None:
    return "equipment" if lacks_equipment(exercise, now) else None


_SAFETY: tuple[Check, ...] = (
    _track, _running, _phase, _contraindicated, _too_early, _long_length, _eccentric_start, _nordic,
)  # fmt: skip
_CHECKS: tuple[Check, ...] = (*_SAFETY, _edit, _equipment)
