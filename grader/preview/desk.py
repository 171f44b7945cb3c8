"""Tells the browsers what has changed, by server-sent events (https://html.spec.whatwg.org/#server-sent-events)."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import msgspec

from grader.diagnostics import Diagnostic
from grader.preview.workshop import Round

HEARTBEAT_SECONDS = 15.0
"""A comment so often: a connection whose other end has gone is noticed."""


class Mistake(msgspec.Struct, frozen=True):
    place: str  # path:line:column
    page: str | None  # its path from the site's root, empty for the first page; None for what is no page
    code: str
    message: str
    hint: str


class News(msgspec.Struct, frozen=True, kw_only=True):
    run: str  # another one after a restart
    version: int
    changed: dict[str, int]  # the version in which each page changed last, by its path; `*` for all pages
    mistakes: tuple[Mistake, ...]
    complaints: tuple[str, ...]


class Desk:
    def __init__(self, content: str) -> None:
        """`content` is what mistakes call the folder of the pages."""
        self._content = content
        self.run = secrets.token_hex(4)
        self.version = 0
        self._changed: dict[str, int] = {}
        self._mistakes: tuple[Mistake, ...] = ()
        self._complaints: tuple[str, ...] = ()
        self._waiting: set[asyncio.Event] = set()
        self._closed = False

    def announce(self, round_: Round, *, partly: bool = False) -> None:
        """Tell it to all who listen. `partly`: what was found out before is true, too."""
        self.version += 1
        self._changed |= dict.fromkeys(round_.changed, self.version)
        mistakes = tuple(self._mistake(one) for one in round_.mistakes)
        self._mistakes = self._mistakes + mistakes if partly else mistakes
        self._complaints = self._complaints + round_.complaints if partly else round_.complaints
        self._wake()

    def close(self) -> None:
        """End every stream."""
        self._closed = True
        self._wake()

    def news(self) -> News:
        return News(
            run=self.run,
            version=self.version,
            changed=self._changed,
            mistakes=self._mistakes,
            complaints=self._complaints,
        )

    async def stream(self) -> AsyncIterator[bytes]:
        """The state of things, and again whenever it changes."""
        awake = asyncio.Event()
        self._waiting.add(awake)
        try:
            while not self._closed:
                yield b"data: " + msgspec.json.encode(self.news()) + b"\n\n"
                while not awake.is_set():
                    try:
                        await asyncio.wait_for(awake.wait(), HEARTBEAT_SECONDS)
                    except TimeoutError:
                        yield b":\n\n"
                awake.clear()
        finally:
            self._waiting.discard(awake)

    def _mistake(self, one: Diagnostic) -> Mistake:
        inside = one.path.startswith(f"{self._content}/") and one.path.endswith(".md")
        return Mistake(
            place=f"{one.path}:{one.line}:{one.column}",
            page=address(one.path.removeprefix(f"{self._content}/")) if inside else None,
            code=one.code,
            message=one.message,
            hint=one.hint,
        )

    def _wake(self) -> None:
        for awake in self._waiting:
            awake.set()


def address(page: str) -> str:
    """`basics/intake.md` -> `basics/intake/`, `basics/index.md` -> `basics/`, `index.md` -> ``."""
    name = page.removesuffix(".md")
    return name.removesuffix("index") if name.split("/")[-1] == "index" else f"{name}/"
