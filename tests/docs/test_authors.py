"""The author's guide: its examples are what the code reads, its commands do what it says, and it names all there is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from grader.catalog.fields import COURSE_FIELDS, QUIZ_FIELDS, track_fields
from grader.catalog.model import TRACK_TYPES
from grader.catalog.nav import read_nav
from grader.catalog.page import read_page
from grader.catalog.scan import scan
from grader.diagnostics import Diagnostics
from grader.questions.model import QuestionType
from tests.docs.guide import GUIDE, ROOT, Example, examples, markdown, page_of, place_of, write_project

TEXT = GUIDE.read_text("utf-8")
QUESTIONS = [example for example in markdown() if example.source.startswith("###")]
OF_GRADER = "$ .venv/bin/grader "


def names(example: Example) -> str:
    return place_of(example)


def test_the_examples_make_a_project_without_a_mistake(tmp_path: Path) -> None:
    """All of them together: two tracks, and a course for each example."""
    write_project(tmp_path)
    found = scan(tmp_path / "content", read_nav(tmp_path / "mkdocs.yml"))
    assert found.diagnostics == ()
    assert {course.id for _, course in found.catalog.courses()} == {
        place.removesuffix(".md") for place in map(place_of, markdown()) if not place.endswith("index.md")
    }


@pytest.mark.parametrize("example", QUESTIONS, ids=names)
def test_each_example_of_a_question_is_one(example: Example) -> None:
    """And no more than one."""
    page = read_page(page_of(example).split("\n---\n", 1)[1], Diagnostics("page"))
    assert page.quiz is not None
    assert len(page.quiz.questions) == 1


def test_there_is_an_example_of_every_question_type() -> None:
    """No type is left out, and each has a picture."""
    shown = [example.source for example in QUESTIONS if example.pictures]
    page = read_page("# Page\n\n## Quiz\n\n" + "\n".join(shown), Diagnostics("page"))
    assert page.quiz is not None
    assert {one.question.type for one in page.quiz.questions} == set(QuestionType)


@pytest.mark.parametrize("key", [*track_fields(TRACK_TYPES), *COURSE_FIELDS, *QUIZ_FIELDS])
def test_every_key_is_explained(key: str) -> None:
    """Whatever front matter may hold stands in a table."""
    assert re.search(rf"^\| .*`{key}`", TEXT, re.MULTILINE)


@pytest.mark.parametrize("attribute", ["#id", "topic=", "since=", "type=multi", "points=", "credit=partial"])
def test_every_attribute_of_a_question_is_explained(attribute: str) -> None:
    """So does what stands in braces."""
    assert re.search(rf"^\| `{attribute}", TEXT, re.MULTILINE)


def test_the_first_ten_minutes_end_as_told(tmp_path: Path) -> None:
    """In a copy of the project: its files written, its lines added to nav, its commands run, its output seen."""
    for name in ("content", "site"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for example in examples():
        if example.file:
            place = tmp_path / example.file
            place.parent.mkdir(exist_ok=True)
            place.write_text(example.source, "utf-8")
    lines = next(example.source for example in examples() if example.info == "yaml")
    config = (ROOT / "mkdocs.yml").read_text("utf-8").rstrip("\n")
    (tmp_path / "mkdocs.yml").write_text(f"{config}\n{indented(lines)}", "utf-8")
    told = [example.source for example in examples() if example.source.startswith(OF_GRADER)]
    assert len(told) >= 2
    for command, output in [source.split("\n", 1) for source in told]:
        seen = run(tmp_path, *command.removeprefix(OF_GRADER).split())
        assert seen.replace(str(tmp_path), "/home/ana/grader") == output


def indented(lines: str) -> str:
    return "".join(f"  {line}\n" for line in dedent(lines).splitlines())


def run(root: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "grader.cli", "--root", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_command_exists() -> None:
    """Whatever stands in code as a command of grader, with its options, is in its help."""
    commands = re.findall(r"(?:\.venv/bin/|`)grader ((?:[a-z-]+)(?: --[a-z-]+)*)", TEXT)
    assert commands
    for command in sorted(set(commands)):
        verb, *options = command.split()
        listed = run(ROOT, verb, "--help")
        assert [option for option in options if option not in listed] == [], command


def test_every_link_leads_somewhere() -> None:
    """To a heading of the guide, or to a file."""
    slugs = {
        re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    }
    prose = re.sub(r"^ *(`{3,}).*?^ *\1\n", "", TEXT, flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if target.startswith("#"):
            assert target[1:] in slugs, target
        elif "://" not in target:
            assert (GUIDE.parent / target.split("#")[0]).exists(), target
