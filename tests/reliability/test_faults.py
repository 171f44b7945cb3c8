"""A database that cannot work for a while: nobody is told that anything is done, and nobody has to start it again."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import randrange

import httpx
import pytest

from tests.reliability import content, faults
from tests.reliability.books import Books, PostgresBooks, SqliteBooks
from tests.reliability.faults import Fault
from tests.reliability.graders import PATIENCE, Grader, Nursery
from tests.reliability.rounds import Trial, run


@pytest.fixture
def fault() -> None:
    """None, unless a test names one."""


@pytest.fixture
def trial(request: pytest.FixtureRequest, graders: Nursery, fault: Fault | None, tmp_path: Path) -> Iterator[Trial]:
    """On the database that the fault is for, or on PostgreSQL."""
    seed = randrange(10**6)
    sys.stdout.write(f"To see the same again: seed {seed}\n")
    with ExitStack() as stack:
        books: Books = request.getfixturevalue("sqlite_books" if fault in ON_SQLITE else "postgres_books")
        if fault is faults.full_disk:
            assert isinstance(books, SqliteBooks)
            stack.enter_context(faults.small_disk(books.path.parent))
        made = Trial(Grader(graders, tmp_path, books.url), books, content.write(tmp_path), seed)
        stack.callback(made.grader.kill)
        yield made


ON_SQLITE = (faults.locked, faults.no_larger_file, faults.full_disk)
ON_POSTGRESQL = (faults.stopped_server, faults.crashed_server, faults.standby)


@pytest.mark.parametrize("fault", [*ON_SQLITE, *ON_POSTGRESQL], ids=lambda fault: fault.__name__)
def test_it_recovers(trial: Trial, fault: Fault) -> None:
    """Meanwhile it answers 503 and when to come again; afterwards the same process works, and nothing is half done."""
    trial.grader.start()
    run(_through(trial, fault))
    trial.look()
    trial.settle()


async def _through(trial: Trial, fault: Fault) -> None:
    async with httpx.AsyncClient(base_url=trial.grader.url, timeout=PATIENCE) as http, asyncio.TaskGroup() as group:
        group.create_task(trial.crowd.walk(trial.grader.url))
        await _until(lambda: trial.crowd.grades >= 3)
        worker = trial.grader.processes[1]
        with fault(trial):
            await _until(lambda: trial.crowd.refused >= 3)
            ready, alive = await http.get("/readyz"), await http.get("/healthz")
        assert (alive.status_code, ready.status_code) == (200, 503)
        assert ready.json()["type"].endswith("/unavailable")
        assert int(ready.headers["retry-after"]) > 0
        await _more_grades(trial)
        assert (await http.get("/readyz")).status_code == 200
        assert worker.is_running()
        await asyncio.to_thread(trial.grader.kill)


async def _more_grades(trial: Trial) -> None:
    before = trial.crowd.grades
    await _until(lambda: trial.crowd.grades > before)


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110 - what others do
            await asyncio.sleep(0.02)


async def _cut(trial: Trial) -> None:
    assert isinstance(trial.books, PostgresBooks)
    async with asyncio.TaskGroup() as group:
        group.create_task(trial.crowd.walk(trial.grader.url))
        for _ in range(10):
            await _more_grades(trial)
            await asyncio.to_thread(faults.terminate_backends, trial.books)
        await asyncio.to_thread(trial.grader.kill)


def test_cut_connections(trial: Trial) -> None:
    """PostgreSQL's connections may be cut under way, again and again: what is asked is done all the same, once."""
    trial.grader.start()
    run(_cut(trial))
    trial.settle()
