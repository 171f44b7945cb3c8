"""`grader migrate`, on both databases."""

import sqlite3
from contextlib import closing
from pathlib import Path

from grader.store.sqlite.connection import connect
from grader.store.sqlite.schema import _take
from tests.cli.running import Command, refusal
from tests.databases import Databases


def test_older_schema(tmp_path: Path) -> None:
    """A file of an earlier release is refused with the command to run, which brings it to today's schema, once."""
    with closing(connect(tmp_path / "data" / "grader.db")) as connection:
        _take(["sqlite_0001"], connection)
    grader = Command(tmp_path)
    assert "has an older schema (missing: sqlite_0002). Run: grader migrate" in refusal(grader.run("backup", "b.zip"))
    assert grader.run("migrate").stdout == "Taken: sqlite_0002\n"
    assert grader.run("migrate").stdout == "The schema is up to date.\n"
    with closing(sqlite3.connect(tmp_path / "data" / "grader.db")) as connection:
        assert connection.execute("SELECT count(*) FROM waivers").fetchone() == (0,)


def test_postgresql(tmp_path: Path, postgres: Databases) -> None:
    """An empty database on a server gets its schema."""
    name = postgres.new_empty()
    grader, url = Command(tmp_path), postgres.server.url(name)
    assert grader.run("migrate", GRADER_DATABASE=url).stdout == "Taken: postgresql_0002\n"
    assert grader.run("migrate", GRADER_DATABASE=url).stdout == "The schema is up to date.\n"
    postgres.drop(name)


def test_password_in_a_file(tmp_path: Path, postgres: Databases) -> None:
    """The address with its password may be in a file of its own."""
    name = postgres.new_empty()
    (tmp_path / "secret").write_text(postgres.server.tcp(name) + "\n")
    done = Command(tmp_path).run("migrate", GRADER_DATABASE_FILE=str(tmp_path / "secret"))
    assert done.stdout == "Taken: postgresql_0002\n"
    postgres.drop(name)
