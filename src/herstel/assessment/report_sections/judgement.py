"""What it probably is: the likeliest conditions, soreness or injury, the grade, and the whole list as a picture."""

from collections.abc import Iterator, Mapping

from herstel.assessment.assess import suspected_of
from herstel.assessment.report_parts import Bar, Line, Section
from herstel.assessment.report_sections.telling import Telling, in_100
from herstel.assessment.result import InjuryType, Likelihood
from herstel.assessment.severity import GRADE_TOLD_FROM
from herstel.errors import marked
from herstel.knowledge.model import GradeInfo, Nature, SorenessCriterion
from herstel.text import say

ALSO_POSSIBLE_FROM = 0.05
MOST_ALSO, MOST_BARS = 3, 6
GRADE_WORTH_NAMING, GRADE_EXPLAINED_FROM = 0.01, 0.3
_TYPES: Mapping[InjuryType, str] = {
    "sprint": marked("While sprinting or running fast"),
    "stretch": marked("By stretching too far, such as a split or a slip"),
    "kick": marked("While kicking"),
    "blow": marked("By a blow to the leg"),
    "overuse": marked("By training more or harder than before"),
    "effort": marked("By new or unusual exercise"),
    "lifting": marked("While lifting, bending or twisting"),
    "none": marked("Without a clear trigger"),
    "unknown": marked("Not known"),
}
_SIDES: Mapping[str, str] = {"left": marked("left"), "right": marked("right"), "middle": marked("middle")}
_VERDICTS: Mapping[Nature, str] = {
    "soreness": marked("This looks like ordinary soreness, not like an injury."),
    "injury": marked("This looks like an injury, not like ordinary soreness."),
    "overuse": marked(
        "This looks like something tired or overloaded: more than soreness, but nothing that tore at one moment."
    ),
    "elsewhere": marked(
        "This looks like pain from somewhere else, such as your back or hip: neither soreness nor a torn muscle."
    ),
    "illness": marked("This looks like an illness or a disorder of the body, not like soreness or a muscle injury."),
}


def what(t: Telling) -> Section:
    """What must be ruled out first, told apart from what is most probable; or honestly that it cannot be told."""
    lines = [*_rule_out_first(t), *_most_probable(t), *_type_and_site(t)]
    return Section(id="what", title=say(t.language, "What it probably is"), lines=tuple(lines))


def suspected(t: Telling) -> list[Likelihood]:
    """What the fired warning signs put first, ahead of the probabilities."""
    return [t.assessment.likelihood(one) for one in suspected_of(t.assessment, t.knowledge)]


def _rule_out_first(t: Telling) -> Iterator[Line]:
    """Each suspicion with its own chance, so that it is not taken for what is most probable."""
    for one in suspected(t):
        if one.condition == t.assessment.likely.condition:
            text = say(
                t.language,
                "{name}. It is also the most probable: {chance}.",
                name=t.name(one.condition),
                chance=t.chance(one),
            )
        else:
            text = say(
                t.language,
                "{name}. That does not mean that you have it: we estimate {chance}. But it must not be missed.",
                name=t.name(one.condition),
                chance=t.chance(one),
            )
        detail = t.of(t.condition(one.condition).explanation)
        yield Line(mark=say(t.language, "Must be ruled out first"), text=text, detail=detail)


def _most_probable(t: Telling) -> Iterator[Line]:
    first, *others = t.assessment.differential
    ahead = {one.condition for one in suspected(t)}
    mark = say(t.language, "Also possible")
    if t.assessment.cannot_tell:
        yield from _cannot_tell(t)
        mark, others = say(t.language, "Possible"), [first, *others]
    elif first.condition not in ahead:
        yield Line(
            mark=say(t.language, "Most probable"),
            text=f"{t.name(first.condition)}: {t.chance(first)}.",
            detail=t.of(t.condition(first.condition).explanation),
        )
    also = [one for one in others if one.probability >= ALSO_POSSIBLE_FROM and one.condition not in ahead]
    for one in also[:MOST_ALSO]:
        yield Line(mark=mark, text=f"{t.name(one.condition)}: {t.chance(one)}.")
    yield Line(
        text=say(
            t.language,
            "'45 in 100' means: of 100 people who give these answers, we expect that about 45 have this. "
            "These are estimates, not measurements. Only someone who examines you can be sure.",
        )
    )


def _cannot_tell(t: Telling) -> Iterator[Line]:
    if t.urgency.level == "self_care":
        detail = say(
            t.language,
            "What you can do: follow the advice below and answer the questions again when something changes. Is it "
            "not better within a week? Then have a physiotherapist or your GP examine you.",
        )
    else:
        detail = say(
            t.language,
            "That is why we advise you to have it examined: hands find out more than questions can. Until then, "
            "follow the advice below and answer the questions again when something changes.",
        )
    text = say(t.language, "From these answers we cannot tell what it is. No explanation clearly stands out.")
    yield Line(mark=say(t.language, "Cannot tell"), text=text, detail=detail)


def _type_and_site(t: Telling) -> Iterator[Line]:
    kind, places = t.assessment.injury_type, t.assessment.complaint.places
    if kind != "unknown":
        yield Line(mark=say(t.language, "How it came about"), text=say(t.language, _TYPES[kind]) + ".")
    if places:
        labels = {o.id: t.of(o.label) for q in t.knowledge.questions.values() if q.kind == "places" for o in q.options}
        named = "; ".join(f"{labels[one.place]} ({say(t.language, _SIDES[one.side])})" for one in sorted(places))
        yield Line(mark=say(t.language, "Where"), text=named + ".")


def soreness_or_injury(t: Telling) -> Section:
    """The first question of the founding document, its criteria, and where the evidence differs."""
    nature = t.assessment.nature
    if nature.verdict is None:
        verdict = Line(text=say(t.language, "Soreness or an injury? From these answers that cannot be told."))
    else:
        span = nature.ranges[nature.verdict]
        chance = in_100(t.language, nature.probabilities[nature.verdict], span.low, span.high)
        sure = say(t.language, "We estimate that chance at {chance}.", chance=chance)
        verdict = Line(text=f"{say(t.language, _VERDICTS[nature.verdict])} {sure}")
    met = {one.criterion: one.met for one in nature.criteria}
    signs = sorted(t.knowledge.advice.soreness, key=lambda one: (True, False, None).index(met[one.id]))
    lines = [_criterion(t, one, met=bool(met[one.id])) for one in signs if met[one.id] is not None]
    unknown = [t.of(one.text) for one in signs if met[one.id] is None]
    if unknown:
        lines.append(Line(mark=say(t.language, "Not known"), text=" ".join(unknown)))
    return Section(id="soreness_or_injury", title=say(t.language, "Soreness or an injury?"), lines=(verdict, *lines))


def _criterion(t: Telling, sign: SorenessCriterion, *, met: bool) -> Line:
    points = {
        "soreness": say(t.language, "points to soreness"),
        "injury": say(t.language, "points to an injury"),
    }
    differs = t.of(sign.evidence_differs) if sign.evidence_differs else ""
    return Line(
        mark=say(t.language, "Fits") if met else say(t.language, "Does not fit"),
        text=f"{t.of(sign.text)} ({points[sign.points_to]})",
        detail=say(t.language, "Where research differs: {differs}", differs=differs) if differs else "",
        sources=t.cite(sign.source),
    )


def grade(t: Telling) -> Section | None:
    """How bad, as a probability for each grade; nothing where muscle and tendon are probably not the matter."""
    judged = t.assessment.grade
    if judged.applies < GRADE_TOLD_FROM:
        return None
    lines = [
        line
        for info in t.knowledge.advice.grades
        if judged.probabilities[info.id] >= GRADE_WORTH_NAMING
        for line in _grade(t, info)
    ]
    return Section(
        id="grade",
        title=say(t.language, "How bad, if it is the muscle or its tendon"),
        lines=(*lines, *_ladder(t), *_sit_bone(t)),
    )


def _grade(t: Telling, info: GradeInfo) -> Iterator[Line]:
    """One grade with its probability; the fuller explanation only where it is probable enough to matter."""
    judged = t.assessment.grade
    share, span = judged.probabilities[info.id], judged.ranges[info.id]
    yield Line(
        mark=say(t.language, "Most probable") if info.id == judged.most_likely else "",
        text=f"{t.of(info.name)}: {in_100(t.language, share, span.low, span.high)}.",
        detail=t.of(info.meaning),
    )
    if share < GRADE_EXPLAINED_FROM or _no_time_by_grade(t):
        return
    if info.founding:
        yield Line(mark=say(t.language, "From practice"), text=t.of(info.founding), sources=t.cite("founding-document"))
    yield Line(mark=say(t.language, "From research"), text=t.of(info.evidence), sources=t.cite(info.source))


def _ladder(t: Telling) -> Iterator[Line]:
    judged = t.assessment.grade
    if judged.ladder_grade is None:
        return
    text = say(
        t.language,
        "What you can and cannot do points to grade {grade} by itself.",
        grade=judged.ladder_grade,
    )
    if judged.uncertain_1_2:
        text += " " + say(t.language, "Between grade 1 and grade 2 this is uncertain.")
    yield Line(mark=say(t.language, "By what you can do"), text=text)


def _no_time_by_grade(t: Telling) -> bool:
    """Near the sit bone and after overstretching the grade says nothing about time."""
    findings, places = t.assessment.complaint.findings, {one.place for one in t.assessment.complaint.places}
    return "sit_bone" in places or t.assessment.injury_type == "stretch" or findings.get("loc_sit_bone") is True


def _sit_bone(t: Telling) -> Iterator[Line]:
    if _no_time_by_grade(t):
        text = say(
            t.language,
            "At the sit bone, or after stretching too far, a grade says nothing about how long it takes. "
            "So we give no time by grade.",
        )
        yield Line(mark=say(t.language, "Note"), text=text)


def differential(t: Telling) -> Section:
    """The picture: the first of the ranking, and every condition that a warning sign points to."""
    flagged = [one for flag in t.assessment.red_flags for one in t.knowledge.red_flags[flag].suspects]
    shown = dict.fromkeys((*t.assessment.ranking[:MOST_BARS], *flagged))
    bars = [
        Bar(label=t.name(name), probability=one.probability, low=one.low, high=one.high, text=t.chance(one))
        for name, one in ((name, t.assessment.likelihood(name)) for name in shown)
    ]
    ahead = suspected(t)
    order = say(
        t.language, "In order of probability. The line shows the range: the true number can lie anywhere on it."
    )
    if ahead:
        order = say(
            t.language,
            "First what must be ruled out, then in order of probability. "
            "The line shows the range: the true number can lie anywhere on it.",
        )
    return Section(
        id="differential",
        title=say(t.language, "The main possibilities side by side"),
        lines=(Line(text=order),),
        bars=tuple(bars),
    )
