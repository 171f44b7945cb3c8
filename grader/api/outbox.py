"""Does after the commit what a transaction asked for: prints certificates."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from grader.api.context import Context
from grader.errors import GraderError, NotFoundError
from grader.learning import certifications
from grader.store.base import Tx
from grader.store.rows import OutboxEntry

KIND = "certificate.pdf"
POLL_SECONDS = 2.0
BATCH = 20

_log = logging.getLogger("grader")


async def work_off(context: Context) -> None:
    """Runs until cancelled: at once when woken, else every few seconds. Whatever goes wrong is logged."""
    while True:
        context.wake.clear()
        try:
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
    done = 0
    while entries := await context.store.read(_due, context):
        done += len(entries)
        await asyncio.gather(*(_print(context, entry) for entry in entries))
    return done


def _due(tx: Tx, context: Context) -> list[OutboxEntry]:
    return tx.list(OutboxEntry, "list_due_outbox", kind=KIND, now=context.clock(), limit=BATCH)


async def _print(context: Context, entry: OutboxEntry) -> None:
    try:
        certificate = await context.store.read(certifications.get_certificate, entry.subject)
        await context.press.pdf(certificate)
    except NotFoundError as error:
        _log.error("The outbox names no certificate: %s", error)
        await context.store.transact(_finish, context, entry)
    except (GraderError, OSError) as error:
        _log.warning("%s is not printed yet: %s", entry.subject, error)
        await context.store.transact(_postpone, context, entry, str(error))
    except Exception as error:  # noqa: BLE001 - the next certificate must not wait for this one
        _log.exception("%s is not printed yet", entry.subject)
        await context.store.transact(_postpone, context, entry, repr(error))
    else:
        await context.store.transact(_finish, context, entry)


def _finish(tx: Tx, context: Context, entry: OutboxEntry) -> None:
    tx.run("finish_outbox", id=entry.id, done_at=context.clock())


def _postpone(tx: Tx, context: Context, entry: OutboxEntry, error: str) -> None:
    """Doubles the wait from 2 seconds up to about an hour."""
    wait = timedelta(seconds=min(2 ** (entry.attempts + 1), 3600))
    tx.run("postpone_outbox", id=entry.id, due_at=context.clock() + wait, error=error)
