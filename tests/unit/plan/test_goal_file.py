from datetime import date, timedelta
from typing import Any

import pytest

from herstel.errors import InputError
from herstel.knowledge.model import Knowledge
from herstel.plan.goal_file import read_edits, read_goal
from herstel.plan.model import SportEvent

TODAY = date(2026, 3, 2)
WHOLE: dict[str, Any] = {
    "kind": "sport",
    "start": "2026-03-01",
    "sport": "sprint_ball",
    "level": "competitive",
    "target_date": date(2026, 5, 1),
    "injury_date": "2026-02-20",
    "days": {"monday": 30, "saturday": 0, "sunday": 45},
    "equipment": ["band"],
    "contraindications": ["knee"],
    "events": [{"kind": "match", "day": "saturday", "minutes": 90}],
    "fear_of_movement": "some",
    "morning_routine": False,
    "managed": "loading_cleared",
}


def wrong(raw: object, knowledge: Knowledge) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_goal(raw, knowledge, TODAY)
    return [str(problem) for problem in refused.value.problems]


def wrong_edits(raw: object, knowledge: Knowledge) -> list[str]:
    with pytest.raises(InputError) as refused:
        read_edits(raw, knowledge, TODAY)
    return [str(problem) for problem in refused.value.problems]


def test_a_whole_goal_is_read(knowledge: Knowledge) -> None:
    goal = read_goal(WHOLE, knowledge, TODAY)
    assert goal.start == date(2026, 3, 1)
    assert goal.minutes == {0: 30, 6: 45}
    assert goal.equipment == {"band"}
    assert goal.contraindications == {"knee"}
    assert goal.events == (SportEvent(kind="match", weekday=5, minutes=90),)
    assert goal.injury_date == date(2026, 2, 20)
    assert (goal.fear_of_movement, goal.morning_routine, goal.managed) == ("some", False, "loading_cleared")


def test_a_short_goal_starts_today_with_a_morning_routine(knowledge: Knowledge) -> None:
    goal = read_goal({"kind": "daily_life", "days": {"tuesday": 20}}, knowledge, TODAY)
    assert goal.start == TODAY
    assert goal.morning_routine
    assert goal.events == ()


def test_every_problem_is_named_at_once_with_its_place(knowledge: Knowledge) -> None:
    said = wrong(
        {
            **WHOLE,
            "kind": "fun",
            "days": {"maandag": 30, "tuesday": 999},
            "equipment": ["hammer"],
            "contraindications": ["flu"],
            "events": [{"kind": "party", "day": "saturday"}, "match"],
            "colour": "blue",
        },
        knowledge,
    )
    for place in ("goal.kind", "goal.days.maandag", "goal.days.tuesday", "goal.equipment.1", "goal.contraindications.1",
                  "goal.events.1.kind", "goal.events.1.minutes", "goal.events.2", "goal.colour"):  # fmt: skip
        assert any(one.startswith(f"{place}:") for one in said), place
    assert any("band" in one for one in said)


def test_what_must_be_there_is_said(knowledge: Knowledge) -> None:
    said = wrong({}, knowledge)
    assert any(one.startswith("goal.kind") for one in said)
    assert any(one.startswith("goal.days") for one in said)


def test_dates_out_of_order_or_far_away_are_refused(knowledge: Knowledge) -> None:
    assert wrong({**WHOLE, "injury_date": "2026-03-02"}, knowledge)
    assert wrong({**WHOLE, "target_date": "2026-02-01"}, knowledge)
    assert wrong({**WHOLE, "target_date": "2036-02-01"}, knowledge)
    assert wrong({**WHOLE, "start": "1996-02-01"}, knowledge)
    assert wrong({**WHOLE, "start": "soon"}, knowledge)


def test_something_that_is_no_goal_is_refused(knowledge: Knowledge) -> None:
    assert wrong(["a list"], knowledge)


def edit(**changes: Any) -> dict[str, Any]:
    return {"kind": "remove", "exercise": "dead_bug", "reason": "hurts", "date": "2026-03-01", **changes}


OWN = {
    "name": "Handdoek schuiven",
    "target": "hamstring_strength",
    "dose": {"sets": 3, "amount": 8, "unit": "reps", "per_side": True, "hold_s": 2, "tempo": "2-0-3"},
    "minutes": 6,
    "cues": ["Heupen hoog"],
    "heavy": True,
    "rest_h": 48,
    "times_per_week": 3,
}


def test_every_kind_of_edit_is_read(knowledge: Knowledge) -> None:
    edits = read_edits(
        [
            edit(),
            edit(kind="lock"),
            edit(kind="add", exercise="foot_doming"),
            edit(kind="replace", other="bird_dog"),
            edit(kind="dose", dose={"sets": 2, "amount": 10, "unit": "reps"}),
            edit(kind="dose", times_per_week=2),
            edit(kind="own", exercise="towel_slide", own=OWN),
            edit(kind="lock", exercise="towel_slide"),
            edit(kind="day", days=["monday", "thursday"]),
        ],
        knowledge,
        TODAY,
    )
    assert [one.kind for one in edits] == ["remove", "lock", "add", "replace", "dose", "dose", "own", "lock", "day"]
    assert edits[8].days == {0, 3}
    assert edits[3].other == "bird_dog"
    assert edits[4].dose is not None
    assert (edits[4].dose.sets_high, edits[4].dose.per_side) == (2, False)
    assert edits[5].times_per_week == 2
    own = edits[6].own
    assert own is not None
    assert (own.id, own.name.nl, own.heavy, own.rest_h, own.times_per_week) == (
        "towel_slide", "Handdoek schuiven", True, 48, 3,
    )  # fmt: skip
    assert own.cues[0].en == "Heupen hoog"
    assert own.dose.tempo == "2-0-3"


def test_a_change_of_days_names_at_least_one_day(knowledge: Knowledge) -> None:
    for days, said in (([], "at least one day"), (["moonday"], "moonday"), (None, "missing")):
        with pytest.raises(InputError, match=said):
            read_edits([edit(kind="day", days=days)], knowledge, TODAY)


def test_an_exercise_added_before_may_be_changed_later(knowledge: Knowledge) -> None:
    change = edit(kind="lock", exercise="towel_slide")
    with pytest.raises(InputError, match="towel_slide"):
        read_edits([change], knowledge, TODAY)
    assert read_edits([change], knowledge, TODAY, own=["towel_slide"])[0].exercise == "towel_slide"


def test_an_own_exercise_may_have_a_name_in_each_language(knowledge: Knowledge) -> None:
    both = {"nl": "Handdoek schuiven", "en": "Towel slide"}
    own = read_edits([edit(kind="own", exercise="towel_slide", own={**OWN, "name": both})], knowledge, TODAY)[0].own
    assert own is not None
    assert (own.name.nl, own.name.en) == ("Handdoek schuiven", "Towel slide")
    with pytest.raises(InputError, match=r"own\.name\.en"):
        read_edits([edit(kind="own", exercise="x", own={**OWN, "name": {"nl": "Schuiven"}})], knowledge, TODAY)


def test_no_edits_are_no_edits(knowledge: Knowledge) -> None:
    assert read_edits(None, knowledge, TODAY) == ()
    assert read_edits([], knowledge, TODAY) == ()


def test_an_own_exercise_without_extras_is_light_and_twice_a_week(knowledge: Knowledge) -> None:
    few = {key: OWN[key] for key in ("name", "target", "dose", "minutes")}
    own = read_edits([edit(kind="own", exercise="towel_slide", own=few)], knowledge, TODAY)[0].own
    assert own is not None
    assert (own.heavy, own.rest_h, own.times_per_week) == (False, 24, 2)
    assert own.contraindications == frozenset()


def test_an_own_exercise_names_the_codes_for_which_it_is_not_safe(knowledge: Knowledge) -> None:
    safe_for = edit(kind="own", exercise="towel_slide", own={**OWN, "contraindications": ["knee"]})
    own = read_edits([safe_for], knowledge, TODAY)[0].own
    assert own is not None
    assert own.contraindications == {"knee"}


def test_every_wrong_edit_is_named_at_once(knowledge: Knowledge) -> None:
    said = wrong_edits(
        [
            edit(kind="swap"),
            edit(exercise="ded_bug"),
            edit(date=(TODAY + timedelta(days=1)).isoformat()),
            edit(kind="replace"),
            edit(kind="replace", other="brid_dog"),
            edit(kind="dose"),
            edit(kind="dose", dose={"sets": 99, "amount": 10}),
            edit(kind="own", exercise="towel_slide"),
            edit(kind="own", exercise="towel_slide", own={"name": "", "target": "fun"}),
            "remove",
            edit(exercise=""),
        ],
        knowledge,
    )
    for place in ("edits.1.kind", "edits.2.exercise", "edits.3.date", "edits.4.other", "edits.5.other", "edits.6.dose",
                  "edits.7.dose.sets", "edits.7.dose.unit", "edits.8.own", "edits.9.own.target", "edits.9.own.dose",
                  "edits.10"):  # fmt: skip
        assert any(one.startswith(place) for one in said), place
    assert any("dead_bug" in one for one in said)
    assert any("bird_dog" in one for one in said)


def test_edits_that_are_no_list_are_refused(knowledge: Knowledge) -> None:
    assert wrong_edits({"kind": "remove"}, knowledge)
