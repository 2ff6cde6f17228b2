from importlib import import_module

from django.apps import AppConfig


class FilmingConfig(AppConfig):
    """Tests that are filmed with a phone: consent, recording, measuring, and accepting what was measured."""

    name = "herstel_web.filming"
    label = "filming"

    def ready(self) -> None:
        from herstel_web.filming import export, on_erase
        from herstel_web.people import export as people

        people.PARTS.append(export.recordings)
        people.MODELS.extend(export.MODELS)
        import_module("herstel_web.filming.timeline")  # registers what it tells
        on_erase.connect()
