"""A running grader, or a stage with its commands, and a watch over whatever store is opened in this process."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from grader.api.app import create_app
from grader.cli.command import cli
from grader.settings import Settings
from grader.store.base import Store
from grader.store.postgresql import PostgresStore
from grader.store.sqlite import SqliteStore
from tests.acting import Stage
from tests.api.content import PAGES, TIMED, publish
from tests.api.parts import Clock, Grader, Person, Printer, running
from tests.audit.watch import Watch


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Watch:
    """Over the stores themselves, so that it also sees the work of commands, which open their own."""
    made = Watch(clock)
    for kind in (SqliteStore, PostgresStore):
        monkeypatch.setattr(kind, "transact", made.over(kind.transact))
    return made


class Requests(NamedTuple):
    """What was asked: method and path of each request."""

    seen: list[str]

    def knows(self, route: str) -> bool:
        """`route` is a method and a path with parameters: `PUT /api/v1/attempts/{attempt}/responses`."""
        pattern = re.sub(r"\{\w+(:\w+)?\}", "[^/]+", route)
        return any(re.fullmatch(pattern, one) for one in self.seen)


@pytest.fixture
def requests() -> Requests:
    return Requests([])


@pytest.fixture
async def grader(
    tmp_path: Path, database: str, watch: Watch, clock: Clock, open_store: Callable[[], Store]
) -> AsyncIterator[Grader]:
    catalog = publish(tmp_path, PAGES | TIMED)
    settings = Settings(root=str(tmp_path), database=database)
    store, printer = open_store(), Printer()
    app = create_app(settings, store, printer, clock=clock)
    async with running(app):
        yield Grader(app, tmp_path, catalog, store, printer, clock, settings)


@pytest.fixture
async def alice(grader: Grader, requests: Requests) -> AsyncIterator[Person]:
    async def note(request: httpx.Request) -> None:
        requests.seen.append(f"{request.method} {request.url.path}")

    async with grader.client() as http:
        http.event_hooks["request"].append(note)
        yield await Person(grader, http).sign_in("Alice Liddell", "alice@example.org", "Acme")


@pytest.fixture
async def stage(tmp_path: Path, watch: Watch, store: Store) -> Stage:
    made = Stage(store, tmp_path)
    await made.release()
    return made


class Terminal:
    """Runs commands in this process, on the stage's database."""

    def __init__(self, root: Path) -> None:
        self.root = root

    async def run(self, *arguments: str) -> None:
        command = ["--root", str(self.root), *arguments]
        await asyncio.to_thread(cli.main, command, standalone_mode=False)


@pytest.fixture
def terminal(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("GRADER_DATABASE", database)
    (tmp_path / "mkdocs.yml").write_text("site_name: Learning\nnav:\n", "utf-8")
    return Terminal(tmp_path)
