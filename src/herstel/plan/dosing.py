"""How much of an exercise: more sets first, then more repetitions; less after a flare-up. Always within bounds."""

from dataclasses import replace

from herstel.knowledge.exercise_entries import Dose, DoseUnit
from herstel.knowledge.model import Knowledge

ROUNDED_TO: dict[DoseUnit, float] = {"reps": 1, "seconds": 5, "minutes": 1, "metres": 5}


def steps_to_top(dose: Dose, knowledge: Knowledge) -> int:
    """How often a dose can be raised before a harder exercise takes its place."""
    amount_steps = int(knowledge.plan.limit("volume", "amount_steps")) if dose.amount_high > dose.amount_low else 0
    return dose.sets_high - dose.sets_low + amount_steps


def dose_at(dose: Dose, knowledge: Knowledge, *, steps: int = 0, volume: float = 1.0, fewer_sets: int = 0) -> Dose:
    """The dose for somebody who advanced so many steps, at a share of the usual volume.

    Parameters
    ----------
    dose : Dose
        The usual one, with its ranges.
    steps : int
        How often the exercise was advanced: more sets first, then more of the amount.
    volume : float
        1 is usual; kept within the bounds of the rule ``volume``.
    fewer_sets : int
        What the track takes off.

    Returns
    -------
    Dose
        One number of sets and one amount: low and high are equal.
    """
    rule = knowledge.plan.rules["volume"].limits
    more_sets = min(max(steps, 0), dose.sets_high - dose.sets_low)
    more_amount = min((max(steps, 0) - more_sets) / rule["amount_steps"], 1)
    usual_sets = max(1, dose.sets_low + more_sets - fewer_sets)
    amount = dose.amount_low + more_amount * (dose.amount_high - dose.amount_low)
    share = min(max(volume, rule["least"]), rule["most"])
    sets = max(1, int(usual_sets * share + 0.5))
    amount *= min(1.0, usual_sets * share / sets)
    amount = _rounded(amount, dose.unit)
    return replace(dose, sets_low=sets, sets_high=sets, amount_low=amount, amount_high=amount)


def _rounded(amount: float, unit: DoseUnit) -> float:
    grain = ROUNDED_TO[unit]
    return max(grain, int(amount / grain + 0.5) * grain)


def minutes_of(usual: Dose, usual_minutes: float, dose: Dose, one_side: bool) -> float:
    """What a dose takes, in half minutes, from what the highest usual dose takes.

    What is done in one go takes as long as it takes; of what is done by repetition half is rest and setting up.
    """
    work = dose.sets_high * dose.amount_high / (usual.sets_high * usual.amount_high) if dose.unit == usual.unit else 1.0
    share = work if dose.unit == "minutes" and dose.sets_high == 1 else 0.5 + 0.5 * work
    if one_side:
        share *= 0.6
    return max(1.0, int(2 * usual_minutes * share + 0.999) / 2)
