"""The one place where these pages reach the domain: a recovery in, reports out."""

from datetime import date

from herstel.assessment.report import Report
from herstel.chain.report import write_chain
from herstel.flow import Recovery
from herstel.forecast.report import write_forecast
from herstel.plan.tracks import injury_day
from herstel.progress.report import write_progress
from herstel.progress.time_chart import first_day_of
from herstel.text import Language
from herstel_web.knowledge import knowledge


def chain_report(recovery: Recovery, language: Language) -> Report:
    return write_chain(recovery.chain, knowledge(), language)


def progress_report(recovery: Recovery, language: Language, since: date | None) -> Report:
    """How it goes; its pictures begin on a day, or show everything."""
    return write_progress(recovery.progress, knowledge(), language, since=since)


def first_day(recovery: Recovery) -> date:
    """The day on which the pictures of everything begin."""
    return first_day_of(recovery.progress)


def forecast_report(recovery: Recovery, language: Language) -> Report:
    return write_forecast(recovery.forecast, knowledge(), language)


def phase_name(recovery: Recovery, language: Language) -> str:
    """The phase the person is in, as the plan calls it."""
    return knowledge().plan.phases[recovery.progress.phase].name[language]


def days_since_start(recovery: Recovery) -> int | None:
    """Days since the complaint began; None when that is not known."""
    began = injury_day(recovery.assessment, recovery.plan.goal)
    return None if began is None else (recovery.progress.today - began).days
