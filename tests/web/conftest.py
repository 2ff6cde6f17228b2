import pytest

from tests.web.actors import Actors, everybody


@pytest.fixture
def actors(db: None) -> Actors:
    """Everybody who might want to open one case."""
    return everybody()
