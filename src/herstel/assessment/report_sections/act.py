"""What to do first: how soon, whom, which warning signs, and whether this advice is firm."""

from collections.abc import Iterator

from herstel.assessment.report_parts import Line, Section
from herstel.assessment.report_sections.telling import Telling
from herstel.knowledge.model import RedFlag, urgency_rank
from herstel.text import say

WORTH_NAMING = 0.02
"""A condition less probable than this is not named as a reason for the urgency (elicited)."""
MOST_NAMED = 3


def act(t: Telling) -> Section:
    """The call to act, whom to see, and why this soon."""
    lines = [*_call(t), *_flags(t), *_why_this_soon(t), *_how_firm(t), *_left_open(t)]
    return Section(id="act", title=say(t.language, "What to do and when"), lines=tuple(lines))


def _call(t: Telling) -> Iterator[Line]:
    yield Line(mark=t.of(t.level.name), text=t.of(t.level.by_when))
    alone_but_may_ask = t.urgency.level == "self_care" and t.urgency.see != "niemand"
    mark = say(t.language, "If you would like help") if alone_but_may_ask else say(t.language, "Whom to see")
    who = t.destination
    yield Line(mark=mark, text=f"{t.of(who.name)}. {t.of(who.what)}", detail=t.of(who.how))


def _flags(t: Telling) -> Iterator[Line]:
    """Every warning sign that fired; the same action is said once."""
    said: set[str] = set()
    for flag in _fired(t):
        action = t.of(flag.action)
        text = t.of(flag.title) + "." if action in said else f"{t.of(flag.title)}. {action}"
        said.add(action)
        yield Line(mark=say(t.language, "Warning sign"), text=text, detail=t.of(flag.why), sources=t.cite(flag.source))


def _fired(t: Telling) -> list[RedFlag]:
    return [t.knowledge.red_flags[flag] for flag in t.assessment.red_flags]


def _why_this_soon(t: Telling) -> Iterator[Line]:
    """Said when no warning sign decided: which possibilities did, or that nothing asks for more hurry."""
    if not t.assessment.red_flags and len(_open_and_urgent(t)) <= MOST_NAMED:
        yield Line(text=say(t.language, "None of the warning signs that we could check fits your answers."))
    asked_for = urgency_rank(t.urgency.by_probability)
    if t.urgency.decided_by or asked_for < urgency_rank("gp_week"):
        return
    serious = [
        f"{t.name(one.condition)}: {t.chance(one)}"
        for one in t.assessment.differential
        if urgency_rank(t.condition(one.condition).urgency) >= asked_for and one.probability >= WORTH_NAMING
    ]
    named = "; ".join(serious[:MOST_NAMED])
    text = say(t.language, "These possibilities together are reason enough to have someone look. {named}.", named=named)
    yield Line(mark=say(t.language, "Why this soon"), text=text)


def _how_firm(t: Telling) -> Iterator[Line]:
    """Raised, leaned to the safer side, or not robust: said plainly."""
    urgency = t.urgency
    if urgency.raised_by:
        titles = t.listed(f"'{t.of(t.knowledge.red_flags[flag].title)}'" for flag in urgency.raised_by)
        text = say(
            t.language, "This is one step sooner than your other answers ask for, because of: {titles}.", titles=titles
        )
        yield Line(mark=say(t.language, "Sooner"), text=text)
    if urgency.leaned:
        milder = t.of(t.level_of(urgency.by_probability).name)
        text = say(
            t.language,
            "Your answers lie on a border. By the estimates alone it would be '{milder}', but they are too uncertain "
            "to rely on. So we advise the safer side.",
            milder=milder,
        )
        yield Line(mark=say(t.language, "Safer side"), text=text)
    elif not urgency.robust:
        other = round(100 * (1 - urgency.share_same))
        text = say(
            t.language,
            "How soon is not quite certain: in {other} of 100 calculations with slightly different numbers the advice "
            "was different. If in doubt, see someone sooner.",
            other=other,
        )
        yield Line(mark=say(t.language, "Not firm"), text=text)


def _open_and_urgent(t: Telling) -> list[RedFlag]:
    """Open warning signs that ask for help sooner than advised: of an emergency, or of something not improbable."""
    flags = (t.knowledge.red_flags[flag] for flag in t.assessment.open_red_flags)
    sooner = [flag for flag in flags if flag.level and urgency_rank(flag.level) > urgency_rank(t.urgency.level)]
    return [
        flag for flag in sooner if flag.level == "emergency" or (flag.level == "same_day" and _not_improbable(t, flag))
    ]


def _not_improbable(t: Telling, flag: RedFlag) -> bool:
    return any(t.assessment.likelihood(condition).probability >= WORTH_NAMING for condition in flag.suspects)


def _left_open(t: Telling) -> Iterator[Line]:
    """Urgent warning signs that the answers leave open: named, so that the person can still look."""
    urgent = _open_and_urgent(t)
    if not urgent:
        return
    titles = t.listed(f"'{t.of(flag.title)}'" for flag in urgent[:MOST_NAMED])
    text = say(t.language, "{titles}. We could not rule this out, because an answer is missing.", titles=titles)
    more = len(urgent) - MOST_NAMED
    if more > 0:
        text += " " + say(t.language, "And {more} more: see 'How sure is this?'.", more=more)
    detail = say(t.language, "Does it fit you? Answer the questions again, or phone your GP today.")
    if urgent[0].level == "emergency":
        detail = say(t.language, "Does it fit you? Then phone 112 or the out-of-hours GP service at once.")
    yield Line(mark=say(t.language, "Also check"), text=text, detail=detail)
