"""Recordings of tests: the video for as long as was chosen, and what was measured in it."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from herstel_web.cases.models import Case

QUIET_AFTER = timedelta(minutes=2)
"""A recording that is being measured and said nothing for so long has probably stopped."""


class Recording(models.Model):
    """A video of one test, and what came of it.

    Attributes
    ----------
    stored_as : str
        The name of the video in the folder of files; "" when the video is gone.
    landmarks_as : str
        The same of the points of the body that were found in it, which stay.
    report : mapping or None
        What was measured (``report_json``).
    problems : list
        Why it could not be measured at all, as the domain says it.
    key : UUID
        Given by who sends it: the same key twice is the same recording, kept once.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits to be measured")
        BUSY = "busy", _("is being measured")
        READY = "ready", _("measured, not looked at yet")
        REFUSED = "refused", _("nothing was measured: see why")
        FAILED = "failed", _("could not be measured")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")

    class Keep(models.TextChoices):
        UNTIL_JUDGED = "judged", _("until it was looked at, and never longer than 30 days")
        WEEK = "week", _("7 days")
        MONTH = "month", _("30 days")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recordings")
    movement = models.CharField(max_length=30)
    side = models.CharField(max_length=5, blank=True)
    person_number = models.PositiveSmallIntegerField(null=True)
    filmed_on = models.DateField()
    from_person = models.BooleanField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    signed = models.CharField(max_length=254)
    sent_at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(default=uuid.uuid4)

    keep = models.CharField(max_length=6, choices=Keep, default=Keep.UNTIL_JUDGED)
    keep_until = models.DateTimeField()
    kind = models.CharField(max_length=20)
    size_bytes = models.PositiveBigIntegerField()
    stored_as = models.CharField(max_length=64, blank=True)
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    landmarks_as = models.CharField(max_length=64, blank=True)

    people_most = models.PositiveSmallIntegerField(default=0)
    """How many people were seen at once, when somebody had to be chosen."""
    people_as = models.CharField(max_length=64, blank=True)
    """The name of a frame with everybody numbered, for when somebody must be chosen; it goes with the video."""

    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    frames_done = models.PositiveIntegerField(default=0)
    frames_expected = models.PositiveIntegerField(null=True)
    touched_at = models.DateTimeField(default=timezone.now)
    report = models.JSONField(null=True)
    problems = models.JSONField(default=list)

    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    judged_signed = models.CharField(max_length=254, blank=True)
    because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="a_recording_is_kept_once")]
        indexes: ClassVar = [
            models.Index(fields=["case", "-sent_at"]),
            models.Index(fields=["keep_until"], condition=~models.Q(stored_as=""), name="videos_to_remove"),
        ]

    @property
    def under_way(self) -> bool:
        return self.state in (self.State.WAITING, self.State.BUSY)

    @property
    def may_choose_person(self) -> bool:
        """Whether somebody else in the picture can still be measured instead."""
        return bool(self.people_most and self.stored_as) and not self.judged

    @property
    def judged(self) -> bool:
        return self.state in (self.State.ACCEPTED, self.State.REJECTED)

    @property
    def quiet(self) -> bool:
        """Whether it is under way and said nothing for a while."""
        return self.under_way and timezone.now() - self.touched_at > QUIET_AFTER
