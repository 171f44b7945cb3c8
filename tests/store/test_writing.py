import pytest

from grader.store.base import Store, Tx, Value
from grader.store.writing import LostWriteError, write_one
from tests.databases import rows
from tests.store.conftest import NOW

ROW: dict[str, Value] = {
    "kind": "certificate.pdf",
    "subject": "CERT-2026-00001",
    "payload": {},
    "created_at": NOW,
    "due_at": NOW,
}


async def test_it_works(store: Store) -> None:
    """The row is written."""
    await store.transact(lambda tx: write_one(tx, "insert_outbox", **ROW))
    assert await store.read(rows, "SELECT subject FROM outbox") == [("CERT-2026-00001",)]


async def test_nothing_written(store: Store) -> None:
    """A query that meets no row takes the whole unit of work back, and says which one it was."""

    def unit(tx: Tx) -> None:
        tx.run("insert_outbox", **ROW)
        write_one(tx, "finish_outbox", id=99, done_at=NOW)

    with pytest.raises(LostWriteError, match="finish_outbox has written 0 rows where it had to write one") as caught:
        await store.transact(unit)
    assert (caught.value.query, caught.value.rows) == ("finish_outbox", 0)
    assert await store.read(rows, "SELECT subject FROM outbox") == []
