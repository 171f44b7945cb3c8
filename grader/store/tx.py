"""What a transaction does with named queries, whatever the database."""

import builtins
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from grader.store.base import Value
from grader.store.named import load
from grader.store.values import Column, reader

_T = TypeVar("_T")

_READERS: dict[tuple[str, str, type], Callable[[Sequence[Column]], Any]] = {}
"""By driver, query and shape: a query's columns are always the same."""


class NamedTx(ABC):
    """A transaction on one connection. Its queries are asked by their names."""

    DRIVER: ClassVar[str]
    """aiosql's name of it."""

    def __init__(self) -> None:
        self._queries = load(self.DRIVER)

    def find(self, shape: type[_T], query: str, **params: Value) -> _T | None:
        found = self._ask(shape, query, params)
        return found[0] if found else None

    def list(self, shape: type[_T], query: str, **params: Value) -> builtins.list[_T]:
        return self._ask(shape, query, params)

    def _ask(self, shape: type[_T], query: str, params: Mapping[str, Value]) -> builtins.list[_T]:
        rows, names = self._fetch(self._sql(query, params), params)
        read = _READERS.get((self.DRIVER, query, shape))
        if read is None:
            read = _READERS[self.DRIVER, query, shape] = reader(shape, names())
        return [read(row) for row in rows]

    def _sql(self, query: str, params: Mapping[str, Value]) -> str:
        """Raises KeyError and TypeError: see `Tx`."""
        sql, parameters = self._queries[query]
        if params.keys() != parameters:
            raise TypeError(f"{query} takes {sorted(parameters)}, not {sorted(params)}.")
        return sql

    @abstractmethod
    def _fetch(
        self, sql: str, params: Mapping[str, Value]
    ) -> tuple[Sequence[Sequence[Column]], Callable[[], Sequence[str]]]:
        """The rows, and what tells the names of their columns."""
