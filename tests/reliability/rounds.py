"""Rounds of load and sudden death: what was promised before must hold after."""

import asyncio
import json
import signal
from collections.abc import Coroutine
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from grader.catalog.artifacts import Artifacts
from tests.reliability.books import Books, PostgresBooks, complaints
from tests.reliability.graders import PATIENCE, Grader
from tests.reliability.ledger import Step
from tests.reliability.points import POINTS
from tests.reliability.walk import Crowd, Violation

GRADER, WORKER = "all processes", "the worker"
DATABASE, BOTH = "the database server", "grader and database server"


class Round(NamedTuple):
    """What dies: the grader at one of the POINTS, or something so many seconds after the grader was ready."""

    death: str
    seconds: float = 0


def run(work: Coroutine[Any, Any, None]) -> None:
    """Of several faults of several learners the first one is enough."""
    try:
        asyncio.run(work)
    except ExceptionGroup as several:
        first: Exception = several
        while isinstance(first, ExceptionGroup):
            first = first.exceptions[0]
        raise first from several


def deaths(books: Books) -> tuple[str, ...]:
    return (GRADER, GRADER, WORKER) + ((DATABASE, BOTH) if isinstance(books, PostgresBooks) else ())


def schedule(count: int, books: Books, chance: Random) -> list[Round]:
    """So many at random moments, and one at each of the POINTS, mixed."""
    found = [Round(chance.choice(deaths(books)), round(chance.uniform(0.05, 1.5), 2)) for _ in range(count)]
    found += [Round(point) for point in POINTS]
    chance.shuffle(found)
    return found


class Trial:
    """One database through many rounds."""

    def __init__(self, grader: Grader, books: Books, artifacts: Artifacts, seed: int) -> None:
        self.grader = grader
        self.books = books
        self.seed = seed
        self.crowd = Crowd(artifacts, seed)

    def run(self, one: Round) -> None:
        """Load, death, and a look at what is left behind. Raises Violation."""
        if self.grader.start(one.death if one.death in POINTS else ""):
            run(self._load(one))
        self.look()

    async def _load(self, one: Round) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self.crowd.walk(self.grader.url))
            group.create_task(self._end(one))

    async def _end(self, one: Round) -> None:
        if one.death in POINTS:
            await asyncio.to_thread(self.grader.wait)
        else:
            await asyncio.sleep(one.seconds)
        if one.death == WORKER:
            await asyncio.to_thread(self.grader.kill_worker)
        if one.death in (DATABASE, BOTH):
            await asyncio.to_thread(self._crash_database)
        if one.death == DATABASE:
            await self._recover()
        await asyncio.to_thread(self.grader.kill)
        if one.death == BOTH:
            assert isinstance(self.books, PostgresBooks)
            self.books.server.start()

    def _crash_database(self) -> None:
        """Without a shutdown: it finds its way back from its log."""
        assert isinstance(self.books, PostgresBooks)
        self.books.server.stop(signal.SIGQUIT)

    async def _recover(self) -> None:
        """The grader outlives its database, and works again when that is back."""
        assert isinstance(self.books, PostgresBooks)
        await asyncio.sleep(0.3)
        self.books.server.start()  # by this thread: Linux ends it with the thread that started it
        before = self.crowd.grades
        async with asyncio.timeout(PATIENCE):
            while self.crowd.grades <= before:  # noqa: ASYNC110 - the crowd works beside
                await asyncio.sleep(0.05)

    def settle(self) -> None:
        """Start again without an end: everybody finishes, and every certificate is printed. Raises Violation."""
        self.grader.start()
        run(self.crowd.walk(self.grader.url, newcomers=False))
        run(self._printed())
        run(self.crowd.review(self.grader.url))
        self._all_printed()
        self.grader.stop()
        self.look()

    async def _printed(self) -> None:
        async with asyncio.timeout(PATIENCE * 4):
            while self.books.rows("SELECT id FROM outbox WHERE done_at IS NULL"):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.2)

    def _all_printed(self) -> None:
        folder = self.grader.root / "data" / "certificates"
        numbers = [number for (number,) in self.books.rows("SELECT number FROM certificates")]
        missing = [number for number in numbers if len(list(folder.glob(f"{number}.*pdf"))) != 1]
        if missing:
            raise Violation(f"Not printed, or more than once: {missing}")

    def look(self) -> None:
        """Compare the database with the rules, and with what learners were told."""
        found = complaints(self.books) + self._untrue() + self._torn()
        if found:
            raise Violation("\n".join(found))

    def _untrue(self) -> list[str]:
        rows = {row[0]: row for row in self.books.rows("SELECT id, course, status, score, number FROM quiz_attempts")}
        events = {
            subject: json.loads(details) if isinstance(details, str) else details
            for subject, details in self.books.rows(
                "SELECT subject, details FROM audit_events WHERE action = 'attempt.submitted'"
            )
        }
        found = [
            f"{learner.email} was told of {step}, and the database has {rows.get(step.attempt)}"
            for learner in self.crowd.learners
            for step in (*learner.done, *learner.steps)
            if step.attempt and not _agrees(step, rows.get(step.attempt), events.get(step.attempt))
        ]
        return found + self._uncounted(rows)

    def _uncounted(self, rows: dict[str, tuple[object, ...]]) -> list[str]:
        """Attempts that nobody has made: more than one can be that its learner does not know of yet."""
        known = {step.attempt for learner in self.crowd.learners for step in (*learner.done, *learner.steps)}
        unknown = len(rows.keys() - known)
        asking = sum(
            one.cookie is not None and bool(one.steps) and one.steps[0].attempt is None for one in self.crowd.learners
        )
        return [f"{unknown} attempts are there that nobody started"] if unknown > asking else []

    def _torn(self) -> list[str]:
        """Certificates on paper of which a part is missing."""
        folder = self.grader.root / "data" / "certificates"
        return [f"{path.name} is torn" for path in folder.glob("CERT-*.pdf") if not _whole(path)]


def _agrees(step: Step, row: tuple[object, ...] | None, event: dict[str, object] | None) -> bool:
    if row is None or row[1] != step.course:
        return False
    if step.grade is None:
        return step.submitting or row[2] == "IN_PROGRESS"
    told = (step.grade["status"], step.grade["score"])
    return told == (row[2], row[3]) and event is not None and told == (event["status"], event["score"])


def _whole(path: Path) -> bool:
    data = path.read_bytes()
    return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
