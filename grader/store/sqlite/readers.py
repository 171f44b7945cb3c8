"""A few connections that read beside the writer, each transaction on a snapshot."""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

from grader.store.sqlite.connection import translated
from grader.store.sqlite.tx import SqliteTx
from grader.store.unit import perform


class Readers:
    """As many threads as connections, so that a thread never waits for one."""

    def __init__(self, connections: Sequence[sqlite3.Connection]) -> None:
        self._connections = connections
        self._idle: SimpleQueue[SqliteTx] = SimpleQueue()
        for connection in connections:
            self._idle.put(SqliteTx(connection))
        self._pool = ThreadPoolExecutor(len(connections), thread_name_prefix="store-reader")

    def submit(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> asyncio.Future[Any]:
        return asyncio.get_running_loop().run_in_executor(self._pool, self._read, work, args, kwargs)

    def close(self) -> None:
        """Finish what waits. Blocks until the threads have ended."""
        self._pool.shutdown()
        for connection in self._connections:
            connection.close()

    def _read(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> object:
        tx = self._idle.get()
        try:
            tx.connection.execute("BEGIN")
            return perform(work, tx, args, kwargs)
        except sqlite3.Error as error:
            raise translated(error) from error
        finally:
            tx.connection.rollback()
            self._idle.put(tx)
