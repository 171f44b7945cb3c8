"""Connections to one PostgreSQL database, and what its errors mean."""

import re

import psycopg
from psycopg import errors
from psycopg.adapt import Loader
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

from grader.errors import SetupError, StoreUnavailableError
from grader.store.base import ConstraintViolationError, UniqueViolationError
from grader.store.postgresql.address import Address

Connection = psycopg.Connection[TupleRow]

LOCK_SECONDS = 5
STATEMENT_SECONDS = 30
IDLE_SECONDS = 60
"""So long a unit of work may keep a transaction open without asking anything."""

_SESSION = {
    "TimeZone": "UTC",
    "DateStyle": "ISO",
    "extra_float_digits": "1",
    "jit": "off",  # it is worth its start only for long queries
    "lock_timeout": f"{LOCK_SECONDS}s",
    "statement_timeout": f"{STATEMENT_SECONDS}s",
    "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
}

# A host that vanished is noticed after about twenty seconds, not after the two hours of the system's default.
_DEFAULTS: dict[str, str | int | None] = {
    "application_name": "grader",
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}

_UNAVAILABLE = (
    psycopg.OperationalError,  # lost connections, locks, full disks, timeouts, restarts
    errors.ReadOnlySqlTransaction,  # a standby
    errors.IdleInTransactionSessionTimeout,
    errors.DataCorrupted,
    errors.IndexCorrupted,
)


class PassingError(StoreUnavailableError):
    """Other transactions were in the way. The same unit of work may succeed at once."""


class _Number(Loader):
    """Sums of whole numbers come as `numeric`."""

    def load(self, data: bytes | bytearray | memoryview) -> int | float:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


def connect(address: Address, *, lock_timeout: float = LOCK_SECONDS) -> Connection:
    """A connection whose commits are durable and whose statements end. `lock_timeout` is in seconds.

    Raises StoreUnavailableError.
    """
    try:
        connection = psycopg.connect(_conninfo(address), autocommit=True)  # transactions begin by statements of ours
        _prepare(connection, lock_timeout)
    except psycopg.OperationalError as error:
        raise StoreUnavailableError(reason_of(error)) from None
    return connection


def _conninfo(address: Address) -> str:
    """What the address says of these matters counts."""
    return make_conninfo("", **(_DEFAULTS | conninfo_to_dict(address.url) | {"client_encoding": "UTF8"}))


def _prepare(connection: Connection, lock_timeout: float) -> None:
    connection.adapters.register_loader("numeric", _Number)
    connection.prepared_max = 500
    settings = _SESSION | {"lock_timeout": f"{int(lock_timeout * 1000)}ms"}
    chosen = ", ".join(f"set_config('{name}', '{value}', false)" for name, value in settings.items())
    connection.execute(f"SELECT {chosen}")
    # A stronger setting, which waits for a standby too, stays.
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
    )


def connect_first(address: Address) -> Connection:
    """For the start of a program: raises SetupError, with a line that says what to do."""
    try:
        connection = connect(address)
    except StoreUnavailableError as error:
        raise SetupError(
            f"{address} cannot be reached: {error.reason}. Is the server running, and are user, password and "
            "database of the setting `database` right?"
        ) from None
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        connection.close()
        raise SetupError(f"{address} keeps texts as {encoding}, which has no room for every name. Make it with UTF8.")
    return connection


def reason_of(error: psycopg.Error) -> str:
    """The first line of what the server or the driver says. It holds no password: neither knows it as text."""
    text = error.diag.message_primary or str(error)
    first = " ".join(text.split("\n", 1)[0].split()).rstrip(".")
    return first.removeprefix("connection failed: ").removeprefix("connection is bad: ")


def translated(error: psycopg.Error) -> Exception:
    """The error of ours that says the same; a fault of our own making (bad SQL) stays what it is."""
    if isinstance(error, errors.UniqueViolation):
        return UniqueViolationError(_violated(error))
    if isinstance(error, psycopg.IntegrityError):
        return ConstraintViolationError(reason_of(error))
    if isinstance(error, errors.SerializationFailure | errors.DeadlockDetected):
        return PassingError(reason_of(error))
    if isinstance(error, _UNAVAILABLE):
        return StoreUnavailableError(reason_of(error))
    return error


def _violated(error: errors.UniqueViolation) -> str:
    """As SQLite says it: `UNIQUE constraint failed: courses.track, courses.position`, without the values."""
    columns = re.search(r"\(([^()]+)\)=\(", error.diag.message_detail or "")
    if columns is None:
        return f"UNIQUE constraint failed: {error.diag.constraint_name}"
    named = (f"{error.diag.table_name}.{column.strip()}" for column in columns[1].split(","))
    return f"UNIQUE constraint failed: {', '.join(named)}"
