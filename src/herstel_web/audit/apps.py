from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who looked at or changed which record, and when."""

    name = "herstel_web.audit"
    label = "audit"
