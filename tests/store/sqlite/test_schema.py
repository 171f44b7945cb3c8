import sqlite3
import threading
from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.store.migrations.sqlite import TABLE
from grader.store.sqlite import SqliteStore
from grader.store.sqlite.schema import migrate, pending

STEPS = ["sqlite_0001", "sqlite_0002"]
TABLES = {
    "organizations",
    "learners",
    "sessions",
    "certification_tracks",
    "track_versions",
    "courses",
    "quizzes",
    "quiz_revisions",
    "quiz_attempts",
    "user_certifications",
    "certificates",
    "certificate_counters",
    "quiz_keys",
    "activities",
    "waivers",
    "course_credits",
    "catalog_states",
    "audit_events",
    "outbox",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "grader.db"


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.commit()
        connection.close()


def test_it_works(path: Path) -> None:
    """A new database needs every step, takes them once, and then needs none."""
    assert pending(path) == STEPS
    assert migrate(path) == STEPS
    assert pending(path) == []
    assert migrate(path) == []


def test_every_table_is_strict(path: Path) -> None:
    """The schema has the tables of the design, and no column takes a value of another type."""
    migrate(path)
    tables = {
        name: strict
        for _, name, kind, _, _, strict in rows(path, "PRAGMA table_list")
        if kind == "table" and not str(name).startswith(("sqlite_", "_sqlite"))
    }
    assert dict.fromkeys(TABLES, 1) == tables


def test_foreign_keys_have_an_index(path: Path) -> None:
    """Each reference can be followed backwards without reading a whole table, but for three that are seldom asked."""
    migrate(path)
    bare = [
        (table, column[3])
        for table in sorted(TABLES)
        for column in rows(path, f"PRAGMA foreign_key_list({table})")
        if column[3]
        not in {
            first
            for index in rows(path, f"PRAGMA index_list({table})")
            for _, _, first in rows(path, f"PRAGMA index_info({index[1]})")[:1]
        }
    ]
    assert bare == [("certificates", "superseded_by"), ("quiz_attempts", "certification"), ("quiz_attempts", "course")]


def test_two_at_once(path: Path) -> None:
    """Of programs that migrate at the same time one takes the steps, and none fails."""
    taken: list[list[str]] = []
    threads = [threading.Thread(target=lambda: taken.append(migrate(path))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [steps for steps in taken if steps] == [STEPS]
    assert len(taken) == 8


def test_fails_whole(path: Path) -> None:
    """A step that fails leaves nothing behind."""
    rows(path, "CREATE TABLE outbox (id)")
    with pytest.raises(SetupError, match="outbox already exists"):
        migrate(path)
    assert rows(path, "SELECT name FROM sqlite_master") == [("outbox",)]


async def test_older_schema(path: Path) -> None:
    """An older database is not changed unasked: the error names the command."""
    migrate(path)
    rows(path, f"DELETE FROM {TABLE}")
    with pytest.raises(SetupError, match=r"grader\.db has an older schema .*Run: grader migrate"):
        SqliteStore.open(path)


async def test_upgrade(path: Path) -> None:
    """A database is opened and brought up to date when that is asked for."""
    store = SqliteStore.open(path, upgrade=True)
    await store.close()
    assert pending(path) == []


def test_newer_schema(path: Path) -> None:
    """A database that a newer program has changed is left alone."""
    migrate(path)
    rows(path, f"INSERT INTO {TABLE} VALUES (99, 'grader', 'sqlite_9999', 'later')")
    for refused in (pending, migrate, SqliteStore.open):
        with pytest.raises(SetupError, match=r"newer schema \(sqlite_9999\)"):
            refused(path)
