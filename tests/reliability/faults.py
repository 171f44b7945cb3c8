"""What can happen to a database while graders run. Each is a context: the fault lasts as long as it."""

import os
import resource
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

import pytest

from tests.reliability.books import PostgresBooks, SqliteBooks
from tests.reliability.rounds import Trial

Fault = Callable[[Trial], AbstractContextManager[None]]


@contextmanager
def killed_grader(trial: Trial) -> Iterator[None]:
    """Not the database, but the grader itself is away."""
    trial.grader.kill()
    yield
    trial.grader.start()


@contextmanager
def locked(trial: Trial) -> Iterator[None]:
    """Another program writes and does not come to an end."""
    assert isinstance(trial.books, SqliteBooks)
    with closing(sqlite3.connect(trial.books.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def no_larger_file(trial: Trial) -> Iterator[None]:
    """The system lets the grader's files grow no more, as with a quota."""
    worker = trial.grader.processes[1].pid
    assert isinstance(trial.books, SqliteBooks)
    _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (4096, hard))
    yield
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))


@contextmanager
def full_disk(trial: Trial) -> Iterator[None]:
    """Something else fills the disk to the last byte. See `small_disk`."""
    assert isinstance(trial.books, SqliteBooks)
    ballast = trial.books.path.parent / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            os.truncate(ballast, file.tell() // 4096 * 4096)
    yield
    ballast.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of two megabytes, in memory. Only root may mount it."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "tmpfs", str(folder)]
    if os.getuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def stopped_server(trial: Trial) -> Iterator[None]:
    """An operator ends the PostgreSQL server and starts it again."""
    assert isinstance(trial.books, PostgresBooks)
    trial.books.server.stop()
    yield
    trial.books.server.start()


@contextmanager
def crashed_server(trial: Trial) -> Iterator[None]:
    """The PostgreSQL server ends without a word to anybody."""
    assert isinstance(trial.books, PostgresBooks)
    trial.books.server.stop(signal.SIGQUIT)
    yield
    trial.books.server.start()


@contextmanager
def standby(trial: Trial) -> Iterator[None]:
    """The server takes no writes, as one that has become a standby."""
    assert isinstance(trial.books, PostgresBooks)
    server, name = trial.books.server, trial.books.name
    server.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    terminate_backends(trial.books)
    yield
    server.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    terminate_backends(trial.books)


def terminate_backends(books: PostgresBooks) -> None:
    """All connections to the database are cut."""
    books.server.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{books.name}'")
