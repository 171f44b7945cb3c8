"""A transaction on one SQLite connection."""

import builtins
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from grader.store.base import Value
from grader.store.named import load
from grader.store.sqlite.connection import translated
from grader.store.values import Column, from_row, to_column, to_text

_T = TypeVar("_T")


class SqliteTx:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._queries = load("sqlite3")

    def find(self, shape: type[_T], query: str, **params: Value) -> _T | None:
        names, rows = self._rows(query, params)
        return from_row(shape, names, rows[0]) if rows else None

    def list(self, shape: type[_T], query: str, **params: Value) -> builtins.list[_T]:
        names, rows = self._rows(query, params)
        return [from_row(shape, names, row) for row in rows]

    def run(self, query: str, **params: Value) -> int:
        try:
            return self._execute(query, params).rowcount
        except sqlite3.Error as error:
            raise translated(error) from error

    def lock(self, subject: str) -> None:
        """Nothing to do: one thread writes."""

    def _rows(
        self, query: str, params: Mapping[str, Value]
    ) -> tuple[builtins.list[str], builtins.list[tuple[Column, ...]]]:
        try:
            cursor = self._execute(query, params)
            return [column[0] for column in cursor.description], cursor.fetchall()
        except sqlite3.Error as error:
            raise translated(error) from error

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
