import asyncio
from datetime import datetime, timedelta

import pytest

from grader.store.base import ConstraintViolationError, Store, Tx, UniqueViolationError, Value
from grader.store.rows import AttemptEnd, AttemptRow, CourseResult

RESPONSES = ({"question": "clock", "response": ("a1",)},)


def start(tx: Tx, /, number: int, now: datetime, **changed: Value) -> int:
    facts: dict[str, Value] = {
        "id": f"attempt-{number}",
        "learner": "alice",
        "course": "basics/intake",
        "revision": "rev-1",
        "certification": None,
        "number": number,
        "passing_score": 0.8,
        "started_at": now,
        "responses": (),
        "shown": ({"question": "clock", "options": ["a1", "b2"]},),
        "scope": "FULL",
        "due_at": None,
    }
    return tx.run("insert_attempt", **(facts | changed))


def finish(tx: Tx, number: int, now: datetime, status: str, score: float | None) -> int:
    return tx.run(
        "finish_attempt",
        id=f"attempt-{number}",
        status=status,
        submitted_at=now,
        timed_out=False,
        score=score,
        responses=RESPONSES,
        grade={"score": score},
        key_digest="digest-1",
    )


def attempt(tx: Tx, number: int) -> AttemptRow | None:
    return tx.find(AttemptRow, "find_attempt", id=f"attempt-{number}")


def open_attempt(tx: Tx, learner: str = "alice") -> AttemptRow | None:
    return tx.find(AttemptRow, "find_open_attempt", learner=learner, course="basics/intake")


def results(tx: Tx) -> list[CourseResult]:
    return tx.list(CourseResult, "list_course_results", learner="alice", track="")


async def test_it_works(filled: Store, now: datetime) -> None:
    """An attempt is started, its draft saved, and it is finished; then it is open no more."""
    assert await filled.transact(start, 1, now) == 1
    saved: dict[str, Value] = {"id": "attempt-1", "responses": RESPONSES, "saved_at": now + timedelta(minutes=1)}
    assert await filled.transact(lambda tx: tx.run("save_responses", **saved)) == 1
    draft = await filled.read(open_attempt)
    assert draft
    assert (draft.status, draft.shown, draft.grade) == (
        "IN_PROGRESS",
        [{"question": "clock", "options": ["a1", "b2"]}],
        None,
    )
    assert draft.responses == [{"question": "clock", "response": ["a1"]}]
    assert await filled.transact(finish, 1, now + timedelta(minutes=2), "PASSED", 1.0) == 1
    done = await filled.read(attempt, 1)
    assert done
    assert (done.status, done.score, done.grade) == ("PASSED", 1.0, {"score": 1.0})
    assert await filled.read(open_attempt) is None


async def test_one_open_attempt(filled: Store, now: datetime) -> None:
    """Of many starts at once one writes; another learner and a finished attempt are no obstacle."""
    starts = await asyncio.gather(*(filled.transact(start, number, now) for number in range(1, 65)))
    assert sum(starts) == 1
    assert await filled.transact(start, 100, now, learner="bob") == 1
    begun = await filled.read(open_attempt)
    assert begun
    await filled.transact(finish, begun.number, now, "FAILED", 0.0)
    assert await filled.transact(start, 101, now) == 1


async def test_number_twice(filled: Store, now: datetime) -> None:
    """No two attempts of a learner at a course have the same number."""
    await filled.transact(start, 1, now)
    await filled.transact(finish, 1, now, "FAILED", 0.0)
    with pytest.raises(UniqueViolationError, match="number"):
        await filled.transact(start, 1, now, id="other")


async def test_finished_stays(filled: Store, now: datetime) -> None:
    """A finished attempt is neither saved nor finished again."""
    await filled.transact(start, 1, now)
    await filled.transact(finish, 1, now, "FAILED", 0.5)
    saved: dict[str, Value] = {"id": "attempt-1", "responses": (), "saved_at": now}
    assert await filled.transact(lambda tx: tx.run("save_responses", **saved)) == 0
    assert await filled.transact(finish, 1, now, "PASSED", 1.0) == 0


@pytest.mark.parametrize(
    ("status", "score"),
    [("PASSED", None), ("PASSED", 1.01), ("FAILED", -0.1), ("DONE", 1.0), ("IN_PROGRESS", 1.0)],
)
async def test_impossible(filled: Store, now: datetime, status: str, score: float | None) -> None:
    """A finished attempt has one of two states and a score of 0..1."""
    await filled.transact(start, 1, now)
    with pytest.raises(ConstraintViolationError):
        await filled.transact(finish, 1, now, status, score)


async def test_unknown_revision(filled: Store, now: datetime) -> None:
    """An attempt is at a revision that is kept."""
    with pytest.raises(ConstraintViolationError):
        await filled.transact(start, 1, now, revision="rev-9")


def certify(tx: Tx, now: datetime) -> None:
    """Alice begins to be certified for two major versions of the track."""
    for major in (1, 2):
        tx.find(
            str,
            "upsert_certification",
            id=f"v{major}",
            learner="alice",
            track="basics",
            major=major,
            started_at=now,
        )


def three(tx: Tx, now: datetime) -> None:
    """Failed with 0.5, passed with 0.8, and one more is open."""
    certify(tx, now)
    start(tx, 1, now, certification="v1")
    finish(tx, 1, now, "FAILED", 0.5)
    start(tx, 2, now, certification="v1")
    finish(tx, 2, now + timedelta(hours=1), "PASSED", 0.8)
    start(tx, 3, now + timedelta(hours=2), certification="v1")


async def test_newest_first(filled: Store, now: datetime) -> None:
    """A learner's attempts come newest first, by quiz revision or by course."""
    await filled.transact(three, now)
    by_revision = await filled.read(lambda tx: tx.list(AttemptRow, "list_attempts", learner="alice", revision="rev-1"))
    ends = await filled.read(
        lambda tx: tx.list(AttemptEnd, "list_attempt_ends", learner="alice", course="basics/intake")
    )
    assert [row.number for row in by_revision] == [3, 2, 1]
    assert [(row.number, row.certification, row.submitted_at) for row in by_revision] == [
        (end.number, end.certification, end.submitted_at) for end in ends
    ]


async def test_course_results(filled: Store, now: datetime) -> None:
    """A course once passed stays passed, with the score of the best pass, while another attempt is open."""
    await filled.transact(three, now)
    assert [
        CourseResult(
            track="basics",
            major=1,
            course="basics/intake",
            status="PASSED",
            score=0.8,
            attempts=3,
            last_started_at=now + timedelta(hours=2),
            last_passed_at=now + timedelta(hours=1),
        )
    ] == await filled.read(results)


async def test_score_of_the_pass(filled: Store, now: datetime) -> None:
    """The score of a passed course is that of its best pass, though a better score once failed a stricter quiz."""

    def work(tx: Tx) -> None:
        certify(tx, now)
        for number, (status, score) in enumerate((("FAILED", 0.9), ("PASSED", 0.8), ("PASSED", 0.85)), start=1):
            start(tx, number, now, certification="v1")
            finish(tx, number, now, status, score)

    await filled.transact(work)
    assert [result.score for result in await filled.read(results)] == [0.85]


async def test_course_results_without_pass(filled: Store, now: datetime) -> None:
    """Without a pass a course is in progress while an attempt is open, else failed with the best score."""
    await filled.transact(certify, now)
    await filled.transact(start, 1, now, certification="v1")
    assert [(r.status, r.score) for r in await filled.read(results)] == [("IN_PROGRESS", None)]
    await filled.transact(finish, 1, now, "FAILED", 0.5)
    assert [(r.status, r.score) for r in await filled.read(results)] == [("FAILED", 0.5)]
    await filled.transact(start, 2, now, certification="v1")
    assert [(r.status, r.score) for r in await filled.read(results)] == [("IN_PROGRESS", 0.5)]


async def test_course_results_by_certification(filled: Store, now: datetime) -> None:
    """What was passed for one certification is not passed for the next."""

    def work(tx: Tx) -> None:
        certify(tx, now)
        start(tx, 1, now, certification="v1")
        finish(tx, 1, now, "PASSED", 1.0)
        start(tx, 2, now, certification="v2")
        finish(tx, 2, now, "FAILED", 0.0)

    await filled.transact(work)
    assert [(result.major, result.status) for result in await filled.read(results)] == [
        (1, "PASSED"),
        (2, "FAILED"),
    ]


async def test_moved(filled: Store, now: datetime) -> None:
    """An open attempt moves to a changed quiz without its draft; a finished one stays where it was."""

    def move(tx: Tx) -> int:
        facts: dict[str, Value] = {"id": "attempt-1", "revision": "rev-1", "certification": None, "passing_score": 0.9}
        return tx.run("move_attempt", **facts, scope="RENEWAL", due_at=None, shown=())

    await filled.transact(start, 1, now, responses=RESPONSES)
    assert await filled.transact(move) == 1
    moved = await filled.read(attempt, 1)
    assert moved
    assert (moved.passing_score, moved.scope, moved.responses, moved.shown) == (0.9, "RENEWAL", [], [])
    await filled.transact(finish, 1, now, "FAILED", 0.0)
    assert await filled.transact(move) == 0


async def test_overdue(filled: Store, now: datetime) -> None:
    """Open attempts whose time is over are found, the longest overdue first; finished and endless ones are not."""

    def overdue(tx: Tx, before: datetime) -> list[str]:
        return tx.list(str, "list_overdue_attempts", before=before, limit=9)

    minute = timedelta(minutes=1)
    await filled.transact(start, 1, now, due_at=now + 2 * minute)
    await filled.transact(start, 2, now, due_at=now + minute, learner="bob")
    assert await filled.read(overdue, now + minute) == []
    assert await filled.read(overdue, now + 3 * minute) == ["attempt-2", "attempt-1"]
    await filled.transact(finish, 1, now, "FAILED", 0.0)
    await filled.transact(start, 3, now)
    assert await filled.read(overdue, now + 3 * minute) == ["attempt-2"]
