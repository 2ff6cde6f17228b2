"""``herstel plan CASE``: steps 3 to 5 as a week of exercises, and what comes after it."""

import argparse
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from herstel.errors import InputError, Problem, marked
from herstel.text import say
from herstel_cli.case import (
    Answer,
    Opened,
    Picture,
    add_case,
    opened,
    print_answer,
    tell_written,
    write_pictures,
)  # fmt: skip
from herstel_cli.options import number_between

if TYPE_CHECKING:
    from herstel.assessment.report_parts import Report, Section
    from herstel.flow import Recovery
    from herstel.plan.model import Plan, Position
    from herstel_cli.options import Commands

ROAD_WEEKS = 12


def add_to(commands: "Commands") -> None:
    """The command and its options."""
    parser = commands.add_parser("plan", help="steps 3 to 5: the plan with its week, after the check-ins so far")
    add_case(parser, svg="write the figures of the exercises into this folder")
    parser.add_argument("--ical", metavar="FILE", help="write the week as a calendar to this file, or - for output")
    ahead = parser.add_mutually_exclusive_group()
    ahead.add_argument("--week", type=number_between(1, ROAD_WEEKS), help="look ahead: that week at the earliest")
    ahead.add_argument("--phase", type=number_between(1, 4), help="look ahead: as the plan would be in that phase")
    ahead.add_argument("--prevention", action="store_true", help="the programme for afterwards, or without a complaint")
    before = parser.add_mutually_exclusive_group()
    before.add_argument("--changes", action="store_true", help="what the check-ins changed since the start")
    before.add_argument("--before", metavar="CASE", help="what changed since this earlier file of the same person")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    from herstel.flow import recover
    from herstel.plan.report import write_plan

    at = opened(options.case, options)
    recovery = recover(at.case, at.today, at.knowledge)
    plan = asked_for(recovery, at, options)
    if not write_files(plan, at, options):
        return 0
    report, beside = write_plan(plan, at.knowledge, at.language), dict[str, object]()
    first = []
    if plan is not recovery.plan_now:
        first.append(ahead_section(plan, at))
        later = tuple(section for section in report.sections if section.id != "today")
        report = replace(report, headline=say(at.language, "Looking ahead: not for today."), sections=later)
    before = plan_before(recovery, at, options)
    if before is not None:
        from herstel.plan.changes import plan_changes
        from herstel.plan.report_changes import changes_section

        beside["changes"] = plan_changes(before, plan)
        first.append(changes_section(before, plan, at.knowledge, at.language))
    report = act_first(replace(report, sections=(*first, *report.sections)), recovery, at)
    title = say(at.language, "Herstel: your plan")
    print_answer(Answer(kind="plan", title=title, value=plan, report=report, beside=beside), at, options)
    return 0


def act_first(report: "Report", recovery: "Recovery", at: Opened) -> "Report":
    """While somebody must look first, the plan begins with what there is to do now, as the progress tells it."""
    from herstel.progress.report import write_progress

    if not recovery.progress.position.on_hold:
        return report
    told = write_progress(recovery.progress, at.knowledge, at.language)
    act = [section for section in told.sections if section.id == "act"]
    sections = (*act, *report.sections)
    return replace(report, headline=told.headline, tone=told.tone, urgency=told.urgency, sections=sections)


def ahead_section(plan: "Plan", at: Opened) -> "Section":
    """That this is no plan for today."""
    from herstel.assessment.report_parts import Line, Section

    text = say(
        at.language,
        "This looks ahead to {day} at the earliest. It is not for today: what you can do decides, not the calendar.",
        day=plan.week.start,
    )
    return Section(id="ahead", title=say(at.language, "Looking ahead"), lines=(Line(text=text),))


def asked_for(recovery: "Recovery", at: Opened, options: argparse.Namespace) -> "Plan":
    """The plan of now, or the one looked ahead to."""
    from herstel.plan.generator import make_plan

    position = position_ahead(recovery.plan_now, options)
    if position is None:
        return recovery.plan_now
    case = at.case
    return make_plan(recovery.assessment, recovery.chain, case.goal, at.knowledge, position=position, edits=case.edits)


def position_ahead(plan: "Plan", options: argparse.Namespace) -> "Position | None":
    """Where the person would be at the earliest; None when this looks at now."""
    now = plan.position
    if options.prevention:
        last = [one.start for one in plan.road if one.earliest_phase == 4] or [one.start for one in plan.road[-1:]]
        day = last[0] if last and plan.track != "prevention" else now.day
        return replace(now, phase=4, since=day, on=day, discharged=True)
    if not (options.week or options.phase):
        return None
    if not plan.road:
        reason = marked("there is no road to look along yet: first somebody has to look at the complaint.")
        raise InputError([Problem(thing="--week, --phase", reason=reason, remedy=marked("Leave it out."))])
    phase = options.phase or plan.road[options.week - 1].earliest_phase
    weeks = [one for one in plan.road if one.earliest_phase >= phase]
    week = plan.road[options.week - 1] if options.week else weeks[0] if weeks else plan.road[-1]
    since = now.since if phase == now.phase else weeks[0].start if weeks else week.start
    step = max(now.running_step, min(week.running_steps, default=1))
    return replace(now, phase=phase, since=since, on=week.start, running_step=step)


def plan_before(recovery: "Recovery", at: Opened, options: argparse.Namespace) -> "Plan | None":
    """The plan to compare with: of the start, or of an earlier file; None when nothing is compared."""
    from herstel.flow import recover

    if options.changes:
        return recovery.plan
    if options.before:
        earlier = opened(options.before, options)
        return recover(earlier.case, earlier.today, at.knowledge).plan_now
    return None


def write_files(plan: "Plan", at: Opened, options: argparse.Namespace) -> bool:
    """Write the calendar and the figures that were asked for; whether there is still something to print."""
    if options.svg:
        write_pictures(options.svg, figures(plan, at), at.language)
    if not options.ical:
        return True
    from herstel.plan.calendar import as_calendar
    from herstel_cli.files import write_bytes

    write_bytes(options.ical, as_calendar(plan, at.knowledge, at.language))
    return tell_written(options.ical, at.language)


def figures(plan: "Plan", at: Opened) -> Iterator[Picture]:
    """The figure of every exercise that has one; an exercise of the therapist's own has none."""
    from herstel.figures.figure import figure_svg

    for planned in plan.exercises:
        if planned.exercise in at.knowledge.exercises.exercises:
            draw = partial(figure_svg, planned.exercise, at.knowledge, at.language)
            yield Picture(name=planned.exercise, draw=draw)
