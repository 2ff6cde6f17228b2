import pytest

from herstel.knowledge.model import Knowledge
from herstel.progress.evidence import Evidence
from herstel.progress.strength import weakened
from tests.unit.progress.roads import measured
from tests.unit.progress.test_diary import a_diary


def falls(knowledge: Knowledge, before: tuple[float, float | None], now: tuple[float, float | None]) -> bool:
    """Whether two measurements a week apart (injured side, other side) count as a flare-up."""
    evidence = Evidence(a_diary(knowledge))
    taken = []
    for day, (left, right) in ((0, before), (7, now)):
        taken = [measured("isometric_90", left, day=day)]
        if right is not None:
            taken.append(measured("isometric_90", right, day=day, side="right"))
        evidence.measure(taken)
    return weakened(evidence.measurements, taken, knowledge.progress)


@pytest.mark.parametrize(
    ("before", "now", "counts"),
    [
        ((200, 220), (165, 220), True),
        ((200, 220), (175, 220), False),
        ((200, 220), (165, 190), False),
        ((200, None), (165, None), True),
        ((200, 220), (165, None), True),
        ((0, 220), (0, 220), False),
        ((200, 0), (165, 0), True),
    ],
)
def test_strength_that_fell_beyond_its_error_counts_as_a_flare_up(
    knowledge: Knowledge, before: tuple[float, float | None], now: tuple[float, float | None], counts: bool
) -> None:
    assert falls(knowledge, before, now) is counts


def test_a_first_measurement_and_other_tests_say_nothing(knowledge: Knowledge) -> None:
    evidence = Evidence(a_diary(knowledge))
    taken = [measured("isometric_90", 100), measured("single_leg_bridge", 3)]
    evidence.measure(taken)
    assert not weakened(evidence.measurements, taken, knowledge.progress)


def test_a_later_record_of_the_same_day_corrects_the_earlier_one(knowledge: Knowledge) -> None:
    evidence = Evidence(a_diary(knowledge))
    evidence.measure([measured("isometric_90", 100), measured("isometric_90", 180)])
    assert [one.value for one in evidence.measurements["isometric_90"]] == [180]
