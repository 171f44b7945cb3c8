"""What only the store on SQLite can meet: locks, full disks, killed processes, unfit places."""

import asyncio
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.errors import SetupError, StoreUnavailableError
from grader.store.base import Tx
from grader.store.sqlite import SqliteStore
from grader.store.sqlite.writer import Writer
from tests.databases import rows

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def writer_of(store: SqliteStore) -> Writer:
    assert isinstance(store._writers, Writer)
    return store._writers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new" / "grader.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore.open(path, busy_timeout=0.05)
    yield store
    await store.close()


def add(tx: Tx, name: str) -> str | None:
    return tx.find(str, "upsert_organization", id=name, name=name, now=NOW)


def has(tx: Tx, name: str) -> bool:
    return (name,) in rows(tx, "SELECT id FROM organizations")


async def test_it_works(store: SqliteStore, path: Path) -> None:
    """A missing folder and file are made, and only the owner may read the file and its log."""
    await store.transact(add, "acme")
    assert await store.read(has, "acme")
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}


async def test_connections(store: SqliteStore) -> None:
    """Every commit is synced, and references are checked."""
    connection = writer_of(store)._connection
    settings = [
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
    ]
    assert settings == ["wal", 2, 1]


KILLED = """
import asyncio, sys
from datetime import datetime, UTC
from pathlib import Path
from grader.store.sqlite import SqliteStore

async def main():
    store = SqliteStore.open(Path(sys.argv[1]))
    async def add(name):
        work = lambda tx: tx.find(str, "upsert_organization", id=name, name=name, now=datetime.now(UTC))
        await store.transact(work)
        print(name, flush=True)
    await asyncio.gather(*(add(str(number)) for number in range(100_000)))

asyncio.run(main())
"""


def test_killed(path: Path) -> None:
    """What was acknowledged before the process was killed is there."""
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    acknowledged = [process.stdout.readline().strip() for _ in range(300)]
    os.kill(process.pid, signal.SIGKILL)
    acknowledged += process.stdout.read().split("\n")[:-1]
    process.wait()
    process.stdout.close()
    asyncio.run(_assert_there(path, acknowledged))


async def _assert_there(path: Path, names: list[str]) -> None:
    store = SqliteStore.open(path)
    missing = [name for name in names if not await store.read(has, name)]
    await store.close()
    assert missing == []


async def test_locked(store: SqliteStore, path: Path) -> None:
    """While another program holds the database, reading goes on; writing is refused after the wait, no longer."""
    await store.transact(add, "before")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    results = await asyncio.gather(*(store.transact(add, str(n)) for n in range(5)), return_exceptions=True)
    assert [str(result) for result in results] == ["The database is not available: database is locked"] * 5
    assert {StoreUnavailableError} == {type(result) for result in results}
    assert await store.read(has, "before")
    other.execute("ROLLBACK")
    other.close()
    assert await store.transact(add, "after") == "after"


async def test_read_by_another_program(store: SqliteStore, path: Path) -> None:
    """Another program that reads the database and ends, as a backup does, takes nothing away."""
    look = (
        "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute('SELECT id FROM organizations ORDER BY id'))"
    )
    command = [sys.executable, "-c", look, str(path)]
    for seen in ("('1',)", "('1',) ('2',)"):
        await store.transact(add, seen[-4])
        assert seen == (await asyncio.to_thread(subprocess.check_output, command, text=True)).strip()
    assert path.with_name("grader.db-wal").exists()


async def test_full_disk(store: SqliteStore) -> None:
    """When the disk is full nobody is told that the work is done; when there is room again all is well."""
    connection = writer_of(store)._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    names = [f"{number}" * 2000 for number in range(100, 200)]
    results = await asyncio.gather(*(store.transact(add, name) for name in names), return_exceptions=True)
    assert any(isinstance(result, StoreUnavailableError) and "full" in result.reason for result in results)
    for name, result in zip(names, results, strict=True):
        assert (result == name) == await store.read(has, name)
    connection.execute("PRAGMA max_page_count = 100000")
    assert await store.transact(add, "after") == "after"


async def test_reads_then_writes(store: SqliteStore, path: Path) -> None:
    """Nobody else writes between what a unit of work reads and what it writes."""
    other = sqlite3.connect(path, isolation_level=None, timeout=0, check_same_thread=False)

    def work(tx: Tx) -> str | None:
        assert not has(tx, "acme")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("INSERT INTO organizations VALUES ('other', 'Other', '2026')")
        return add(tx, "acme")

    assert await store.transact(work) == "acme"
    other.close()


async def test_commit_fails(store: SqliteStore) -> None:
    """When the commit fails every unit of the batch is refused and nothing is kept; later ones are not."""

    def defer(tx: Tx) -> None:
        writer_of(store)._connection.execute("PRAGMA defer_foreign_keys = ON")
        tx.run("insert_session", token_hash="token", learner="nobody", created_at=NOW, expires_at=NOW)

    results = await asyncio.gather(store.transact(add, "first"), store.transact(defer), return_exceptions=True)
    assert [type(result) for result in results] == [StoreUnavailableError] * 2
    assert not await store.read(has, "first")
    assert await store.transact(add, "after") == "after"


async def test_whole_transaction_lost(store: SqliteStore) -> None:
    """When SQLite gives the whole transaction up, every unit of the batch is refused, and later ones are not."""

    def lose(_: Tx) -> None:
        writer_of(store)._connection.execute("ROLLBACK")
        raise sqlite3.OperationalError("disk I/O error")

    first, lost = await asyncio.gather(store.transact(add, "first"), store.transact(lose), return_exceptions=True)
    assert [one.reason for one in (first, lost) if isinstance(one, StoreUnavailableError)] == ["disk I/O error"] * 2
    assert not await store.read(has, "first")
    assert await store.transact(add, "after") == "after"


async def test_cancelled(store: SqliteStore) -> None:
    """What nobody waits for any more is not begun."""
    begun, go_on = threading.Event(), threading.Event()

    def slow(_: Tx) -> None:
        begun.set()
        go_on.wait(5)

    running = asyncio.create_task(store.transact(slow))
    await asyncio.to_thread(begun.wait, 5)
    waiting = asyncio.create_task(store.transact(add, "cancelled"))
    await asyncio.sleep(0)
    waiting.cancel()
    go_on.set()
    await running
    assert await store.transact(add, "later")
    assert not await store.read(has, "cancelled")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_dead_writer(store: SqliteStore) -> None:
    """Should the writer die, nobody waits for ever: not those whose work it had, nor those who come later."""

    class Broken:
        def execute(self, _: str) -> None:
            raise MemoryError

    sound = writer_of(store)._connection
    writer_of(store)._connection = Broken()  # type: ignore[assignment]
    for name in ("at once", "later"):
        with pytest.raises(StoreUnavailableError):
            await asyncio.wait_for(store.transact(add, name), 5)
    writer_of(store)._thread.join(5)
    with pytest.raises(StoreUnavailableError, match="closed"):
        await asyncio.wait_for(store.transact(add, "after its end"), 5)
    writer_of(store)._connection = sound


def test_closed_loop(path: Path) -> None:
    """Work may come from one event loop after another, also when an earlier one has left without its answer."""
    store = SqliteStore.open(path)

    async def leave() -> None:
        asyncio.get_running_loop().call_soon(asyncio.get_running_loop().stop)
        await store.transact(add, "left")

    loop = asyncio.new_event_loop()
    task = loop.create_task(leave())
    loop.run_forever()
    task.cancel()
    loop.close()
    task._log_destroy_pending = False  # type: ignore[attr-defined]

    async def come() -> str | None:
        found = await store.transact(add, "came")
        await store.close()
        return found

    assert asyncio.run(come()) == "came"


@pytest.mark.parametrize("place", ["file/grader.db", "folder"])
def test_unfit_place(tmp_path: Path, place: str) -> None:
    """A place that cannot hold the database is refused by a line that names it and what to do."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    with pytest.raises(SetupError, match=f"{place} cannot be written.*name another place for the database"):
        SqliteStore.open(tmp_path / place)


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become somebody else")
def test_unwritable_folder(tmp_path: Path) -> None:
    """A folder that this user may not write in is refused, though the database in it is there."""
    path = tmp_path / "grader.db"
    asyncio.run(SqliteStore.open(path).close())
    path.chmod(0o666)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_mode & 0o5 != 0o5:  # pytest's own, which only its user may enter
            folder.chmod(0o755)
    child = os.fork()
    if child == 0:
        os.setuid(65534)
        try:
            SqliteStore.open(path)
        except SetupError as error:
            os._exit(0 if str(error).startswith(f"{tmp_path} cannot be written.") else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_no_database(tmp_path: Path) -> None:
    """A file that is something else is refused, and stays as it is."""
    path = tmp_path / "grader.db"
    path.write_text("notes " * 1000)
    with pytest.raises(SetupError, match="file is not a database"):
        SqliteStore.open(path)
    assert path.read_text().startswith("notes")
