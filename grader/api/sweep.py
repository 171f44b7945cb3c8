"""Ends attempts whose time is over, also where nobody comes back to them."""

import asyncio
import logging

from grader.api.context import Context
from grader.errors import GraderError, StoreUnavailableError
from grader.grading.limits import GRACE
from grader.learning import submission

POLL_SECONDS = 2.0
BATCH = 100

_log = logging.getLogger("grader")


async def sweep(context: Context) -> None:
    """Runs until cancelled. Whatever goes wrong is logged. Several graders may sweep one database."""
    complained: set[str] = set()
    while True:
        try:
            await close_due(context, complained)
        except GraderError as error:
            _log.warning("Attempts whose time is over wait: %s", error)
        except Exception:  # noqa: BLE001 - a fault of ours must not end the work
            _log.exception("Attempts whose time is over wait")
        await asyncio.sleep(POLL_SECONDS)


async def close_due(context: Context, complained: set[str]) -> None:
    """Close what is due, each attempt in a transaction of its own. One that fails is said once and stops no other."""
    now = context.clock()
    limit = BATCH + len(complained)  # those stay the longest overdue, and others come behind them
    found = await context.store.read(submission.list_overdue, before=now - GRACE, limit=limit)
    for attempt in found:
        try:
            await context.store.transact(submission.close_overdue, attempt, context.shelf.library, now=now)
        except StoreUnavailableError:
            raise
        except Exception:  # noqa: BLE001 - the next one must not wait for this one
            if attempt not in complained:
                _log.exception("Attempt %s cannot be closed", attempt)
            complained.add(attempt)
    if found:
        context.wake.set()  # one of them may have completed a track
