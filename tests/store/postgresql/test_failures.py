"""What fails beside the store: connections, disks, its own process, the server."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from bench.postgresql import NOBODY, Server, postgresql
from grader.errors import StoreUnavailableError
from grader.store.base import Tx
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import Address, parse
from grader.store.postgresql.store import READERS, WRITERS
from tests.databases import TEMPLATE, Databases
from tests.store.postgresql.conftest import Rows
from tests.store.postgresql.units import add, has


async def eventually(work: Callable[[], "asyncio.Future[object]"]) -> object:
    """The result of work that is refused for a while."""
    async with asyncio.timeout(20):
        while True:
            with suppress(StoreUnavailableError):
                return await work()
            await asyncio.sleep(0.05)


def terminate(rows: Rows, address: Address) -> None:
    rows(
        address,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()",
    )


async def test_lost_connections(store: PostgresStore, address: Address, rows: Rows) -> None:
    """Connections that were lost while nobody used them are replaced, and nobody notices."""
    await asyncio.gather(*(store.transact(add, str(number)) for number in range(50)))
    await asyncio.gather(*(store.read(has, str(number)) for number in range(50)))
    terminate(rows, address)
    await asyncio.gather(*(store.transact(add, f"after {number}") for number in range(50)))
    assert await asyncio.gather(*(store.read(has, f"after {number}") for number in range(50))) == [True] * 50


async def test_lost_before_the_commit(store: PostgresStore, address: Address, rows: Rows) -> None:
    """A unit whose connection is lost before its commit runs again."""
    runs = []

    def work(tx: Tx) -> str | None:
        runs.append(add(tx, "acme"))
        if len(runs) == 1:
            terminate(rows, address)
        return add(tx, "other")

    assert await store.transact(work) == "other"
    assert runs == ["acme", "acme"]
    assert await store.read(has, "acme")


async def test_lost_in_the_commit(store: PostgresStore, address: Address, rows: Rows) -> None:
    """When the connection is lost during the commit nobody is told that the work is done, and it does not run again."""
    runs = []

    def work(tx: Tx) -> None:
        runs.append(add(tx, "acme"))
        terminate(rows, address)  # what comes next is the commit

    with pytest.raises(StoreUnavailableError, match=r"terminating connection|closed"):
        await store.transact(work)
    assert runs == ["acme"]
    assert await store.transact(add, "after") == "after"


async def test_full_disk(store: PostgresStore, address: Address, rows: Rows) -> None:
    """What the server cannot keep for want of room is refused; when there is room again all is well."""
    rows(
        address,
        """
        CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON organizations FOR EACH ROW EXECUTE FUNCTION full_disk()
        """,
    )
    with pytest.raises(StoreUnavailableError, match="No space left on device"):
        await store.transact(add, "acme")
    rows(address, "DROP TRIGGER full_disk ON organizations")
    assert await store.transact(add, "acme") == "acme"


def mount(folder: Path, options: str) -> int:
    return subprocess.run(["mount", "-t", "tmpfs", "-o", options, "grader", folder], check=False).returncode


@pytest.fixture
def small_disk(postgres: Databases) -> Iterator[Path]:
    """A disk of 12 MB for a database whose schema takes most of it."""
    folder = postgres.server.folder / "small"
    folder.mkdir()
    if mount(folder, "size=12m"):
        folder.rmdir()
        pytest.skip("only root may mount a disk")
    try:
        os.chown(folder, NOBODY, NOBODY)
        postgres.server.execute(f"CREATE TABLESPACE small LOCATION '{folder}'")
        postgres.server.execute(f"CREATE DATABASE small TEMPLATE {TEMPLATE} TABLESPACE small")
        yield folder
        postgres.drop("small")
        postgres.server.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(["umount", folder], check=True)


async def test_really_full_disk(postgres: Databases, small_disk: Path) -> None:
    """On a disk that fills up, what was acknowledged is there, the rest was refused, and room makes all well."""
    store = PostgresStore.open(parse(postgres.server.url("small")))
    try:
        # Who is connected still reads. A new connection may be refused: the server writes a file of its own then.
        assert not await store.read(has, "before")
        names = [f"{number}-" + os.urandom(1000).hex() for number in range(2500)]
        results = await asyncio.gather(*(store.transact(add, name) for name in names), return_exceptions=True)
        refused = [result for result in results if isinstance(result, StoreUnavailableError)]
        assert all("No space left on device" in str(error) for error in refused)
        assert 0 < len(refused) < len(names)
        assert await store.read(lambda tx: [has(tx, name) for name in names]) == [
            result == name for name, result in zip(names, results, strict=True)
        ]
        await asyncio.to_thread(mount, small_disk, "remount,size=64m")
        assert await store.transact(add, "after") == "after"
    finally:
        await store.close()


async def test_read_only(store: PostgresStore, address: Address, rows: Rows) -> None:
    """A server that takes nothing new, as a standby does, refuses writing and lets read."""
    await store.transact(add, "before")
    rows(address, f"ALTER DATABASE {address.name.rpartition('/')[2]} SET default_transaction_read_only = on")
    terminate(rows, address)
    with pytest.raises(StoreUnavailableError, match="read-only transaction"):
        await store.transact(add, "acme")
    assert await store.read(has, "before")


async def test_too_many_connections(postgres: Databases, address: Address, rows: Rows) -> None:
    """With fewer connections than threads those work that get one, and the others are refused."""
    rows(
        address,
        "CREATE ROLE few LOGIN PASSWORD 'few' CONNECTION LIMIT 2; GRANT ALL ON ALL TABLES IN SCHEMA public TO few",
    )
    store = PostgresStore.open(parse(address.url.replace("//postgres@", "//few@")))
    try:
        results = await asyncio.gather(*(store.transact(add, str(n)) for n in range(50)), return_exceptions=True)
        refused = {str(result) for result in results if isinstance(result, StoreUnavailableError)}
        assert all("too many connections for role" in text for text in refused)
        assert len(refused) == 1
        assert any(isinstance(result, str) for result in results)
        assert await eventually(lambda: asyncio.ensure_future(store.transact(add, "after"))) == "after"
    finally:
        await store.close()
        rows(address, "DROP OWNED BY few; DROP ROLE few")


KILLED = """
import asyncio, os, sys
from datetime import datetime, UTC
from grader.errors import StoreUnavailableError
from grader.store.postgresql import PostgresStore
from grader.store.postgresql.address import parse

async def main():
    store = PostgresStore.open(parse(sys.argv[1]))
    async def add(name):
        work = lambda tx: tx.find(str, "upsert_organization", id=name, name=name, now=datetime.now(UTC))
        try:
            await store.transact(work)
        except StoreUnavailableError:
            os._exit(1)
        print(name, flush=True)
    await asyncio.gather(*(add(str(number)) for number in range(20_000)))

asyncio.run(main())
"""


def acknowledged(process: "subprocess.Popen[str]", enough: int, end: Callable[[], None]) -> list[str]:
    assert process.stdout
    names = [process.stdout.readline().strip() for _ in range(enough)]
    end()
    names += process.stdout.read().split("\n")[:-1]
    process.wait()
    process.stdout.close()
    return names


async def missing(address: Address, names: list[str]) -> list[str]:
    store = PostgresStore.open(address)
    try:
        return await store.read(lambda tx: [name for name in names if not has(tx, name)])
    finally:
        await store.close()


def test_killed(address: Address) -> None:
    """What was acknowledged before the process was killed is there."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, address.url], stdout=subprocess.PIPE, text=True)
    names = acknowledged(process, 200, lambda: os.kill(process.pid, signal.SIGKILL))
    assert asyncio.run(missing(address, names)) == []


@pytest.fixture(scope="module")
def durable() -> Iterator[Server]:
    """A server that writes to the disk what it says it has written, to be ended and started again."""
    with postgresql() as server:
        yield server


def test_crashed_server(durable: Server) -> None:
    """What was acknowledged before the server crashed is there when it is back."""
    durable.execute("CREATE DATABASE crashed")
    address = parse(durable.url("crashed"))
    command = [sys.executable, "-c", KILLED, address.url]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    names = acknowledged(process, 200, lambda: durable.stop(signal.SIGQUIT))
    durable.start()
    assert asyncio.run(missing(address, names)) == []


async def test_restarted_server(durable: Server) -> None:
    """While the server is away work is refused at once, with the reason; when it is back the next request works."""
    durable.execute("CREATE DATABASE restarted")
    store = PostgresStore.open(parse(durable.url("restarted")))
    await asyncio.gather(*(store.transact(add, str(number)) for number in range(50)))
    durable.stop()
    for run in (store.transact, store.read):
        began = time.monotonic()
        results = await asyncio.gather(*(run(has, str(n)) for n in range(100)), return_exceptions=True)
        assert {type(result) for result in results} == {StoreUnavailableError}
        assert "No such file or directory" in str(results[0])
        assert time.monotonic() - began < 5
    durable.start()
    assert await eventually(lambda: asyncio.ensure_future(store.transact(add, "after"))) == "after"
    assert await store.read(has, "after")
    await store.close()


async def test_smart_end(durable: Server) -> None:
    """Closing ends every connection."""
    durable.execute("CREATE DATABASE ended")
    store = PostgresStore.open(parse(durable.url("ended")))
    await asyncio.gather(*(store.transact(add, str(number)) for number in range(WRITERS * 2)))
    await asyncio.gather(*(store.read(has, "1") for number in range(READERS * 2)))
    await store.close()
    async with asyncio.timeout(5):
        while durable.execute("SELECT 1 FROM pg_stat_activity WHERE datname = 'ended'"):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
