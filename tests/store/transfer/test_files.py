"""Tables as files for other programs."""

import csv
import json
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from grader.errors import SetupError
from grader.store.place import Place
from grader.store.transfer.base import reading
from grader.store.transfer.files import write_files
from grader.store.transfer.table import Row, Table
from tests.store.transfer.conftest import Contents
from tests.store.transfer.facts import NAME

At = Callable[[str], Place]
Read = Callable[[str], Contents]


def test_json(filled: str, place: At, contents: Read, tmp_path: Path) -> None:
    """Every table is an array of objects, with JSON, truth and times as what they are; only the owner reads it."""
    with reading(place(filled)) as source:
        count = write_files(source, tmp_path / "out", "json", secrets=True)
    tables = {file.stem: json.loads(file.read_text("utf-8")) for file in (tmp_path / "out").iterdir()}
    assert count == sum(len(rows) for rows in tables.values())
    assert {name: len(rows) for name, rows in tables.items()} == {
        name: len(rows) for name, rows in contents(filled).items()
    }
    alice = next(row for row in tables["learners"] if row["id"] == "alice")
    assert (alice["name"], alice["created_at"]) == (NAME, "2026-11-23T10:00:00.123456Z")
    attempt = next(row for row in tables["quiz_attempts"] if row["id"] == "a")
    assert (attempt["timed_out"], attempt["score"], attempt["responses"], attempt["shown"]) == (True, 1 / 3, [], None)
    assert tables["sessions"][0]["token_hash"] == "SECRET-hash"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "out", *(tmp_path / "out").iterdir()]}
    assert modes == {0o700, 0o600}


def test_csv(filled: str, place: At, tmp_path: Path) -> None:
    """Every table has a head with the columns; what a spreadsheet would take for a formula is a text."""
    with reading(place(filled)) as source:
        write_files(source, tmp_path / "out", "csv")
    with (tmp_path / "out" / "organizations.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"id": "Zeta", "name": "Zeta", "created_at": "2026-11-23T10:00:00.123456Z"},
            {"id": "acme", "name": "'=Acme, Inc.", "created_at": "2026-11-23T10:00:00.123456Z"},
        ]
    with (tmp_path / "out" / "learners.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["name"] for row in csv.DictReader(file)] == [NAME, "Bob"]


@pytest.mark.parametrize("style", ["csv", "json"])
def test_secrets(filled: str, place: At, tmp_path: Path, style: str) -> None:
    """Answer keys, verification codes and sessions are written only when asked for."""
    for secrets in (False, True):
        with reading(place(filled)) as source:
            write_files(source, tmp_path / str(secrets), style, secrets=secrets)
        text = "".join(file.read_text("utf-8") for file in (tmp_path / str(secrets)).iterdir())
        assert all((word in text) == secrets for word in ("SECRET-hash", "SECRET-key", "SECRET-code"))


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
def test_folder_in_use(filled: str, place: At, tmp_path: Path) -> None:
    """A folder with something in it is left alone; an empty one is used."""
    (tmp_path / "out").mkdir()
    with reading(place(filled)) as source:
        write_files(source, tmp_path / "out", "csv")
        before = sorted((tmp_path / "out").iterdir())
        with pytest.raises(SetupError, match="out has something in it already"):
            write_files(source, tmp_path / "out", "csv")
    assert sorted((tmp_path / "out").iterdir()) == before


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
def test_after_a_crash(filled: str, place: At, tmp_path: Path) -> None:
    """What one has left behind is in nobody's way, and none of it is kept."""
    (tmp_path / ".out.new").mkdir()
    (tmp_path / ".out.new" / "half.csv").touch()
    with reading(place(filled)) as source:
        write_files(source, tmp_path / "out", "csv")
    assert not (tmp_path / ".out.new").exists()
    assert not (tmp_path / "out" / "half.csv").exists()


@pytest.mark.parametrize("filled", ["sqlite"], indirect=True)
def test_broken_off(filled: str, place: At, tmp_path: Path) -> None:
    """When it breaks off nothing is left."""

    def watch(_: str, table: Table, rows: Iterable[Row]) -> Iterator[Row]:
        if table.name == "quiz_attempts":
            raise InterruptedError
        yield from rows

    before = set(tmp_path.iterdir())
    with pytest.raises(InterruptedError), reading(place(filled)) as source:
        write_files(source, tmp_path / "out", "csv", watch=watch)
    assert {path for path in tmp_path.iterdir() if "filled" not in path.name} == {
        path for path in before if "filled" not in path.name
    }
