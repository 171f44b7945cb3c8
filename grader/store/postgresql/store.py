"""`PostgresStore`: the store on a PostgreSQL server, for one grader or several."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar, cast

from grader.errors import StoreUnavailableError
from grader.store.base import Tx
from grader.store.postgresql.address import Address
from grader.store.postgresql.connection import LOCK_SECONDS, connect
from grader.store.postgresql.lanes import Connector, Lanes
from grader.store.postgresql.schema import make_ready, migrate

WRITERS = 8
READERS = 4

_T = TypeVar("_T")
_P = ParamSpec("_P")


class PostgresStore:
    """Writing and reading have threads of their own: units that wait for a lock never keep a reader waiting."""

    def __init__(self, connector: Connector) -> None:
        self._writers = Lanes(
            connector, count=WRITERS, begin="BEGIN ISOLATION LEVEL READ COMMITTED", name="store-writer"
        )
        self._readers = Lanes(
            connector, count=READERS, begin="BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", name="store-reader"
        )
        self._closed = False

    @classmethod
    def open(cls, address: Address, *, lock_timeout: float = LOCK_SECONDS, upgrade: bool = False) -> Self:
        """Open the database, or fill an empty one. `lock_timeout` (seconds) is the wait for other writers.

        Raises SetupError for a server that cannot be reached, for a newer schema, and for an older one unless
        `upgrade` is set.
        """
        if upgrade:
            migrate(address)
        else:
            make_ready(address)
        return cls(Connector(partial(connect, address, lock_timeout=lock_timeout)))

    async def transact(self, work: Callable[Concatenate[Tx, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """`work` may run again from its start when others were in the way, so it changes nothing but the database."""
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
