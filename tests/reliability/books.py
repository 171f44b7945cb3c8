"""The database as an auditor reads it: past the grader, with SQL of the auditor's own."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from bench.postgresql import Server

Row = tuple[Any, ...]


class Books(Protocol):
    @property
    def url(self) -> str:
        """The setting `database`."""
        ...

    def rows(self, sql: str) -> Sequence[Row]: ...

    def damage(self) -> Sequence[str]:
        """What the database itself finds wrong with its files."""
        ...


class SqliteBooks(NamedTuple):
    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def rows(self, sql: str) -> Sequence[Row]:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            return connection.execute(sql).fetchall()

    def damage(self) -> Sequence[str]:
        found = [str(row[0]) for row in self.rows("PRAGMA integrity_check") if row[0] != "ok"]
        return found + [f"foreign key: {row}" for row in self.rows("PRAGMA foreign_key_check")]


class PostgresBooks(NamedTuple):
    server: Server
    name: str

    @property
    def url(self) -> str:
        return self.server.url(self.name)

    def rows(self, sql: str) -> Sequence[Row]:
        return self.server.execute(sql, self.name)

    def damage(self) -> Sequence[str]:
        """Reads every page, and PostgreSQL compares each with its checksum; then every reference is followed."""
        assert self.rows("SHOW data_checksums") == [("on",)]
        for (table,) in self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
            self.rows(f"SELECT COUNT(*) FROM {table}")
        return [
            f"foreign key: {name} {rows}"
            for name, table, column, other, key in self.rows(REFERENCES)
            if (
                rows := self.rows(
                    f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"
                    f" AND NOT EXISTS (SELECT 1 FROM {other} o WHERE o.{key} = {table}.{column})"
                )
            )
        ]


REFERENCES = """
    SELECT c.conname, c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, o.attname
    FROM pg_constraint c
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute o ON o.attrelid = c.confrelid AND o.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND CARDINALITY(c.conkey) = 1
"""

RULES = {
    "A learner has one open attempt at a course": """
        SELECT learner, course FROM quiz_attempts WHERE status = 'IN_PROGRESS'
        GROUP BY learner, course HAVING COUNT(*) > 1
    """,
    "Attempts are counted 1, 2, 3": """
        SELECT learner, course, COUNT(*), MAX(number) FROM quiz_attempts
        GROUP BY learner, course HAVING MIN(number) <> 1 OR MAX(number) <> COUNT(*)
    """,
    "A finished attempt has its grade, an open one has none": """
        SELECT id, status FROM quiz_attempts
        WHERE (status = 'IN_PROGRESS') <> (grade IS NULL) OR (status = 'IN_PROGRESS') <> (score IS NULL)
    """,
    "A person is one learner": """
        SELECT issuer, subject FROM learners GROUP BY issuer, subject HAVING COUNT(*) > 1
    """,
    "A learner has one certification for a track's major version": """
        SELECT learner, track, major FROM user_certifications GROUP BY learner, track, major HAVING COUNT(*) > 1
    """,
    "A completed certification has a certificate": """
        SELECT id FROM user_certifications WHERE status = 'COMPLETED'
        AND NOT EXISTS (SELECT 1 FROM certificates WHERE certification = user_certifications.id)
    """,
    "Whoever has passed all required courses is certified": """
        SELECT u.id, u.status FROM user_certifications u WHERE u.status <> 'COMPLETED' AND NOT EXISTS (
            SELECT 1 FROM courses c WHERE c.track = u.track AND c.required AND c.active AND NOT EXISTS (
                SELECT 1 FROM quiz_attempts q
                WHERE q.certification = u.id AND q.course = c.id AND q.status = 'PASSED'
            )
        )
    """,
    "A certificate belongs to a completed certification": """
        SELECT number FROM certificates WHERE NOT EXISTS (
            SELECT 1 FROM user_certifications WHERE id = certification AND status = 'COMPLETED'
        )
    """,
    "A certification has editions 1, 2, 3 of its certificate": """
        SELECT certification FROM certificates
        GROUP BY certification HAVING MIN(edition) <> 1 OR MAX(edition) <> COUNT(*)
    """,
    "Certificate numbers of a year have no gaps": """
        SELECT SUBSTR(number, 1, 9), COUNT(*), MIN(number), MAX(number) FROM certificates
        GROUP BY SUBSTR(number, 1, 9)
        HAVING MIN(CAST(SUBSTR(number, 11) AS INTEGER)) <> 1 OR MAX(CAST(SUBSTR(number, 11) AS INTEGER)) <> COUNT(*)
    """,
    "The counter of a year is its last number": """
        SELECT year, last FROM certificate_counters
        WHERE last <> (SELECT COUNT(*) FROM certificates WHERE SUBSTR(number, 6, 4) = CAST(year AS TEXT))
    """,
    "A certificate's PDF was asked for": """
        SELECT number FROM certificates
        WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'certificate.pdf' AND subject = number)
    """,
    "The start of an attempt stands in the audit trail, once": """
        SELECT id FROM quiz_attempts WHERE 1 <> (
            SELECT COUNT(*) FROM audit_events
            WHERE subject_kind = 'attempt' AND subject = quiz_attempts.id AND action = 'attempt.started'
        )
    """,
    "The end of an attempt stands in the audit trail, once": """
        SELECT id, status FROM quiz_attempts
        WHERE CASE status WHEN 'IN_PROGRESS' THEN 0 ELSE 1 END <> (
            SELECT COUNT(*) FROM audit_events
            WHERE subject_kind = 'attempt' AND subject = quiz_attempts.id
            AND action IN ('attempt.submitted', 'attempt.timed-out')
        )
    """,
    "The completion of a certification stands in the audit trail, once": """
        SELECT id, status FROM user_certifications
        WHERE CASE status WHEN 'COMPLETED' THEN 1 ELSE 0 END <> (
            SELECT COUNT(*) FROM audit_events WHERE subject_kind = 'certification'
            AND subject = user_certifications.id AND action = 'certification.completed'
        )
    """,
    "The issue of a certificate stands in the audit trail, once": """
        SELECT number FROM certificates WHERE 1 <> (
            SELECT COUNT(*) FROM audit_events
            WHERE subject_kind = 'certificate' AND subject = number AND action = 'certificate.issued'
        )
    """,
    "The audit trail tells of nothing that is not there": """
        SELECT e.id, e.action, e.subject FROM audit_events e
        WHERE (e.subject_kind = 'attempt' AND NOT EXISTS (SELECT 1 FROM quiz_attempts WHERE id = e.subject))
        OR (e.subject_kind = 'certification' AND NOT EXISTS (SELECT 1 FROM user_certifications WHERE id = e.subject))
        OR (e.subject_kind = 'certificate' AND NOT EXISTS (SELECT 1 FROM certificates WHERE number = e.subject))
        OR (e.subject_kind = 'learner' AND NOT EXISTS (SELECT 1 FROM learners WHERE id = e.subject))
    """,
    "A learner's first sign-in stands in the audit trail": """
        SELECT id FROM learners WHERE NOT EXISTS (
            SELECT 1 FROM audit_events WHERE subject_kind = 'learner' AND subject = learners.id
            AND action = 'learner.signed-in'
        )
    """,
}
"""What always holds, each with a query for the rows that break it."""


def complaints(books: Books) -> list[str]:
    """Each rule that does not hold, with the first rows that break it; and what is wrong with the files."""
    broken = [(rule, books.rows(sql)) for rule, sql in RULES.items()]
    return [f"{rule}: not {list(rows[:3])}" for rule, rows in broken if rows] + list(books.damage())
