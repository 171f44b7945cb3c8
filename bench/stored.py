"""Attempts of a past that nobody lived through: as many rows as wanted, each like a real one."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.catalog.model import Course
from grader.grading.grade import Answer
from grader.identity.person import Person
from grader.identity.session import new_token
from grader.learning import attempts, learners, submission
from grader.learning.library import Library
from grader.learning.synchronise import synchronise
from grader.store.base import Tx
from grader.store.sqlite import SqliteStore
from grader.store.values import to_text

FEW = 10
EACH = 10
"""Attempts of a learner, each at another course of one track."""

_LEARNERS = """
WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :learners)
INSERT INTO learners (id, issuer, subject, name, email, kind, created_at, updated_at)
SELECT printf('00000000-past-%010d', n), 'past', n, 'Learner ' || n, n || '@past.example', 'INTERNAL', :at, :at
FROM numbers
"""
_CERTIFICATIONS = """
INSERT INTO user_certifications (id, learner, track, major, status, started_at)
SELECT 'c' || learners.id, learners.id, :track, 1, 'IN_PROGRESS', :at FROM learners WHERE issuer = 'past'
"""
_ATTEMPTS = """
INSERT INTO quiz_attempts (
    id, learner, course, revision, certification, number, status, passing_score, started_at, saved_at, submitted_at,
    score, responses, shown, grade
)
SELECT
    'a' || courses.position || learners.id, learners.id, courses.id, quizzes.revision, 'c' || learners.id, 1,
    model.status, model.passing_score, model.started_at, model.saved_at, model.submitted_at, model.score,
    model.responses, model.shown, model.grade
FROM learners
JOIN courses ON courses.track = :track
JOIN quizzes ON quizzes.course = courses.id
JOIN quiz_attempts AS model ON model.id = :model
WHERE learners.issuer = 'past'
LIMIT :attempts
"""
_EVENTS = """
INSERT INTO audit_events (at, actor, action, subject_kind, subject, details)
SELECT quiz_attempts.submitted_at, quiz_attempts.learner, actions.action, 'attempt', quiz_attempts.id,
    '{"revision":"' || quiz_attempts.revision || '"}'
FROM quiz_attempts
CROSS JOIN (SELECT 'attempt.started' AS action UNION ALL SELECT 'attempt.submitted') AS actions
"""


async def keep_attempts(folder: Path, count: int) -> None:
    """Write `count` finished attempts of other learners, each with two events, into a project's SQLite file."""
    path, artifacts = folder / "data" / "grader.db", read_artifacts(folder / "build")
    library, now = Library(artifacts), datetime.now(UTC)
    course = artifacts.catalog.tracks[-1].courses[0]
    store = SqliteStore.open(path)
    await store.transact(synchronise, library, now)
    model = await store.transact(_model, library, course, now)
    await store.close()
    _multiply(path, count, {"track": course.id.partition("/")[0], "model": model, "at": to_text(now)})


def _model(tx: Tx, library: Library, course: Course, now: datetime) -> str:
    """A real attempt, to be multiplied."""
    assert course.quiz
    entry = library.get_quiz(course.quiz.revision)
    person = Person(issuer="bench", subject="model", name="Model", email="model@example.org")
    learner = learners.sign_in(tx, person, new_token(), now=now, hours=1)
    attempt = attempts.start(tx, learner, entry, library, now=now).attempt
    answers = [Answer(question=name, response=key.right) for name, key in entry.key.questions.items()]
    return submission.submit(tx, learner, attempt.id, answers, library, now=now).attempt.id


def _multiply(path: Path, count: int, values: dict[str, str]) -> None:
    numbers = {"learners": -(-count // EACH), "attempts": count}
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # if the machine fails, the benchmark has failed anyway
        connection.execute("BEGIN")
        for statement in (_LEARNERS, _CERTIFICATIONS, _ATTEMPTS, _EVENTS):
            connection.execute(statement, values | numbers)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA optimize")
