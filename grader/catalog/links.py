"""Links and pictures: what a page refers to must be there, answers included, which the site's engine never sees."""

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from grader.catalog.anchors import anchors, is_anchor
from grader.catalog.source import Source
from grader.diagnostics import Place, nearest
from grader.lines import Line, masked

_INLINE = re.compile(
    r"\]\(\s*(?:<(?P<angled>[^<>]*)>|(?P<bare>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))(?=\s*\)|\s+[\"'(])"
)
_REFERENCE = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?(?P<target>[^\s<>]+)>?\s*(?:[\"'(].*)?$")
_HTML = re.compile(r"\s(?:src|poster|href)\s*=\s*[\"'](?P<target>[^\"']*)[\"']")
_CONTAINER = re.compile(r"^\s{0,3}(?:[-*+] |\d+[.)] |!!!|\?\?\?|===|\[\^|:\s)")
_THEME = "assets/"
"""What the site's look brings along."""


class Link(NamedTuple):
    target: str  # as written
    line: Line
    start: int  # of the target, in the line's text
    html: bool = False  # its target counts from the built page, since no engine rewrites it

    @property
    def place(self) -> Place:
        return self.line.at(self.start, self.target)


def read_links(lines: Sequence[Line]) -> Iterator[Link]:
    """All links, pictures and definitions of a page, but those in code."""
    for n, line in enumerate(lines):
        text = line.text
        if line.code or not ("](" in text or "]:" in text or "<" in text):
            continue
        text = masked(text) if "`" in text else text
        if "](" in text and not _is_code(lines, n):
            yield from (_link(match, line, "angled" if match["angled"] else "bare") for match in _INLINE.finditer(text))
        if "]:" in text and (match := _REFERENCE.match(text)):
            yield _link(match, line, "target")
        if "<" in text and "=" in text:
            yield from (_link(match, line, "target", html=True) for match in _HTML.finditer(text))


def _link(match: re.Match[str], line: Line, group: str, *, html: bool = False) -> Link:
    return Link(match[group] or "", line, max(match.start(group), match.start()), html)


def _is_code(lines: Sequence[Line], index: int) -> bool:
    """Is this line indented such that Markdown takes it for code? In a list or an admonition it is not."""
    if not lines[index].text.startswith("    "):
        return False
    above = lines[index]
    for n in range(index - 1, -1, -1):
        line = lines[n]
        if line.text.strip() and not line.text.startswith("    "):
            return not above.text.strip() and not _CONTAINER.match(line.text)
        above = line
    return True


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What a link may lead to."""

    files: AbstractSet[str]  # all that is published, counted from content/
    pages: Mapping[str, Source]  # by file
    urls: Mapping[str, Source]  # by address, without slashes around
    drafts: AbstractSet[str]  # pages that are left out


def check_links(sources: Sequence[Source], files: AbstractSet[str], *, drafts: AbstractSet[str]) -> set[str]:
    """Report every link that leads nowhere. Returns the pages that another one links to."""
    pages = {str(source.path): source for source in sources}
    site = Site(files=files, pages=pages, urls={source.url.strip("/"): source for source in sources}, drafts=drafts)
    linked: set[str] = set()
    for path, source in pages.items():
        found = {_check(source, link, site) for link in read_links(source.page.lines)}
        linked |= found - {path}
    return linked


def _check(source: Source, link: Link, site: Site) -> str:
    """The file to which the link leads; empty when it leads nowhere, or elsewhere."""
    try:
        parts = urlsplit(link.target)
    except ValueError:  # an address such as http://[
        return _refuse(source, link, "is no address", "")
    if parts.scheme or parts.netloc:
        return ""
    if parts.path.startswith(("/", "\\")):
        return "" if link.html else _refuse_absolute(source, link, unquote(parts.path), site)
    found = _found(source, link, unquote(parts.path), site)
    page = site.pages.get(found)
    if parts.fragment and page and not is_anchor(page, unquote(parts.fragment)):
        _refuse_anchor(source, link, page, unquote(parts.fragment))
    return found


def _found(source: Source, link: Link, path: str, site: Site) -> str:
    if not link.target:
        return _refuse(source, link, "leads nowhere", "write the address between the brackets")
    found = _find(source, link, path, site)
    if found in site.drafts:
        return _refuse(source, link, "is a draft, which is not published", "remove the link until it is")
    if found is None:
        return _refuse(source, link, "does not exist", _suggestion(source, link, path, site))
    return found


def _find(source: Source, link: Link, path: str, site: Site) -> str | None:
    """The file of this path; empty for what is no file of content/, None for what is nothing at all."""
    if not path:
        return str(source.path)
    if not link.html:
        target = posixpath.normpath(posixpath.join(source.path.parent.as_posix(), path))
        return target if target in site.files or target in site.drafts else None
    address = posixpath.normpath(posixpath.join(source.url.lstrip("/"), path))
    if address in site.files and address not in site.pages:
        return address
    page = site.urls.get(address.removesuffix("index.html").strip("/").removeprefix("."))
    return str(page.path) if page else "" if address.startswith(_THEME) else None


def _refuse(source: Source, link: Link, what: str, hint: str) -> str:
    message = f"The link {what}." if not link.target else f"`{link.target}` {what}."
    source.diagnostics.add("broken-link", link.place, message, hint=hint)
    return ""


def _refuse_absolute(source: Source, link: Link, path: str, site: Site) -> str:
    target = posixpath.normpath(path.lstrip("/\\"))
    relative = posixpath.relpath(target, source.path.parent.as_posix()) if target in site.files else ""
    source.diagnostics.add(
        "absolute-link",
        link.place,
        f"`{link.target}` counts from the root of the host, where the site need not stand.",
        hint=f"write `{relative}`" if relative else "count from this page, as in `../media/picture.svg`",
    )
    return ""


def _refuse_anchor(source: Source, link: Link, page: Source, name: str) -> None:
    near = nearest(name, anchors(page))
    where = "This page" if page is source else f"`{page.path}`"
    source.diagnostics.add(
        "broken-anchor",
        link.place,
        f"{where} has no anchor `#{name}`.",
        hint=f"did you mean `#{near}`?" if near else f"write `{{#{name}}}` behind the heading that is meant",
    )


def _suggestion(source: Source, link: Link, path: str, site: Site) -> str:
    """What may have been meant: a file of that name elsewhere, or one of nearly that path."""
    folder = source.path.parent.as_posix()
    if link.html:
        meant = posixpath.normpath(posixpath.join(folder, path))
        way = posixpath.relpath(meant, source.url) if meant in site.files else "../../media/film.mp4"
        return f"in HTML an address counts from the built page, a folder of its own: `{way}`"
    name = posixpath.basename(path.rstrip("/")).removesuffix(".html").removesuffix(".md")
    alike = [file for file in sorted(site.files) if name in (posixpath.basename(file), posixpath.basename(file)[:-3])]
    ways = [posixpath.relpath(file, folder) for file in alike or site.files]
    near = nearest(path, ways) or next(iter(ways if alike else ()), None)
    return f"did you mean `{near}`?" if near else "the path counts from this page"
