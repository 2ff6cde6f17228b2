"""The rest of a progress report: what it was judged on, who to call, and what is not known."""

from collections.abc import Iterator

from herstel.assessment.report_parts import Line, Section
from herstel.errors import marked
from herstel.knowledge.progress_entries import RunningStep
from herstel.plan.tracks import ladder_phases
from herstel.progress.gates import LAST_PHASE
from herstel.progress.model import Gate, GateItem
from herstel.progress.words import ProgressTelling

_WHO = {
    "physio": marked("Your physiotherapist"),
    "gp": marked("Your GP"),
    "same_day": marked("Today"),
    "emergency": marked("At once"),
}
MET = {True: marked("Met"), False: marked("Not yet"), None: marked("Not known")}


def contacts(t: ProgressTelling) -> Section | None:
    """Who to call, about what, within how many days."""
    by_id = {one.id: one for one in t.knowledge.progress.contacts}
    lines = []
    for name in t.progress.contacts:
        one = by_id[name]
        when = (
            t.tell("within {days} days", days=one.within_days) if one.within_days > 1 else t.tell("today or tomorrow")
        )
        who = t.tell(_WHO[one.who])
        mark = who if one.who in ("same_day", "emergency") else f"{who}, {when}"
        rule = t.rule(one.rule)
        lines.append(Line(mark=mark, text=t.of(one.text), detail=t.filled(rule.why, rule), sources=t.cite(rule.source)))
    return Section(id="call", title=t.tell("Who to call"), lines=tuple(lines)) if lines else None


# --- gates ----------------------------------------------------------------------------------------------------------


def gate(t: ProgressTelling) -> Section | None:
    """What the next phase, or the return, still asks."""
    present = t.progress.gate
    if present is None:
        return None
    if t.progress.phase == LAST_PHASE:
        title = t.tell("What going back asks")
    else:
        title = t.tell("What phase {phase} asks before it opens", phase=t.progress.phase + 1)
    return Section(id="gate", title=title, lines=tuple(_gate(t, present)))


def return_table(t: ProgressTelling) -> Section | None:
    """The whole return table, before it is its turn."""
    if t.progress.gate is None or t.progress.phase == LAST_PHASE:
        return None
    lines = tuple(_items(t, t.progress.return_table))
    return Section(id="return_table", title=t.tell("What going back will ask"), lines=lines, folded=True)


def _gate(t: ProgressTelling, present: Gate) -> Iterator[Line]:
    met = sum(item.met is True for item in present.items)
    rule = t.rule("gate_closed")
    summary = t.tell("{met} of {of} points are met.", met=met, of=len(present.items))
    yield Line(text=summary, detail=t.filled(rule.why, rule), sources=t.cite(rule.source))
    if present.minimum_days_left > 0:
        stay = t.rule("minimum_stay")
        days = t.number(present.minimum_days_left)
        text = t.tell("At least {days} more days in this phase.", days=days)
        yield Line(mark=t.tell("Not yet"), text=text, detail=t.filled(stay.why, stay), sources=t.cite(stay.source))
    yield from _items(t, present)


def _items(t: ProgressTelling, present: Gate) -> Iterator[Line]:
    """The criteria, what is not met or not known first."""
    for item in sorted(present.items, key=lambda one: one.met is True):
        yield _item(t, item)


def _item(t: ProgressTelling, item: GateItem) -> Line:
    one = t.knowledge.progress.criterion(item.criterion)
    found = t.found(item)
    text = t.of(one.text)
    if found:
        text += " " + t.tell("Now: {found}.", found=found)
    detail = t.of(one.substitute) if one.substitute is not None and item.met is not True else ""
    return Line(mark=t.tell(MET[item.met]), text=text, detail=detail, sources=t.cite(one.source))


# --- running and load -----------------------------------------------------------------------------------------------


def running(t: ProgressTelling) -> Section | None:
    """The step of the ladder now, and what the next one asks."""
    if t.progress.gate is None and not t.progress.position.discharged:
        return None
    ladder, number = t.knowledge.progress.running, t.progress.position.running_step
    step = ladder[number]
    text = t.tell("Step {step} of {last}: {session}.", step=number, last=len(ladder), session=_done(t, step))
    lines = [Line(mark=t.tell("Now"), text=text, sources=t.cite(step.source))]
    following = ladder.get(number + 1)
    if following is not None:
        lines.append(Line(mark=t.tell("Then"), text=f"{_done(t, following)}.", detail=_when(t, following)))
        lines.extend(_item(t, item) for item in t.progress.running_asks if item.met is not True)
    return Section(id="running", title=t.tell("Walking and running"), lines=tuple(lines))


def _done(t: ProgressTelling, step: RunningStep) -> str:
    return t.of(step.name) + (f" ({t.of(step.effort)})" if step.effort is not None else "")


def _when(t: ProgressTelling, step: RunningStep) -> str:
    phase = ladder_phases(t.knowledge.plan.tracks[t.progress.plan.track], t.knowledge)[step.number]
    if phase > t.progress.phase:
        return t.tell("It belongs to phase {phase}.", phase=phase)
    return t.tell("After this step went well often enough, also the morning after.")


def load(t: ProgressTelling) -> Section | None:
    """The last seven days against the person's own earlier weeks."""
    now = t.progress.load
    rule = t.rule("load_high")
    rows = (
        (marked("Training load (minutes times effort)"), now.session, now.session_limit, "session"),
        (marked("Metres of fast running (80 per cent and more)"), now.high_speed_m, now.high_speed_limit_m,
         "high_speed"),
    )  # fmt: skip
    lines = []
    for name, value, limit, kind in rows:
        if value is None:
            continue
        mark = t.tell("Unusually much") if kind in now.alerts else ""
        told = t.tell("{name}: {value} in the last 7 days.", name=t.tell(name), value=t.number(value))
        own = t.tell("Your own limit is {limit}.", limit=t.number(limit)) if limit is not None else _no_limit(t)
        detail = t.filled(rule.why, rule)
        lines.append(Line(mark=mark, text=f"{told} {own}", detail=detail, sources=t.cite(rule.source)))
    if lines and now.days_known < len(_WEEK):
        text = t.tell("{known} of the last 7 days were filled in. It may have been more.", known=now.days_known)
        lines.append(Line(mark=t.tell("Not known"), text=text))
    return Section(id="load", title=t.tell("Load"), lines=tuple(lines), folded=not now.alerts) if lines else None


_WEEK = range(7)


def _no_limit(t: ProgressTelling) -> str:
    return t.tell("Too few weeks are known to tell what is usual for you.")


# --- filling in -----------------------------------------------------------------------------------------------------


def adherence(t: ProgressTelling) -> Section | None:
    """How much of the plan gets done, as far as it was told."""
    now = t.progress.adherence
    if not now.days_known and not now.days_missing:
        return None
    days = now.days_known + now.days_missing
    lines = [Line(text=t.tell("You filled in {known} of the last {days} days.", known=now.days_known, days=days))]
    if now.share is not None:
        text = t.tell("On those days about {share} % of the planned training was done.", share=round(100 * now.share))
        lines.append(Line(text=text))
    if now.days_missing:
        detail = t.tell("What is not filled in is not counted: neither as done nor as left out.")
        gap = t.tell("Longest gap in days: {days}.", days=now.longest_gap_days)
        lines.append(Line(mark=t.tell("Not known"), text=gap, detail=detail))
    return Section(id="adherence", title=t.tell("Doing the plan"), lines=tuple(lines), folded=True)


def watch(t: ProgressTelling) -> Section | None:
    """The weeks after the return."""
    until = t.progress.watch_until
    if until is None:
        return None
    rule, checks = t.rule("return"), t.rule("watch_check")
    lines = (
        Line(text=t.tell("Keep watching until {day}.", day=t.date(until)), detail=t.filled(rule.why, rule),
             sources=t.cite(rule.source)),
        Line(text=t.filled(checks.why, checks), sources=t.cite(checks.source)),
    )  # fmt: skip
    return Section(id="watch", title=t.tell("After going back"), lines=lines)


def missing(t: ProgressTelling) -> Section | None:
    """What nobody told or measured, and what it stops."""
    lines = list(_missing(t))
    return Section(id="missing", title=t.tell("What is not known"), lines=tuple(lines), folded=True) if lines else None


def _missing(t: ProgressTelling) -> Iterator[Line]:
    progress = t.progress
    if progress.baseline_pain is None:
        yield Line(text=t.tell("Your ordinary morning is not known yet: fill in the pain on waking up."))
    if progress.usual_stiffness_min is None:
        yield Line(text=t.tell("How stiff you usually are in the morning is not known yet: fill in the minutes."))
    last = progress.check_ins[-1] if progress.check_ins else None
    if last is not None and last.date != progress.today:
        yield Line(text=t.tell("The last day filled in is {day}.", day=t.date(last.date)))
    unknown = [] if progress.gate is None else [one for one in progress.gate.items if one.met is None]
    if unknown:
        detail = t.tell("What is not known never opens a phase.")
        yield Line(text=t.tell("{n} points of the next step are not known yet.", n=len(unknown)), detail=detail)


def corrected(t: ProgressTelling) -> Section | None:
    """Check-ins that were replaced, with the reason."""
    if not t.progress.corrected:
        return None
    standing = {one.date: one for one in t.progress.check_ins}
    lines = tuple(
        Line(
            mark=t.date(one.date),
            text=t.tell("An earlier record of this day was replaced."),
            detail=standing[one.date].correction,
        )
        for one in t.progress.corrected
    )
    return Section(id="corrected", title=t.tell("Corrected"), lines=lines, folded=True)


def about(t: ProgressTelling) -> Section:
    """What these rules are, and that no clinician reviewed them."""
    elicited = sum(one.basis != "published" for one in t.knowledge.progress.rules.values())
    text = t.tell(
        "Of the {rules} rules, {elicited} rest on estimates or on general knowledge. An MRI is not one of the points: "
        "most people who may play again still show changes on it.",
        rules=len(t.knowledge.progress.rules),
        elicited=elicited,
    )
    lines = (
        Line(text=t.of(t.knowledge.version.review_text)),
        Line(text=text, sources=t.cite(("prognosis-dossier", "rehabilitation-dossier"))),
    )
    return Section(id="about", title=t.tell("About these decisions"), lines=lines, folded=True)
