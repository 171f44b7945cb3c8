"""Task lists: how authors write options."""

import re
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, item_text, text_of
from grader.questions.quote import first_quote, starts_quote, unquoted

TASK = re.compile(r"^(?P<indent> *)[-*+] +\[(?P<mark> ?[^\]\[^]? ?)\](?: +(?P<text>.*))?$")
_ERRATUM = re.compile(r"\{:?\s*(void|always)\s*\}$", re.IGNORECASE)
_BULLET = re.compile(r"^ ?[-*+•–—]\s")
_BEGINS_BLOCK = re.compile(r"^ ?(?:[-*+•–—]\s|\d+[.)]\s|#|!!!|\?\?\?|(?:[-*_] ?){3,}$)")


class TaskItem(msgspec.Struct, frozen=True, kw_only=True):
    text: str
    right: bool
    erratum: str  # "", "void" or "always"
    feedback: str
    at: Line


class TaskList(msgspec.Struct, frozen=True, kw_only=True):
    """A question's lines, cut into what stands before the options, the options, and the quote after them."""

    body: str
    items: tuple[TaskItem, ...]
    explanation: str


def read_task_list(lines: Sequence[Line], diagnostics: Diagnostics) -> TaskList:
    """Cut a question's lines at its task list. Code fences are never read as options."""
    starts = {n: match for n, line in enumerate(lines) if "[" in line.text and (match := _option(line))}
    if not starts:
        return TaskList(body=text_of(lines), items=(), explanation="")
    first = _first_of_list(lines, min(starts), diagnostics)
    end = _end_of_list(lines, max(starts))
    items = tuple(_read_item(starts[n], lines[n:behind], diagnostics) for n, behind in pairwise([*starts, end]))
    return TaskList(body=text_of(lines[:first]), items=items, explanation=unquoted(lines[end:], diagnostics))


def _option(line: Line) -> re.Match[str] | None:
    """Its first line, if this is one."""
    match = None if line.code else TASK.match(line.text)
    return match if match and len(match["indent"]) < 2 else None


def _first_of_list(lines: Sequence[Line], first: int, diagnostics: Diagnostics) -> int:
    """The index of the first option, or of the first item right above it that is none: its mark is misspelt."""
    above = first
    while above and lines[above - 1].text.strip() and not lines[above - 1].code:
        above -= 1
    for n in range(above, first):
        if _BULLET.match(lines[n].text):
            _refuse_line(lines[n], diagnostics)
            return n
    return first


def _refuse_line(line: Line, diagnostics: Diagnostics) -> None:
    diagnostics.add(
        "stray-option",
        line.place(),
        f"This stands among the options, and is none as it stands: {line.text.strip()!r}.",
        hint="begin every option with `- [ ]` or `- [x]`, and indent what belongs to one by four spaces",
    )


def _end_of_list(lines: Sequence[Line], last: int) -> int:
    """The index behind the last option: where at the left edge a quote stands, or code, or text after a blank line."""
    for n in range(last + 1, len(lines)):
        line = lines[n]
        if _at_edge(line) and (line.code or starts_quote(line) or not lines[n - 1].text.strip()):
            return n
    return len(lines)


def _at_edge(line: Line) -> bool:
    return bool(line.text.strip()) and not line.text.startswith("  ")


def _read_item(match: re.Match[str], lines: Sequence[Line], diagnostics: Diagnostics) -> TaskItem:
    content = [Line(lines[0].number, (match["text"] or "").strip()), *lines[1:]]
    quote = first_quote(content)
    end = _end_of_text(content[:quote]) if quote > 1 else quote
    if end < quote:
        _refuse_line(content[end], diagnostics)
    first = content[0].text if quote else ""
    erratum = _ERRATUM.search(first) if first.endswith("}") else None
    item = TaskItem(
        text=item_text(first[: erratum.start()].rstrip() if erratum else first, content[1:end]),
        right=match["mark"].strip() in ("x", "X"),
        erratum=erratum[1].lower() if erratum else "",
        feedback=unquoted(content[quote:], diagnostics) if quote < len(content) else "",
        at=lines[0],
    )
    _check_item(item, match["mark"], diagnostics)
    return item


def _end_of_text(lines: Sequence[Line]) -> int:
    """The index of the first line at the left edge that Markdown does not take for part of the option."""
    for n, line in enumerate(lines[1:], 1):
        if _at_edge(line) and not line.code and (_BEGINS_BLOCK.match(line.text) or not lines[n - 1].text.strip()):
            return n
    return len(lines)


def _check_item(item: TaskItem, mark: str, diagnostics: Diagnostics) -> None:
    if mark not in (" ", "x", "X"):
        diagnostics.add(
            "bad-mark", item.at.place("["), f"`[{mark}]` is neither right nor wrong.", hint="write [x] or [ ]"
        )
    if not item.text:
        diagnostics.add("empty-option", item.at.place(), "The option has no text.")
