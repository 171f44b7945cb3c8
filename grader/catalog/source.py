"""One Markdown file of content/, read."""

from pathlib import Path, PurePosixPath

import msgspec

from grader.catalog.frontmatter import FrontMatter, read_front_matter, read_rules
from grader.catalog.model import QuizRules
from grader.catalog.page import Page, read_page
from grader.catalog.redact import redacted
from grader.diagnostics import Diagnostics


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One Markdown file."""

    path: PurePosixPath  # relative to content/
    matter: FrontMatter
    page: Page
    rules: QuizRules
    diagnostics: Diagnostics

    @property
    def url(self) -> str:
        name = "" if self.path.name == "index.md" else self.path.stem
        return "/".join(part for part in (*self.path.parent.parts, name) if part) + "/"

    @property
    def title(self) -> str:
        given = self.matter.values.get("title")
        return str(given) if given else (self.page.topics[0].title if self.page.topics else self.path.stem)

    @property
    def description(self) -> str:
        return str(self.matter.values.get("description") or "").strip()

    def redacted(self) -> str:
        """The file as the site's engine may see it."""
        return self.matter.raw + redacted(self.page, self.rules)


def read_source(content: Path, file: Path) -> Source:
    path = PurePosixPath(file.relative_to(content).as_posix())
    diagnostics = Diagnostics(f"{content.name}/{path}")
    raw = file.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        diagnostics.add("not-utf-8", line, "The file is not UTF-8 from here.", hint="save it as UTF-8")
        text = raw.decode("utf-8", "replace")
    matter = read_front_matter(text, diagnostics)
    page = read_page(text[len(matter.raw) :], diagnostics, first=matter.height + 1)
    return Source(path=path, matter=matter, page=page, rules=read_rules(matter, diagnostics), diagnostics=diagnostics)
