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


@get("/readyz", operation_id="readyz", summary="The process and its database answer", responses=refusals())
async def readyz(context: Parts) -> Health:
    await context.store.read(_ping)
    return Health(status="ok")


def _ping(tx: Tx) -> None:
    tx.find(str, "find_certificate", number="")
