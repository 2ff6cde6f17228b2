"""The rules and the forecast on simulated people: safety on 20,000, calibration on 5,000. None of them is real.

What the people are made of, and what is counted, stands in ``herstel_simulation``. Beside the figures aimed for
it prints where they come from: by gate and by grade.
"""

from collections.abc import Iterator, Sequence
from statistics import median

from benchmarks.figures import Figure
from herstel.knowledge.model import Knowledge
from herstel.quantities import Proportion
from herstel_simulation import figures as cohort
from herstel_simulation.assumptions import GATES
from herstel_simulation.cohort import HORIZON_DAYS, simulate
from herstel_simulation.figures import FORECAST_DAYS, Outcome, by, held_back, scored, widths

SAFETY_PEOPLE, CALIBRATION_PEOPLE, SEED = 20_000, 5_000, 20_261_124
UNREADY_MOST = 0.02
COVERED_LOW, COVERED_HIGH = 0.75, 0.85


def figures(knowledge: Knowledge, workers: int = 2, people: int = SAFETY_PEOPLE) -> Iterator[Figure]:
    """Every figure about simulated people; the calibration is that of the first of them."""
    outcomes = list(simulate(people, SEED, knowledge, workers=workers))
    yield from safety(outcomes)
    yield from calibration(outcomes[:CALIBRATION_PEOPLE])


def safety(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    """What the rules did."""
    found = cohort.figures(outcomes)
    advanced = sum(outcome.red_flag_advanced for outcome in outcomes)
    flagged = sum(outcome.red_flag_told is not None for outcome in outcomes)
    yield Figure(
        name=f"moved forward after a warning sign, of {flagged} who told one among {len(outcomes)} simulated people",
        value=str(advanced),
        aim="nobody",
        met=advanced == 0,
    )
    gates = [one for outcome in outcomes for one in outcome.passed]
    unready = Proportion(k=sum(one.unready for one in gates), n=len(gates))
    yield Figure(
        name=f"gates passed by a leg that was truly not ready, of {len(gates)}",
        value=in_words(unready),
        aim=f"less than {100 * UNREADY_MOST:g} %",
        met=unready.value is not None and unready.value < UNREADY_MOST,
    )
    for gate in GATES:
        these = [one for one in gates if one.gate == gate]
        waited = held_back(outcomes, gate)
        yield Figure(
            name=f"gate {gate}: passed {len(these)}, by a leg not ready, and median days a ready leg waited",
            value=f"{in_words(Proportion(k=sum(one.unready for one in these), n=len(these)))}; "
            f"{median(waited) if waited else 0:.0f} days",
        )
    yield Figure(name="median days a ready leg was held back", value=f"{found['ready_held_back_median_days']} days")
    share = found["recurrence_share"]
    yield Figure(
        name=f"torn again within {HORIZON_DAYS} days of the start, of those who returned",
        value="nobody returned" if share is None else f"{100 * float(str(share)):.1f} %",
    )


def calibration(outcomes: Sequence[Outcome]) -> Iterator[Figure]:
    """Whether the 80 % intervals of return hold the true day, and whether they shrink."""
    for day in FORECAST_DAYS:
        made = scored(outcomes, day)
        covered = Proportion(k=sum(one.covers for one in made), n=len(made))
        early = sum(one.truly < one.low for one in made)
        yield Figure(
            name=f"day {day}: the 80 % interval of return holds the true day, of {len(made)} not fit yet",
            value=f"{in_words(covered)}; truly earlier {early}, later {covered.n - covered.k - early}; median width "
            f"{median(one.width for one in made):.0f} days",
            aim=f"{100 * COVERED_LOW:g} to {100 * COVERED_HIGH:g} %",
            met=covered.value is not None and COVERED_LOW <= covered.value <= COVERED_HIGH,
        )
        yield from _by_grade(outcomes, day)
    same = [median(of_day) for of_day in widths(outcomes).values()]
    yield Figure(
        name=f"median width on days 1, 7 and 21, of the {len(widths(outcomes)[1])} people not fit yet on any of them",
        value=", ".join(f"{width:.0f}" for width in same) + " days",
        aim="shrinks",
        met=same[0] > same[1] > same[2],
    )


def _by_grade(outcomes: Sequence[Outcome], day: int) -> Iterator[Figure]:
    for grade, these in by(outcomes, "grade").items():
        made = [one for outcome in these for one in outcome.forecasts if one.day == day]
        if made:
            covered = Proportion(k=sum(one.covers for one in made), n=len(made))
            yield Figure(name=f"day {day}, true grade {grade}", value=in_words(covered))


def in_words(counted: Proportion) -> str:
    """A share with its Wilson interval."""
    between = counted.wilson()
    if counted.value is None or between is None:
        return "nothing to count"
    return f"{100 * counted.value:.1f} % ({100 * between.low:.1f} to {100 * between.high:.1f})"
