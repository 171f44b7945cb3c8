"""Graders that run, on databases of their own that survive a crash."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from bench.postgresql import Server, postgresql
from tests.databases import KINDS
from tests.reliability.books import Books, PostgresBooks, SqliteBooks

_numbers = count(1)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL that writes all down before it says so: some tests end it without a warning."""
    with postgresql() as found:
        yield found


@pytest.fixture
def sqlite_books(tmp_path: Path) -> Books:
    return SqliteBooks(tmp_path / "data" / "grader.db")


@pytest.fixture
def postgres_books(server: Server) -> Books:
    name = f"reliability_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name}")
    return PostgresBooks(server, name)


@pytest.fixture(params=KINDS)
def books(request: pytest.FixtureRequest) -> Books:
    """A new database, without a schema yet."""
    found: Books = request.getfixturevalue("sqlite_books" if request.param == "sqlite" else "postgres_books")
    return found
