"""Units of work from the command line: who does them, and what a dry run shows."""

import asyncio
import getpass
import os
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Concatenate, ParamSpec, TypeVar

import click

from grader.errors import InvalidValueError
from grader.learning import trail
from grader.settings import Settings
from grader.store.base import Store, Tx
from grader.store.rows import TrailEvent

P = ParamSpec("P")
T = TypeVar("T")

dry_run_option = click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
reason_option = click.option("--reason", required=True, help="Why. It is kept in the audit trail.")


class _UndoneError(Exception):
    """Ends a dry run, so that the transaction is rolled back."""

    def __init__(self, events: list[TrailEvent]) -> None:
        self.events = events


def operator() -> str:
    """Whoever runs this command, as the audit trail names them."""
    try:
        return f"operator:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user without a name
        return f"operator:{os.getuid()}"


def utc_now() -> datetime:
    return datetime.now(UTC)


def read(settings: Settings, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
    async def run(store: Store) -> T:
        return await store.read(work, *args, **kwargs)

    return asyncio.run(_with_store(settings, run))


def change(settings: Settings, work: Callable[[Tx], object], *, dry_run: bool) -> list[TrailEvent]:
    """Do it in one transaction; what the audit trail says of it. A dry run does all of it, too, and takes it back."""

    def unit(tx: Tx) -> list[TrailEvent]:
        before = trail.last(tx)
        work(tx)
        events = trail.after(tx, before, actor=operator())
        if dry_run:
            raise _UndoneError(events)
        return events

    async def run(store: Store) -> list[TrailEvent]:
        return await store.transact(unit)

    try:
        return asyncio.run(_with_store(settings, run))
    except _UndoneError as undone:
        return undone.events
    except InvalidValueError as error:
        raise click.BadParameter(str(error), param_hint=f"--{error.field}") from None


async def _with_store(settings: Settings, run: Callable[[Store], Coroutine[None, None, T]]) -> T:
    from grader.store.place import open_store

    store = open_store(settings.database, settings.folder)
    try:
        return await run(store)
    finally:
        await store.close()
