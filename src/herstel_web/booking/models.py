"""Appointments, when practitioners can be booked, and the rows that keep two people out of one hour.

Moments are kept in UTC; working hours are times on the clock of the place, so that nine o'clock stays nine o'clock when
the clock changes.
"""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import BaseValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from herstel.text import Language
from herstel_web.cases.models import Case
from herstel_web.immutable import Immutable
from herstel_web.people.models import Person
from herstel_web.practice.models import Location, Practice

STEP_MIN = 5
"""Appointments begin and end on whole steps; a practitioner is occupied step by step."""


def _from(low: int, high: int) -> list[BaseValidator]:
    return [MinValueValidator(low), MaxValueValidator(high)]


class BookingRules(models.Model):
    """How a practice lets people book; a practice without a row follows the defaults."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, primary_key=True, related_name="booking_rules")
    cancel_hours = models.PositiveSmallIntegerField(
        _("Move or cancel online until, in hours before"), default=24, validators=_from(0, 168)
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("Book online until, in hours before"), default=4, validators=_from(0, 168)
    )
    weeks_ahead = models.PositiveSmallIntegerField(
        _("Book online so many weeks ahead"), default=8, validators=_from(1, 26)
    )
    hold_hours = models.PositiveSmallIntegerField(
        _("Hold a freed time for the waiting list, in hours"), default=4, validators=_from(1, 48)
    )


class AppointmentKind(models.Model):
    """What an appointment is for, in the practice's own words, and how long it takes."""

    class OpenTo(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        NEW = "new", _("people who were not here before")
        KNOWN = "known", _("people who were here before")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="appointment_kinds")
    name_nl = models.CharField(_("Name in Dutch"), max_length=60)
    name_en = models.CharField(_("Name in English"), max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), default=30)
    buffer_minutes = models.PositiveSmallIntegerField(_("Minutes kept free after it"), default=0)
    online = models.BooleanField(_("People book it online themselves"), default=True)
    open_to = models.CharField(_("Online for"), max_length=10, choices=OpenTo, default=OpenTo.EVERYONE)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name_nl

    def name(self, language: Language) -> str:
        """The name in a language; the Dutch one where there is no other."""
        return (self.name_en if language == "en" else "") or self.name_nl

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def occupies(self) -> timedelta:
        """How long the practitioner is not free for somebody else."""
        return timedelta(minutes=self.minutes + self.buffer_minutes)


class WorkingHours(models.Model):
    """On one day of the week somebody can be booked between two times on the clock; 0 is Monday."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="working_hours")
    location = models.ForeignKey(
        Location, verbose_name=_("Place"), on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    weekday = models.PositiveSmallIntegerField(_("Day"))
    begins = models.TimeField(_("From"))
    ends = models.TimeField(_("Until"))
    valid_from = models.DateField(_("From which day"))
    valid_until = models.DateField(_("Up to and including"), null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "practitioner"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="working_hours_end_after_they_begin")
        ]


class Absence(models.Model):
    """Nobody books somebody, or (without a practitioner) the whole practice, between these moments."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="absences"
    )
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    label = models.CharField(_("What for"), max_length=60, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "ends"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="an_absence_ends_after_it_begins")
        ]


class Appointment(models.Model):
    """Somebody comes to a practitioner at a time.

    ``person`` is empty for somebody without a record here; then ``name`` is what the practice typed. ``key`` is given
    by the form: sending it twice is one appointment. ``sequence`` grows with every change, as calendars want it. Each
    change leaves an ``AppointmentChange``.
    """

    class Status(models.TextChoices):
        BOOKED = "booked", _("booked")
        CANCELLED = "cancelled", _("cancelled")
        NO_SHOW = "no_show", _("did not come")
        DONE = "done", _("was here")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="appointments")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="appointments"
    )
    location = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True, related_name="appointments")
    case = models.ForeignKey(Case, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointments")
    name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    start = models.DateTimeField()
    end = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.BOOKED)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was cancelled."""
    sequence = models.PositiveIntegerField(default=0)
    booked_at = models.DateTimeField(auto_now_add=True)
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "start"]),
            models.Index(fields=["practitioner", "start"]),
            models.Index(fields=["status", "start"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="an_appointment_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""), name="an_appointment_is_somebody_s"
            ),
        ]

    def __str__(self) -> str:
        return f"appointment {self.pk}"

    @property
    def whose(self) -> str:
        """The name of who comes."""
        return self.person.name if self.person else self.name

    @property
    def stands(self) -> bool:
        """Whether it is still to be kept, or was."""
        return self.status != self.Status.CANCELLED


class AppointmentChange(Immutable):
    """What was done with an appointment, by whom, and how it stood afterwards."""

    class What(models.TextChoices):
        BOOKED = "booked", _("booked")
        MOVED = "moved", _("moved")
        CANCELLED = "cancelled", _("cancelled")
        NO_SHOW = "no_show", _("did not come")
        DONE = "done", _("was here")
        BACK = "back", _("booked again")

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="changes")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)


class WaitingListEntry(models.Model):
    """Somebody wants an earlier or another time than is free now.

    ``weekdays`` holds the days that suit, "0" for Monday to "6"; ``parts`` the parts of the day, m(orning),
    a(fternoon), e(vening).
    """

    class Ended(models.TextChoices):
        BOOKED = "booked", _("an appointment was made")
        LEFT = "left", _("taken off the list")
        OVER = "over", _("the last day has passed")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="waiting_for")
    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="waiting_list")
    kind = models.ForeignKey(AppointmentKind, on_delete=models.CASCADE, related_name="+")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    from_day = models.DateField()
    until_day = models.DateField()
    weekdays = models.CharField(max_length=7)
    parts = models.CharField(max_length=3)
    offers_made = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=10, choices=Ended, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"], condition=Q(ended_at__isnull=True), name="waiting_once_for_a_kind"
            )
        ]


class SlotOffer(models.Model):
    """A time that is held for the first fitting person of the waiting list, for a few hours."""

    class State(models.TextChoices):
        OPEN = "open"
        TAKEN = "taken"
        DECLINED = "declined"
        EXPIRED = "expired"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="offers")
    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry"], condition=Q(state="open"), name="one_offer_at_a_time")
        ]


class OccupiedSlot(models.Model):
    """Five minutes of a practitioner that are taken: by an appointment, or held for somebody of the waiting list.

    This is what keeps two people out of one hour, whatever runs at the same moment, on every database: a second row
    for the same five minutes is refused. Rows come and go in the transaction that changes the appointment.
    """

    practitioner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="occupied"
    )
    offer = models.ForeignKey(SlotOffer, on_delete=models.CASCADE, null=True, blank=True, related_name="occupied")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practitioner", "at"], name="one_at_a_time"),
            models.CheckConstraint(
                condition=Q(appointment__isnull=False, offer__isnull=True)
                | Q(appointment__isnull=True, offer__isnull=False),
                name="occupied_by_one_thing",
            ),
        ]


class CalendarFeed(models.Model):
    """A secret address that a calendar reads; only a hash of it is kept, and it can be ended at any moment."""

    class Whose(models.TextChoices):
        PERSON = "person"
        PRACTITIONER = "practitioner"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    whose = models.CharField(max_length=12, choices=Whose)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "whose"], condition=Q(ended_at__isnull=True), name="one_calendar_address"
            )
        ]
