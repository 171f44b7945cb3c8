"""The author's guide, read: its files, its examples, and the pictures that stand below them."""

import re
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from textwrap import dedent

import msgspec

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/authors.md"
IMAGES = ROOT / "docs/images"

_FENCE = re.compile(
    r"^(?P<indent> *)(?P<fence>`{3,})(?P<info>\w+)\n(?P<body>.*?)^(?P=indent)(?P=fence)\n", re.MULTILINE | re.DOTALL
)
_PICTURE = re.compile(r"!\[[^\]]+\]\(images/(?P<name>[\w-]+)\.png\)\s*")
_FILE = re.compile(r"`(?P<path>content/[\w/.-]+)`[^`]*\Z")


class Example(msgspec.Struct, frozen=True, kw_only=True):
    """A fence of the guide. `pictures` names those that follow it, `file` is where the text tells to put it."""

    info: str
    source: str
    pictures: tuple[str, ...] = ()
    file: str | None = None

    @property
    def digest(self) -> str:
        return blake2b(self.source.encode(), digest_size=16).hexdigest()


def examples(text: str = "") -> Iterator[Example]:
    """Every fence with a language, in order."""
    text = text or GUIDE.read_text("utf-8")
    for found in _FENCE.finditer(text):
        file = _FILE.search(text, found.start() - 200 if found.start() > 200 else 0, found.start())
        yield Example(
            info=found["info"],
            source=dedent(found["body"]),
            pictures=tuple(_pictures(text[found.end() :])),
            file=file["path"] if file else None,
        )


def _pictures(after: str) -> Iterator[str]:
    """Those that stand directly below."""
    position = len(after) - len(after.lstrip())
    while picture := _PICTURE.match(after, position):
        yield picture["name"]
        position = picture.end()


def markdown() -> list[Example]:
    return [example for example in examples() if example.info == "markdown"]


def pictured() -> list[Example]:
    return [example for example in examples() if example.pictures]


def page_of(example: Example) -> str:
    """A whole page that shows an example: a question in a quiz, a practice question or text in a course, or itself."""
    if example.source.startswith("---"):
        return example.source
    heads = "".join(f"## {name.capitalize()} {{#{name}}}\n\nText.\n\n" for name in _topics(example.source))
    quiz = "## Quiz\n\n" if example.source.startswith("###") else ""
    rules = "quiz: {review: always, shuffle: false}\n" if quiz else ""
    name = example.pictures[0] if example.pictures else example.digest
    course = "course: {type: TEXT, minutes: 5, required: false}\n"
    return (
        f"---\ntitle: {name}\ndescription: An example.\n{course}{rules}---\n\n# {name}\n\n{heads}{quiz}{example.source}"
    )


def _topics(source: str) -> list[str]:
    return [name for name, _ in groupby(sorted(re.findall(r"\btopic=([\w-]+)", source)))]


def place_of(example: Example) -> str:
    """Where its page stands in content/."""
    name = example.pictures[0] if example.pictures else example.digest
    return (example.file or f"content/examples/{name}.md").removeprefix("content/")


def write_project(root: Path) -> None:
    """A project of every Markdown example: the files of the first ten minutes, and a track with a page for each."""
    shown = markdown()
    pages = {place_of(example): page_of(example) for example in shown}
    pages["examples/index.md"] = (
        "---\ntitle: Examples\ndescription: All of them.\ntrack: {type: CASE_MANAGEMENT, level: FOUNDATION, "
        'version: "1.0"}\n---\n\n# Examples\n\nText.\n'
    )
    for name in ("index.md", "me.md"):
        pages[name] = (ROOT / "content" / name).read_text("utf-8")
    for name, text in pages.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, "utf-8")
    shutil.copytree(ROOT / "content/media", root / "content/media")
    shutil.copytree(ROOT / "site", root / "site")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    nav = "nav:\n" + "".join(
        f"  - {name}\n" for name in sorted(pages, key=lambda name: (not name.endswith("index.md"), name))
    )
    (root / "mkdocs.yml").write_text(re.sub(r"(?ms)^nav:.*?(?=^\S|\Z)", nav, config), "utf-8")
