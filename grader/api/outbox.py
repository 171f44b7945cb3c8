"""Does after the commit what a transaction asked for: prints certificates, certifies who needs nothing more.

Several graders share the work.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

from grader.api.context import Context
from grader.errors import GraderError, NotFoundError
from grader.learning import certificates
from grader.learning.releases import settle_entry
from grader.store.base import Tx
from grader.store.rows import OutboxEntry

PRINT = "certificate.pdf"
SETTLE = "certification.settle"
POLL_SECONDS = 2.0
BATCH = 20

LEASE = timedelta(minutes=1)
"""So long an entry belongs to whoever claimed it. When that one died, another one takes it up afterwards."""

_log = logging.getLogger("grader")


async def work_off(context: Context) -> None:
    """Runs until cancelled: at once when woken, else every few seconds. Whatever goes wrong is logged."""
    while True:
        context.wake.clear()
        try:
            await settle_due(context)  # first, since it asks for certificates to be printed
            await print_due(context)
        except GraderError as error:
            _log.warning("The outbox waits: %s", error)
        except Exception:  # noqa: BLE001 - a fault of ours must not end the work
            _log.exception("The outbox waits")
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await context.wake.wait()


async def print_due(context: Context) -> int:
    """Print what is due; returns how many entries were worked off."""
    return await _work_off(context, PRINT, _print)


async def settle_due(context: Context) -> int:
    """Certify those who need nothing more for a new version, each in a transaction of its own."""
    return await _work_off(context, SETTLE, _settle)


async def _work_off(context: Context, kind: str, work: Callable[[Context, OutboxEntry], Awaitable[None]]) -> int:
    done = 0
    while entries := await context.store.transact(_claim, context, kind):
        done += len(entries)
        await asyncio.gather(*(_guarded(context, entry, work) for entry in entries))
    return done


def _claim(tx: Tx, context: Context, kind: str) -> list[OutboxEntry]:
    now = context.clock()
    return tx.list(OutboxEntry, "claim_outbox", kind=kind, now=now, until=now + LEASE, limit=BATCH)


async def _guarded(
    context: Context, entry: OutboxEntry, work: Callable[[Context, OutboxEntry], Awaitable[None]]
) -> None:
    try:
        await work(context, entry)
    except (GraderError, OSError) as error:
        _log.warning("%s of %s waits: %s", entry.kind, entry.subject, error)
        await context.store.transact(_postpone, context, entry, str(error))
    except Exception as error:  # noqa: BLE001 - the next one must not wait for this one
        _log.exception("%s of %s waits", entry.kind, entry.subject)
        await context.store.transact(_postpone, context, entry, repr(error))


async def _print(context: Context, entry: OutboxEntry) -> None:
    try:
        await context.press.pdf(await context.store.read(certificates.get_certificate, entry.subject))
    except NotFoundError as error:
        _log.error("The outbox names no certificate: %s", error)
    await context.store.transact(_finish, context, entry)


async def _settle(context: Context, entry: OutboxEntry) -> None:
    library = context.shelf.library
    if not await context.store.transact(settle_entry, entry, library, now=context.clock()):
        await context.store.transact(_postpone, context, entry, "this grader's build is not the newest")


def _finish(tx: Tx, context: Context, entry: OutboxEntry) -> None:
    tx.run("finish_outbox", id=entry.id, done_at=context.clock())


def _postpone(tx: Tx, context: Context, entry: OutboxEntry, error: str) -> None:
    """Doubles the wait from 2 seconds up to about an hour."""
    wait = timedelta(seconds=min(2 ** (entry.attempts + 1), 3600))
    tx.run("postpone_outbox", id=entry.id, due_at=context.clock() + wait, error=error)
