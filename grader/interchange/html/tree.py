"""HTML as a tree: tolerant of what authors write, harmless in what it keeps."""

import re
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_BLOCK_NAMES = """
address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul
"""
_INLINE_NAMES = """
a abbr acronym audio b bdi bdo big br button cite code del dfn em embed font i iframe img input ins kbd label mark math
object param q s samp script small source span strike strong style sub sup svg time track tt u var video wbr caption col
colgroup template head body html title link meta
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_INLINE = frozenset(_INLINE_NAMES.split())
KNOWN = _BLOCKS | _INLINE
_ENDED_BY = {
    "p": _BLOCKS - {"li", "td", "th", "tr", "dd", "dt"},
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": {"td", "th", "tr", "tbody", "tfoot"},
    "th": {"td", "th", "tr", "tbody", "tfoot"},
    "tr": {"tr", "tbody", "tfoot"},
    "thead": {"tbody", "tfoot"},
    "tbody": {"tbody", "tfoot"},
}
_DEEPEST = 60
_MARKUP = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Does it hold an element or an entity of HTML? `x < y` and `List<Text>` are none."""
    return any(match[2] is None or match[2].lower() in KNOWN for match in _MARKUP.finditer(text))


def read_html(text: str) -> Element:
    """The tree of a piece of HTML below one `div`. Elements that HTML does not know are text."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.root


def add_text(element: Element, text: str) -> None:
    """Append text behind whatever the element holds."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("div")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.knows(tag) or len(self.open) > _DEEPEST:
            self.handle_data(self.get_starttag_text() or "")
            return
        self._end_what_this_ends(tag)
        made = SubElement(self.open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.knows(tag) and tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.knows(tag):
            self.handle_data(f"</{tag}>")
            return
        place = next((n for n in range(len(self.open) - 1, 0, -1) if self.open[n].tag == tag), None)
        if place is not None:
            del self.open[place:]

    def knows(self, tag: str) -> bool:
        """In a formula or a drawing any element may stand."""
        return tag in KNOWN or any(one.tag in ("math", "svg") for one in self.open)

    def handle_data(self, data: str) -> None:
        add_text(self.open[-1], data)

    def _end_what_this_ends(self, tag: str) -> None:
        while len(self.open) > 1 and tag in _ENDED_BY.get(self.open[-1].tag, ()):
            self.open.pop()
