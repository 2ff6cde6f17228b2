"""The words of a letter: professional terms, numbers with their range, dates, sides, in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from herstel.assessment.report_sections.telling import SUREST
from herstel.assessment.result import Assessment, Likelihood, UrgencyDecision, assessment_of
from herstel.chain.model import BodySide
from herstel.errors import marked
from herstel.flow import Recovery
from herstel.forecast.words import long_date
from herstel.knowledge.chain_entries import ChainTest, Unit
from herstel.knowledge.telling import InLanguage
from herstel_letters.model import BULLET, LetterSection
from herstel_letters.terms import TermKind, load_terms

UNITS: Mapping[Unit, str] = {
    "deg": "{value}°", "deg/s": "{value}°/s", "cm": "{value} cm", "mm": "{value} mm", "s": "{value} s",
    "reps": "{value}×", "N": "{value} N", "N/kg": "{value} N/kg", "Nm/kg": "{value} Nm/kg", "ratio": "{value}",
    "percent": "{value}%", "kg": "{value} kg", "km/h": "{value} km/h", "mmHg": "{value} mmHg",
    "points": "{value} pt", "yes_no": "{value}",
}  # fmt: skip
SIDES: Mapping[BodySide, str] = {"left": marked("left"), "right": marked("right")}
_SMALL, _MIDDLING = 3, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterTelling(InLanguage):
    """One recovery being told to a professional, in one language."""

    recovery: Recovery

    # --- what stands now ----------------------------------------------------------------------------------------------

    @property
    def judged(self) -> Assessment:
        """The assessment as it was last revised."""
        progress = self.recovery.progress
        return assessment_of(progress.referral or progress.reassessment or self.recovery.assessment)

    @property
    def urgency(self) -> UrgencyDecision:
        """How soon: what a check-in asked for goes before what the intake said."""
        referral = self.recovery.progress.referral
        return referral.urgency if referral is not None else self.judged.urgency

    @property
    def red_flags(self) -> tuple[str, ...]:
        """Every warning sign that fired, those of the check-ins first."""
        referral = self.recovery.progress.referral
        told = referral.red_flags if referral is not None else ()
        return tuple(dict.fromkeys((*told, *self.judged.red_flags)))

    # --- words --------------------------------------------------------------------------------------------------------

    def term(self, kind: TermKind, name: str) -> str:
        """The professional's word for an id."""
        return load_terms()[kind][name][self.language]

    def terms(self, kind: TermKind, names: Iterable[str]) -> str:
        """Several of them, apart by semicolons because they hold commas."""
        return "; ".join(self.term(kind, name) for name in names)

    def day(self, day: date) -> str:
        return long_date(self.language, day)

    def side(self, side: BodySide) -> str:
        return self.tell(SIDES[side])

    def number(self, value: float) -> str:
        """A number as rough as it is useful: three figures at most."""
        digits = 2 if abs(value) < _SMALL else 1 if abs(value) < _MIDDLING else 0
        text = f"{round(value, digits) + 0.0:.{digits}f}"
        text = text.rstrip("0").rstrip(".") if digits else text
        return text.replace(".", ",") if self.language == "nl" else text

    def amount(self, test: ChainTest, value: float) -> str:
        """A result of a test with its unit."""
        if test.unit == "yes_no":
            return self.tell("yes") if value else self.tell("no")
        return UNITS[test.unit].format(value=self.number(value))

    def likelihood(self, one: Likelihood) -> str:
        """A probability in per cent, never without its range."""
        return self.share(one.probability, one.low, one.high)

    def share(self, value: float, low: float, high: float) -> str:
        """The same for a probability with any range, 0 to 1."""
        of_100, least, most = (round(100 * part) for part in (value, low, high))
        if of_100 == 0:
            return self.tell("below 1% (range 0–{most}%)", most=max(most, 1))
        if of_100 > SUREST:
            return self.tell("above {surest}% (range {least}–100%)", surest=SUREST, least=min(least, SUREST))
        return self.tell("about {n}% (range {least}–{most}%)", n=of_100, least=least, most=most)


def section(name: str, heading: str, lines: Iterable[str]) -> LetterSection | None:
    """A section of these lines; None when there are none."""
    text = "\n".join(line for line in lines if line)
    return LetterSection(id=name, heading=heading, text=text) if text else None


def bullet(text: str) -> str:
    """A text as an item of a list."""
    return f"{BULLET}{text}"


def sentence(text: str) -> str:
    """A text with a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
