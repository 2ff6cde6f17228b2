"""A case holds facts; conclusions are computed from them and kept only to be shown quickly."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from herstel_web.immutable import Immutable
from herstel_web.people.models import Person
from herstel_web.practice.models import Practice


class Case(models.Model):
    """One complaint of one person, from the first answers to the last look a year after the return.

    ``practice`` is the practice it is shared with, ``therapist`` who treats it there. ``facts_version`` grows with
    every fact, so that everybody can see whether a conclusion is older than the facts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="cases")
    practice = models.ForeignKey(Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")
    therapist = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    opened_on = models.DateField()
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)
    facts_version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "closed_on"])]

    def __str__(self) -> str:
        return f"case {self.pk}"


class Fact(Immutable):
    """One thing that was told or measured, in the words of the case file (``herstel.case_file``).

    Attributes
    ----------
    part : str
        The part of the case file it belongs to; of ``complaint`` and ``goal`` the last one stands.
    entry : mapping or None
        As ``read_case`` reads it; None takes back the fact it corrects and puts nothing in its place.
    key : UUID
        Given by who sends it: the same key twice is the same fact, recorded once.
    corrects : Fact or None
        The fact that no longer stands because of this one.
    """

    class Part(models.TextChoices):
        COMPLAINT = "complaint"
        MEASUREMENTS = "measurements"
        JUDGEMENTS = "judgements"
        GOAL = "goal"
        EDITS = "edits"
        CHECK_INS = "check_ins"
        CONFIRMATIONS = "confirmations"
        SETS = "sets"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="facts")
    part = models.CharField(max_length=15, choices=Part)
    entry = models.JSONField(null=True)
    day = models.DateField()
    key = models.UUIDField(default=uuid.uuid4)
    corrects = models.OneToOneField("self", on_delete=models.CASCADE, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "key"], name="a_fact_is_recorded_once")]
        indexes: ClassVar = [models.Index(fields=["case", "part", "day"])]


class Conclusion(models.Model):
    """What followed from the facts of a case when it was last worked out.

    ``value`` holds the ``Recovery`` (``cases/stored_recovery.py``). The columns are what the work list sorts by.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="conclusion")
    day = models.DateField()
    facts_version = models.PositiveIntegerField()
    knowledge_version = models.CharField(max_length=20)
    made_at = models.DateTimeField(auto_now=True)
    value = models.BinaryField()
    urgency = models.CharField(max_length=20)
    condition = models.CharField(max_length=60, default="")
    rule_out = models.CharField(max_length=60, default="")
    """What a warning sign says must be ruled out first, when that is not the most probable."""
    """What it most probably is."""
    grade = models.CharField(max_length=6, default="")
    side = models.CharField(max_length=6, default="")
    """left, right, both, or unknown."""
    age_years = models.PositiveSmallIntegerField(null=True)
    """As told with the complaint."""
    on_hold = models.BooleanField()
    """A red flag or a referral: a clinician must look before anything is loaded."""
    held_since = models.DateField(null=True)
    track = models.CharField(max_length=40)
    phase = models.PositiveSmallIntegerField()
    discharged = models.BooleanField()
    gate_open = models.BooleanField()
    """Everything the gate of this phase asks is met."""
    gate_ready = models.BooleanField(default=False)
    """Everything that is measured is met; only agreement may be left."""
    last_check_in = models.DateField(null=True)
    last_flare_up = models.DateField(null=True)
    last_stop_sign = models.DateField(null=True)
    last_advance = models.DateField(null=True)
    """The last day on which anything moved forward."""
    next_recheck = models.DateField(null=True)
    """The planned day to look again that is due or comes next; it may have passed unanswered."""


class DecisionMade(models.Model):
    """A decision as it was told; one that a later correction changed stays, with the time it stopped to stand."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    day = models.DateField()
    subject = models.CharField(max_length=60)
    action = models.CharField(max_length=12)
    rule = models.CharField(max_length=40)
    numbers = models.JSONField(default=dict)
    made_at = models.DateTimeField(auto_now_add=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-day"])]


class ForecastIssued(Immutable):
    """A forecast as it was told, kept to be compared with what came of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="forecasts")
    day = models.DateField()
    knowledge_version = models.CharField(max_length=20)
    record = models.JSONField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "day"], name="one_forecast_a_day")]
