from datetime import datetime, timedelta

from grader.store.base import Store, Tx, Value
from grader.store.rows import OutboxEntry


def put(tx: Tx, subject: str, due_at: datetime, kind: str = "print") -> int:
    return tx.run("insert_outbox", kind=kind, subject=subject, payload={"n": 1}, created_at=due_at, due_at=due_at)


def due(tx: Tx, now: datetime, limit: int = 10) -> list[OutboxEntry]:
    return tx.list(OutboxEntry, "list_due_outbox", kind="print", now=now, limit=limit)


async def test_it_works(store: Store, now: datetime) -> None:
    """Entries of a kind that are due come longest due first, until they are done."""
    for subject, hours, kind in (
        ("b", 1, "print"),
        ("a", 0, "print"),
        ("later", 3, "print"),
        ("mail", 0, "mail"),
    ):
        await store.transact(put, subject, now + timedelta(hours=hours), kind)
    entries = await store.read(due, now + timedelta(hours=2))
    assert [entry.subject for entry in entries] == ["a", "b"]
    assert (entries[0].payload, entries[0].attempts, entries[0].done_at) == ({"n": 1}, 0, None)
    done: dict[str, Value] = {"id": entries[0].id, "done_at": now}
    assert [await store.transact(lambda tx: tx.run("finish_outbox", **done)) for _ in range(2)] == [1, 0]
    assert [entry.subject for entry in await store.read(due, now + timedelta(hours=2))] == ["b"]


async def test_postponed(store: Store, now: datetime) -> None:
    """What failed is due again later, and tells how often and why it failed."""
    await store.transact(put, "a", now)
    (entry,) = await store.read(due, now)
    later = now + timedelta(minutes=5)
    await store.transact(lambda tx: tx.run("postpone_outbox", id=entry.id, due_at=later, error="no browser"))
    assert await store.read(due, now) == []
    (again,) = await store.read(due, later)
    assert (1, "no browser", later) == (again.attempts, again.error, again.due_at)


async def test_limit(store: Store, now: datetime) -> None:
    """No more than the limit are handed out at once."""
    for number in range(3):
        await store.transact(put, str(number), now)
    assert len(await store.read(due, now, 2)) == 2
