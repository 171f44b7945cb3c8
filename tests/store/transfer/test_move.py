"""All rows of one database in another one, of the same kind or the other."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.store.base import Store
from grader.store.place import Place, open_store
from grader.store.rows import AttemptRow
from grader.store.transfer.base import Target, reading, writing
from grader.store.transfer.move import move
from grader.store.transfer.table import Row, Source, Table, TransferError
from tests.databases import execute, rows
from tests.store.transfer.conftest import Contents
from tests.store.transfer.facts import FACTS, NAME, fill

At = Callable[[str], Place]
Read = Callable[[str], Contents]


def copy(source: Place, target: Place, *, replace: bool = False) -> None:
    with reading(source) as one, writing(target) as other:
        move(one, other, replace=replace)


def test_it_works(filled: str, empty: str, place: At, contents: Read) -> None:
    """Every row of every table is in the other database, in the same form, though the kinds differ."""
    copy(place(filled), place(empty))
    there = contents(empty)
    assert there == contents(filled)
    assert {table.partition(" ")[0]: len(rows) for table, rows in FACTS.items()} == {
        table: len(rows) for table, rows in there.items()
    }
    assert any(NAME in row for row in there["learners"])


def used(database: str, folder: Path, work: Callable[[Store], object]) -> None:
    async def run() -> None:
        store = open_store(database, folder)
        try:
            await work(store)  # type: ignore[misc]
        finally:
            await store.close()

    asyncio.run(run())


def test_goes_on(filled: str, empty: str, place: At, tmp_path: Path) -> None:
    """In the copy numbers are counted on, rows are read as what they are, and audit events stay protected."""
    copy(place(filled), place(empty))

    async def use(store: Store) -> None:
        assert await store.transact(lambda tx: tx.find(int, "next_certificate_number", year=2026)) == 2
        attempt = await store.read(lambda tx: tx.find(AttemptRow, "find_attempt", id="a"))
        assert attempt is not None
        assert (attempt.timed_out, attempt.score) == (True, 1 / 3)
        await store.transact(
            execute,
            "INSERT INTO audit_events (at, action, subject_kind, subject, details) "
            "VALUES ('2026-11-23T10:00:00.000000Z', 'tested', 'store', 'x', '{}')",
        )
        assert await store.read(rows, "SELECT max(id) FROM audit_events") == [(8,)]
        with pytest.raises(Exception, match="audit events are never"):
            await store.transact(execute, "DELETE FROM audit_events")

    used(empty, tmp_path, use)


def test_target_with_rows(filled: str, empty: str, place: At, contents: Read, tmp_path: Path) -> None:
    """A database with rows in it is refused, with what it holds, and stays as it is."""

    async def add(store: Store) -> None:
        await store.transact(execute, "INSERT INTO certificate_counters VALUES (1999, 7)")

    used(empty, tmp_path, add)
    before = contents(empty)
    with pytest.raises(TransferError, match="has rows already: 1 certificate_counters"):
        copy(place(filled), place(empty))
    assert contents(empty) == before


def test_replaced(filled: str, empty: str, place: At, contents: Read, tmp_path: Path) -> None:
    """What is there is replaced when that is asked for, audit events too, and these are protected afterwards."""
    used(empty, tmp_path, lambda store: store.transact(fill))

    async def more(store: Store) -> None:
        await store.transact(execute, "UPDATE learners SET name = 'Somebody'")
        await store.transact(execute, "INSERT INTO certificate_counters VALUES (1999, 7)")

    used(empty, tmp_path, more)
    copy(place(filled), place(empty), replace=True)
    assert contents(empty) == contents(filled)

    async def change(store: Store) -> None:
        with pytest.raises(Exception, match="audit events are never"):
            await store.transact(execute, "UPDATE audit_events SET actor = 'eve'")

    used(empty, tmp_path, change)


class Faulty:
    """A source that does not give what it says."""

    def __init__(self, source: Source, change: Callable[[Table, Iterator[Row]], Iterator[Row]]) -> None:
        self.schema = source.schema
        self.source = source
        self.change = change

    def tables(self) -> list[Table]:
        return self.source.tables()

    def read(self, table: Table) -> Iterator[Row]:
        return self.change(table, self.source.read(table))


def breaks_off(table: Table, rows: Iterator[Row]) -> Iterator[Row]:
    """In the middle of the attempts."""
    yield next(rows)
    if table.name == "quiz_attempts":
        raise InterruptedError
    yield from rows


def without_learners(table: Table, rows: Iterator[Row]) -> Iterator[Row]:
    return iter(()) if table.name == "learners" else rows


@pytest.mark.parametrize(("change", "error"), [(breaks_off, InterruptedError), (without_learners, TransferError)])
@pytest.mark.parametrize("replace", [False, True])
def test_half_way(
    filled: str,
    empty: str,
    place: At,
    contents: Read,
    tmp_path: Path,
    *,
    replace: bool,
    change: Callable[[Table, Iterator[Row]], Iterator[Row]],
    error: type[Exception],
) -> None:
    """When it breaks off, or a reference is broken, the target is as it was."""
    used(empty, tmp_path, lambda store: store.transact(fill) if replace else asyncio.sleep(0))
    before = contents(empty)
    with pytest.raises(error), reading(place(filled)) as source, writing(place(empty)) as target:
        move(Faulty(source, change), target, replace=replace)
    assert contents(empty) == before


def test_compared(filled: str, empty: str, place: At, contents: Read) -> None:
    """A row that is not the same after copying takes everything back."""

    def watch(done: str, table: Table, rows: Iterable[Row]) -> Iterable[Row]:
        return list(rows)[:-1] if (done, table.name) == ("verified", "waivers") else rows

    with (
        pytest.raises(TransferError, match="waivers is not the same after copying: 1 rows were read, 0 rows"),
        reading(place(filled)) as source,
        writing(place(empty)) as target,
    ):
        move(source, target, watch=watch)
    assert not any(contents(empty).values())


class Altering:
    """A target that keeps another name than it was given, as a database with another idea of some values would."""

    def __init__(self, target: Target) -> None:
        self.schema = target.schema
        self.tables = target.tables
        self.read = target.read
        self.clear = target.clear
        self.finish = target.finish
        self.commit = target.commit
        self.target = target

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        place = table.columns.index("name") if table.name == "learners" else None
        self.target.write(table, rows if place is None else (replaced(row, place) for row in rows))


def replaced(row: Row, place: int) -> Row:
    return (*row[:place], "Somebody", *row[place + 1 :])


def test_what_differs_is_named(filled: str, empty: str, place: At, contents: Read) -> None:
    """By row and column, so that somebody can look."""
    with (
        pytest.raises(TransferError, match=r"found; the first that differs has id '[^']+' and another name\."),
        reading(place(filled)) as source,
        writing(place(empty)) as target,
    ):
        move(source, Altering(target))
    assert not any(contents(empty).values())


KILLED = """
import os, signal, sys
from pathlib import Path
from grader.store.place import place_of
from grader.store.transfer.base import reading, writing
from grader.store.transfer.move import move

def watch(done, table, rows):
    if table.name == "quiz_attempts":
        os.kill(os.getpid(), signal.SIGKILL)
    return rows

source, target = (place_of(database, Path(sys.argv[1])) for database in sys.argv[2:])
with reading(source) as one, writing(target) as other:
    move(one, other, watch=watch)
"""


def test_killed(filled: str, empty: str, place: At, contents: Read, tmp_path: Path) -> None:
    """A copy that is killed half-way leaves an empty database, which the next one fills."""
    command = [sys.executable, "-c", KILLED, str(tmp_path), filled, empty]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert not any(contents(empty).values())
    copy(place(filled), place(empty))
    assert contents(empty) == contents(filled)


def test_snapshot(filled: str, empty: str, place: At, contents: Read, tmp_path: Path) -> None:
    """What others write while it reads is not in it."""
    before = contents(filled)
    with reading(place(filled)) as source, writing(place(empty)) as target:
        source.tables()

        async def write(store: Store) -> None:
            await store.transact(execute, "INSERT INTO certificate_counters VALUES (1999, 7)")

        used(filled, tmp_path, write)
        move(source, target)
    assert contents(empty) == before


def test_nothing_to_read(tmp_path: Path, place: At) -> None:
    """A file that does not exist is not made."""
    with pytest.raises(SetupError, match=r"There is no database .*nowhere\.db"), reading(place("sqlite:///nowhere.db")):
        pass
    assert list(tmp_path.iterdir()) == []


def test_itself(filled: str, place: At, contents: Read) -> None:
    """Nobody copies a database into itself."""
    before = contents(filled)
    with pytest.raises(TransferError, match="has rows already"):
        copy(place(filled), place(filled))
    assert contents(filled) == before
