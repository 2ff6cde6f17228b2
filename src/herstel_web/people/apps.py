from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The persons whose complaints are kept, and what they consented to."""

    name = "herstel_web.people"
    label = "people"
