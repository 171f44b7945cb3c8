"""Rows out of a PostgreSQL database and into it."""

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager

import psycopg
from psycopg import sql

from grader.errors import SetupError
from grader.store.migrations import number
from grader.store.migrations.postgresql import STEPS
from grader.store.postgresql.address import Address
from grader.store.postgresql.connection import Connection, connect_first, reason_of
from grader.store.postgresql.schema import LOCK, TABLE, make_ready, pending
from grader.store.transfer.base import in_order, keyed
from grader.store.transfer.table import Row, Table, TransferError

CHUNK = 1000
"""So many rows are in memory at a time."""

_COLUMNS = """
SELECT attname, typname,
    (SELECT array_position(indkey::int2[], attnum) FROM pg_index WHERE indrelid = attrelid AND indisprimary)
FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
ORDER BY attnum
"""

_REFERENCES = """
SELECT tables.relname, referred.relname
FROM pg_class AS tables
LEFT JOIN pg_constraint ON conrelid = tables.oid AND contype = 'f'
LEFT JOIN pg_class AS referred ON referred.oid = confrelid
WHERE tables.relkind = 'r' AND tables.relnamespace = to_regnamespace(quote_ident(current_schema()))
"""

_COUNTED = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = current_schema() AND is_identity = 'YES'
"""

# In the form that SQLite keeps: see grader.store.transfer.table.Cell.
_FORMS = {
    "timestamptz": sql.SQL("to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
    "bool": sql.SQL("{}::int"),
}


class PostgresEnd:
    """Within one transaction of a connection."""

    schema = number(STEPS)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tables(self) -> list[Table]:
        references: dict[str, set[str]] = {}
        for name, referred in self._connection.execute(_REFERENCES):
            if name != TABLE:
                references.setdefault(name, set()).update({referred} - {None})
        return [self._table(name) for name in in_order(references)]

    def read(self, table: Table) -> Iterator[Row]:
        types, key = self._columns(table.name)
        select = sql.SQL("SELECT {} FROM {} ORDER BY {}").format(
            sql.SQL(", ").join(
                _FORMS.get(types[name], sql.SQL("{}")).format(sql.Identifier(name)) for name in table.columns
            ),
            sql.Identifier(table.name),
            sql.SQL(", ").join(sql.Identifier(name) for name in key),
        )
        with self._connection.cursor(name="rows") as cursor:
            cursor.itersize = CHUNK
            cursor.execute(select)
            yield from cursor

    def lock(self) -> None:
        """Nobody else writes any more, until the end of the transaction."""
        self._connection.execute(sql.SQL("LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE").format(self._names()))

    def clear(self) -> None:
        """Triggers that protect rows rest meanwhile."""
        protect = sql.SQL("ALTER TABLE audit_events {} TRIGGER USER")
        self._connection.execute(protect.format(sql.SQL("DISABLE")))
        self._connection.execute(sql.SQL("TRUNCATE {}").format(self._names()))
        self._connection.execute(protect.format(sql.SQL("ENABLE")))

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        into = sql.SQL("COPY {} ({}) FROM STDIN").format(
            sql.Identifier(table.name), sql.SQL(", ").join(sql.Identifier(name) for name in table.columns)
        )
        with self._connection.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)

    def finish(self) -> None:
        """Identities go on behind the last row."""
        for table, column in self._connection.execute(_COUNTED).fetchall():
            self._connection.execute(
                sql.SQL(
                    "SELECT setval(pg_get_serial_sequence({}, {}), greatest(max({}), 1), max({}) > 0) FROM {}"
                ).format(table, column, sql.Identifier(column), sql.Identifier(column), sql.Identifier(table))
            )
        self._connection.execute("ANALYZE")

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def _names(self) -> sql.Composed:
        return sql.SQL(", ").join(sql.Identifier(table.name) for table in self.tables())

    def _table(self, name: str) -> Table:
        types, key = self._columns(name)
        found = self._connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()
        assert found is not None
        return Table(name, keyed(list(types), key), found[0])

    def _columns(self, table: str) -> tuple[dict[str, str], list[str]]:
        """The type of each column, and the key."""
        found = self._connection.execute(_COLUMNS, (table,)).fetchall()
        key = sorted((place, name) for name, _, place in found if place is not None)
        return {name: kind for name, kind, _ in found}, [name for _, name in key]


@contextmanager
def reading_postgresql(address: Address) -> Iterator[PostgresEnd]:
    if steps := pending(address):
        raise SetupError(f"{address} has an older schema (missing: {', '.join(steps)}). Run: grader migrate")
    with closing(connect_first(address)) as connection, _explained(address):
        _take_time(connection)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield PostgresEnd(connection)


@contextmanager
def writing_postgresql(address: Address) -> Iterator[PostgresEnd]:
    make_ready(address)
    with closing(connect_first(address)) as connection, _explained(address):
        _take_time(connection)
        connection.execute("BEGIN")
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        target = PostgresEnd(connection)
        target.lock()
        yield target


def _take_time(connection: Connection) -> None:
    """Much is moved: only locks are still waited for no longer than elsewhere."""
    connection.execute("SET statement_timeout = 0")
    connection.execute("SET idle_in_transaction_session_timeout = 0")


@contextmanager
def _explained(address: Address) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise TransferError(f"{address}: {reason_of(error)}.") from error
