"""A database from which, or into which, all rows are moved, in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from grader.store.place import Place
from grader.store.transfer.table import Row, Source, Table


class Target(Source, Protocol):
    """Writing is kept by `commit`, else nothing has happened."""

    def clear(self) -> None:
        """Delete all rows."""
        ...

    def write(self, table: Table, rows: Iterable[Row]) -> None: ...

    def finish(self) -> None:
        """What is counted goes on behind the last row; whatever was put off is checked."""
        ...

    def commit(self) -> None: ...


def reading(place: Place) -> AbstractContextManager[Source]:
    """All of one moment, while others go on writing. Raises SetupError for another schema than this program's."""
    if isinstance(place, Path):
        from grader.store.transfer.sqlite import reading_sqlite  # noqa: PLC0415

        return reading_sqlite(place)
    from grader.store.transfer.postgresql import reading_postgresql  # noqa: PLC0415

    return reading_postgresql(place)


def writing(place: Place) -> AbstractContextManager[Target]:
    """A database that is made when it is missing, with the schema of this program. Raises SetupError.

    Others may read it meanwhile, and write when this has ended.
    """
    if isinstance(place, Path):
        from grader.store.transfer.sqlite import writing_sqlite  # noqa: PLC0415

        return writing_sqlite(place)
    from grader.store.transfer.postgresql import writing_postgresql  # noqa: PLC0415

    return writing_postgresql(place)


def in_order(references: dict[str, set[str]]) -> Iterator[str]:
    """Tables after those that they refer to; by name where that leaves a choice."""
    left = {name: others - {name} for name, others in references.items()}
    while left:
        name = min(name for name, others in left.items() if not others & left.keys())
        del left[name]
        yield name


def keyed(columns: Sequence[str], key: Sequence[str]) -> tuple[str, ...]:
    """The columns of the key, then the others by name."""
    return (*key, *sorted(set(columns) - set(key)))
