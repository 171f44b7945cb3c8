"""What is right, and why, has no influence on anything public: with another key the site is byte-identical."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.catalog.model import TRACK_TYPES
from grader.catalog.nav import read_nav
from grader.catalog.scan import scan
from grader.site.build import Project, build

ROOT = Path(__file__).parents[2]
TASK = re.compile(r"^(\s*- \[)([ x])(\] .*)$")
ITEM = re.compile(r"^(\d+\. )(.*)$")
ROW = re.compile(r"^(\|[^|]*\|)([^|]*)(\|)$")
BLANK = re.compile(r"\[\[(=)?[^\]]*\]\]")


def rekeyed(text: str) -> str:
    """The same page with another key: every set of ticks, order and column moved on by one, every quote replaced."""
    before, quiz, section = text.partition("\n## Quiz\n")
    return _ticks(before) + quiz + "\n".join(_question(question) for question in _split(section))


def _split(section: str) -> list[str]:
    return re.split(r"\n(?=### )", section)


def _question(question: str) -> str:
    moved = _ticks(question)
    if "- [" not in question:
        moved = _moved(_moved(moved, ITEM), ROW, skip=2)
        moved = BLANK.sub(lambda blank: "[[= 99]]" if blank[1] else "[[another|answer]]", moved)
    return moved


def _ticks(text: str) -> str:
    """Ticks moved within each list, quotes in and behind lists replaced."""
    lines, group = text.split("\n"), list[int]()
    for n, line in enumerate([*lines, "### end"]):
        if TASK.match(line):
            group.append(n)
        elif group and re.match(r"^(###|\S(?!\s*>))", line) and not line.startswith(">"):
            _rotate(lines, group)
            group = []
        elif group and re.match(r"^\s*> ?\S", line):
            lines[n] = line[: line.index(">")] + "> Another reason."
    return "\n".join(lines)


def _rotate(lines: list[str], group: list[int]) -> None:
    marks = [match[2] for n in group if (match := TASK.match(lines[n]))]
    for n, mark in zip(group, [marks[-1], *marks[:-1]], strict=True):
        lines[n] = TASK.sub(rf"\g<1>{mark}\g<3>", lines[n])


def _moved(text: str, pattern: re.Pattern[str], *, skip: int = 0) -> str:
    """The second group of the lines that match, moved on by one line; the first `skip` ones stay."""
    lines = text.split("\n")
    places = [n for n, line in enumerate(lines) if pattern.match(line)][skip:]
    texts = [match[2] for n in places if (match := pattern.match(lines[n]))]
    for n, words in zip(places, texts[-1:] + texts[:-1], strict=True):
        match = pattern.match(lines[n])
        assert match
        lines[n] = "".join([match[1], words, *match.groups()[2:]])
    return "\n".join(lines)


def project(root: Path, content: Path, nav: list[str] | None) -> Project:
    shutil.copytree(content, root / "content", dirs_exist_ok=True)
    (root / "site").symlink_to(ROOT / "site")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    if nav:
        for page in ("index.md", "me.md"):
            shutil.copy(ROOT / "content" / page, root / "content")
        lines = "nav:\n" + "".join(f"  - {page}\n" for page in nav)
        config = re.sub(r"(?ms)^nav:.*?(?=^\S|\Z)", lines, config)
    (root / "mkdocs.yml").write_text(config, "utf-8")
    return Project(root=root, content=root / "content", build=root / "build", track_types=TRACK_TYPES)


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    return ((str(file.relative_to(folder)), file.read_bytes()) for file in sorted(folder.rglob("*")) if file.is_file())


@pytest.mark.parametrize(
    ("content", "nav"),
    [
        (ROOT / "content", None),
        (ROOT / "tests/browser/all-types", ["index.md", "me.md", "every/index.md", "every/question.md"]),
    ],
    ids=["content", "all-types"],
)
def test_another_key_makes_the_same_site(tmp_path: Path, content: Path, nav: list[str] | None) -> None:
    """Other right answers, feedback and explanations: build/content and build/site do not change by a byte."""
    one, other = (project(tmp_path / name, content, nav) for name in ("one", "other"))
    for page in other.content.rglob("*.md"):
        page.write_text(rekeyed(page.read_text("utf-8")), "utf-8")
    for each in (one, other):
        build(each, say=lambda _: None)
    assert dict(files(one.build / "content")) == dict(files(other.build / "content"))
    assert dict(files(one.build / "site")) == dict(files(other.build / "site"))
    assert (one.build / "catalog.json").read_bytes() == (other.build / "catalog.json").read_bytes()
    assert_every_key_differs(one, other)


def assert_every_key_differs(one: Project, other: Project) -> None:
    """The comparison would mean nothing if the keys were the same."""
    keys = [scan(each.content, read_nav(each.config)).key.quizzes for each in (one, other)]
    assert keys[0].keys() == keys[1].keys()
    same = [
        (revision, question)
        for revision, quiz in keys[0].items()
        for question, key in quiz.questions.items()
        if key.right == keys[1][revision].questions[question].right
    ]
    assert same == []


def test_no_sentence_of_the_key_is_public(tmp_path: Path) -> None:
    """No feedback and no explanation of the repository's content stands in the site or in its redacted sources."""
    made = project(tmp_path / "one", ROOT / "content", None)
    build(made, say=lambda _: None)
    public = "\n".join(
        data.decode("utf-8", "ignore")
        for folder in ("content", "site")
        for name, data in files(made.build / folder)
        if name.endswith((".md", ".html", ".json", ".xml", ".js"))
    )
    secrets = {
        line
        for quiz in scan(made.content, read_nav(made.config)).key.quizzes.values()
        for key in quiz.questions.values()
        for text in (*key.feedback.values(), key.explanation)
        for line in text.split("\n")
        if len(line) > 40
    }
    assert len(secrets) > 100
    assert {line for line in secrets if line in public} == set()


def test_the_key_is_for_its_owner_only(tmp_path: Path) -> None:
    """build/key.json has the mode 0600."""
    nav = ["index.md", "me.md", "every/index.md", "every/question.md"]
    made = project(tmp_path / "one", ROOT / "tests/browser/all-types", nav)
    build(made, say=lambda _: None)
    assert (made.build / "key.json").stat().st_mode & 0o777 == 0o600
