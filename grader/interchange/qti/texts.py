"""The texts of an item, as Markdown; the pictures they show."""

import posixpath
import re
from collections.abc import Callable
from copy import deepcopy
from xml.etree.ElementTree import Element

from grader.interchange.html.markdown import to_line, to_markdown
from grader.interchange.paper import Picture
from grader.interchange.qti.archive import Files, resolved
from grader.interchange.report import Report

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)$", re.IGNORECASE)
_CHARACTERS = re.compile(r"[^\w.-]+")
_CLASSED = {"del": "del", "ins": "ins", "mark": "mark"}
FEEDBACK = ("feedbackInline", "feedbackBlock")


class Pictures:
    """The pictures of all items of a package, under the names that the page will use."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.names: dict[str, str] = {}  # by their path in the package
        self.data: dict[str, bytes] = {}  # by their name

    def take(self, base: str, address: str) -> str | None:
        """The name for a picture that the file `base` shows; None when it is no picture, or not there."""
        path = resolved(base, address)
        if path is None or not _PICTURE.search(path):
            return None
        if path not in self.names:
            data = self.files.find(path)
            if data is None:
                return None
            name = self._free(data, _CHARACTERS.sub("-", posixpath.basename(path)).strip("-."))
            self.names[path], self.data[name] = name, data
        return self.names[path]

    def all(self) -> tuple[Picture, ...]:
        return tuple(Picture(name, data) for name, data in self.data.items())

    def _free(self, data: bytes, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        tries = [name, *(f"{stem}-{number}{dot}{ending}" for number in range(2, 1000))]
        return next(one for one in (f"media/{each}" for each in tries) if self.data.get(one, data) == data)


class Texts:
    """Converts the elements of one item; `say` takes what is lost."""

    def __init__(self, base: str, pictures: Pictures, say: Callable[[str], None]) -> None:
        self.base = base
        self.pictures = pictures
        self.say = say

    def blocks(self, element: Element) -> str:
        return to_markdown(self._html(element), self.say, picture=self._picture)

    def line(self, element: Element) -> str:
        return to_line(self._html(element), self.say, picture=self._picture)

    def _picture(self, address: str) -> str:
        if "://" in address or address.startswith("data:image/"):
            return address
        name = self.pictures.take(self.base, address)
        if name is None:
            self.say(f"The picture {address} is not there, or is no picture.")
        return name or address

    def _html(self, element: Element) -> Element:
        """The element as HTML: QTI's own elements and classes become those that HTML has."""
        made = deepcopy(element)
        for one in made.iter():
            if one.tag == "span" and one.get("class") in _CLASSED:
                one.tag = _CLASSED[one.get("class", "")]
            elif one.tag == "object" and one.get("type", "").startswith("image/"):
                one.tag = "img"
                one.set("src", one.get("data", ""))
                one.set("alt", "".join(one.itertext()).strip())
            elif one.tag == "include":
                self.say("What is included from another file (XInclude) is not read.")
        return made


def without(element: Element, tags: tuple[str, ...], mark: str = "") -> tuple[Element, list[Element]]:
    """A copy without these elements, and the elements; what stands behind them stays, the mark before it."""
    made = deepcopy(element)
    taken: list[Element] = []
    for parent in made.iter():
        for child in list(parent):
            if child.tag in tags:
                _take(parent, child, mark)
                taken.append(child)
    return made, taken


def _take(parent: Element, child: Element, mark: str) -> None:
    place = list(parent).index(child)
    tail = mark + (child.tail or "")
    if place:
        before = parent[place - 1]
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    child.tail = None
    parent.remove(child)


def said_in(report: Report, line: int, question: str) -> Callable[[str], None]:
    def say(message: str) -> None:
        report.lost(message, line=line, question=question)

    return say
