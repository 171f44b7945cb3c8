"""Points at which a grader kills itself, in the middle of what must be whole.

Only the parts that `grader serve` is put together from are wrapped: the store it opens and the renderer it makes.
"""

import asyncio
import os
import signal
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import grader.api.app
from grader.certificates.renderer import Renderer
from grader.store.base import Store, Tx

T = TypeVar("T")
P = ParamSpec("P")

BEFORE_QUERY = {
    "before the grade": "finish_attempt",
    "between grade and certification": "complete_certification",
    "between certification and number": "next_certificate_number",
    "between number and certificate": "insert_certificate",
    "between certificate and outbox": "insert_outbox",
    "between file and outbox": "finish_outbox",
}
"""The query before which the grader dies."""

AFTER_ISSUE = ("before the commit", "between commit and answer")
"""In a unit of work that has issued a certificate."""

PRINTING = ("while it prints", "between print and file")

POINTS = (*BEFORE_QUERY, *AFTER_ISSUE, *PRINTING)

ISSUED = "insert_certificate"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def arm(point: str) -> None:
    """Let the grader that this process is about to serve die at that point."""
    assert point in POINTS
    create = grader.api.app.create_app

    def create_armed(settings: Any, store: Store, renderer: Renderer, **rest: Any) -> Any:
        return create(settings, ArmedStore(store, point), ArmedRenderer(renderer, point), **rest)

    grader.api.app.create_app = create_armed


class ArmedTx:
    def __init__(self, tx: Tx, point: str) -> None:
        self._tx = tx
        self._query = BEFORE_QUERY.get(point)
        self.issued = False

    def find(self, shape: type[T], query: str, **params: Any) -> T | None:
        self._pass(query)
        return self._tx.find(shape, query, **params)

    def list(self, shape: type[T], query: str, **params: Any) -> Any:
        self._pass(query)
        return self._tx.list(shape, query, **params)

    def run(self, query: str, **params: Any) -> int:
        self._pass(query)
        return self._tx.run(query, **params)

    def lock(self, subject: str) -> None:
        self._tx.lock(subject)

    def take_time(self) -> None:
        self._tx.take_time()

    def _pass(self, query: str) -> None:
        if query == self._query:
            die()
        self.issued = self.issued or query == ISSUED


class ArmedStore:
    def __init__(self, store: Store, point: str) -> None:
        self._store = store
        self._point = point

    async def transact(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        issued = False

        def armed(tx: Tx) -> T:
            nonlocal issued
            one = ArmedTx(tx, self._point)
            result = work(cast(Tx, one), *args, **kwargs)
            issued = one.issued
            if issued and self._point == "before the commit":
                die()
            return result

        result = await self._store.transact(armed)
        if issued and self._point == "between commit and answer":
            die()
        return result

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._store.read(work, *args, **kwargs)

    async def close(self) -> None:
        await self._store.close()


class ArmedRenderer:
    def __init__(self, renderer: Renderer, point: str) -> None:
        self._renderer = renderer
        self._point = point

    async def pdf(self, html: str) -> bytes:
        printing = asyncio.ensure_future(self._renderer.pdf(html))
        if self._point == "while it prints":
            await asyncio.sleep(0.02)
            die()
        data = await printing
        if self._point == "between print and file":
            die()
        return data

    async def close(self) -> None:
        await self._renderer.close()
