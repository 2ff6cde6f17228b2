from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The plan of a case, changed by a therapist."""

    name = "herstel_web.planning"
    label = "planning"
