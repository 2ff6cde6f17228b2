"""``python -m benchmarks``: measures every figure that the project reports, and prints it with its aim."""

import argparse
import os
import platform
from collections.abc import Iterator
from functools import partial
from pathlib import Path

ONE_CORE = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
PARTS = ("assessment", "interview", "recovery", "schedule", "cohorts", "posterior", "simulation", "movement", "web")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure what Herstel reports of itself.")
    parser.add_argument("--only", dest="part", choices=PARTS, help="measure one part (default: all)")
    parser.add_argument(
        "--people", type=int, help="simulated complaints for the interview (500), or people in the database (2000)"
    )
    parser.add_argument(
        "--cases",
        type=Path,
        default=Path("../shared/cases/public.jsonl"),
        help="published cases, one JSON object a line",
    )
    options = parser.parse_args()
    for name in ONE_CORE:  # before numpy is loaded: every figure is of one core
        os.environ.setdefault(name, "1")
    for part in PARTS:
        if options.part in (None, part):
            print(f"\n{part}")
            for line in lines(part, options.people, options.cases):
                print(line, flush=True)
    print("\nTo measure again: make bench, or python -m benchmarks [--only PART] [--people N] [--cases FILE]")


def lines(part: str, people: int | None, cases: Path) -> Iterator[str]:
    """The figures of a part as they are printed."""
    import numpy as np

    from benchmarks import (
        assessment,
        forecast_cohorts,
        forecast_posterior,
        interview,
        recovery,
        schedule,
        simulation,
        web,
    )
    from benchmarks.movement import figures as movement
    from herstel.knowledge.load import load_knowledge

    knowledge = load_knowledge()
    versions = f"Python {platform.python_version()}, numpy {np.__version__}"
    yield f"  knowledge {knowledge.version.version}, {versions}, processor time on one core"
    measure = {
        "assessment": partial(assessment.figures, knowledge),
        "interview": partial(interview.figures, knowledge, people or 500, cases),
        "recovery": partial(recovery.figures, knowledge),
        "schedule": partial(schedule.figures, knowledge),
        "cohorts": partial(forecast_cohorts.figures, knowledge),
        "posterior": partial(forecast_posterior.figures, knowledge),
        "simulation": partial(simulation.figures, knowledge),
        "movement": movement.figures,
        "web": partial(web.figures, people),
    }
    for figure in measure[part]():
        aim = "" if figure.met is None else f" [aim: {figure.aim}: {'met' if figure.met else 'NOT MET'}]"
        yield f"  {figure.name}: {figure.value}{aim}"


if __name__ == "__main__":
    main()
