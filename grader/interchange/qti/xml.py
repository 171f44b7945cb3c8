"""XML, read safely: no document type, so no entities; nothing is fetched; depth and size have limits."""

import re
from collections.abc import Iterator
from math import isfinite
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.parsers import expat

import msgspec

from grader.interchange.html.tree import add_text
from grader.interchange.report import unreadable

LARGEST = 16 * 2**20  # bytes
_DEEPEST = 100
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document(msgspec.Struct, frozen=True):
    """Elements have their names without a namespace; those of MathML begin with `math`."""

    path: str
    root: Element
    namespace: str  # of the root
    lines: dict[int, int]  # by the id() of an element

    def line(self, element: Element) -> int:
        return self.lines.get(id(element), 0)


def read_xml(data: bytes, path: str) -> Document:
    """Raises UnreadableError with the place for whatever is no XML, or could do harm."""
    if len(data) > LARGEST:
        raise unreadable(path, f"The file is larger than {LARGEST // 2**20} MiB.")
    reader = _Reader(path)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        raise unreadable(path, f"This is no XML: {expat.ErrorString(error.code)}.", line=error.lineno) from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not know
        raise unreadable(path, f"This is no XML: {error}.") from None
    return Document(path, reader.root, reader.namespace, reader.lines)


class _Reader:
    def __init__(self, path: str) -> None:
        self.path = path
        self.top = Element("top")
        self.open = [self.top]
        self.lines: dict[int, int] = {}
        self.namespace = ""
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype

    @property
    def root(self) -> Element:
        return self.top[0]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self.open) > _DEEPEST:
            raise unreadable(
                self.path, f"Elements are nested more than {_DEEPEST} deep.", line=self.parser.CurrentLineNumber
            )
        namespace, _, local = name.rpartition("}")
        if len(self.open) == 1:
            self.namespace = namespace
        given = {one.rpartition("}")[2]: value for one, value in attributes.items()}
        made = SubElement(self.open[-1], local, given)
        self.lines[id(made)] = self.parser.CurrentLineNumber
        self.open.append(made)

    def end(self, name: str) -> None:  # noqa: ARG002 - expat's signature
        self.open.pop()

    def text(self, text: str) -> None:
        add_text(self.open[-1], text)

    def doctype(self, *_: object) -> None:
        raise unreadable(
            self.path,
            "A document type (<!DOCTYPE>) is not read: it could name entities and other files. Remove the line.",
            line=self.parser.CurrentLineNumber,
        )


def write_xml(root: Element) -> bytes:
    """With declaration, in UTF-8; characters that XML forbids are replaced."""
    for one in root.iter():
        one.text = _allowed(one.text)
        one.tail = _allowed(one.tail)
        for name, value in one.attrib.items():
            one.set(name, _FORBIDDEN.sub("\ufffd", value))
    written: bytes = tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + written + b"\n"


def _allowed(text: str | None) -> str | None:
    return _FORBIDDEN.sub("\ufffd", text) if text else text


def node(tag: str, attributes: dict[str, str] | None = None, *content: Element | str) -> Element:
    made = Element(tag, attributes or {})
    for one in content:
        if isinstance(one, str):
            add_text(made, one)
        else:
            made.append(one)
    return made


def on_lines(root: Element) -> Element:
    """The root's children each on a line of its own; for elements that hold no text."""
    root.text = "\n"
    for child in root:
        child.tail = "\n"
    return root


def children(element: Element, *tags: str) -> Iterator[Element]:
    return (one for one in element if one.tag in tags)


def number(text: str | None, default: float) -> float:
    """A finite one; otherwise the default."""
    try:
        value = float(text or "")
    except ValueError:
        return default
    return value if isfinite(value) else default
