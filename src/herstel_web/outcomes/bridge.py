"""The one place where these pages reach the domain: what came of cases, and figures of many of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from pydantic import TypeAdapter

from herstel.drawing.shapes import Drawing
from herstel.errors import InputError
from herstel.flow import Recovery
from herstel.forecast.score_file import read_scored
from herstel.outcomes import derive, following, summary
from herstel.outcomes.model import FULL_SESSION, FULL_SESSION_NAME, CaseOutcome, Counted
from herstel.outcomes.picture import promise_picture, return_picture, tellable
from herstel.outcomes.reference import RECURRENCE_SOURCES, UsualDays, usual_days, usual_recurrence
from herstel.progress.replay import OFF_THE_ROAD
from herstel.text import Language, say
from herstel_web.knowledge import knowledge

FORM = 2
"""The form of what is kept; it goes up when ``herstel.outcomes.model.CaseOutcome`` changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Everything that is counted of some cases, with what is usual beside it."""

    cases: int
    persons: int
    forecasts: Mapping[str, summary.ForecastScore]
    milestones: tuple[summary.MilestoneTimes, ...]
    without_sport: int
    """Cases whose goal is no sport: of these no forecast is held against anything."""
    to_the_table: summary.Spread | None
    """Days from the first whole training or match to the return by the table."""
    usual: Mapping[Counted, UsualDays]
    recurrences: summary.Recurrences
    usual_recurrence: Mapping[int, float]
    adherences: following.Adherences
    quality: following.Quality


# --- one case ---------------------------------------------------------------------------------------------------------


def outcome_of(recovery: Recovery, records: Sequence[object], person: str, opened: date) -> CaseOutcome:
    """What came of a case; ``records`` are forecasts of the return as they were kept, oldest first."""
    known = knowledge()
    try:
        issued = read_scored({"forecasts": list(records)}, known).forecasts if records else ()
    except InputError:
        issued = ()  # of an older form: they cannot be scored any more
    return derive.outcome_of(recovery, issued, person=person, opened=opened, knowledge=known)


def to_text(outcome: CaseOutcome) -> str:
    """As it is kept."""
    return _form().dump_json(outcome).decode()


def from_texts(kept: Iterable[str]) -> list[CaseOutcome]:
    """Outcomes as they were kept."""
    return [_read(text) for text in kept]


@lru_cache(maxsize=5_000)
def _read(text: str) -> CaseOutcome:
    """A text never changes what it says, and of one page to the next most are the same."""
    return _form().validate_json(text)


@cache
def _form() -> TypeAdapter[CaseOutcome]:
    return TypeAdapter(CaseOutcome)


def beside_each_other(outcomes: Sequence[CaseOutcome]) -> list[CaseOutcome]:
    """All cases of a practice, each with what a later case of the same person shows of it."""
    return summary.with_new_complaints(outcomes)


# --- many cases -------------------------------------------------------------------------------------------------------


def figures_of(cases: Sequence[CaseOutcome], today: date) -> Figures:
    """Count."""
    known = knowledge().forecast
    back = summary.recurrences(cases)
    return Figures(
        cases=len(cases),
        persons=summary.persons_in(cases),
        forecasts=summary.forecast_scores(cases),
        milestones=summary.milestone_times(cases),
        without_sport=sum(not one.sport for one in cases),
        to_the_table=summary.days_to_the_table(cases),
        usual=usual_days(cases, known),
        recurrences=back,
        usual_recurrence={day: usual_recurrence(day, known) for day in back.by_time},
        adherences=following.adherences(cases, today),
        quality=following.quality(cases),
    )


def promise_chart(figures: Figures, language: Language) -> Drawing | None:
    """What was promised against what happened; None when of no group enough is known."""
    return promise_picture(figures.forecasts, language) if any(map(tellable, figures.forecasts.values())) else None


def return_chart(figures: Figures, language: Language) -> Drawing | None:
    """Who was back in a whole training or match by which day; None of too few persons."""
    times = next(one for one in figures.milestones if one.milestone == FULL_SESSION)
    if not summary.enough(times.persons) or not times.estimate.steps:
        return None
    return return_picture(times.estimate, figures.usual.get(FULL_SESSION), language)


# --- words ------------------------------------------------------------------------------------------------------------


def milestone_name(milestone: Counted, language: Language) -> str:
    if milestone == FULL_SESSION:
        return say(language, FULL_SESSION_NAME)
    return knowledge().forecast.milestones[milestone].name[language]


def phase_name(phase: int, language: Language) -> str:
    return knowledge().plan.phases[phase].name[language]


def kinds(language: Language) -> tuple[tuple[str, str], ...]:
    """The complaints that can be chosen, by id and name: grades, and the branches beside them."""
    return tuple((one.id, one.name[language]) for one in knowledge().forecast.times.values())


def tracks(language: Language) -> tuple[tuple[str, str], ...]:
    """The tracks on which something is built up."""
    found = knowledge().plan.tracks.values()
    return tuple((one.id, one.name[language]) for one in found if one.id not in OFF_THE_ROAD)


def citations(sources: Iterable[str], language: Language) -> tuple[str, ...]:
    """Sources as they are cited."""
    return tuple(knowledge().sources[one].cited(language) for one in dict.fromkeys(sources))


def usual_sources(figures: Figures, language: Language) -> tuple[str, ...]:
    """Where the usual days come from."""
    return citations((source for days in figures.usual.values() for source in days.sources), language)


def recurrence_sources(language: Language) -> tuple[str, ...]:
    """Where the usual recurrence comes from."""
    return citations(RECURRENCE_SOURCES, language)
