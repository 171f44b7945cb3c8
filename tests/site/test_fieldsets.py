import re
import shutil
from pathlib import Path

import pytest

from grader.catalog.artifacts import Fieldsets, read_artifacts
from grader.catalog.model import TRACK_TYPES
from grader.site.build import build
from grader.site.complaints import SiteError
from grader.site.project import Project

RULES = "quiz: {draw: 3, time_limit: 20m, attempts: 2, cooldown: 1h}\n"


@pytest.fixture
def project(courses: Path, tmp_path: Path) -> Project:
    root = tmp_path / "project"
    shutil.copytree(courses / "good", root)
    return Project(root=root, content=root / "content", build=root / "build", track_types=TRACK_TYPES)


def built(project: Project) -> Fieldsets:
    build(project, say=lambda _: None)
    return read_artifacts(project.build).fieldsets


def change(project: Project, old: str, new: str) -> None:
    page = project.content / "basics" / "exam.md"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")


def test_it_works(project: Project) -> None:
    """Questions that wait for the start look exactly as the engine would have shown them in the page."""
    [(revision, hidden)] = built(project).items()
    change(project, RULES, "")
    assert built(project) == {}
    page = (project.site / "basics" / "exam" / "index.html").read_text("utf-8")
    assert f'revision="{revision}"' in page
    form = page[page.index("<quiz-form") : page.index("</quiz-form>")]
    assert list(hidden) == ["clock", "truth", "words", "number", "blank", "order", "pairs"]
    assert "".join(hidden.values()) == "".join(re.findall(r"<fieldset.*?</fieldset>", form, re.DOTALL))


def test_links_count_from_the_built_page(project: Project) -> None:
    """Pictures, pages and footnotes are found from where the questions will be shown."""
    [hidden] = built(project).values()
    for text in ('src="../../media/clock.svg"', 'href="../intake/"', 'href="#law"', 'href="#fn:all"'):
        assert text in hidden["clock"]


def test_a_broken_link_stops_the_build(project: Project) -> None:
    """The engine does not see these questions, so what only it would take for a link is looked at here."""
    change(project, "(../media/clock.svg)", "[clock]")
    change(project, "## Quiz", "[clock]:\n    ../media/gone.svg\n\n## Quiz")
    with pytest.raises(SiteError, match=r"content/basics/exam\.md: the quiz refers to 'media/gone\.svg'"):
        built(project)
