"""`grader copy`."""

import pytest

from tests.cli.conftest import Stocked
from tests.cli.running import refusal
from tests.cli.test_backup import exported
from tests.databases import Databases


def test_it_works(stocked: Stocked, postgres: Databases) -> None:
    """From a file to a server and back all is the same."""
    before = exported(stocked, "before")
    name = postgres.new_empty()
    done = stocked.run("copy", stocked.database, postgres.server.tcp(name))
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        f"tables into postgresql://postgres@127.0.0.1:{postgres.server.port}/{name}, and compared them." in done.stdout
    )
    assert postgres.server.password not in done.stdout
    assert exported(stocked, "there", GRADER_DATABASE=postgres.server.url(name)) == before
    assert stocked.run("copy", postgres.server.url(name), "sqlite:///data/back.db").returncode == 0
    assert exported(stocked, "back", GRADER_DATABASE="sqlite:///data/back.db") == before
    postgres.drop(name)


def test_password(stocked: Stocked, postgres: Databases) -> None:
    """The password need not be in the command."""
    name = postgres.new_empty()
    url = postgres.server.tcp(name).replace(f":{postgres.server.password}", "")
    assert stocked.run("copy", stocked.database, url, PGPASSWORD=postgres.server.password).returncode == 0
    postgres.drop(name)


@pytest.mark.parametrize(
    ("source", "target", "message"),
    [
        ("sqlite:///data/none.db", "sqlite:///data/new.db", "There is no database"),
        ("sqlite:///data/grader.db", "sqlite:///data/grader.db", "The target has rows already"),
        ("sqlite:///data/grader.db", "postgresql://me:SENTINEL@127.0.0.1:1/x", "me@127.0.0.1:1/x cannot be reached"),
        ("sqlite:///data/grader.db", "me:SENTINEL@server", "write sqlite:///path/of/file.db or postgresql://"),
        ("sqlite:///stocked.txt", "sqlite:///data/new.db", "file is not a database"),
    ],
)
def test_impossible(stocked: Stocked, source: str, target: str, message: str) -> None:
    """What cannot be copied is told in one line, and nothing is made."""
    (stocked.root / "stocked.txt").write_text("notes " * 1000)
    said = refusal(stocked.run("copy", source, target))
    assert message in said
    assert "SENTINEL" not in said
    assert not (stocked.root / "data" / "new.db").exists()
