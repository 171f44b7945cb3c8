"""A transaction on one SQLite connection."""

import builtins
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from grader.store.base import Value
from grader.store.named import load
from grader.store.sqlite.connection import translated
from grader.store.values import Column, reader, to_column, to_text

_T = TypeVar("_T")


class SqliteTx:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._queries = load("sqlite3")
        self._readers: dict[tuple[str, type], Callable[[Sequence[Column]], Any]] = {}  # of what was asked already

    def find(self, shape: type[_T], query: str, **params: Value) -> _T | None:
        found = self.list(shape, query, **params)
        return found[0] if found else None

    def list(self, shape: type[_T], query: str, **params: Value) -> builtins.list[_T]:
        try:
            cursor = self._execute(query, params)
            rows = cursor.fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error
        read = self._readers.get((query, shape))
        if read is None:
            read = self._readers[query, shape] = reader(shape, tuple(column[0] for column in cursor.description))
        return [read(row) for row in rows]

    def run(self, query: str, **params: Value) -> int:
        try:
            return self._execute(query, params).rowcount
        except sqlite3.Error as error:
            raise translated(error) from error

    def lock(self, subject: str) -> None:
        """Nothing to do: one thread writes."""

    def take_time(self) -> None:
        """Nothing to do: no query is ended."""

    def _execute(self, query: str, params: Mapping[str, Value]) -> sqlite3.Cursor:
        sql, parameters = self._queries[query]
        if params.keys() != parameters:
            raise TypeError(f"{query} takes {sorted(parameters)}, not {sorted(params)}.")
        return self.connection.execute(
            sql,
            {
                name: to_text(value) if isinstance(value, datetime) else to_column(value)
                for name, value in params.items()
            },
        )
