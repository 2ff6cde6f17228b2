"""The forecast and the chance of a next time as RiskAssessments. In R4 a probability is a percentage."""

from collections.abc import Iterator
from datetime import date, timedelta

from herstel.errors import marked
from herstel.forecast.model import MilestoneForecast
from herstel.forecast.recurrence_report import BANDS
from herstel.forecast.report import write_forecast
from herstel.forecast.words import chance_range, duration, since, span
from herstel.quantities import Interval
from herstel_fhir.codes import DAYS, HL7
from herstel_fhir.elements import Element, both, coding, compound, note, said
from herstel_fhir.judgements import likely
from herstel_fhir.record import Record

YEAR_DAYS = 365
_OF_HL7 = {"low": "low", "middle": "moderate", "high": "high"}


def risks(record: Record) -> Iterator[Element]:
    """How long it may take, and how likely it comes back; the second not while somebody must look first."""
    yield _time(record)
    if record.recovery.forecast.no_forecast != "referral":
        yield _recurrence(record)


def _risk(record: Record, name: str, words: str, **elements: object) -> Element:
    return record.resource(
        "RiskAssessment",
        [name],
        status="preliminary",
        code=record.ours("risk", name, both(words)),
        subject=record.patient,
        occurrenceDateTime=record.today.isoformat(),
        condition=likely(record),
        performer=record.device,
        **elements,
    )


# --- how long it may take ---------------------------------------------------------------------------------------------


def _time(record: Record) -> Element:
    """Each milestone still ahead, three times: within how many days with 50, 80 and 95 per cent. Or why not."""
    forecast = record.recovery.forecast
    report = write_forecast(forecast, record.knowledge, record.language)
    ahead = [one for one in forecast.milestones.values() if one.reached is None and forecast.no_forecast is None]
    return _risk(
        record,
        "time-to-return",
        marked("How long it may take"),
        prediction=[
            _prediction(record, one, level, one.intervals[level]) for one in ahead for level in sorted(one.intervals)
        ],
        note=[note(report.headline), *said(report, "time")],
    )


def _prediction(record: Record, one: MilestoneForecast, level: int, days: Interval) -> Element:
    forecast, language = record.recovery.forecast, record.language
    name = record.knowledge.forecast.milestones[one.milestone].name
    rationale = record.tell(
        "{low_to_high} {since}; half of the people like this after about {median}.",
        low_to_high=span(language, days.low, days.high),
        since=since(language, forecast.counted_from),
        median=duration(language, one.median_days),
    )
    parts = (
        ("counted-from", "valueCode", forecast.counted_from),
        ("low", "valueDecimal", days.low),
        ("median", "valueDecimal", one.median_days),
        ("high", "valueDecimal", days.high),
    )
    return {
        "extension": [compound("forecast-days", parts)],
        "outcome": record.ours("milestone", one.milestone, name),
        "probabilityDecimal": level,
        **_when(record, days),
        "rationale": rationale,
    }


def _when(record: Record, days: Interval) -> Element:
    """Dates where day 0 is known, else days."""
    start = record.recovery.forecast.injury_date
    if start is None:
        return {"whenRange": record.interval(days.low, days.high, DAYS)}
    return {"whenPeriod": {"start": _date(start, days.low), "end": _date(start, days.high)}}


def _date(start: date, days: float) -> str:
    return (start + timedelta(days=round(days))).isoformat()


# --- how likely it comes back -----------------------------------------------------------------------------------------


def _recurrence(record: Record) -> Element:
    risk, back = record.recovery.forecast.recurrence, record.recovery.forecast.milestones.get("return")
    returned = back.reached if back is not None else None
    words = marked("A new injury in the year after return")
    when: Element = {"whenRange": record.interval(0, YEAR_DAYS, DAYS)}
    if returned is not None:
        when = {"whenPeriod": {"start": returned.isoformat(), "end": _date(returned, YEAR_DAYS)}}
    band = record.ours(
        "recurrence-band", risk.band, both(BANDS[risk.band]), coding(f"{HL7}/risk-probability", _OF_HL7[risk.band])
    )
    prediction = {
        "outcome": record.ours("risk", "recurrence", both(words)),
        "probabilityRange": record.interval(100 * risk.year.low, 100 * risk.year.high, "%"),
        "qualitativeRisk": band,
        "relativeRisk": risk.hazard_ratio,
        **when,
        "rationale": record.tell(
            "In the year after return: {range}. The relative risk is a hazard ratio.",
            range=chance_range(record.language, risk.year.low, risk.year.high),
        ),
    }
    return _risk(record, "recurrence", words, prediction=[prediction], note=list(_factors(record)))


def _factors(record: Record) -> Iterator[Element]:
    """What raises and lowers it now, and what is not known of it."""
    risk, entries = record.recovery.forecast.recurrence, record.knowledge.forecast.recurrence
    told = ((marked("Raises it"), risk.raises), (marked("Lowers it"), risk.lowers), (marked("Not known"), risk.unknown))
    for mark, names in told:
        if names:
            yield note(f"{record.tell(mark)}: {'; '.join(entries[one].name[record.language] for one in names)}.")
