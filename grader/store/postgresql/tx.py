"""A transaction on one PostgreSQL connection."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

import psycopg

from grader.store.base import Value
from grader.store.postgresql.connection import Connection, translated
from grader.store.tx import NamedTx
from grader.store.values import Column, to_column


class PostgresTx(NamedTx):
    DRIVER = "psycopg"

    def __init__(self, connection: Connection) -> None:
        super().__init__()
        self.connection = connection

    def run(self, query: str, **params: Value) -> int:
        return self._execute(self._sql(query, params), params).rowcount

    def lock(self, subject: str) -> None:
        """An advisory lock of the transaction. Two subjects of one hash wait for each other, which harms nobody."""
        key = int.from_bytes(hashlib.blake2b(subject.encode(), digest_size=8).digest(), signed=True)
        try:
            self.connection.execute("SELECT pg_advisory_xact_lock(%s::bigint)", (key,))
        except psycopg.Error as error:
            raise translated(error) from error

    def take_time(self) -> None:
        """Without the limit that other statements have; a lock is waited for no longer than ever."""
        try:
            self.connection.execute("SELECT set_config('statement_timeout', '0', true)")
        except psycopg.Error as error:
            raise translated(error) from error

    def _fetch(
        self, sql: str, params: Mapping[str, Value]
    ) -> tuple[Sequence[Sequence[Column]], Callable[[], Sequence[str]]]:
        cursor = self._execute(sql, params)
        return cursor.fetchall(), lambda: tuple(column.name for column in cursor.description or ())

    def _execute(self, sql: str, params: Mapping[str, Value]) -> "psycopg.Cursor[tuple[Column, ...]]":
        try:
            return self.connection.execute(sql, {name: to_column(value) for name, value in params.items()})
        except psycopg.Error as error:
            raise translated(error) from error
