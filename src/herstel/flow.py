"""The product on one screen. Each step takes values and returns a new value; the five steps are in this order.

Facts go in (a complaint, measurements, a goal, check-ins), conclusions come out; nothing is remembered between runs.
What one run concludes may go into the next one: progress says where the person is, and the next plan starts there.
"""

from dataclasses import dataclass
from datetime import date

from herstel.assessment.assess import assess
from herstel.assessment.result import Assessment, Referral
from herstel.case_file import Case
from herstel.chain.analysis import analyse_chain
from herstel.chain.model import Chain
from herstel.complaint.intake import take_complaint
from herstel.forecast.forecast import forecast_recovery
from herstel.forecast.model import Forecast
from herstel.knowledge.model import Knowledge
from herstel.plan.generator import make_plan
from herstel.plan.model import Plan
from herstel.progress.judge import judge_progress
from herstel.progress.model import Progress

__all__ = ["Recovery", "assess", "recognise", "recover", "take_complaint"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """Everything concluded about one person on one day."""

    assessment: Assessment | Referral
    chain: Chain
    """With the tests that suit the phase the person is in now."""
    plan: Plan
    """As it was made at the start."""
    progress: Progress
    plan_now: Plan
    """As it is after the check-ins."""
    forecast: Forecast


def recognise(answers: dict[str, object], knowledge: Knowledge) -> Assessment | Referral:
    """Step 1, herkennen: from answers to an explained assessment, or a referral when a red flag asks for help today."""
    complaint = take_complaint(answers, knowledge)
    return assess(complaint, knowledge)


def recover(case: Case, today: date, knowledge: Knowledge, *, refuse_edits: bool = True) -> Recovery:
    """All five steps: herkennen, analyseren, and verlichten, opbouwen, behouden as plan, progress and forecast.

    Changes of the plan that are not safe are refused, or with ``refuse_edits`` false set aside and told.
    """
    assessment = assess(case.complaint, knowledge)
    chain = analyse_chain(assessment, case.measurements, knowledge, judgements=case.judgements)
    plan = make_plan(assessment, chain, case.goal, knowledge, edits=case.edits, refuse_edits=refuse_edits)
    progress = judge_progress(plan, case.check_ins, today, knowledge, confirmations=case.confirmations)
    forecast = forecast_recovery(assessment, chain, progress, today, knowledge)
    chain = analyse_chain(assessment, case.measurements, knowledge, judgements=case.judgements, phase=progress.phase)
    plan_now = make_plan(
        assessment, chain, case.goal, knowledge,
        position=progress.position, edits=case.edits, refuse_edits=refuse_edits,
    )  # fmt: skip
    return Recovery(
        assessment=assessment, chain=chain, plan=plan, progress=progress, plan_now=plan_now, forecast=forecast
    )
