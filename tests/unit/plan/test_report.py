from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from herstel.assessment.report_parts import Report
from herstel.chain.model import LinkState, LinkVerdict
from herstel.knowledge.exercise_entries import Dose
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Edit, OwnExercise, Plan, SportEvent
from herstel.plan.report import write_plan
from herstel.text import Text
from tests.unit.plan.people import (
    CAUDA,
    SPRINT_STRAIN,
    START,
    SUSPECTED_AVULSION,
    a_chain,
    a_goal,
    assessed_as,
    at_phase,
    contributor,
    result,
    with_probability,
)

EVENTS = (SportEvent(kind="training", weekday=1, minutes=90), SportEvent(kind="match", weekday=5, minutes=90))


def plan(knowledge: Knowledge, raw: Any = SPRINT_STRAIN, *, contributors: Any = (), **options: Any) -> Plan:
    assessment = assessed_as(raw, knowledge)
    goal = a_goal(**{"minutes": dict.fromkeys(range(7), 60), **options.pop("goal", {})})
    return make_plan(assessment, a_chain(assessment, contributors), goal, knowledge, **options)


def written(one: Plan, knowledge: Knowledge) -> Report:
    return write_plan(one, knowledge, "en")


def text_of(report: Report, section: str) -> str:
    lines = next((one.lines for one in report.sections if one.id == section), ())
    return "\n".join(f"{line.mark}: {line.text} {line.detail}" for line in lines)


def sections(report: Report) -> list[str]:
    return [section.id for section in report.sections]


def test_the_headline_says_the_phase_and_what_to_do_first(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    first = next(session for session in one.week.days[0].sessions if session.kind != "morning").exercises[0]
    headline = written(one, knowledge).headline
    assert knowledge.plan.phases[1].name.en in headline
    assert knowledge.exercises[first].name.en in headline


def test_today_and_the_week_come_before_everything_else(knowledge: Knowledge) -> None:
    assert sections(written(plan(knowledge), knowledge))[:2] == ["today", "week"]


def test_a_day_without_training_says_so(knowledge: Knowledge) -> None:
    one = plan(knowledge, goal={"minutes": {3: 60}, "morning_routine": False})
    report = written(one, knowledge)
    assert "without training" in report.headline
    assert "No exercises today" in text_of(report, "today")
    assert "rest" in text_of(report, "week")


def test_every_exercise_says_how_much_how_often_and_why_with_its_sources(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(3))
    section = next(section for section in written(one, knowledge).sections if section.id == "exercises")
    assert len(section.lines) == len(one.exercises)
    for line, planned in zip(section.lines, one.exercises, strict=True):
        assert line.mark == knowledge.exercises[planned.exercise].name.en
        often = f"{planned.times_per_week} times a week" if planned.times_per_week > 1 else "Once a week"
        assert often in line.text
        assert ("hours of rest" in line.text) is planned.heavy
        assert "Why:" in line.detail
        leads_to = knowledge.exercises[planned.exercise].leads_to.en
        assert leads_to[1:] in line.detail
        assert line.sources


def test_a_finding_of_the_chain_is_named_as_the_reason(knowledge: Knowledge) -> None:
    link = knowledge.chain.links["ankle_foot"]
    one = plan(knowledge, contributors=(contributor("ankle_foot", "ankle_mobility"),))
    assert link.name.en in text_of(written(one, knowledge), "exercises")


def test_what_follows_from_the_story_is_named_as_the_reason(knowledge: Knowledge) -> None:
    name, implication = next(iter(knowledge.chain.implications.items()))
    found = replace(contributor("hamstring", "ankle_mobility"), id=name)
    one = plan(knowledge, contributors=(found,))
    assert implication.title.en in text_of(written(one, knowledge), "exercises")


def test_an_unknown_finding_is_shown_as_it_is(knowledge: Knowledge) -> None:
    found = replace(contributor("hamstring", "ankle_mobility"), id="something_new")
    assert "something_new" in text_of(written(plan(knowledge, contributors=(found,)), knowledge), "exercises")


def test_one_side_is_said(knowledge: Knowledge) -> None:
    report = written(plan(knowledge), knowledge)
    assert "left leg only" in text_of(report, "exercises")
    assert "each side, left first" in text_of(report, "exercises")


def test_what_may_and_may_not_is_answered_with_days_that_differ(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, goal={"events": EVENTS}), knowledge)
    told = text_of(report, "activities")
    assert "Walking: Yes" in told
    assert "Sprinting: No" in told
    assert "Match (Saturday): No" in told
    assert "team training" in text_of(report, "week")


def test_what_was_given_up_and_left_out_is_told_with_the_reason(knowledge: Knowledge) -> None:
    one = plan(
        knowledge,
        position=at_phase(3),
        goal={"minutes": {0: 20, 1: 20}, "equipment": frozenset(), "contraindications": frozenset({"shoulder"})},
    )
    report = written(one, knowledge)
    assert [wish.text.en for wish in one.given_up] == [
        line.text for line in next(one.lines for one in report.sections if one.id == "given_up")
    ]
    assert "you do not have what it needs" in text_of(report, "left_out")
    assert "no time left" in text_of(report, "left_out")


@pytest.mark.parametrize("reason", ["knee", "long_length", "too_early"])
def test_every_reason_to_leave_out_has_words(reason: str, knowledge: Knowledge) -> None:
    one = replace(plan(knowledge), left_out={"nordic_curl": reason})
    assert text_of(written(one, knowledge), "left_out").partition(":")[0] not in ("", reason)


def test_nothing_left_out_or_given_up_needs_no_section(knowledge: Knowledge) -> None:
    one = replace(plan(knowledge), left_out={}, given_up=())
    assert not {"left_out", "given_up", "edits"} & set(sections(written(one, knowledge)))


def test_the_road_says_that_criteria_decide(knowledge: Knowledge) -> None:
    told = text_of(written(plan(knowledge), knowledge), "road")
    assert "not a promise" in told
    assert "Week 1" in told
    assert "-12" in told
    assert "Running ladder" in told


def test_a_road_without_a_ladder_says_nothing_of_running(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    road = tuple(replace(week, running_steps=()) for week in one.road)
    assert "Running ladder" not in text_of(written(replace(one, road=road), knowledge), "road")


def test_the_gate_to_the_next_phase_is_told(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, position=at_phase(2)), knowledge)
    criteria = [one for one in knowledge.progress.gates if one.gate == "2"]
    assert criteria[0].text.en in text_of(report, "gate")
    back = written(plan(knowledge, position=at_phase(4)), knowledge)
    assert next(section.title for section in back.sections if section.id == "gate") == "When you may return to sport"


def test_without_gates_there_is_no_section_about_them(knowledge: Knowledge) -> None:
    bare = replace(knowledge, progress=replace(knowledge.progress, gates=()))
    assert "gate" not in sections(written(plan(knowledge), bare))


def test_what_the_therapist_changed_is_told_with_the_reason(knowledge: Knowledge) -> None:
    own = OwnExercise(
        id="towel_slide",
        name=Text(nl="Handdoek schuiven", en="Towel slide"),
        target="hamstring_strength",
        dose=Dose(sets_low=1, sets_high=1, amount_low=8, amount_high=8, unit="reps", hold_s=3),
        minutes=6,
    )
    edits = (
        Edit(kind="replace", exercise="supine_heel_dig_90", other="supine_heel_dig_30", reason="too easy", date=START),
        Edit(kind="own", exercise="towel_slide", own=own, reason="likes it", date=START),
        Edit(kind="day", exercise="glute_bridge", days=frozenset({3, 1}), reason="busy", date=START),
        Edit(kind="own", exercise="later", own=own, reason="later", date=START + timedelta(days=60)),
    )
    report = written(plan(knowledge, edits=edits), knowledge)
    told = text_of(report, "edits")
    assert "too easy" in told
    assert knowledge.exercises["supine_heel_dig_30"].name.en in told
    assert "Towel slide" in told
    assert "on days chosen by the therapist (Tuesday, Thursday)" in told
    assert "later" in told
    assert "hold 3 seconds" in text_of(report, "exercises")


def test_what_was_not_measured_is_not_called_normal(knowledge: Knowledge) -> None:
    report = written(plan(knowledge), knowledge)
    assert "Not measured is not the same as normal" in text_of(report, "not_measured")


def _links(knowledge: Knowledge, verdict: LinkVerdict) -> Any:
    return {
        name: LinkState(link=name, verdicts={"left": verdict, "right": verdict}, results=())
        for name in knowledge.chain.links
    }


def test_only_the_links_that_were_not_measured_are_named(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    links = {**_links(knowledge, "normal"), "core": _links(knowledge, "not_measured")["core"]}
    chain = replace(one.chain, links=links, results=(result("side_plank", 0),))
    told = text_of(written(replace(one, chain=chain), knowledge), "not_measured")
    assert knowledge.chain.links["core"].name.en in told
    assert knowledge.chain.links["pelvis"].name.en not in told


def test_a_chain_that_was_measured_whole_has_nothing_unknown(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    chain = replace(one.chain, links=_links(knowledge, "normal"), results=(result("side_plank", 0),))
    assert "not_measured" not in sections(written(replace(one, chain=chain), knowledge))


def test_a_chain_of_which_nothing_is_known_says_so(knowledge: Knowledge) -> None:
    bare = replace(knowledge, chain=replace(knowledge.chain, links={}))
    assert "Nothing of your movement chain" in text_of(written(plan(knowledge), bare), "not_measured")


def test_who_must_be_called_today_reads_that_first_and_nothing_to_do(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, CAUDA), knowledge)
    assert report.tone == "act"
    assert "112" in report.headline
    assert not {"exercises", "activities", "road", "gate"} & set(sections(report))


def test_a_suspected_avulsion_reads_to_be_seen_first(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, SUSPECTED_AVULSION), knowledge)
    assert report.tone == "plain"
    assert "The plan begins after that" in report.headline
    assert "As far as it goes" in text_of(report, "activities")
    assert not {"road", "gate"} & set(sections(report))


def test_who_waits_to_be_seen_reads_what_may_be_done_and_on_which_days(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, SUSPECTED_AVULSION, goal={"minutes": {3: 30}}), knowledge)
    assert "No exercises today" in text_of(report, "today")
    assert "until somebody has looked" not in text_of(report, "today")
    assert "until somebody has looked" in text_of(written(plan(knowledge, CAUDA), knowledge), "today")


def test_a_minute_is_one_minute(knowledge: Knowledge) -> None:
    told = text_of(written(plan(knowledge, position=at_phase(2, running_step=2)), knowledge), "exercises")
    assert "6 × 1 minute" in told
    assert "1 minutes" not in told


def test_on_hold_reads_stop(knowledge: Knowledge) -> None:
    report = written(plan(knowledge, position=at_phase(3, on_hold=True)), knowledge)
    assert report.headline.startswith("Stop for now")
    assert report.tone == "act"


def test_prevention_has_its_own_headline_and_no_road(knowledge: Knowledge) -> None:
    one = plan(knowledge, position=at_phase(4, discharged=True), goal={"kind": "prevention"})
    report = written(one, knowledge)
    assert knowledge.plan.tracks["prevention"].name.en in report.headline
    assert not {"road", "gate"} & set(sections(report))


def test_fear_of_movement_gets_an_explanation(knowledge: Knowledge) -> None:
    fearful = written(plan(knowledge, goal={"fear_of_movement": "high"}), knowledge)
    assert knowledge.plan.rules["fear"].text.en in text_of(fearful, "phase")
    assert knowledge.plan.rules["fear"].text.en not in text_of(written(plan(knowledge), knowledge), "phase")


def test_a_week_says_how_good_it_is(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    assert "no better week is possible" in text_of(written(one, knowledge), "week")
    solution = replace(one.week.solution, status="feasible", gap=0.2)
    unproven = replace(one, week=replace(one.week, solution=solution))
    assert "20 percent" in text_of(written(unproven, knowledge), "week")
    skipped = replace(one, week=replace(one.week, solution=replace(solution, gap=1.0)))
    assert "better" not in text_of(written(skipped, knowledge), "week")


def test_what_is_contraindicated_is_told(knowledge: Knowledge) -> None:
    one = plan(knowledge, goal={"contraindications": frozenset({"knee"})})
    assert knowledge.exercises.contraindications["knee"].name.en in text_of(written(one, knowledge), "about")
    bare = replace(one, contraindications={})
    assert "Taken into account" not in text_of(written(bare, knowledge), "about")


def test_nothing_was_reviewed_by_a_clinician_and_that_is_said(knowledge: Knowledge) -> None:
    assert knowledge.version.review_text.en in text_of(written(plan(knowledge), knowledge), "about")


def test_a_target_without_an_entry_is_left_unsaid(knowledge: Knowledge) -> None:
    one = plan(knowledge)
    strange = replace(one.exercises[0], why=replace(one.exercises[0].why, target="unheard_of"))
    told = text_of(written(replace(one, exercises=(strange,)), knowledge), "exercises")
    assert "It trains" not in told


def test_both_languages_say_the_same_amount(knowledge: Knowledge) -> None:
    assessment = with_probability(assessed_as(SPRINT_STRAIN, knowledge), proximal_tendinopathy=0.8)  # type: ignore[arg-type]
    one = make_plan(assessment, a_chain(assessment), a_goal(events=EVENTS), knowledge)
    dutch, english = (write_plan(one, knowledge, language) for language in ("nl", "en"))
    assert sections(dutch) == sections(english)
    assert [len(one.lines) for one in dutch.sections] == [len(one.lines) for one in english.sections]
