import numpy as np
import pytest

from herstel.knowledge.model import Knowledge
from herstel.outcomes.reference import usual_days, usual_recurrence
from tests.unit.outcomes.cases import case


def test_what_is_usual_is_the_log_normal_of_the_knowledge(knowledge: Knowledge) -> None:
    known = knowledge.forecast
    time, setting = known.times["2"], known.settings["recreational"]
    found = usual_days([case("a"), case("b")], known)["full_session"]
    assert found.median == pytest.approx(np.exp(time.log_mean + time.setting_share * setting.shift))
    spread = np.sqrt(time.log_sd**2 + known.constants["between_cohort_sd"] ** 2 + setting.shift_sd**2)
    assert found.range80.high == pytest.approx(found.median * np.exp(1.2815516 * spread))
    assert "ekstrand-2012" in found.sources


def test_a_mix_of_complaints_lies_between_its_parts(knowledge: Knowledge) -> None:
    mild, bad = case("a", component="1"), case("b", component="3")
    alone = [usual_days([one], knowledge.forecast)["full_session"].median for one in (mild, bad)]
    assert alone[0] < usual_days([mild, bad], knowledge.forecast)["full_session"].median < alone[1]


def test_a_milestone_lies_at_its_share_of_the_way(knowledge: Knowledge) -> None:
    usual = usual_days([case("a")], knowledge.forecast)
    assert usual["jog"].median == pytest.approx(
        usual["full_session"].median * knowledge.forecast.milestones["jog"].fraction
    )


def test_nobody_has_nothing_usual(knowledge: Knowledge) -> None:
    assert usual_days([], knowledge.forecast) == {}


def test_the_usual_recurrence_goes_through_the_follow_up_study(knowledge: Knowledge) -> None:
    # zein-2024: 9 % at 2 months, 17 % at 12 months
    assert usual_recurrence(61, knowledge.forecast) == pytest.approx(0.09, abs=0.01)
    assert usual_recurrence(365, knowledge.forecast) == pytest.approx(0.17, abs=0.01)
