"""What a therapist is changing of a plan and did not save yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from herstel_web.cases.models import Case


class PlanDraft(models.Model):
    """The changes of one therapist, which nobody else sees and no plan holds until they are saved.

    Attributes
    ----------
    basis : int
        The last fact about the plan when the draft was begun. When there is a later one, somebody saved in between.
    version : int
        Grows with every change, so that an old window does not save what it does not show.
    entries : list
        Of ``planning.drafts.Entry``: what to record, or the id of a fact to take back.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="plan_drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    basis = models.PositiveBigIntegerField()
    version = models.PositiveIntegerField(default=0)
    entries = models.JSONField(default=list)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "author"], name="one_draft_of_a_plan_for_each_author")
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"
