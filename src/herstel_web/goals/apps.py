from django.apps import AppConfig


class GoalsConfig(AppConfig):
    """What the person wants, has and can give: the goal, the week, the equipment."""

    name = "herstel_web.goals"
    label = "goals"
