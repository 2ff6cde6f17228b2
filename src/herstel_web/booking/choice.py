"""What somebody chose so far on the way to an appointment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from herstel_web.accounts.models import User
from herstel_web.booking import queries
from herstel_web.booking.availability import Search, bookable_practitioners, zone
from herstel_web.booking.models import AppointmentKind
from herstel_web.practice.models import Location


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen so far, from an address or a form; what makes no sense counts as not chosen."""

    kind: AppointmentKind
    practitioners: tuple[User, ...]
    chosen: User | None
    places: tuple[Location, ...]
    place: Location | None
    at: datetime | None
    first: str
    key: str

    @classmethod
    def of(cls, given: Mapping[str, Any], kind: AppointmentKind) -> "Choice":
        able = tuple(bookable_practitioners(kind.practice, timezone.localdate()))
        places = tuple(queries.places(kind.practice))
        return cls(
            kind=kind,
            practitioners=able,
            chosen=next((one for one in able if str(one.pk) == given.get("with")), None),
            places=places,
            place=next((one for one in places if str(one.pk) == given.get("place")), None),
            at=queries.read_at(str(given.get("at", ""))),
            first=str(given.get("from", "")),
            key=str(given.get("key", "")),
        )

    def search(self) -> Search:
        """The free times to look for."""
        today = timezone.localdate()
        first = self.at.astimezone(zone()).date() if self.at else queries.read_day(self.first, today)
        return Search(
            practice=self.kind.practice,
            kind=self.kind,
            practitioners=tuple(one.pk for one in ([self.chosen] if self.chosen else self.practitioners)),
            first=max(first, today),
            last=first,
            location_id=self.place.pk if self.place else None,
        )

    @property
    def asked(self) -> dict[str, str]:
        """With whom and where, as it stands in an address."""
        asked = {"with": str(self.chosen.pk) if self.chosen else "", "place": str(self.place.pk) if self.place else ""}
        return {name: value for name, value in asked.items() if value}

    def times_url(self) -> str:
        path = reverse("appointment_time", args=[self.kind.practice_id, self.kind.pk])
        return f"{path}?{urlencode(self.asked)}" if self.asked else path

    def context(self) -> dict[str, object]:
        """What templates show of it."""
        return {
            "choice": self,
            "kind": self.kind,
            "practice": self.kind.practice,
            "asked": urlencode(self.asked),
            "at": self.at.strftime(queries.AT) if self.at else "",
        }
