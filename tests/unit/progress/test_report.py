"""What a person reads about the progress: first what changes and what to do."""

import string
from dataclasses import replace
from typing import Any

import pytest

from herstel.assessment.report_parts import Report, Section
from herstel.knowledge.model import Knowledge
from herstel.plan.model import Plan, Position
from herstel.progress.judge import judge_progress
from herstel.progress.model import CheckIn, Confirmation, Progress
from herstel.progress.report import write_progress
from herstel.text import LANGUAGES, Language
from tests.unit.progress.roads import START, STRENGTH, a_plan, agreed, did, fit, on, play, ran, road, told
from tests.unit.progress.test_replay import VISITS, placed

EN: Language = "en"


def reported(knowledge: Knowledge, progress: Progress, language: Language = EN) -> Report:
    return write_progress(progress, knowledge, language)


def after(
    knowledge: Knowledge, check_ins: list[CheckIn], *, plan: Plan | None = None, today: int | None = None
) -> Report:
    last = max((one.date for one in check_ins), default=START)
    day = last if today is None else on(today)
    return reported(knowledge, judge_progress(plan or a_plan(knowledge), check_ins, day, knowledge))


def section(report: Report, name: str) -> Section:
    return next(one for one in report.sections if one.id == name)


def text_of(part: Section) -> str:
    return "\n".join(f"{one.mark} {one.text} {one.detail}" for one in part.lines)


@pytest.fixture(scope="module")
def back(knowledge: Knowledge) -> Progress:
    """Somebody who came all the way back."""
    taken = [one for day in VISITS for one in fit(day)]
    plan = a_plan(knowledge, measurements=fit(0))
    return play(plan, road(60), knowledge, measurements=taken, confirmations=agreed(46)).progress(on(59))


def test_a_warning_sign_comes_first_with_what_to_do_and_nothing_to_train(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(1, symptoms={"bladder_bowel_saddle_change": True})])
    assert report.tone == "act"
    assert report.urgency == "emergency"
    assert "112" in report.headline
    assert report.headline.endswith("Do no exercises until then.")
    assert report.sections[0].id == "act"
    assert {one.id for one in report.sections}.isdisjoint({"gate", "running", "now"})
    assert "nerves" in text_of(report.sections[0])


def test_a_plan_that_waits_for_a_clinician_says_so(knowledge: Knowledge) -> None:
    waiting = replace(a_plan(knowledge), track="see_first")
    report = after(knowledge, [told(0)], plan=waiting)
    assert report.headline == knowledge.progress.rules["on_hold"].text.en
    assert section(report, "act").lines


def test_nothing_told_asks_for_a_first_day(knowledge: Knowledge) -> None:
    report = after(knowledge, [])
    assert report.headline.startswith("Nothing was filled in yet")
    assert {one.id for one in report.sections}.isdisjoint({"now", "over_time"})


def test_a_quiet_day_changes_nothing(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0)])
    assert report.headline == "Stay in phase 1. Nothing changes: go on with your exercises as they are."
    assert report.tone == "plain"


def test_steps_on_and_back_are_counted(knowledge: Knowledge) -> None:
    check_ins = [told(n, done=(did(),) if n in (1, 3) else ()) for n in range(5)]
    assert after(knowledge, check_ins).headline == "Stay in phase 1. 1 thing goes a step on."
    hurt = [*check_ins[:4], told(4, done=(did(pain=9.0), did("glute_bridge", pain=9.0)))]
    assert "2 things go a step back, 1 thing goes a step on" in after(knowledge, hurt).headline


def test_a_stop_sign_is_the_headline(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(1, sharp_stab=True)])
    assert report.headline.startswith("Stop what you were doing. Rest for 48 hours")
    assert report.tone == "act"
    assert section(report, "now").lines[0].mark == "Stop"


def test_a_new_phase_is_the_headline(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, measurements=fit(0))
    assert after(knowledge, [told(n) for n in range(3)], plan=plan).headline.startswith("You may go to the next phase")


def test_every_decision_tells_its_rule_its_numbers_and_its_source(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(1, done=(did(pain=6.0),))])
    line = next(one for one in section(report, "now").lines if one.text.startswith("Heel press"))
    assert line.mark == "One step back"
    assert "Rule: too much pain during the exercise. Decided on: pain 6, limit 2." in line.detail
    assert line.sources


def test_a_limp_and_a_step_are_told_in_words(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(1, runs=(ran(1, pain=4.0, limp=True),))], plan=placed(knowledge, 2))
    assert "pain 4, with a limp, running step 1, back to running step 1" in text_of(section(report, "now"))


def test_when_nothing_was_told_today_the_day_of_the_last_decisions_is(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0)], today=3)
    assert section(report, "now").lines[0].text == "Nothing was filled in today. The last decisions are of 2 March."
    assert "The last day filled in is 2 March." in text_of(section(report, "missing"))


def test_the_gate_is_a_list_of_what_is_met_not_yet_and_not_known(knowledge: Knowledge) -> None:
    measurements = [one for one in fit(0, isometric_90=50) if one.test in ("isometric_90", "active_knee_extension")]
    plan = replace(a_plan(knowledge, measurements=measurements), track="elite")
    part = section(after(knowledge, [told(0), told(1)], plan=plan), "gate")
    assert part.title == "What phase 2 asks before it opens"
    marks = {one.text.partition(" Now:")[0]: one.mark for one in part.lines}
    assert marks["With the knee bent, the injured leg pushes at least half as hard as the other one."] == "Not yet"
    assert marks["Bending one knee while standing on the injured leg gives no pain."] == "Not known"
    assert "Met" in marks.values()
    told_now = text_of(part)
    assert "Now: 22.7 % of the other side (2 March)." in told_now
    assert "Now: 2 degrees (2 March)." in told_now
    assert "Now: pain-free (3 March)." in told_now
    assert "force meter" in told_now, "what to do without the equipment"
    assert "At least 1 more days in this phase." in told_now


def test_the_return_table_is_told_before_its_turn_and_in_phase_four_is_the_gate(knowledge: Knowledge) -> None:
    early = after(knowledge, [told(0)])
    assert section(early, "return_table").folded
    late = after(knowledge, [told(0, confidence=6)], plan=placed(knowledge, 4))
    assert section(late, "gate").title == "What going back asks"
    assert "return_table" not in {one.id for one in late.sections}


def test_what_everybody_said_is_told(knowledge: Knowledge) -> None:
    said = [
        Confirmation(role="person", agrees=True, date=START),
        Confirmation(role="therapist", agrees=False, date=START),
    ]
    plan = placed(knowledge, 4, measurements=fit(0))
    progress = judge_progress(plan, [told(0, fear_of_movement="some")], on(0), knowledge, confirmations=said)
    told_now = text_of(section(reported(knowledge, progress), "gate"))
    assert "Now: agrees (2 March)." in told_now
    assert "Now: does not agree (2 March)." in told_now
    assert "Now: some (2 March)." in told_now
    assert "Now: 0 times so far." in told_now
    assert "Now: no (2 March)." in told_now
    assert "Now: 24 times (2 March)." in told_now


def test_the_running_part_says_the_step_the_next_and_what_it_asks(knowledge: Knowledge) -> None:
    plan = a_plan(knowledge, position=Position(phase=2, since=START, running_step=3))
    told_now = text_of(section(after(knowledge, [told(0)], plan=plan), "running"))
    assert "Step 3 of 12: jogging (easy, 40 to 50% of your top speed;" in told_now
    assert "brisk running (55 to 65% of your top speed; walk back to rest)." in told_now
    assert "3 minutes" not in told_now, "how much is for the plan to say"
    assert "Not known With the knee nearly straight" in told_now
    later = a_plan(knowledge, position=Position(phase=2, since=START, running_step=5))
    assert "It belongs to phase 3." in text_of(section(after(knowledge, [told(0)], plan=later), "running"))
    top = placed(knowledge, 4)
    top = replace(top, position=replace(top.position, running_step=12))
    assert len(section(after(knowledge, [told(0)], plan=top), "running").lines) == 1


def test_the_load_is_told_with_what_is_not_known(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0, session_min=40, session_rpe=5)])
    told_now = text_of(section(report, "load"))
    assert "200 in the last 7 days. Too few weeks are known" in told_now
    assert "1 of the last 7 days were filled in" in told_now


def test_a_load_above_the_own_limit_stands_out(knowledge: Knowledge) -> None:
    loads = {0: 20.0, 7: 22.0, 14: 20.0, 21: 22.0, 28: 200.0}
    check_ins = [told(n, session_min=loads.get(n, 0.0), session_rpe=5.0) for n in range(35)]
    part = section(after(knowledge, check_ins), "load")
    assert not part.folded
    assert part.lines[0].mark == "Unusually much"
    assert "Your own limit is" in part.lines[0].text


def test_without_any_load_told_there_is_no_load_part(knowledge: Knowledge) -> None:
    report = after(knowledge, [], today=3)
    assert "load" not in {one.id for one in report.sections}
    assert "share" not in text_of(section(report, "adherence"))


def test_who_to_call_says_by_when(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(1, new_bruise=True)])
    marks = [one.mark for one in section(report, "call").lines]
    assert marks == ["Your GP, within 2 days", "Your physiotherapist, within 2 days"]
    held = after(knowledge, [told(0, symptoms={"calf_swelling": True}), told(1)])
    assert [one.mark for one in section(held, "call").lines] == ["Today", "Your GP, today or tomorrow"]


def test_after_the_return_it_says_so_and_how_long_to_watch(knowledge: Knowledge, back: Progress) -> None:
    report = reported(knowledge, back)
    assert report.headline.startswith("You are back.")
    assert "Keep watching until 4 August." in text_of(section(report, "watch"))
    assert "back" in text_of(section(report, "over_time"))
    assert {"running", "earlier"} <= {one.id for one in report.sections}
    assert {"gate", "return_table"}.isdisjoint({one.id for one in report.sections})


def test_whoever_only_prevents_has_no_gates_and_no_ladder(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0)], plan=replace(a_plan(knowledge), track="prevention"))
    assert report.headline == "Keep the prevention programme going and tell how it goes."
    assert {"gate", "running", "return_table"}.isdisjoint({one.id for one in report.sections})


def test_earlier_decisions_leave_out_those_that_only_said_stay(knowledge: Knowledge, back: Progress) -> None:
    lines = section(reported(knowledge, back), "earlier").lines
    assert lines
    assert all("not everything met yet" not in one.text for one in lines)


def test_corrections_are_shown_with_their_reason(knowledge: Knowledge) -> None:
    wrong, right = told(0, pain_worst=9), told(0, correction="typed a 9 for a 1")
    part = section(after(knowledge, [wrong, right]), "corrected")
    assert part.lines[0].detail == "typed a 9 for a 1"


def test_what_is_not_known_is_said(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0, pain_next_morning=None, stiffness_min=None, walking=None)])
    told_now = text_of(section(report, "missing"))
    assert "Your ordinary morning is not known yet" in told_now
    assert "How stiff you usually are" in told_now
    assert "points of the next step are not known yet" in told_now


def test_with_everything_known_nothing_is_said_to_be_missing(knowledge: Knowledge, back: Progress) -> None:
    assert "missing" not in {one.id for one in reported(knowledge, back).sections}


def test_before_the_plan_begins_there_is_no_adherence(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(-3)], today=-2)
    assert "adherence" not in {one.id for one in report.sections}


def test_every_report_says_that_no_clinician_reviewed_it_and_that_an_mri_is_no_criterion(knowledge: Knowledge) -> None:
    part = section(after(knowledge, [told(0)]), "about")
    assert knowledge.version.review_text.en in part.lines[0].text
    assert "An MRI is not one of the points" in part.lines[1].text


def test_a_revised_assessment_gives_its_own_urgency(knowledge: Knowledge) -> None:
    report = after(knowledge, [told(0), told(3, answers={"walking": "normal"})])
    assert report.urgency in ("self_care", "physio", "gp_week")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "last",
    [
        {}, {"sharp_stab": True}, {"symptoms": {"fever_or_unwell": True}}, {"symptoms": {"not_at_ease": True}},
        {"pain_next_morning": 7}, {"runs": (ran(9),)}, {"done": (did(sets=None), did("dead_bug", pain=9.0))},
        {"could_not": frozenset({STRENGTH})},
    ],
)  # fmt: skip
def test_every_day_can_be_told_in_both_languages(
    knowledge: Knowledge, language: Language, last: dict[str, Any]
) -> None:
    check_ins = [*(told(n, done=(did(),), runs=(ran(1),)) for n in range(6)), told(6, **last)]
    progress = judge_progress(a_plan(knowledge), check_ins, on(6), knowledge)
    report = reported(knowledge, progress, language)
    assert report.headline
    for part in report.sections:
        assert part.title
        for line in part.lines:
            assert not [name for _, name, _, _ in string.Formatter().parse(line.text) if name]


def test_numbers_are_written_as_in_the_language(knowledge: Knowledge) -> None:
    progress = judge_progress(a_plan(knowledge, measurements=fit(0, isometric_90=50)), [told(0)], on(0), knowledge)
    assert "22,7 %" in text_of(section(reported(knowledge, progress, "nl"), "gate"))
