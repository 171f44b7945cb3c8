"""Graders of one database, and people who ask them something at the same moment."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count, cycle
from typing import Any, NamedTuple

import httpx

from grader.catalog.artifacts import Artifacts
from tests.reliability import content
from tests.reliability.books import Books
from tests.reliability.walk import browser, cookie_of

MANY = 64

_people = count(1)

Ask = tuple[str, str, str, dict[str, Any]]
"""Method, path, cookie and body."""


class Arena(NamedTuple):
    urls: Sequence[str]
    books: Books
    artifacts: Artifacts

    def start(self, cookie: str, course: str) -> Ask:
        return ("POST", "/api/v1/attempts", cookie, {"quiz": content.revision(self.artifacts, course)})

    def submit(self, cookie: str, attempt: str, course: str, *, right: bool = True) -> Ask:
        return ("POST", f"/api/v1/attempts/{attempt}/submission", cookie, self._answers(course, right=right))

    def save(self, cookie: str, attempt: str, course: str, *, right: bool = True) -> Ask:
        return ("PUT", f"/api/v1/attempts/{attempt}/responses", cookie, self._answers(course, right=right))

    def _answers(self, course: str, *, right: bool) -> dict[str, Any]:
        return {"responses": content.answers(self.artifacts, course, right=right)}


class Crowd:
    """MANY connections to the graders, each request by the next one's turn."""

    def __init__(self, browsers: Sequence[httpx.AsyncClient]) -> None:
        self._browsers = browsers

    async def ask(self, *asks: Ask) -> list[httpx.Response]:
        """All at the same moment."""
        turns = zip(asks, cycle(self._browsers), strict=False)
        return await asyncio.gather(
            *(
                http.request(method, path, headers={"Cookie": cookie}, json=body)
                for (method, path, cookie, body), http in turns
            )
        )

    async def sign_in(self, times: int = 1) -> list[str]:
        """Somebody new, so many times at the same moment; their cookies."""
        number = next(_people)
        form = {"name": f"Racer {number}", "email": f"racer-{number}@example.org"}
        turns = zip(range(times), cycle(self._browsers), strict=False)
        return [
            cookie_of(one) for one in await asyncio.gather(*(http.post("/sign-in", data=form) for _, http in turns))
        ]

    async def begin(self, arena: Arena, cookie: str, course: str) -> str:
        """The id of a new attempt."""
        [answer] = await self.ask(arena.start(cookie, course))
        return str(answer.json()["id"])

    async def pass_course(self, arena: Arena, cookie: str, course: str) -> None:
        attempt = await self.begin(arena, cookie, course)
        [answer] = await self.ask(arena.submit(cookie, attempt, course))
        assert answer.json()["status"] == "PASSED"

    async def arrive(self) -> None:
        """A connection for everybody, before anything is asked that matters."""
        share = MANY // len(self._browsers)
        await asyncio.gather(*(http.get("/healthz") for http in self._browsers for _ in range(share)))


@asynccontextmanager
async def crowd_of(arena: Arena) -> AsyncIterator[Crowd]:
    async with AsyncExitStack() as stack:
        share = MANY // len(arena.urls)
        made = Crowd([await stack.enter_async_context(browser(url, share)) for url in arena.urls])
        await made.arrive()
        yield made
