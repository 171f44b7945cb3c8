"""Waits for files to change, has the site made anew, and tells it: to the browsers and to the terminal."""

import asyncio
import logging
import os
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from click import unstyle
from watchfiles import awatch

from grader.errors import GraderError
from grader.preview.desk import Desk
from grader.preview.workshop import Round, Workshop
from grader.site.config import theme_folder

LOOK_MILLISECONDS = 200
"""How often mkdocs.yml is looked at: editors replace files, and a single file that is replaced is no longer watched."""

SETTLE_MILLISECONDS = 50
"""So long nothing changes before it is taken in: an editor writes several times, and git many files."""

_log = logging.getLogger("grader")


class Watch:
    def __init__(self, workshop: Workshop, desk: Desk) -> None:
        self.desk = desk
        self._workshop = workshop
        self._settings = workshop.project.config
        self._stamp = _stamp(self._settings)
        self._theme = theme_folder(self._settings)
        self._stale = False  # do pages wait to be made that have not changed themselves?
        self._rest: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Make the site for the first time. Raises GraderError when there is none to begin with."""
        started = time.monotonic()
        round_ = self._workshop.work()
        if not (self._workshop.project.site / "index.html").is_file():
            raise GraderError("\n".join([*map(str, round_.mistakes), *round_.complaints]) or "No site was made.")
        self._say(f"built in {time.monotonic() - started:.1f} s", round_)
        self.desk.announce(round_)

    @asynccontextmanager
    async def running(self, refresh: Callable[[], Awaitable[None]]) -> AsyncGenerator[None, None]:
        """Until the block ends. `refresh` lets the grader take a new key in."""
        task = asyncio.create_task(self._run(refresh))
        try:
            yield
        finally:
            self.desk.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _run(self, refresh: Callable[[], Awaitable[None]]) -> None:
        folders = [self._workshop.project.content, *([self._theme] if self._theme else [])]
        try:
            async for changes in awatch(
                *folders, step=SETTLE_MILLISECONDS, rust_timeout=LOOK_MILLISECONDS, yield_on_timeout=True
            ):
                stamp = _stamp(self._settings)
                if changes or stamp != self._stamp:
                    self._stamp = stamp
                    await self._take_in({Path(path) for _, path in changes}, refresh)
        finally:
            await self._stop()

    async def _take_in(self, paths: set[Path], refresh: Callable[[], Awaitable[None]]) -> None:
        await self._stop()
        started = time.monotonic()
        theme = self._theme
        redesigned = theme is not None and any(path.is_relative_to(theme) for path in paths)
        try:
            round_ = await asyncio.to_thread(self._workshop.work, redesigned=redesigned)
            await refresh()
        except Exception as error:  # noqa: BLE001 - whatever it is, the preview goes on
            _log.exception("The preview could not be made")
            round_ = Round(complaints=(f"internal error: {error!r}",))
        self.desk.announce(round_)
        self._say(f"{_names(paths, self._workshop.project.root)}: shown in {time.monotonic() - started:.2f} s", round_)
        self._stale = self._stale or round_.stale  # what this change has ended begins anew
        if self._stale:
            self._rest = asyncio.create_task(self._make_rest())

    async def _make_rest(self) -> None:
        """All pages anew, in a process of their own, which the next change may end."""
        config, fresh = str(self._workshop.config), str(self._workshop.fresh)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "mkdocs",
            "build",
            "--quiet",
            "--config-file",
            config,
            "--site-dir",
            fresh,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            said, _ = await process.communicate()
            if process.returncode == 0:
                taken = await asyncio.to_thread(self._workshop.take)
                self._stale = False
                self.desk.announce(taken, partly=True)
            else:
                round_ = Round(complaints=_complaints(said.decode("utf-8", "replace")))
                self.desk.announce(round_, partly=True)
                self._say("the other pages", round_)
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    async def _stop(self) -> None:
        if self._rest:
            self._rest.cancel()
            with suppress(asyncio.CancelledError):
                await self._rest
            self._rest = None

    def _say(self, what: str, round_: Round) -> None:
        lines = [f"{time.strftime('%H:%M:%S')} {what}", *map(str, round_.mistakes), *round_.complaints]
        print("\n".join(lines), flush=True)  # noqa: T201 - the author looks here


def _complaints(said: str) -> tuple[str, ...]:
    """What MkDocs calls an error, and how it ended; without the traceback."""
    lines = [line for line in unstyle(said).splitlines() if line.strip()]
    errors = [line for line in lines[:-1] if line.startswith("ERROR")]
    return ("error: The other pages stay as they were: MkDocs could not make them.", *errors, *lines[-1:])


def _stamp(file: Path) -> tuple[int, int]:
    """What changes with a file; zeros for none."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def _names(paths: set[Path], root: Path) -> str:
    names = sorted(str(path.relative_to(root)) if path.is_relative_to(root) else str(path) for path in paths)
    if not names:
        return "mkdocs.yml"
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
