"""A page of mkdocs-quiz, cut into its text and what stands between `<quiz>` and `</quiz>`."""

import re
from collections.abc import Iterator

import msgspec

from grader.interchange.report import unreadable

_QUIZ = re.compile(r"<quiz>(.*?)</quiz>", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*`{3,}.*?\n.*?^[ \t]*`{3,}|^[ \t]*~{3,}.*?\n.*?^[ \t]*~{3,}", re.DOTALL | re.MULTILINE)
_OLD = re.compile(r"<\?/?quiz\?>")
_TAG = re.compile(r"</?quiz>")
_MARKER = re.compile(r"^[ \t]*<!-- *mkdocs-quiz (?:intro|results) *-->[ \t]*$", re.MULTILINE)
_GAP = re.compile(r"\n{3,}")
_HEADING = re.compile(r"^#{2,6} .*$")
_BOX = re.compile(r"^ *(?:!!!|\?\?\?\+?|===) .*$")


class Block(msgspec.Struct, frozen=True):
    line: int  # of the tag, from 1
    text: str


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    blocks: tuple[Block, ...]
    text: str  # the page without them, and without the plugin's own marks
    emptied: tuple[str, ...]  # headings and boxes in which nothing but questions stood; they are gone


def cut(text: str, path: str, *, first: int) -> Cut:
    """`first` is the number of the text's first line. Raises UnreadableError for tags without a partner."""
    text = text.replace("\0", "").replace("\1", "")
    masked = _masked(text)
    _refuse(masked, path, first)
    found = list(_QUIZ.finditer(masked))
    blocks = tuple(Block(first + text.count("\n", 0, one.start()), text[one.start(1) : one.end(1)]) for one in found)
    rest, end = "", 0
    for one in found:
        rest += text[end : one.start()] + "\0"
        end = one.end()
    kept, emptied = _without_empty_headings(_MARKER.sub("", rest + text[end:]))
    return Cut(blocks=blocks, text=_GAP.sub("\n\n", kept).strip("\n"), emptied=emptied)


def _masked(text: str) -> str:
    """The text with the tags in code made unreadable; every character keeps its place."""
    quizzes = [one.span() for one in _QUIZ.finditer(text)]

    def hide(fence: re.Match[str]) -> str:
        inside = any(
            left < end < right or left < start < right for left, right in quizzes for start, end in [fence.span()]
        )
        return fence[0] if inside else fence[0].replace("<", "\1")

    return _FENCE.sub(hide, text)


def _refuse(masked: str, path: str, first: int) -> None:
    old = _OLD.search(masked)
    if old:
        said = "This is mkdocs-quiz before version 1. Run `mkdocs-quiz migrate` on it first."
        raise unreadable(path, said, line=first + masked.count("\n", 0, old.start()))
    lone = _TAG.search(_QUIZ.sub(lambda one: re.sub(r"[^\n]", " ", one[0]), masked))
    if lone:
        raise unreadable(path, f"This {lone[0]} has no partner.", line=first + masked.count("\n", 0, lone.start()))


def _without_empty_headings(text: str) -> tuple[str, tuple[str, ...]]:
    """A null stands where a quiz stood."""
    lines = text.split("\n")
    emptied = [n for n in range(len(lines)) if _emptied(lines, n)]
    kept = "\n".join(line for n, line in enumerate(lines) if n not in emptied)
    return re.sub(r"^[ \t]*\0[ \t]*$|\0", "", kept, flags=re.MULTILINE), tuple(lines[n].strip() for n in emptied)


def _emptied(lines: list[str], at: int) -> bool:
    """Is this a heading or a box below which nothing stands, but a quiz stood?"""
    below = list(_below(lines, at))
    return any("\0" in line for line in below) and not any(line.replace("\0", "").strip() for line in below)


def _below(lines: list[str], at: int) -> Iterator[str]:
    line = lines[at]
    if _HEADING.match(line):
        level = len(line) - len(line.lstrip("#"))
        for other in lines[at + 1 :]:
            if other.startswith("#") and len(other) - len(other.lstrip("#")) <= level:
                return
            yield other
    elif _BOX.match(line):
        indent = len(line) - len(line.lstrip())
        for other in lines[at + 1 :]:
            if other.replace("\0", "x").strip() and len(other) - len(other.lstrip(" ")) <= indent:
                return
            yield other
