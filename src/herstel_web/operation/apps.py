from django.apps import AppConfig


class OperationConfig(AppConfig):
    """What keeps an installation running: the database, the worker, chores, health, copies, the doctor."""

    name = "herstel_web.operation"
    label = "operation"
