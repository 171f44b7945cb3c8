"""The Python-Markdown extension that turns a quiz section into a form.

Stateless, and the same under every engine. Before anything else reads the page, its quiz is cut out, and only what a
learner may see is written back, as ordinary Markdown between marker paragraphs. The page's own Markdown instance
renders these pieces, so links, pictures, footnotes and code work as everywhere else; afterwards the blocks between the
markers are gathered into fieldsets. Pages are meant to arrive redacted; one that does not is redacted here.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from grader.catalog.page import Page, Practice, QuizSection, Text, read_page
from grader.catalog.revision import revision_of, shown
from grader.catalog.rules import from_attributes
from grader.diagnostics import Diagnostics
from grader.lines import attributes
from grader.questions.tasklist import TASK
from grader.site import form
from grader.site.diagram import WrapDiagrams

_log = logging.getLogger("mkdocs.grader")

_BEFORE_EVERYTHING = 100  # snippets 32, normalize_whitespace 30, superfences 25
_BEFORE_FOOTNOTES = 60  # footnotes 50, tasklist 25, inline 20
_BEFORE_RAW_HTML = 40  # raw_html 30
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


class QuizExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        cut = CutQuiz(md)
        md.preprocessors.register(cut, "grader", _BEFORE_EVERYTHING)
        md.treeprocessors.register(GatherForm(md, cut), "grader", _BEFORE_FOOTNOTES)
        md.postprocessors.register(DropComments(md), "grader", _BEFORE_RAW_HTML)
        md.postprocessors.register(WrapDiagrams(md), "grader-diagrams", WrapDiagrams.priority)


def makeExtension(**options: Any) -> QuizExtension:  # noqa: N802 - Python-Markdown's name
    return QuizExtension(**options)


class CutQuiz(Preprocessor):
    """Replaces each question by its visible pieces between markers."""

    md: Markdown

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.forms: list[form.Form] = []
        self.nonce = ""

    def run(self, lines: list[str]) -> list[str]:
        self.forms = []
        page = read_page("\n".join(lines), Diagnostics("page"))
        if not page.quiz and not page.practice:
            return text_lines(page)
        self.nonce = _nonce(page)
        return [line for segment in page.segments for line in self._segment(segment)]

    def _segment(self, segment: Text | QuizSection | Practice) -> Iterator[str]:
        match segment:
            case Text():
                yield from (line.text for line in segment.lines)
            case QuizSection():
                yield from self._quiz(segment)
            case Practice():
                question = segment.parsed.question
                revision = revision_of([question])
                made = form.Form(revision=revision, questions=(shown(question, revision, shuffle=True),), rules=None)
                yield from self._markdown(made)

    def _quiz(self, section: QuizSection) -> Iterator[str]:
        given = attributes(section.heading.attributes)
        rules = from_attributes(given)
        questions = [one.question for one in section.questions]
        yield from ["", f"## {section.heading.text} {{#{given.get('id', 'quiz')}}}", ""]
        yield from [*section.intro.split("\n"), ""]
        if questions:
            revision = revision_of(questions)
            ordered = tuple(shown(question, revision, shuffle=rules.shuffle) for question in questions)
            yield from self._markdown(form.Form(revision=revision, questions=ordered, rules=rules))
        elif "revision" in given:
            yield from self._markdown(form.without_questions(given["revision"], given.get("questions", ""), rules))

    def _markdown(self, made: form.Form) -> Iterator[str]:
        """The pieces of a form, each introduced by a marker paragraph."""
        number = len(self.forms)
        self.forms.append(made)
        for n, piece in enumerate(form.pieces(made)):
            yield from ["", f"{self.nonce}x{number}x{n}x", "", *piece.split("\n"), ""]
        yield from [f"{self.nonce}x{number}xendx", ""]


def _nonce(page: Page) -> str:
    """A word that no page holds by chance. It may show where a form fails, so the key has no part in it."""
    groups = [page.quiz.questions if page.quiz else (), *((one.parsed,) for one in page.practice)]
    seen = "".join(revision_of([one.question for one in group]) for group in groups)
    return "graderx" + hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()


def text_lines(page: Page) -> list[str]:
    return [line.text for segment in page.segments if isinstance(segment, Text) for line in segment.lines]


class GatherForm(Treeprocessor):
    """Gathers the rendered blocks between markers into forms."""

    def __init__(self, md: Markdown, cut: CutQuiz) -> None:
        super().__init__(md)
        self.cut = cut

    def run(self, root: Element) -> None:
        for number, made in enumerate(self.cut.forms):
            groups = self._take(root, number, len(form.pieces(made)))
            if groups is None:
                _log.error("A quiz could not be rendered: an unclosed block above it swallows it.")
                root.append(form.failure())
                self._erase(root, number)
            else:
                place, rendered = groups
                root.insert(place, form.build(made, rendered))
        untick(root)

    def _take(self, root: Element, number: int, count: int) -> tuple[int, list[list[Element]]] | None:
        """Remove the blocks of one form from the page; where it stood, and the blocks piece by piece."""
        names = [f"{self.cut.nonce}x{number}x{n}x" for n in [*range(count), "end"]]
        children = list(root)
        places = [n for n, child in enumerate(children) if child.tag == "p" and child.text in names]
        if [children[n].text for n in places] != names:
            return None
        groups = [children[left + 1 : right] for left, right in pairwise(places)]
        for child in children[places[0] : places[-1] + 1]:
            root.remove(child)
        return places[0], groups

    def _erase(self, root: Element, number: int) -> None:
        """Keep the markers of a form that could not be gathered out of the page."""
        for one in root.iter():
            if one.text and f"{self.cut.nonce}x{number}x" in one.text:
                one.text = ""


class DropComments(Postprocessor):
    """Drops the comments that only the engine took for such, as in a fence with an impossible language."""

    md: Markdown

    def run(self, text: str) -> str:
        stash: list[str | Element] = self.md.htmlStash.rawHtmlBlocks
        stash[:] = [_COMMENT.sub("", raw) if isinstance(raw, str) else raw for raw in stash]
        return text


def untick(root: Element) -> None:
    """No ticked option may reach a page, however it got here (a snippet, another extension)."""
    for item in root.iter("li"):
        for one in [item, *list(item)[:1]]:
            if one.text and TASK.match(f"- {one.text.strip()[:4]}") and one.text.strip()[:3].lower() == "[x]":
                _log.error("A ticked option outside a quiz was unticked: %s", one.text.strip())
                one.text = "[ ]" + one.text.strip()[3:]
