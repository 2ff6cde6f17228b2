"""What the timeline tells of the facts of a case and of what was decided from them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from herstel_web.cases.models import DecisionMade, Fact
from herstel_web.casework import bridge
from herstel_web.casework.models import Closure, LookedAt, Override
from herstel_web.casework.reasons import BY_ID
from herstel_web.casework.timeline import Entry, Stretch, Tone, tells
from herstel_web.language import current_language

Part = Fact.Part
LONGEST_LINE = 200
PHASE_RULES = ("gate_open", "return", "stop_sign_back", "two_flare_ups")


def _facts(stretch: Stretch, *parts: Fact.Part) -> "QuerySet[Fact]":
    found = Fact.objects.filter(case=stretch.case, part__in=parts, day__range=(stretch.first, stretch.last))
    return found.filter(entry__isnull=False, corrected_by=None).select_related("recorded_by").order_by("day", "pk")


def _entry(fact: Fact, title: str, lines: Iterable[str] = (), url: str = "", tone: Tone = "") -> Entry:
    corrected = (gettext("corrects an earlier one: {reason}").format(reason=fact.reason),) if fact.corrects_id else ()
    return Entry(
        day=fact.day,
        at=fact.recorded_at,
        title=title,
        lines=tuple(line for line in (*lines, *corrected) if line),
        who=fact.recorded_by.shown_name if fact.recorded_by else "",
        url=url,
        tone=tone,
    )


@tells("complaint", gettext_lazy("Complaint"))
def complaints(stretch: Stretch) -> Iterator[Entry]:
    """Each time the complaint was told; the last time with how it is assessed now."""
    found = list(_facts(stretch, Part.COMPLAINT))
    url = reverse("case_assessment", args=[stretch.case.pk])
    for fact in found:
        entry = fact.entry or {}
        answers, tests = len(entry.get("answers", {})), len(entry.get("examination", {}))
        lines = [ngettext("{n} answer", "{n} answers", answers).format(n=answers)] if answers else []
        if tests:
            lines.append(ngettext("{n} test of an examination", "{n} tests of an examination", tests).format(n=tests))
        yield _entry(fact, gettext("The complaint was told"), lines, url)
    if found:
        first = found[0]
        told = bridge.assessment_lines(stretch.recovery, current_language())
        yield Entry(day=first.day, at=first.recorded_at, title=gettext("Assessment, as it is now"), lines=told, url=url)


@tells("measurements", gettext_lazy("Tests"))
def measurements(stretch: Stretch) -> Iterator[Entry]:
    """The tests of a day in one entry, and what the therapist says of the contributors."""
    for _day_and_author, group in groupby(
        _facts(stretch, Part.MEASUREMENTS), key=lambda fact: (fact.day, fact.recorded_by_id)
    ):
        of_day = list(group)
        title = ngettext("{n} measurement", "{n} measurements", len(of_day)).format(n=len(of_day))
        lines = [bridge.measurement_line(fact.entry or {}, current_language()) for fact in of_day]
        yield _entry(of_day[-1], title, lines)
    for fact in _facts(stretch, Part.JUDGEMENTS):
        entry = fact.entry or {}
        said = {"confirmed": gettext("Contributor confirmed"), "rejected": gettext("Contributor rejected")}
        yield _entry(
            fact, said[entry["verdict"]], [bridge.link_name(entry["contributor"], current_language()), entry["reason"]]
        )


@tells("plan", gettext_lazy("Plan"))
def plan(stretch: Stretch) -> Iterator[Entry]:
    """The goal, and what the therapist changed by hand."""
    kinds = {
        "lock": gettext("Exercise kept in"),
        "remove": gettext("Exercise taken out"),
        "replace": gettext("Exercise replaced"),
        "dose": gettext("Dose changed"),
        "add": gettext("Exercise added"),
        "own": gettext("Own exercise added"),
    }
    for fact in _facts(stretch, Part.GOAL, Part.EDITS):
        entry = fact.entry or {}
        if fact.part == Part.GOAL:
            yield _entry(fact, gettext("Goal"), [bridge.goal_line(entry)])
        else:
            exercise = bridge.exercise_name(entry["exercise"], stretch.recovery, current_language())
            yield _entry(fact, kinds.get(entry["kind"], gettext("Plan changed")), [exercise, entry.get("reason", "")])


# --- check-ins -------------------------------------------------------------------------------------------------------


@tells("check_ins", gettext_lazy("Check-ins"))
def check_ins(stretch: Stretch) -> Iterator[Entry]:
    """The check-ins of a week in one entry."""
    ticked = Fact.objects.filter(case=stretch.case, part=Part.SETS, day__range=(stretch.first, stretch.last))
    sets = dict(ticked.values_list("day").annotate(n=Count("pk")).order_by("day"))
    facts = list(_facts(stretch, Part.CHECK_INS))
    for _monday, group in groupby(facts, key=lambda fact: fact.day - timedelta(days=fact.day.weekday())):
        yield _week(list(group), sets)


def _week(facts: list[Fact], sets: Mapping[date, int]) -> Entry:
    entries: list[Mapping[str, Any]] = [fact.entry or {} for fact in facts]
    ticked = sum(sets.get(fact.day, 0) for fact in facts)
    signs = list(bridge.signs_told(entries, current_language()))
    lines = [
        *signs,
        _between(entries, "pain_worst", gettext("worst pain {range}")),
        _between(entries, "stiffness_min", gettext("morning stiffness {range} minutes")),
        ngettext("{n} set ticked off", "{n} sets ticked off", ticked).format(n=ticked) if ticked else "",
        *(
            f"{fact.day:%d-%m}: {entry['note'][:LONGEST_LINE]}"
            for fact, entry in zip(facts, entries, strict=True)
            if entry.get("note")
        ),
    ]
    title = ngettext("{n} check-in this week", "{n} check-ins this week", len(facts)).format(n=len(facts))
    return Entry(
        day=facts[-1].day,
        at=facts[-1].recorded_at,
        title=title,
        lines=tuple(line for line in lines if line),
        tone="is-bad" if signs else "",
    )


def _between(entries: Iterable[Mapping[str, Any]], field: str, text: str) -> str:
    told = [float(entry[field]) for entry in entries if entry.get(field) is not None]
    if not told:
        return ""
    low, high = f"{min(told):g}", f"{max(told):g}"
    return text.format(range=low if low == high else f"{low}–{high}")


# --- what was decided ------------------------------------------------------------------------------------------------


def _decided(stretch: Stretch) -> "QuerySet[DecisionMade]":
    made = DecisionMade.objects.filter(case=stretch.case, superseded_at=None, day__range=(stretch.first, stretch.last))
    return made.order_by("day", "pk")


@tells("phases", gettext_lazy("Phases"))
def phases(stretch: Stretch) -> Iterator[Entry]:
    """A phase that was gained or lost, and the return."""
    for one in _decided(stretch).filter(rule__in=PHASE_RULES):
        title, line = bridge.decision_words(one, stretch.recovery, current_language())
        yield Entry(day=one.day, at=one.made_at, title=title, lines=(line,) if line else (), tone=_tone(one))


@tells("decisions", gettext_lazy("Decisions"))
def decisions(stretch: Stretch) -> Iterator[Entry]:
    """Everything else that was decided on a day, in one entry, and what people said at a shared decision."""
    for day, group in groupby(_decided(stretch).exclude(rule__in=PHASE_RULES), key=lambda one: one.day):
        made = list(group)
        told = [bridge.decision_words(one, stretch.recovery, current_language()) for one in made]
        lines = tuple(": ".join(part for part in pair if part) for pair in told)
        title = ngettext("{n} decision", "{n} decisions", len(made)).format(n=len(made))
        tones = {_tone(one) for one in made}
        tone: Tone = "is-bad" if "is-bad" in tones else "is-warn" if "is-warn" in tones else ""
        yield Entry(day=day, at=made[-1].made_at, title=title, lines=lines, tone=tone)
    roles = {"person": gettext("the person"), "therapist": gettext("the therapist"), "coach": gettext("the coach")}
    for fact in _facts(stretch, Part.CONFIRMATIONS):
        entry = fact.entry or {}
        said = gettext("Agreed by {who}") if entry["agrees"] else gettext("Not agreed by {who}")
        yield _entry(fact, said.format(who=roles[entry["role"]]), [entry.get("note", "")])


def _tone(one: DecisionMade) -> Tone:
    return {"refer": "is-bad", "stop": "is-bad", "step_back": "is-warn"}.get(one.action, "")  # type: ignore[return-value]


@tells("practice", gettext_lazy("Practice"))
def practice(stretch: Stretch) -> Iterator[Entry]:
    """Where a therapist judged otherwise, and when the case was closed or opened again."""
    url = reverse("case_assessment", args=[stretch.case.pk])
    judged = Override.objects.filter(case=stretch.case, made_at__range=stretch.between).select_related("made_by")
    for one in judged:
        said = gettext("{what}: {value} (Herstel: {engine})").format(
            what=one.get_subject_display(),
            value=bridge.value_name(one.subject, one.value, current_language()),
            engine=bridge.value_name(one.subject, one.engine, current_language()),
        )
        yield _of_practice(one, gettext("Judged otherwise"), (said, one.reason), url)
    looked = LookedAt.objects.filter(case=stretch.case, made_at__range=stretch.between).select_related("made_by")
    for at in looked:
        reason = BY_ID.get(at.reason)
        yield _of_practice(at, gettext("Looked at"), (str(reason.text) if reason else at.reason,), "")
    for closure in Closure.objects.filter(case=stretch.case, made_at__range=stretch.between).select_related("made_by"):
        title = gettext("Opened again") if closure.reason == Closure.Reason.REOPENED else gettext("Closed")
        yield _of_practice(closure, title, (closure.get_reason_display(), closure.note), "")


def _of_practice(row: Override | LookedAt | Closure, title: str, lines: tuple[str, ...], url: str) -> Entry:
    who = row.made_by.shown_name if row.made_by else ""
    lines = tuple(line for line in lines if line and line != title)
    return Entry(day=timezone.localdate(row.made_at), at=row.made_at, title=title, lines=lines, who=who, url=url)
