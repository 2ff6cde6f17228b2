from django.apps import AppConfig


class SelfCheckConfig(AppConfig):
    """Step 1, recognise: the questions and the result, for the person with the complaint."""

    name = "herstel_web.self_check"
    label = "self_check"
