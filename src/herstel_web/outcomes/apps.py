from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    """What came of the cases of a practice: forecasts, milestones, recurrence, adherence, quality of the facts."""

    name = "herstel_web.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from herstel_web.cases.signals import concluded
        from herstel_web.outcomes.actions import keep_outcome
        from herstel_web.outcomes.export import outcomes
        from herstel_web.outcomes.models import CaseOutcome
        from herstel_web.people import export

        concluded.connect(keep_outcome, dispatch_uid="herstel.outcomes")
        export.PARTS.append(outcomes)
        export.MODELS.append(CaseOutcome)
