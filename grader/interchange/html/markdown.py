"""HTML -> Markdown: what Markdown has no word for is reported."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from grader.interchange.html.escape import collapsed, escaped, line_start

Say = Callable[[str], None]

_WRAPPED = {"strong": "**", "b": "**", "em": "*", "i": "*", "var": "*", "dfn": "*", "cite": "*"}
_WRAPPED |= {"del": "~~", "s": "~~", "strike": "~~"}
_CODE = {"code", "tt", "samp", "kbd"}
_KEPT = {"sub", "sup", "u", "ins", "mark", "small", "abbr", "acronym", "bdo"}
_QUIET = {"span", "font", "label", "big", "time", "bdi", "wbr", "q"}
_DROPPED = {"script": "a script", "style": "a style sheet", "template": "a template"}
_DROPPED |= {"iframe": "an embedded page", "embed": "an embedded object", "object": "an embedded object"}
_DROPPED |= {"video": "a video", "audio": "a sound", "svg": "a drawing (SVG)", "input": "an input field"}
_DROPPED |= {"button": "a button"}
_HEADINGS = {f"h{level}": max(level, 4) for level in range(1, 7)}
_BLOCKS = {*_HEADINGS, "p", "ul", "ol", "pre", "blockquote", "table", "hr", "dl", "div", "section", "article", "center"}
_BLOCKS |= {"figure", "figcaption", "address", "details", "summary", "header", "footer", "main", "aside", "nav", "form"}
_BLOCKS |= {"fieldset", "li", "dd", "dt"}
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|brush)-([\w+#.-]+)")
_SAFE = re.compile(r"^(?:https?:|mailto:|tel:|data:image/|[^:]*$|[^:]*[/?#])", re.IGNORECASE)


def to_markdown(root: Element, say: Say, *, picture: Callable[[str], str] = str) -> str:
    """The element's content. `say` takes what is lost, in words; `picture` says where a picture will be found."""
    return "\n\n".join(_Writer(say, picture).blocks(root))


def to_line(root: Element, say: Say, *, picture: Callable[[str], str] = str) -> str:
    """The element's content on one line; several blocks are joined, which is reported where it changes something."""
    blocks = _Writer(say, picture).blocks(root)
    if len(blocks) > 1:
        say("Paragraphs are joined to one line.")
    return collapsed(" ".join(blocks)).strip()


class _Writer:
    def __init__(self, say: Say, picture: Callable[[str], str]) -> None:
        self.say = say
        self.picture = picture

    def blocks(self, element: Element) -> list[str]:
        """The blocks in an element; text between them makes paragraphs."""
        made: list[str] = []
        line = escaped(collapsed(element.text or ""))
        for child in element:
            if child.tag in _BLOCKS:
                made += [_paragraph(line), *self.block(child)]
                line = ""
            elif any(inner.tag in _BLOCKS for inner in child.iter()) and child.tag not in _DROPPED:
                made += [_paragraph(line), *self.blocks(child)]
                line = ""
            else:
                line += self.inline(child)
            line += escaped(collapsed(child.tail or ""))
        return [one for one in (*made, _paragraph(line)) if one]

    def block(self, element: Element) -> list[str]:
        tag = element.tag
        if tag in _HEADINGS:
            return [f"{'#' * _HEADINGS[tag]} {_one_line(self.inside(element))}"]
        own = {"ul": self.items, "ol": self.items, "pre": _fence, "blockquote": self.quote, "dl": self.definitions}
        if tag in own:
            return [own[tag](element)]
        if tag == "table":
            return self.table(element)
        return ["* * *"] if tag == "hr" else self.blocks(element)

    def quote(self, element: Element) -> str:
        inner = "\n\n".join(self.blocks(element))
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))

    def items(self, element: Element) -> str:
        items = [child for child in element if child.tag == "li"]
        loose = any(child.tag == "p" for item in items for child in item)
        start = int(element.get("start", "1")) if element.get("start", "1").isdigit() else 1
        marks = (f"{n}. " if element.tag == "ol" else "- " for n in range(start, start + len(items)))
        return ("\n\n" if loose else "\n").join(
            mark + _below(self.item(item, loose=loose)) for mark, item in zip(marks, items, strict=False)
        )

    def item(self, element: Element, *, loose: bool) -> str:
        """Lists in a list stand close to their item, unless paragraphs stand apart."""
        blocks = self.blocks(element) or ["&nbsp;"]
        text = blocks[0]
        for block in blocks[1:]:
            text += ("\n" if not loose and re.match(r"(?:- |\d+\. )", block) else "\n\n") + block
        return text

    def definitions(self, element: Element) -> str:
        texts = ((child.tag, "\n\n".join(self.blocks(child))) for child in element)
        lines = (f"\n{_one_line(text)}" if tag == "dt" else f":   {_below(text)}" for tag, text in texts)
        return "\n".join(lines).lstrip("\n")

    def table(self, element: Element) -> list[str]:
        rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in element.iter("tr")]
        if any(cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for row in rows for cell in row):
            self.say("Cells of a table that span several rows or columns stand in one.")
        width = max((len(row) for row in rows), default=0)
        if not width:
            return []
        texts = [[self.cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        if any(cell.tag != "th" for cell in rows[0]):
            texts.insert(0, [""] * width)
        rule = ["---"] * width
        lines = "\n".join("| " + " | ".join(row) + " |" for row in [texts[0], rule, *texts[1:]])
        return [*(_paragraph(self.inside(one)) for one in element.iter("caption")), lines]

    def cell(self, element: Element) -> str:
        return piped(_one_line("<br>".join(self.blocks(element))))

    def inside(self, element: Element) -> str:
        parts = [escaped(collapsed(element.text or ""))]
        for child in element:
            parts += [self.inline(child), escaped(collapsed(child.tail or ""))]
        return "".join(parts)

    def inline(self, element: Element) -> str:
        own = {"a": self.link, "img": self.image, "math": self.formula, "br": _line_break, "q": self.quotation}
        tag = element.tag
        if tag in own:
            return own[tag](element)
        if tag in _WRAPPED:
            return _wrapped(self.inside(element), _WRAPPED[tag])
        if tag in _CODE:
            return _code("".join(element.itertext()))
        if tag in _DROPPED:
            return self.dropped(element)
        if tag in _KEPT:
            return f"<{tag}{_titled(element, 'title=')}>{self.inside(element)}</{tag}>"
        if tag not in _QUIET and tag not in _BLOCKS:
            self.say(f"`<{tag}>` is unknown here; its text stays.")
        return self.inside(element)

    def quotation(self, element: Element) -> str:
        return f"“{self.inside(element)}”"

    def formula(self, element: Element) -> str:
        self.say("A formula (MathML) is written as its bare text.")
        return escaped(collapsed("".join(element.itertext())))

    def dropped(self, element: Element) -> str:
        source = element.get("src") or element.get("data") or ""
        what = _DROPPED[element.tag]
        self.say(f"{what[0].upper()}{what[1:]}{f' ({source})' if source else ''} has no place in a question.")
        return ""

    def link(self, element: Element) -> str:
        text, target = self.inside(element), element.get("href", "")
        if not _SAFE.match(target.strip()):
            self.say(f"A link to `{target}` is no link of a page.")
            return text
        return f"[{text}]({_target(target)}{_titled(element)})" if target and text.strip() else text

    def image(self, element: Element) -> str:
        source = element.get("src", "")
        if not source or not _SAFE.match(source.strip()):
            self.say("A picture without an address is lost.")
            return ""
        alt = collapsed(element.get("alt", "")).replace("[", "(").replace("]", ")")
        return f"![{alt}]({_target(self.picture(source))})"


def _line_break(_: Element) -> str:
    return "  \n"


def _titled(element: Element, before: str = "") -> str:
    """The element's title as an attribute or behind an address."""
    title = element.get("title", "").replace('"', "&quot;")
    return f' {before}"{title}"' if title else ""


def _target(address: str) -> str:
    address = address.strip().replace("<", "%3C").replace(">", "%3E").replace("\n", "")
    return f"<{address}>" if re.search(r"[\s()]", address) else address


def _paragraph(line: str) -> str:
    lines = [line_start(one.strip()) for one in line.replace("  \n", "\n").strip().split("\n")]
    return "  \n".join(lines)


def _one_line(text: str) -> str:
    return collapsed(text.replace("  \n", " ")).strip()


def _below(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"    {line}" if line else "" for line in rest)])


def _wrapped(text: str, mark: str) -> str:
    """The marks stand close to the text; white space stays outside."""
    bare = text.strip()
    if not bare:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{bare}{mark}{after}"


def _code(text: str) -> str:
    bare = collapsed(text).strip()
    longest = max((len(run) for run in re.findall(r"`+", bare)), default=0)
    fence = "`" * (longest + 1)
    gap = " " if longest else ""
    return f"{fence}{gap}{bare}{gap}{fence}" if bare else text


def _fence(element: Element) -> str:
    classes = " ".join(one.get("class", "") for one in element.iter())
    language = _LANGUAGE.search(classes)
    text = "".join(element.itertext()).removeprefix("\n").rstrip("\n")
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{language[1] if language else ''}\n{text}\n{fence}"


def piped(text: str) -> str:
    """A cell of a table: what would end it is escaped."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)
