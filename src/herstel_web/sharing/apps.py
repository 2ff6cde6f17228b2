from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Who besides the person sees a record: a practice that the person chooses, and records that a practice entered."""

    name = "herstel_web.sharing"
    label = "sharing"
