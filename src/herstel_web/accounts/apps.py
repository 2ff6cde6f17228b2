from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may sign in, and how."""

    name = "herstel_web.accounts"
    label = "accounts"
