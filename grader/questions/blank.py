"""Blanks: `[[…]]` in a question's text or body, to be filled in."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, text_of
from grader.questions.kind import Source, element
from grader.questions.quote import before_last_quote, unquoted

EMPTY = "[[ ]]"
_BLANK = re.compile(r"(?<!`)\[\[(?P<inside>[^\[\]]*)\]\](?!`)")


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its blanks emptied, and what stood in them."""

    inside: tuple[str, ...]
    text: str
    body: str
    explanation: str


def read_blank(source: Source, diagnostics: Diagnostics | None) -> Blank:
    """Blanks in code stay as they are."""
    end = before_last_quote(source.lines)
    found = [*_BLANK.findall(source.text)]
    emptied: list[Line] = []
    for line in source.lines[:end]:
        if line.code:
            emptied.append(line)
        else:
            found += _BLANK.findall(line.text)
            emptied.append(line._replace(text=_BLANK.sub(EMPTY, line.text)))
    return Blank(
        inside=tuple(inside.strip() for inside in found),
        text=_BLANK.sub(EMPTY, source.text),
        body=text_of(emptied),
        explanation=unquoted(source.lines[end:], diagnostics),
    )


def check_blank(source: Source, blank: Blank, diagnostics: Diagnostics) -> None:
    if len(blank.inside) > 1:
        diagnostics.add("several-blanks", source.number, "A question takes one blank.", hint="make a question of each")


def shown(markdown: str) -> str:
    """The blank as the page shows it."""
    return markdown.replace(EMPTY, '<span class="quiz-blank">…</span>')


def text_input(question: str, attributes: dict[str, str]) -> Sequence[Element]:
    label = element("label", {"class": "quiz-answer"})
    label.append(element("span", {"class": "quiz-answer-label"}, "Your answer"))
    given = {"type": "text", "name": question, "autocomplete": "off", "spellcheck": "false", "maxlength": "200"}
    label.append(element("input", given | attributes))
    return [label]
