"""What Herstel concluded: Conditions, ClinicalImpressions and Flags. Estimates, said to be so, reviewed by nobody."""

from collections.abc import Iterator, Sequence
from datetime import date

from herstel.assessment.assess import suspected_of
from herstel.assessment.explain import reasons
from herstel.assessment.report import write_report
from herstel.assessment.report_sections.judgement import ALSO_POSSIBLE_FROM, MOST_ALSO
from herstel.assessment.report_sections.telling import in_100
from herstel.assessment.result import Assessment, Likelihood, UrgencyDecision, assessment_of
from herstel.assessment.severity import GRADE_TOLD_FROM
from herstel.case_writing import told_on
from herstel.chain.model import Contributor
from herstel.chain.report import write_chain
from herstel.chain.report_words import GRADES
from herstel.errors import marked
from herstel.knowledge.model import Condition
from herstel_fhir.codes import HL7
from herstel_fhir.elements import Element, both, compound, extension, filled, note, of_hl7, said, side_concept
from herstel_fhir.observations import measurement_key, measurements
from herstel_fhir.questions import places
from herstel_fhir.record import Record

MOST_EVIDENCE = 6
"""Findings that are named as what speaks most for a condition."""

_VERDICTS = {
    "confirmed": marked("Confirmed by the therapist on {date}: {reason}"),
    "rejected": marked("Rejected by the therapist on {date}: {reason}"),
}


# --- conditions -------------------------------------------------------------------------------------------------------


def named(record: Record) -> list[Likelihood]:
    """The conditions worth naming, as the report does: what must be ruled out first, the likeliest, the next ones."""
    assessment = record.assessment
    first, *others = assessment.differential
    also = [one for one in others if one.probability >= ALSO_POSSIBLE_FROM][:MOST_ALSO]
    suspected = [assessment.likelihood(one) for one in suspected_of(assessment, record.knowledge)]
    return list(dict.fromkeys((*suspected, first, *also)))


def conditions(record: Record) -> Iterator[Element]:
    """The likeliest condition as provisional, the others as what it may be as well."""
    for one in named(record):
        yield _condition(record, one)


def likely(record: Record) -> Element:
    """A reference to the likeliest condition."""
    return record.ref("Condition", record.assessment.likely.condition)


def _condition(record: Record, one: Likelihood) -> Element:
    entry, injured_on = record.knowledge.conditions[one.condition], record.case.goal.injury_date
    certain = one is record.assessment.likely and not record.assessment.cannot_tell
    discharged = record.recovery.progress.position.discharged
    return record.resource(
        "Condition",
        [one.condition],
        extension=[chance(one)],
        clinicalStatus=of_hl7(f"{HL7}/condition-clinical", "remission" if discharged else "active"),
        verificationStatus=of_hl7(f"{HL7}/condition-ver-status", "provisional" if certain else "differential"),
        code=record.ours("condition", one.condition, entry.name),
        bodySite=places(record),
        subject=record.patient,
        onsetDateTime=injured_on.isoformat() if injured_on else None,
        recordedDate=record.instant,
        stage=_stage(record, entry),
        evidence=[{"code": [finding]} for finding in _evidence(record, one.condition)],
        note=[note(_estimate(record, one))],
    )


def chance(one: Likelihood) -> Element:
    """An estimated probability with its range."""
    parts = (("value", one.probability), ("low", one.low), ("high", one.high))
    return compound("estimated-probability", [(name, "valueDecimal", share) for name, share in parts])


def _estimate(record: Record, one: Likelihood) -> str:
    return record.tell(
        "Estimated chance: {chance}. Worked out by Herstel from what was told, not by examining; no clinician has "
        "reviewed it.",
        chance=in_100(record.language, one.probability, one.low, one.high),
    )


def _stage(record: Record, entry: Condition) -> list[Element]:
    """The grade that the condition is by its definition."""
    grades = {str(info.id): info.name for info in record.knowledge.advice.grades}
    if entry.severity not in grades:
        return []
    return [{"summary": record.ours("grade", entry.severity, grades[entry.severity])}]


def _evidence(record: Record, condition: str) -> list[Element]:
    """The findings that spoke for it most, strongest first; what spoke against it is in the report, not here."""
    found = [
        record.ours("finding", finding, record.knowledge.findings[finding].name)
        for reason in reasons(record.assessment.complaint, condition, record.knowledge)
        if reason.present and reason.log_weight > 0 and len(reason.findings) == 1
        for finding in reason.findings
    ]
    return found[:MOST_EVIDENCE]


# --- impressions ------------------------------------------------------------------------------------------------------


def impressions(record: Record, told: Sequence[Element], forecasts: Sequence[Element]) -> Iterator[Element]:
    """Recognise and analyse.

    Parameters
    ----------
    record : Record
    told : sequence of resources
        What was told at the start, on which the first rests.
    forecasts : sequence of resources
        The prognosis that belongs to it.
    """
    yield _recognise(record, told, forecasts)
    if record.recovery.chain.measurements or record.recovery.chain.contributors:
        yield _analyse(record)


def _recognise(record: Record, told: Sequence[Element], forecasts: Sequence[Element]) -> Element:
    assessment, first = record.assessment, record.result is record.recovery.assessment
    report = write_report(record.result, record.knowledge, record.language)
    return _impression(
        record,
        "recognise",
        told_on(record.case) if first else record.today,
        extension=[*_urgency(record, assessment.urgency), *_imaging(record, assessment)],
        description=record.tell("Step 1, recognise: what it probably is, how soon to see whom, and whether to scan."),
        summary=report.headline,
        problem=[record.ref("Condition", one.condition) for one in named(record)],
        investigation=_looked_at(record, told),
        finding=[*_differential(record, assessment), *_grades(record, assessment)],
        prognosisReference=[{"reference": f"urn:uuid:{one['id']}"} for one in forecasts],
        note=[*said(report, "act"), *(note(text) for text in _cautions(record, assessment))],
    )


def _impression(record: Record, step: str, day: date, **elements: object) -> Element:
    return record.resource(
        "ClinicalImpression",
        [step],
        status="completed",
        code=record.ours("step", step, both({"recognise": marked("Recognise"), "analyse": marked("Analyse")}[step])),
        subject=record.patient,
        effectiveDateTime=day.isoformat(),
        date=record.instant,
        **elements,
    )


def _looked_at(record: Record, resources: Sequence[Element]) -> list[Element]:
    items = [{"reference": f"urn:uuid:{one['id']}"} for one in resources]
    return [{"code": {"text": record.tell("What was told")}, "item": items}] if items else []


def _urgency(record: Record, urgency: UrgencyDecision) -> Iterator[Element]:
    level = next(one for one in record.knowledge.advice.urgency if one.id == urgency.level)
    see = next(one for one in record.knowledge.advice.destinations if one.id == urgency.see)
    yield extension("urgency", valueCodeableConcept=record.ours("urgency", level.id, level.name))
    yield extension("see", valueCodeableConcept=record.ours("destination", see.id, see.name))


def _imaging(record: Record, assessment: Assessment) -> Iterator[Element]:
    advice = assessment.imaging
    titles = {rule.id: rule.title for rule in record.knowledge.advice.imaging}
    for rule in advice.rules:
        yield extension("imaging-rule", valueCodeableConcept=record.ours("imaging-rule", rule, titles[rule]))
    yield compound("imaging", [("modality", "valueCode", advice.modality), ("by-days", "valueInteger", advice.by_days)])


def _differential(record: Record, assessment: Assessment) -> Iterator[Element]:
    """Every condition that was weighed, in the order in which to think of them."""
    for name in assessment.ranking:
        one = assessment.likelihood(name)
        yield {
            "extension": [chance(one)],
            "itemCodeableConcept": record.ours("condition", name, record.knowledge.conditions[name].name),
            "basis": in_100(record.language, one.probability, one.low, one.high),
        }


def _grades(record: Record, assessment: Assessment) -> Iterator[Element]:
    """How bad, if it is the muscle or its tendon; nothing where it probably is not."""
    judged = assessment.grade
    if judged.applies < GRADE_TOLD_FROM:
        return
    for info in record.knowledge.advice.grades:
        share, span = judged.probabilities[info.id], judged.ranges[info.id]
        grade = Likelihood(condition=info.id, probability=share, low=span.low, high=span.high, prior=share)
        yield {
            "extension": [chance(grade)],
            "itemCodeableConcept": record.ours("grade", info.id, info.name),
            "basis": in_100(record.language, share, span.low, span.high),
        }


def _cautions(record: Record, assessment: Assessment) -> Iterator[str]:
    yield record.tell("Worked out by Herstel from what was told, not by somebody who examined the person.")
    yield record.knowledge.version.review_text[record.language]
    if assessment.cannot_tell:
        yield record.tell("From these answers we cannot tell what it is. No explanation clearly stands out.")
    titles = [record.knowledge.red_flags[one].title[record.language] for one in assessment.open_red_flags]
    if titles:
        yield record.tell(
            "Neither found nor ruled out, because an answer is missing: {signs}.", signs="; ".join(titles)
        )


# --- the chain --------------------------------------------------------------------------------------------------------


def _analyse(record: Record) -> Element:
    chain = record.recovery.chain
    items = [record.ref("Observation", *measurement_key(one, nth)) for one, nth in measurements(record) if nth[1]]
    return _impression(
        record,
        "analyse",
        record.today,
        description=record.tell("Step 2, analyse: what in the movement chain may play a part. Hypotheses to confirm."),
        summary=write_chain(chain, record.knowledge, record.language).headline,
        investigation=[{"code": {"text": record.tell("What was measured")}, "item": items}] if items else [],
        finding=[_contributor(record, one) for one in chain.contributors],
        note=[note(record.tell("Not measured is not the same as normal. Of these parts nothing can be said yet."))],
    )


def _contributor(record: Record, one: Contributor) -> Element:
    chain = record.knowledge.chain
    name = chain.implications[one.id].title if one.id in chain.implications else chain.links[one.link].name
    more = [extension("ranking-weight", valueDecimal=one.weight)]
    if one.side:
        more.append(extension("side", valueCodeableConcept=side_concept(one.side, record.language)))
    basis = [record.tell(GRADES[one.grade])]
    if one.judgement is not None:
        verdict = _VERDICTS[one.judgement.verdict]
        basis.append(record.tell(verdict, date=one.judgement.date, reason=one.judgement.reason))
    return filled(
        {
            "extension": more,
            "itemCodeableConcept": record.ours("contributor", one.id, name),
            "basis": " ".join(basis),
        }
    )


# --- warning signs ----------------------------------------------------------------------------------------------------


def flags(record: Record) -> Iterator[Element]:
    """Every red flag that fired: in the complaint, and in a check-in."""
    fired = dict.fromkeys(assessment_of(record.recovery.assessment).red_flags, told_on(record.case))
    for decision in record.recovery.progress.decisions:
        for name in decision.numbers:
            if name in record.knowledge.red_flags:
                fired.setdefault(name, decision.date)
    for name in record.assessment.red_flags:
        fired.setdefault(name, record.today)
    for name, since in fired.items():
        yield _flag(record, name, since)


def _flag(record: Record, name: str, since: date) -> Element:
    entry = record.knowledge.red_flags[name]
    return record.resource(
        "Flag",
        [name],
        status="active",
        category=[of_hl7(f"{HL7}/flag-category", "safety")],
        code=record.ours("red-flag", name, entry.title),
        subject=record.patient,
        period={"start": since.isoformat()},
        author=record.device,
    )
