"""An archive of a whole database: a zip of a manifest and one file of JSON lines for each table."""

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from grader.errors import SetupError
from grader.store.transfer.move import Watch, unwatched
from grader.store.transfer.table import Row, Source, Table, Tally, TransferError, line, tally

FORMAT = 1
MANIFEST = "manifest.json"

_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,  # a file that the manifest names is missing
    EOFError,
    RuntimeError,  # it is encrypted; NotImplementedError: packed in a way that no archive of ours is
    UnicodeDecodeError,
    msgspec.DecodeError,
)


class ArchivedTable(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    columns: tuple[str, ...]
    rows: int
    sha256: str  # of the lines


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    format: int
    schema: int
    made_at: datetime
    tables: tuple[ArchivedTable, ...]


class Archive:
    """A source. What does not fit the manifest raises TransferError where it is read."""

    def __init__(self, path: Path, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._path = path
        self._file = file
        self.manifest = manifest
        self.schema = manifest.schema

    def tables(self) -> list[Table]:
        return [Table(one.name, one.columns, one.rows) for one in self.manifest.tables]

    def read(self, table: Table) -> Iterator[Row]:
        expected = next(one for one in self.manifest.tables if one.name == table.name)
        passed = Tally()
        with _noticing_damage(self._path), self._file.open(_member(table.name)) as lines:
            for text in lines:
                passed.add(text)
                yield tuple(_DECODER.decode(text))
        if (passed.rows, passed.checksum) != (expected.rows, expected.sha256):
            raise TransferError(f"The archive is damaged: {table.name} is not what its manifest says.")


def write_archive(source: Source, path: Path, *, now: datetime, watch: Watch = unwatched) -> Manifest:
    """Write all rows of the source; only its owner may read the file. Looked through again before this returns.

    Raises OSError, and leaves no half of an archive behind.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        fresh.touch(mode=0o600)
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as file:
            tables = tuple(_write_table(file, source, table, watch) for table in source.tables())
            manifest = Manifest(format=FORMAT, schema=source.schema, made_at=now, tables=tables)
            file.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        with reading_archive(fresh) as made:
            check(made, watch=watch)
        _sync(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return manifest


def _write_table(file: zipfile.ZipFile, source: Source, table: Table, watch: Watch) -> ArchivedTable:
    passed = Tally()
    with file.open(_member(table.name), "w", force_zip64=True) as lines:
        for row in watch("saved", table, source.read(table)):
            text = line(row)
            passed.add(text)
            lines.write(text)
    return ArchivedTable(name=table.name, columns=table.columns, rows=passed.rows, sha256=passed.checksum)


@contextmanager
def reading_archive(path: Path) -> Iterator[Archive]:
    """Raises SetupError for what is no archive, or one of a later format."""
    with _open(path) as file:
        yield Archive(path, file, _manifest(path, file))


def _open(path: Path) -> zipfile.ZipFile:
    try:
        with _noticing_damage(path):
            return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise SetupError(f"There is no archive {path}.") from None


def _manifest(path: Path, file: zipfile.ZipFile) -> Manifest:
    with _noticing_damage(path):
        manifest = msgspec.json.decode(file.read(MANIFEST), type=Manifest)
    if manifest.format != FORMAT:
        raise SetupError(f"{path} has format {manifest.format}. Run a newer version of grader.")
    return manifest


@contextmanager
def _noticing_damage(path: Path) -> Iterator[None]:
    """Around what reads the archive, and nothing else. Raises TransferError."""
    try:
        yield
    except _DAMAGED as error:
        raise TransferError(f"{path} is no archive of grader, or a damaged one: {error}") from error


def check(archive: Archive, *, watch: Watch = unwatched) -> None:
    """Read all of it. Raises TransferError."""
    for table in archive.tables():
        tally(watch("verified", table, archive.read(table)))


def _member(table: str) -> str:
    return f"{table}.jsonl"


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


_DECODER = msgspec.json.Decoder(list[str | int | float | None])
