from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """Steps 2 to 5 as the person reads them: the chain, how it goes, how long it may take."""

    name = "herstel_web.recovery"
    label = "recovery"
