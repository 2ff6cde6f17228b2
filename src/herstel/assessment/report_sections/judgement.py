"""What it probably is: the likeliest conditions, soreness or injury, the grade, and the whole list as a picture."""

from collections.abc import Iterator, Mapping

from herstel.assessment.report_parts import Bar, Line, Section
from herstel.assessment.report_sections.telling import Telling, in_100
from herstel.assessment.result import GRADES, InjuryType, Likelihood
from herstel.errors import marked
from herstel.knowledge.model import Nature, SorenessCriterion
from herstel.text import say

ALSO_POSSIBLE_FROM = 0.05
MOST_ALSO, MOST_BARS = 3, 6
GRADE_APPLIES_FROM = 0.3
"""Below this probability that muscle or tendon is the matter, a grade says nothing (elicited)."""
GRADE_WORTH_NAMING = 0.01
_TYPES: Mapping[InjuryType, str] = {
    "sprint": marked("while sprinting or running fast"),
    "stretch": marked("by stretching too far, such as a split or a slip"),
    "kick": marked("while kicking"),
    "blow": marked("by a blow to the leg"),
    "overuse": marked("by training more or harder than before"),
    "effort": marked("by new or unusual exercise"),
    "lifting": marked("while lifting, bending or twisting"),
    "none": marked("without a clear cause"),
    "unknown": marked("not known"),
}
_SIDES: Mapping[str, str] = {"left": marked("left"), "right": marked("right"), "middle": marked("middle")}
_VERDICTS: Mapping[Nature, str] = {
    "soreness": marked("This looks like ordinary soreness, not like an injury."),
    "injury": marked("This looks like an injury, not like ordinary soreness."),
    "overuse": marked("This looks like something tired or overloaded: more than soreness, but nothing that tore at one moment."),
    "elsewhere": marked("This looks like pain that comes from somewhere else, such as your back or hip: neither soreness nor a torn muscle."),
    "illness": marked("This looks like an illness or a disorder of the body, not like soreness or a muscle injury."),
}  # fmt: skip


def what(t: Telling) -> Section:
    """What must be ruled out first, told apart from what is most probable; or honestly that it cannot be told."""
    lines = [*_rule_out_first(t), *_most_probable(t), *_type_and_site(t)]
    return Section(id="what", title=say(t.language, "What it probably is"), lines=tuple(lines))


def suspected(t: Telling) -> list[Likelihood]:
    """What a warning sign says must be ruled out first and what is put ahead of the probabilities for that."""
    named = {one for flag in t.assessment.red_flags for one in t.knowledge.red_flags[flag].suspects}
    by_probability = [one.condition for one in t.assessment.differential]
    found = []
    for condition in t.assessment.ranking:
        if condition not in named or condition == by_probability[0]:
            break
        found.append(t.assessment.likelihood(condition))
        by_probability.remove(condition)
    return found


def _rule_out_first(t: Telling) -> Iterator[Line]:
    for one in suspected(t):
        yield Line(
            mark=say(t.language, "Must be ruled out first"),
            text=say(
                t.language,
                "{name}. That does not mean that you have it: we estimate {chance}. But it must not be missed.",
                name=t.name(one.condition),
                chance=t.chance(one),
            ),
            detail=t.of(t.condition(one.condition).explanation),
        )


def _most_probable(t: Telling) -> Iterator[Line]:
    first, *others = t.assessment.differential
    if t.assessment.cannot_tell:
        yield from _cannot_tell(t)
        others = [first, *others]
    else:
        yield Line(
            mark=say(t.language, "Most probable"),
            text=f"{t.name(first.condition)}: {t.chance(first)}.",
            detail=t.of(t.condition(first.condition).explanation),
        )
    ahead = {one.condition for one in suspected(t)}
    for one in [one for one in others if one.probability >= ALSO_POSSIBLE_FROM and one.condition not in ahead][:MOST_ALSO]:
        yield Line(mark=say(t.language, "Also possible"), text=f"{t.name(one.condition)}: {t.chance(one)}.")
    yield Line(
        text=say(
            t.language,
            "'45 in 100' means: of 100 people who give these answers, we expect that about 45 have this. "
            "These are estimates, not measurements. Only someone who examines you can be sure.",
        )
    )


def _cannot_tell(t: Telling) -> Iterator[Line]:
    yield Line(
        mark=say(t.language, "Cannot tell"),
        text=say(t.language, "From these answers we cannot tell what it is. No explanation clearly stands out."),
        detail=say(
            t.language,
            "Have someone examine you if it does not get better within a week: a physiotherapist or your GP finds out "
            "more with their hands than questions can. Until then, follow the advice below, and answer the "
            "questions again when something changes.",
        ),
    )


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
        verdict = Line(text=f"{say(t.language, _VERDICTS[nature.verdict])} ({chance})")
    signs = {one.criterion: one.met for one in nature.criteria}
    lines = [_criterion(t, one, signs[one.id]) for one in t.knowledge.advice.soreness]
    return Section(
        id="soreness_or_injury", title=say(t.language, "Soreness or an injury?"), lines=(verdict, *lines)
    )


def _criterion(t: Telling, sign: SorenessCriterion, met: bool | None) -> Line:
    fits = {
        True: say(t.language, "Fits"),
        False: say(t.language, "Does not fit"),
        None: say(t.language, "Not known"),
    }
    points = (
        say(t.language, "points to soreness") if sign.points_to == "soreness" else say(t.language, "points to an injury")
    )
    differs = t.of(sign.evidence_differs) if sign.evidence_differs else ""
    return Line(
        mark=fits[met],
        text=f"{t.of(sign.text)} ({points})",
        detail=say(t.language, "What research says: {differs}", differs=differs) if differs and met is not None else "",
        sources=t.cite(sign.source),
    )


def grade(t: Telling) -> Section | None:
    """How bad, as a probability for each grade; nothing where muscle and tendon are probably not the matter."""
    judged = t.assessment.grade
    if judged.applies < GRADE_APPLIES_FROM:
        return None
    span = {name: in_100(t.language, judged.probabilities[name], judged.ranges[name].low, judged.ranges[name].high) for name in GRADES}
    info = {one.id: one for one in t.knowledge.advice.grades}
    lines = [
        Line(
            mark=say(t.language, "Most probable") if name == judged.most_likely else "",
            text=f"{t.of(info[name].name)}: {span[name]}. {t.of(info[name].meaning)}",
        )
        for name in GRADES
        if judged.probabilities[name] >= GRADE_WORTH_NAMING
    ]
    likeliest = info[judged.most_likely]
    lines += [Line(mark=say(t.language, "The familiar explanation"), text=t.of(likeliest.founding))] if likeliest.founding else []
    lines.append(
        Line(mark=say(t.language, "What research says"), text=t.of(likeliest.evidence), sources=t.cite(likeliest.source))
    )
    return Section(
        id="grade",
        title=say(t.language, "How bad, if it is the muscle or its tendon"),
        lines=(*lines, *_ladder(t), *_sit_bone(t)),
    )


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


def _sit_bone(t: Telling) -> Iterator[Line]:
    findings, places = t.assessment.complaint.findings, {one.place for one in t.assessment.complaint.places}
    if findings.get("loc_sit_bone") or "sit_bone" in places:
        text = say(t.language, "At the sit bone a grade says nothing about how long it takes, so we give no time by grade.")
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
    order = say(t.language, "In order of probability. The line shows the range: the true number can lie anywhere on it.")
    if ahead:
        order = say(
            t.language,
            "First what must be ruled out, then in order of probability. "
            "The line shows the range: the true number can lie anywhere on it.",
        )
    return Section(
        id="differential",
        title=say(t.language, "All main possibilities side by side"),
        lines=(Line(text=order),),
        bars=tuple(bars),
    )
