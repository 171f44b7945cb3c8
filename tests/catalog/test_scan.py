import os
from pathlib import Path

import msgspec
import pytest

from grader.catalog.artifacts import digest_of
from grader.catalog.nav import NavEntry, read_nav
from grader.catalog.scan import Scan, scan
from grader.catalog.summary import summary
from grader.errors import SetupError
from grader.questions.model import QuestionType


@pytest.fixture(scope="module")
def found() -> Scan:
    folder = Path(__file__).parents[1] / "courses" / "good"
    return scan(folder / "content", read_nav(folder / "mkdocs.yml"))


def test_it_works(found: Scan) -> None:
    """Every type of question, tracks and courses in the order of nav, and no mistake."""
    assert found.diagnostics == ()
    [track] = found.catalog.tracks
    assert (track.id, track.title, track.version, track.major, track.url) == ("basics", "Basics", "1.2", 1, "basics/")
    assert [course.id for course in track.courses] == [
        "basics/intake",
        "basics/types",
        "basics/scripts",
        "basics/exam",
    ]
    types = {
        question.type for _, course in found.catalog.courses() if course.quiz for question in course.quiz.questions
    }
    assert types == set(QuestionType)


def test_an_impossible_version(tmp_path: Path) -> None:
    """It is told once: a version that cannot be read says nothing about what is new since when."""
    (tmp_path / "basics").mkdir()
    index = "---\ntitle: Basics\ntrack: {type: CASE_MANAGEMENT, level: FOUNDATION, version: 2.0}\n---\n\n# Basics\n"
    (tmp_path / "basics" / "index.md").write_text(index, "utf-8")
    course = '---\ntitle: Intake\ncourse: {type: TEXT, minutes: 5, required: false, since: "2.0"}\n---\n\n# Intake\n'
    (tmp_path / "basics" / "intake.md").write_text(course, "utf-8")
    nav = [NavEntry("basics/index.md", 1), NavEntry("basics/intake.md", 2)]
    assert [one.code for one in scan(tmp_path, nav).diagnostics] == ["bad-value"]


def test_a_course(found: Scan) -> None:
    """Rules, topics in the order of the page, and practice questions apart from the quiz."""
    course = found.catalog.tracks[0].courses[0]
    assert course.quiz
    assert course.quiz.rules.cooldown == (0, 86400)
    assert [topic.id for topic in course.quiz.topics] == ["deadlines", "confidentiality"]
    assert [one.question.id for one in course.practice] == ["telephone"]


def test_the_catalog_holds_no_answer(found: Scan) -> None:
    """What is right and why stands in the key only."""
    assert b"SECRET" not in msgspec.json.encode(found.catalog)
    assert b"SECRET" in msgspec.json.encode(found.key)


def test_the_key_fits_the_catalog(found: Scan) -> None:
    """For every question of every quiz and every practice question there is a key, and for nothing else."""
    asked = {}
    for _, course in found.catalog.courses():
        if course.quiz:
            asked[course.quiz.revision] = {question.id for question in course.quiz.questions}
        asked |= {practice.revision: {practice.question.id} for practice in course.practice}
    assert {revision: set(key.questions) for revision, key in found.key.quizzes.items()} == asked


def test_the_summary_names_no_question(found: Scan) -> None:
    """It is what the API and the site's templates show."""
    made = summary(found.catalog, digest_of(found.catalog))
    assert b"When does the clock start" not in msgspec.json.encode(made)
    quiz = made.tracks[0].courses[0].quiz
    assert quiz
    assert (quiz.questions, quiz.passing_score, quiz.attempts) == (4, 0.75, 3)
    assert made.tracks[0].minutes == 15


def test_nav_is_read_with_its_places(tmp_path: Path) -> None:
    """Titles, nesting, addresses and tags do not matter."""
    config = tmp_path / "mkdocs.yml"
    config.write_text(
        "nav:\n  - a.md\n  - Part:\n      - Title: b/c.md\n      - https://example.org\nx: !!python/name:y.z\n"
    )
    assert read_nav(config) == (NavEntry("a.md", 2, 5), NavEntry("b/c.md", 4, 16))
    config.write_text("site_name: None\n")
    assert read_nav(config) == ()


@pytest.mark.parametrize("text", ["nav: [", "nav:\n\t- a.md"])
def test_a_broken_mkdocs_yml_stops_with_one_clear_message(tmp_path: Path, text: str) -> None:
    """It is no mistake in the content."""
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(SetupError, match=r"mkdocs\.yml is no YAML"):
        read_nav(tmp_path / "mkdocs.yml")


def test_a_page_under_another_name_is_refused(tmp_path: Path) -> None:
    """A link to a page, and questions as they are exchanged, would be published with their answers."""
    (tmp_path / "index.md").write_text("# Home\n\nText.\n", "utf-8")
    (tmp_path / "notes.txt").symlink_to(tmp_path / "index.md")
    (tmp_path / "questions.gift").write_text("Who? {=Grant ~Napoleon}\n", "utf-8")
    found = scan(tmp_path, [NavEntry("index.md", 1)], name="content")
    assert [(one.path, one.code) for one in found.diagnostics] == [
        ("content/notes.txt", "unread-page"),
        ("content/questions.gift", "unread-page"),
    ]


def test_a_readme_is_the_page_of_its_folder(tmp_path: Path) -> None:
    """As for the engine; beside an index it would be left out."""
    (tmp_path / "README.md").write_text("# Home\n\nText.\n", "utf-8")
    assert [source.url for source in scan(tmp_path, [NavEntry("README.md", 1)]).sources] == ["/"]


def test_names_that_cannot_be_shown_are_refused(tmp_path: Path) -> None:
    """Such as those of an old archive, which are no UTF-8; the mistake itself can be shown."""
    (tmp_path / "index.md").write_text("# Home\n\nText.\n", "utf-8")
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("# Home\n\nText.\n", "utf-8")
    (tmp_path / "two\nlines.svg").write_text("<svg/>", "utf-8")
    (tmp_path / os.fsdecode(b"\xe9")).mkdir()
    (tmp_path / os.fsdecode(b"\xe9") / "a.md").write_text("# Home\n\nText.\n", "utf-8")
    found = scan(tmp_path, [NavEntry("index.md", 1)], name="content")
    assert [(one.path, one.code) for one in found.diagnostics] == [
        ("content/caf\ufffd.md", "not-utf-8"),
        ("content/two\ufffdlines.svg", "not-utf-8"),
        ("content/\ufffd/a.md", "not-utf-8"),
    ]


def test_a_title_is_a_text(tmp_path: Path) -> None:
    """A list would be shown as Python writes it."""
    (tmp_path / "index.md").write_text("---\ntitle: [Home]\ndescription: {a: b}\n---\n\n# Home\n", "utf-8")
    found = scan(tmp_path, [NavEntry("index.md", 1)])
    assert [(one.line, one.column, one.code) for one in found.diagnostics] == [
        (2, 8, "bad-value"),
        (3, 14, "bad-value"),
    ]
