"""The questions that a page does not carry, rendered as the page would show them.

They never reach the site's engine, because whatever it publishes is public at once: pages, search index, feeds. They
are rendered here by the same extensions, set as mkdocs.yml says, and kept beside the key until an attempt starts.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from grader.catalog.artifacts import Fieldsets
from grader.catalog.model import Catalog
from grader.catalog.prose import Links
from grader.catalog.redact import with_questions
from grader.catalog.source import Source
from grader.site.complaints import SiteError

_AFTER_INLINE, _AFTER_ALL = 10, -100


def render_hidden(config: Path, docs: Path, catalog: Catalog, sources: Iterable[Source]) -> Fieldsets:
    """Those of all quizzes that hide them. Raises SiteError for a link that leads nowhere in `docs`."""
    courses = {course.id: course.quiz for _, course in catalog.courses() if course.quiz and course.quiz.rules.hidden}
    found = [(source, quiz) for source in sources if (quiz := courses.get(source.path.with_suffix("").as_posix()))]
    if not found:
        return {}
    engine = _Engine(config, docs)
    rendered = {quiz.revision: engine.render(source) for source, quiz in found}
    complaints = [
        f"error: {name}: the quiz refers to {target!r}, which does not exist"
        for name, target in engine.targets
        if not (docs / target).exists()
    ]
    if complaints:
        raise SiteError(complaints)
    return rendered


class _Engine:
    """Python-Markdown as mkdocs.yml sets it up, with links that count from the built page."""

    def __init__(self, config: Path, docs: Path) -> None:
        os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
        from mkdocs.config import load_config  # noqa: PLC0415 - half a second that other commands need not wait for

        loaded = load_config(str(config), docs_dir=str(docs))
        self._markdown = Markdown(extensions=loaded.markdown_extensions, extension_configs=loaded.mdx_configs)
        self._links = Links(self._markdown)
        self._tree = _Tree(self._markdown)
        self._markdown.treeprocessors.register(self._links, "grader-links", _AFTER_INLINE)
        self._markdown.treeprocessors.register(self._tree, "grader-tree", _AFTER_ALL)
        self.targets: list[tuple[str, str]] = []

    def render(self, source: Source) -> dict[str, str]:
        """The fieldsets of a page's quiz. The whole page is read, for its footnotes, abbreviations and references."""
        self._links.page = source.path.with_suffix("").as_posix()
        self._links.targets = []
        self._markdown.reset().convert(with_questions(source.page, source.rules))
        self.targets += [(source.diagnostics.path, target) for target in self._links.targets]
        return {one.get("data-question", ""): self._html(one) for one in self._tree.fieldsets()}

    def _html(self, fieldset: Element) -> str:
        """As the page would hold it: what Markdown does between the tree and the text."""
        html = self._markdown.serializer(fieldset)
        for processor in self._markdown.postprocessors:
            html = processor.run(html)
        return html.strip()


class _Tree(Treeprocessor):
    """Keeps the finished tree."""

    root: Element

    def run(self, root: Element) -> None:
        self.root = root

    def fieldsets(self) -> Iterator[Element]:
        for quiz in self.root.iter("quiz-form"):
            yield from quiz.iter("fieldset")
