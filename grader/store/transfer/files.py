"""Tables as files for other programs: CSV for spreadsheets, JSON for the rest."""

import csv
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from grader.errors import SetupError
from grader.store.transfer.kinds import JSON, SECRETS, TRUTH, Column
from grader.store.transfer.move import Watch, unwatched
from grader.store.transfer.table import Cell, Row, Source, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a text that begins so for a formula: it gets an apostrophe, as spreadsheets write it."""


def write_files(source: Source, folder: Path, style: str, *, secrets: bool = False, watch: Watch = unwatched) -> int:
    """A file for each table; the number of rows. `style` is "csv" or "json". Secrets are left out unless asked for.

    Nobody but the owner reads the files: they hold persons and their results.

    Raises SetupError for a folder with something in it, and OSError. All files are written, or none.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SetupError(f"{folder} has something in it already. Name a new folder.")
    fresh = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)  # a crash has left it behind
    fresh.mkdir(mode=0o700, parents=True)
    rows = 0
    try:
        for table in source.tables():
            shown = [name for name in table.columns if secrets or Column(table.name, name) not in SECRETS]
            taken = watch("saved", table, source.read(table))
            rows += _STYLES[style](fresh / f"{table.name}.{style}", table, shown, taken)
        if folder.exists():
            folder.rmdir()
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return rows


def _csv(path: Path, table: Table, shown: list[str], rows: Iterable[Row]) -> int:
    """With a byte order mark, by which spreadsheets know UTF-8. An empty field is no value."""
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(shown)
        count = 0
        for record in _records(table, shown, rows):
            writer.writerow([_plain(cell) for cell in record.values()])
            count += 1
    return count


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _json(path: Path, table: Table, shown: list[str], rows: Iterable[Row]) -> int:
    """An array with an object for each row; JSON as such, not as its text."""
    count = 0
    path.touch(mode=0o600)
    with path.open("wb") as file:
        file.write(b"[")
        for record in _records(table, shown, rows):
            typed = {name: _typed(Column(table.name, name), cell) for name, cell in record.items()}
            file.write((b",\n" if count else b"\n") + msgspec.json.encode(typed))
            count += 1
        file.write(b"\n]\n")
    return count


def _typed(column: Column, cell: Cell) -> Any:
    if cell is None:
        return None
    if column in TRUTH:
        return bool(cell)
    return msgspec.Raw(str(cell).encode()) if column in JSON else cell


def _records(table: Table, shown: list[str], rows: Iterable[Row]) -> Iterator[dict[str, Cell]]:
    places = [(name, table.columns.index(name)) for name in shown]
    for row in rows:
        yield {name: row[place] for name, place in places}


_STYLES: dict[str, Callable[[Path, Table, list[str], Iterable[Row]], int]] = {"csv": _csv, "json": _json}
