from django.apps import AppConfig


class FollowUpConfig(AppConfig):
    """How a case goes: decisions, gates, the return to sport, check-ins that need mending."""

    name = "herstel_web.follow_up"
    label = "follow_up"
