"""What the store holds, in the words of the model, and what the audit trail has told of it."""

from datetime import datetime
from typing import Any, NamedTuple

from grader.store.base import Tx
from tests.laws.things import Attempt, Certificate, Waiver

Facts = dict[tuple[str, str], tuple[Any, ...]]
"""By kind and id: whatever may change only with a word in the audit trail."""

FACTS = {
    "attempt": """
        SELECT q.id, q.learner, q.course, q.number, q.status, q.score, u.major, q.scope, q.timed_out, q.started_at,
            q.due_at, q.submitted_at
        FROM quiz_attempts q JOIN user_certifications u ON u.id = q.certification
    """,
    "certificate": """
        SELECT number, learner, track, major, edition, issued_at, expires_at, revoked_at, superseded_by,
            revoked_reason
        FROM certificates
    """,
    "certification": "SELECT id, learner, track, major, status, completed_at FROM user_certifications",
    "waiver": "SELECT id, learner, track, course, ends_at, withdrawn_at FROM waivers",
    "learner": "SELECT id, name, email, role FROM learners",
}

TIMES = {"attempt": (9, 10, 11), "certificate": (5, 6, 7), "certification": (5,), "waiver": (4, 5), "learner": ()}
"""Which columns are times: SQLite keeps them as texts."""


class Told(NamedTuple):
    last: int  # of the audit trail
    about: frozenset[tuple[str, str]]  # since the last look


def rows(tx: Tx, sql: str) -> list[tuple[Any, ...]]:
    """Past the store's named queries."""
    found: list[tuple[Any, ...]] = tx.connection.execute(sql).fetchall()  # type: ignore[attr-defined]
    return found


def look(tx: Tx) -> Facts:
    return {(kind, row[0]): _timed(row, TIMES[kind]) for kind, sql in FACTS.items() for row in rows(tx, sql)}


def trail(tx: Tx, last: int) -> Told:
    found = rows(tx, f"SELECT id, subject_kind, subject FROM audit_events WHERE id > {last} ORDER BY id")
    return Told(found[-1][0] if found else last, frozenset((kind, subject) for _, kind, subject in found))


def _timed(row: tuple[Any, ...], columns: tuple[int, ...]) -> tuple[Any, ...]:
    return tuple(
        datetime.fromisoformat(value) if place in columns and isinstance(value, str) else value
        for place, value in enumerate(row)
    )


def of_attempt(one: Attempt, learner: str) -> tuple[Any, ...]:
    """As its row would be, without the id."""
    scope = "RENEWAL" if one.renewal else "FULL"
    return (
        learner,
        one.course,
        one.number,
        one.status,
        one.score,
        one.major,
        scope,
        one.timed_out,
        one.started,
        one.due,
        one.ended,
    )


def of_certificate(one: Certificate, learner: str) -> tuple[Any, ...]:
    return (
        one.number,
        learner,
        one.track,
        one.major,
        one.edition,
        one.issued,
        one.expires,
        one.revoked,
        one.superseded_by,
        one.reason,
    )


def of_waiver(one: Waiver, learner: str) -> tuple[Any, ...]:
    """As its row would be, without the id."""
    return (learner, one.track, one.course, one.ends, one.withdrawn)
