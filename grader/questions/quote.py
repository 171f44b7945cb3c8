"""Quotes: how authors write feedback and explanations."""

import re
from collections.abc import Sequence

from grader.diagnostics import Diagnostics
from grader.lines import Line

_QUOTE = re.compile(r"^ *> ?")


def starts_quote(line: Line) -> bool:
    return ">" in line.text and not line.code and _QUOTE.match(line.text) is not None


def first_quote(lines: Sequence[Line], start: int = 0) -> int:
    """The index of the first line of a quote from here on; the number of lines when there is none."""
    for n in range(start, len(lines)):
        if starts_quote(lines[n]):
            return n
    return len(lines)


def unquoted(lines: Sequence[Line], diagnostics: Diagnostics | None) -> str:
    """The text of quoted lines; a line that is none is reported."""
    texts: list[str] = []
    for line in lines:
        mark = _QUOTE.match(line.text)
        if diagnostics is not None and not mark and line.text.strip():
            diagnostics.add(
                "text-after-quote",
                line.place(),
                "Text stands after the feedback or explanation and belongs to nothing.",
                hint="begin the line with `>`, or move it above the options",
            )
        texts.append(line.text[mark.end() if mark else 0 :].rstrip())
    return "\n".join(texts).strip("\n")


def quoted(text: str, *, by: int = 0) -> list[str]:
    """The lines of a text as a quote, moved to the right; none for an empty text. The reverse of `unquoted`.

    A text that begins with a fence gets an empty line before it: a line of code starts no quote.
    """
    begins = ["", *text.split("\n")] if text.startswith(("```", "~~~")) else text.split("\n")
    return [f"{' ' * by}> {line}".rstrip() for line in begins] if text else []
