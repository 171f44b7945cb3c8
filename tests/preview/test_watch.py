"""What the other pages show after a change is made by a process of its own; here its end is looked at."""

import asyncio
import shutil
from pathlib import Path

import pytest

from grader.catalog.model import TRACK_TYPES
from grader.preview.desk import Desk
from grader.preview.watch import Watch
from grader.preview.workshop import Workshop, empty
from grader.settings import Engine
from grader.site.project import Project

FAULT = """{% extends "base.html" %}
{% block content %}{{ nothing.of.this if page.title == "Scripts" else super() }}{% endblock %}
"""


@pytest.fixture
def project(courses: Path, tmp_path: Path) -> Project:
    """With templates of its own, of which there are none yet."""
    root = tmp_path / "project"
    shutil.copytree(courses / "good", root)
    (root / "overrides").mkdir()
    settings = root / "mkdocs.yml"
    settings.write_text(settings.read_text("utf-8").replace("font: false", "font: false, custom_dir: overrides"))
    build = root / "build" / "preview"
    empty(build)
    return Project(root=root, content=root / "content", build=build, track_types=TRACK_TYPES, engine=Engine.MKDOCS)


async def test_other_pages_that_cannot_be_made(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """They stay as they were, and it is said why, in the browser and at the terminal."""
    desk = Desk("content")
    watch = Watch(Workshop(project, "http://127.0.0.1:1/"), desk)
    await asyncio.to_thread(watch.begin)
    async with asyncio.timeout(60), watch.running(refresh):
        while desk.version == 1:  # it is not watched yet
            (project.root / "overrides" / "main.html").write_text(FAULT)
            await asyncio.sleep(0.5)
        while not desk.news().complaints:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    told = desk.news().complaints
    assert told[0] == "error: The other pages stay as they were: MkDocs could not make them."
    assert told[1].startswith("ERROR   -  Error building page 'basics/scripts.md'")
    assert told[-1] == "jinja2.exceptions.UndefinedError: 'nothing' is undefined"
    assert told[1] in capsys.readouterr().out


async def test_a_change_before_the_other_pages_are_made(project: Project) -> None:
    """It ends their making, which begins anew: they are not forgotten."""
    desk = Desk("content")
    watch = Watch(Workshop(project, "http://127.0.0.1:1/"), desk)
    await asyncio.to_thread(watch.begin)
    settings, page = project.config, project.content / "basics" / "scripts.md"
    named = settings.read_text("utf-8").replace("site_name: ", "site_name: Renamed ")
    async with asyncio.timeout(30), watch.running(refresh):
        while desk.version == 1:  # it is not watched yet
            settings.write_text(named, "utf-8")
            await asyncio.sleep(0.1)
        page.write_text(page.read_text("utf-8").replace("\n## ", "\nMore.\n\n## ", 1), "utf-8")
        while "Renamed" not in (project.site / "basics" / "index.html").read_text("utf-8"):  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def refresh() -> None:
    """No grader runs."""
