"""`grader preview`: one process makes the site anew whenever a file changes, serves it, and grades."""

import fcntl
import logging
import os
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import IO

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from grader.api.serve import begin_worker, check_port, chromium, listen
from grader.certificates.renderer import LateRenderer
from grader.errors import GraderError, SetupError
from grader.preview.desk import Desk
from grader.preview.watch import Watch
from grader.preview.workshop import Workshop, empty
from grader.settings import Settings, read_settings
from grader.site.project import project_of
from grader.store.place import open_store

ROOT = "GRADER_PREVIEW_ROOT"
"""Tells the worker process where the project is."""

PATIENCE = 2
"""Seconds: a browser that waits for changes keeps its request open."""

FOLDER = "preview"
"""In build/. Emptied at each start: its database is thrown away."""


def preview(settings: Settings) -> None:
    """Until Ctrl-C. Raises SetupError with one clear line when something is missing."""
    settings = of_preview(settings)
    check_port(settings, f"grader preview --port {settings.port + 1}")
    os.environ |= {ROOT: settings.root, "GRADER_PORT": str(settings.port), "GRADER_ENGINE": settings.engine}
    listen("grader.preview.serve:application", settings, patience=PATIENCE)


def of_preview(settings: Settings) -> Settings:
    """The same project with a database of its own, on this machine only."""
    return msgspec.structs.replace(
        settings,
        host=settings.host if settings.loopback else "127.0.0.1",
        public_url="",
        build=f"{settings.build}/{FOLDER}",
        database=f"sqlite:///{settings.build}/{FOLDER}/grader.db",
        certificates=f"{settings.build}/{FOLDER}/certificates",
    )


def application() -> ASGIApp:
    """Made in the worker process, after the first build."""
    begin_worker()
    logging.getLogger("grader").setLevel(logging.WARNING)  # each save is told already, in words of its own
    environment = dict(os.environ)
    try:
        return _make(of_preview(read_settings(Path(environment.pop(ROOT)), environment)))
    except GraderError as error:
        sys.exit(f"grader: {error}")


def _make(settings: Settings) -> ASGIApp:
    from grader.api.app import create_api, create_context  # noqa: PLC0415 - half a second that errors need not wait for
    from grader.api.site import with_site  # noqa: PLC0415
    from grader.preview.frame import with_desk  # noqa: PLC0415

    project = project_of(settings)
    lock = _lock(project.build)
    empty(project.build)
    watch = Watch(Workshop(project, f"{settings.url}/"), Desk(settings.content))
    watch.begin()
    store = open_store(settings.database, settings.folder)
    context = create_context(settings, store, LateRenderer(partial(chromium, settings)))
    app = with_desk(with_site(create_api(context), project.site), watch.desk)
    print(f"Preview: {settings.url}  (Ctrl-C ends it)", flush=True)  # noqa: T201 - the command's result

    @asynccontextmanager
    async def living() -> AsyncGenerator[None, None]:
        async with watch.running(context.shelf.refresh):
            yield
        lock.close()

    return _while(living, app)


def _while(living: Callable[[], AbstractAsyncContextManager[None]], app: ASGIApp) -> ASGIApp:
    """Let something live as long as the application does."""

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            async with living():
                await app(scope, receive, send)
        else:
            await app(scope, receive, send)

    return application


def _lock(build: Path) -> IO[str]:
    """Two previews of a project would empty each other's folder. Raises SetupError."""
    build.parent.mkdir(parents=True, exist_ok=True)
    lock = build.with_name(f".{build.name}.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise SetupError("A preview of this project is running already. End it first, with Ctrl-C.") from None
    return lock
