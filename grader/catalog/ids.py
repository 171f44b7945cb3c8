"""Stable ids, written behind the questions that have none; no other byte of a page changes."""

import re
from collections.abc import Iterator

from grader.catalog.frontmatter import read_front_matter
from grader.catalog.page import Page, QuizSection, read_page
from grader.diagnostics import Diagnostics
from grader.lines import attributes

_END = re.compile(r"(\r\n|\r|\n)")
_COMMENT = re.compile(r"<!--.*?-->")
_BRACES = re.compile(r"\{(:?)([^{}]*)\}")
_HEADING = re.compile(r"###[ \t]*(?P<text>.*?)(?:[ \t]+#+)?[ \t]*$")
_PRACTICE = re.compile(r'(?:!!!|\?\?\?\+?)[ \t]+question[ \t]+"(?P<text>[^"]*?)[ \t]*"[ \t]*$')


def with_ids(text: str) -> str:
    """The page with `{#id}` at each question: the id that it has anyway, so neither revision nor attempts change.

    A question where this cannot be written safely stays as it is.
    """
    for number, name in [*_unnamed(text)]:
        changed = _write(text, number, name)
        if changed is not None and _same(_read(changed), _read(text)):
            text = changed
    return text


def _read(text: str) -> Page:
    diagnostics = Diagnostics("page")
    matter = read_front_matter(text, diagnostics)
    return read_page(text[len(matter.raw) :], diagnostics, first=matter.height + 1)


def _unnamed(text: str) -> Iterator[tuple[int, str]]:
    """Line and id of each question that names none."""
    page = _read(text)
    for parsed in page.questions:
        line = page.line(parsed.number).text
        if not any("id" in attributes(braces[2]) for braces in _BRACES.finditer(line)):
            yield parsed.number, parsed.question.id


def _write(text: str, number: int, name: str) -> str | None:
    pieces = _END.split(text)  # a line, its end, the next line, ...
    line = pieces[2 * (number - 1)]
    bare = _COMMENT.sub(lambda match: " " * len(match[0]), line)
    match = _HEADING.match(bare) or _PRACTICE.match(bare)
    if match is None:
        return None
    start, end = match.span("text")
    braces = [*_BRACES.finditer(bare, start, end)]
    if braces and braces[-1].end() == end:
        place, written = braces[-1].end(1), f"#{name} " if not braces[-1][1] else f" #{name}"
    else:
        place, written = end, f" {{#{name}}}" if end > start else f"{{#{name}}}"
    pieces[2 * (number - 1)] = line[:place] + written + line[place:]
    return "".join(pieces)


def _same(one: Page, other: Page) -> bool:
    """Do both hold the same questions with the same keys, and the same headings?"""
    return _questions(one) == _questions(other) and one.topics == other.topics and _shape(one) == _shape(other)


def _questions(page: Page) -> list[object]:
    return [(one.question, one.key, one.number) for one in page.questions]


def _shape(page: Page) -> list[object]:
    return [(type(one), one.intro if isinstance(one, QuizSection) else "") for one in page.segments]
