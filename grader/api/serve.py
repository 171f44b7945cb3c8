"""`grader serve`: look before the start for what would stop it, then run the server."""

import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from functools import partial
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces
from starlette.types import ASGIApp

from grader.catalog.artifacts import read_artifacts
from grader.certificates.chromium import find_chromium
from grader.certificates.renderer import LateRenderer, Renderer
from grader.errors import GraderError, SetupError
from grader.learning.library import Library
from grader.settings import Settings, read_settings
from grader.store.place import make_ready, open_store

ROOT = "GRADER_SERVE_ROOT"
"""Tells the worker process where the project is."""

NOBODY = "Nobody can sign in: the development sign-in serves 127.0.0.1 only, and other machines can reach this address."


def serve(settings: Settings) -> None:
    """Raises SetupError with one clear line when something is missing."""
    check(settings)
    os.environ[ROOT] = settings.root
    print(f"Learning site and grading API: {settings.url}", flush=True)  # noqa: T201 - the command's result
    if not settings.loopback:
        print(NOBODY, file=sys.stderr, flush=True)  # noqa: T201
    listen("grader.api.serve:application", settings)


def listen(application: str, settings: Settings, *, patience: int | None = None) -> None:
    """Serve what that function makes, until a signal ends it. `patience`: seconds for requests that are open then."""
    Granian(
        application,
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=1,
        websockets=False,
        log_enabled=False,
        respawn_failed_workers=False,
        workers_kill_timeout=patience,
    ).serve()


def application() -> ASGIApp:
    """Made in the worker process. What only it needs is imported here: a second that the checks need not wait for."""
    from grader.api.app import create_app  # noqa: PLC0415

    begin_worker()
    environment = dict(os.environ)
    try:
        settings = read_settings(Path(environment.pop(ROOT)), environment)
        renderer = LateRenderer(partial(chromium, settings))
        return create_app(settings, open_store(settings.database, settings.folder), renderer)
    except GraderError as error:
        sys.exit(f"grader: {error}")


def chromium(settings: Settings) -> Renderer:
    from grader.certificates.chromium_renderer import ChromiumRenderer  # noqa: PLC0415 - see LateRenderer

    return ChromiumRenderer(find_chromium(settings.chromium or None))


def check(settings: Settings) -> None:
    """Everything that can be known before the start. Raises SetupError."""
    build = settings.folder / settings.build
    Library(read_artifacts(build))
    if not (build / "site" / "index.html").is_file():
        raise SetupError(f"{build}/site is missing. Build the content first: grader build")
    find_chromium(settings.chromium or None)
    make_ready(settings.database, settings.folder)
    _check_writable(settings.folder / settings.certificates)
    check_port(settings, f"GRADER_PORT={settings.port + 1} grader serve, or PORT={settings.port + 1} scripts/serve")


def begin_worker() -> None:
    """The server itself is silent; what goes wrong, and each new build, is said here. A worker ends with its parent."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("grader").setLevel(logging.INFO)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """A parent that is killed, as systems do when memory is short, ends no worker, which would keep the port."""
    if parent := multiprocessing.parent_process():
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def _check_writable(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SetupError(f"{folder} cannot be written: {error.strerror}. Make it writable for this user.") from None


def check_port(settings: Settings, another: str) -> None:
    """Raises SetupError, which names the command for another port."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise SetupError(
                f"Port {settings.port} of {settings.host} cannot be used: {error.strerror}. "
                f"Choose another one: {another}"
            ) from None
