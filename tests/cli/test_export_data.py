"""`grader export data`, on both databases."""

import json

from tests.cli.conftest import Stocked
from tests.cli.running import refusal
from tests.databases import on_both


@on_both
def test_it_works(stocked: Stocked) -> None:
    """A file for each table, without secrets."""
    done = stocked.run("export", "data", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" rows into out.\n")
    files = sorted((stocked.root / "out").iterdir())
    assert len(files) == 19
    assert not any("SECRET" in file.read_text("utf-8") for file in files)


@on_both
def test_json(stocked: Stocked) -> None:
    """As JSON, with secrets when asked for."""
    assert stocked.run("export", "data", "--format", "json", "--with-secrets", "-o", "out").returncode == 0
    sessions = json.loads((stocked.root / "out" / "sessions.json").read_text("utf-8"))
    assert [row["token_hash"] for row in sessions] == ["SECRET-hash"]


def test_folder_in_use(stocked: Stocked) -> None:
    """A folder with something in it is left alone."""
    assert "data has something in it already" in refusal(stocked.run("export", "data", "-o", "data"))
