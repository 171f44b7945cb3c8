"""A Chromium that is kept warm, with pages that can be used again."""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from typing import Self

from playwright.async_api import Browser, Page, Playwright, Route, async_playwright

from grader.certificates.chromium import needs_no_sandbox

PATIENCE = 5.0
"""Seconds that a browser, and then its driver, get to end."""


@dataclass
class WarmPage:
    page: Page
    uses: int = 0


@dataclass
class WarmBrowser:
    """One Chromium and the driver it hangs on. Its pages run no script and reach no network."""

    playwright: Playwright
    browser: Browser
    pid: int
    uses: int  # of one page, before it is replaced
    idle: list[WarmPage] = field(default_factory=list)

    @classmethod
    async def start(cls, executable: str, *, uses: int) -> Self:
        playwright = await async_playwright().start()
        try:
            browser = await playwright.chromium.launch(
                executable_path=executable,
                chromium_sandbox=not needs_no_sandbox(),
                handle_sigint=False,  # the server decides when it is over
                handle_sigterm=False,
                handle_sighup=False,
                timeout=0,  # the caller's own timeout holds, here and below
            )
            pid = await process_id(browser)
        except BaseException:
            await playwright.stop()
            raise
        return cls(playwright, browser, pid, uses)

    @property
    def alive(self) -> bool:
        return self.browser.is_connected()

    @contextlib.asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """A page, used again unless the block fails: its state is unknown then."""
        warm = self.idle.pop() if self.idle else WarmPage(await self._new_page())
        yield warm.page
        warm.uses += 1
        if warm.uses < self.uses:
            self.idle.append(warm)
        else:
            await warm.page.context.close()

    async def _new_page(self) -> Page:
        context = await self.browser.new_context(java_script_enabled=False, offline=True, service_workers="block")
        context.set_default_timeout(0)
        await context.route("**/*", refuse)
        return await context.new_page()

    async def stop(self) -> None:
        """Never raises. A browser that hangs is killed."""
        if not await ended(self.browser.close()):
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
        await ended(self.playwright.stop())


async def refuse(route: Route) -> None:
    await route.abort()


async def process_id(browser: Browser) -> int:
    session = await browser.new_browser_cdp_session()
    processes = (await session.send("SystemInfo.getProcessInfo"))["processInfo"]
    await session.detach()
    return next(int(process["id"]) for process in processes if process["type"] == "browser")


async def ended(end: Awaitable[None]) -> bool:
    """False when it took too long. Other errors say that it is dead already."""
    try:
        async with asyncio.timeout(PATIENCE):
            await end
    except TimeoutError:
        return False
    except Exception:  # noqa: BLE001
        return True
    return True
