"""A running grader with a small content, and people: Alice of Acme, Charlie of the staff, and somebody unknown."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from grader.api.app import create_app
from grader.cli.command import cli
from grader.settings import Settings
from grader.store.base import Store
from tests.api.content import PAGES, publish
from tests.api.parts import Clock, Grader, Person, Printer, running
from tests.api.regrading import WRONG_KEY, Regrade, publish_key


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    return Settings(root=str(tmp_path), database=database)


@pytest.fixture
async def grader(tmp_path: Path, settings: Settings, open_store: Callable[[], Store]) -> AsyncIterator[Grader]:
    catalog = publish(tmp_path, PAGES)
    store, printer, clock = open_store(), Printer(), Clock()
    app = create_app(settings, store, printer, clock=clock)
    async with running(app):
        yield Grader(app, tmp_path, catalog, store, printer, clock, settings)


@pytest.fixture
async def alice(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield await Person(grader, http).sign_in("Alice Liddell", "alice@example.org", "Acme")


@pytest.fixture
async def charlie(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield await Person(grader, http).sign_in("Charlie Chaplin", "charlie@example.org")


@pytest.fixture
async def stranger(grader: Grader) -> AsyncIterator[Person]:
    async with grader.client() as http:
        yield Person(grader, http)


@pytest.fixture
def regrade(
    grader: Grader, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Regrade:
    """Runs the command on the grader's database, and returns what it says."""
    monkeypatch.setenv("GRADER_DATABASE", database)

    async def run(*arguments: str) -> str:
        why = ["--reason", "The key was wrong."] if "--apply" in arguments and "--reason" not in arguments else []
        words = ["--root", str(grader.root), "regrade", *arguments, *why]
        await asyncio.to_thread(cli.main, words, standalone_mode=False)
        return capsys.readouterr().out

    return run


@pytest.fixture
async def wrong(grader: Grader) -> Grader:
    await publish_key(grader, WRONG_KEY)
    return grader
