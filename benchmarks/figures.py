"""One measured figure, and how to time something."""

from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured, as it is printed; ``met`` is None where nothing was aimed for."""

    name: str
    value: str
    aim: str = ""
    met: bool | None = None


def milliseconds(work: Callable[[], object], repeats: int = 30) -> float:
    """Median processor time in milliseconds, so that other programs on the machine do not count."""
    durations = []
    for _ in range(repeats):
        start = process_time()
        work()
        durations.append(process_time() - start)
    return 1000 * float(np.median(durations))


def compared(name: str, taken_ms: float, bare_ms: float, most_ms: float | None = None) -> Figure:
    """A duration beside the bare numpy work it cannot do without, with the most it may take."""
    return Figure(
        name=name,
        value=f"{taken_ms:.2f} ms, {taken_ms / bare_ms:.1f} times the bare numpy work ({bare_ms:.2f} ms)",
        aim=f"at most {most_ms:g} ms" if most_ms is not None else "",
        met=taken_ms <= most_ms if most_ms is not None else None,
    )
