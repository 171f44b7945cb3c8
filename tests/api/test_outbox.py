"""Certificates are printed after the commit that issues them, and tried again until they are."""

import asyncio
import logging
from datetime import timedelta

import pytest

from grader.api.context import Context
from grader.api.outbox import print_due
from grader.api.press import Press
from grader.api.shelf import Shelf
from grader.learning.library import Library
from tests.api.parts import NOON, Grader, Person
from tests.databases import on_both

pytestmark = on_both


@pytest.fixture
def context(grader: Grader) -> Context:
    """A second worker beside the one that runs, to be called by hand."""

    async def take_in(_: Library) -> None: ...

    return Context(
        settings=grader.settings,
        store=grader.store,
        shelf=Shelf(grader.root / "build", take_in),
        press=Press(grader.printer, grader.root / "data" / "certificates", grader.settings.url),
        clock=grader.clock,
        wake=asyncio.Event(),
    )


async def entry(grader: Grader, tries: int = 1) -> tuple[int, str, str | None]:
    """Attempts, when it is due, and the last error, once it was tried so often."""
    async with asyncio.timeout(10):
        sql = f"SELECT attempts, due_at, error FROM outbox WHERE attempts >= {tries}"
        while not (rows := await grader.rows(sql)):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    attempts, due_at, error = rows[0]
    return attempts, due_at, error


async def none_left(grader: Grader, which: str) -> None:
    """Wait for it: two workers share the entries."""
    async with asyncio.timeout(10):
        while await grader.rows(f"SELECT id FROM outbox WHERE {which}"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_it_works(grader: Grader, alice: Person) -> None:
    """What is done is done once."""
    await alice.certify()
    attempts, _, error = await entry(grader)
    assert (attempts, error) == (1, None)
    assert await grader.rows("SELECT done_at FROM outbox") == [("2026-11-23T12:00:00.000000Z",)]


async def test_backoff(grader: Grader, alice: Person, context: Context) -> None:
    """Each failure doubles the wait, up to an hour; what failed is remembered."""
    grader.printer.jam_now()
    await alice.certify()
    waits = []
    for attempt in range(1, 14):
        attempts, due_at, error = await entry(grader, attempt)
        assert (attempts, error) == (attempt, "The PDF could not be made: out of paper.")
        waits.append((NOON.fromisoformat(due_at) - grader.clock.now).total_seconds())
        assert await print_due(context) == 0
        grader.clock.now += timedelta(seconds=waits[-1])
        await print_due(context)
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 3600
    grader.printer.jam = None
    grader.clock.move(hours=1)
    await print_due(context)
    await none_left(grader, "done_at IS NULL")
    assert await print_due(context) == 0


async def test_our_own_fault(
    grader: Grader, alice: Person, charlie: Person, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    """An error that nobody thought of is logged whole, and neither ends the work nor stops the next certificate."""
    grader.printer.jam = ZeroDivisionError("nobody thought of it")
    await alice.certify()
    await charlie.certify()
    await none_left(grader, "attempts = 0")
    assert (await entry(grader))[2] == "ZeroDivisionError('nobody thought of it')"
    assert "Traceback" in caplog.text
    grader.printer.jam = None
    grader.clock.move(seconds=10)
    await print_due(context)
    await none_left(grader, "done_at IS NULL")


async def test_no_such_certificate(
    grader: Grader, context: Context, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """An entry that names no certificate is put away, and an error."""
    at = "2026-11-23T12:00:00.000000Z"
    await grader.execute(
        "INSERT INTO outbox (kind, subject, payload, created_at, due_at)"
        f" VALUES ('certificate.pdf', 'CERT-1', '{{}}', '{at}', '{at}')"
    )
    with caplog.at_level(logging.ERROR, "grader"):
        await print_due(context)
        await none_left(grader, "done_at IS NULL")  # the running grader may have been the one that took it
    assert "CERT-1" in caplog.text
    assert await print_due(context) == 0


async def test_tried_again(grader: Grader, alice: Person) -> None:
    """What could not be printed is tried again without a request."""
    grader.printer.jam_now()
    await alice.certify()
    await entry(grader)
    grader.printer.jam = None
    grader.clock.move(minutes=1)
    await none_left(grader, "done_at IS NULL")
