"""An invitation by which a person makes the record that a practice entered their own."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from herstel_web.people.models import Person
from herstel_web.practice.models import Practice


class RecordInvitation(models.Model):
    """A link by e-mail for one person. Only a hash of it is kept; it works once, for a limited time.

    ``wrong_dates`` counts dates of birth that were not right; ``joined_person_id`` is the record that this person had
    of their own and that was put together with this one, so that its trail can still be read.
    """

    class End(models.TextChoices):
        USED = "used", _("used")
        WITHDRAWN = "withdrawn", _("withdrawn")
        DECLINED = "declined", _("the receiver says that it is not for them")
        OWN_RECORD = "own", _("the person goes on with a record of their own")
        BLOCKED = "blocked", _("blocked: too often a wrong date of birth")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True)
    good_until = models.DateTimeField()
    wrong_dates = models.PositiveSmallIntegerField(default=0)
    end = models.CharField(max_length=10, choices=End, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    joined_person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(end=""), name="one_open_invitation_of_a_person")
        ]

    def __str__(self) -> str:
        return f"record invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the link works now."""
        return not self.end and self.good_until > timezone.now()
