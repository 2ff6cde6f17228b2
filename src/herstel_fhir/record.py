"""What is exported: the facts and conclusions about one person, and who is who; nothing of it is guessed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid5

from herstel.assessment.result import Assessment, Referral, assessment_of
from herstel.case_file import Case
from herstel.chain.model import Tester
from herstel.complaint.model import Sex
from herstel.errors import marked
from herstel.flow import Recovery
from herstel.knowledge.model import Knowledge
from herstel.plan.model import OwnExercise
from herstel.progress.model import Role
from herstel.text import Language, Text, say
from herstel_fhir.codes import HL7
from herstel_fhir.elements import Element, coding, filled, ours, quantity, told

NAMES = UUID("6b0f4c5e-3f5f-5d0c-9d55-0b8c6f6f3c11")
"""Makes the ids of resources from the ids that are given: the same person and fact always get the same id."""
SHARED = ("Practitioner", "Organization", "Questionnaire", "Device")
"""Of nobody in particular: the same for everybody whose record names them."""
TEST_DATA = coding(f"{HL7}/v3-ActReason", "HTEST", "test health data")


Teller = Tester | Role | Literal["clinician"]
_ROLES: Mapping[Teller, tuple[str, str]] = {
    "therapist": ("Practitioner", marked("the therapist")),
    "clinician": ("Practitioner", marked("a clinician")),
    "helper": ("RelatedPerson", marked("a helper")),
    "coach": ("RelatedPerson", marked("the coach")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The person; only the id is needed, and it should mean nothing outside the own system."""

    id: str
    name: str = ""
    birth_date: date | None = None
    sex: Sex | None = None
    language: Language = "nl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clinician:
    """The physiotherapist who treats the person."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Where the person is treated."""

    id: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it was sent."""

    id: str
    title: str
    date: date
    language: Language
    pdf: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything to export about one person.

    Attributes
    ----------
    recovery : Recovery
        What follows from the case, made with ``knowledge``.
    language : {"nl", "en"}
        Of the texts; the names of codes are given in the other language as well.
    recorded : datetime
        When it is exported, with its time zone.
    """

    case: Case
    recovery: Recovery
    subject: Subject
    knowledge: Knowledge
    language: Language
    recorded: datetime
    clinician: Clinician | None = None
    practice: Practice | None = None
    letters: tuple[Letter, ...] = ()

    def __post_init__(self) -> None:
        if self.recorded.tzinfo is None:
            raise ValueError("recorded needs a time zone: a moment without one means another moment elsewhere")

    # --- what is known ----------------------------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day the conclusions are of."""
        return self.recovery.progress.today

    @property
    def result(self) -> Assessment | Referral:
        """The assessment as it is now: a warning sign or a re-check in a check-in goes before what was told first."""
        progress = self.recovery.progress
        return progress.referral or progress.reassessment or self.recovery.assessment

    @property
    def assessment(self) -> Assessment:
        """The same, also when a red flag made it a referral."""
        return assessment_of(self.result)

    @property
    def own_exercises(self) -> Mapping[str, OwnExercise]:
        """Every exercise of the therapist's own, also one that was taken out again."""
        return {edit.exercise: edit.own for edit in self.case.edits if edit.own is not None}

    @property
    def instant(self) -> str:
        """When it is exported, to the second."""
        return self.recorded.isoformat(timespec="seconds")

    # --- making resources ---------------------------------------------------------------------------------------------

    def urn(self, kind: str, *key: object) -> str:
        """The address of a resource in the bundle, from what it is about."""
        return f"urn:uuid:{self._id(kind, key)}"

    def ref(self, kind: str, *key: object) -> Element:
        """A reference to a resource of the bundle."""
        return {"reference": self.urn(kind, *key)}

    def resource(self, kind: str, key: Iterable[object], **elements: Any) -> Element:
        """A resource with its id, its language and, for made-up facts, the mark that says so."""
        made_up = self.case.simulated and kind not in ("Questionnaire", "Device")
        meta = {"security": [TEST_DATA]} if made_up else None
        head = {"resourceType": kind, "id": str(self._id(kind, key)), "meta": meta, "language": self.language}
        return filled({**head, **elements})

    def _id(self, kind: str, key: Iterable[object]) -> UUID:
        owner = "" if kind in SHARED else self.subject.id
        return uuid5(NAMES, "\n".join([owner, kind, *map(str, key)]))

    # --- saying -------------------------------------------------------------------------------------------------------

    def tell(self, message: str, /, **values: object) -> str:
        """An interface text in the language of the export."""
        return say(self.language, message, **values)

    def told(self, name: str, text: Text) -> Element:
        """A text element in the language of the export, with its translation."""
        return told(name, text, self.language)

    def ours(self, system: str, code: str, text: Text, *more: Element) -> Element:
        """A concept of a code system of Herstel."""
        return ours(system, code, text, self.language, *more)

    def quantity(self, value: float, unit: str) -> Element:
        """A number with its UCUM unit."""
        return quantity(value, unit, self.language)

    def interval(self, low: float, high: float, unit: str) -> Element:
        """A range with its UCUM unit."""
        return {"low": self.quantity(low, unit), "high": self.quantity(high, unit)}

    # --- who ----------------------------------------------------------------------------------------------------------

    @property
    def patient(self) -> Element:
        return self.ref("Patient", self.subject.id)

    @property
    def device(self) -> Element:
        return self.ref("Device", self.knowledge.version.version)

    def by(self, role: Teller) -> Element:
        """Who told or measured something: by reference where that is known, else by the role alone."""
        if role in ("self", "person"):
            return self.patient
        if role == "therapist" and self.clinician is not None:
            return self.ref("Practitioner", self.clinician.id)
        kind, words = _ROLES[role]
        return {"type": kind, "display": self.tell(words)}
