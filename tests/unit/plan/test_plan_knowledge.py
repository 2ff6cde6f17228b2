from dataclasses import replace

import pytest

from herstel.knowledge.model import Knowledge
from herstel.knowledge.plan_entries import DoseRow, PlanKnowledge, WeeklyDose


def faults(plan: PlanKnowledge, knowledge: Knowledge) -> set[str]:
    return {f"{where}: {what}" for where, what in plan.faults(replace(knowledge, plan=plan))}


def test_the_shipped_plan_has_no_faults(knowledge: Knowledge) -> None:
    assert faults(knowledge.plan, knowledge) == set()


def test_a_missing_phase_track_rule_and_text_are_named(knowledge: Knowledge) -> None:
    plan = replace(knowledge.plan, phases={}, tracks={}, rules={}, wishes={})
    said = faults(plan, knowledge)
    assert "protocols/phases.yaml, 1: the phase is missing" in said
    assert "protocols/tracks.yaml, see_first: the track is missing" in said
    assert "protocols/rules.yaml, long_length: the rule is missing" in said
    assert "protocols/wishes.yaml, match: the text is missing" in said


def test_a_missing_grade_and_limit_are_named(knowledge: Knowledge) -> None:
    phases = {**knowledge.plan.phases, 1: replace(knowledge.plan.phases[1], minimum_days={"0": 1})}
    rules = {**knowledge.plan.rules, "volume": replace(knowledge.plan.rules["volume"], limits={"least": 0.3})}
    said = faults(replace(knowledge.plan, phases=phases, rules=rules), knowledge)
    assert "protocols/phases.yaml, 1: minimum_days has no entry for grade 'tendon'" in said
    assert "protocols/rules.yaml, volume: the limit 'most' is missing" in said


def test_names_that_do_not_exist_are_named(knowledge: Knowledge) -> None:
    plan = knowledge.plan
    strain = replace(plan.tracks["strain"], prefer=("no_such",), contraindications=("flu",), avoid_weeks={"hopping": 2})
    broken = replace(
        plan,
        tracks={**plan.tracks, "strain": strain},
        doses=(replace(plan.doses[0], target="nothing", prefer=("nobody",)),),
        activities=(replace(plan.activities[0], when_contraindicated=("cold",)),),
        prevention=(replace(plan.prevention[0], exercise="nor_dick"),),
        rules={**plan.rules, "walking": replace(plan.rules["walking"], names=("hop",))},
    )
    said = faults(broken, knowledge)
    for what in ("no_such", "flu", "hopping", "nothing", "nobody", "cold", "nor_dick", "hop"):
        assert any(f"'{what}' does not exist" in one for one in said), what


def test_every_entry_says_where_it_stands_once(knowledge: Knowledge) -> None:
    places = [where for where, _ in knowledge.plan.entries()]
    assert len(set(places)) == len(places)
    assert "protocols/phases.yaml, 1" in places


def test_a_row_becomes_a_dose_for_each_of_its_phases(knowledge: Knowledge) -> None:
    row = DoseRow(
        id="hold",
        target="hamstring_isometric",
        tracks=("strain",),
        sessions={1: (3, 7), 2: (2, 3)},
        required=(1,),
        prefer={2: ("long_lever_bridge_hold",)},
        basis="elicited",
        source="elicited-rule",
    )
    first, second = row.doses()
    assert (first.id, first.sessions_low, first.sessions_high, first.required, first.prefer) == (
        "hold_1",
        3,
        7,
        True,
        (),
    )
    assert (second.id, second.required, second.prefer) == ("hold_2", False, ("long_lever_bridge_hold",))


@pytest.mark.parametrize(("low", "high"), [(3, 2), (0, 2), (1, 8)])
def test_impossible_frequencies_are_refused(low: int, high: int) -> None:
    with pytest.raises(ValueError, match="sessions a week"):
        WeeklyDose(
            id="x", target="core", phase=1, tracks=("strain",), sessions_low=low, sessions_high=high, required=False,
            basis="elicited", source="elicited-rule",
        )  # fmt: skip


def test_every_phase_and_track_has_something_to_do(knowledge: Knowledge) -> None:
    for track in knowledge.plan.tracks:
        phases = {"see_first": (1,), "prevention": ()}.get(track, (1, 2, 3, 4))
        for phase in phases:
            assert any(not dose.found_only for dose in knowledge.plan.doses_of(phase, track)), (track, phase)


def test_the_minimum_stays_of_grade_one_and_two_are_those_of_the_dossier(knowledge: Knowledge) -> None:
    for grade, days in (("1", [1, 3, 4]), ("2", [2, 6, 7])):
        assert [knowledge.plan.phases[phase].minimum_days[grade] for phase in (1, 2, 3)] == days


def test_the_tracks_are_tried_safest_first(knowledge: Knowledge) -> None:
    order = list(knowledge.plan.tracks)
    assert order[0] == "see_first"
    assert order[-1] == "strain"
    assert order.index("avulsion") < order.index("growth_plate") < order.index("recurrence")


def test_what_the_dossier_says_of_a_recurrence_and_a_stretch_injury_is_kept(knowledge: Knowledge) -> None:
    tracks = knowledge.plan.tracks
    assert tracks["recurrence"].phase_factor == {3: 2.0}
    assert (tracks["recurrence"].sprint_weeks, tracks["recurrence"].strength_ratio) == (3, 0.95)
    assert tracks["stretch"].minimum_factor == 1.8
    assert (tracks["older"].minimum_factor, tracks["older"].fewer_sets) == (1.5, 1)
    assert tracks["avulsion"].avoid_weeks["stretch"] >= 6
    assert tracks["tendinopathy"].pain_limit == 3
