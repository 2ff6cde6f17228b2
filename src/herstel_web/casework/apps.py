from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """What a physiotherapist does with cases: the work list, the timeline, the own judgement, follow-up."""

    name = "herstel_web.casework"
    label = "casework"
