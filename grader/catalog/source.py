"""One Markdown file of content/, read."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import msgspec

from grader.catalog.fields import read_rules
from grader.catalog.frontmatter import FrontMatter, read_front_matter
from grader.catalog.model import QuizRules
from grader.catalog.page import Page, read_page
from grader.catalog.redact import redacted
from grader.catalog.revision import revision_of
from grader.diagnostics import Diagnostics, Place
from grader.questions.kind import Parsed


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered together: the questions of a quiz, or one practice question."""

    number: int  # the line where it begins
    revision: str
    parsed: tuple[Parsed, ...]


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One Markdown file."""

    path: PurePosixPath  # relative to content/
    matter: FrontMatter
    page: Page
    rules: QuizRules
    quiz: Group | None  # None too when a quiz has no questions
    practice: tuple[Group, ...]
    diagnostics: Diagnostics

    @property
    def url(self) -> str:
        name = "" if self.path.name in ("index.md", "README.md") else self.path.stem
        return "/".join(part for part in (*self.path.parent.parts, name) if part) + "/"

    @property
    def title(self) -> str:
        given = self.matter.values.get("title")
        return str(given) if given else (self.page.topics[0].title if self.page.topics else self.path.stem)

    @property
    def description(self) -> str:
        return str(self.matter.values.get("description") or "").strip()

    @property
    def groups(self) -> Sequence[Group]:
        return (self.quiz, *self.practice) if self.quiz else self.practice

    def redacted(self) -> str:
        """The file as the site's engine may see it."""
        return self.matter.raw + redacted(self.page, self.rules)


def read_source(content: Path, path: PurePosixPath, name: str) -> Source:
    """Read the file of that path in `content`; `name` is what mistakes call the folder."""
    diagnostics = Diagnostics(f"{name}/{path}")
    text = _decoded((content / path).read_bytes(), diagnostics)
    matter = read_front_matter(text, diagnostics)
    page = read_page(text[len(matter.raw) :], diagnostics, first=matter.height + 1)
    section = page.quiz
    return Source(
        path=path,
        matter=matter,
        page=page,
        rules=read_rules(matter, diagnostics),
        quiz=_group(section.number, section.questions) if section and section.questions else None,
        practice=tuple(_group(one.parsed.number, (one.parsed,)) for one in page.practice),
        diagnostics=diagnostics,
    )


def _decoded(raw: bytes, diagnostics: Diagnostics) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
        diagnostics.add("not-utf-8", place, "The file is not UTF-8 from here.", hint="save it as UTF-8")
        return raw.decode("utf-8", "replace")


def _group(number: int, parsed: tuple[Parsed, ...]) -> Group:
    return Group(number=number, revision=revision_of([one.question for one in parsed]), parsed=parsed)
