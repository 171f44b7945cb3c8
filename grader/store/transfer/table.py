"""A table as it is moved: rows in the order of their key, each in one form whatever the database."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TypeAlias

import msgspec

from grader.errors import SetupError

Cell: TypeAlias = str | int | float | None
"""As SQLite keeps it: a time is a text of one width in UTC, truth is 0 or 1, JSON is its text."""

Row: TypeAlias = tuple[Cell, ...]


class Table(NamedTuple):
    name: str
    columns: tuple[str, ...]  # those of the key first, which orders the rows
    rows: int


class Source(Protocol):
    """Where rows come from, all of one moment."""

    @property
    def schema(self) -> int:
        """The number of the last step that its schema has taken."""
        ...

    def tables(self) -> list[Table]:
        """A table comes after those it refers to."""
        ...

    def read(self, table: Table) -> Iterator[Row]: ...


class TransferError(SetupError):
    """Rows cannot be moved, or were not moved as they should be. The target stays as it was."""


class Tally:
    """Counts rows and makes a checksum of them while they pass by."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    def over(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self.add(line(row))
            yield row

    def add(self, text: bytes) -> None:
        self._digest.update(text)
        self.rows += 1

    @property
    def checksum(self) -> str:
        return self._digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and (self.rows, self.checksum) == (other.rows, other.checksum)

    __hash__ = None  # type: ignore[assignment]  # it changes


def line(row: Row) -> bytes:
    """JSON in one line, the same for equal rows."""
    return _ENCODER.encode(row) + b"\n"


def tally(rows: Iterable[Row]) -> Tally:
    result = Tally()
    for row in rows:
        result.add(line(row))
    return result


_ENCODER = msgspec.json.Encoder()
