"""Lines of Markdown with their numbers: what is code, what was a comment, what is a heading."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from grader.diagnostics import Diagnostics

_FENCE = re.compile(r"^[ >]*(?P<item>(?:[-*+] +|\d+[.)] +)?(?:\[[ xX]\] +)?)(?P<mark>`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<!\\)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_ATX = re.compile(r"^(#{1,6})[ ]*(.*?)[ ]*(\{[^{}]*\})?[ ]*(?:(?<!\\)#+)?[ ]*(\{[^{}]*\})?[ ]*$")
_SETEXT = re.compile(r"^(=+|-+) *$")
_NOT_A_SETEXT_TITLE = re.compile(r"^(\s{4,}|[-*+] |\d+[.)] |[>|#]|!!!|\?\?\?|:::|\s*$)")


class Line(NamedTuple):
    number: int  # in the file, from 1
    text: str  # without the line end, tabs expanded, comments cut out
    code: bool = False  # inside a fence, or a fence itself (unless a list item begins with it)
    comment: str = ""  # the text of a comment of several lines that ends here


class Heading(NamedTuple):
    level: int
    text: str
    attributes: str  # the text between the braces
    lines: int  # 1, or 2 for a setext heading


class _Marked(NamedTuple):
    lines: list[Line]
    fence: int | None  # where one begins that is never closed: an index
    comment: int | None  # the line of a comment that is never closed


def read_lines(text: str, diagnostics: Diagnostics, *, first: int = 1) -> list[Line]:
    """Split a text into lines; comments are cut out, because whatever stands in one would reach the page's source."""
    raw = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    raw = [line.expandtabs(4).replace("\x02", "").replace("\x03", "") for line in raw]
    unclosed: set[int] = set()
    while (marked := _mark(raw, first, unclosed)).fence is not None:
        unclosed.add(marked.fence)  # Markdown reads on behind it as if it were no fence
        number = first + marked.fence
        diagnostics.add(
            "unclosed-fence", number, "The code fence is never closed.", hint="close it with the same marks"
        )
    if marked.comment:
        diagnostics.add("unclosed-comment", marked.comment, "The comment is never closed.", hint="add `-->`")
    return marked.lines


def _mark(raw: Sequence[str], first: int, unclosed: AbstractSet[int]) -> _Marked:
    lines: list[Line] = []
    fence, opened = "", 0
    comment: int | None = None
    held: list[str] = []
    for index, line in enumerate(raw):
        number = first + index
        if fence:
            lines.append(Line(number, line, code=True))
            fence = "" if _closes(line, fence) else fence
            continue
        since = comment
        visible, comment = _without_comments(line, number, comment)
        held = held if since else []
        held.append(line)
        if since and comment == since:
            continue  # how long a comment is shows nowhere
        said = "\n".join(held) if since else ""
        opening = _FENCE.match(visible) if "```" in visible or "~~~" in visible else None
        if opening and "`" not in visible[opening.end() :] and index not in unclosed:
            fence, opened = opening["mark"], index
            lines.append(Line(number, visible, not opening["item"], said))
        else:
            lines.append(Line(number, visible, comment=said))
    return _Marked(lines, opened if fence else None, comment)


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
            open_since, rest, visible = None, visible + rest, ""  # what is left may be a comment again
        start = _comment_start(rest)
        if start < 0:
            return rest, None
        visible, rest, open_since = rest[:start], rest[start + 4 :], number


def _comment_start(text: str) -> int:
    spans = [match.span() for match in _INLINE_CODE.finditer(text)]
    start = text.find("<!--")
    while start >= 0 and any(left <= start < right for left, right in spans):
        start = text.find("<!--", start + 4)
    return start


def without_code(text: str) -> str:
    """The text without its inline code and its fences."""
    return _INLINE_CODE.sub("", text)


def headings(lines: Sequence[Line]) -> dict[int, Heading]:
    """Every heading by its index."""
    return {n: heading for n in range(len(lines)) if (heading := heading_at(lines, n))}


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
    below = lines[index + 1].text if index + 1 < len(lines) and not lines[index + 1].code else ""
    under = _SETEXT.match(below) if below.startswith(("=", "-")) else None
    if under and _begins_block(lines, index) and not _NOT_A_SETEXT_TITLE.match(line.text):
        title = _ATX.match("# " + line.text)
        assert title is not None
        return Heading(1 if under[1][0] == "=" else 2, title[2], (title[3] or "").strip("{}: "), 2)
    return None


def _begins_block(lines: Sequence[Line], index: int) -> bool:
    above = lines[index - 1] if index else None
    return above is None or above.code or above.text.startswith("#") or not above.text.strip()


def text_of(lines: Sequence[Line]) -> str:
    """The lines as one text, without blank lines around."""
    return "\n".join(line.text.rstrip() for line in lines).strip("\n")


def item_text(first: str, below: Sequence[Line]) -> str:
    """The text of a list item: what stands behind its mark, and the lines below it, moved to the left edge."""
    return "\n".join([first, *(line.text.rstrip() for line in dedented(below))]).strip()


def dedented(lines: Sequence[Line]) -> list[Line]:
    """The lines moved left by what all of them are indented."""
    indents = [len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip()]
    by = min(indents, default=0)
    return [Line(line.number, line.text[by:], line.code, line.comment) for line in lines] if by else list(lines)


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
