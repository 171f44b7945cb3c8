"""A running grader with a small content, and people: Alice of Acme, Charlie of the staff, and somebody unknown."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from grader.api.app import create_app
from grader.settings import Settings
from grader.store.sqlite import SqliteStore
from grader.store.sqlite.schema import make_ready
from tests.api.parts import PAGES, Clock, Grader, Person, Printer, publish, running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(root=str(tmp_path))


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database, made once."""
    path = tmp_path_factory.mktemp("database") / "grader.db"
    make_ready(path)
    return path


@pytest.fixture
async def grader(tmp_path: Path, settings: Settings, database: Path) -> AsyncIterator[Grader]:
    catalog = publish(tmp_path, PAGES)
    (tmp_path / "data").mkdir()
    shutil.copy(database, tmp_path / "data")
    store = SqliteStore.open(tmp_path / "data" / "grader.db")
    printer, clock = Printer(), Clock()
    app = create_app(settings, store, printer, clock=clock)
    async with running(app):
        yield Grader(app, tmp_path, catalog, store, printer, clock, settings)


@pytest.fixture
async def alice(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield await Person(grader, http).sign_in("Alice Liddell", "alice@example.org", "Acme")


@pytest.fixture
async def charlie(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield await Person(grader, http).sign_in("Charlie Chaplin", "charlie@example.org")


@pytest.fixture
async def stranger(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield Person(grader, http)
