"""Lines of Markdown with their numbers: what is code, what was a comment, what is a heading."""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

import msgspec

from grader.diagnostics import Diagnostics, Place

_FENCE = re.compile(r"^[ >]*(?P<item>(?:[-*+] +|\d+[.)] +)?(?:\[[ xX]\] +)?)(?P<mark>`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(?<!\\)(`{1,50})(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_TAB = 4
_MANY = 50
"""So many fences that are not closed are told; then none is looked for, since each makes the page be read anew."""
_MARKS = re.compile(r"#{1,6}")
_BRACES = re.compile(r"\{[^{}]*\}$")
_ODD = ("\t", "\x02", "\x03")
_SETEXT = re.compile(r"^(=+|-+) *$")
_NOT_A_SETEXT_TITLE = re.compile(r"^(\s{4,}|[-*+] |\d+[.)] |[>|#]|!!!|\?\?\?|:::|\s*$)")


class Line(msgspec.Struct, frozen=True, gc=False):  # quicker to make than a tuple, and a site has many thousands
    number: int  # in the file, from 1
    text: str  # without the line end, tabs expanded, comments cut out
    code: bool = False  # inside a fence, or a fence itself (unless a list item begins with it)
    comment: str = ""  # the text of a comment of several lines that ends here
    raw: str = ""  # the line as it stands in the file, without its end

    def saying(self, text: str) -> "Line":
        """The same line with another text."""
        return Line(self.number, text, self.code, self.comment, self.raw)

    def place(self, part: str = "") -> Place:
        """Where in the file this part of the text begins: the last such part. Without one, the text."""
        return self.at(max(self.text.rfind(part), 0) if part else len(self.text) - len(self.text.lstrip()), part)

    def at(self, index: int, part: str = "") -> Place:
        """Where in the file this character of the text stands; `part` begins with it."""
        wide = self.raw.expandtabs(_TAB)
        found = (wide.rfind(sought) for sought in (self.text[index:], part, self.text.strip()) if sought)
        return Place(self.number, _narrow(self.raw, next((place for place in found if place >= 0), 0)) + 1)


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
    plain = [_plain(line) for line in raw] if any(odd in text for odd in _ODD) else raw
    unclosed: set[int] = set()
    while (marked := _mark(raw, plain, first, unclosed)).fence is not None:
        unclosed.add(marked.fence)  # Markdown reads on behind it as if it were no fence
        if len(unclosed) == _MANY:
            unclosed.update(range(len(raw)))
        place = Line(first + marked.fence, plain[marked.fence], raw=raw[marked.fence]).place()
        diagnostics.add("unclosed-fence", place, "The code fence is never closed.", hint="close it with the same marks")
    if marked.comment:
        line = Line(marked.comment, plain[marked.comment - first], raw=raw[marked.comment - first])
        diagnostics.add("unclosed-comment", line.place("<!--"), "The comment is never closed.", hint="add `-->`")
    return marked.lines


def _plain(line: str) -> str:
    return line.expandtabs(_TAB).replace("\x02", "").replace("\x03", "")


def _mark(raw: Sequence[str], plain: Sequence[str], first: int, unclosed: AbstractSet[int]) -> _Marked:
    lines: list[Line] = []
    fence, opened, outer = "", 0, ""
    comment: int | None = None
    held: list[str] = []
    for index, line in enumerate(plain):
        number = first + index
        if fence:
            if outer and _leaves(line, outer):
                return _Marked(lines, opened, comment)
            lines.append(Line(number, line, code=True, raw=raw[index]))
            fence = "" if _closes(line, fence) else fence
            continue
        if comment is None and "<!--" not in line and "```" not in line and "~~~" not in line:
            lines.append(Line(number, line, False, "", raw[index]))
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
            fence, opened, outer = opening["mark"], index, visible[: opening.start("mark")]
            lines.append(Line(number, visible, not opening["item"], said, raw[index]))
        else:
            lines.append(Line(number, visible, False, said, raw[index]))
    return _Marked(lines, opened if fence else None, comment)


def _leaves(line: str, outer: str) -> bool:
    """Does a line behind a fence stand outside the quote or the list in which the fence began?"""
    if not line.strip():
        return False
    if ">" in outer:
        return not line.lstrip().startswith(">")
    indent = len(outer) - len(outer.lstrip())
    return len(line) - len(line.lstrip()) < indent + bool(outer.strip())


def _narrow(raw: str, place: int) -> int:
    """The index in a line of what stands at this index when its tabs are expanded."""
    if "\t" not in raw:
        return place
    return next((n for n in range(len(raw)) if len(raw[: n + 1].expandtabs(_TAB)) > place), len(raw))


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
    spans = [match.span() for match in _INLINE_CODE.finditer(text)] if "`" in text else []
    start = text.find("<!--")
    while start >= 0 and any(left <= start < right for left, right in spans):
        start = text.find("<!--", start + 4)
    return start


def without_code(text: str) -> str:
    """The text without its inline code and its fences."""
    return _INLINE_CODE.sub("", text)


def within_code(text: str, change: Callable[[str], str]) -> str:
    """The text with its inline code and its fences changed."""
    return _INLINE_CODE.sub(lambda match: change(match[0]), text)


def masked(text: str) -> str:
    """The text with blanks for its inline code: everything else keeps its place."""
    return _INLINE_CODE.sub(lambda match: " " * len(match[0]), text)


def headings(lines: Sequence[Line]) -> dict[int, Heading]:
    """Every heading by its index."""
    found: dict[int, Heading] = {}
    for n, line in enumerate(lines):
        first = line.text[:1]
        if first == "#":
            place = n
        elif first and first in "=-" and n and not line.text.strip("=- "):
            place = n - 1
        else:
            continue
        heading = heading_at(lines, place)
        if heading:
            found[place] = heading
    return found


def heading_at(lines: Sequence[Line], index: int) -> Heading | None:
    """The heading that begins at this line, as Python-Markdown sees it (`##Title` is one, ` ## Title` is not)."""
    line = lines[index]
    if line.code:
        return None
    marks = _MARKS.match(line.text)
    if marks:
        return Heading(marks.end(), *_title(line.text[marks.end() :]), 1)
    below = lines[index + 1].text if index + 1 < len(lines) and not lines[index + 1].code else ""
    under = _SETEXT.match(below) if below.startswith(("=", "-")) else None
    if under and _begins_block(lines, index) and not _NOT_A_SETEXT_TITLE.match(line.text):
        return Heading(1 if under[1][0] == "=" else 2, *_title(line.text), 2)
    return None


def _title(text: str) -> tuple[str, str]:
    """`Title {#id} ## {.class}` -> the title, and what stands in the first braces behind it."""
    text = text.strip(" ")
    if not text.endswith(("}", "#")):
        return text, ""
    text, last = _without_braces(text)
    closers = len(text) - len(text.rstrip("#"))
    escaped = text[: len(text) - closers].endswith("\\")
    if closers > escaped:
        text = text[: len(text) - closers + escaped].rstrip(" ")
    text, first = _without_braces(text)
    return text, (first or last).strip("{}: ")


def _without_braces(text: str) -> tuple[str, str]:
    braces = _BRACES.search(text, text.rfind("{")) if text.endswith("}") and "{" in text else None
    return (text[: braces.start()].rstrip(" "), braces[0]) if braces else (text, "")


def _begins_block(lines: Sequence[Line], index: int) -> bool:
    above = lines[index - 1] if index else None
    return above is None or above.code or above.text.startswith("#") or not above.text.strip()


def text_of(lines: Sequence[Line]) -> str:
    """The lines as one text, without blank lines around."""
    return "\n".join(line.text.rstrip() for line in lines).strip("\n")


def item_text(first: str, below: Sequence[Line]) -> str:
    """The text of a list item: what stands behind its mark, and the lines below it, moved to the left edge."""
    if not below:
        return first.strip()
    return "\n".join([first, *(line.text.rstrip() for line in dedented(below))]).strip()


def dedented(lines: Sequence[Line]) -> list[Line]:
    """The lines moved left by what all of them are indented."""
    indents = [len(line.text) - len(line.text.lstrip(" ")) for line in lines if line.text.strip()]
    by = min(indents, default=0)
    return [line.saying(line.text[by:]) for line in lines] if by else list(lines)


_ATTRIBUTE = re.compile(
    r"""#(?P<id>[^\s}]+)|\.(?P<class>[^\s}]+)|(?P<key>[\w:-]+)=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s}]+))|(?P<word>\S+)"""
)


def attributes(text: str) -> dict[str, str]:
    """`#id .class key=value word` -> {"id": …, "class": …, key: value, "word": ""}."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text) if text else ():
        if match["id"]:
            found["id"] = match["id"]
        elif match["class"]:
            found["class"] = f"{found['class']} {match['class']}" if "class" in found else match["class"]
        elif match["key"]:
            found[match["key"]] = match["quoted"] if match["quoted"] is not None else match["bare"]
        else:
            found[match["word"]] = ""
    return found
