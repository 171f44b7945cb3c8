"""Rows out of a SQLite file and into it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from grader.errors import SetupError
from grader.store.migrations import number
from grader.store.migrations.sqlite import STEPS, TABLE
from grader.store.sqlite.connection import connect
from grader.store.sqlite.schema import make_ready, pending
from grader.store.transfer.base import in_order, keyed
from grader.store.transfer.table import Row, Table, TransferError
from grader.store.values import NUL, REPLACEMENT

CHUNK = 1000
"""So many rows are in memory at a time."""


class SqliteEnd:
    """Within one transaction of a connection."""

    schema = number(STEPS)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def tables(self) -> list[Table]:
        names = [
            str(name)
            for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != TABLE and not name.startswith("sqlite_")
        ]
        references = {
            name: {str(row[2]) for row in self._connection.execute(f"PRAGMA foreign_key_list({name})")}
            for name in names
        }
        return [self._table(name) for name in in_order(references)]

    def read(self, table: Table) -> Iterator[Row]:
        count = len(_key(self._connection, table.name))
        order = ", ".join(_quoted(name) for name in table.columns[:count])
        sql = f"SELECT {_list(table)} FROM {table.name} ORDER BY {order}"  # noqa: S608 - names of the schema
        cursor = self._connection.execute(sql)
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield _without_nul(row)

    def clear(self) -> None:
        """Triggers that protect rows are taken away and put back, within the transaction."""
        triggers = self._connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            self._connection.execute(f"DROP TRIGGER {name}")
        for table in reversed(self.tables()):
            self._connection.execute(f"DELETE FROM {table.name}")  # noqa: S608 - a name of the schema
        for _, sql in triggers:
            self._connection.execute(sql)

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f"INSERT INTO {table.name} ({_list(table)}) VALUES ({marks})", rows)  # noqa: S608

    def finish(self) -> None:
        """AUTOINCREMENT goes on behind the last row by itself."""
        broken = self._connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            raise TransferError(f"A row of {broken[0]} refers to a row of {broken[2]} that is not there.")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def _table(self, name: str) -> Table:
        columns = [str(row[1]) for row in self._connection.execute(f"PRAGMA table_info({name})")]
        (count,) = self._connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608
        return Table(name, keyed(columns, _key(self._connection, name)), count)


def _key(connection: sqlite3.Connection, table: str) -> list[str]:
    columns = [(row[5], str(row[1])) for row in connection.execute(f"PRAGMA table_info({table})") if row[5]]
    return [name for _, name in sorted(columns)]


def _quoted(name: str) -> str:
    return f'"{name}"'


def _list(table: Table) -> str:
    return ", ".join(_quoted(name) for name in table.columns)


def _without_nul(row: Row) -> Row:
    """As the store writes today; rows of earlier days may hold one."""
    if any(isinstance(cell, str) and NUL in cell for cell in row):
        return tuple(cell.replace(NUL, REPLACEMENT) if isinstance(cell, str) else cell for cell in row)
    return row


@contextmanager
def reading_sqlite(path: Path) -> Iterator[SqliteEnd]:
    if not path.is_file():
        raise SetupError(f"There is no database {path}.")
    _check_schema(path)
    with closing(connect(path, read_only=True)) as connection, _explained(path):
        connection.execute("BEGIN")
        yield SqliteEnd(connection)


@contextmanager
def writing_sqlite(path: Path) -> Iterator[SqliteEnd]:
    is_new = not path.exists()
    make_ready(path)
    done = False
    try:
        with closing(connect(path)) as connection, _explained(path):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("PRAGMA defer_foreign_keys = ON")  # a certificate may refer to a later one
            yield SqliteEnd(connection)
            done = not connection.in_transaction
    finally:
        if is_new and not done:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)


def _check_schema(path: Path) -> None:
    if steps := pending(path):
        raise SetupError(f"{path} has an older schema (missing: {', '.join(steps)}). Run: grader migrate")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise TransferError(f"{path}: {error}.") from error


def check_sound(path: Path) -> None:
    """Raises TransferError for a damaged file."""
    with closing(connect(path, read_only=True)) as connection, _explained(path):
        found = [str(text) for (text,) in connection.execute("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            raise TransferError(f"{path} is damaged: {'; '.join(found)}. Restore a backup.")
