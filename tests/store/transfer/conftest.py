"""Databases of both kinds: a filled one to read from, an empty one to write into."""

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.store.place import Place, open_store, place_of
from grader.store.transfer.base import reading
from grader.store.transfer.table import Row
from tests.databases import KINDS, Databases
from tests.store.transfer.facts import fill

Contents = dict[str, list[Row]]


@pytest.fixture(params=KINDS)
def filled(request: pytest.FixtureRequest, tmp_path: Path, postgres: Databases) -> Iterator[str]:
    """The setting `database` of one with something in every table."""
    name = postgres.new()
    database = "sqlite:///filled.db" if request.param == "sqlite" else postgres.server.url(name)

    async def run() -> None:
        store = open_store(database, tmp_path)
        await store.transact(fill)
        await store.close()

    asyncio.run(run())
    yield database
    postgres.drop(name)


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, postgres: Databases) -> Iterator[str]:
    """The setting `database` of one that has no tables yet."""
    name = postgres.new_empty()
    yield "sqlite:///empty.db" if request.param == "sqlite" else postgres.server.url(name)
    postgres.drop(name)


@pytest.fixture
def place(tmp_path: Path) -> Callable[[str], Place]:
    return lambda database: place_of(database, tmp_path)


@pytest.fixture
def contents(place: Callable[[str], Place]) -> Callable[[str], Contents]:
    """Every row of a database; nothing when it has no schema."""

    def contents(database: str) -> Contents:
        try:
            with reading(place(database)) as source:
                return {table.name: list(source.read(table)) for table in source.tables()}
        except SetupError:
            return {}

    return contents
