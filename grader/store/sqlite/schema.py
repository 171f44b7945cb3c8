"""Which schema a database has, and how it gets the newest one."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import SetupError
from grader.store.migrations.sqlite import SET, STEPS, TABLE
from grader.store.sqlite.connection import connect

if TYPE_CHECKING:
    from sqlite_utils import Database


def pending(path: Path) -> list[str]:
    """The steps that the database still needs. Raises SetupError when it is newer than this program."""
    with closing(connect(path)) as connection:
        return _pending(path, connection)


def migrate(path: Path, *, busy_timeout: float = 5.0) -> list[str]:
    """Take the steps that the database still needs, all or none, and name them.

    Raises SetupError when the database is newer than this program, or does not take a step.
    """
    with closing(connect(path, busy_timeout=busy_timeout)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")  # two programs at once: the second one finds nothing left to do
            steps = _pending(path, connection)
            _take(steps, connection)
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise SetupError(f"{path} cannot be migrated: {error}.") from error
    return steps


def make_ready(path: Path, *, busy_timeout: float = 5.0) -> None:
    """Give a new database its schema. Raises SetupError for an older schema, which is not changed unasked."""
    with closing(connect(path, busy_timeout=busy_timeout)) as connection:
        is_new = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
        steps = _pending(path, connection)
    if is_new:
        migrate(path, busy_timeout=busy_timeout)
    elif steps:
        raise SetupError(f"{path} has an older schema (missing: {', '.join(steps)}). Run: grader migrate")


def _pending(path: Path, connection: sqlite3.Connection) -> list[str]:
    """Read in plain SQL: a start that finds nothing to do need not wait for sqlite-utils, a third of a second."""
    recorded = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (TABLE,)).fetchone()
    found = connection.execute(f"SELECT name FROM {TABLE} WHERE migration_set = ?", (SET,)) if recorded else ()  # noqa: S608
    taken = {str(name) for (name,) in found}
    if newer := taken - STEPS.keys():
        raise SetupError(f"{path} has a newer schema ({', '.join(sorted(newer))}). Run a newer version of grader.")
    return [name for name in STEPS if name not in taken]


def _take(steps: list[str], connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database, Migrations  # noqa: PLC0415 - see _pending

    migrations = Migrations(SET)
    for name in steps:
        migrations(name=name)(_step(STEPS[name]))
    migrations.apply(Database(connection))


def _step(script: Path) -> "Callable[[Database], None]":
    """Not by `executescript`, which commits first, so that a step that fails would stay half done."""

    def run(database: "Database") -> None:
        for statement in _statements(script.read_text("utf-8")):
            database.conn.execute(statement)

    return run


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
