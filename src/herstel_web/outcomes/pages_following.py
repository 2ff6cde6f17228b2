"""The sections of the page about what is told: how much people do and tell, and how complete the facts are."""

from django.utils.translation import gettext

from herstel.outcomes.following import PhaseAdherence
from herstel.outcomes.summary import Share, enough
from herstel.text import Language
from herstel_web.outcomes import bridge
from herstel_web.outcomes.bridge import Figures
from herstel_web.outcomes.shown import Cell, Row, Section
from herstel_web.outcomes.words import share, spread, too_few


def adherence_section(figures: Figures, language: Language) -> Section:
    found = figures.adherences
    return Section(
        id="adherence",
        title=gettext("Following the plan"),
        intro=gettext("By phase, of the people who were in it for a week or longer, up to their last check-in."),
        head=(
            gettext("Phase"),
            gettext("Persons"),
            gettext("Check-in days a week"),
            gettext("Training days done, of those planned"),
            gettext("Exercises with all planned sets"),
            gettext("May have dropped out"),
        ),
        rows=tuple(_phase_row(bridge.phase_name(one.phase, language), one) for one in found.phases),
        facts=(
            gettext("May have dropped out: {share}.").format(share=_told(found.dropped_out)),
            gettext("Closed before the return: {share}.").format(share=_told(found.closed_before)),
        ),
        limits=(
            gettext("The figure is that of the middle person; between brackets stands the middle half of all persons."),
            gettext(
                "Only days that were told count: a day without a check-in is neither done nor left out. An exercise "
                "left out because of pain counts as not all sets."
            ),
            gettext(
                "May have dropped out: no check-in for longer than 14 days, not back, and the case is open. Some only "
                "stopped telling."
            ),
            gettext("Whoever does less may have more pain or less time. This does not say that doing more works."),
        ),
    )


def _told(one: Share) -> str:
    """In a sentence."""
    cell = share(one)
    return f"{cell.text}, {cell.small}" if cell.small else cell.text


def _phase_row(name: str, one: PhaseAdherence) -> Row:
    persons = one.check_ins.persons if one.check_ins else 0
    return Row(
        name=name,
        persons=str(persons) if enough(persons) else too_few(),
        cells=(
            spread(one.check_ins, decimals=1),
            spread(one.trained, as_percent=True),
            spread(one.as_planned, as_percent=True),
            Cell(str(one.stopped) if enough(max(persons, one.stopped)) else too_few()),
        ),
    )


def quality_section(figures: Figures) -> Section:
    found = figures.quality
    gates = {
        "1": gettext("Strength measured at the gate of phase 1"),
        "2": gettext("Strength measured at the gate of phase 2"),
        "3": gettext("Strength measured at the gate of phase 3"),
        "return": gettext("Strength measured at the return"),
    }
    rows = [
        (gettext("A goal of their own, not the one Herstel proposed"), found.own_goal),
        (gettext("The day it began is known"), found.day_known),
        (gettext("Anything of the chain measured"), found.measured),
        *((gates[gate], one) for gate, one in found.gates.items()),
        (gettext("Core questions of the check-ins answered"), found.fields),
    ]
    return Section(
        id="quality",
        title=gettext("How complete the facts are"),
        intro=gettext("All figures above rest on what was told and measured."),
        head=(gettext("What"), gettext("Persons"), gettext("Share (95 %)")),
        rows=tuple(_quality_row(name, one) for name, one in rows),
        limits=(
            gettext(
                "At a gate: of the cases that passed it, how many had a strength test with a device in the four weeks "
                "before. A gate can also open on other tests."
            ),
            gettext("The answers of one person hang together: in truth the interval of the last row is wider."),
        ),
    )


def _quality_row(name: str, one: Share) -> Row:
    return Row(name=name, persons=str(one.persons) if enough(one.persons) else too_few(), cells=(share(one),))
