import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.catalog.artifacts import read_artifacts
from grader.catalog.model import TRACK_TYPES
from grader.preview.workshop import Round, Workshop, empty
from grader.settings import Engine
from grader.site import zensical_engine
from grader.site.project import Project
from tests.site.rekey import rekey

URL = "http://127.0.0.1:1/"


class Author:
    def __init__(self, root: Path, engine: Engine) -> None:
        build = root / "build" / "preview"
        self.project = Project(root=root, content=root / "content", build=build, track_types=TRACK_TYPES, engine=engine)
        empty(build)
        self.workshop = Workshop(self.project, URL)

    def edit(self, page: str, old: str, new: str) -> Round:
        path = self.project.root / page
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")
        return self.workshop.work()

    def html(self, page: str) -> str:
        return (self.project.site / page / "index.html").read_text("utf-8")


@pytest.fixture(params=[*Engine])
def author(request: pytest.FixtureRequest, courses: Path, tmp_path: Path) -> Author:
    """With each engine; the site is made."""
    shutil.copytree(courses / "good", tmp_path / "project")
    made = Author(tmp_path / "project", Engine(request.param))
    first = made.workshop.work()
    assert (first.mistakes, first.complaints, first.stale) == ((), (), False)
    return made


def test_it_works(author: Author) -> None:
    """A change shows in its own page, and touches no other."""
    round_ = author.edit("content/basics/intake.md", "Few people know", "Hardly anybody knows")
    assert round_ == Round(changed=frozenset({"basics/intake/"}))
    assert "Hardly anybody knows" in author.html("basics/intake")
    assert URL in author.html("basics/intake")


def test_nothing_changes(author: Author) -> None:
    """A file that is saved as it was is no news."""
    assert author.edit("content/basics/intake.md", "Few people", "Few people") == Round()


def test_another_key(author: Author) -> None:
    """It is graded anew, and nothing is seen of it."""
    before = read_artifacts(author.project.build)
    rekey(author.project.content, author.project.root / "other")
    shutil.copy(author.project.root / "other" / "basics" / "intake.md", author.project.content / "basics")
    assert author.workshop.work() == Round()
    after = read_artifacts(author.project.build)
    assert after.catalog == before.catalog
    assert after.key != before.key


def test_a_mistake(author: Author) -> None:
    """It is told, and the page stays as it was."""
    round_ = author.edit("content/basics/intake.md", "- [x]", "- [ ]")
    assert {one.code for one in round_.mistakes} >= {"no-right-option"}
    assert round_.changed == frozenset()


def test_a_page_comes_and_goes(author: Author) -> None:
    """With its HTML."""
    page = author.project.content / "basics" / "new.md"
    page.write_text("# Fresh\n\nText.\n", "utf-8")
    assert "basics/new/" in author.workshop.work().changed
    assert "Fresh" in author.html("basics/new")
    page.unlink()
    assert "basics/new/" in author.workshop.work().changed
    assert not (author.project.site / "basics" / "new" / "index.html").exists()


def test_a_title_shows_in_all_pages(author: Author) -> None:
    """MkDocs makes the others in a second step; in its own page the title is there at once."""
    round_ = author.edit("content/basics/scripts.md", "title: ", "title: Quite ")
    assert "basics/scripts/" in round_.changed
    if round_.stale:
        config, fresh = author.workshop.config, author.workshop.fresh
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(fresh)]
        subprocess.run(command, check=True, capture_output=True)
        assert "basics/intake/" in author.workshop.take().changed
    assert "Quite " in author.html("basics/intake")


def test_broken_settings(author: Author) -> None:
    """They are told, and the site stays as it was, until they are mended."""
    assert "is no YAML" in author.edit("mkdocs.yml", "nav:", "nav: [").complaints[0]
    assert author.html("basics/intake")
    round_ = author.edit("mkdocs.yml", "nav: [", "nav:")
    assert (round_.mistakes, round_.complaints) == ((), ())


def test_zensical_works_beside_the_site(courses: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It empties its folder before it fills it: who reads meanwhile finds the site as it was."""
    shutil.copytree(courses / "good", tmp_path / "project")
    author = Author(tmp_path / "project", Engine.ZENSICAL)
    author.workshop.work()
    before = {path: path.read_bytes() for path in author.project.site.rglob("*") if path.is_file()}
    run = zensical_engine.run

    def watched(config: Path) -> list[str]:
        complaints = run(config)
        assert {path: path.read_bytes() for path in author.project.site.rglob("*") if path.is_file()} == before
        return complaints

    monkeypatch.setattr(zensical_engine, "run", watched)
    author.edit("content/basics/intake.md", "Few people know", "Hardly anybody knows")
    assert "Hardly anybody knows" in author.html("basics/intake")


def test_a_draft_is_shown(author: Author) -> None:
    """And marked where it is listed."""
    author.edit("content/basics/scripts.md", "---\n", "---\ndraft: true\n")
    assert author.html("basics/scripts")
    assert "draft: true" in (author.project.build / "content" / "basics" / "index.md").read_text("utf-8")


def test_only_its_owner_may_read_it(author: Author) -> None:
    """The folder holds pages with their answers."""
    assert author.project.build.stat().st_mode & 0o777 == 0o700
