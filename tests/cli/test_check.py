"""`grader check`, and how it tells mistakes to people, programs and GitHub."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest

from grader.diagnostics import Diagnostic
from tests.cli.running import Command


@pytest.fixture
def grader(courses: Path, tmp_path: Path) -> Command:
    """A project with a mistake in mkdocs.yml and one in a page, in a folder of the repository."""
    root = tmp_path / "training, 100%: new"
    shutil.copytree(courses / "good", root)
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("nav:\n", "nav:\n  - basics/intakes.md\n"), "utf-8")
    page = root / "content" / "basics" / "index.md"
    page.write_text(page.read_text("utf-8") + "\nSee [what follows](intake.md#what-follows).\n", "utf-8")
    return Command(root)


LINE = 20
"""Of mkdocs.yml."""


def mended(grader: Command, courses: Path) -> Command:
    shutil.copytree(courses / "good", grader.root, dirs_exist_ok=True)
    return grader


def test_it_works(grader: Command) -> None:
    """Every mistake with its place and its hint, then their number; the exit code is 1."""
    done = grader.run("check")
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert re.fullmatch(r"content/basics/index\.md:\d+:20: error\[broken-anchor\]: .*", lines[0])
    assert (
        lines[2]
        == f"mkdocs.yml:{LINE}:5: error[nav-without-file]: `nav` names `basics/intakes.md`, which does not exist."
    )
    assert lines[3] == "    hint: did you mean `basics/intake.md`?"
    assert lines[4:] == ["2 mistakes."]


def test_json(grader: Command, courses: Path) -> None:
    """A list of objects, each with these six keys; an empty list when all is well."""
    done = grader.run("check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    first, second = json.loads(done.stdout)
    assert second == {
        "path": "mkdocs.yml",
        "line": LINE,
        "column": 5,
        "code": "nav-without-file",
        "message": "`nav` names `basics/intakes.md`, which does not exist.",
        "hint": "did you mean `basics/intake.md`?",
    }
    assert list(first) == list(Diagnostic.__struct_fields__)
    done = mended(grader, courses).run("check", "--format", "json")
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def read_annotation(line: str) -> tuple[dict[str, str], str]:
    """As GitHub's runner reads a workflow command: percent-encoded, properties between commas."""
    match = re.fullmatch(r"::error ([^:]*)::([^\r\n]*)", line)
    assert match
    properties = dict(one.split("=", 1) for one in match[1].split(","))
    return {name: unquote(value) for name, value in properties.items()}, unquote(match[2])


def test_github(grader: Command, courses: Path) -> None:
    """Annotations whose paths count from where the command runs: the checkout, of which the project may be a part."""
    grader_above = Command(grader.root.parent)
    done = grader_above.run("--root", str(grader.root), "check", "--format", "github")
    assert (done.returncode, done.stderr) == (1, "")
    _, last = (read_annotation(line) for line in done.stdout.splitlines())
    assert last == (
        {"file": "training, 100%: new/mkdocs.yml", "line": f"{LINE}", "col": "5", "title": "nav-without-file"},
        "`nav` names `basics/intakes.md`, which does not exist.\nhint: did you mean `basics/intake.md`?",
    )
    done = mended(grader, courses).run("check", "--format", "github")
    assert done.returncode == 0
    assert done.stdout.startswith("No mistakes in ")


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_what_keeps_it_from_checking_is_no_mistake(grader: Command, form: str) -> None:
    """Without mkdocs.yml there is one line on stderr, whatever the format."""
    (grader.root / "mkdocs.yml").unlink()
    done = grader.run("check", "--format", form)
    assert (done.returncode, done.stdout) == (1, "")
    assert "mkdocs.yml does not exist" in done.stderr


def test_content_in_a_deeper_folder(grader: Command) -> None:
    """Paths count from the project, wherever its content stands in it."""
    (grader.root / "learning").mkdir()
    (grader.root / "content").rename(grader.root / "learning" / "pages")
    (grader.root / "grader.toml").write_text('content = "learning/pages"\n', "utf-8")
    assert grader.run("check").stderr.startswith("learning/pages/basics/index.md:")


def test_keys_of_the_project(grader: Command, courses: Path) -> None:
    """Front matter may hold what grader.toml allows."""
    page = mended(grader, courses).root / "content" / "basics" / "index.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\nowner: Ana\n", 1), "utf-8")
    assert "[unknown-key]" in grader.run("check").stderr
    (grader.root / "grader.toml").write_text('extra_page_keys = ["owner"]\n', "utf-8")
    assert grader.run("check").returncode == 0
