"""HTML to PDF: what a renderer promises."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from grader.errors import GraderError


class RenderError(GraderError):
    """A document could not be printed. Trying again later may help."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The PDF could not be made: {reason}")
        self.reason = reason


class Renderer(Protocol):
    async def pdf(self, html: str) -> bytes:
        """The printed document. Raises RenderError."""

    async def close(self) -> None:
        """Ends what the renderer started; it prints nothing afterwards."""


class LateRenderer:
    """Made at its first document: what prints takes half a second to import, and a start need not wait for it."""

    def __init__(self, make: Callable[[], Renderer]) -> None:
        self._make = make
        self._making = asyncio.Lock()
        self._made: Renderer | None = None
        self._closed = False

    async def pdf(self, html: str) -> bytes:
        async with self._making:
            if self._closed:
                raise RenderError("the renderer is closed.")
            if self._made is None:
                self._made = await asyncio.to_thread(self._make)
        return await self._made.pdf(html)

    async def close(self) -> None:
        self._closed = True
        async with self._making:
            if self._made:
                await self._made.close()
