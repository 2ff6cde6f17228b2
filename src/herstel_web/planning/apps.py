from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The plan of a case, changed by a therapist."""

    name = "herstel_web.planning"
    label = "planning"

    def ready(self) -> None:
        from herstel_web.people import export
        from herstel_web.planning.export import plan_drafts
        from herstel_web.planning.models import PlanDraft

        export.PARTS.append(plan_drafts)
        export.MODELS.append(PlanDraft)
