"""The words of a chain: values with their units, verdicts, evidence, sides, in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from herstel.chain.deviations import judging_norm
from herstel.chain.model import BodySide, Chain, LinkVerdict, TestResult, TestVerdict
from herstel.errors import marked
from herstel.knowledge.chain_entries import ChainTest, EvidenceGrade, Link, LinkId, Unit, Where
from herstel.knowledge.norm_entries import Norm
from herstel.knowledge.telling import InLanguage

UNITS: Mapping[Unit, str] = {
    "deg": marked("{value} degrees"),
    "deg/s": marked("{value} degrees per second"),
    "cm": marked("{value} cm"),
    "mm": marked("{value} mm"),
    "s": marked("{value} seconds"),
    "reps": marked("{value} times"),
    "N": marked("{value} newton"),
    "N/kg": marked("{value} newton per kg"),
    "Nm/kg": marked("{value} newton metre per kg"),
    "ratio": marked("{value} of the other"),
    "percent": marked("{value}%"),
    "kg": marked("{value} kg"),
    "km/h": marked("{value} km per hour"),
    "mmHg": marked("{value} mmHg"),
    "points": marked("{value} points"),
    "yes_no": marked("{value}"),
}
VERDICTS: Mapping[TestVerdict, str] = {
    "deviating": marked("Deviates"),
    "within_error": marked("Within the error"),
    "normal": marked("Normal"),
    "not_judged": marked("Not judged"),
}
LINK_VERDICTS: Mapping[LinkVerdict, str] = {
    "deviating": marked("deviates"),
    "within_error": marked("within error"),
    "normal": marked("normal"),
    "not_measured": marked("not measured"),
}
GRADES: Mapping[EvidenceGrade, str] = {
    "strong": marked("Strong evidence: many studies followed people beforehand and agree."),
    "moderate": marked("Moderate evidence: one or two studies followed people beforehand."),
    "weak": marked("Weak evidence: small or few studies."),
    "none": marked("No evidence found that followed people beforehand: something to train, not an explanation."),
    "against": marked("Research points the other way: something to train, not an explanation."),
}
WHERE: Mapping[Where, str] = {
    "home": marked("at home"),
    "phone": marked("at home, with a phone that films"),
    "practice": marked("in a practice"),
    "device": marked("in a practice with a device"),
}
_SIDES: Mapping[BodySide, str] = {"left": marked("left"), "right": marked("right")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainTelling(InLanguage):
    """A chain being told in one language."""

    chain: Chain

    def link(self, link: LinkId) -> Link:
        return self.knowledge.chain.links[link]

    def test(self, test: str) -> ChainTest:
        return self.knowledge.chain.tests[test]

    def test_name(self, test: str) -> str:
        return self.of(self.test(test).name)

    def side(self, side: BodySide | None) -> str:
        """A side by its name; "" for none."""
        return self.tell(_SIDES[side]) if side else ""

    def listed(self, texts: Iterable[str]) -> str:
        """Several things in one sentence."""
        *most, last = texts
        return self.tell("{most} and {last}", most=", ".join(most), last=last) if most else last

    def apart(self, texts: Iterable[str]) -> str:
        """Several things that hold commas themselves."""
        return "; ".join(texts)

    def number(self, value: float, digits: int = 0) -> str:
        """A number with at most so many decimals, as the language writes it."""
        text = f"{round(value, digits) + 0.0:.{digits}f}"  # adding zero makes -0 into 0
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", ",") if self.language == "nl" else text

    def amount(self, test: ChainTest, value: float) -> str:
        """A value of a test with its unit."""
        if test.unit == "yes_no":
            return self.tell("yes") if value else self.tell("no")
        return self.tell(UNITS[test.unit], value=self.number(value, _digits(test)))

    def norm(self, result: TestResult) -> Norm | None:
        """The norm that judged a result."""
        return judging_norm(result, self.knowledge.chain)


def _digits(test: ChainTest) -> int:
    """Small scales need decimals."""
    span = test.possible_high - test.possible_low
    return 2 if span <= 5 else 1 if span <= 60 else 0
