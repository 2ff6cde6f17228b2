from django.apps import AppConfig


class SharingConfig(AppConfig):
    """Who besides the person sees a record: a practice that the person chooses, and records that a practice entered."""

    name = "herstel_web.sharing"
    label = "sharing"

    def ready(self) -> None:
        from herstel_web.people import export as people
        from herstel_web.sharing import export

        people.PARTS.append(export.invitations)
        people.MODELS.extend(export.MODELS)
