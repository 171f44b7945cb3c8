import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.store.migrations.postgresql import STEPS
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import Address, parse
from grader.store.postgresql.schema import TABLE, make_ready, migrate, pending
from grader.store.sqlite import schema as sqlite
from tests.databases import Databases
from tests.store.postgresql.conftest import Rows
from tests.store.sqlite.test_schema import rows as sqlite_rows

ALL = list(STEPS)


def test_it_works(empty: Address) -> None:
    """A new database needs every step, takes them once, and then needs none."""
    assert pending(empty) == ALL
    assert migrate(empty) == ALL
    assert pending(empty) == []
    assert migrate(empty) == []


async def test_new(empty: Address) -> None:
    """An empty database gets its schema when it is opened."""
    await PostgresStore.open(empty).close()
    assert pending(empty) == []


def test_two_at_once(empty: Address) -> None:
    """Of programs that migrate at the same time one takes the steps, and none fails."""
    taken: list[list[str]] = []
    threads = [threading.Thread(target=lambda: taken.append(migrate(empty))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [steps for steps in taken if steps] == [ALL]
    assert len(taken) == 6


def test_fails_whole(empty: Address, rows: Rows) -> None:
    """A step that fails leaves nothing behind."""
    rows(empty, "CREATE TABLE outbox (id int)")
    with pytest.raises(SetupError, match='cannot be migrated: relation "outbox" already exists'):
        migrate(empty)
    assert rows(empty, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'") == [("outbox",)]
    with pytest.raises(SetupError, match="Run: grader migrate"):
        make_ready(empty)


async def test_older_schema(address: Address, rows: Rows) -> None:
    """An older database is not changed unasked: the error names the command."""
    rows(address, f"DELETE FROM {TABLE}")
    with pytest.raises(SetupError, match=r"has an older schema .*Run: grader migrate"):
        PostgresStore.open(address)


def test_newer_schema(address: Address, rows: Rows) -> None:
    """A database that a newer program has changed is left alone."""
    rows(address, f"INSERT INTO {TABLE} VALUES ('postgresql_9999')")
    for refused in (pending, migrate, PostgresStore.open):
        with pytest.raises(SetupError, match=r"newer schema \(postgresql_9999\)"):
            refused(address)


def test_no_right(postgres: Databases, empty: Address, rows: Rows) -> None:
    """A user who may not make tables is told so in one line."""
    rows(empty, "CREATE ROLE guest LOGIN PASSWORD 'guest'; REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    try:
        guest = parse(empty.url.replace("//postgres@", "//guest@"))
        with pytest.raises(SetupError, match="cannot be migrated: permission denied for schema public"):
            migrate(guest)
    finally:
        postgres.server.execute("DROP ROLE guest")


@pytest.fixture
def latin(postgres: Databases) -> Iterator[Address]:
    postgres.server.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    yield parse(postgres.server.url("latin"))
    postgres.drop("latin")


def test_encoding(latin: Address) -> None:
    """A database that has no room for every name is refused."""
    with pytest.raises(SetupError, match=r"keeps texts as LATIN1.*Make it with UTF8"):
        make_ready(latin)


def test_same_as_on_sqlite(address: Address, rows: Rows, tmp_path: Path) -> None:
    """Both databases have the same tables, with the same columns, of which the same may be empty."""
    sqlite.migrate(tmp_path / "grader.db")
    theirs = {
        (table, column, bool(not_null or key))
        for (table,) in sqlite_rows(tmp_path / "grader.db", "SELECT name FROM sqlite_master WHERE type = 'table'")
        if not str(table).startswith(("sqlite_", "_sqlite"))
        for _, column, _, not_null, _, key in sqlite_rows(tmp_path / "grader.db", f"PRAGMA table_info({table})")
    }
    ours = set(
        rows(
            address,
            "SELECT table_name, column_name, is_nullable = 'NO' FROM information_schema.columns "
            f"WHERE table_schema = 'public' AND table_name <> '{TABLE}'",
        )
    )
    assert theirs == ours


def test_same_indexes_as_on_sqlite(address: Address, rows: Rows, tmp_path: Path) -> None:
    """Both databases have the same named indexes, and as many unique ones for each table."""
    sqlite.migrate(tmp_path / "grader.db")
    ours = rows(
        address,
        "SELECT relname, indisunique, count(*) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        f"WHERE relnamespace = 'public'::regnamespace AND relname <> '{TABLE}' GROUP BY relname, indisunique",
    )
    theirs = sqlite_rows(
        tmp_path / "grader.db",
        """
        SELECT tables.name, "unique", count(*)
        FROM sqlite_master AS tables JOIN pragma_index_list(tables.name)
        WHERE tables.type = 'table' AND tables.name NOT LIKE '%sqlite_%'
        GROUP BY tables.name, "unique"
        """,
    )
    numbered = {"audit_events", "outbox", "certificate_counters", "catalog_states"}  # SQLite needs no index for these
    expected = {(table, bool(unique), count) for table, unique, count in theirs} | {
        (table, True, 1) for table in numbered
    }
    assert expected == set(ours)
