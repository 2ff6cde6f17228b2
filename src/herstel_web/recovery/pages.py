"""What the pages of a recovery show, as values: everything a template needs and nothing it has to work out."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext

from herstel.assessment.report import Report
from herstel.flow import Recovery
from herstel.text import Language
from herstel_web.recovery import bridge
from herstel_web.reporting import ShownSection, shown_section


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that stands by itself at the top of a page."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A choice of how far the pictures look back."""

    query: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPage:
    """A headline with sections; ``detail`` are the sections that open when asked for."""

    headline: str
    figures: tuple[Figure, ...]
    sections: tuple[ShownSection, ...]
    detail: tuple[ShownSection, ...]
    periods: tuple[Period, ...] = ()
    """What the pictures over time can show, when there is something to choose."""


PROGRESS_FIRST = ("now", "over_time", "gate", "time", "milestones", "recurrence")
PROGRESS_DETAIL = ("earlier", "running", "load", "adherence", "return_table", "moved", "missing")
CHAIN_FIRST = ("chain", "contributors", "next_tests")
CHAIN_DETAIL = ("results", "not_measured", "second_opinion", "claims", "about")
UNKNOWN = "–"
WEEKS_SHOWN = 13
"""How far the pictures look back until everything is asked for, so that a long history makes no page slow."""
EVERYTHING = "everything"


def progress_page(recovery: Recovery, language: Language, *, everything: bool) -> RecoveryPage:
    """How it goes and how long it may take, on one page; the pictures show three months or everything."""
    recent = recovery.progress.today - timedelta(weeks=WEEKS_SHOWN) + timedelta(days=1)
    progress = bridge.progress_report(recovery, language, None if everything else recent)
    forecast = bridge.forecast_report(recovery, language)
    return RecoveryPage(
        headline=progress.headline,
        figures=tuple(figures(recovery, language)),
        sections=_chosen((progress, forecast), PROGRESS_FIRST),
        detail=_chosen((progress, forecast), PROGRESS_DETAIL),
        periods=_periods(everything=everything) if bridge.first_day(recovery) < recent else (),
    )


def _periods(*, everything: bool) -> tuple[Period, ...]:
    return (
        Period(query="", name=gettext("3 months"), chosen=not everything),
        Period(query=EVERYTHING, name=gettext("Everything"), chosen=everything),
    )


def chain_page(recovery: Recovery, language: Language) -> RecoveryPage:
    """What was found in the chain, what it may mean, and which test is next."""
    report = bridge.chain_report(recovery, language)
    return RecoveryPage(
        headline=report.headline,
        figures=(),
        sections=_chosen((report,), CHAIN_FIRST),
        detail=_chosen((report,), CHAIN_DETAIL),
    )


def figures(recovery: Recovery, language: Language) -> Iterable[Figure]:
    """The phase, the day, and the last pain and stiffness that were told."""
    progress = recovery.progress
    yield Figure(name=gettext("Phase"), value=bridge.phase_name(recovery, language))
    days = bridge.days_since_start(recovery)
    yield Figure(name=gettext("Days since it began"), value=UNKNOWN if days is None else str(days))
    last = progress.check_ins[-1] if progress.check_ins else None
    pain = None if last is None else last.pain_now
    stiffness = None if last is None else last.stiffness_min
    yield Figure(name=gettext("Last pain told (0-10)"), value=UNKNOWN if pain is None else f"{pain:g}")
    yield Figure(name=gettext("Morning stiffness (minutes)"), value=UNKNOWN if stiffness is None else f"{stiffness:g}")


def _chosen(reports: Iterable[Report], wanted: Collection[str]) -> tuple[ShownSection, ...]:
    """The sections of these reports that are wanted, in the order in which they are."""
    found = {section.id: section for report in reports for section in report.sections}
    return tuple(shown_section(found[name]) for name in wanted if name in found)
