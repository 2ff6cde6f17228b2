"""The files of the forecast fit together, and what does not is named."""

from dataclasses import replace
from typing import Any

import pytest

from herstel.knowledge.forecast_entries import (
    COMPONENTS,
    CONSTANTS,
    Covariate,
    ForecastKnowledge,
    MilestoneTime,
    RecurrenceFactor,
    TimeToReturn,
)
from herstel.knowledge.model import Knowledge
from herstel.text import Text

NAME = Text(nl="naam", en="name")
COMMON: dict[str, Any] = {"name": NAME, "basis": "elicited", "source": "elicited-rule"}


def faults(forecast: ForecastKnowledge, knowledge: Knowledge) -> list[str]:
    return [f"{place}: {reason}" for place, reason in forecast.faults(knowledge)]


def without(entries: Any, name: str) -> Any:
    return {key: entry for key, entry in entries.items() if key != name}


def test_the_files_fit_together(knowledge: Knowledge) -> None:
    forecast = knowledge.forecast
    assert faults(forecast, knowledge) == []
    assert set(forecast.times) == set(COMPONENTS)
    assert set(forecast.constants) == set(CONSTANTS)


def test_every_entry_has_its_place_and_its_source(knowledge: Knowledge) -> None:
    entries = dict(knowledge.forecast.entries())
    assert "recovery/times.yaml, 2" in entries
    assert "recovery/constants.yaml, covariate_cap" in entries
    for entry in entries.values():
        assert getattr(entry, "source", None)
        assert getattr(entry, "basis", None) in ("published", "background", "elicited")


@pytest.mark.parametrize(
    ("kind", "name"),
    [("times", "3"), ("milestones", "jog"), ("measures", "pain"), ("settings", "unknown"), ("constants", "ratio_low")],
)
def test_a_missing_entry_is_named(kind: str, name: str, knowledge: Knowledge) -> None:
    forecast = knowledge.forecast
    cut: ForecastKnowledge = replace(forecast, **{kind: without(getattr(forecast, kind), name)})
    assert f"recovery/{kind}.yaml, {name}: the entry is missing" in faults(cut, knowledge)


def test_a_number_that_nothing_uses_is_named(knowledge: Knowledge) -> None:
    more = replace(knowledge.forecast, constants={**knowledge.forecast.constants, "luck": 7.0})
    assert faults(more, knowledge) == ["recovery/constants.yaml, luck: nothing uses this number"]


def test_a_level_without_a_setting_or_with_two_is_named(knowledge: Knowledge) -> None:
    settings = knowledge.forecast.settings
    none = replace(knowledge.forecast, settings=without(settings, "recreational"))
    two = {**settings, "unknown": replace(settings["unknown"], levels=("professional",))}
    assert any("'recreational'" in one for one in faults(none, knowledge))
    assert any("'professional'" in one for one in faults(replace(knowledge.forecast, settings=two), knowledge))


def test_milestones_out_of_order_are_named(knowledge: Knowledge) -> None:
    milestones = knowledge.forecast.milestones
    early = {**milestones, "sprint": replace(milestones["sprint"], fraction=0.2)}
    assert any("rise in the order" in one for one in faults(replace(knowledge.forecast, milestones=early), knowledge))


def test_unknown_conditions_and_image_rules_are_named(knowledge: Knowledge) -> None:
    times = knowledge.forecast.times
    wrong = {**times, "1": replace(times["1"], conditions=("no_such",), image_first=("no_rule",))}
    found = faults(replace(knowledge.forecast, times=wrong), knowledge)
    assert any("the condition 'no_such' does not exist" in one for one in found)
    assert any("the imaging rule 'no_rule' does not exist" in one for one in found)
    assert any("'strain_grade1' should belong to a time" in one for one in found)


def test_entries_that_make_no_sense_are_refused() -> None:
    time: dict[str, Any] = {
        "id": "1", "log_mean": 2.0, "log_sd": 0.5, "setting_share": 1.0, "founding_low_days": None,
        "founding_high_days": None, "grade": "1", "conditions": (), **COMMON,
    }  # fmt: skip
    covariate: dict[str, Any] = {"id": "x", "shift": 0.1, "usual": 0.0, **COMMON}
    factor: dict[str, Any] = {"id": "x", "hazard_ratio": 1.2, **COMMON}
    for change in ({"log_sd": 0.0}, {"setting_share": 1.5}):
        with pytest.raises(ValueError, match="log_sd"):
            TimeToReturn(**{**time, **change})
    with pytest.raises(ValueError, match="either per_unit_of or when"):
        Covariate(**covariate)
    with pytest.raises(ValueError, match="usual_sd"):
        Covariate(per_unit_of="pain_above_7", **covariate)
    with pytest.raises(ValueError, match="share of T"):
        MilestoneTime(id="jog", fraction=1.4, log_sd=0.2, **COMMON)
    with pytest.raises(ValueError, match="noise above 0"):
        MilestoneTime(id="jog", fraction=0.4, log_sd=0.0, **COMMON)
    with pytest.raises(ValueError, match="either counts or when"):
        RecurrenceFactor(modifiable=False, **factor)
    with pytest.raises(ValueError, match="has an action"):
        RecurrenceFactor(modifiable=True, counts="chain_links", **factor)
