"""Quotes: how authors write feedback and explanations."""

import re
from collections.abc import Sequence

from grader.diagnostics import Diagnostics
from grader.lines import Line

_QUOTE = re.compile(r"^ {0,3}> ?")


def starts_quote(line: Line) -> bool:
    return _QUOTE.match(line.text) is not None


def unquoted(lines: Sequence[Line], diagnostics: Diagnostics | None) -> str:
    """The text of quoted lines; a line that is none is reported."""
    for line in lines:
        if diagnostics is not None and line.text.strip() and not starts_quote(line):
            diagnostics.add(
                "text-after-quote",
                line.number,
                "Text stands after the feedback or explanation and belongs to nothing.",
                hint="begin the line with `>`, or move it above the options",
            )
    return "\n".join(_QUOTE.sub("", line.text).rstrip() for line in lines).strip("\n")


def before_last_quote(lines: Sequence[Line]) -> int:
    """The index of the first line of the quote that ends these lines; their number when none does."""
    start = len(lines)
    for n in range(len(lines) - 1, -1, -1):
        if starts_quote(lines[n]) and not lines[n].code:
            start = n
        elif lines[n].text.strip():
            break
    return start
