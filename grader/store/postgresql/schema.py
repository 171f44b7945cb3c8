"""Which schema a database has, and how it gets the newest one."""

from contextlib import closing

import psycopg

from grader.errors import SetupError
from grader.store.migrations.postgresql import STEPS
from grader.store.postgresql.address import Address
from grader.store.postgresql.connection import Connection, connect_first, reason_of

TABLE = "grader_migrations"
LOCK = 4_714_870_011
"""Whoever migrates holds this advisory lock."""


def pending(address: Address) -> list[str]:
    """The steps that the database still needs. Raises SetupError when it is newer than this program."""
    with closing(connect_first(address)) as connection:
        return _pending(address, connection)


def migrate(address: Address) -> list[str]:
    """Take the steps that the database still needs, all or none, and name them.

    Raises SetupError when the database is newer than this program, or does not take a step.
    """
    with closing(connect_first(address)) as connection:
        try:
            return _migrate(address, connection)
        except psycopg.Error as error:
            raise SetupError(f"{address} cannot be migrated: {reason_of(error)}.") from error


def make_ready(address: Address) -> None:
    """Give an empty database its schema. Raises SetupError for an older schema, which is not changed unasked."""
    with closing(connect_first(address)) as connection:
        steps = _pending(address, connection)
        is_new = _is_empty(connection)
    if steps and is_new:
        migrate(address)
    elif steps:
        raise SetupError(f"{address} has an older schema (missing: {', '.join(steps)}). Run: grader migrate")


def _migrate(address: Address, connection: Connection) -> list[str]:
    with connection.transaction():
        # Two programs at once: the second one waits, and finds nothing left to do.
        connection.execute("SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '0', true)")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        steps = _pending(address, connection)
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {TABLE} (name text PRIMARY KEY, applied_at timestamptz DEFAULT now())"
        )
        for step in steps:
            connection.execute(STEPS[step].read_text("utf-8").encode())
            connection.execute(f"INSERT INTO {TABLE} (name) VALUES (%s)", (step,))  # noqa: S608 - a name of ours
    return steps


def _pending(address: Address, connection: Connection) -> list[str]:
    taken = _taken(connection)
    newer = taken - STEPS.keys()
    if newer:
        raise SetupError(f"{address} has a newer schema ({', '.join(sorted(newer))}). Run a newer version of grader.")
    return [step for step in STEPS if step not in taken]


def _taken(connection: Connection) -> set[str]:
    found = connection.execute("SELECT to_regclass(%s)", (TABLE,)).fetchone()
    if found is None or found[0] is None:
        return set()
    return {str(name) for (name,) in connection.execute(f"SELECT name FROM {TABLE}")}  # noqa: S608 - a name of ours


def _is_empty(connection: Connection) -> bool:
    found = connection.execute(
        "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(current_schema()))"
    ).fetchone()
    return found is not None and found[0] == 0
