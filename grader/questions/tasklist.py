"""Task lists: how authors write options."""

import re
from collections.abc import Sequence

import msgspec

from grader.diagnostics import Diagnostics
from grader.lines import Line, item_text, text_of
from grader.questions.quote import first_quote, starts_quote, unquoted

TASK = re.compile(r"^(?P<indent> *)[-*+] +\[(?P<mark> ?[^\]\[^]? ?)\](?: +(?P<text>.*))?$")
_ERRATUM = re.compile(r"\s*\{(void|always)\}$")


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
    starts = [n for n, line in enumerate(lines) if _starts_option(line)]
    if not starts:
        return TaskList(body=text_of(lines), items=(), explanation="")
    end = _end_of_list(lines, starts[-1])
    bounds = [*starts, end]
    items = tuple(_read_item(lines[bounds[n] : bounds[n + 1]], diagnostics) for n in range(len(starts)))
    return TaskList(body=text_of(lines[: starts[0]]), items=items, explanation=unquoted(lines[end:], diagnostics))


def _starts_option(line: Line) -> bool:
    match = None if line.code else TASK.match(line.text)
    return match is not None and len(match["indent"]) < 2


def _end_of_list(lines: Sequence[Line], last: int) -> int:
    """The index behind the last option: where at the left edge a quote stands, or code, or text after a blank line."""
    for n in range(last + 1, len(lines)):
        line = lines[n]
        if _at_edge(line) and (line.code or starts_quote(line) or not lines[n - 1].text.strip()):
            return n
    return len(lines)


def _at_edge(line: Line) -> bool:
    return bool(line.text.strip()) and not line.text.startswith("  ")


def _read_item(lines: Sequence[Line], diagnostics: Diagnostics) -> TaskItem:
    match = TASK.match(lines[0].text)
    assert match is not None
    content = [Line(lines[0].number, (match["text"] or "").strip()), *lines[1:]]
    quote = first_quote(content)
    first = content[0].text if quote else ""
    erratum = _ERRATUM.search(first) if first.endswith("}") else None
    item = TaskItem(
        text=item_text(first[: erratum.start()] if erratum else first, content[1:quote]),
        right=match["mark"].strip() in ("x", "X"),
        erratum=erratum[1] if erratum else "",
        feedback=unquoted(content[quote:], diagnostics),
        at=lines[0],
    )
    _check_item(item, match["mark"], diagnostics)
    return item


def _check_item(item: TaskItem, mark: str, diagnostics: Diagnostics) -> None:
    if mark not in (" ", "x", "X"):
        diagnostics.add(
            "bad-mark", item.at.place("["), f"`[{mark}]` is neither right nor wrong.", hint="write [x] or [ ]"
        )
    if not item.text:
        diagnostics.add("empty-option", item.at.place(), "The option has no text.")
