"""One simulated person as a case file, marked simulated: to show what a whole recovery looks like."""

from datetime import timedelta

import yaml

from herstel.case_file import PARTS, Case
from herstel.case_writing import case_as_mapping
from herstel.knowledge.model import Knowledge
from herstel_simulation.course import run_course
from herstel_simulation.person import draw_person, random_of

HEADING = "# Simulated by Herstel: no real person is behind any of this.\n"


def case_text(number: int, seed: int, days: int, knowledge: Knowledge) -> str:
    """A simulated person as the text of a ``case.yaml``.

    Parameters
    ----------
    number : int
        Which person of the cohort of this seed.
    seed : int
    days : int
        How long the person is followed.
    knowledge : Knowledge
    """
    mapping = {**case_as_mapping(simulated_case(number, seed, days, knowledge), knowledge), "simulated": True}
    return HEADING + str(yaml.safe_dump(mapping, allow_unicode=True, sort_keys=False, width=120))


def simulated_case(number: int, seed: int, days: int, knowledge: Knowledge) -> Case:
    """The facts of one simulated person; nothing of the hidden truth."""
    random = random_of(seed, number)
    course = run_course(draw_person(number, random, knowledge), random, days, knowledge)
    return Case(
        name=f"simulated person {number} of seed {seed}",
        source="Simulated; see docs/explanation/simulated-people.md.",
        simulated_parts=PARTS,
        as_of=course.person.start + timedelta(days=days - 1),
        complaint=course.person.complaint,
        goal=course.goal,
        measurements=course.measurements,
        check_ins=course.check_ins,
        confirmations=course.confirmations,
    )
