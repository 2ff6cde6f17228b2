from importlib import import_module

from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    """What people write around a case: notes of the practice, messages with the person, and files."""

    name = "herstel_web.correspondence"
    label = "correspondence"

    def ready(self) -> None:
        from herstel_web.correspondence import export, on_erase
        from herstel_web.people import export as people

        people.PARTS.append(export.correspondence)
        people.MODELS.extend(export.MODELS)
        import_module("herstel_web.correspondence.timeline")  # registers what it tells
        on_erase.connect()
