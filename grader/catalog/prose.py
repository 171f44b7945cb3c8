"""Feedback and explanations: Markdown -> HTML, when they are shown."""

import posixpath
from functools import lru_cache
from threading import local
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import markdown
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

_EXTENSIONS = (
    "abbr",
    "attr_list",
    "def_list",
    "sane_lists",
    "tables",
    "pymdownx.superfences",
    "pymdownx.tilde",
)
_AFTER_INLINE = 10
_here = local()


@lru_cache(maxsize=4096)
def html(text: str, page: str) -> str:
    """The HTML of a text that belongs to the page `page` ("track/course"); links count from its source file."""
    if not text:
        return ""
    if not hasattr(_here, "links"):  # an instance of Markdown serves one thread
        _here.markdown = Markdown(extensions=list(_EXTENSIONS))
        _here.links = Links(_here.markdown)
        _here.markdown.treeprocessors.register(_here.links, "links", _AFTER_INLINE)
    _here.links.page = page
    made: markdown.Markdown = _here.markdown.reset()
    return made.convert(text)


class Links(Treeprocessor):
    """Points links to sources at the built pages, which stand in a folder of their own."""

    page = ""
    targets: list[str]  # the sources and files that were linked to

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.targets = []

    def run(self, root: Element) -> None:
        for one in root.iter():
            for attribute in ("href", "src"):
                target = one.get(attribute)
                if target:
                    one.set(attribute, built(target, self.page))
                    self.targets += filter(None, [source_of(target, self.page)])


def source_of(target: str, page: str) -> str | None:
    """The file that a link in the source of `page` leads to, counted from content/; None for what is no file of it."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), parts.path))


def built(target: str, page: str) -> str:
    """`../media/a.svg` or `other.md#x`, written in the source of `page` -> the same, seen from the built page."""
    path = source_of(target, page)
    if path is None:
        return target
    parts = urlsplit(target)
    if not path.endswith(".md"):
        return parts._replace(path=posixpath.relpath(path, page)).geturl()
    folder, name = posixpath.split(path)
    place = folder if name in ("index.md", "README.md") else path.removesuffix(".md")
    return parts._replace(path=posixpath.relpath(place or ".", page) + "/").geturl()
