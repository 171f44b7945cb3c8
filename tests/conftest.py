"""Contents to read: small ones that are good or broken in one way, and the real one. Databases of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.postgresql import QUICK, postgresql
from grader.catalog.model import TRACK_TYPES
from grader.site.build import Project
from tests.databases import Databases, databases

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
