"""What a simulated person tells at first: findings drawn from a matrix that differs a little from the engine's own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from herstel.assessment.matrix import Matrix, compiled
from herstel.assessment.red_flags import warning_signs
from herstel.assessment.uncertainty import RANGE_IN_SIGMAS, logit
from herstel.chain.model import BodySide
from herstel.complaint.intake import with_duration
from herstel.complaint.model import Complaint, Place, Sex, Side
from herstel.knowledge.model import Knowledge
from herstel_simulation import assumptions as numbers

LADDER_SD = 0.6
"""How far one answer of the ladder lies from the others of the same person (elicited)."""
LADDER_QUESTIONS: Mapping[str, float] = {
    "walking": -0.5,
    "moment": 0.0,
    "bruise": -0.4,
    "straighten": 0.0,
    "heel_pull": 0.0,
}
"""How far each lies below the person's own level: most who cannot straighten the knee do walk (elicited)."""
IMPLIED = (
    ("recurrent_same_leg", "previous_hamstring_injury"),
    ("bruise_large_spreading", "bruise_visible_by_day5"),
)
EXCLUDED = (
    ("worsening_after_day3", "clear_improvement_by_72h"),
    ("pain_walking", "pain_only_fast_running"),
    ("extreme_effort_heat_drugs", "effort_was_light"),
)
"""What cannot be without the other, and what the first rules out: a story is coherent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What the answers are drawn for: what is truly the matter, and who it is."""

    condition: str
    ladder: float
    pain_nrs: float
    age_years: int
    days: int
    level: str
    sport: str
    sex: Sex
    side: BodySide


def draw_complaint(story: Story, random: np.random.Generator, knowledge: Knowledge) -> Complaint:
    """What the person answers to every question.

    Parameters
    ----------
    story : Story
    random : numpy Generator
    knowledge : Knowledge
    """
    findings = _findings(story, random, knowledge)
    ladder = _ladder(story, findings, random, knowledge)
    for one, implied in IMPLIED:
        findings[implied] = findings[implied] or findings[one]
    for one, excluded in EXCLUDED:
        findings[excluded] = findings[excluded] and not findings[one]
    sport = "none" if story.level == "none" else story.sport
    findings["endurance_sport"] = sport.startswith("endurance")
    findings["severe_pain"] = findings["severe_pain"] and story.pain_nrs >= 8
    findings["duration_over_6_weeks"] = story.days > 42
    places = _places(story, findings, knowledge)
    return with_duration(
        Complaint(
            findings=findings,
            places=places,
            ladder=ladder,
            age_years=story.age_years,
            days_since_onset=story.days,
            pain_nrs=story.pain_nrs,
            sex=story.sex,
            sport=sport,
            level=story.level,
        )
    )


def _findings(story: Story, random: np.random.Generator, knowledge: Knowledge) -> dict[str, bool]:
    matrix = compiled(knowledge)
    probability = _shifted(matrix, matrix.column[story.condition], random)
    present = random.random(len(matrix.findings)) < probability
    for rows in matrix.group_rows.values():
        share = probability[rows]
        present[rows] = np.arange(len(rows)) == random.choice(len(rows), p=share / share.sum())
    found = dict(zip(matrix.findings, present.tolist(), strict=True))
    signs = warning_signs(knowledge).findings
    for finding in knowledge.findings.values():
        if finding.kind != "matrix":
            rare = finding.id in signs
            found[finding.id] = bool(
                random.random() < (numbers.DANGER_SIGN_RATE if rare else numbers.CIRCUMSTANCE_RATE)
            )
    return found


def _shifted(matrix: Matrix, column: int, random: np.random.Generator) -> NDArray[np.float64]:
    """P(finding | condition) somewhere in its range: nobody knows that the engine's own value is right."""
    low, high = logit(matrix.low[:, column]), logit(matrix.high[:, column])
    shift = numbers.OTHER_WORLD * (high - low) / RANGE_IN_SIGMAS * random.standard_normal(len(low))
    shifted = logit(matrix.probability[:, column]) + shift
    return np.asarray(1 / (1 + np.exp(-shifted)), dtype=np.float64)


def _ladder(
    story: Story, findings: dict[str, bool], random: np.random.Generator, knowledge: Knowledge
) -> Mapping[str, int]:
    """Graded answers around the person's own level, with the findings that go with them."""
    ladder: dict[str, int] = {}
    for question, below in LADDER_QUESTIONS.items():
        if question == "moment" and not findings["onset_sudden"]:
            findings["forced_to_stop_within_5min"] = False
            continue
        wanted = story.ladder + below + LADDER_SD * float(random.standard_normal())
        options = knowledge.questions[question].options
        chosen = min(options, key=lambda option: abs(option.ladder[question] - wanted))
        ladder.update(chosen.ladder)
        findings.update(dict.fromkeys(chosen.absent, False))
        findings.update(dict.fromkeys(chosen.present, True))
    return ladder


def _places(story: Story, findings: dict[str, bool], knowledge: Knowledge) -> frozenset[Place]:
    """Where it is worst, with what is said by marking that place; with soreness often in both legs."""
    marked = [option for option in knowledge.questions["places"].options if findings[option.present[0]]]
    for option in marked:
        findings.update(dict.fromkeys(option.present, True))
    sides: tuple[Side, ...] = ("left", "right") if findings["both_legs_similar"] else (story.side,)
    return frozenset(Place(side, option.id) for side in sides for option in marked)
