import pytest

from herstel.knowledge.model import Knowledge
from herstel_fhir.bundle import export_bundle
from herstel_fhir.record import Record
from tests.fhir.authority import Found
from tests.fhir.records import WHOLE, example


@pytest.fixture(scope="session")
def whole(knowledge: Knowledge) -> Record:
    """The record of the example with every part."""
    return example(WHOLE, knowledge)


@pytest.fixture(scope="session")
def bundle(whole: Record) -> Found:
    """Its bundle."""
    return export_bundle(whole)
