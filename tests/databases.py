"""Databases of a test's own: a new SQLite file, or a new database on the tests' PostgreSQL server.

`rows`, `records` and `execute` are units of work that go past the named queries, on either kind.
"""

from datetime import datetime
from itertools import count
from typing import Any, NamedTuple

import pytest

from bench.postgresql import Server
from grader.store.base import Tx
from grader.store.postgresql.address import parse
from grader.store.postgresql.schema import TABLE, migrate
from grader.store.postgresql.tx import PostgresTx
from grader.store.sqlite.tx import SqliteTx
from grader.store.values import to_text

KINDS = ("sqlite", "postgresql")

on_both = pytest.mark.on_both
"""For a test, or as `pytestmark` for a module: what needs a database runs on each kind."""

TEMPLATE = "template_grader"


class Databases(NamedTuple):
    """On one server. Each is a copy of a template that has the schema."""

    server: Server
    numbers: "count[int]"

    def new(self) -> str:
        """The name of a database with the schema and no rows."""
        return self._create(f"TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")

    def new_empty(self) -> str:
        """The name of a database without a schema."""
        return self._create("TEMPLATE template0")

    def _create(self, options: str) -> str:
        name = f"test_{next(self.numbers)}"
        self.server.execute(f"CREATE DATABASE {name} {options}")
        return name

    def drop(self, name: str) -> None:
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def databases(server: Server) -> Databases:
    server.execute(f"CREATE DATABASE {TEMPLATE}")
    migrate(parse(server.url(TEMPLATE)))
    return Databases(server, count(1))


def rows(tx: Tx, sql: str) -> list[tuple[Any, ...]]:
    """As SQLite has them: times as texts, truth as numbers."""
    if isinstance(tx, SqliteTx):
        return tx.connection.execute(sql).fetchall()
    assert isinstance(tx, PostgresTx)
    return [tuple(_plain(value) for value in row) for row in tx.connection.execute(sql.encode())]


def records(tx: Tx, sql: str) -> list[dict[str, Any]]:
    """The same, with the names of the columns."""
    assert isinstance(tx, SqliteTx | PostgresTx)
    cursor = tx.connection.execute(sql.encode()) if isinstance(tx, PostgresTx) else tx.connection.execute(sql)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in cursor.fetchall()]


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return to_text(value)
    return int(value) if isinstance(value, bool) else value


def execute(tx: Tx, sql: str) -> None:
    if isinstance(tx, SqliteTx):
        tx.connection.execute(sql)
    else:
        assert isinstance(tx, PostgresTx)
        tx.connection.execute(sql.encode())


def tables(tx: Tx) -> list[str]:
    """By name, without those in which migrations are remembered."""
    sql = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    if isinstance(tx, SqliteTx):
        sql = "SELECT name FROM sqlite_master WHERE type = 'table'"
    return sorted(name for (name,) in rows(tx, sql) if "sqlite" not in name and name != TABLE)


def break_table(tx: Tx, table: str) -> None:
    """Whatever is inserted into it fails, until it is mended."""
    if isinstance(tx, SqliteTx):
        execute(tx, f"CREATE TRIGGER fault BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'fault'); END")
        return
    execute(
        tx,
        "CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'fault'; END $$;"
        f"CREATE TRIGGER fault BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION fault()",
    )


def mend_table(tx: Tx, table: str) -> None:
    execute(tx, "DROP TRIGGER fault" if isinstance(tx, SqliteTx) else "DROP FUNCTION fault CASCADE")
