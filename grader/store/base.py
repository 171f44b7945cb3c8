"""The contract of a store: units of work in, durable results out."""

import builtins
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Concatenate, ParamSpec, Protocol, TypeAlias, TypeVar

import msgspec

from grader.errors import GraderError

T = TypeVar("T")
P = ParamSpec("P")

Value: TypeAlias = str | int | float | bool | datetime | msgspec.Struct | Sequence[object] | Mapping[str, object] | None
"""What a query takes. Structs, sequences and mappings become JSON; a datetime must know its time zone."""


class ConstraintViolationError(GraderError):
    """A row breaks a constraint of the schema. `constraint` is the database's text about it.

    The unit of work has to end with it: PostgreSQL refuses every further query of the transaction. Where a
    conflict is expected, the query says ON CONFLICT.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__(f"The database refuses the row: {constraint}")
        self.constraint = constraint


class UniqueViolationError(ConstraintViolationError):
    """There is such a row already."""


class Tx(Protocol):
    """One transaction, handed to a unit of work and of no use after it.

    `query` names a query of `queries/*.sql`. An unknown name is a KeyError, a parameter missing or too many a
    TypeError. `shape` is a struct with the columns as fields, or a scalar type for the first column.
    """

    def find(self, shape: type[T], query: str, **params: Value) -> T | None:
        """The first row. The way to run a query with RETURNING, too."""
        ...

    def list(self, shape: type[T], query: str, **params: Value) -> builtins.list[T]:
        """Every row, in the order of the query."""
        ...

    def run(self, query: str, **params: Value) -> int:
        """Write, and return the number of rows written. Not for a query with RETURNING."""
        ...

    def lock(self, subject: str) -> None:
        """Wait until no other transaction holds this lock, and hold it to the end of this one.

        A unit of work that reads a fact and writes what follows from it first locks whose fact it is.
        """
        ...

    def take_time(self) -> None:
        """Let each query of this transaction last as long as it has to: there may be millions of rows."""
        ...


class Store(Protocol):
    """Runs plain functions `work(tx, ...)` in transactions.

    `work` runs in another thread, so it takes all it needs by argument. What it raises, its caller gets. Both
    methods raise StoreUnavailableError, too.
    """

    async def transact(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` as a whole or not at all. What it wrote is durable when this returns."""
        ...

    async def read(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `work` on one snapshot. It cannot write."""
        ...

    async def close(self) -> None:
        """Finish the work that waits, then refuse all further work."""
        ...
