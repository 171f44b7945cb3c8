"""Answers where everybody would see them: marks and blanks that no question has read."""

import re
from collections.abc import Iterable, Iterator, Sequence

from grader.lines import Line, without_code
from grader.questions.blank import EMPTY
from grader.questions.model import Question
from grader.questions.quote import starts_quote

_OPTION = re.compile(
    r"^(?P<before>[\s>]*(?:(?:[-+*•–—·]|\d+[.)]|[A-Za-z][.)])\s*)*)\\?\[\s?(?P<mark>[xX✓✔☑]|\s?)\s?\](?![(\[:])"
)
_LOOKALIKES = str.maketrans(
    {"［": "[", "］": "]", "【": "[", "】": "]", "ｘ": "x", "Ｘ": "X", "х": "x", "Х": "X", "×": "x"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_QUOTE = re.compile(r"^\s*>(?!>>)")
_BLANK = re.compile(r"\[\[(?=\s*[^\[\]\s])[^\[\]]*\]\](?!\()")
_BROKEN_BLANK = re.compile(r"\[\[(?! \]\])(?![^\[\]]*\]\]\()")
_ERRATUM = re.compile(r"\{:?\s*(?:void|always)\s*\}", re.IGNORECASE)
_LISTED = re.compile(r"^ {0,3}(?:\d+[.)]\s|[^|]*\|)")
_HIDDEN = re.compile(
    r"<\s*(?:script|style|template)\b|<\?|<!\[CDATA\["
    r"|<\w[^<>]*\s(?:hidden(?=[\s=>/])|style\s*=[^<>]*(?:display\s*:\s*none|visibility\s*:\s*hidden))",
    re.IGNORECASE,
)


def has_bracket(text: str) -> bool:
    return "[" in text or (not text.isascii() and ("［" in text or "【" in text))


def _straightened(line: str) -> str:
    """The line as it looks to its author: brackets and letters of other scripts as ours, without invisible ones."""
    return line if line.isascii() else line.translate(_LOOKALIKES)


def _option(line: str) -> re.Match[str] | None:
    return _OPTION.match(_straightened(line)) if has_bracket(line) else None


def looks_like_option(line: str) -> bool:
    return _option(line) is not None


def is_ticked(line: str) -> bool:
    """Does it look like a right option, in whatever list, quote or code?"""
    match = _option(line)
    return match is not None and bool(match["mark"].strip())


def has_blank(line: str) -> bool:
    return "[[" in line and _BLANK.search(without_code(line)) is not None


def concealed(line: str) -> str:
    """The line with its option unticked and its blanks emptied."""
    if is_ticked(line):
        line = _OPTION.sub(r"\g<before>[ ]", _straightened(line))
    return _BLANK.sub(EMPTY, line) if has_blank(line) else line


def public_pieces(question: Question) -> Sequence[str]:
    """The Markdown that everybody sees of it."""
    return [question.text, question.body, *(option.text for option in (*question.options, *question.prompts))]


def stray_options(pieces: Iterable[str]) -> Iterator[str]:
    """Lines that look like options, ticked or not."""
    for piece in pieces:
        if has_bracket(piece):
            yield from (line for line in piece.split("\n") if looks_like_option(line))


def stray_feedback(question: Question) -> Iterator[str]:
    """Lines of options that look like feedback."""
    for option in question.options:
        if ">" in option.text:
            yield from (line for line in option.text.split("\n") if _QUOTE.match(line))


def stray_blanks(pieces: Iterable[str]) -> Iterator[str]:
    for piece in pieces:
        if "[[" in piece:
            yield from (line for line in piece.split("\n") if _BLANK.search(line))
            yield from (line for line in without_code(piece).split("\n") if _BROKEN_BLANK.search(_BLANK.sub("", line)))


def stray_errata(pieces: Iterable[str]) -> Iterator[str]:
    """Marks such as `{always}` where they mean nothing, and tell much."""
    for piece in pieces:
        if "{" in piece:
            yield from (match[0] for match in _ERRATUM.finditer(without_code(piece)))


def explains_a_list(lines: Iterable[Line]) -> bool:
    """Does a quote stand below an ordered list or a table? Their order may be the answer, and the quote say why."""
    listed = False
    for line in lines:
        if listed and starts_quote(line):
            return True
        listed = listed or (not line.code and _LISTED.match(line.text) is not None)
    return False


def hidden_by(pieces: Iterable[str]) -> str:
    """What makes that the reader of the page does not see something, but the reader of its source does."""
    found = (_HIDDEN.search(without_code(piece)) for piece in pieces if "<" in piece)
    return next((match[0] for match in found if match), "")
