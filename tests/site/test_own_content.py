"""The repository's own content, built with its own theme: nothing of the key is public."""

import shutil
from pathlib import Path

import pytest

from grader.catalog.artifacts import Artifacts, read_artifacts
from grader.catalog.model import TRACK_TYPES
from grader.settings import Engine
from grader.site.build import build
from grader.site.project import Project
from tests.site.rekey import rekey

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """sitemap.xml names the day of the build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


def built(folder: Path, engine: Engine = Engine.MKDOCS) -> Artifacts:
    """Build what stands in folder/content."""
    (folder / "site").symlink_to(ROOT / "site")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    project = Project(
        root=folder, content=folder / "content", build=folder / "build", track_types=TRACK_TYPES, engine=engine
    )
    build(project, say=lambda _: None)
    return read_artifacts(folder / "build")


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("engine", Engine)
def test_another_key_makes_the_same_site(tmp_path: Path, engine: Engine) -> None:
    """Other right answers, feedback and explanations: build/content and build/site do not change by a byte."""
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    shutil.copytree(ROOT / "content", one / "content")
    rekey(ROOT / "content", other / "content")
    before, after = built(one, engine), built(other, engine)
    assert before.catalog == after.catalog
    for revision, quiz in before.key.quizzes.items():
        for question, key in quiz.questions.items():
            assert key != after.key.quizzes[revision].questions[question], question
    for folder in ("content", "site"):
        assert tree(one / "build" / folder) == tree(other / "build" / folder)


def test_no_sentence_of_the_key_is_public(tmp_path: Path) -> None:
    """No line of feedback or explanation stands in the site or in its redacted sources."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    artifacts = built(tmp_path)
    public = b"\n".join(
        data
        for folder in ("content", "site")
        for name, data in tree(tmp_path / "build" / folder).items()
        if name.endswith((".md", ".html", ".json", ".xml"))
    ).decode()
    said = {
        line
        for quiz in artifacts.key.quizzes.values()
        for key in quiz.questions.values()
        for text in (*key.feedback.values(), key.explanation)
        for line in text.split("\n")
        if len(line) > 40
    }
    assert len(said) > 100
    assert {line for line in said if line in public} == set()
