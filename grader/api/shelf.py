"""Holds the library, and takes a new build in without a restart."""

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from grader.catalog.artifacts import read_artifacts
from grader.errors import GraderError
from grader.learning.library import Library

_log = logging.getLogger("grader")

Stamp = tuple[int, ...]


class Shelf:
    """`take_in` is awaited with a library before anybody is taught from it."""

    def __init__(self, build: Path, take_in: Callable[[Library], Awaitable[None]]) -> None:
        """Raises SetupError without a build."""
        self._build = build
        self._take_in = take_in
        self._taken = self._stamp()  # before it is read: what changes meanwhile is seen at the next look
        self._complaint = ""
        self.library = Library(read_artifacts(build))

    async def open(self) -> None:
        await self._take_in(self.library)

    async def refresh(self) -> None:
        """Look whether build/ has a new build. One that does not fit is left alone until it does; said once."""
        stamp = self._stamp()
        if stamp == self._taken:
            return
        try:
            library = Library(read_artifacts(self._build))
            await self._take_in(library)
        except Exception as error:  # noqa: BLE001 - whatever it is, the former library goes on
            self._complain(error)
            return
        self.library, self._taken, self._complaint = library, stamp, ""
        _log.info("A new build is served: %s", library.digest)

    def _complain(self, error: Exception) -> None:
        if repr(error) != self._complaint:
            unexpected = None if isinstance(error, GraderError) else error
            _log.warning("The new build is not taken in: %s", error, exc_info=unexpected)
        self._complaint = repr(error)

    def _stamp(self) -> Stamp:
        return tuple(_changed(self._build / name) for name in ("catalog.json", "key.json", "questions.json"))


def _changed(file: Path) -> int:
    """When a file was changed, in nanoseconds; 0 for none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0
