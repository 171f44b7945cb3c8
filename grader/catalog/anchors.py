"""The anchors of a page: where a link with `#` may lead."""

import re
from collections.abc import Iterator

from grader.catalog.page import Text
from grader.catalog.slug import slug
from grader.catalog.source import Source
from grader.catalog.topics import plain
from grader.lines import Line, attributes

_BRACES = re.compile(r"\{:?([^{}]*#[^{}]*)\}")
_HTML = re.compile(r"\b(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)")
_NESTED = re.compile(r"^[\s>]*(?:(?:[-*+]|\d+[.)])\s+)*#{1,6}\s*(.*?)\s*#*$")
_MADE = ("fn:", "fnref:", "__")
"""Beginnings of what extensions and the theme make: footnotes, tabs."""


def is_anchor(source: Source, name: str) -> bool:
    """When in doubt it is one: a page may be put together from others."""
    if name.startswith(_MADE) or any(topic.id == name for topic in source.page.topics):
        return True
    return name in {*anchors(source)} or any("--8<--" in line.text for line in source.page.lines)


def anchors(source: Source) -> Iterator[str]:
    """Of headings, of the quiz and its questions, and whatever else has a name."""
    page = source.page
    yield from (topic.id for topic in page.topics)
    if page.quiz:
        yield attributes(page.quiz.heading.attributes).get("id", "quiz")
    shown = [one.parsed for one in page.practice] if source.rules.hidden else page.questions
    yield from (f"q-{one.question.id}" for one in shown)
    for segment in page.segments:
        if isinstance(segment, Text):
            for line in segment.lines:
                yield from _in_line(line)


def _in_line(line: Line) -> Iterator[str]:
    if line.code:
        return
    for braces in _BRACES.finditer(line.text):
        yield attributes(braces[1]).get("id", "")
    yield from (match[1] for match in _HTML.finditer(line.text))
    nested = _NESTED.match(line.text)
    if nested:
        yield slug(plain(nested[1]))
