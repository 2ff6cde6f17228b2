import pytest

from herstel.knowledge.model import Knowledge
from herstel_letters.terms import load_terms


def ids_of(knowledge: Knowledge) -> dict[str, set[str]]:
    return {
        "conditions": set(knowledge.conditions),
        "findings": set(knowledge.findings),
        "red_flags": set(knowledge.red_flags),
        "imaging": {one.id for one in knowledge.advice.imaging},
        "tests": set(knowledge.chain.tests),
        "implications": set(knowledge.chain.implications),
        "phases": {str(one) for one in knowledge.plan.phases},
        "contacts": {one.id for one in knowledge.progress.contacts},
        "recurrence": set(knowledge.forecast.recurrence),
        "gates": {one.id for one in knowledge.progress.gates},
    }


def test_every_id_of_the_knowledge_has_a_professional_term_and_no_term_is_left_over(knowledge: Knowledge) -> None:
    assert ids_of(knowledge) == {kind: set(terms) for kind, terms in load_terms().items() if kind != "denied"}
    assert set(load_terms()["denied"]) <= set(knowledge.questions)


@pytest.mark.parametrize("kind", ["conditions", "findings", "red_flags", "gates", "tests", "contacts"])
def test_a_colleague_is_never_called_je(kind: str) -> None:
    for name, text in load_terms()[kind].items():
        words = text.nl.lower().replace(",", " ").split()
        assert not {"je", "jouw", "jij"} & set(words), name
        assert not {"you", "your"} & set(text.en.lower().split()), name


def test_two_conditions_never_share_a_term() -> None:
    conditions = load_terms()["conditions"].values()
    assert len({one.nl for one in conditions}) == len({one.en for one in conditions}) == len(conditions)
