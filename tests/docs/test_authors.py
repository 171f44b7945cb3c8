"""The author's guide: its examples are what the code reads, and it names everything there is."""

import re
from pathlib import Path
from textwrap import dedent

import pytest

from grader.catalog.fields import COURSE_FIELDS, QUIZ_FIELDS, track_fields
from grader.catalog.model import TRACK_TYPES
from grader.catalog.nav import NavEntry
from grader.catalog.page import read_page
from grader.catalog.scan import scan
from grader.diagnostics import Diagnostics
from grader.questions.model import QuestionType

GUIDE = (Path(__file__).parents[2] / "docs/authors.md").read_text("utf-8")
EXAMPLES = [dedent(block) for block in re.findall(r"^ *```markdown\n(.*?)^ *```", GUIDE, re.DOTALL | re.MULTILINE)]
QUESTIONS = [example for example in EXAMPLES if example.startswith("###")]


def test_the_first_course_has_no_mistake(tmp_path: Path) -> None:
    """The two files of the first ten minutes make a track with a course and a quiz."""
    track, course = (example for example in EXAMPLES if example.startswith("---"))
    folder = tmp_path / "content" / "handling-feedback"
    folder.mkdir(parents=True)
    (folder / "index.md").write_text(track, "utf-8")
    (folder / "listening.md").write_text(course, "utf-8")
    found = scan(tmp_path / "content", [NavEntry(f"handling-feedback/{name}.md", 1) for name in ("index", "listening")])
    assert found.diagnostics == ()
    [course_read] = found.catalog.tracks[0].courses
    assert course_read.quiz is not None


@pytest.mark.parametrize("example", QUESTIONS, ids=lambda example: example.split("\n", 1)[0])
def test_each_example_of_a_question_is_one(example: str) -> None:
    """It is read without a mistake."""
    diagnostics = Diagnostics("page")
    page = read_page(f"# Page\n\n## Quiz\n\n{example}", diagnostics)
    assert diagnostics.found == []
    assert page.quiz is not None
    assert len(page.quiz.questions) == 1


def test_there_is_an_example_of_every_question_type() -> None:
    """No type is left out."""
    page = read_page("# Page\n\n## Quiz\n\n" + "\n".join(QUESTIONS), Diagnostics("page"))
    assert page.quiz is not None
    assert {one.question.type for one in page.quiz.questions} == set(QuestionType)


def test_the_practice_example_is_practice() -> None:
    """The admonition is read as a practice question."""
    [example] = (example for example in EXAMPLES if example.startswith("!!! question"))
    diagnostics = Diagnostics("page")
    assert len(read_page(f"# Page\n\n{example}", diagnostics).practice) == 1
    assert diagnostics.found == []


@pytest.mark.parametrize(
    "key", [*track_fields(TRACK_TYPES), *COURSE_FIELDS, *(QUIZ_FIELDS.keys() - {"draw", "time_limit"})]
)
def test_every_key_is_explained(key: str) -> None:
    """Whatever front matter may hold stands in a table; the two rules that are not supported yet do not."""
    assert re.search(rf"^\| .*`{key}`", GUIDE, re.MULTILINE)
