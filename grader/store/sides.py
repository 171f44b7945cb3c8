"""A store's two sides: one that writes and one that reads, each with threads of its own."""

import asyncio
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast

from grader.errors import StoreUnavailableError
from grader.store.base import Tx

_T = TypeVar("_T")
_P = ParamSpec("_P")


class Side(Protocol):
    """Runs units of work on connections of its own."""

    def submit(
        self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> asyncio.Future[Any]: ...

    def close(self) -> None:
        """Finish what waits. Blocks until the threads have ended."""
        ...


class TwoSided:
    """What every `Store` does with its sides."""

    def __init__(self, writers: Side, readers: Side) -> None:
        self._writers = writers
        self._readers = readers
        self._closed = False

    async def transact(self, work: Callable[Concatenate[Tx, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        self._check_open()
        return cast(_T, await self._writers.submit(work, args, kwargs))

    async def read(self, work: Callable[Concatenate[Tx, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        self._check_open()
        return cast(_T, await self._readers.submit(work, args, kwargs))

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._writers.close)
        await asyncio.to_thread(self._readers.close)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailableError("it is closed")
