import asyncio
from datetime import datetime

import pytest

from grader.store.base import ConstraintViolationError, Store, Tx
from grader.store.rows import CertificationRow


def start(tx: Tx, name: str, now: datetime, major: int = 1) -> CertificationRow:
    row = tx.find(
        CertificationRow,
        "upsert_certification",
        id=name,
        learner="alice",
        track="basics",
        major=major,
        started_at=now,
    )
    assert row
    return row


def complete(tx: Tx, name: str, now: datetime, version: str | None = "1.2") -> int:
    return tx.run("complete_certification", id=name, completed_at=now, version_completed=version)


async def test_it_works(filled: Store, now: datetime) -> None:
    """A certification is started, and completed once."""
    assert (await filled.transact(start, "first", now)).status == "IN_PROGRESS"
    assert [await filled.transact(complete, "first", now) for _ in range(2)] == [1, 0]
    row = await filled.read(lambda tx: tx.find(CertificationRow, "find_certification", id="first"))
    assert row
    assert ("COMPLETED", now, "1.2") == (row.status, row.completed_at, row.version_completed)


async def test_one_per_major_version(filled: Store, now: datetime) -> None:
    """A learner has one certification per track and major version, however often it is started."""
    rows = await asyncio.gather(*(filled.transact(start, f"id-{n}", now) for n in range(64)))
    assert len({row.id for row in rows}) == 1
    assert (await filled.transact(start, "new", now, 2)).id == "new"
    found = await filled.read(
        lambda tx: tx.find(CertificationRow, "find_certification_of", learner="alice", track="basics", major=2)
    )
    assert found
    assert found.id == "new"


async def test_started_again(filled: Store, now: datetime) -> None:
    """Starting a completed certification leaves it completed."""
    await filled.transact(start, "first", now)
    await filled.transact(complete, "first", now)
    assert (await filled.transact(start, "second", now)).status == "COMPLETED"


async def test_completed_with_version(filled: Store, now: datetime) -> None:
    """A completed certification tells the version that was completed."""
    await filled.transact(start, "first", now)
    with pytest.raises(ConstraintViolationError):
        await filled.transact(complete, "first", now, None)
