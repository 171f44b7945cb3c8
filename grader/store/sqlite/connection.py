"""Connections to one SQLite file, and what its errors mean."""

import errno
import os
import sqlite3
from pathlib import Path

from grader.errors import SetupError, StoreUnavailableError
from grader.store.base import ConstraintViolationError, UniqueViolationError

_UNIQUE = {sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY}
_UNAVAILABLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_READONLY,
}


def connect(path: Path, *, busy_timeout: float = 5.0, read_only: bool = False) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time. `busy_timeout` is in seconds.

    Creates what is missing: the folder, and a file that only its owner may read, because it holds answer keys
    and persons. Raises SetupError when that is impossible.
    """
    _prepare(path)
    connection = sqlite3.connect(
        path, timeout=busy_timeout, isolation_level=None, check_same_thread=False, cached_statements=256
    )
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise SetupError(f"{path} cannot be used as the database: {error}.") from error
    return connection


def _prepare(path: Path) -> None:
    """Never opens a database that is there: closing it would drop the locks that this process holds on it.

    Other programs would take it for unused, and throw away the log that is still being written.
    https://sqlite.org/howtocorrupt.html, section 2.2.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise _unfit(path, error.errno) from error
    if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
        raise _unfit(path, errno.EACCES)
    if not os.access(path.parent, os.W_OK):  # SQLite writes its log beside the file
        raise SetupError(f"{path.parent} cannot be written. Let this user write in it.")


def _unfit(path: Path, reason: int | None) -> SetupError:
    return SetupError(
        f"{path} cannot be written: {os.strerror(reason or errno.EIO)}. "
        f"Let this user write in {path.parent}, or name another place for the database."
    )


def translated(error: sqlite3.Error) -> Exception:
    """The error of ours that says the same; a fault of our own making (bad SQL) stays what it is."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code in _UNIQUE:
        return UniqueViolationError(str(error))
    if isinstance(error, sqlite3.IntegrityError):
        return ConstraintViolationError(str(error))
    if code & 0xFF in _UNAVAILABLE:  # the low byte of an extended code is its primary code
        return StoreUnavailableError(str(error))
    return error
