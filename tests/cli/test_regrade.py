import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.api.content import PAGES, publish
from tests.cli.running import Command, refusal


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    publish(tmp_path, PAGES)
    return Command(tmp_path)


def test_help(grader: Command) -> None:
    """It says what to do first, what is never done unasked, and how to try it."""
    said = " ".join(grader.run("regrade", "--help").stdout.split())
    for words in (
        "--apply",
        "nothing is changed",
        "{void} or {always}",
        "--allow-lowering",
        "A grader may run meanwhile",
    ):
        assert words in said


def test_unknown(grader: Command) -> None:
    """A course that nobody ever tried is named, in one line."""
    assert "There is no course or quiz revision 'basics/nope'." in refusal(grader.run("regrade", "basics/nope"))


@pytest.mark.parametrize(
    "options", [["--revoke-certificates"], ["--apply"], ["--apply", "--reason", " "], ["--aply"], []]
)
def test_wrong_use(grader: Command, options: list[str]) -> None:
    """A certificate is revoked only together with the pass, and nothing is written without a reason."""
    done = grader.run("regrade", *(["basics/intake", *options] if options else []))
    assert done.returncode == 2
    assert "Usage: " in done.stderr


@pytest.mark.parametrize("reason", ["...", "x" * 501, "bell \a"])
def test_impossible_reasons(grader: Command, reason: str) -> None:
    """What could not stand on a certificate is refused before anybody is regraded, as it is by `grader revoke`."""
    done = grader.run("regrade", "basics/intake", "--apply", "--reason", reason)
    assert done.returncode == 2
    assert "Invalid value for --reason" in done.stderr


def test_no_build(grader: Command) -> None:
    """Without a build there is no corrected key."""
    (grader.root / "build" / "key.json").unlink()
    assert "Build the content first" in refusal(grader.run("regrade", "basics/intake"))


def test_nobody_tried(grader: Command) -> None:
    """A quiz without attempts needs nothing."""
    with grader.serve(0):
        pass
    publish(grader.root, PAGES)
    assert "There is no course" in refusal(grader.run("regrade", "basics/intake"))
    with closing(sqlite3.connect(grader.root / "data" / "grader.db")) as database:
        assert database.execute("SELECT count(*) FROM audit_events").fetchone() == (0,)
