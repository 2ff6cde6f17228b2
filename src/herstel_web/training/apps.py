from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Every day: what to do today, doing it, telling how it went; also without a connection."""

    name = "herstel_web.training"
    label = "training"

    def ready(self) -> None:
        from herstel_web.people import export
        from herstel_web.training.export import calendar_feeds
        from herstel_web.training.models import CalendarFeed

        export.PARTS.append(calendar_feeds)
        export.MODELS.append(CalendarFeed)
