"""`SqliteStore`: the store in one file."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar, cast

from grader.errors import StoreUnavailableError
from grader.store.base import Tx
from grader.store.sqlite.connection import connect
from grader.store.sqlite.readers import Readers
from grader.store.sqlite.schema import make_ready, migrate
from grader.store.sqlite.writer import Writer

READERS = 4

_T = TypeVar("_T")
_P = ParamSpec("_P")


class SqliteStore:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._closed = False

    @classmethod
    def open(cls, path: Path, *, busy_timeout: float = 5.0, upgrade: bool = False) -> Self:
        """Open the database, or make a new one. `busy_timeout` (seconds) is the wait for other writers.

        Raises SetupError for a place that cannot be written, for a newer schema, and for an older one unless
        `upgrade` is set.
        """
        if upgrade:
            migrate(path, busy_timeout=busy_timeout)
        else:
            make_ready(path, busy_timeout=busy_timeout)
        return cls(
            Writer(connect(path, busy_timeout=busy_timeout)),
            Readers([connect(path, busy_timeout=busy_timeout, read_only=True) for _ in range(READERS)]),
        )

    async def transact(self, work: Callable[Concatenate[Tx, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        self._check_open()
        return cast(_T, await self._writer.submit(work, args, kwargs))

    async def read(self, work: Callable[Concatenate[Tx, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        self._check_open()
        return cast(_T, await self._readers.submit(work, args, kwargs))

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await asyncio.to_thread(self._writer.close)
        await asyncio.to_thread(self._readers.close)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreUnavailableError("it is closed")
