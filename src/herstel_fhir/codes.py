"""The code systems of the resources: those of HL7, LOINC and UCUM where they are certain, ours for the rest.

An address that begins with ``BASE`` is a name and leads nowhere: ``.invalid`` is reserved for that (RFC 2606).
"""

from collections.abc import Mapping

from herstel.errors import marked
from herstel.knowledge.chain_entries import Unit
from herstel.knowledge.exercise_entries import DoseUnit

BASE = "https://herstel.invalid/fhir"
HL7 = "http://terminology.hl7.org/CodeSystem"
STRUCTURE = "http://hl7.org/fhir/StructureDefinition"
LOINC, UCUM, SNOMED = "http://loinc.org", "http://unitsofmeasure.org", "http://snomed.info/sct"
BCP_47 = "urn:ietf:bcp:47"

PAIN_LOINC = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
AGE_LOINC = ("30525-0", "Age")
SIDES_SNOMED = {"left": ("7771000", "Left"), "right": ("24028007", "Right")}

UNITS: Mapping[Unit, str] = {
    "deg": "deg",
    "deg/s": "deg/s",
    "cm": "cm",
    "mm": "mm",
    "s": "s",
    "reps": "{repetitions}",
    "N": "N",
    "N/kg": "N/kg",
    "Nm/kg": "N.m/kg",
    "ratio": "1",
    "percent": "%",
    "kg": "kg",
    "km/h": "km/h",
    "mmHg": "mm[Hg]",
    "points": "{score}",
}
"""UCUM code of every unit of a test; yes or no has none."""
SCORE, YEARS, DAYS, HOURS, MINUTES, SETS, METRES, SECONDS = "{score}", "a", "d", "h", "min", "{sets}", "m", "s"
DOSE_UNITS: Mapping[DoseUnit, str] = {
    "reps": "{repetitions}", "seconds": SECONDS, "minutes": MINUTES, "metres": METRES,
}  # fmt: skip
UNIT_WORDS: Mapping[str, str] = {
    SCORE: marked("points"),
    YEARS: marked("years"),
    DAYS: marked("days"),
    HOURS: marked("hours"),
    MINUTES: marked("minutes"),
    SETS: marked("sets"),
    "{repetitions}": marked("times"),
    "deg": "°",
    "deg/s": "°/s",
    "N.m/kg": "Nm/kg",
    "mm[Hg]": "mmHg",
    "1": "",
}
"""How a unit is written for people, where that differs from its code."""


def system(name: str) -> str:
    """The address of a code system of ours."""
    return f"{BASE}/CodeSystem/{name}"


def extension_url(name: str) -> str:
    """The address of an extension of ours."""
    return f"{BASE}/StructureDefinition/{name}"
