"""Parts of a grader under test: a clock that is moved by hand, a printer without a browser, people who ask."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Self

import httpx
from starlette.types import ASGIApp

from grader.catalog.artifacts import digest_of
from grader.catalog.model import Catalog
from grader.certificates.renderer import RenderError
from grader.settings import Settings
from grader.store.base import Store
from tests.api.content import answers, publish
from tests.databases import break_table, execute, mend_table, rows, tables

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOST = "http://127.0.0.1:8000"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **step: float) -> None:
        self.now += timedelta(**step)


class Printer:
    """A Renderer without a browser. `jam` makes every print fail."""

    def __init__(self) -> None:
        self.printed: list[str] = []
        self.jam: Exception | None = None
        self.closed = False

    async def pdf(self, html: str) -> bytes:
        if self.jam:
            raise self.jam
        self.printed.append(html)
        return b"%PDF-fake"

    async def close(self) -> None:
        self.closed = True

    def jam_now(self) -> None:
        self.jam = RenderError("out of paper.")


class Grader(NamedTuple):
    """A running grader and what it is made of."""

    app: ASGIApp
    root: Path
    catalog: Catalog
    store: Store
    printer: Printer
    clock: Clock
    settings: Settings

    def client(self) -> httpx.AsyncClient:
        """A browser without cookies."""
        return httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url=HOST)

    async def rebuild(self, pages: dict[str, str]) -> Self:
        """Publish other pages and wait until they are taken in; the grader as it is then."""
        for file in (self.root / "content").rglob("*.md"):
            file.unlink()
        catalog = publish(self.root, pages)
        async with asyncio.timeout(10), self.client() as http:
            while (await http.get("/api/v1/catalog")).json()["digest"] != digest_of(catalog):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        return self._replace(catalog=catalog)

    async def at_rest(self) -> None:
        """Wait until the outbox is worked off."""
        async with asyncio.timeout(10):
            while await self.rows("SELECT id FROM outbox WHERE done_at IS NULL"):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    def revision(self, course: str) -> str:
        return next(one.quiz.revision for _, one in self.catalog.courses() if one.id == course and one.quiz)

    def practice(self, course: str) -> str:
        return next(one.practice[0].revision for _, one in self.catalog.courses() if one.id == course)

    def answers(self, course: str, *, right: bool = True) -> list[dict[str, Any]]:
        return answers(self.catalog, course, right=right)

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What the database holds, past the store's named queries; times as texts, truth as numbers."""
        return await self.store.read(rows, sql)

    async def execute(self, sql: str) -> None:
        """Change the database past the store's named queries."""
        await self.store.transact(execute, sql)

    async def break_table(self, table: str) -> None:
        """Nothing can be written into it any more: a fault that nobody thought of."""
        await self.store.transact(break_table, table)

    async def mend_table(self, table: str) -> None:
        await self.store.transact(mend_table, table)

    async def dump(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to compare before and after."""
        return {
            name: sorted(await self.rows(f"SELECT * FROM {name}"), key=repr) for name in await self.store.read(tables)
        }


class Person(NamedTuple):
    """Somebody at a browser."""

    grader: Grader
    http: httpx.AsyncClient

    async def sign_in(self, name: str, email: str, organization: str = "") -> Self:
        form = {"name": name, "email": email, "organization": organization}
        response = await self.http.post("/sign-in", data=form)
        assert response.status_code == 303, response.text
        return self

    async def start(self, course: str) -> str:
        """The id of an attempt, new or open."""
        response = await self.http.post("/api/v1/attempts", json={"quiz": self.grader.revision(course)})
        assert response.status_code in {200, 201}, response.text
        return str(response.json()["id"])

    async def submit(self, attempt: str, responses: list[dict[str, Any]]) -> httpx.Response:
        return await self.http.post(f"/api/v1/attempts/{attempt}/submission", json={"responses": responses})

    async def take(self, course: str, *, right: bool = True) -> dict[str, Any]:
        """Start and submit; the grade."""
        response = await self.submit(await self.start(course), self.grader.answers(course, right=right))
        assert response.status_code == 200, response.text
        grade: dict[str, Any] = response.json()
        return grade

    async def certify(self) -> dict[str, Any]:
        """Pass what Basics requires; the certificate."""
        await self.take("basics/intake")
        grade = await self.take("basics/privacy")
        certificate: dict[str, Any] = grade["certification"]["certificate"]
        return certificate


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncIterator[None]:
    """Start and stop an application by the ASGI protocol's lifespan, as a server does."""
    to_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    from_app: asyncio.Queue[Any] = asyncio.Queue()
    scope: dict[str, Any] = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
    task = asyncio.ensure_future(app(scope, to_app.get, from_app.put))
    for event in ("startup", "shutdown"):
        await to_app.put({"type": f"lifespan.{event}"})
        message = await from_app.get()
        assert message["type"] == f"lifespan.{event}.complete", message
        if event == "startup":
            yield
    await task
