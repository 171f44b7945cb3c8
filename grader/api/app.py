"""Puts the application together from parts made elsewhere."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from litestar import Litestar, Router, get
from litestar.config.cors import CORSConfig
from litestar.enums import MediaType
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from starlette.types import ASGIApp

from grader.api import attempts, catalog, certificates, health, me, practice, problems, security, sign_in
from grader.api.context import Context, dependencies
from grader.api.outbox import work_off
from grader.api.press import Press
from grader.api.shelf import Shelf
from grader.api.site import with_site
from grader.catalog.artifacts import read_artifacts
from grader.certificates.renderer import Renderer
from grader.learning.library import Library
from grader.learning.synchronise import synchronise
from grader.pages import render as pages
from grader.settings import Settings
from grader.store.base import Store

MOST_BYTES = 256 * 1024
"""Of a request's body."""

LOOK_SECONDS = 1.0
"""How often build/ is looked at for a new pair."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def create_app(
    settings: Settings, store: Store, renderer: Renderer, *, clock: Callable[[], datetime] = utc_now
) -> ASGIApp:
    """The grader on one origin. It closes store and renderer at its end. Raises SetupError without a build."""
    build = settings.folder / settings.build
    library = Library(read_artifacts(build))

    async def take_in(fresh: Library) -> None:
        await store.transact(synchronise, fresh, clock())

    context = Context(
        settings=settings,
        store=store,
        shelf=Shelf(build, library, take_in),
        press=Press(renderer, settings.folder / settings.certificates, settings.url),
        clock=clock,
        wake=asyncio.Event(),
    )
    return with_site(create_api(context, partial(take_in, library)), build / "site")


def create_api(context: Context, prepare: Callable[[], Awaitable[None]]) -> Litestar:
    settings = context.settings
    resources = Router(
        "/api/v1",
        route_handlers=[
            catalog.catalog,
            catalog.quiz,
            me.me,
            me.certifications,
            attempts.start,
            attempts.list_attempts,
            attempts.get_attempt,
            attempts.save,
            attempts.submit,
            practice.practise,
            certificates.facts,
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
        before_request=security.refuse_foreign(settings.allowed_origins),
        before_send=[security.add_headers],
        cors_config=CORSConfig(allow_origins=list(settings.allowed_origins), allow_credentials=True)
        if settings.allowed_origins
        else None,
        lifespan=[_running(context, prepare)],
        openapi_config=OpenAPIConfig(
            title="grader", version="1", path="/api/v1/schema", render_plugins=[JsonRenderPlugin()]
        ),
        request_max_body_size=MOST_BYTES,
        logging_config=None,
    )


def _running(
    context: Context, prepare: Callable[[], Awaitable[None]]
) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def running(_: Litestar) -> AsyncGenerator[None, None]:
        await prepare()
        tasks = [asyncio.create_task(work_off(context)), asyncio.create_task(_look(context.shelf))]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            await context.press.close()
            await context.store.close()

    return running


async def _look(shelf: Shelf) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        await shelf.refresh()


@get("/pages/pages.css", media_type=MediaType.CSS, include_in_schema=False, sync_to_thread=False)
def style() -> str:
    return pages.CSS
