import shutil
from pathlib import Path

import msgspec
import pytest

from grader.catalog.artifacts import read_artifacts
from grader.catalog.model import TRACK_TYPES
from grader.diagnostics import ContentError
from grader.questions.model import QuestionType
from grader.settings import Engine
from grader.site.build import build
from grader.site.complaints import SiteError
from grader.site.project import Project
from tests.site.rekey import rekey

SECRET = b"SECRET"


@pytest.fixture(autouse=True)
def same_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """sitemap.xml names the day of the build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")


@pytest.fixture(params=[*Engine])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each of both."""
    return Engine(request.param)


def copied(source: Path, target: Path, engine: Engine = Engine.MKDOCS) -> Project:
    """A project in a folder of its own."""
    target.mkdir()
    shutil.copy(source / "mkdocs.yml", target)
    for folder in ("content", "site"):
        if (source / folder).is_dir():
            shutil.copytree(source / folder, target / folder)
    return Project(
        root=target, content=target / "content", build=target / "build", track_types=TRACK_TYPES, engine=engine
    )


def quiet(_: str) -> None:
    pass


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_works(good: Project, engine: Engine) -> None:
    """A build makes redacted sources, the site, the catalog, and a key that only its owner reads."""
    said: list[str] = []
    catalog = build(msgspec.structs.replace(good, engine=engine), say=said.append)
    assert [course.id for _, course in catalog.courses()] == [
        "basics/intake",
        "basics/types",
        "basics/scripts",
        "basics/exam",
    ]
    assert said == ["6 pages read", f"site in {good.site}"]
    assert (good.build / "content" / "basics" / "intake.md").is_file()
    assert (good.site / "basics" / "intake" / "index.html").is_file()
    assert (good.build / "key.json").stat().st_mode & 0o777 == 0o600
    assert read_artifacts(good.build).catalog == catalog


def test_the_site_does_not_depend_on_the_key(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """Other right options, feedback and explanations: not one byte of the sources and the site differs."""
    one, other = (
        copied(courses / "good", tmp_path / "one", engine),
        copied(courses / "good", tmp_path / "other", engine),
    )
    shutil.rmtree(other.content)
    rekey(one.content, other.content)
    for project in (one, other):
        build(project, say=quiet)
    before, after = read_artifacts(one.build), read_artifacts(other.build)
    asked = [
        question.type for _, course in before.catalog.courses() if course.quiz for question in course.quiz.questions
    ]
    assert {*asked} == {*QuestionType}
    assert before.catalog == after.catalog
    assert before.key.quizzes.keys() == after.key.quizzes.keys()
    for revision, quiz in before.key.quizzes.items():
        for question, key in quiz.questions.items():
            assert key != after.key.quizzes[revision].questions[question]
    assert tree(one.build / "content") == tree(other.build / "content")
    assert tree(one.site) == tree(other.site)
    assert (one.build / "questions.json").read_bytes() == (other.build / "questions.json").read_bytes()


def test_no_feedback_explanation_or_comment_is_published(good: Project, engine: Engine) -> None:
    """Neither the redacted sources, nor a page, nor the search index, nor the public catalog holds a secret."""
    build(msgspec.structs.replace(good, engine=engine), say=quiet)
    public = {**tree(good.build / "content"), **tree(good.site), "catalog": (good.build / "catalog.json").read_bytes()}
    assert {name for name, data in public.items() if SECRET in data} == set()
    key = (good.build / "key.json").read_bytes()
    said = {line for file in good.content.rglob("*.md") for line in file.read_bytes().split() if SECRET in line}
    assert {word for word in said if word.strip(b",") not in key} == {
        b"SECRET-COMMENT",
        b"SECRET-OLD-QUESTION",
        b"SECRET-OLD-OPTION",
    }


def test_questions_are_not_searchable(good: Project, engine: Engine) -> None:
    """The search index holds the text of a course, not its quiz."""
    build(msgspec.structs.replace(good, engine=engine), say=quiet)
    found = {Engine.MKDOCS: "search/search_index.json", Engine.ZENSICAL: "search.json"}[engine]
    index = (good.site / found).read_text("utf-8")
    assert "Few people know the name" in index
    assert "When a case manager" not in index


def test_links_and_pictures_of_questions_point_to_the_built_pages(good: Project, engine: Engine) -> None:
    """Relative links are written from the source, as everywhere else in the page."""
    build(msgspec.structs.replace(good, engine=engine), say=quiet)
    page = (good.site / "basics" / "intake" / "index.html").read_text("utf-8")
    form = page[page.index("<quiz-form") : page.index("</quiz-form>")]
    assert 'src="../../media/clock.svg"' in form
    assert 'href="#deadlines"' in form
    assert "footnote-ref" in form


def test_nothing_is_built_of_content_with_mistakes(courses: Path, tmp_path: Path) -> None:
    """All mistakes are raised, and the folder stays as it is."""
    project = copied(courses / "broken-bad-value", tmp_path / "project")
    with pytest.raises(ContentError) as caught:
        build(project, say=quiet)
    assert len(caught.value.diagnostics) == 7
    assert not project.build.exists()


def test_a_broken_link_stops_the_build(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """The site that was there stays."""
    project = copied(courses / "good", tmp_path / "project", engine)
    build(project, say=quiet)
    before = tree(project.site)
    page = project.content / "basics" / "index.md"
    page.write_text(page.read_text("utf-8") + "\n[gone](gone.md)\n", "utf-8")
    with pytest.raises(ContentError, match=r"gone\.md"):
        build(project, say=quiet)
    assert tree(project.site) == before


def test_a_swallowed_quiz_stops_the_build(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """A form that did not arrive in its page is no success."""
    project = copied(courses / "good", tmp_path / "project", engine)
    page = project.content / "basics" / "intake.md"
    page.write_text(page.read_text("utf-8").replace("Few people", "<div>\n\nFew people"), "utf-8")
    with pytest.raises(SiteError, match=r"swallows[\s\S]*basics/intake"):
        build(project, say=quiet)


def test_a_page_on_which_the_theme_fails_is_named(courses: Path, tmp_path: Path) -> None:
    """Its front matter may hold what no theme can show."""
    project = copied(courses / "good", tmp_path / "project")
    page = project.content / "basics" / "intake.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\nhide: 5\n", 1), "utf-8")
    with pytest.raises(SiteError, match=r"basics/intake\.md"):
        build(project, say=quiet)


def test_a_page_that_the_engine_leaves_out_stops_the_build(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """A course without its page is named."""
    project = copied(courses / "good", tmp_path / "project", engine)
    project.config.write_text(f"{project.config.read_text('utf-8')}exclude_docs: /basics/scripts.md\n")
    with pytest.raises(SiteError, match=r"basics/scripts"):
        build(project, say=quiet)


def test_what_vanished_from_the_content_vanishes(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """No old page or picture stays in the redacted sources or in the site."""
    project = copied(courses / "good", tmp_path / "project", engine)
    (project.content / "media" / "old.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    build(project, say=quiet)
    (project.content / "media" / "old.svg").unlink()
    build(project, say=quiet)
    assert not [name for name in (*tree(project.site), *tree(project.build / "content")) if "old.svg" in name]


def test_hidden_files_are_not_published(courses: Path, tmp_path: Path) -> None:
    """An editor's swap file holds the answers, too."""
    project = copied(courses / "good", tmp_path / "project")
    (project.content / "basics" / ".intake.md.swp").write_text("- [x] SECRET-HIDDEN")
    (project.content / ".obsidian").mkdir()
    (project.content / ".obsidian" / "intake.md").write_text("- [x] SECRET-HIDDEN")
    build(project, say=quiet)
    assert not [name for name, data in tree(project.build).items() if SECRET in data and name != "key.json"]


def test_questions_that_wait_for_the_start_are_not_published(good: Project) -> None:
    """Neither the redacted sources nor a page, search index or anything else of the site holds a word of them."""
    build(good, say=quiet)
    public = {**tree(good.build / "content"), **tree(good.site)}
    assert {name for name, data in public.items() if b"HIDDEN" in data} == set()
    page = (good.site / "basics" / "exam" / "index.html").read_text("utf-8")
    assert "3 questions, drawn from 7 for each attempt" in page
    assert "Answer in <em>any</em> order." in page
    assert (good.build / "questions.json").stat().st_mode & 0o777 == 0o600


def test_drafts_are_not_published(courses: Path, tmp_path: Path, engine: Engine) -> None:
    """No page, no entry of the navigation, no course; and no complaint of the engine that they are not there."""
    project = copied(courses / "good", tmp_path / "project", engine)
    page = project.content / "basics" / "scripts.md"
    page.write_text(page.read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    said: list[str] = []
    catalog = build(project, say=said.append)
    assert said[0] == "5 pages read, 1 draft left out"
    assert "basics/scripts" not in [course.id for _, course in catalog.courses()]
    assert not [
        name for name, data in tree(project.build).items() if "basics/scripts" in name or b"basics/scripts" in data
    ]
