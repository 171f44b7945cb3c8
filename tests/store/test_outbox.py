import asyncio
from datetime import datetime, timedelta

from grader.store.base import Store, Tx, Value
from grader.store.rows import OutboxEntry


def put(tx: Tx, subject: str, due_at: datetime, kind: str = "print") -> int:
    return tx.run("insert_outbox", kind=kind, subject=subject, payload={"n": 1}, created_at=due_at, due_at=due_at)


def claim(tx: Tx, now: datetime, limit: int = 10) -> list[OutboxEntry]:
    until = now + timedelta(minutes=1)
    return tx.list(OutboxEntry, "claim_outbox", kind="print", now=now, until=until, limit=limit)


async def test_it_works(store: Store, now: datetime) -> None:
    """Entries of a kind that are due are handed out once, the longest due first, until they are done."""
    for subject, hours, kind in (
        ("b", 1, "print"),
        ("a", 0, "print"),
        ("later", 3, "print"),
        ("mail", 0, "mail"),
    ):
        await store.transact(put, subject, now + timedelta(hours=hours), kind)
    (first,) = await store.transact(claim, now + timedelta(hours=2), 1)
    (second,) = await store.transact(claim, now + timedelta(hours=2), 1)
    assert (first.subject, second.subject) == ("a", "b")
    assert (first.payload, first.attempts, first.done_at) == ({"n": 1}, 0, None)
    done: dict[str, Value] = {"id": first.id, "done_at": now}
    assert [await store.transact(lambda tx: tx.run("finish_outbox", **done)) for _ in range(2)] == [1, 0]
    assert [entry.subject for entry in await store.transact(claim, now + timedelta(hours=2, minutes=1))] == ["b"]


async def test_time_is_over(store: Store, now: datetime) -> None:
    """What is claimed is handed out again when its time is over: whoever claimed it has died."""
    await store.transact(put, "a", now)
    assert len(await store.transact(claim, now)) == 1
    assert await store.transact(claim, now + timedelta(seconds=59)) == []
    assert len(await store.transact(claim, now + timedelta(seconds=60))) == 1


async def test_postponed(store: Store, now: datetime) -> None:
    """What failed is due again later, and tells how often and why it failed."""
    await store.transact(put, "a", now)
    (entry,) = await store.transact(claim, now)
    later = now + timedelta(minutes=5)
    await store.transact(lambda tx: tx.run("postpone_outbox", id=entry.id, due_at=later, error="no browser"))
    assert await store.transact(claim, later - timedelta(seconds=1)) == []
    (again,) = await store.transact(claim, later)
    assert (again.attempts, again.error) == (1, "no browser")


async def test_limit(store: Store, now: datetime) -> None:
    """No more than the limit are handed out at once."""
    for number in range(3):
        await store.transact(put, str(number), now)
    assert len(await store.transact(claim, now, 2)) == 2


async def test_claimed_once(store: Store, now: datetime) -> None:
    """Of many who claim at the same time no two get the same entry."""
    for number in range(40):
        await store.transact(put, str(number), now)
    claimed = await asyncio.gather(*(store.transact(claim, now, 5) for _ in range(24)))
    subjects = [entry.subject for entries in claimed for entry in entries]
    assert len(subjects) == len(set(subjects))
    rest = await store.transact(claim, now, 40)
    assert len(subjects) + len(rest) == 40
