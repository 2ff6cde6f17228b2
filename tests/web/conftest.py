from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.web.actors import Actors, everybody
from tests.web.installation import Installation, installation


@pytest.fixture(autouse=True)
def database(db: None) -> None:
    """Every page may look whether a practice takes appointments."""


@pytest.fixture
def actors(db: None) -> Actors:
    """Everybody who might want to open one case."""
    return everybody()


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own, without anything in it."""
    with installation(tmp_path / "state") as made:
        yield made


@pytest.fixture
def there(tmp_path: Path) -> Iterator[Installation]:
    """A second one, as on another machine."""
    with installation(tmp_path / "elsewhere") as made:
        yield made


@pytest.fixture(scope="session")
def _begun(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("begun") / "state") as made:
        made.lines("begin")
        yield made


@pytest.fixture
def in_use(_begun: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation with one case."""
    with installation(tmp_path / "in-use", like=_begun) as made:
        yield made


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Limits count what came from one address; each test begins with none."""
    yield
    cache.clear()
