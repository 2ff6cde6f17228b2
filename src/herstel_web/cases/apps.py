from django.apps import AppConfig


class CasesConfig(AppConfig):
    """A case: the facts of one complaint, and what Herstel concludes from them."""

    name = "herstel_web.cases"
    label = "cases"
