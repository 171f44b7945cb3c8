"""The time of an attempt: kept by the server, whatever the learner's clock says."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import pytest

from grader.api.app import create_app
from grader.api.sweep import BATCH
from grader.store.base import Store, Tx
from tests.api.content import PAGES, TIMED
from tests.api.parts import Grader, Person, Printer, running

pytestmark = pytest.mark.on_both

SWEPT = "SELECT status, timed_out, submitted_at, score FROM quiz_attempts"


@pytest.fixture
async def timed(grader: Grader) -> Grader:
    return await grader.rebuild(PAGES | TIMED)


@pytest.fixture
async def bea(timed: Grader) -> AsyncIterator[Person]:
    async with timed.client() as http:
        yield await Person(timed, http).sign_in("Bea", "bea@example.org")


async def begin(person: Person) -> dict[str, Any]:
    response = await person.http.post("/api/v1/attempts", json={"quiz": person.grader.revision("timed/exam")})
    assert response.status_code in {200, 201}, response.text
    attempt: dict[str, Any] = response.json()
    return attempt


def right(person: Person, attempt: dict[str, Any]) -> list[dict[str, Any]]:
    """Right answers to the questions of the attempt."""
    shown = {question["id"] for question in attempt["questions"]}
    return [one for one in person.grader.answers("timed/exam") if one["question"] in shown]


async def save(person: Person, attempt: dict[str, Any], responses: list[dict[str, Any]]) -> int:
    url = f"/api/v1/attempts/{attempt['id']}/responses"
    return (await person.http.put(url, json={"responses": responses})).status_code


def add_broken(tx: Tx, revision: str, *, due_at: datetime, count: int) -> None:
    """Attempts of as many learners, with answers that nobody can read."""
    for number in range(count):
        person = {"issuer": "test", "subject": str(number), "name": "x", "email": "x", "kind": "INTERNAL"}
        tx.find(str, "upsert_learner", id=str(number), organization=None, now=due_at, **person)
        tx.run(
            "insert_attempt",
            id=f"broken-{number}",
            learner=str(number),
            course="timed/exam",
            revision=revision,
            certification=None,
            number=1,
            passing_score=0.8,
            scope="FULL",
            started_at=due_at,
            due_at=due_at,
            responses={},
            shown=(),
        )


async def test_it_works(timed: Grader, bea: Person) -> None:
    """The time counts from the start, and what is left of it is told; submitted in time, everything counts."""
    attempt = await begin(bea)
    assert (attempt["due_at"], attempt["seconds_left"]) == ("2026-11-23T12:20:00Z", 1200)
    timed.clock.move(minutes=5)
    again = await begin(bea)
    assert (again["id"], again["due_at"], again["seconds_left"]) == (attempt["id"], attempt["due_at"], 900)
    timed.clock.move(minutes=15, seconds=5)
    grade = (await bea.submit(attempt["id"], right(bea, attempt))).json()
    assert (grade["status"], grade["timed_out"]) == ("PASSED", False)
    assert grade["certification"]["certificate"]["number"] == "CERT-2026-00001"


async def test_late(timed: Grader, bea: Person) -> None:
    """What comes too late does not count, what was saved in time does; the grade says so, however often it is asked."""
    attempt = await begin(bea)
    answers = right(bea, attempt)
    assert await save(bea, attempt, answers[:1]) == 204
    timed.clock.move(minutes=20, seconds=5, microseconds=1)
    for late in (answers, [], answers[:1]):
        response = await bea.submit(attempt["id"], late)
        grade = response.json()
        assert (response.status_code, grade["status"], grade["timed_out"], grade["score"]) == (200, "FAILED", True, 0.5)
    shown = (await bea.http.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (shown["submitted_at"], shown["responses"]) == (attempt["due_at"], answers[:1])
    assert await timed.rows("SELECT action, actor FROM audit_events WHERE subject_kind = 'attempt' ORDER BY id") == [
        ("attempt.started", (await bea.http.get("/api/v1/me")).json()["learner"]["id"]),
        ("attempt.timed-out", None),
    ]


async def test_late_draft(timed: Grader, bea: Person) -> None:
    """After the time nothing is saved any more, and the refusal says why."""
    attempt = await begin(bea)
    answers = right(bea, attempt)
    timed.clock.move(minutes=20, seconds=5)
    assert await save(bea, attempt, answers[:1]) == 204
    timed.clock.move(seconds=1)
    url = f"/api/v1/attempts/{attempt['id']}/responses"
    for _ in range(2):
        response = await bea.http.put(url, json={"responses": answers})
        assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (409, "time-over")
        assert (await bea.submit(attempt["id"], answers)).json()["score"] == 0.5


async def test_whenever_seen(timed: Grader, bea: Person) -> None:
    """Whoever looks at an attempt whose time is over sees it closed, with the grade of what was saved."""
    attempt = await begin(bea)
    await save(bea, attempt, right(bea, attempt))
    timed.clock.move(minutes=30)
    seen = (await bea.http.get(f"/api/v1/attempts/{attempt['id']}")).json()
    assert (seen["status"], seen["grade"]["timed_out"], seen["seconds_left"]) == ("PASSED", True, None)
    assert seen["grade"]["certification"]["certificate"]["number"] == "CERT-2026-00001"


async def test_listed(timed: Grader, bea: Person) -> None:
    """The list closes it as well, and the next attempt waits from when the time was over."""
    for minutes in (0, 30):
        attempt = await begin(bea)
        timed.clock.move(minutes=30)
        url = f"/api/v1/attempts?quiz={attempt['quiz']}"
        listed = (await bea.http.get(url)).json()
        assert listed["open"] is None
        assert (listed["attempts"][0]["id"], listed["attempts"][0]["status"]) == (attempt["id"], "FAILED")
        assert listed["next_attempt_at"] == (None if not minutes else "2026-11-23T13:50:00Z")


async def test_start_after_the_end(timed: Grader, bea: Person) -> None:
    """Starting when the time of the open attempt is over closes it and begins the next one."""
    first = await begin(bea)
    timed.clock.move(minutes=30)
    second = await begin(bea)
    assert (second["number"], second["due_at"]) == (2, "2026-11-23T12:50:00Z")
    assert await timed.rows("SELECT id, status, timed_out FROM quiz_attempts ORDER BY number") == [
        (first["id"], "FAILED", True),
        (second["id"], "IN_PROGRESS", False),
    ]


async def test_a_refused_start_after_the_end(timed: Grader, bea: Person) -> None:
    """The refusal takes nothing back: the attempt whose time is over is closed, as if the start had only looked."""
    for _ in range(2):
        attempt = await begin(bea)
        timed.clock.move(minutes=30)
    refused = await bea.http.post("/api/v1/attempts", json={"quiz": attempt["quiz"]})
    assert (refused.status_code, refused.json()["type"].rpartition("/")[2]) == (409, "cooldown")
    assert await timed.rows("SELECT status, timed_out FROM quiz_attempts ORDER BY number") == [("FAILED", 1)] * 2


async def test_sweep(timed: Grader, bea: Person) -> None:
    """An attempt that nobody comes back to is closed, once, as of when its time was over; then it is printed."""
    attempt = await begin(bea)
    await save(bea, attempt, right(bea, attempt))
    timed.clock.move(hours=3)
    async with asyncio.timeout(10):
        while not timed.printer.printed:  # noqa: ASYNC110 - two tasks of the grader's have to come by
            await asyncio.sleep(0.05)
    assert await timed.rows(SWEPT) == [("PASSED", 1, "2026-11-23T12:20:00.000000Z", 1.0)]
    assert await timed.rows("SELECT count(*) FROM audit_events WHERE action = 'attempt.timed-out'") == [(1,)]


async def test_two_graders_sweep(timed: Grader, bea: Person, open_store: Callable[[], Store]) -> None:
    """Of several graders on one database one closes the attempt, whichever it is."""
    await begin(bea)
    async with running(create_app(timed.settings, open_store(), Printer(), clock=timed.clock)):
        timed.clock.move(hours=3)
        async with asyncio.timeout(20):
            while not await timed.rows("SELECT id FROM quiz_attempts WHERE timed_out"):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await asyncio.sleep(2.5)  # the other one has looked, too
    assert await timed.rows("SELECT count(*) FROM audit_events WHERE action = 'attempt.timed-out'") == [(1,)]


async def test_sweep_past_those_that_fail(timed: Grader, bea: Person) -> None:
    """However many attempts cannot be closed, those behind them are."""
    attempt = await begin(bea)
    await timed.store.transact(add_broken, timed.revision("timed/exam"), due_at=timed.clock(), count=BATCH)
    timed.clock.move(hours=3)
    async with asyncio.timeout(20):
        while not await timed.rows("SELECT id FROM quiz_attempts WHERE timed_out"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert await timed.rows("SELECT id FROM quiz_attempts WHERE timed_out") == [(attempt["id"],)]


async def test_attempts_without_a_limit_stay_open(timed: Grader, bea: Person) -> None:
    """However long ago they were started."""
    await bea.start("basics/intake")
    timed.clock.move(days=3)
    listed = await bea.http.get("/api/v1/attempts", params={"quiz": timed.revision("basics/intake")})
    assert listed.json()["open"]["status"] == "IN_PROGRESS"


async def test_many_at_once(timed: Grader, bea: Person) -> None:
    """Late submissions, looks and starts at once close one attempt once."""
    attempt = await begin(bea)
    timed.clock.move(minutes=30)
    url = f"/api/v1/attempts/{attempt['id']}"
    answers = await asyncio.gather(
        *(bea.submit(attempt["id"], right(bea, attempt)) for _ in range(20)),
        *(bea.http.get(url) for _ in range(20)),
    )
    assert {answer.status_code for answer in answers} == {200}
    assert await timed.rows("SELECT count(*) FROM audit_events WHERE action = 'attempt.timed-out'") == [(1,)]
    assert await timed.rows(SWEPT) == [("FAILED", 1, "2026-11-23T12:20:00.000000Z", 0.0)]
