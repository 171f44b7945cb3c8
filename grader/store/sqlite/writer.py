"""The one thread that writes. What waits is committed together: one fsync for many units of work."""

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from grader.errors import StoreUnavailableError
from grader.store.sqlite.tx import SqliteTx
from grader.store.unit import perform

BATCH = 256
"""So many units at most share a commit: a bound on how long the first one waits for the last."""


class Unit(NamedTuple):
    work: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    future: asyncio.Future[Any]


class Outcome(NamedTuple):
    future: asyncio.Future[Any]
    result: object = None
    error: BaseException | None = None


class Writer:
    """Takes units from any event loop and gives each its outcome after the commit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._tx = SqliteTx(connection)
        self._waiting: SimpleQueue[Unit | None] = SimpleQueue()  # None: no more will come
        self._ended = False
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> asyncio.Future[Any]:
        future = asyncio.get_running_loop().create_future()
        self._waiting.put(Unit(work, args, kwargs, future))
        if self._ended:  # asked after the put: else the thread could end in between, and nobody would answer
            self._refuse_waiting()
        return future

    def close(self) -> None:
        """Finish what waits. Blocks until the thread has ended."""
        self._waiting.put(None)
        self._thread.join()
        self._connection.close()

    def _run(self) -> None:
        try:
            while batch := self._take():
                self._commit(batch)
        finally:
            self._ended = True
            self._refuse_waiting()

    def _take(self) -> list[Unit]:
        """The units that wait, at least one; none at the end."""
        unit = self._waiting.get()
        batch: list[Unit] = []
        with suppress(Empty):
            while unit is not None:
                batch.append(unit)
                if len(batch) == BATCH:
                    return batch
                unit = self._waiting.get_nowait()
            if batch:
                self._waiting.put(None)  # the end came with the batch: meet it again after this commit
        return batch

    def _commit(self, batch: Sequence[Unit]) -> None:
        try:
            outcomes = self._transact(batch)
        except (sqlite3.Error, StoreUnavailableError) as error:
            self._roll_back()
            outcomes = _refused(batch, str(getattr(error, "reason", error)))
        except BaseException:
            _deliver(_refused(batch, "its writer has failed"))
            raise
        _deliver(outcomes)

    def _transact(self, batch: Sequence[Unit]) -> list[Outcome]:
        self._connection.execute("BEGIN IMMEDIATE")
        outcomes = [self._attempt(unit) for unit in batch if not unit.future.cancelled()]
        self._connection.execute("COMMIT")
        return outcomes

    def _attempt(self, unit: Unit) -> Outcome:
        """Run one unit in a savepoint of its own, so that it fails alone."""
        self._connection.execute("SAVEPOINT unit")
        try:
            result = perform(unit.work, self._tx, unit.args, unit.kwargs)
        except BaseException as error:
            if not self._connection.in_transaction:  # a full disk rolls back the whole transaction
                raise StoreUnavailableError(str(getattr(error, "reason", error))) from error
            self._connection.execute("ROLLBACK TO unit")
            self._connection.execute("RELEASE unit")
            return Outcome(unit.future, error=error)
        self._connection.execute("RELEASE unit")
        return Outcome(unit.future, result)

    def _roll_back(self) -> None:
        with suppress(sqlite3.Error):
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _refuse_waiting(self) -> None:
        with suppress(Empty):
            while True:
                if unit := self._waiting.get_nowait():
                    _deliver(_refused([unit], "it is closed"))


def _refused(units: Iterable[Unit], reason: str) -> list[Outcome]:
    return [Outcome(unit.future, error=StoreUnavailableError(reason)) for unit in units]


def _deliver(outcomes: Iterable[Outcome]) -> None:
    """Wake each event loop once, not once per unit."""
    groups: defaultdict[asyncio.AbstractEventLoop, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[outcome.future.get_loop()].append(outcome)
    for loop, group in groups.items():
        with suppress(RuntimeError):  # the loop is closed: nobody waits there any more
            loop.call_soon_threadsafe(_settle, group)


def _settle(outcomes: Iterable[Outcome]) -> None:
    for future, result, error in outcomes:
        if future.done():  # the caller was cancelled
            continue
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)
