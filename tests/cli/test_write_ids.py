"""`grader check --write-ids`, on a whole project."""

import subprocess
import sys
from pathlib import Path

import pytest

from grader.catalog.nav import read_navigation
from grader.catalog.scan import scan
from tests.cli.history import git, repository
from tests.cli.running import Command
from tests.versions.editions import PAGES


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    """Some questions have no id; the page has the line ends of another system, and none at its end."""
    command = repository(tmp_path, PAGES)
    page = command.root / "content" / "basics" / "intake.md"
    text = page.read_text("utf-8").replace(" {#clock}", "  ").replace(" {#urgent}", "").replace(" {#word}", "")
    page.write_bytes(text.rstrip("\n").replace("\n", "\r\n").encode())
    page.chmod(0o640)
    git(tmp_path, "add", "--all")
    return command


def revisions(grader: Command) -> list[str]:
    found = scan(grader.root / "content", read_navigation(grader.root / "mkdocs.yml"))
    return [group.revision for source in found.sources for group in source.groups]


def test_it_works(grader: Command) -> None:
    """Ids are written once; revisions, line ends, spaces and permissions stay."""
    page = grader.root / "content" / "basics" / "intake.md"
    before, former = page.read_bytes(), revisions(grader)
    assert grader.run("check", "--write-ids").stdout == "Ids written in 1 page.\n"
    written = page.read_bytes()
    assert b"clock start? {#when-does-the-clock-start}  \r\n" in written
    assert (
        written.replace(b" {#when-does-the-clock-start}", b"")
        .replace(b" {#which-one-first}", b"")
        .replace(b" {#punishing-somebody-for-a-report-is-called}", b"")
        == before
    )
    assert revisions(grader) == former
    assert page.stat().st_mode & 0o777 == 0o640
    assert grader.run("check", "--write-ids").stdout == "Ids written in 0 pages.\n"


def test_dry_run(grader: Command) -> None:
    """A patch that git applies to the same end; until then nothing is written."""
    page = grader.root / "content" / "basics" / "intake.md"
    before = page.read_bytes()
    patch = subprocess.run(
        [sys.executable, "-m", "grader.cli", "check", "--write-ids", "--dry-run"],
        cwd=grader.root,
        capture_output=True,
        check=True,
        env=grader.environment(),
    ).stdout
    assert page.read_bytes() == before
    (grader.root / "ids.patch").write_bytes(patch)
    git(grader.root, "apply", "--whitespace=nowarn", "ids.patch")
    applied = page.read_bytes()
    page.write_bytes(before)
    grader.run("check", "--write-ids")
    assert page.read_bytes() == applied != before


def test_with_mistakes_nothing_is_written(grader: Command) -> None:
    """They come first: a question that cannot be read has no id."""
    page = grader.root / "content" / "basics" / "intake.md"
    page.write_bytes(page.read_bytes().replace(b"- [x] On receipt", b"- [ ] On receipt"))
    before = page.read_bytes()
    done = grader.run("check", "--write-ids")
    assert (done.returncode, page.read_bytes()) == (1, before)
    assert "[no-right-option]" in done.stderr


def test_a_dry_run_needs_something_to_run(grader: Command) -> None:
    """A check alone writes nothing anyway."""
    assert grader.run("check", "--dry-run").returncode == 2
