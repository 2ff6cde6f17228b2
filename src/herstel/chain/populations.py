"""Which norms a person may be compared with: by age, sex, level and stage of the injury.

What is not known is not guessed: every norm that may hold is kept, and a finding must be one by all of them. So an
unknown sex gives the milder judgement, and an age between two groups the milder of both. Who falls outside every group
is not judged against a norm; the two legs can then still be compared, with the widest limits of the test.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from herstel.complaint.model import Complaint, Sex
from herstel.knowledge.chain_entries import ChainRules
from herstel.knowledge.norm_entries import Norm, NormLevel, NormState

LAST_PHASE = 4
_LEVELS: tuple[NormLevel, ...] = ("any", "athlete", "elite")
_LEVEL_OF: dict[str, NormLevel] = {
    "none": "any",
    "recreational": "athlete",
    "competitive": "athlete",
    "semi_professional": "elite",
    "professional": "elite",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What decides which norms hold; None where it is not known."""

    sex: Sex | None
    age_years: float | None
    level: NormLevel
    """Not known counts as no athlete: norms of athletes are then left out."""
    state: NormState


def person_of(complaint: Complaint, phase: int, rules: ChainRules) -> Person:
    """The person behind a complaint, in a phase of recovery (4 is after the return to sport)."""
    days = complaint.days_since_onset
    state: NormState = "healthy"
    if phase >= LAST_PHASE:
        state = "after_return"
    elif days is not None and days <= rules.acute_days:
        state = "acute"
    return Person(
        sex=complaint.sex,
        age_years=complaint.age_years,
        level=_LEVEL_OF.get(complaint.level or "", "any"),
        state=state,
    )


def reference_norms(norms: Sequence[Norm], person: Person) -> tuple[Norm, ...]:
    """The norms that tell what is usual for a person and from where a result deviates; empty outside all of them."""
    return _most_fitting(norms, person, _has_limit) or _most_fitting(norms, person, _has_mean)


def side_limits(norms: Sequence[Norm], person: Person) -> tuple[Norm, ...]:
    """The norms whose limits for a difference between the legs may hold: the person's own, else all of the test."""
    return _own_or_all(norms, person, lambda norm: norm.asymmetry is not None)


def error_norms(norms: Sequence[Norm], person: Person) -> tuple[Norm, ...]:
    """The norms whose errors may hold: the person's own, else all of the test."""
    return _own_or_all(norms, person, lambda norm: norm.mdc is not None)


def describes_uninjured(norm: Norm) -> bool:
    """Whether the mean and spread are those of people without the injury; only then they say what is usual."""
    return norm.state in ("any", "healthy")


def _has_limit(norm: Norm) -> bool:
    return norm.deficit is not None or norm.deficit_high is not None


def _has_mean(norm: Norm) -> bool:
    return norm.mean is not None and describes_uninjured(norm)


def _own_or_all(norms: Sequence[Norm], person: Person, wanted: Callable[[Norm], bool]) -> tuple[Norm, ...]:
    own = _most_fitting(norms, person, wanted)
    return own or tuple(norm for norm in norms if wanted(norm) and _fits_state(norm, person))


def _most_fitting(norms: Sequence[Norm], person: Person, wanted: Callable[[Norm], bool]) -> tuple[Norm, ...]:
    """The norms of the person's stage, or else of any; of those, the age groups that hold and the nearest level."""
    fitting = [norm for norm in norms if wanted(norm) and _fits_level(norm, person) and _fits_sex(norm, person)]
    for states in ((person.state,), ("any", "healthy")):
        found = _of_age([norm for norm in fitting if norm.state in states], person)
        if found:
            return found
    return ()


def _fits_state(norm: Norm, person: Person) -> bool:
    return norm.state in (person.state, "any", "healthy")


def _fits_level(norm: Norm, person: Person) -> bool:
    return _LEVELS.index(norm.level) <= _LEVELS.index(person.level)


def _fits_sex(norm: Norm, person: Person) -> bool:
    return norm.sex == "any" or person.sex in (None, "other", norm.sex)


def _of_age(norms: Sequence[Norm], person: Person) -> tuple[Norm, ...]:
    """The groups that hold the age; between two groups both of them; all groups when the age is not known."""
    if person.age_years is None:
        return tuple(norms)
    age = int(person.age_years)
    holding = [norm for norm in norms if norm.age_low <= age <= norm.age_high]
    if holding:
        return _nearest_level(holding)
    below, above = _next_younger(norms, age), _next_older(norms, age)
    return (*_nearest_level(below), *_nearest_level(above)) if below and above else ()


def _next_younger(norms: Iterable[Norm], age: int) -> list[Norm]:
    younger = [norm for norm in norms if norm.age_high < age]
    oldest = max((norm.age_high for norm in younger), default=0)
    return [norm for norm in younger if norm.age_high == oldest]


def _next_older(norms: Iterable[Norm], age: int) -> list[Norm]:
    older = [norm for norm in norms if norm.age_low > age]
    youngest = min((norm.age_low for norm in older), default=0)
    return [norm for norm in older if norm.age_low == youngest]


def _nearest_level(norms: Sequence[Norm]) -> tuple[Norm, ...]:
    """Of each sex the norms of the highest level that the person has."""
    best: list[Norm] = []
    for sex in dict.fromkeys(norm.sex for norm in norms):
        of_sex = [norm for norm in norms if norm.sex == sex]
        highest = max(_LEVELS.index(norm.level) for norm in of_sex)
        best.extend(norm for norm in of_sex if _LEVELS.index(norm.level) == highest)
    return tuple(best)
