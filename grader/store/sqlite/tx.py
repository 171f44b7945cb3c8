"""A transaction on one SQLite connection."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence

from grader.store.base import Value
from grader.store.sqlite.connection import translated
from grader.store.tx import NamedTx
from grader.store.values import Column, to_column, to_text


class SqliteTx(NamedTx):
    DRIVER = "sqlite3"

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__()
        self.connection = connection

    def run(self, query: str, **params: Value) -> int:
        try:
            return self.connection.execute(self._sql(query, params), _columns(params)).rowcount
        except sqlite3.Error as error:
            raise translated(error) from error

    def lock(self, subject: str) -> None:
        """Nothing to do: one thread writes."""

    def take_time(self) -> None:
        """Nothing to do: no query is ended."""

    def _fetch(
        self, sql: str, params: Mapping[str, Value]
    ) -> tuple[Sequence[Sequence[Column]], Callable[[], Sequence[str]]]:
        try:
            cursor = self.connection.execute(sql, _columns(params))
            return cursor.fetchall(), lambda: tuple(column[0] for column in cursor.description)
        except sqlite3.Error as error:
            raise translated(error) from error


def _columns(params: Mapping[str, Value]) -> dict[str, Column]:
    return {name: to_column(value, to_text) for name, value in params.items()}
