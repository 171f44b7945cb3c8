"""Holds the library, and takes a new build in without a restart."""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.errors import GraderError
from grader.learning.library import Library

_log = logging.getLogger("grader")


class Shelf:
    """`take_in` is awaited with a new library before anybody sees it."""

    def __init__(self, build: Path, library: Library, take_in: Callable[[Library], Awaitable[None]]) -> None:
        self.library = library
        self._build = build
        self._take_in = take_in
        self._seen = self._stamp()

    async def refresh(self) -> None:
        """Look whether build/ has a new pair. A pair that does not fit is left alone until it does."""
        stamp = self._stamp()
        if stamp == self._seen:
            return
        self._seen = stamp
        try:
            library = Library(read_artifacts(self._build))
            await self._take_in(library)
        except GraderError as error:
            _log.warning("The new build is not taken in: %s", error)
            return
        self.library = library
        _log.info("A new build is served: %s", library.digest)

    def _stamp(self) -> tuple[int, ...]:
        return tuple(
            file.stat().st_mtime_ns if file.exists() else 0
            for file in (self._build / "catalog.json", self._build / "key.json")
        )
