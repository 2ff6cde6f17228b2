"""What came of a case, kept so that thousands can be counted at once."""

from django.db import models

from herstel_web.cases.models import Case


class CaseOutcome(models.Model):
    """What came of one case when its conclusion was last kept; it can be thrown away and worked out anew.

    Attributes
    ----------
    value : str
        ``herstel.outcomes.model.CaseOutcome`` as JSON; "" when the facts cannot be worked out.
    form : int
        The form it is written in (``bridge.FORM``); one of an earlier form is worked out anew.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="outcome")
    value = models.TextField()
    form = models.PositiveSmallIntegerField()
    worked_out_at = models.DateTimeField(auto_now=True)
