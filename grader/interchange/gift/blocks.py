"""A GIFT file, cut into questions: at blank lines, comments apart."""

import re
from collections.abc import Iterator

import msgspec

from grader.interchange.gift.text import formatted, hidden, shown
from grader.interchange.report import Flaw, UnreadableError

_ID = re.compile(r"\[id:([^\x00-\x1F\x7F]+?)(?<!\\)\]")
_TAG = re.compile(r"\[tag:([^\x00-\x1F\x7F]+?)(?<!\\)\]")
_CATEGORY = re.compile(r"^\$CATEGORY:\s*(.*)$")
_NAME = re.compile(r"^\s*::(.*?)::", re.DOTALL)

_STRAY = (
    "A `{` or `}` stands alone, or the blank line after a question is missing. "
    "(A brace of the text is written `\\{` or `\\}`.)"
)


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A question, a description (without answers) or a category. Escapes are still hidden in texts."""

    line: int
    category: str | None = None
    id: str = ""
    tags: tuple[str, ...] = ()
    name: str = ""
    format: str = "moodle"
    stem: str = ""
    answers: str | None = None  # what stands between the braces
    tail: str = ""  # what stands behind them


def read_blocks(text: str, path: str) -> list[Block]:
    """Every block of a file. Raises UnreadableError with all the places that are no GIFT."""
    flaws: list[Flaw] = []
    blocks = [block for number, lines in _paragraphs(text) for block in _read(number, lines, path, flaws)]
    if flaws:
        raise UnreadableError(flaws)
    return blocks


def _paragraphs(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines between blank lines, with the number of the first."""
    held: list[str] = []
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            held.append(line)
        elif held:
            yield number - len(held), held
            held = []


def _read(number: int, lines: list[str], path: str, flaws: list[Flaw]) -> Iterator[Block]:
    comments = "\n".join(line for line in lines if line.lstrip().startswith("//"))
    kept: list[str] = []
    for n, line in enumerate(lines):
        category = _CATEGORY.match(line.strip())
        if category:
            yield Block(line=number + n, category=category[1].strip())
        elif not line.lstrip().startswith("//"):
            kept.append(line)
    if kept:
        first = next(n for n, line in enumerate(lines) if line is kept[0])
        yield from _question(number + first, hidden("\n".join(kept)), comments, Places(path, flaws))


class Places(msgspec.Struct, frozen=True):
    """Where flaws are noted."""

    path: str
    flaws: list[Flaw]

    def add(self, line: int, message: str) -> None:
        self.flaws.append(Flaw(self.path, line, message))


def _question(line: int, text: str, comments: str, places: Places) -> Iterator[Block]:
    named = _NAME.match(text)
    rest = text[named.end() :] if named else text
    before, brace, behind = rest.partition("{")
    answers, closed, tail = behind.partition("}")
    if brace and not closed:
        at = line + text.count("\n") - behind.count("\n")
        places.add(at, "The `{` is never closed. (A blank line ends a question; a brace of the text is written `\\{`.)")
        return
    if "}" in before or "{" in answers or "{" in tail or "}" in tail:
        places.add(line, _STRAY)
        return
    style, stem = formatted(before, "moodle")
    ids, tags = _ID.findall(comments), _TAG.findall(comments)
    yield Block(
        line=line,
        id=ids[-1].replace("\\]", "]").strip() if ids else "",
        tags=tuple(tag.replace("\\]", "]").strip() for tag in tags),
        name=shown(named[1]).strip() if named else "",
        format=style,
        stem=stem,
        answers=answers if brace else None,
        tail=tail,
    )
