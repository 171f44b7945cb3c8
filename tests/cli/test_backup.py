"""`grader backup` and `grader restore`, on both databases."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from grader.cli import restore
from grader.cli.backup import save
from grader.cli.command import cli
from grader.settings import Settings
from tests.cli.conftest import Stocked
from tests.cli.running import refusal
from tests.databases import on_both

pytestmark = on_both


def exported(grader: Stocked, name: str, **variables: str) -> dict[str, str]:
    """Every table as JSON."""
    done = grader.run("export", "data", "--with-secrets", "--format", "json", "-o", name, **variables)
    assert (done.returncode, done.stderr) == (0, "")
    return {file.name: file.read_text("utf-8") for file in (grader.root / name).iterdir()}


def test_it_works(stocked: Stocked) -> None:
    """What was saved is brought back into a new database; both say what they did."""
    done = stocked.run("backup", "saved/backup.zip")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"Saved \d+ rows of 19 tables in saved/backup\.zip, and read them again\.\n", done.stdout)
    new = "sqlite:///data/new.db"
    done = stocked.run("restore", "saved/backup.zip", GRADER_DATABASE=new)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"Restored \d+ rows of 19 tables into .*data/new\.db, and compared them\.", done.stdout)
    assert exported(stocked, "new", GRADER_DATABASE=new) == exported(stocked, "old")


def test_a_place_that_is_published(stocked: Stocked) -> None:
    """It holds persons and keys."""
    said = refusal(stocked.run("backup", "content/backup.zip"))
    assert "content/backup.zip would be published with the site." in said
    assert "would be published" in refusal(stocked.run("export", "data", "-o", "content/data"))


def test_broken_settings_of_the_site(stocked: Stocked) -> None:
    """They are no reason to go without a backup."""
    (stocked.root / "mkdocs.yml").write_text("nav: [", "utf-8")
    assert stocked.run("backup", "backup.zip").returncode == 0


def test_check(stocked: Stocked) -> None:
    """What is in a backup is told without changing anything."""
    stocked.run("backup", "backup.zip")
    done = stocked.run("restore", "--check", "backup.zip", GRADER_DATABASE="sqlite:///data/none.db")
    assert done.returncode == 0
    assert done.stdout.startswith("Sound. Saved on ")
    assert re.search(r"^ +3 quiz_attempts$", done.stdout, re.MULTILINE)
    assert not (stocked.root / "data" / "none.db").exists()


def test_file_that_exists(stocked: Stocked) -> None:
    """A backup is not overwritten unasked."""
    (stocked.root / "backup.zip").write_text("precious")
    assert "backup.zip exists. Choose another name, or replace it with --force." in refusal(
        stocked.run("backup", "backup.zip")
    )
    assert (stocked.root / "backup.zip").read_text() == "precious"
    assert stocked.run("backup", "--force", "backup.zip").returncode == 0


def test_database_with_rows(stocked: Stocked) -> None:
    """A database with rows in it is replaced only when asked for; then what was there is saved first."""
    stocked.run("backup", "backup.zip")
    before = exported(stocked, "before")
    said = refusal(stocked.run("restore", "backup.zip"))
    assert "The target has rows already: " in said
    assert "--replace" in said
    done = stocked.run("restore", "--replace", "backup.zip")
    assert (done.returncode, done.stderr) == (0, "")
    (aside,) = (stocked.root / "data").glob("before-restore-*.zip")
    assert aside.name in done.stdout
    assert exported(stocked, "after") == before
    assert stocked.run("restore", "--check", str(aside)).returncode == 0


def test_nothing_is_written_between_saving_and_replacing(stocked: Stocked, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a grader that still runs: it would be in neither."""
    stocked.run("backup", "backup.zip")
    refused: list[str] = []

    def attacked(settings: Settings, file: Path) -> str:
        with pytest.raises((sqlite3.OperationalError, psycopg.errors.LockNotAvailable)) as error:
            write(stocked)
        refused.append(str(error.value))
        return save(settings, file)

    monkeypatch.setattr(restore, "save", attacked)
    monkeypatch.setenv("GRADER_DATABASE", stocked.database)
    chosen = ["--root", str(stocked.root), "restore", "--replace", str(stocked.root / "backup.zip")]
    cli.main(chosen, standalone_mode=False)
    assert len(refused) == 1
    write(stocked)


def write(stocked: Stocked) -> None:
    """At once, or not at all."""
    if stocked.database.startswith("sqlite:"):
        with closing(sqlite3.connect(stocked.root / stocked.database.removeprefix("sqlite:///"), timeout=0)) as file:
            file.execute("UPDATE learners SET name = name")
    else:
        with psycopg.connect(stocked.database) as connection:
            connection.execute("SET lock_timeout = '10ms'")
            connection.execute("UPDATE learners SET name = name")


def test_damaged(stocked: Stocked) -> None:
    """A damaged backup changes nothing, also where the database would have been replaced."""
    stocked.run("backup", "backup.zip")
    before = exported(stocked, "before")
    data = (stocked.root / "backup.zip").read_bytes()
    (stocked.root / "backup.zip").write_bytes(data[: len(data) // 2])
    assert "is no archive of grader, or a damaged one" in refusal(stocked.run("restore", "--replace", "backup.zip"))
    assert exported(stocked, "after") == before


def test_folder_that_cannot_be_written(stocked: Stocked) -> None:
    """A place that cannot be written is named in one line."""
    (stocked.root / "file").touch()
    assert "file" in refusal(stocked.run("backup", "file/backup.zip"))
