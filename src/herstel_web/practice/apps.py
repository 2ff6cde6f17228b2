from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """A practice: its places, its members and what each of them may do."""

    name = "herstel_web.practice"
    label = "practice"
