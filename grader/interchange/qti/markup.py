"""Markdown -> the elements that QTI 2.1 allows in texts. What it has no element for is reported."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown

from grader.interchange.draft import BLANK
from grader.interchange.html.tree import add_text, read_html
from grader.questions.blank import EMPTY

Say = Callable[[str], None]

_EXTENSIONS = (
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "sane_lists", "tables"),
    *("pymdownx.caret", "pymdownx.highlight", "pymdownx.keys", "pymdownx.mark", "pymdownx.superfences"),
    "pymdownx.tilde",
)
_CONFIGS: dict[str, dict[str, Any]] = {"pymdownx.highlight": {"use_pygments": False}}
_BLOCK_NAMES = "address blockquote div dl h1 h2 h3 h4 h5 h6 hr ol p pre table ul"
_INSIDE_NAMES = "caption col colgroup dd dt li tbody td tfoot th thead tr"
_INLINE_NAMES = "a abbr acronym b big br cite code dfn em i img kbd q samp small span strong sub sup tt var"
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_KEPT = frozenset(_INSIDE_NAMES.split()) | frozenset(_INLINE_NAMES.split()) | _BLOCKS
_BARE = {"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "colgroup"}  # hold no text themselves
_DIVS = {"section", "article", "aside", "center", "details", "summary", "figure", "figcaption", "main", "nav"}
_DIVS |= {"header", "footer", "fieldset"}
_CLASSED = {"del": "del", "s": "del", "strike": "del", "ins": "ins", "u": "ins", "mark": "mark"}
_ATTRIBUTES = {
    "a": ("href", "type"),
    "img": ("src", "alt", "width", "height"),
    "td": ("rowspan", "colspan", "headers", "scope"),
    "th": ("rowspan", "colspan", "headers", "scope"),
    "col": ("span",),
    "colgroup": ("span",),
}
_GONE = {"script", "style", "template", "iframe", "embed", "object", "video", "audio", "svg", "input", "button", "form"}
_ABSOLUTE = re.compile(r"^(?:https?:|mailto:|tel:|data:image/)", re.IGNORECASE)
_CLASS = re.compile(r"[^\w-]")


class Markup:
    """Converts the texts of one question. `picture` gives the place in the package, or None when there is none."""

    def __init__(self, say: Say, picture: Callable[[str], str | None]) -> None:
        self.say = say
        self.picture = picture
        self.markdown = Markdown(extensions=list(_EXTENSIONS), extension_configs=_CONFIGS)

    def blocks(self, text: str) -> list[Element]:
        """Block elements; where the blank stands, a character of private use does."""
        if not text:
            return []
        return self.block_content(read_html(self.html(text)))

    def line(self, text: str) -> Element:
        """A `p` with the text's inline elements; for a text of one line."""
        blocks = self.blocks(text)
        if len(blocks) == 1 and blocks[0].tag == "p":
            return blocks[0]
        line = Element("p")
        for block in blocks:
            move(block, line)
        return line

    def flow(self, text: str, tag: str, attributes: dict[str, str]) -> Element:
        """An element with the text: inline when that is one paragraph, blocks otherwise."""
        made = Element(tag, attributes)
        blocks = self.blocks(text)
        if len(blocks) == 1 and blocks[0].tag == "p":
            move(blocks[0], made)
        else:
            made.extend(blocks)
        return made

    def html(self, text: str) -> str:
        made: str = self.markdown.reset().convert(text.replace(EMPTY, BLANK))
        return made

    def block_content(self, root: Element) -> list[Element]:
        """The children of an element as blocks: inline ones between them are gathered in paragraphs."""
        made: list[Element] = []
        line = Element("p")
        add_text(line, root.text or "")
        for child in root:
            for one in self.element(child):
                if one.tag in _BLOCKS:
                    made += [*_filled(line), one]
                    line = Element("p")
                else:
                    line.append(one)
            add_text(line, child.tail or "")
        return [*made, *_filled(line)]

    def element(self, element: Element) -> Iterable[Element]:
        """The element as QTI has it; none when it has none; its content when only that stays."""
        tag = element.tag
        if tag in _GONE:
            self.say(f"`<{tag}>` has no place in an item.")
            return []
        if tag == "img":
            return self.image(element)
        if tag == "a" and not _ABSOLUTE.match(element.get("href", "")):
            self.say(f"The link to {element.get('href', '')!r} leads nowhere outside the site; its text stays.")
            return self.renamed(element, "span")
        if tag in _CLASSED:
            return self.renamed(element, "span", _CLASSED[tag])
        if tag in _KEPT:
            return self.renamed(element, tag)
        return self.renamed(element, "div" if tag in _DIVS else "span")

    def renamed(self, element: Element, tag: str, name: str = "") -> list[Element]:
        made = Element(tag, self.attributes(element, tag))
        if name:
            made.set("class", name)
        if tag == "blockquote":
            made.extend(self.block_content(element))
            return [made]
        add_text(made, "" if tag in _BARE else element.text or "")
        for child in element:
            made.extend(self.element(child))
            add_text(made, "" if tag in _BARE else child.tail or "")
        return [made]

    def attributes(self, element: Element, tag: str) -> dict[str, str]:
        given = {name: element.get(name, "") for name in _ATTRIBUTES.get(tag, ()) if element.get(name)}
        names = [_CLASS.sub("", one) for one in element.get("class", "").split()]
        if any(names):
            given["class"] = " ".join(filter(None, names))
        if element.get("title"):
            self.say(f"The title {element.get('title')!r} of a text has no place.")
        if "text-align" in element.get("style", ""):
            self.say("How columns of a table are aligned.")
        if tag == "ol" and element.get("start", "1") != "1":
            self.say(f"A list that begins with {element.get('start')} begins with 1.")
        return given

    def image(self, element: Element) -> list[Element]:
        source = element.get("src", "")
        target = source if _ABSOLUTE.match(source) else self.picture(source)
        if target is None:
            return [_text_of(element.get("alt") or source)]
        given = {"src": target, "alt": element.get("alt", "")}
        given |= {name: element.get(name, "") for name in ("width", "height") if element.get(name, "").isdecimal()}
        return [Element("img", given)]


def move(source: Element, target: Element) -> None:
    """Append an element's content to another one."""
    add_text(target, source.text or "")
    for child in list(source):
        target.append(child)


def _text_of(text: str) -> Element:
    made = Element("span")
    made.text = text
    return made


def _filled(line: Element) -> Iterator[Element]:
    if len(line) or (line.text or "").strip():
        yield line


def with_blank(blocks: Sequence[Element], entry: Element) -> bool:
    """Put the interaction where the blank stands. False when it stands nowhere."""
    for block in blocks:
        for one in block.iter():
            if BLANK in (one.text or ""):
                before, _, after = (one.text or "").partition(BLANK)
                one.text, entry.tail = before, after
                one.insert(0, entry)
                return True
            for place, child in enumerate(one):
                if BLANK in (child.tail or ""):
                    before, _, after = (child.tail or "").partition(BLANK)
                    child.tail, entry.tail = before, after
                    one.insert(place + 1, entry)
                    return True
    return False
