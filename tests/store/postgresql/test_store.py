"""What only the store on PostgreSQL can meet: other writers at the same time, and its own settings."""

import asyncio
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from grader.catalog.artifacts import read_artifacts
from grader.errors import SetupError, StoreUnavailableError
from grader.learning.library import Library
from grader.learning.synchronise import synchronise
from grader.store.base import ConstraintViolationError, Tx
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import Address, parse
from grader.store.postgresql.store import WRITERS
from grader.store.postgresql.tx import PostgresTx
from tests.acting import version
from tests.api.content import PAGES, publish
from tests.databases import Databases
from tests.store.postgresql.units import NOW, add, ask, has


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("synchronous_commit", "on"),
        ("TimeZone", "UTC"),
        ("lock_timeout", "200ms"),
        ("statement_timeout", "30s"),
        ("idle_in_transaction_session_timeout", "1min"),
        ("application_name", "grader"),
    ],
)
async def test_connections(store: PostgresStore, setting: str, value: str) -> None:
    """Every commit is flushed, though this server's own setting says no, and nothing is waited for without end."""
    assert await store.transact(ask, f"SHOW {setting}") == value
    assert await store.read(ask, f"SHOW {setting}") == value


async def test_isolation(store: PostgresStore) -> None:
    """Writing sees what others have committed; reading sees one snapshot and cannot write."""
    assert await store.transact(ask, "SHOW transaction_isolation") == "read committed"
    assert await store.read(ask, "SHOW transaction_isolation") == "repeatable read"
    assert await store.read(ask, "SHOW transaction_read_only") == "on"


async def test_prepared(store: PostgresStore) -> None:
    """Queries that come again are prepared statements."""
    for number in range(10):
        await store.transact(add, str(number))
    prepared = await store.transact(ask, "SELECT string_agg(statement, ' ') FROM pg_prepared_statements")
    assert "INSERT INTO organizations" in str(prepared)


async def test_side_by_side(store: PostgresStore) -> None:
    """Units of work do not wait for each other: as many run at a time as there are writers."""
    together = threading.Barrier(WRITERS, timeout=5)

    def meet(_: Tx) -> None:
        together.wait()

    await asyncio.gather(*(store.transact(meet) for _ in range(WRITERS)))


async def test_lock(store: PostgresStore) -> None:
    """Who locks a subject waits until nobody else has it, and then sees what the other has written."""
    inside = []

    def once(tx: Tx, _: int) -> None:
        tx.lock("learner alice")
        inside.append(1)
        assert len(inside) == 1
        if not has(tx, "acme"):
            tx.find(str, "upsert_organization", id="acme", name="Acme", now=NOW)
            written.append(1)
        inside.pop()

    written: list[int] = []
    await asyncio.gather(*(store.transact(once, number) for number in range(40)))
    assert written == [1]


async def test_other_subject(store: PostgresStore) -> None:
    """Different subjects do not wait for each other."""
    together = threading.Barrier(2, timeout=5)

    def meet(tx: Tx, subject: str) -> None:
        tx.lock(subject)
        together.wait()

    await asyncio.gather(store.transact(meet, "learner alice"), store.transact(meet, "learner bob"))


async def test_releases_take_their_time(store: PostgresStore, tmp_path: Path) -> None:
    """A new version may end a million certificates: no query of its unit is cut off, and those of others are."""

    def release(tx: Tx, pages: dict[str, str]) -> object:
        publish(tmp_path, pages)
        synchronise(tx, Library(read_artifacts(tmp_path / "build")), NOW)
        return ask(tx, "SHOW statement_timeout")

    assert await store.transact(release, PAGES) == "30s"
    assert await store.transact(release, version("2.0")) == "0"
    assert await store.transact(ask, "SHOW statement_timeout") == "30s"


async def test_locked(store: PostgresStore) -> None:
    """What somebody else holds is waited for, not for ever; reading goes on."""
    begun, go_on = threading.Event(), threading.Event()

    def hold(tx: Tx) -> None:
        tx.lock("learner alice")
        begun.set()
        go_on.wait(10)

    holding = asyncio.create_task(store.transact(hold))
    await asyncio.to_thread(begun.wait, 5)
    results = await asyncio.gather(
        *(store.transact(lambda tx: tx.lock("learner alice")) for _ in range(WRITERS)), return_exceptions=True
    )
    assert [str(result) for result in results] == [
        "The database is not available: canceling statement due to lock timeout"
    ] * WRITERS
    assert await store.read(has, "acme") is False
    go_on.set()
    await holding
    await store.transact(lambda tx: tx.lock("learner alice"))


async def test_deadlock(address: Address) -> None:
    """Of two units that wait for each other one runs again, and both succeed."""
    store = PostgresStore.open(address)  # waits longer for a lock than PostgreSQL waits before it looks for deadlocks
    together = threading.Barrier(2, timeout=5)
    runs = []

    def both(tx: Tx, first: str, second: str) -> str:
        runs.append(first)
        tx.lock(first)
        if len(runs) <= 2:
            together.wait()
        tx.lock(second)
        return first

    results = await asyncio.gather(store.transact(both, "a", "b"), store.transact(both, "b", "a"))
    assert list(results) == ["a", "b"]
    assert len(runs) == 3
    await store.close()


async def test_gives_up(store: PostgresStore) -> None:
    """A unit that others are always in the way of is refused in the end."""
    runs = []

    def fail(tx: Tx) -> None:
        runs.append(1)
        assert isinstance(tx, PostgresTx)
        tx.connection.execute(
            "DO $$ BEGIN RAISE EXCEPTION 'in the way' USING ERRCODE = 'serialization_failure'; END $$"
        )

    with pytest.raises(StoreUnavailableError, match="in the way"):
        await store.transact(fail)
    assert len(runs) == 6


async def test_went_on_after_an_error(store: PostgresStore) -> None:
    """A unit that goes on after a query has failed fails itself: PostgreSQL has given its transaction up."""

    def careless(tx: Tx) -> None:
        add(tx, "acme")
        with suppress(ConstraintViolationError):
            tx.run("insert_session", token_hash="token", learner="nobody", created_at=NOW, expires_at=NOW)

    with pytest.raises(RuntimeError, match="went on after a query that failed"):
        await store.transact(careless)
    assert not await store.read(has, "acme")


def test_password(postgres: Databases, address: Address) -> None:
    """A wrong password is told without it."""
    wrong = postgres.server.tcp(address.name.rpartition("/")[2]).replace(postgres.server.password, "SENTINEL")
    with pytest.raises(SetupError, match=r"postgres@127\.0\.0\.1.*password authentication failed") as caught:
        PostgresStore.open(parse(wrong))
    assert "SENTINEL" not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_signed_in_by_password(postgres: Databases, address: Address) -> None:
    """Over the network it signs in by its password."""
    store = PostgresStore.open(parse(postgres.server.tcp(address.name.rpartition("/")[2])))
    assert await store.transact(add, "acme") == "acme"
    await store.close()
