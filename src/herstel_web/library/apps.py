from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """What Herstel knows, to read: the articles, and the figures of the exercises."""

    name = "herstel_web.library"
    label = "library"
