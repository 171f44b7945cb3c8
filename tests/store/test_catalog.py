from datetime import datetime, timedelta
from typing import Any

import msgspec

from grader.catalog.model import QuizKey, QuizRules
from grader.questions.model import QuestionKey
from grader.store.base import Store, Tx
from grader.store.rows import QuizKeyRow, QuizRevisionRow, TrackRow
from grader.store.values import to_text
from tests.databases import rows


def courses(tx: Tx) -> list[tuple[Any, ...]]:
    return rows(tx, "SELECT id, minutes, required FROM courses WHERE active")


def quizzes(tx: Tx) -> list[tuple[str, str, QuizRules]]:
    """Those that can be taken: course, revision and rules."""
    found = rows(tx, "SELECT course, revision, rules FROM quizzes WHERE active")
    return [(course, name, msgspec.json.decode(rules, type=QuizRules)) for course, name, rules in found]


def revision(tx: Tx) -> QuizRevisionRow | None:
    return tx.find(QuizRevisionRow, "find_quiz_revision", revision="rev-1")


def insert_revision(tx: Tx, right: str, digest: str, now: datetime) -> int:
    return tx.run(
        "insert_quiz_revision",
        revision="rev-1",
        course="basics/intake",
        questions=(),
        topics=(),
        key=QuizKey(questions={"clock": QuestionKey(right=(right,))}),
        key_digest=digest,
        html=None,
        first_seen_at=now,
    )


async def test_it_works(filled: Store) -> None:
    """The catalog comes back as it was synchronised."""
    tracks = await filled.read(lambda tx: tx.list(TrackRow, "list_tracks"))
    found = await filled.read(revision)
    assert [(t.id, t.required, t.major, t.validity_months) for t in tracks] == [("basics", True, 1, None)]
    assert await filled.read(courses) == [("basics/intake", 15, True)]
    assert await filled.read(quizzes) == [("basics/intake", "rev-1", QuizRules(attempts=3))]
    assert found
    assert tuple(option.id for option in found.questions[0].options) == ("a1", "b2")
    assert found.key.questions["clock"].right == ("a1",)
    assert found.topics[0].title == "Intake"


async def test_vanished(filled: Store, now: datetime) -> None:
    """What a later catalog does not hold becomes inactive, and its revisions stay for review."""

    def synchronise(tx: Tx, at: datetime) -> list[int]:
        return [tx.run(f"deactivate_{noun}", now=at) for noun in ("tracks", "courses", "quizzes")]

    assert await filled.transact(synchronise, now) == [0, 0, 0]
    assert await filled.transact(synchronise, now + timedelta(microseconds=1)) == [1, 1, 1]
    assert await filled.read(lambda tx: tx.list(TrackRow, "list_tracks")) == []
    assert await filled.read(courses) == []
    assert await filled.read(quizzes) == []
    assert await filled.read(revision)


async def test_comes_back(filled: Store, now: datetime) -> None:
    """A quiz that returns to the catalog is active again."""

    def again(tx: Tx) -> None:
        tx.run("deactivate_quizzes", now=now + timedelta(days=1))
        tx.run(
            "upsert_quiz",
            course="basics/intake",
            revision="rev-1",
            rules=QuizRules(),
            now=now + timedelta(days=2),
        )

    await filled.transact(again)
    assert await filled.read(quizzes) == [("basics/intake", "rev-1", QuizRules())]


async def test_key_corrected(filled: Store, now: datetime) -> None:
    """A corrected key replaces the key of its revision, whose questions and first sight stay."""
    assert await filled.transact(insert_revision, "b2", "digest-2", now + timedelta(days=1)) == 1
    row = await filled.read(revision)
    assert row
    assert row.key.questions["clock"].right == ("b2",)
    assert ("digest-2", now, 1) == (row.key_digest, row.first_seen_at, len(row.questions))


async def test_key_unchanged(filled: Store, now: datetime) -> None:
    """The same key again writes nothing but a changed fact of the page."""
    await filled.transact(insert_revision, "a1", "digest-1", now)
    assert await filled.transact(insert_revision, "a1", "digest-1", now) == 0


async def test_quiz_changed(filled: Store, now: datetime) -> None:
    """When a course has a new revision, the old one is no current quiz any more."""

    def change(tx: Tx) -> None:
        tx.run(
            "insert_quiz_revision",
            revision="rev-2",
            course="basics/intake",
            questions=(),
            topics=(),
            key=QuizKey(questions={}),
            key_digest="digest-2",
            html=None,
            first_seen_at=now,
        )
        tx.run("upsert_quiz", course="basics/intake", revision="rev-2", rules=QuizRules(), now=now)

    await filled.transact(change)
    assert await filled.read(quizzes) == [("basics/intake", "rev-2", QuizRules())]


async def test_track_version(filled: Store, now: datetime) -> None:
    """A major version is released once, when it is first seen."""

    def see(tx: Tx, major: int, version: str, at: datetime) -> int:
        return tx.run("insert_track_version", track="basics", major=major, version=version, released_at=at)

    assert [
        await filled.transact(see, 1, "1.0", now),
        await filled.transact(see, 1, "1.1", now + timedelta(days=1)),
        await filled.transact(see, 2, "2.0", now + timedelta(days=2)),
    ] == [1, 0, 1]
    assert await filled.read(rows, "SELECT major, released_at FROM track_versions ORDER BY major") == [
        (1, to_text(now)),
        (2, to_text(now + timedelta(days=2))),
    ]


async def test_keys_stay(filled: Store, now: datetime) -> None:
    """Every key that a revision had is found by its digest, with the time of its first sight."""

    def insert(tx: Tx, right: str, digest: str, at: datetime) -> int:
        key = QuizKey(questions={"clock": QuestionKey(right=(right,))})
        return tx.run("insert_quiz_key", revision="rev-1", digest=digest, key=key, first_seen_at=at)

    def find(tx: Tx, digest: str) -> QuizKeyRow | None:
        return tx.find(QuizKeyRow, "find_quiz_key", revision="rev-1", digest=digest)

    later = now + timedelta(days=1)
    assert await filled.transact(insert, "a1", "digest-1", now) == 1
    assert await filled.transact(insert, "b2", "digest-2", later) == 1
    assert await filled.transact(insert, "a1", "digest-1", later) == 0
    found = await filled.read(find, "digest-1")
    assert found
    assert (found.key.questions["clock"].right, found.first_seen_at) == (("a1",), now)
    assert await filled.read(find, "digest-3") is None


async def test_html_stays(filled: Store, now: datetime) -> None:
    """How the questions look may change; a build that puts them into the page leaves what is kept."""

    def insert(tx: Tx, html: dict[str, str] | None) -> dict[str, str] | None:
        tx.run(
            "insert_quiz_revision",
            revision="rev-1",
            course="basics/intake",
            questions=(),
            topics=(),
            key=QuizKey(questions={}),
            key_digest="digest-1",
            html=html,
            first_seen_at=now,
        )
        found = revision(tx)
        assert found
        return found.html

    assert await filled.transact(insert, None) is None
    for html in ({"clock": "<p>One</p>"}, {"clock": "<p>Other</p>"}):
        assert await filled.transact(insert, html) == html
        assert await filled.transact(insert, None) == html
