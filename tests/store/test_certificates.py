import asyncio
import random
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from grader.certificates.model import Certificate, number
from grader.store.base import ConstraintViolationError, Store, Tx, UniqueViolationError
from grader.store.rows import AuditEvent


def certificate(count: int, now: datetime, certification: str = "first") -> Certificate:
    return Certificate(
        number=number(2026, count),
        code="c0de",
        certification=certification,
        learner="alice",
        name="Alice Jones",
        organization="Acme",
        track="basics",
        edition=1,
        major=1,
        track_title="Basics",
        level="FOUNDATION",
        version="1.2",
        courses=("Intake", "Follow-up"),
        issued_at=now,
        expires_at=now + timedelta(days=730),
    )


def insert(tx: Tx, issued: Certificate) -> int:
    for major, name in enumerate(("first", "second"), start=1):
        tx.find(
            str,
            "upsert_certification",
            id=name,
            learner="alice",
            track="basics",
            major=major,
            started_at=issued.issued_at,
        )
    facts = {name: getattr(issued, name) for name in issued.__struct_fields__}
    for later in ("revoked_at", "revoked_reason", "superseded_by"):
        del facts[later]
    return tx.run("insert_certificate", **facts)


async def test_it_works(filled: Store, now: datetime) -> None:
    """A certificate comes back as it was issued: by number, by certification and by learner."""
    issued = certificate(1, now)
    assert await filled.transact(insert, issued) == 1
    assert issued == await filled.read(lambda tx: tx.find(Certificate, "find_certificate", number="CERT-2026-00001"))
    assert issued == await filled.read(lambda tx: tx.find(Certificate, "find_certificate_of", certification="first"))
    assert [issued] == await filled.read(lambda tx: tx.list(Certificate, "list_certificates", learner="alice"))


async def test_one_per_certification(filled: Store, now: datetime) -> None:
    """A certification has one certificate of an edition."""
    await filled.transact(insert, certificate(1, now))
    with pytest.raises(UniqueViolationError, match="certification"):
        await filled.transact(insert, certificate(2, now))


async def test_number_twice(filled: Store, now: datetime) -> None:
    """A number is given once."""
    await filled.transact(insert, certificate(1, now))
    with pytest.raises(UniqueViolationError, match="number"):
        await filled.transact(insert, certificate(1, now, "second"))


async def test_revoked(filled: Store, now: datetime) -> None:
    """A certificate is revoked once, with a reason; the first reason stays."""

    def revoke(tx: Tx, reason: str | None) -> int:
        return tx.run("revoke_certificate", number="CERT-2026-00001", revoked_at=now, revoked_reason=reason)

    await filled.transact(insert, certificate(1, now))
    with pytest.raises(ConstraintViolationError):
        await filled.transact(revoke, None)
    assert [await filled.transact(revoke, reason) for reason in ("Wrong name.", "Other.")] == [1, 0]
    found = await filled.read(lambda tx: tx.find(Certificate, "find_certificate", number="CERT-2026-00001"))
    assert found
    assert (now, "Wrong name.") == (found.revoked_at, found.revoked_reason)


async def test_superseded(filled: Store, now: datetime) -> None:
    """A certificate tells which newer one took its place, which exists and is not itself."""
    old, new = certificate(1, now), certificate(2, now + timedelta(days=1), "second")

    def supersede(tx: Tx, by: str) -> int:
        return tx.run("supersede_certificate", number=old.number, superseded_by=by)

    await filled.transact(insert, old)
    await filled.transact(insert, new)
    for impossible in (old.number, "CERT-2026-00009"):
        with pytest.raises(ConstraintViolationError):
            await filled.transact(supersede, impossible)
    await filled.transact(supersede, new.number)
    listed = await filled.read(lambda tx: tx.list(Certificate, "list_certificates", learner="alice"))
    assert [new, msgspec.structs.replace(old, superseded_by=new.number)] == listed


async def test_numbers_without_gaps(filled: Store) -> None:
    """Numbers have no gaps and no doubles, though units of work fail after taking one."""
    dice = random.Random(7)

    def take(tx: Tx, *, fails: bool) -> int | None:
        taken = tx.find(int, "next_certificate_number", year=2026)
        if fails:
            raise LookupError
        return taken

    async def learner() -> list[int | None]:
        taken = []
        for _ in range(20):
            try:
                taken.append(await filled.transact(take, fails=dice.random() < 0.3))
            except LookupError:
                await asyncio.sleep(0)
        return taken

    numbers = [number for taken in await asyncio.gather(*(learner() for _ in range(64))) for number in taken]
    assert 640 < len(numbers) < 1280
    assert list(range(1, len(numbers) + 1)) == sorted(number or 0 for number in numbers)


async def test_each_year(store: Store) -> None:
    """Each year counts from 1."""

    def take(tx: Tx, year: int) -> int | None:
        return tx.find(int, "next_certificate_number", year=year)

    assert [await store.transact(take, year) for year in (2026, 2026, 2027)] == [1, 2, 1]


@pytest.mark.parametrize("microseconds", [0, 500_000, 123_456])
async def test_the_former_end(filled: Store, now: datetime, microseconds: int) -> None:
    """The audit trail of either database tells it in the same words."""

    def end(tx: Tx, former: datetime) -> list[AuditEvent]:
        insert(tx, msgspec.structs.replace(certificate(1, now), expires_at=former))
        ends_at = now + timedelta(days=90)
        tx.run(
            "insert_audit_of_expiry",
            track="basics",
            major=2,
            expires_at=ends_at,
            at=now,
            details='{"earlier":{"expires_at":',
        )
        return tx.list(AuditEvent, "list_audit_events", subject_kind="certificate", subject="CERT-2026-00001")

    [event] = await filled.transact(end, datetime(2028, 11, 22, 10, 0, 0, microseconds, UTC))
    assert event.details == {"earlier": {"expires_at": f"2028-11-22T10:00:00.{microseconds:06}Z"}}
