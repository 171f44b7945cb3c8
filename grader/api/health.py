"""For whoever watches the service: is it alive, can it work?"""

from litestar import get

from grader.api.context import Parts
from grader.api.openapi import refusals
from grader.catalog.model import Record
from grader.store.base import Tx


class Health(Record, frozen=True):
    status: str


@get("/healthz", operation_id="healthz", summary="The process answers", sync_to_thread=False)
def healthz() -> Health:
    return Health(status="ok")


@get(
    "/readyz",
    operation_id="readyz",
    summary="The process answers, and its database can be written",
    responses=refusals(),
)
async def readyz(context: Parts) -> Health:
    """A database that is locked or full can still be read: only writing tells whether answers can be graded."""
    await context.store.transact(_touch)
    return Health(status="ok")


def _touch(tx: Tx) -> None:
    tx.run("insert_touch")
    tx.run("delete_touch")
