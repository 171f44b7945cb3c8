"""An address of a database, a store on it, and people who look into it past the store."""

from collections.abc import AsyncIterator, Callable, Iterator

import psycopg
import pytest

from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import Address, parse
from tests.databases import Databases

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture
def address(postgres_url: str) -> Address:
    """A database with the schema."""
    return parse(postgres_url)


@pytest.fixture
def empty(postgres: Databases) -> Iterator[Address]:
    """A database without a schema."""
    name = postgres.new_empty()
    yield parse(postgres.server.url(name))
    postgres.drop(name)


@pytest.fixture
def rows() -> Rows:
    def rows(address: Address, sql: str) -> list[tuple[object, ...]]:
        with psycopg.connect(address.url) as connection:
            cursor = connection.execute(sql.encode())
            return cursor.fetchall() if cursor.description else []

    return rows


@pytest.fixture
async def store(address: Address) -> AsyncIterator[PostgresStore]:
    store = PostgresStore.open(address, lock_timeout=0.2)
    yield store
    await store.close()
