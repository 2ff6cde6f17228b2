from importlib import import_module

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters about a case: composed by Herstel, changed and signed by a therapist, kept in every version."""

    name = "herstel_web.letters"
    label = "letters"

    def ready(self) -> None:
        from herstel_web.letters.export import letters
        from herstel_web.letters.models import Letter, LetterVersion
        from herstel_web.people import export

        export.PARTS.append(letters)
        export.MODELS.extend([Letter, LetterVersion])
        import_module("herstel_web.letters.timeline")  # registers what it tells
