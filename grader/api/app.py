"""Puts the application together from parts made elsewhere."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from litestar import Litestar, Router, get
from litestar.config.cors import CORSConfig
from litestar.enums import MediaType
from starlette.types import ASGIApp

from grader.api import attempts, catalog, certificates, health, me, openapi, practice, problems, security, sign_in
from grader.api.context import Context, JsonRequest, dependencies
from grader.api.outbox import work_off
from grader.api.press import Press
from grader.api.shelf import Shelf
from grader.api.site import with_site
from grader.api.sweep import sweep
from grader.certificates.renderer import Renderer
from grader.errors import GraderError
from grader.learning.library import Library
from grader.learning.synchronise import synchronise
from grader.pages import render as pages
from grader.settings import Settings
from grader.store.base import Store

_log = logging.getLogger("grader")

MOST_BYTES = 256 * 1024
"""Of a request's body."""

LOOK_SECONDS = 0.5
"""How often build/ is looked at for a new pair."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, store: Store, renderer: Renderer, *, clock: Callable[[], datetime] = utc_now
) -> ASGIApp:
    """The grader on one origin. It closes store and renderer at its end. Raises SetupError without a build."""
    context = create_context(settings, store, renderer, clock=clock)
    return with_site(create_api(context), settings.folder / settings.build / "site")


def create_context(
    settings: Settings, store: Store, renderer: Renderer, *, clock: Callable[[], datetime] = utc_now
) -> Context:
    """Raises SetupError without a build."""

    async def take_in(fresh: Library) -> None:
        await store.transact(synchronise, fresh, clock())

    return Context(
        settings=settings,
        store=store,
        shelf=Shelf(settings.folder / settings.build, take_in),
        press=Press(renderer, settings.folder / settings.certificates, settings.url),
        clock=clock,
        wake=asyncio.Event(),
    )


def create_api(context: Context) -> Litestar:
    settings = context.settings
    resources = Router(
        "/api/v1",
        route_handlers=[
            catalog.catalog,
            catalog.quiz,
            me.me,
            me.certifications,
            me.certificates,
            attempts.start,
            attempts.list_attempts,
            attempts.get_attempt,
            attempts.save,
            attempts.submit,
            practice.practise,
            certificates.facts,
            certificates.revoke,
        ],
    )
    return Litestar(
        [
            resources,
            certificates.document,
            certificates.verify,
            sign_in.sign_in_page,
            sign_in.sign_in,
            sign_in.sign_out,
            health.healthz,
            health.readyz,
            style,
        ],
        dependencies=dependencies(context),
        exception_handlers={Exception: problems.answer},
        before_request=security.refuse_foreign(settings.url, *settings.allowed_origins),
        before_send=[security.add_headers],
        cors_config=CORSConfig(
            allow_origins=list(settings.allowed_origins),
            allow_credentials=True,
            expose_headers=["Date", "ETag", "Retry-After"],
        )
        if settings.allowed_origins
        else None,
        lifespan=[running(context)],
        openapi_config=openapi.description(),
        request_class=JsonRequest,
        request_max_body_size=MOST_BYTES,
        logging_config=None,
    )


def running(context: Context) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def life(_: Litestar) -> AsyncGenerator[None, None]:
        try:
            await prepare(context.shelf)
            async with beside(work_off(context), sweep(context), look(context)):
                yield
        finally:
            await context.press.close()
            await context.store.close()

    return life


async def prepare(shelf: Shelf) -> None:
    """The server says nothing of a start that fails, so it is said here."""
    try:
        await shelf.open()
    except Exception as error:
        _log.error("The grader cannot start: %s", error, exc_info=None if isinstance(error, GraderError) else error)
        raise


@asynccontextmanager
async def beside(*works: Coroutine[Any, Any, None]) -> AsyncGenerator[None, None]:
    """Run them until the block ends."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def look(context: Context) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        before = context.shelf.library
        await context.shelf.refresh()
        if context.shelf.library is not before:
            context.wake.set()  # a new version may have left work for many


@get("/pages/pages.css", media_type=MediaType.CSS, include_in_schema=False, sync_to_thread=False)
def style() -> str:
    return pages.CSS
