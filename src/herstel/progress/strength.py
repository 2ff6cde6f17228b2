"""A fall of strength as in a flare-up: more than the share that counts, and more than the error of the test."""

from collections.abc import Mapping, Sequence

from herstel.chain.model import Measurement
from herstel.knowledge.progress_entries import ProgressKnowledge

TESTS = ("isometric_90", "isometric_30", "isometric_15", "outer_range_strength")


def weakened(
    known: Mapping[str, Sequence[Measurement]], taken: Sequence[Measurement], knowledge: ProgressKnowledge
) -> bool:
    """Whether a strength measured today fell so far that it counts as a flare-up.

    Parameters
    ----------
    known : mapping of test to measurements
        All of them, today's included.
    taken : sequence of Measurement
        Today's.
    knowledge : ProgressKnowledge
        The rule ``flare_up``: the share (percent) and the error of the ratio between the legs.
    """
    limits = knowledge.rules["flare_up"].limits
    return any(_fell(known[now.test], now, limits) for now in taken if now.test in TESTS)


def _fell(known: Sequence[Measurement], now: Measurement, limits: Mapping[str, float]) -> bool:
    before = _last_before(known, now)
    if before is None or before.value <= 0:
        return False
    fell = 1 - now.value / before.value
    return fell >= limits["strength_percent"] / 100 and _beyond_error(known, now, before, limits["strength_error"])


def _last_before(known: Sequence[Measurement], now: Measurement) -> Measurement | None:
    earlier = [one for one in known if one.side == now.side and one.date < now.date]
    return max(earlier, key=lambda one: one.date, default=None)


def _beyond_error(known: Sequence[Measurement], now: Measurement, before: Measurement, error: float) -> bool:
    """Whether the ratio to the other leg fell by more than its error; without the other leg the fall itself counts."""
    ratios = []
    for one in (before, now):
        other = [each.value for each in known if each.side != now.side and each.date == one.date]
        if not other or other[-1] <= 0:
            return True
        ratios.append(one.value / other[-1])
    return ratios[0] - ratios[1] > error
