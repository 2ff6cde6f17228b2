"""Random answers to the intake, for properties that must hold for anybody."""

from collections.abc import Mapping

from hypothesis import strategies as st

from herstel.complaint.model import NONE_OF_THESE, SIDES, UNKNOWN, UNSURE
from herstel.knowledge.model import Knowledge, Question

Answers = dict[str, object]
MIRRORED = {"left": "right", "right": "left", "middle": "middle"}


def answers_to(knowledge: Knowledge, *, complete: bool = False) -> st.SearchStrategy[Answers]:
    """Answers to any of the questions, or to all of them; never contradicting each other."""
    every = {question.id: answer_to(question) for question in knowledge.questions.values()}
    drawn = st.fixed_dictionaries(every) if complete else st.fixed_dictionaries({}, optional=every)
    return drawn.map(without_contradiction)


def answer_to(question: Question) -> st.SearchStrategy[object]:
    """One of the answers of a question, "I don't know" included."""
    return st.one_of(st.just(UNKNOWN), known_answer_to(question))


def known_answer_to(question: Question) -> st.SearchStrategy[object]:
    if question.kind == "number":
        return st.integers(question.min, question.max)
    options = [option.id for option in question.options]
    if question.kind == "single":
        return st.sampled_from(options)
    if question.kind == "places":
        marks = [f"{side}.{option}" for side in SIDES for option in options]
        return st.lists(st.sampled_from(marks), min_size=1, max_size=4, unique=True)
    ticks = st.lists(st.sampled_from([*options, UNSURE]), min_size=1, max_size=3, unique=True)
    return st.one_of(st.just([NONE_OF_THESE]), ticks)


def without_contradiction(answers: Answers) -> Answers:
    """The same answers, with both sides marked by whoever says that both legs are the same."""
    places = answers.get("places")
    if answers.get("both_legs") != "both_same" or not isinstance(places, list):
        return answers
    return {**answers, "places": sorted({*places, *mirrored_places(places)})}


def mirrored(answers: Mapping[str, object]) -> Answers:
    """The answers of the mirror image of this person."""
    places = answers.get("places")
    return {**answers, "places": mirrored_places(places)} if isinstance(places, list) else dict(answers)


def mirrored_places(places: list[str]) -> list[str]:
    pairs = [place.partition(".") for place in places]
    return sorted(f"{MIRRORED[side]}.{place}" for side, _, place in pairs)
