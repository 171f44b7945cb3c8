"""Threads that run units of work, each with a connection of its own: it never waits for one."""

import asyncio
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
from psycopg.pq import TransactionStatus

from grader.errors import StoreUnavailableError
from grader.store.postgresql.connection import Connection, PassingError, translated
from grader.store.postgresql.tx import PostgresTx
from grader.store.unit import perform

TRIES = 6
"""Of one unit of work, when the connection is lost before the commit, or others are in the way."""

PAUSE = 0.01
"""Seconds before the second try, at most; doubled for each further one."""

REST = 1.0
"""Seconds after a failed connect in which nobody else tries: a server that does not answer costs seconds each time."""


class OutcomeUnknownError(StoreUnavailableError):
    """The connection was lost during the commit: what was written may be there, or not."""


class Connector:
    """Makes connections, for all threads together."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._rests_until = 0.0
        self._reason = ""

    def __call__(self) -> Connection:
        """Raises StoreUnavailableError."""
        if time.monotonic() < self._rests_until:
            raise StoreUnavailableError(self._reason)
        try:
            return self._connect()
        except StoreUnavailableError as error:
            self._rests_until, self._reason = time.monotonic() + REST, error.reason
            raise


class Lanes:
    def __init__(self, connect: Callable[[], Connection], *, count: int, begin: str, name: str) -> None:
        """`begin` is the statement that begins a transaction."""
        self._connect = connect
        self._begin = begin
        self._threads = ThreadPoolExecutor(count, thread_name_prefix=name)
        self._idle: list[Connection] = []
        self._guard = threading.Lock()

    def submit(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._threads, self._run, work, args, kwargs)

    def close(self) -> None:
        """Finish what waits. Blocks until the threads have ended."""
        self._threads.shutdown()
        self._drop_idle()

    def _run(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        for number in range(1, TRIES):
            try:
                return self._try(work, args, kwargs)
            except PassingError:
                time.sleep(random.uniform(0, PAUSE * 2**number))  # noqa: S311 - so that two do not meet again
            except _LostError:
                self._drop_idle()  # they are older, and the server that they lead to has ended
        return self._try(work, args, kwargs)

    def _try(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        connection = self._take()
        try:
            connection.execute(self._begin)
            result = perform(work, PostgresTx(connection), args, kwargs)
            _check_sound(connection)
        except psycopg.Error as error:
            raise _lost(connection, translated(error)) from error
        except StoreUnavailableError as error:
            raise _lost(connection, error) from error
        else:
            _commit(connection)
            return result
        finally:
            self._give_back(connection)

    def _take(self) -> Connection:
        with self._guard:
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: Connection) -> None:
        with suppress(psycopg.Error):
            if connection.info.transaction_status != TransactionStatus.IDLE:
                connection.execute("ROLLBACK")
        if connection.info.transaction_status != TransactionStatus.IDLE:
            connection.close()
            return
        with self._guard:
            self._idle.append(connection)

    def _drop_idle(self) -> None:
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


class _LostError(StoreUnavailableError):
    """The connection was lost before the commit: nothing is kept."""


def _lost(connection: Connection, error: Exception) -> Exception:
    if connection.closed and isinstance(error, StoreUnavailableError):
        return _LostError(error.reason)
    return error


def _check_sound(connection: Connection) -> None:
    """PostgreSQL would answer COMMIT by rolling back, and raise nothing."""
    if connection.info.transaction_status == TransactionStatus.INERROR:
        raise RuntimeError("A unit of work went on after a query that failed.")


def _commit(connection: Connection) -> None:
    try:
        connection.execute("COMMIT")
    except psycopg.Error as error:
        if connection.closed:
            raise OutcomeUnknownError(str(translated(error))) from error
        raise translated(error) from error
