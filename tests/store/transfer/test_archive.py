"""A whole database in a file, and back."""

import re
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from grader.errors import SetupError
from grader.store.place import Place
from grader.store.transfer.archive import MANIFEST, check, reading_archive, write_archive
from grader.store.transfer.base import reading, writing
from grader.store.transfer.move import move
from grader.store.transfer.table import Row, Table, TransferError
from tests.store.transfer.conftest import Contents

At = Callable[[str], Place]
Read = Callable[[str], Contents]
from_sqlite = pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(filled: str, place: At, tmp_path: Path) -> Path:
    with reading(place(filled)) as source:
        write_archive(source, tmp_path / "backup.zip", now=NOW)
    return tmp_path / "backup.zip"


def test_it_works(path: Path, filled: str, empty: str, place: At, contents: Read) -> None:
    """What was saved from one kind of database is brought back into either."""
    with reading_archive(path) as archive, writing(place(empty)) as target:
        move(archive, target)
    assert contents(empty) == contents(filled)


def test_described(path: Path, contents: Read, filled: str) -> None:
    """The manifest says what is in it, of when, and of which schema; only the owner may read it."""
    with reading_archive(path) as archive:
        assert (archive.manifest.format, archive.manifest.schema, archive.manifest.made_at) == (1, 2, NOW)
        assert {table.name: table.rows for table in archive.manifest.tables} == {
            name: len(rows) for name, rows in contents(filled).items()
        }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_same(path: Path, filled: str, place: At, tmp_path: Path) -> None:
    """Saved again, the same rows have the same checksums."""
    with reading(place(filled)) as source:
        again = write_archive(source, tmp_path / "again.zip", now=NOW)
    with reading_archive(path) as archive:
        assert archive.manifest == again


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The archive with other members; the zip itself is sound."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            if data := change(name, old.read(name)):
                new.writestr(name, data)
    return other


def of(member: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(old, new) if name == member else data


@from_sqlite
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (of("learners.jsonl", b"bob@example.org", b"eve@example.org"), "learners is not what its manifest says"),
        (
            lambda name, data: data[: data.index(b"\n") + 1] if name == "learners.jsonl" else data,
            "learners is not what",
        ),
        (lambda name, data: b"" if name == "learners.jsonl" else data, "There is no item named 'learners.jsonl'"),
        (lambda name, data: b"[1" if name == "learners.jsonl" else data, "Input data was truncated"),
        (lambda name, data: b"" if name == MANIFEST else data, f"There is no item named '{MANIFEST}'"),
        (of(MANIFEST, b'"sha256"', b'"md5"'), "missing required field `sha256`"),
    ],
)
def test_damaged(
    path: Path, empty: str, place: At, contents: Read, change: Callable[[str, bytes], bytes], message: str
) -> None:
    """An archive in which anything is changed is refused, and the database stays empty."""
    other = rewritten(path, change)
    with pytest.raises(TransferError, match=message), reading_archive(other) as archive:
        check(archive)
    with pytest.raises(TransferError), reading_archive(other) as archive, writing(place(empty)) as target:
        move(archive, target)
    assert not any(contents(empty).values())


@from_sqlite
@pytest.mark.parametrize("member", ["learners.jsonl", "waivers.jsonl", MANIFEST])
@pytest.mark.parametrize("place_in_it", [0.0, 0.5, 0.99])
def test_bad_disk(path: Path, member: str, place_in_it: float) -> None:
    """A byte that the disk has lost is noticed."""
    with zipfile.ZipFile(path) as file:
        found = file.getinfo(member)
    data = bytearray(path.read_bytes())
    begin = found.header_offset + 30 + len(member) + (20 if member != MANIFEST else 0)  # a header, with 64-bit sizes
    data[begin + int(found.compress_size * place_in_it)] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(TransferError), reading_archive(path) as archive:
        check(archive)


@pytest.mark.parametrize("data", [b"", b"notes", b"PK\x03\x04"])
def test_no_archive(tmp_path: Path, data: bytes) -> None:
    """Another file is refused."""
    (tmp_path / "notes.zip").write_bytes(data)
    with pytest.raises(TransferError, match=r"notes\.zip is no archive"), reading_archive(tmp_path / "notes.zip"):
        pass
    with (
        pytest.raises(SetupError, match=r"There is no archive .*nowhere\.zip"),
        reading_archive(tmp_path / "nowhere.zip"),
    ):
        pass


@from_sqlite
def test_encrypted(path: Path) -> None:
    """What somebody has encrypted is refused."""
    data = bytearray(path.read_bytes())
    for entry in re.finditer(rb"PK\x01\x02", data):
        data[entry.start() + 8] |= 1  # https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.4
    path.write_bytes(data)
    with pytest.raises(TransferError, match="is encrypted"), reading_archive(path):
        pass


@from_sqlite
@pytest.mark.parametrize("fault", [KeyError("x"), EOFError(), RuntimeError("x"), FileNotFoundError("x")])
def test_faults_of_others(path: Path, fault: Exception) -> None:
    """What goes wrong where the rows are written is not said of the archive."""
    with pytest.raises(type(fault)) as caught, reading_archive(path):
        raise fault
    assert caught.value is fault


@from_sqlite
@pytest.mark.parametrize(
    ("name", "message"), [("format", "has format 9. Run a newer version"), ("schema", "The source has schema 9")]
)
def test_of_another_version(path: Path, empty: str, place: At, name: str, message: str) -> None:
    """An archive of a later format, or of another schema, is refused with what to do."""

    def change(member: str, data: bytes) -> bytes:
        return msgspec.json.encode(msgspec.json.decode(data) | {name: 9}) if member == MANIFEST else data

    other = rewritten(path, change)
    with pytest.raises(SetupError, match=message), reading_archive(other) as archive, writing(place(empty)) as target:
        move(archive, target)


@from_sqlite
def test_broken_off(filled: str, place: At, path: Path) -> None:
    """When saving breaks off the former archive stays, and nothing else is left."""
    before = path.read_bytes()

    def watch(_: str, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        if table.name == "quiz_attempts":
            raise InterruptedError
        yield from rows

    with pytest.raises(InterruptedError), reading(place(filled)) as source:
        write_archive(source, path, now=NOW, watch=watch)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir() if "zip" in file.name] == ["backup.zip"]
