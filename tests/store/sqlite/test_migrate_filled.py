"""A database of the first release, with somebody's facts in it, is brought to today's schema."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from grader.certificates.model import Certificate
from grader.errors import SetupError
from grader.store.base import Tx
from grader.store.rows import AttemptRow
from grader.store.sqlite import SqliteStore
from grader.store.sqlite.connection import connect
from grader.store.sqlite.schema import _take, migrate

AT = "2026-11-23T10:00:00.000000Z"
LATER = "2027-11-23T10:00:00.000000Z"

# Of two certificates the first was superseded by the second, which was revoked; passed, failed and open attempts.
FACTS: dict[str, list[tuple[object, ...]]] = {
    "organizations": [("acme", "Acme", AT)],
    "learners": [
        ("alice", "https://id.example", "1", "Alice", "alice@example.org", "TENANT", "acme", "learner", AT, AT),
        ("bob", "https://id.example", "2", "Bob", "bob@example.org", "INTERNAL", None, "operator", AT, AT),
    ],
    "sessions": [("hash", "alice", AT, LATER)],
    "certification_tracks": [
        ("basics", "Basics", "PLATFORM_FUNDAMENTALS", "FOUNDATION", 1, "2.0", 2, 90, 24, "basics/", 1, 0, AT)
    ],
    "track_versions": [("basics", 1, "1.0", AT), ("basics", 2, "2.0", LATER)],
    "courses": [("basics/intake", "basics", "Intake", "TEXT", 15, 1, "basics/intake/", "2.0", 1, 0, AT)],
    "quiz_revisions": [("rev-1", "basics/intake", "[]", "[]", '{"questions":{}}', "digest-1", AT)],
    "quizzes": [("basics/intake", "rev-1", "{}", 1, AT)],
    "user_certifications": [
        ("one", "alice", "basics", 1, "COMPLETED", AT, AT, "1.0"),
        ("two", "alice", "basics", 2, "COMPLETED", AT, LATER, "2.0"),
        ("three", "bob", "basics", 2, "IN_PROGRESS", AT, None, None),
    ],
    "quiz_attempts": [
        ("a", "alice", "basics/intake", "rev-1", "one", 1, "FAILED", 0.8, AT, AT, AT, 0.5, "[]", None, "{}"),
        ("b", "alice", "basics/intake", "rev-1", "one", 2, "PASSED", 0.8, AT, None, AT, 1.0, "[]", None, "{}"),
        ("c", "bob", "basics/intake", "rev-1", "three", 1, "IN_PROGRESS", 0.8, AT, AT, None, None, "[1]", None, None),
    ],
    "certificates": [
        (
            *("CERT-2026-00001", "one", "alice", "Alice", "Acme", "basics", "Basics", "FOUNDATION", "1.0", AT, LATER),
            *(None, None, "CERT-2027-00001", "AAAA-BBBB-CCCC", '["Intake"]'),
        ),
        (
            *("CERT-2027-00001", "two", "alice", "Alice", None, "basics", "Basics", "FOUNDATION", "2.0", LATER, None),
            *(LATER, "fraud", None, "DDDD-EEEE-FFFF", '["Intake"]'),
        ),
    ],
    "certificate_counters": [(2026, 1), (2027, 1)],
    "audit_events": [(7, AT, "alice", "attempt.submitted", "attempt", "b", '{"score":1.0}')],
    "outbox": [(9, "certificate.pdf", "CERT-2026-00001", "{}", AT, AT, 1, AT, None)],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled database of schema 1."""
    path = tmp_path / "grader.db"
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _take(["sqlite_0001"], connection)
        connection.execute("PRAGMA defer_foreign_keys = ON")  # the first certificate names the second
        for table, rows in FACTS.items():
            for row in rows:
                connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
        connection.execute("COMMIT")
    return path


def contents(path: Path) -> dict[str, list[dict[str, object]]]:
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")] for table in FACTS}


def test_it_works(path: Path) -> None:
    """Every fact of every table is there afterwards, and nothing breaks a reference."""
    before = contents(path)
    assert {table: len(rows) for table, rows in FACTS.items()} == {table: len(rows) for table, rows in before.items()}
    assert migrate(path) == ["sqlite_0002"]
    for table, rows in contents(path).items():
        known = [{name: row[name] for name in before[table][0]} for row in rows]
        assert known == before[table], table
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT * FROM quiz_keys").fetchall() == [
            ("rev-1", "digest-1", '{"questions":{}}', AT)
        ]


def test_refused_before(path: Path) -> None:
    """Until then the start is refused, and says what to run."""
    before = contents(path)
    with pytest.raises(SetupError, match=r"older schema \(missing: sqlite_0002\)\. Run: grader migrate"):
        SqliteStore.open(path)
    assert contents(path) == before


async def test_used_afterwards(path: Path) -> None:
    """The store reads the old facts as its rows, and continues the numbers."""
    store = SqliteStore.open(path, upgrade=True)

    def look(tx: Tx) -> tuple[Certificate | None, AttemptRow | None]:
        return (
            tx.find(Certificate, "find_certificate", number="CERT-2026-00001"),
            tx.find(AttemptRow, "find_attempt", id="b"),
        )

    certificate, attempt = await store.read(look)
    assert certificate is not None
    assert (certificate.major, certificate.edition, certificate.superseded_by) == (1, 1, "CERT-2027-00001")
    assert attempt is not None
    assert (attempt.scope, attempt.timed_out, attempt.due_at, attempt.score) == ("FULL", False, None, 1.0)
    assert await store.transact(lambda tx: tx.find(int, "next_certificate_number", year=2027)) == 2
    await store.close()


@pytest.mark.parametrize("statement", ["UPDATE audit_events SET at = 'x'", "DELETE FROM audit_events"])
def test_audit_stays_protected(path: Path, statement: str) -> None:
    """Audit events are append-only afterwards, too."""
    migrate(path)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never"):
        connection.execute(statement)


def test_fails_whole(path: Path) -> None:
    """A database that does not take the step stays as it was."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE waivers (id)")
    before = contents(path)
    with pytest.raises(SetupError, match="waivers already exists"):
        migrate(path)
    assert contents(path) == before
