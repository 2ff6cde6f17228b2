"""What is worked out in the background."""

from django.utils import timezone
from django_tasks import task

from herstel_web.cases.models import Case
from herstel_web.cases.renewal import renew


@task()
def renew_conclusion(case_id: str) -> None:
    """Work out a case anew, unless that was done since the facts came in."""
    case = Case.objects.select_related("conclusion").filter(pk=case_id).first()
    today = timezone.localdate()
    if case is None or (case.conclusion.facts_version == case.facts_version and case.conclusion.day == today):
        return
    renew(case=case, today=today)
