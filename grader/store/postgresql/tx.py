"""A transaction on one PostgreSQL connection."""

import builtins
import hashlib
from collections.abc import Mapping
from typing import TypeVar

import psycopg

from grader.store.base import Value
from grader.store.named import load
from grader.store.postgresql.connection import Connection, translated
from grader.store.values import Column, reader, to_column

_T = TypeVar("_T")


class PostgresTx:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._queries = load("psycopg")

    def find(self, shape: type[_T], query: str, **params: Value) -> _T | None:
        found = self.list(shape, query, **params)
        return found[0] if found else None

    def list(self, shape: type[_T], query: str, **params: Value) -> builtins.list[_T]:
        cursor = self._execute(query, params)
        rows = cursor.fetchall()
        read = reader(shape, [column.name for column in cursor.description or ()])
        return [read(row) for row in rows]

    def run(self, query: str, **params: Value) -> int:
        return self._execute(query, params).rowcount

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

    def _execute(self, query: str, params: Mapping[str, Value]) -> "psycopg.Cursor[tuple[Column, ...]]":
        sql, parameters = self._queries[query]
        if params.keys() != parameters:
            raise TypeError(f"{query} takes {sorted(parameters)}, not {sorted(params)}.")
        try:
            return self.connection.execute(sql, {name: to_column(value) for name, value in params.items()})
        except psycopg.Error as error:
            raise translated(error) from error
