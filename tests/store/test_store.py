"""What every store keeps to, whatever the database."""

import asyncio
import contextlib
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import msgspec
import pytest

from grader.errors import StoreUnavailableError
from grader.store.base import Store, Tx, UniqueViolationError
from grader.store.rows import AuditEvent, Organization
from tests.databases import rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def found(tx: Tx, name: str) -> Organization:
    """Insert a new organization, or get the one of that name."""
    organization = tx.find(Organization, "upsert_organization", id=f"id-{name}", name=name, now=NOW)
    assert organization
    return organization


def has(tx: Tx, name: str) -> bool:
    return (name,) in rows(tx, "SELECT name FROM organizations")


async def test_it_works(store: Store) -> None:
    """A unit of work writes, returns what it made, and a read finds it."""
    made = await store.transact(found, "Acme")
    assert Organization(id="id-Acme", name="Acme", created_at=NOW) == made
    assert await store.read(has, "Acme")


async def test_absent(store: Store) -> None:
    """`find` returns None and `list` nothing when there is no row."""
    assert await store.read(lambda tx: tx.find(str, "find_track", id="none")) is None
    assert await store.read(lambda tx: tx.list(str, "list_certificates", learner="nobody")) == []


async def test_durable(open_store: Callable[[], Store]) -> None:
    """What was written is there when the database is opened again."""
    first = open_store()
    await first.transact(found, "Acme")
    await first.close()
    second = open_store()
    try:
        assert await second.read(has, "Acme")
    finally:
        await second.close()


async def test_whole_or_not_at_all(store: Store) -> None:
    """A unit of work that raises leaves nothing behind, and its caller gets the error."""

    def fail(tx: Tx) -> None:
        found(tx, "Acme")
        raise LookupError("no")

    with pytest.raises(LookupError, match="no"):
        await store.transact(fail)
    assert not await store.read(has, "Acme")


async def test_fails_alone(store: Store) -> None:
    """Of many units at once, those that raise fail and all others are kept."""

    def work(tx: Tx, number: int) -> None:
        found(tx, str(number))
        if number % 3 == 0:
            raise LookupError(number)

    results = await asyncio.gather(*(store.transact(work, number) for number in range(300)), return_exceptions=True)
    assert [n for n in range(300) if n % 3 == 0] == [
        n for n, result in enumerate(results) if isinstance(result, LookupError)
    ]
    kept = await store.read(lambda tx: [n for n in range(300) if has(tx, str(n))])
    assert [n for n in range(300) if n % 3] == kept


async def test_sees_earlier_units(store: Store) -> None:
    """Units of work run one after the other: each sees what the earlier ones wrote."""

    def count(tx: Tx) -> int | None:
        return tx.find(int, "next_certificate_number", year=2026)

    assert set(range(1, 101)) == set(await asyncio.gather(*(store.transact(count) for _ in range(100))))


async def test_stop_iteration(store: Store) -> None:
    """A unit of work that raises StopIteration fails like any other instead of never answering."""

    def work(_: Tx) -> None:
        next(iter(()))

    for run in (store.transact, store.read):
        with pytest.raises(RuntimeError, match="StopIteration"):
            await asyncio.wait_for(run(work), 5)


async def test_cancelled_caller(store: Store) -> None:
    """A caller that goes away disturbs nobody."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Tx) -> None:
        begun.set()
        go_on.wait(5)

    running = asyncio.create_task(store.transact(slow))
    await asyncio.to_thread(begun.wait, 5)
    waiting = asyncio.create_task(store.transact(found, "cancelled"))
    after = asyncio.create_task(store.transact(found, "after"))
    await asyncio.sleep(0)
    running.cancel()
    waiting.cancel()
    go_on.set()
    await after
    for task in (running, waiting):
        with contextlib.suppress(asyncio.CancelledError):
            await task
    assert await store.transact(found, "later")


async def test_cancelled_while_running(store: Store) -> None:
    """A caller that goes away while its unit runs takes no answer from those that share the commit."""
    begun, go_on = [threading.Event(), threading.Event()], [threading.Event(), threading.Event()]

    def slow(_: Tx, number: int) -> None:
        begun[number].set()
        go_on[number].wait(5)

    holding = asyncio.create_task(store.transact(slow, 0))
    await asyncio.to_thread(begun[0].wait, 5)
    running = asyncio.create_task(store.transact(slow, 1))
    after = asyncio.create_task(store.transact(found, "after"))
    await asyncio.sleep(0)
    go_on[0].set()
    await asyncio.to_thread(begun[1].wait, 5)
    running.cancel()
    await asyncio.sleep(0)
    go_on[1].set()
    assert await asyncio.wait_for(after, 5)
    await holding
    assert running.cancelled()


async def test_snapshot(store: Store) -> None:
    """A read sees one state, though others write meanwhile."""
    begun, go_on = threading.Event(), threading.Event()

    def look_twice(tx: Tx) -> tuple[bool, bool]:
        first = has(tx, "Acme")
        begun.set()
        go_on.wait(5)
        return first, has(tx, "Acme")

    looking = asyncio.create_task(store.read(look_twice))
    await asyncio.to_thread(begun.wait, 5)
    await store.transact(found, "Acme")
    go_on.set()
    assert await looking == (False, False)
    assert await store.read(has, "Acme")


async def test_read_cannot_write(store: Store) -> None:
    """A read that tries to write is refused."""
    with pytest.raises(StoreUnavailableError):
        await store.read(found, "Acme")


async def test_close_drains(open_store: Callable[[], Store]) -> None:
    """Closing finishes the work that waits."""
    store = open_store()
    tasks = [asyncio.create_task(store.transact(found, str(number))) for number in range(600)]
    await asyncio.sleep(0)
    await store.close()
    assert len(await asyncio.gather(*tasks)) == 600


async def test_closed(open_store: Callable[[], Store]) -> None:
    """After closing, work is refused; closing twice is no fault."""
    store = open_store()
    await store.close()
    await store.close()
    for run in (store.transact, store.read):
        with pytest.raises(StoreUnavailableError, match="closed"):
            await run(found, "Acme")


async def test_unique(store: Store) -> None:
    """A second row with a unique value raises UniqueViolationError, which names the constraint."""

    def insert(tx: Tx, organization_id: str, name: str) -> None:
        tx.find(Organization, "upsert_organization", id=organization_id, name=name, now=NOW)

    await store.transact(insert, "acme", "Acme")
    with pytest.raises(UniqueViolationError, match=r"organizations\.id") as caught:
        await store.transact(insert, "acme", "Other")
    assert "organizations" in caught.value.constraint


async def test_unknown_query(store: Store) -> None:
    """A query that does not exist is a KeyError."""
    with pytest.raises(KeyError, match="find_nothing"):
        await store.read(lambda tx: tx.find(str, "find_nothing"))


@pytest.mark.parametrize("params", [{}, {"id": "a", "more": 1}])
async def test_wrong_parameters(store: Store, params: dict[str, str | int]) -> None:
    """A missing or unknown parameter is a TypeError that names the declared ones."""
    with pytest.raises(TypeError, match=r"find_track takes \['id'\]"):
        await store.read(lambda tx: tx.find(str, "find_track", **params))


async def test_rows_written(store: Store) -> None:
    """`run` returns the number of rows written."""
    await store.transact(found, "Acme")
    assert await store.transact(lambda tx: tx.run("delete_session", token_hash="none")) == 0
    assert await store.transact(audit, NOW, {}) == 1


class Details(msgspec.Struct, frozen=True):
    """JSON of any depth."""

    names: tuple[str, ...]
    nested: dict[str, int]


class TypedEvent(AuditEvent, frozen=True, kw_only=True):
    details: Details  # type: ignore[assignment]  # narrower


def audit(tx: Tx, at: datetime, details: Details | dict[str, object]) -> int:
    return tx.run(
        "insert_audit_event",
        at=at,
        actor=None,
        action="tested",
        subject_kind="store",
        subject="json",
        details=details,
    )


async def test_json(store: Store) -> None:
    """Structs and dicts come back as the types that the caller names."""
    details = Details(names=("Zoë", '"\\', "\u2028"), nested={"a": 1})
    await store.transact(audit, NOW, details)
    events = await store.read(lambda tx: tx.list(TypedEvent, "list_audit_events", subject_kind="store", subject="json"))
    assert [details] == [event.details for event in events]


@pytest.mark.parametrize(
    "at",
    [
        NOW,
        NOW + timedelta(microseconds=1),
        datetime(2026, 3, 29, 1, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
async def test_datetime(store: Store, at: datetime) -> None:
    """A time comes back as the same instant, in UTC."""
    await store.transact(audit, at, {})
    events = await store.read(lambda tx: tx.list(AuditEvent, "list_audit_events", subject_kind="store", subject="json"))
    assert [(at, timedelta(0))] == [(event.at, event.at.utcoffset()) for event in events]


async def test_naive_datetime(store: Store) -> None:
    """A time without a time zone is refused."""
    with pytest.raises(ValueError, match="no time zone"):
        await store.transact(audit, NOW.replace(tzinfo=None), {})
