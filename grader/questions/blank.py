"""Blanks: `[[…]]` in a question's text or body, to be filled in."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element

import msgspec

from grader.diagnostics import Diagnostics, Place
from grader.lines import Line, read_lines, text_of, within_code
from grader.questions.kind import Source, Written, element
from grader.questions.model import Question
from grader.questions.quote import first_quote, starts_quote, unquoted

EMPTY = "[[ ]]"
_BLANK = re.compile(r"\[\[(?P<inside>[^\[\]]*)\]\]")


class Blank(msgspec.Struct, frozen=True, kw_only=True):
    """A question with its blanks emptied, and what stood in them."""

    inside: tuple[str, ...]
    text: str
    body: str
    explanation: str


def read_blank(source: Source, diagnostics: Diagnostics | None) -> Blank:
    """What a fence holds stays as it is. A quote before the blank belongs to the question, one behind it explains."""
    end = first_quote(source.lines, _first_blank(source))
    found = [*_BLANK.findall(source.text)]
    body: list[Line] = []
    for line in source.lines[:end]:
        if line.code:
            body.append(line)
        else:
            found += _BLANK.findall(line.text)
            body.append(line.saying(emptied(line.text)))
    return Blank(
        inside=tuple(inside.strip() for inside in found),
        text=emptied(source.text),
        body=text_of(body),
        explanation=unquoted(source.lines[end:], diagnostics),
    )


def _first_blank(source: Source) -> int:
    """The index of the first line with a blank; 0 when it stands in the heading, or nowhere but in a quote."""
    if _BLANK.search(source.text):
        return 0
    plain = (n for n, line in enumerate(source.lines) if not (line.code or starts_quote(line)))
    return next((n for n in plain if _BLANK.search(source.lines[n].text)), 0)


def emptied(text: str) -> str:
    return _BLANK.sub(EMPTY, text) if "[[" in text else text


def filled(question: Question, inside: str) -> Written:
    """The question with its blank filled in: the first that stands in no fence."""
    full = f"[[{inside}]]"
    if EMPTY in question.text:
        return Written(text=question.text.replace(EMPTY, full, 1), body=question.body, answers="")
    lines = read_lines(question.body, Diagnostics("body"))
    place = next((n for n, line in enumerate(lines) if EMPTY in line.text and not line.code), None)
    if place is not None:
        lines[place] = lines[place].saying(lines[place].text.replace(EMPTY, full, 1))
    return Written(text=question.text, body=text_of(lines), answers="")


def check_blank(source: Source, blank: Blank, diagnostics: Diagnostics) -> None:
    if len(blank.inside) > 1:
        diagnostics.add(
            "several-blanks", place_of(source), "A question takes one blank.", hint="make a question of each"
        )


def place_of(source: Source) -> Place:
    """Where the last blank stands."""
    plain = [line for line in source.lines if not (line.code or starts_quote(line))]
    line = next((line for line in reversed(plain) if _BLANK.search(line.text)), source.at)
    return line.place("[[")


def shown(markdown: str) -> str:
    """The blank as the page shows it. Code shows no HTML, so there it is a gap."""
    if EMPTY not in markdown:
        return markdown
    plain = within_code(markdown, lambda code: code.replace(EMPTY, "____"))
    return plain.replace(EMPTY, '<span class="quiz-blank">…</span>')


def text_input(question: str, longest: int, **attributes: str) -> Sequence[Element]:
    """`longest`: so many characters it takes."""
    label = element("label", {"class": "quiz-answer"})
    label.append(element("span", {"class": "quiz-answer-label"}, "Your answer"))
    given = {"type": "text", "name": question, "autocomplete": "off", "spellcheck": "false"}
    label.append(element("input", given | {"maxlength": str(longest)} | attributes))
    return [label]
