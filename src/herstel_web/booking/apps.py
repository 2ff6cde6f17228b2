from importlib import import_module

from django.apps import AppConfig


class BookingConfig(AppConfig):
    """Appointments: the agenda of a practice, booking by the person, reminders, the waiting list, calendar feeds."""

    name = "herstel_web.booking"
    label = "booking"

    def ready(self) -> None:
        from herstel_web.booking import export, on_erase
        from herstel_web.people import export as people

        people.PARTS.append(export.appointments)
        people.MODELS.extend(export.MODELS)
        on_erase.connect()
        import_module("herstel_web.booking.timeline")  # registers what it tells
