from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may sign in, and how."""

    name = "herstel_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("herstel_web.accounts.signals")
