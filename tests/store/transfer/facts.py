"""Something in every table, in the forms that both databases take."""

from grader.store.base import Tx
from tests.databases import execute

AT, LATER = "2026-11-23T10:00:00.123456Z", "2027-11-23T10:00:00.000000Z"
NAME = 'Zoë "O\\\'Neil"\t山田\n\U0001f393'

FACTS: dict[str, list[tuple[str | float | bool | None, ...]]] = {
    "organizations": [("acme", "=Acme, Inc.", AT), ("Zeta", "Zeta", AT)],
    "learners": [
        ("alice", "https://id.example", "1", NAME, "alice@example.org", "TENANT", "acme", "learner", AT, AT),
        ("bob", "https://id.example", "2", "Bob", "bob@example.org", "INTERNAL", None, "operator", AT, LATER),
    ],
    "sessions": [("SECRET-hash", "alice", AT, LATER)],
    "certification_tracks": [
        ("basics", "Basics", "PLATFORM_FUNDAMENTALS", "FOUNDATION", True, "2.0", 2, 90, 24, "basics/", True, 0, AT),
        ("gone", "Gone", "CASE_MANAGEMENT", "ADVANCED", False, "1.0", 1, 0, None, "gone/", False, 1, AT),
    ],
    "track_versions": [("basics", 10, "10.0", AT), ("basics", 2, "2.0", LATER)],
    "courses": [("basics/intake", "basics", "Intake", "TEXT", 15, True, "basics/intake/", None, True, 0, AT)],
    "quiz_revisions (revision, course, questions, topics, key, key_digest, first_seen_at, html)": [
        ("rev-1", "basics/intake", '[{"id": "q"}]', "[]", '{"SECRET-key": "\\u0000"}', "digest-1", AT, None),
        ("rev-2", "basics/intake", "[]", "[]", "{}", "digest-2", AT, '{"q": "<p>"}'),
    ],
    "quiz_keys": [("rev-1", "digest-1", '{"SECRET-key": 1}', AT)],
    "quizzes": [("basics/intake", "rev-1", '{"z": 1, "a": 2}', True, AT)],
    "user_certifications": [
        ("one", "alice", "basics", 1, "COMPLETED", AT, AT, "1.0"),
        ("two", "alice", "basics", 2, "COMPLETED", AT, LATER, "2.0"),
        ("three", "bob", "basics", 2, "IN_PROGRESS", AT, None, None),
    ],
    (
        "quiz_attempts (id, learner, course, revision, certification, number, status, passing_score, started_at, "
        "submitted_at, score, responses, grade, timed_out)"
    ): [
        ("a", "alice", "basics/intake", "rev-1", "one", 1, "FAILED", 0.8, AT, AT, 1 / 3, "[]", "{}", True),
        ("b", "alice", "basics/intake", "rev-1", "one", 2, "PASSED", 0.8, AT, LATER, 1.0, "[]", "{}", False),
        ("c", "bob", "basics/intake", "rev-2", "three", 1, "IN_PROGRESS", 0.8, AT, None, None, "[1]", None, False),
    ],
    "activities": [("x", "bob", "basics/intake", "PRACTICE", "rev-9", "q", '["o1"]', True, AT)],
    "waivers": [("w", "bob", "basics", None, "on leave", "alice", AT, LATER, None, None)],
    "course_credits": [("two", "basics/intake", "one", AT)],
    (
        "certificates (number, certification, edition, learner, name, organization, track, major, track_title, level, "
        "version, issued_at, expires_at, revoked_at, revoked_reason, superseded_by, code, courses)"
    ): [
        (
            *("CERT-2026-00001", "one", 1, "alice", NAME, "=Acme, Inc.", "basics", 1, "Basics", "FOUNDATION", "1.0"),
            *(AT, LATER, None, None, "CERT-2027-00001", "SECRET-code", '["Intake"]'),
        ),
        (
            *("CERT-2027-00001", "two", 1, "alice", NAME, None, "basics", 2, "Basics", "FOUNDATION", "2.0"),
            *(LATER, None, LATER, "fraud", None, "SECRET-code", "[]"),
        ),
    ],
    "certificate_counters": [(2026, 1), (2027, 1)],
    "catalog_states": [(1, "digest", AT)],
    "audit_events": [(7, AT, "alice", "attempt.submitted", "attempt", "b", '{"score": 1.0}')],
    "outbox": [(9, "certificate.pdf", "CERT-2026-00001", "{}", AT, AT, 1, None, "no browser")],
}


def fill(tx: Tx) -> None:
    """All rows of a table in one statement: a certificate may name a later one."""
    for table, rows in FACTS.items():
        values = ", ".join(f"({', '.join(_literal(cell) for cell in row)})" for row in rows)
        execute(tx, f"INSERT INTO {table} VALUES {values}")


def _literal(cell: object) -> str:
    if cell is None:
        return "NULL"
    if isinstance(cell, bool):
        return str(cell).upper()
    return "'{}'".format(cell.replace("'", "''")) if isinstance(cell, str) else repr(cell)
