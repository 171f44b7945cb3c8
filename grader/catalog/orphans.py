"""Quotes that may explain a question, but stand where everybody would see them."""

import re
from collections.abc import Iterator, Sequence

from grader.diagnostics import Diagnostics
from grader.lines import Line, headings
from grader.questions.quote import first_quote, starts_quote
from grader.questions.stray import looks_like_option

_QUESTION = re.compile(r"^(?:###|!!! +question|\?\?\?\+? +question)", re.MULTILINE)


def refuse_quote(lines: Sequence[Line], diagnostics: Diagnostics) -> int:
    """The index of the first quote, which is reported; the number of lines when there is none."""
    quote = first_quote(lines)
    if quote < len(lines):
        _report(lines[quote], "move it above `## Quiz`, or remove the heading that ends the quiz", diagnostics)
    return quote


def without_orphans(lines: Sequence[Line], diagnostics: Diagnostics) -> Iterator[Line]:
    """Leaves out the quotes of a question that is commented out, but not all of it."""
    if not any(line.comment for line in lines):
        yield from lines
        return
    commented = told = False
    for line in lines:
        if line.text.startswith(("#", "!!!", "???")) and not line.code:
            commented = False
        commented = commented or _QUESTION.search(line.comment) is not None
        if commented and starts_quote(line):
            if not told:
                _report(line, "move it into the comment", diagnostics)
            told = True
        else:
            told = False
            yield line


def without_stray_quotes(lines: Sequence[Line], diagnostics: Diagnostics, *, asked: bool) -> Iterator[Line]:
    """Leaves out a quote that could be feedback or an explanation.

    Below an option any; behind a practice question, up to a heading any, later an indented one.
    """
    if not any(">" in line.text for line in lines):
        yield from lines
        return
    heading = min(headings(lines), default=len(lines)) if asked else 0
    below_option = told = False
    for n, line in enumerate(lines):
        indented = line.text.startswith("    ") and line.text.lstrip().startswith(">")  # in code, too
        if (starts_quote(line) and (below_option or (asked and n < heading))) or (asked and indented):
            if not told:
                _report(line, "indent it by four spaces, or put a heading between the question and it", diagnostics)
            told = True
            continue
        told = False
        if looks_like_option(line.text):
            below_option = True
        elif line.text.strip() and not line.text.startswith(" "):
            below_option = False
        yield line


def _report(line: Line, hint: str, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "stray-quote",
        line.place(),
        "A quote stands where everybody sees it, and it may explain a question.",
        hint=hint,
    )
