"""The named queries against SQLite's own planner."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.store.named import load
from grader.store.sqlite.schema import migrate

HOT = (
    "find_session_learner",
    "find_learner",
    "find_quiz_revision",
    "find_quiz_key",
    "find_attempt",
    "find_open_attempt",
    "list_attempts",
    "list_newest_attempts",
    "list_attempt_ends",
    "save_responses",
    "finish_attempt",
    "list_overdue_attempts",
    "list_course_results",
    "list_learner_facts",
    "find_certification_of",
    "find_track",
    "find_certification",
    "find_certificate",
    "find_certificate_of",
    "list_certificates",
    "list_audit_events",
    "claim_outbox",
    "delete_expired_sessions",
)


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    migrate(tmp_path / "grader.db")
    connection = sqlite3.connect(tmp_path / "grader.db")
    yield connection
    connection.close()


@pytest.mark.parametrize("name", load("sqlite3"))
def test_prepares(connection: sqlite3.Connection, name: str) -> None:
    """Every query fits the schema."""
    query = load("sqlite3")[name]
    connection.execute(f"EXPLAIN {query.sql}", dict.fromkeys(query.parameters))


@pytest.mark.parametrize("name", HOT)
def test_uses_an_index(connection: sqlite3.Connection, name: str) -> None:
    """A query of the daily work reads no whole table."""
    query = load("sqlite3")[name]
    plan = connection.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.parameters, "x"))
    steps = [step for *_, step in plan]
    assert steps
    assert [step for step in steps if step.startswith("SCAN")] == []


@pytest.mark.parametrize("change", ["UPDATE audit_events SET at = 'x'", "DELETE FROM audit_events"])
def test_audit_is_append_only(connection: sqlite3.Connection, change: str) -> None:
    """Even outside the named queries an audit event is neither changed nor deleted."""
    query = load("sqlite3")["insert_audit_event"]
    connection.execute(query.sql, dict.fromkeys(query.parameters, "x"))
    with pytest.raises(sqlite3.IntegrityError, match="audit events are never"):
        connection.execute(change)
