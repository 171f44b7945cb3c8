"""From a source into a database: all rows in one transaction, and looked at again before it ends."""

from collections.abc import Callable, Iterable, Iterator

from grader.store.transfer.base import Target
from grader.store.transfer.table import Row, Source, Table, Tally, TransferError, tally

Watch = Callable[[str, Table, Iterable[Row]], Iterable[Row]]
"""Passes rows on and shows that they pass: what is done ("copied", "verified"), with which table."""


def unwatched(_: str, __: Table, rows: Iterable[Row]) -> Iterable[Row]:
    return rows


def move(source: Source, target: Target, *, replace: bool = False, watch: Watch = unwatched) -> dict[str, Tally]:
    """The tally of each table. Raises TransferError, also for a target with rows in it unless they are replaced.

    After an error the target is as it was.
    """
    tables = source.tables()
    _check_fit(source, target, tables)
    if replace:
        target.clear()
    else:
        _check_empty(target)
    tallies = {table.name: Tally() for table in tables}
    for table in tables:
        target.write(table, tallies[table.name].over(watch("copied", table, source.read(table))))
    target.finish()
    for table in tables:
        found = tally(watch("verified", table, target.read(table)))
        if found != tallies[table.name]:
            raise TransferError(
                f"{table.name} is not the same after copying: {tallies[table.name].rows} rows were read, "
                f"{found.rows} rows were found{_first_difference(source, target, table)}. Nothing was changed."
            )
    target.commit()
    return tallies


def _first_difference(source: Source, target: Target, table: Table) -> str:
    """Where to look: by its key, and in which columns. Values may be personal."""
    for read, found in zip(source.read(table), target.read(table), strict=False):
        if read != found:
            columns = [name for name, one, other in zip(table.columns, read, found, strict=True) if one != other]
            return f"; the first that differs has {table.columns[0]} {read[0]!r} and another {', '.join(columns)}"
    return ""


def _check_fit(source: Source, target: Target, tables: list[Table]) -> None:
    if source.schema != target.schema:
        raise TransferError(
            f"The source has schema {source.schema}, this program has schema {target.schema}. "
            "Use the version of grader that has the source's schema, then run: grader migrate"
        )
    theirs, ours = dict(_shapes(tables)), dict(_shapes(target.tables()))
    if theirs != ours:
        wrong = sorted(name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name))
        raise TransferError(f"The columns of {', '.join(wrong)} differ: somebody has changed one of the databases.")


def _shapes(tables: list[Table]) -> Iterator[tuple[str, tuple[str, ...]]]:
    return ((table.name, table.columns) for table in tables)


def _check_empty(target: Target) -> None:
    filled = [f"{table.rows} {table.name}" for table in target.tables() if table.rows]
    if filled:
        raise TransferError(
            f"The target has rows already: {', '.join(filled)}. Name an empty database. "
            "Only `grader restore --replace` replaces what is there."
        )
