import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from grader.api.app import create_app
from grader.errors import SetupError, StoreUnavailableError
from grader.settings import Settings
from grader.store.sqlite import SqliteStore
from tests.api.content import PAGES, publish
from tests.api.parts import Clock, Grader, Person, Printer, running


@pytest.fixture
def printer() -> Printer:
    return Printer()


@pytest.fixture
def store(tmp_path: Path) -> SqliteStore:
    publish(tmp_path, PAGES)
    return SqliteStore.open(tmp_path / "data" / "grader.db")


async def test_it_works(settings: Settings, store: SqliteStore, printer: Printer) -> None:
    """While it runs it serves; at its end it closes what it was given."""
    async with running(create_app(settings, store, printer)):
        assert not printer.closed
    assert printer.closed
    with pytest.raises(StoreUnavailableError):
        await store.read(lambda _: None)


async def test_end_waits_for_what_is_printed(settings: Settings, store: SqliteStore, tmp_path: Path) -> None:
    """A certificate that is being printed at the end is printed."""

    class Slow(Printer):
        async def pdf(self, html: str) -> bytes:
            await asyncio.sleep(0.3)
            return await super().pdf(html)

    printer, clock = Slow(), Clock()
    app = create_app(settings, store, printer, clock=clock)
    grader = Grader(app, tmp_path, publish(tmp_path, PAGES), store, printer, clock, settings)
    async with running(app), grader.client() as http:
        certificate = await (await Person(grader, http).sign_in("Alice", "alice@example.org")).certify()
        await asyncio.sleep(0.1)
    assert len(list((tmp_path / "data" / "certificates").glob(f"{certificate['number']}.*.pdf"))) == 1


async def test_start_that_fails(
    settings: Settings, store: SqliteStore, printer: Printer, caplog: pytest.LogCaptureFixture
) -> None:
    """A start that fails is said, and leaves nothing open."""
    app = create_app(settings, store, printer)
    await store.close()
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    told: asyncio.Queue[Any] = asyncio.Queue()

    async def receive() -> dict[str, str]:
        return {"type": "lifespan.startup"}

    with caplog.at_level(logging.ERROR, "grader"), pytest.RaisesGroup(StoreUnavailableError):
        await app(scope, receive, told.put)
    assert told.get_nowait()["type"] == "lifespan.startup.failed"
    assert "The grader cannot start: The database is not available" in caplog.text
    assert printer.closed


async def test_without_a_build(tmp_path: Path, store: SqliteStore, printer: Printer) -> None:
    """Without a build there is no grader."""
    with pytest.raises(SetupError, match="Build the content first"):
        create_app(Settings(root=str(tmp_path / "empty")), store, printer)
    await store.close()
