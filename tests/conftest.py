"""Contents to read: small ones that are good or broken in one way, and the real one. Databases of a test's own."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from bench.postgresql import QUICK, postgresql
from grader.catalog.model import TRACK_TYPES
from grader.site.project import Project
from grader.store import place
from grader.store.base import Store
from grader.store.sqlite.schema import make_ready
from tests.databases import KINDS, Databases, databases
from tests.reliability.graders import Nursery, nursery

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def courses() -> Path:
    """The folder of the small contents."""
    return ROOT / "tests" / "courses"


def project(folder: Path, build: Path) -> Project:
    return Project(root=folder, content=folder / "content", build=build, track_types=TRACK_TYPES)


@pytest.fixture
def good(courses: Path, tmp_path: Path) -> Project:
    """A small content with everything there is, to be built into a folder of its own."""
    return project(courses / "good", tmp_path / "build")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """A PostgreSQL server for all tests that need one and do it no harm."""
    with postgresql(QUICK) as server:
        yield databases(server)


@pytest.fixture
def postgres_url(postgres: Databases) -> Iterator[str]:
    """The address of a new database with the schema."""
    name = postgres.new()
    yield postgres.server.url(name)
    postgres.drop(name)


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the schema, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "grader.db"
    make_ready(path)
    return path


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "kind" in metafunc.fixturenames and metafunc.definition.get_closest_marker("on_both"):
        metafunc.parametrize("kind", KINDS)


@pytest.fixture
def kind() -> str:
    """Of the test's database."""
    return "sqlite"


@pytest.fixture
def database(request: pytest.FixtureRequest, kind: str, tmp_path: Path) -> str:
    """A new database with the schema, as the setting `database` names it; a file is in tmp_path/data."""
    if kind == "sqlite":
        (tmp_path / "data").mkdir(mode=0o700)
        shutil.copy(request.getfixturevalue("sqlite_file"), tmp_path / "data" / "grader.db")
        return "sqlite:///data/grader.db"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def open_store(database: str, tmp_path: Path) -> Callable[[], Store]:
    """Each call opens the same database."""
    return lambda: place.open_store(database, tmp_path)


@pytest.fixture
async def store(open_store: Callable[[], Store]) -> AsyncIterator[Store]:
    store = open_store()
    yield store
    await store.close()


@pytest.fixture(scope="session")
def graders() -> Iterator[Nursery]:
    """Starts graders that may be killed."""
    with nursery() as found:
        yield found
