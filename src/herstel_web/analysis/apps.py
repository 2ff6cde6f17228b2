from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Tests of the movement chain: entering them, what they say, and what a therapist thinks of it."""

    name = "herstel_web.analysis"
    label = "analysis"
