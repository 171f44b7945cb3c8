"""HTML to PDF by a warm Chromium."""

import asyncio

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from grader.certificates.browser import WarmBrowser
from grader.certificates.renderer import RenderError


class ChromiumRenderer:
    """One warm browser, started at the first document; `pages` documents print at once, the rest wait.

    `timeout` is in seconds, for one document, without its waiting. A page is replaced after `uses` documents.
    """

    def __init__(self, executable: str, *, pages: int = 2, uses: int = 200, timeout: float = 15) -> None:
        self._executable = executable
        self._uses = uses
        self._timeout = timeout
        self._slots = asyncio.Semaphore(pages)
        self._starting = asyncio.Lock()
        self._browser: WarmBrowser | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._closed = False

    async def pdf(self, html: str) -> bytes:
        """Tries a second time, in a new browser, when the first one died."""
        async with self._slots:
            try:
                return await self._attempt(html)
            except PlaywrightError:
                return await self._last_attempt(html)

    async def close(self) -> None:
        self._closed = True
        async with self._starting:
            if self._browser:
                self._retire(self._browser)
        await asyncio.gather(*self._ending)

    async def _last_attempt(self, html: str) -> bytes:
        try:
            return await self._attempt(html)
        except PlaywrightError as error:
            raise RenderError(f"{self._executable} says: {error.message}") from error

    async def _attempt(self, html: str) -> bytes:
        try:
            async with asyncio.timeout(self._timeout):
                return await self._print(await self._running(), html)
        except TimeoutError as error:
            reason = f"{self._executable} did not finish within {self._timeout:g} seconds."
            raise RenderError(reason) from error

    async def _running(self) -> WarmBrowser:
        async with self._starting:
            if self._closed:
                raise RenderError("the renderer is closed.")
            if self._browser and not self._browser.alive:
                self._retire(self._browser)
            if self._browser is None:
                self._browser = await WarmBrowser.start(self._executable, uses=self._uses)
            return self._browser

    async def _print(self, browser: WarmBrowser, html: str) -> bytes:
        """Whatever goes wrong, timeout and cancellation included, the browser is not trusted any more."""
        try:
            async with browser.page() as page:
                return await printed(page, html)
        except BaseException:
            self._retire(browser)
            raise

    def _retire(self, browser: WarmBrowser) -> None:
        """Stops it in the background. Documents that still print in it are printed again by the next one."""
        if self._browser is browser:
            self._browser = None
            task = asyncio.create_task(browser.stop())
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)


async def printed(page: Page, html: str) -> bytes:
    await page.set_content(html)
    return await page.pdf(
        format="A4",
        landscape=True,
        prefer_css_page_size=True,
        print_background=True,
        tagged=True,
        outline=False,
    )
