"""The schema on SQLite, step by step."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("grader")


@MIGRATIONS()
def sqlite_0001(db: Database) -> None:
    """All that the first release keeps."""
    _run(db, Path(__file__).with_name("sqlite_0001.sql"))


@MIGRATIONS()
def sqlite_0002(db: Database) -> None:
    """Limits, corrected keys, renewals, waivers, reissues."""
    _run(db, Path(__file__).with_name("sqlite_0002.sql"))


def _run(db: Database, script: Path) -> None:
    """Not by `executescript`, which commits first, so that a step that fails would stay half done."""
    for statement in _statements(script.read_text("utf-8")):
        db.conn.execute(statement)


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
