"""Which schema a database has, and how it gets the newest one."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from grader.errors import SetupError
from grader.store.migrations.sqlite import MIGRATIONS
from grader.store.sqlite.connection import connect


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
            MIGRATIONS.apply(Database(connection))
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise SetupError(f"{path} cannot be migrated: {error}.") from error
    return steps


def make_ready(path: Path, *, busy_timeout: float = 5.0) -> None:
    """Give a new database its schema. Raises SetupError for an older schema, which is not changed unasked."""
    with closing(connect(path, busy_timeout=busy_timeout)) as connection:
        is_new = not Database(connection).table_names()
        steps = _pending(path, connection)
    if is_new:
        migrate(path, busy_timeout=busy_timeout)
    elif steps:
        raise SetupError(f"{path} has an older schema (missing: {', '.join(steps)}). Run: grader migrate")


def _pending(path: Path, connection: sqlite3.Connection) -> list[str]:
    database = Database(connection)
    taken = {step.name for step in MIGRATIONS.applied(database)}
    steps = [step.name for step in MIGRATIONS.pending(database)]
    newer = taken - {step.name for step in MIGRATIONS.pending(Database(memory=True))}
    if newer:
        raise SetupError(f"{path} has a newer schema ({', '.join(sorted(newer))}). Run a newer version of grader.")
    return steps
