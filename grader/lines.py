"""Lines of Markdown with their numbers: what is code, what was a comment, what is a heading."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from grader.diagnostics import Diagnostics

_FENCE = re.compile(r"^[ >]*(?:[-*+] +|\d+[.)] +)?(?:\[[ xX]\] +)?(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_ATX = re.compile(r"^(#{1,6})[ ]*(.*?)[ ]*(\{[^{}]*\})?[ ]*#*[ ]*(\{[^{}]*\})?[ ]*$")
_SETEXT = re.compile(r"^(=+|-+) *$")
_NOT_A_SETEXT_TITLE = re.compile(r"^(\s{4,}|[-*+] |\d+[.)] |[>|#]|!!!|\?\?\?|:::|\s*$)")


class Line(NamedTuple):
    number: int  # in the file, from 1
    text: str  # without the line end, tabs expanded, comments cut out
    code: bool = False  # inside a fence, or a fence itself


class Heading(NamedTuple):
    level: int
    text: str
    attributes: str  # the text between the braces
    lines: int  # 1, or 2 for a setext heading


def read_lines(text: str, diagnostics: Diagnostics, *, first: int = 1) -> list[Line]:
    """Split a text into lines; comments are cut out, because whatever stands in one would reach the page's source."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    lines: list[Line] = []
    fence: tuple[str, int] | None = None
    comment: int | None = None
    for number, line in enumerate(raw, first):
        expanded = line.expandtabs(4).replace("\x02", "").replace("\x03", "")
        if fence:
            lines.append(Line(number, expanded, code=True))
            if _closes(expanded, fence[0]):
                fence = None
            continue
        visible, comment = _without_comments(expanded, number, comment)
        opening = None if comment and not visible.strip() else _FENCE.match(visible)
        if opening and "`" not in visible[opening.end() :]:
            fence = (opening[1], number)
        lines.append(Line(number, visible, code=fence is not None))
    if fence:
        diagnostics.add("unclosed-fence", fence[1], "The code fence is never closed.", hint=f"add a line `{fence[0]}`")
    if comment:
        diagnostics.add("unclosed-comment", comment, "The comment is never closed.", hint="add `-->`")
    return lines


def _closes(line: str, fence: str) -> bool:
    bare = line.lstrip(" >").rstrip()
    return len(bare) >= len(fence) and set(bare) == {fence[0]}


def _without_comments(line: str, number: int, open_since: int | None) -> tuple[str, int | None]:
    """Cut comments out of one line; returns what stays and the line where a still open comment began."""
    if open_since is None and "<!--" not in line:
        return line, None
    visible, rest = "", line
    while True:
        if open_since is not None:
            _, end, rest = rest.partition("-->")
            if not end:
                return visible.rstrip(), open_since
            open_since = None
        start = _comment_start(rest)
        if start < 0:
            return visible + rest, None
        visible, rest, open_since = visible + rest[:start], rest[start + 4 :], number


def _comment_start(text: str) -> int:
    spans = [match.span() for match in _INLINE_CODE.finditer(text)]
    start = text.find("<!--")
    while start >= 0 and any(left <= start < right for left, right in spans):
        start = text.find("<!--", start + 4)
    return start


def heading_at(lines: Sequence[Line], index: int) -> Heading | None:
    """The heading that begins at this line, as Python-Markdown sees it (`##Title` is one, ` ## Title` is not)."""
    line = lines[index]
    if line.code:
        return None
    if line.text.startswith("#"):
        match = _ATX.match(line.text)
        if match:
            return Heading(len(match[1]), match[2], (match[3] or match[4] or "").strip("{}: "), 1)
        return None
    if index + 1 < len(lines) and not lines[index + 1].code and (under := _SETEXT.match(lines[index + 1].text)):
        begins = index == 0 or not lines[index - 1].text.strip()
        if begins and not _NOT_A_SETEXT_TITLE.match(line.text):
            title = _ATX.match("# " + line.text)
            assert title is not None
            return Heading(1 if under[1][0] == "=" else 2, title[2], (title[3] or "").strip("{}: "), 2)
    return None


def text_of(lines: Sequence[Line]) -> str:
    """The lines as one text, without blank lines around."""
    return "\n".join(line.text.rstrip() for line in lines).strip("\n")


def dedented(lines: Sequence[Line]) -> list[Line]:
    """The lines moved left by what all of them are indented."""
    indents = [len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip()]
    by = min(indents, default=0)
    return [line._replace(text=line.text[by:]) for line in lines]


_ATTRIBUTE = re.compile(
    r"""#(?P<id>[^\s}]+)|\.(?P<class>[^\s}]+)|(?P<key>[\w:-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}]+))|(?P<word>\S+)"""
)


def attributes(text: str) -> dict[str, str]:
    """`#id .class key=value word` -> {"id": …, "class": …, key: value, "word": ""}."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        if match["id"]:
            found["id"] = match["id"]
        elif match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
        elif match["key"]:
            found[match["key"]] = match["quoted"] if match["quoted"] is not None else match["bare"]
        else:
            found[match["word"]] = ""
    return found
