from importlib import import_module

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """What a physiotherapist does with cases: the work list, the timeline, the own judgement, follow-up."""

    name = "herstel_web.casework"
    label = "casework"

    def ready(self) -> None:
        from herstel_web.casework import export
        from herstel_web.people import export as people

        import_module("herstel_web.casework.timeline_facts")  # registers what it tells
        people.PARTS.append(export.casework)
        people.MODELS.extend(export.MODELS)
