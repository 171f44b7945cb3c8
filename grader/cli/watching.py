"""A progress bar for what moves many rows, on a terminal only."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # commands that move nothing need none of it
    from grader.store.transfer.move import Watch
    from grader.store.transfer.table import Row, Table


@contextmanager
def watching() -> "Iterator[Watch]":
    """On stderr: stdout holds the result."""
    if not sys.stderr.isatty():
        yield lambda _, __, rows: rows
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:

        def watch(done: str, table: "Table", rows: "Iterable[Row]") -> "Iterable[Row]":
            return bar.track(rows, total=table.rows, description=f"{table.name}: {done}")

        yield watch
