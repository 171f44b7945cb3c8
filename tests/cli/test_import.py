"""`grader import`, as somebody at a terminal meets it."""

import json
from pathlib import Path

import pytest

from grader.catalog.page import read_page
from grader.diagnostics import Diagnostics
from grader.interchange.paper import Paper
from grader.interchange.qti import write_qti
from grader.interchange.report import Report
from tests.cli.running import Command
from tests.questions.reading import question

GIFT = "::Sun:: The sun rises in the west.{F}\n\nWho? {=Grant ~%50%Napoleon}\n\nWhy? {}\n"
PAGE = """\
---
title: sun
course: {type: TEXT, minutes: 5, required: true}
---

# sun

## Quiz

### The sun rises in the west. {#sun}

- [ ] True
- [x] False

### Who? {#who}

- [x] Grant
- [ ] Napoleon
"""


@pytest.fixture
def grader(tmp_path: Path) -> Command:
    (tmp_path / "sun.gift").write_text(GIFT, "utf-8")
    return Command(tmp_path)


def test_it_works(grader: Command) -> None:
    """The page goes to stdout, what was lost to stderr, and nothing is written."""
    done = grader.run("import", "gift", "sun.gift")
    assert (done.returncode, done.stdout) == (0, PAGE)
    assert done.stderr == (
        "sun.gift:3: who: lost: The option 'Napoleon' gives 50 %; here it is plainly wrong.\n"
        "sun.gift:5: why: left out: An essay is graded by a person, and no question type is.\n"
        "Questions carried over: 2, left out: 1; lost or changed: 1.\n"
    )
    assert [path.name for path in grader.root.iterdir()] == ["sun.gift"]


def test_help(grader: Command) -> None:
    """The help names the formats and teaches by examples."""
    done = grader.run("import", "--help").stdout
    assert "grader import gift questions.txt" in done
    assert "--section" in grader.run("import", "gift", "--help").stdout


def test_section(grader: Command) -> None:
    """Only the quiz, for the end of a page that exists."""
    done = grader.run("import", "gift", "sun.gift", "--section")
    assert done.stdout == PAGE[PAGE.index("## Quiz") :]


def test_title(grader: Command) -> None:
    """Whatever stands in it is safe in front matter."""
    done = grader.run("import", "gift", "sun.gift", "--title", 'A: "b" #c')
    assert "title: 'A: \"b\" #c'\n" in done.stdout
    assert '\n# A: "b" #c\n' in done.stdout


def test_output(grader: Command) -> None:
    """The page is written, folders included; a second time it is not replaced, unless by force."""
    assert grader.run("import", "gift", "sun.gift", "-o", "content/new/sun.md").returncode == 0
    page = grader.root / "content/new/sun.md"
    assert page.read_text("utf-8") == PAGE
    page.write_text("mine", "utf-8")
    done = grader.run("import", "gift", "sun.gift", "-o", "content/new/sun.md")
    assert done.returncode == 1
    assert "content/new/sun.md exists" in done.stderr
    assert page.read_text("utf-8") == "mine"
    assert grader.run("import", "gift", "sun.gift", "-o", "content/new/sun.md", "--force").returncode == 0
    assert page.read_text("utf-8") == PAGE
    assert [path.name for path in page.parent.iterdir()] == ["sun.md"]


def test_dry_run(grader: Command) -> None:
    """It shows the page and says where it would stand."""
    done = grader.run("import", "gift", "sun.gift", "-o", "sun.md", "--dry-run")
    assert done.stdout == PAGE
    assert "Would write: sun.md" in done.stderr
    assert not (grader.root / "sun.md").exists()


def test_folder(grader: Command) -> None:
    """In a folder each quiz gets a page; without one they are joined, and that is told."""
    categories = (
        "$CATEGORY: top/First one\n\nA?{T}\n\n$CATEGORY: top/Second\n\nA?{F}\n\n$CATEGORY: other/Second\n\nC?{F}\n"
    )
    (grader.root / "both.gift").write_text(categories, "utf-8")
    (grader.root / "pages").mkdir()
    assert grader.run("import", "gift", "both.gift", "-o", "pages").returncode == 0
    names = sorted(path.name for path in (grader.root / "pages").iterdir())
    assert names == ["first-one.md", "second-2.md", "second.md"]
    done = grader.run("import", "gift", "both.gift")
    assert done.stdout.count("\n### ") == 3
    assert "changed: 3 quizzes are joined to one." in done.stderr
    assert "both.gift:7: a: changed: The id stands already further up; it is `a-2` here." in done.stderr


def test_strict(grader: Command) -> None:
    """With --strict nothing is written when anything is lost."""
    done = grader.run("import", "gift", "sun.gift", "-o", "sun.md", "--strict")
    assert done.returncode == 1
    assert "--strict" in done.stderr
    assert not (grader.root / "sun.md").exists()


def test_json(grader: Command) -> None:
    """The report as JSON, for programs."""
    done = grader.run("import", "gift", "sun.gift", "--format", "json")
    report = json.loads(done.stderr)
    assert (report["questions"], report["left_out"]) == (2, 1)
    assert report["remarks"][1] == {
        "path": "sun.gift",
        "line": 5,
        "question": "why",
        "outcome": "left out",
        "message": "An essay is graded by a person, and no question type is.",
    }


def test_what_is_imported_passes_the_check(grader: Command) -> None:
    """The page in a project has no mistake."""
    (grader.root / "content/sky").mkdir(parents=True)
    track = '---\ntitle: Sky\ntrack: {type: CASE_MANAGEMENT, level: FOUNDATION, version: "1.0"}\n---\n\n# Sky\n'
    (grader.root / "content/sky/index.md").write_text(track, "utf-8")
    (grader.root / "mkdocs.yml").write_text("site_name: Sky\nnav: [sky/index.md, sky/sun.md]\n", "utf-8")
    assert grader.run("import", "gift", "sun.gift", "-o", "content/sky/sun.md").returncode == 0
    done = grader.run("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "No mistakes in 1 tracks, 1 courses, 2 questions.\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"One {T}\n\nTwo {=a", "bad.gift:3: The `{` is never closed."),
        (b"One {T}\n\xff", "bad.gift:2: The file is not UTF-8 from here."),
    ],
)
def test_bad_input(grader: Command, data: bytes, message: str) -> None:
    """A clear error that names the place, and nothing written."""
    (grader.root / "bad.gift").write_bytes(data)
    done = grader.run("import", "gift", "sun.gift", "bad.gift", "-o", "new.md")
    assert done.returncode == 1
    assert done.stderr.startswith(message)
    assert done.stderr.endswith("Nothing was written.\n")
    assert not (grader.root / "new.md").exists()


def test_nothing_to_carry_over(grader: Command) -> None:
    """A file without a question that fits is an error."""
    (grader.root / "essay.gift").write_text("Why? {}", "utf-8")
    done = grader.run("import", "gift", "essay.gift")
    assert done.returncode == 1
    assert "grader: No question could be carried over. Nothing was written." in done.stderr
    assert done.stdout == ""


def test_no_such_file(grader: Command) -> None:
    """It is wrong use."""
    assert grader.run("import", "gift", "nowhere.gift").returncode == 2


def test_mkdocs_quiz(grader: Command) -> None:
    """A page of mkdocs-quiz keeps its text."""
    (grader.root / "old.md").write_text("# Old\n\nText.\n\n<quiz>\nQ?\n- [x] a\n- [ ] b\n</quiz>\n", "utf-8")
    done = grader.run("import", "mkdocs-quiz", "old.md")
    assert (done.returncode, done.stderr) == (0, "Questions carried over: 1, left out: 0; lost or changed: 0.\n")
    assert "\n# Old\n\nText.\n\n## Quiz\n\n### Q? {#q}\n\n- [x] a\n- [ ] b\n" in done.stdout


def test_qti(grader: Command) -> None:
    """A package becomes a page with its pictures beside it; printed, only the page shows."""
    parsed = question("![c](clock.svg)\n\n- [x] a\n- [ ] b", "### Q? {#q}")
    papers = [Paper(title=title, name=f"t/{title}", questions=(parsed,)) for title in ("One", "Two")]
    data = write_qti(papers, Report("quiz"), lambda *_: b"<svg/>")
    (grader.root / "quiz.zip").write_bytes(data)
    (grader.root / "pages").mkdir()
    assert grader.run("import", "qti", "quiz.zip", "-o", "pages").returncode == 0
    assert "![c](media/clock.svg)" in (grader.root / "pages/one.md").read_text("utf-8")
    assert (grader.root / "pages/media/clock.svg").read_bytes() == b"<svg/>"
    done = grader.run("import", "qti", "quiz.zip", "--section")
    assert done.stdout.startswith("## Quiz\n")
    assert "With -o the picture media/clock.svg is written as well" in done.stderr


def test_a_picture_is_never_replaced(grader: Command) -> None:
    """Neither it nor the page is written when another picture of that name is there."""
    parsed = question("![c](clock.svg)\n\n- [x] a\n- [ ] b", "### Q? {#q}")
    data = write_qti([Paper(title="One", name="t/one", questions=(parsed,))], Report("quiz"), lambda *_: b"<svg/>")
    (grader.root / "quiz.zip").write_bytes(data)
    (grader.root / "media").mkdir()
    (grader.root / "media/clock.svg").write_bytes(b"mine")
    assert grader.run("import", "qti", "quiz.zip", "-o", "new.md").returncode == 1
    assert (grader.root / "media/clock.svg").read_bytes() == b"mine"
    assert not (grader.root / "new.md").exists()


def test_pictures_beside_a_text_file(grader: Command) -> None:
    """Those that are there come along; the others, and those outside the folder, are reported."""
    (grader.root / "in").mkdir()
    (grader.root / "in/there.png").write_bytes(b"png")
    (grader.root / "secret.png").write_bytes(b"secret")
    text = "::Q:: [markdown]Q ![a](there.png) ![b](gone.png) ![c](../secret.png) ![d](https\\://example.org/d.png) {T}"
    (grader.root / "in/q.gift").write_text(text, "utf-8")
    done = grader.run("import", "gift", "in/q.gift", "-o", "out/page.md")
    assert done.returncode == 0
    assert sorted(path.name for path in (grader.root / "out").iterdir()) == ["page.md", "there.png"]
    assert "in/q.gift:1: q: lost: The picture gone.png is not beside the file." in done.stderr
    assert "in/q.gift:1: q: lost: The picture ../secret.png is not beside the file." in done.stderr
    assert "example.org" not in done.stderr


def test_a_package_that_is_none(grader: Command) -> None:
    """One clear error, and nothing written."""
    (grader.root / "quiz.zip").write_bytes(b"PK\x03\x04")
    done = grader.run("import", "qti", "quiz.zip", "-o", "new.md")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "quiz.zip: This is no zip: File is not a zip file.\n"
        "grader: What is not read cannot be carried over. Nothing was written.\n"
    )


@pytest.mark.parametrize(
    ("category", "heading"),
    [
        ("Quiz", "# Questions"),
        ("[[word]] and more", "# \\[\\[word]] and more"),
        ("All {.quiz}", "# All \\{.quiz&#125;"),
        ("Part 1", "# Part 1"),
    ],
)
def test_a_title_is_a_heading_and_nothing_else(grader: Command, tmp_path: Path, category: str, heading: str) -> None:
    """`quiz.gift` is a likely name of a file, and a category may have any."""
    (tmp_path / "quiz.gift").write_text(f"$CATEGORY: {category}\n\nWho? {{=Grant ~Napoleon}}\n", "utf-8")
    run = grader.run("import", "gift", "quiz.gift")
    assert heading in run.stdout.splitlines()
    diagnostics = Diagnostics("page")
    read_page(run.stdout.split("\n---\n", 1)[1], diagnostics)
    assert diagnostics.found == []
