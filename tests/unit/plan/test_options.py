from typing import Any

from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Edit, OwnExercise, Plan, SportEvent
from herstel.plan.options import equivalents, library, open_days
from herstel.text import Text
from tests.unit.plan.people import SPRINT_STRAIN, START, a_chain, a_goal, assessed_as, at_phase

OWN = OwnExercise(
    id="towel_slide",
    name=Text(nl="Handdoek schuiven", en="Towel slide"),
    target="hamstring_strength",
    dose=Dose(sets_low=3, sets_high=3, amount_low=8, amount_high=8, unit="reps"),
    minutes=6,
)


def plan(knowledge: Knowledge, *edits: Edit, position: Any = None, **goal: Any) -> Plan:
    assessment = assessed_as(SPRINT_STRAIN, knowledge)
    return make_plan(assessment, a_chain(assessment), a_goal(**goal), knowledge, position=position, edits=edits)


def test_every_exercise_says_whether_it_may_be_chosen_now(knowledge: Knowledge) -> None:
    one = plan(knowledge, equipment=frozenset(), contraindications=frozenset({"pregnancy_supine"}))
    options = {option.exercise: option for option in library(one, knowledge)}
    assert list(options) == list(knowledge.exercises.exercises)
    assert options["max_sprint"].reason == "phase"
    assert options["glute_bridge"].reason == "pregnancy_supine"
    assert {name for name, option in options.items() if option.planned} == {it.exercise for it in one.exercises}
    lacking = [option for option in options.values() if option.lacks_equipment and option.reason is None]
    assert lacking, "what is not there may be chosen all the same"


def test_equivalents_train_the_same_and_what_may_be_chosen_comes_first(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(2))
    name = next(it.exercise for it in one.exercises if it.why.target == "hamstring_strength")
    found = equivalents(name, one, knowledge)
    reasons = [option.reason is not None for option in found]
    assert reasons == sorted(reasons)
    assert True in reasons
    assert found[0].reason is None
    for option in found:
        other = knowledge.exercises[option.exercise]
        assert "hamstring_strength" in (other.target, *other.secondary)
        assert option.exercise != name
        assert not option.planned


def test_what_may_be_chosen_in_place_of_something_gives_a_plan(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(2))
    name = one.exercises[0].exercise
    for option in equivalents(name, one, knowledge):
        if option.reason is None:
            edit = Edit(kind="replace", exercise=name, other=option.exercise, reason="other", date=one.position.since)
            assert plan(knowledge, edit, position=at_phase(2)).exercises


def test_an_own_exercise_has_equivalents_too(knowledge: Knowledge) -> None:
    one = plan(knowledge, Edit(kind="own", exercise="towel_slide", own=OWN, reason="likes it", date=START))
    found = equivalents("towel_slide", one, knowledge)
    assert "hamstring_strength" in {knowledge.exercises[option.exercise].target for option in found}


def test_a_day_without_time_is_not_open(knowledge: Knowledge) -> None:
    one = plan(knowledge, minutes={0: 45, 2: 45, 4: 1})
    days = open_days(one, knowledge)["glute_bridge"]
    assert list(days) == list(range(7))
    assert (days[0], days[1], days[4]) == (None, "time", "time")


def test_heavy_work_cannot_be_the_day_before_a_match(knowledge: Knowledge) -> None:
    match = SportEvent(kind="match", weekday=5, minutes=90)
    one = plan(knowledge, position=at_phase(3), minutes=dict.fromkeys(range(7), 60), events=(match,))
    heavy = next(it.exercise for it in one.exercises if it.heavy)
    days = open_days(one, knowledge)[heavy]
    assert (days[4], days[5]) == ("rest", "rest")
    assert None in days.values()


def test_what_is_for_every_day_cannot_be_moved(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    daily = {it.exercise for it in one.exercises if it.why.target in knowledge.plan.rules["daily"].names}
    assert not daily & set(open_days(one, knowledge))
    assert len(open_days(one, knowledge)) == len(one.exercises) - len(daily)
